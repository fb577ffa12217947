from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.registries.model.model import Item
from curator.registries.model.range_checks import range_problems


def item(
    start: int, end: int | None, *more: int, key: str = "defects", certified: bool = True, path: str = ""
) -> Item:
    """Return a calibration from day ``start`` to ``end``, and then again in each pair of ``more``."""
    bounds = [
        datetime(2020, 1, 1) + timedelta(days=one) if one is not None else None for one in (start, end, *more)
    ]
    ranges = tuple(ValidityRange(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=True))
    return Item(
        data_id=DataId(key, "TestCam", 94, "", "R22_S11"),
        start=ranges[0].start,
        version="",
        file="",
        content="",
        gitpath=path or f"{key}/{start}.ecsv",
        gitsha="",
        ranges=ranges if certified else (),
    )


def kinds(*items: Item) -> list[str]:
    return [one.kind for one in range_problems(items)]


def test_adjacent_ranges_are_fine_in_any_order():
    assert kinds(item(10, None), item(0, 5), item(5, 10)) == []


def test_empty_and_reversed_ranges_are_named():
    assert kinds(item(5, 5)) == ["empty"]
    assert kinds(item(5, 4)) == ["reversed"]


def test_a_range_over_the_start_of_the_next_is_named():
    assert kinds(item(0, 6), item(5, None)) == ["overlap"]
    assert kinds(item(0, None), item(5, 9)) == ["overlap"]


def test_two_datasets_of_one_data_id_and_start_are_named_with_both_sources():
    (found,) = range_problems([item(0, None, path="a.ecsv"), item(0, None, path="b.ecsv")])
    assert found.kind == "duplicate"
    assert "a.ecsv" in found.message
    assert "b.ecsv" in found.message


def test_different_data_ids_do_not_get_in_each_others_way():
    assert kinds(item(0, None), item(3, None, key="crosstalk")) == []


def test_uncertified_calibrations_have_no_range_to_check():
    assert kinds(item(0, None), item(5, None, certified=False)) == []
    assert kinds(item(5, 5, certified=False)) == []


def test_a_calibration_may_hold_twice_with_another_one_between():
    assert kinds(item(0, 5, 8, 10), item(5, 8), item(10, None)) == []
    assert kinds(item(0, 5, 8, 10), item(5, 9)) == ["overlap"]
    assert kinds(item(0, 5, 7, 10), item(5, 7, 7, 9)) == ["overlap"]
    assert kinds(item(0, 5, 0, 5)) == ["overlap"]


@given(st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(0, 20)), max_size=6))
def test_ranges_without_a_problem_share_no_moment(pairs):
    items = [item(start, end, path=str(number)) for number, (start, end) in enumerate(pairs)]
    problems = kinds(*items)
    shared = any(
        sum(start <= moment and (end is None or moment < end) for start, end in pairs) > 1
        for moment in range(22)
    )
    wrong = any(end is not None and end <= start for start, end in pairs)
    same = len({start for start, _ in pairs}) < len(pairs)
    if shared or wrong or same:
        assert problems
    if not problems:
        assert not shared
