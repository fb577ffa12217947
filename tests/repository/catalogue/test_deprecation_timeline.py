"""Which calibration is to be used, day by day, where some are deprecated."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.header.deprecation import Deprecation
from curator.repository.catalogue.deprecation_timeline import NominalRange, UsedRanges, serve

EPOCH = datetime(2020, 1, 1)
DAY = timedelta(days=1)
LAST = 40


def day(number: int | None) -> datetime | None:
    return None if number is None else EPOCH + number * DAY


def held(start: int, end: int | None, *deprecations: Deprecation, written: bool = False) -> NominalRange:
    return NominalRange(EPOCH + start * DAY, day(end), written, deprecations)


def not_used(start: int | None, end: int | None, fall_back: bool = False) -> Deprecation:
    return Deprecation(day(start), day(end), "bad", fall_back)


def days(served: UsedRanges) -> list[tuple[int, int | None]]:
    return [((start - EPOCH).days, (end - EPOCH).days if end else None) for start, end in served.ranges]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([held(0, 10), held(10, None, not_used(None, None))], [[(0, 10)], []]),
        ([held(0, 10), held(10, None, not_used(None, None, True))], [[(0, None)], []]),
        ([held(0, 10), held(10, None, not_used(12, 14))], [[(0, 10)], [(10, 12), (14, None)]]),
        (
            [held(0, 10), held(10, None, not_used(12, 14, True))],
            [[(0, 10), (12, 14)], [(10, 12), (14, None)]],
        ),
        (
            [held(0, 8, written=True), held(10, None, not_used(12, 14, True))],
            [[(0, 8)], [(10, 12), (14, None)]],
        ),
        (
            [held(0, 5), held(5, 10, not_used(None, None, True)), held(10, None, not_used(None, 12, True))],
            [[(0, 12)], [], [(12, None)]],
        ),
        (
            [held(0, 5), held(5, 10, not_used(None, None)), held(10, None, not_used(None, 12, True))],
            [[(0, 5)], [], [(12, None)]],
        ),
        ([held(0, None, not_used(2, 4, True))], [[(0, 2), (4, None)]]),
        (
            [held(0, 10), held(10, None, not_used(10, 12), not_used(11, 14, True))],
            [[(0, 10), (12, 14)], [(14, None)]],
        ),
    ],
)
def test_what_is_deprecated_is_a_gap_unless_it_falls_back(line, expected):
    assert [days(one) for one in serve(line)] == expected


INTERVALS = st.tuples(
    st.one_of(st.none(), st.integers(0, LAST - 1)),
    st.one_of(st.none(), st.integers(1, 20)),
    st.booleans(),
)
LINES = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.one_of(st.none(), st.none(), st.integers(1, 8)),
        st.lists(INTERVALS, max_size=3),
    ),
    max_size=7,
    unique_by=lambda one: one[0],
).map(sorted)


def made(
    drawn: list[tuple[int, int | None, list[tuple[int | None, int | None, bool]]]],
) -> list[NominalRange]:
    line = []
    for number, (start, size, deprecations) in enumerate(drawn):
        following = drawn[number + 1][0] if number + 1 < len(drawn) else None
        end = following
        if size is not None:
            end = start + size if following is None else min(start + size, following)
        found = [
            not_used(begin, None if length is None else (begin or 0) + length, fall_back)
            for begin, length, fall_back in deprecations
        ]
        line.append(held(start, end, *found, written=size is not None))
    return line


def who(line: list[NominalRange], date: datetime) -> int | None:
    """Return whom a person would take at a date, who reads the rules aloud."""
    owner = next((n for n, one in enumerate(line) if one.start <= date < (one.end or datetime.max)), None)
    at = owner
    while at is not None and at >= 0:
        one = line[at]
        if at != owner and one.is_written and one.end is not None and date >= one.end:
            return None
        here = [
            other
            for other in one.deprecations
            if (other.start or datetime.min) <= date < (other.end or datetime.max)
        ]
        if not here:
            return at
        if not all(other.fall_back for other in here):
            return None
        at -= 1
    return None


@given(drawn=LINES)
def test_it_is_what_a_person_would_take_who_looks_at_every_day(drawn):
    line = made(drawn)
    served = serve(line)
    for number in range(LAST + 25):
        date = EPOCH + number * DAY
        using = [
            at
            for at, one in enumerate(served)
            if any(start <= date and (end is None or date < end) for start, end in one.ranges)
        ]
        wanted = who(line, date)
        assert using == ([] if wanted is None else [wanted])
        owned = [n for n, one in enumerate(line) if one.start <= date < (one.end or datetime.max)]
        lacking = [
            at
            for at, one in enumerate(served)
            if any(start <= date and (end is None or date < end) for (start, end), _ in one.missing)
        ]
        assert lacking == (owned if wanted is None else [])
    for one in served:
        edges = [edge for span in one.ranges for edge in span]
        assert edges == sorted(edges, key=lambda edge: edge or datetime.max)
        assert len(set(edges)) == len(edges)


def asked(line: list[NominalRange], date: datetime) -> set[int]:
    """Return who is asked at a date by that person, the one who is taken among them."""
    owner = next((n for n, one in enumerate(line) if one.start <= date < (one.end or datetime.max)), None)
    if owner is None:
        return set()
    last = who(line, date)
    at, found = owner, {owner}
    while at > 0 and at != last:
        one = line[at]
        here = [
            other
            for other in one.deprecations
            if (other.start or datetime.min) <= date < (other.end or datetime.max)
        ]
        is_over = at != owner and one.is_written and one.end is not None and date >= one.end
        if is_over or not here or not all(other.fall_back for other in here):
            break
        at -= 1
        found.add(at)
    return found


@given(drawn=LINES)
def test_a_deprecation_is_idle_where_nobody_asks_on_any_of_its_days(drawn):
    line = made(drawn)
    dates = [EPOCH + number * DAY for number in range(LAST + 60)]
    wanted = [(date, asked(line, date)) for date in dates]
    for number, (one, said) in enumerate(zip(line, serve(line), strict=True)):
        assert list(said.idle) == [
            which
            for which, other in enumerate(one.deprecations)
            if not any(
                number in found
                for date, found in wanted
                if (other.start or datetime.min) <= date < (other.end or datetime.max)
            )
        ]


def test_of_two_that_start_at_the_same_time_neither_is_before_the_other():
    line = [held(0, 5), held(5, None), held(5, None, not_used(7, 9, True))]
    assert [days(one) for one in serve(line)] == [[(0, 5), (7, 9)], [(5, None)], [(5, 7), (9, None)]]


def test_many_deprecations_do_not_cost_the_square_of_their_number(monkeypatch):
    """Steps are counted, not seconds."""
    import curator.repository.catalogue.deprecation_timeline as module

    steps = []
    ask = module._Sweep.ask
    monkeypatch.setattr(module._Sweep, "ask", lambda self, number: steps.append(1) or ask(self, number))
    line = [held(0, 1), *(held(n, n + 1, not_used(5, None, True)) for n in range(1, 1000))]
    assert days(serve(line)[0]) == [(0, 1), (5, 1000)]
    assert len(steps) < 3 * len(line)
