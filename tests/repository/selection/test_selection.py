from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.data_id import DataId
from curator.calibrations.header.deprecation import Deprecation
from curator.repository.catalogue.catalogue import Catalogue, Entry, _arrange
from curator.repository.catalogue.coverage import coverage
from curator.repository.catalogue.intervals import gaps, overlaps
from curator.repository.layout.paths import CalibPath
from curator.repository.selection.selection import Request, Selector

EPOCH = datetime(2020, 1, 1)
DAY = timedelta(days=1)


def entry(start: int, end: int | None = None, detector: str = "D1", status: str = "certified") -> Entry:
    begins = EPOCH + start * DAY
    return Entry(
        CalibPath.parse(f"testCam/defects/{detector.lower()}/{begins:%Y%m%dT%H%M%S}.ecsv"),
        None,
        "testCam",
        DataId("defects", "TestCam", 1, "", detector),
        begins,
        None if end is None else EPOCH + end * DAY,
        "written" if end is not None else "none",
        status,  # type: ignore[arg-type]
    )


def request(begin: float, end: float | None = None, detector: str = "D1") -> Request:
    stop = begin if end is None else end
    return Request("testCam", "defects", detector, None, EPOCH + begin * DAY, EPOCH + stop * DAY)


def starts(entries: tuple[Entry, ...]) -> list[int]:
    return [(one.start - EPOCH).days for one in entries]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (request(-1), []),
        (request(0), [0]),
        (request(9.999), [0]),
        (request(10), [10]),
        (request(9, 10), [0]),
        (request(9, 10.5), [0, 10]),
        (request(25), []),
        (request(19, 25), [10]),
        (request(40), [30]),
    ],
)
def test_a_range_holds_from_its_start_until_just_before_its_end(asked, found):
    selector = Selector(Catalogue((entry(0, 10), entry(10, 20), entry(30))))
    assert starts(selector.select(asked).entries) == found


RANGES = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.one_of(st.none(), st.integers(1, 10)),
        st.sampled_from(["D1", "D2"]),
        st.sampled_from(["certified", "certified", "uncertified"]),
    ),
    max_size=12,
    unique_by=lambda one: (one[0], one[2]),
)


@given(ranges=RANGES, begin=st.integers(-2, 45), length=st.sampled_from([0, 0, 0.5, 1, 7]))
def test_what_is_selected_is_what_a_look_at_every_range_finds(ranges, begin, length):
    entries = tuple(
        entry(start, None if size is None else start + size, detector, status)
        for start, size, detector, status in ranges
    )
    asked = request(begin, begin + length)
    expected = {
        str(one.path)
        for one in entries
        if one.status == "certified"
        and one.data_id.detector_name == "D1"
        and (one.start < asked.end or one.start <= asked.begin)
        and (one.end is None or one.end > asked.begin)
    }
    selector = Selector(Catalogue(entries))
    assert {str(one.path) for one in selector.select(asked).entries} == expected
    explained = selector.explain(asked)
    assert {str(one.entry.path) for one in explained} == {str(one.path) for one in entries} - expected
    for one in explained:
        assert one.distance >= timedelta()
        assert (one.clause == "detector") == (one.entry.data_id.detector_name == "D2")
        assert one.clause != "uncertified" or one.entry.status == "uncertified"


@given(ranges=RANGES)
def test_gaps_and_overlaps_are_those_of_a_look_at_every_moment(ranges):
    alike = [entry(start, None if size is None else start + size) for start, size, *_ in ranges]
    unique = list({one.start: one for one in alike}.values())
    held = {half: sum(one.holds_at(EPOCH + half * DAY / 2) for one in unique) for half in range(90)}
    first = min((one.start for one in unique), default=EPOCH)
    last = max((one.start for one in unique), default=EPOCH)
    bare = {half for half, count in held.items() if count == 0 and first <= EPOCH + half * DAY / 2 < last}
    found = list(gaps(unique))
    assert bare == {
        half for half in held if any(start <= EPOCH + half * DAY / 2 < end for start, end in found)
    }
    assert bool(list(overlaps(unique))) == any(count > 1 for count in held.values())


def test_the_nearest_miss_comes_first_and_says_which_condition_failed():
    catalogue = Catalogue(
        (entry(0, 10), entry(40), entry(20, 30, status="uncertified"), entry(15, detector="D2"))
    )
    clauses = [(one.clause, one.distance.days) for one in Selector(catalogue).explain(request(25))]
    assert clauses == [("uncertified", 0), ("ended", 15), ("begins", 15), ("detector", 0)]


def test_a_single_range_without_end_reaches_the_end_of_time():
    (one,) = coverage(Catalogue((entry(0, 10), entry(12))))
    assert (one.end, [(a - EPOCH, b - EPOCH) for a, b in one.gaps]) == (None, [(10 * DAY, 12 * DAY)])
    (one,) = coverage(Catalogue((entry(0, 10), entry(5, 8))))
    assert (one.end, len(one.overlaps)) == (EPOCH + 10 * DAY, 1)


DEPRECATIONS = st.lists(
    st.builds(
        lambda start, length, fall_back: Deprecation(
            None if start is None else EPOCH + start * DAY,
            None if length is None else EPOCH + ((start or 0) + length) * DAY,
            f"reason {start}",
            fall_back,
        ),
        st.one_of(st.none(), st.integers(0, 30)),
        st.one_of(st.none(), st.integers(1, 10)),
        st.booleans(),
    ),
    max_size=2,
)


@given(
    line=st.lists(st.tuples(st.integers(0, 30), DEPRECATIONS), max_size=6, unique_by=lambda one: one[0]),
    begin=st.integers(-2, 45),
    length=st.sampled_from([0, 1, 7]),
)
def test_under_deprecations_every_other_one_is_explained(line, begin, length):
    made = [replace(entry(start), deprecations=tuple(said)) for start, said in line]
    arranged = _arrange(made)[0]
    asked = request(begin, begin + length)
    selector = Selector(Catalogue(tuple(arranged)))
    chosen = selector.select(asked)
    assert len(chosen.spans) == len(chosen.entries)
    explained = {str(one.entry.path): one for one in selector.explain(asked)}
    assert explained.keys() == {str(one.path) for one in arranged} - {str(one.path) for one in chosen.entries}
    for one in explained.values():
        nominal = one.entry.start < max(asked.end, asked.begin + timedelta(microseconds=1)) and (
            one.entry.end is None or asked.begin < one.entry.end
        )
        assert (one.clause == "deprecated") == nominal
        assert bool(one.reason) == (one.clause == "deprecated")
        assert bool(one.date) == (one.clause in ("ended", "begins"))
    (shown,) = coverage(Catalogue(tuple(arranged))) or (None,)
    if shown is not None:
        assert shown.files == sum(one.status == "certified" for one in arranged)
        assert not shown.overlaps
