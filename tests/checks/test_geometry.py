"""Boxes that share pixels, against looking at every pair."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from curator.checks.geometry import MANY, first_overlap

corner = st.integers(-3, 40)
boxes = st.lists(
    st.tuples(corner, corner, st.integers(-1, 6), st.integers(-1, 6)).map(
        lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
    ),
    max_size=12,
)


def _share(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0 and all(b[2] > b[0] and b[3] > b[1] for b in (one, other))


def _agrees(made):
    found = first_overlap(made)
    pairs = {pair for pair in combinations(range(len(made)), 2) if _share(made[pair[0]], made[pair[1]])}
    assert (found in pairs) if pairs else found is None


@given(boxes)
def test_an_overlap_is_found_exactly_when_two_boxes_share_a_pixel(made):
    _agrees(made)


@given(boxes)
def test_so_it_is_under_many_rows_that_reach_across(made):
    rows = [(-10, 100 + 2 * y, 60, 101 + 2 * y) for y in range(MANY + 2)]
    _agrees(rows + made)
    _agrees([*rows, (0, 110, 5, 116), *made])
