from __future__ import annotations

import doctest
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.time import validity_range
from curator.calibrations.time.validity_range import EVER, ValidityRange

DAY = datetime(2020, 1, 1)
DAYS = 8


@st.composite
def ranges(draw: st.DrawFn) -> ValidityRange:
    start = draw(st.one_of(st.none(), st.integers(0, DAYS - 1)))
    end = draw(st.one_of(st.none(), st.integers((start or 0) + 1, DAYS)))
    return ValidityRange(
        EVER if start is None else DAY + timedelta(days=start),
        None if end is None else DAY + timedelta(days=end),
    )


def days(found: ValidityRange) -> set[int]:
    return {day for day in range(-1, DAYS + 1) if found.holds_at(DAY + timedelta(days=day))}


@given(ranges(), ranges())
def test_ranges_overlap_exactly_when_they_share_a_day(one: ValidityRange, other: ValidityRange) -> None:
    assert one.overlaps(other) == other.overlaps(one) == bool(days(one) & days(other))


@given(ranges(), ranges())
def test_what_a_range_leaves_of_another_is_all_that_it_does_not_hold(
    one: ValidityRange, other: ValidityRange
) -> None:
    parts = list(one.without(other))
    assert set().union(*map(days, parts)) == days(one) - days(other)
    assert all(part.end is None or part.start < part.end for part in parts)


def test_only_a_range_from_ever_has_no_start() -> None:
    assert ValidityRange(EVER, DAY).bounded_start is None
    assert ValidityRange(DAY, None).bounded_start == DAY


def test_its_examples_hold() -> None:
    found = doctest.testmod(validity_range)
    assert (found.attempted > 0, found.failed) == (True, 0)
