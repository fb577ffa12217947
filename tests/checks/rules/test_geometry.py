"""Overlapping boxes, against looking at every pair."""

from __future__ import annotations

from itertools import combinations
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.checks.rules.content.boxes import parse as boxes_module
from curator.checks.rules.shared import geometry
from curator.checks.rules.shared.geometry import first_overlap

boxes = st.lists(
    st.tuples(st.integers(-3, 12), st.integers(-3, 12), st.integers(-1, 5), st.integers(-1, 5)), max_size=14
)


def share(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    (x, y, width, height), (u, v, wide, high) = one, other
    solid = min(width, height, wide, high) > 0
    return solid and x < u + wide and u < x + width and y < v + high and v < y + height


@given(boxes, st.booleans())
def test_it_finds_a_pair_exactly_where_there_is_one(
    found: list[tuple[int, int, int, int]], few: bool
) -> None:
    kept, geometry.MANY = geometry.MANY, 32 if few else 0
    try:
        pair = first_overlap((x, y, x + w, y + h, number) for number, (x, y, w, h) in enumerate(found))
    finally:
        geometry.MANY = kept
    pairs = {
        (one, other) for one, other in combinations(range(len(found)), 2) if share(found[one], found[other])
    }
    assert (pair in pairs) if pairs else (pair is None)


@given(boxes)
def test_boxes_said_to_be_apart_are(found: list[tuple[int, int, int, int]]) -> None:
    solid = [(x * 40, y * 40, w * 9 + 10, h * 9 + 10) for x, y, w, h in found if w >= 0 and h >= 0]
    if solid:
        lefts, lows, widths, heights = (list(column) for column in zip(*solid, strict=True))
        pairs = any(share(one, other) for one, other in combinations(solid, 2))
        assert (
            geometry.apart(lefts, lows, list(map(add, lefts, widths)), list(map(add, lows, heights)))
            is not pairs
        )


def test_a_hundred_thousand_full_rows_are_no_matter_of_minutes() -> None:
    assert first_overlap((0, row, 4096, row + 1, row) for row in range(100_000)) is None


@given(
    st.lists(st.tuples(*[st.integers(-5, 5) | st.floats(-9, 9) | st.just(2**63)] * 2), min_size=1)
    | st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=1)
)
def test_ends_of_many_boxes_are_those_of_few(pairs: list[tuple[float, float]]) -> None:
    starts, sizes = map(list, zip(*pairs, strict=True))
    expected = boxes_module._sums(starts, sizes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boxes_module, "_MANY", 0)
        found = boxes_module._sums(starts, sizes)
    assert repr(list(found)) == repr(expected)
