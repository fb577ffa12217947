"""A fingerprint is of what answers when, and not of how it is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.export.manifest.fingerprint import ServedContent, fingerprint

DAY = datetime(2020, 1, 1)
DAYS = 12


def served(start: int, end: int | None, content: str = "a", detector: str = "S00") -> ServedContent:
    until = None if end is None else DAY + timedelta(days=end)
    validity = ValidityRange(DAY + timedelta(days=start), until)
    return ServedContent(DataId("defects", "TestCam", detector_name=detector), validity, content)


def test_an_end_that_no_registry_can_hold_is_no_end():
    beyond = served(0, None)._replace(range=ValidityRange(DAY, datetime(2200, 1, 1)))
    assert fingerprint([beyond]) == fingerprint([served(0, None)])


def test_each_part_counts():
    one = served(0, 5)
    other = [
        one._replace(data_id=replace(one.data_id, **{name: value}))
        for name, value in {
            "dataset_type": "bfk",
            "instrument": "Other",
            "detector_name": "S01",
            "physical_filter": "g",
        }.items()
    ]
    other += [
        one._replace(**{name.split(" ")[0]: value})
        for name, value in {
            "range from": ValidityRange(DAY + timedelta(days=1), one.range.end),
            "range to": ValidityRange(DAY, None),
            "content": "b",
        }.items()
    ]
    assert len({fingerprint([each]) for each in [one, *other]}) == len(other) + 1


CONTENTS = st.lists(st.sampled_from(["", "a", "b"]), min_size=DAYS, max_size=DAYS)


@st.composite
def cut(draw: st.DrawFn, days: list[str]) -> list[ServedContent]:
    """Return what answers on each day, as ranges that are cut at random places."""
    found: list[ServedContent] = []
    for day, content in enumerate(days):
        last = found[-1] if found else None
        adjoins = last and last.content == content and last.range.end == DAY + timedelta(days=day)
        if content and adjoins and last and draw(st.booleans()):
            end = DAY + timedelta(days=day + 1)
            found[-1] = last._replace(range=ValidityRange(last.range.start, end))
        elif content:
            found.append(served(day, day + 1, content))
    return found


TWICE = CONTENTS.flatmap(lambda days: st.tuples(cut(days), cut(days)))
APART = st.tuples(CONTENTS.flatmap(cut), CONTENTS.flatmap(cut))


def answers(ranges: list[ServedContent]) -> list[str | None]:
    """Return what a Butler finds for an exposure within each day, and across each midnight."""
    found: list[str | None] = []
    for half in range(2 * DAYS):
        begin = DAY + timedelta(hours=12 * half + 3)
        night = ValidityRange(begin, begin + timedelta(hours=12))
        asked = [one for one in ranges if one.range.overlaps(night)]
        found.append(asked[0].content if len(asked) == 1 else "ambiguous" if asked else None)
    return found


@given(st.one_of(TWICE, APART))
def test_it_is_equal_exactly_when_every_exposure_finds_the_same(both):
    one, other = both
    assert (fingerprint(one) == fingerprint(other)) == (answers(one) == answers(other))


@given(CONTENTS.flatmap(cut).flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))))
def test_the_order_is_of_no_meaning(both):
    assert fingerprint(both[0]) == fingerprint(both[1])


def test_an_exposure_across_two_calibrations_of_the_same_content_is_told_from_one_within_one():
    assert fingerprint([served(0, 5), served(5, None)]) != fingerprint([served(0, None)])
