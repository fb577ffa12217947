"""What differs between two calibrations, whichever they are."""

from __future__ import annotations

import dataclasses
import json
import sys
from types import FrameType
from typing import Any

import numpy as np
import pytest
from compare.made import pairs, whole_boxes
from hypothesis import given
from hypothesis import strategies as st
from schemata import explained

from curator.calibrations.types.base import Calibration
from curator.calibrations.types.defects import Defects
from curator.calibrations.types.manual_defects import ManualDefects
from curator.compare import boxes as boxes_module
from curator.compare.boxes import Boxes, union_area
from curator.compare.compare import compare
from curator.compare.difference import Difference
from curator.compare.kinds import KeywordChange, RowChange, TypeChange
from curator.compare.many import match_arrays
from curator.compare.patch import patched
from curator.compare.rows import match_rows
from curator.compare.summaries import MaskChange
from curator.compare.tables import tables_of

Box = tuple[int, int, int, int]


@given(pairs)
def test_nothing_differs_exactly_where_they_are_equal(pair: tuple[Calibration, Calibration]) -> None:
    before, after = pair
    assert compare(before, before).changes == ()
    assert bool(compare(before, after)) == (before != after)


@given(pairs)
def test_the_opposite_direction_is_the_mirror_image(pair: tuple[Calibration, Calibration]) -> None:
    before, after = pair
    there, back = compare(before, after), compare(after, before)
    assert there.mirrored() == back
    assert back.mirrored() == there


@given(pairs)
def test_the_changes_applied_to_the_one_give_the_other(pair: tuple[Calibration, Calibration]) -> None:
    before, after = pair
    found = patched(tables_of(before), compare(before, after))
    wanted = tables_of(after)
    assert [one.rows for one in found] == [one.rows for one in wanted]
    facts = [[(column.name, column.type) for column in one.columns] for one in (*found, *wanted)]
    assert facts[: len(found)] == facts[len(found) :]


@given(pairs)
def test_a_difference_survives_json_and_fits_its_schema(pair: tuple[Calibration, Calibration]) -> None:
    difference = compare(*pair)
    text = json.dumps(difference.to_json(), allow_nan=False)
    assert explained("difference", json.loads(text)) == []
    assert Difference.from_json(json.loads(text)) == difference


def test_another_version_or_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="difference_version is 2"):
        Difference.from_json({"difference_version": 2})
    wrong = {"difference_version": 1, "dataset_type": "defects", "changes": [{"kind": "guess"}]}
    with pytest.raises(ValueError, match="no known kind"):
        Difference.from_json(wrong)


def boxes(*rows: Box, **metadata: Any) -> Defects:
    columns = list(zip(*rows, strict=True)) or [()] * 4
    names = ("x0", "y0", "width", "height")
    arrays = {name: np.array(column, np.int64) for name, column in zip(names, columns, strict=True)}
    return Defects.from_arrays(metadata, arrays)


def test_boxes_are_added_removed_and_resized_and_the_mask_is_their_union() -> None:
    before = boxes((0, 0, 10, 10), (5, 5, 10, 10), (50, 50, 1, 1))
    after = boxes((0, 0, 10, 10), (5, 5, 20, 10), (70, 70, 2, 2))
    difference = compare(before, after)
    assert [one.change for one in difference.of(RowChange)] == ["changed", "removed", "added"]
    [mask] = difference.of(MaskChange)
    assert (mask.added, mask.removed, mask.resized) == (1, 1, 1)
    assert (mask.area_before, mask.area_after) == (176, 279)
    assert (mask.area_gained, mask.area_lost) == (104, 1)


@pytest.mark.parametrize("extra", [0, 0.5, True, "HOT_PIXEL"], ids=repr)
@pytest.mark.parametrize("first", [False, True])
def test_a_column_besides_the_boxes_has_no_say_in_the_mask(extra: object, first: bool) -> None:
    def with_extra(*rows: Box) -> Defects:
        arrays = {column.name: column.array for column in boxes(*rows).tables()[0].columns}
        more = {"reason": np.array([extra] * len(rows))}
        return Defects.from_arrays({}, {**more, **arrays} if first else {**arrays, **more})

    before, after = ((0, 0, 10, 10), (5, 5, 10, 10)), ((0, 0, 10, 10), (5, 5, 20, 10))
    [mask] = compare(with_extra(*before), with_extra(*after)).of(MaskChange)
    assert [mask] == list(compare(boxes(*before), boxes(*after)).of(MaskChange))


@given(
    st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 8)] * 2), max_size=12),
    st.sampled_from([1, 3, boxes_module._WIDEST]),
    st.sampled_from([4, 32, boxes_module._CELLS]),
    st.sampled_from([1, 1 << 31, 1 << 70]),
)
def test_the_area_is_that_of_the_pixels_covered(
    found: list[Box], widest: int, cells: int, scale: int
) -> None:
    covered = np.zeros((20, 20), bool)
    for x0, y0, width, height in found:
        covered[x0 : x0 + width, y0 : y0 + height] = True
    scaled = Boxes([box[at] * scale for box in found] for at in range(4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boxes_module, "_WIDEST", widest)
        patch.setattr(boxes_module, "_CELLS", cells)
        assert union_area(scaled) == int(covered.sum()) * scale**2


few_boxes = st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 8)] * 2), max_size=10)


@given(few_boxes, few_boxes, few_boxes, st.sampled_from([0, boxes_module._FEW]))
def test_pixels_are_gained_and_lost_as_the_masks_say(
    common: list[Box], old: list[Box], new: list[Box], few: int
) -> None:
    def masked(found: list[Box]) -> set[tuple[int, int]]:
        return {(x, y) for x0, y0, dx, dy in found for x in range(x0, x0 + dx) for y in range(y0, y0 + dy)}

    mine, theirs = masked(common + old), masked(common + new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boxes_module, "_FEW", few)
        found = compare(boxes(*common, *old), boxes(*new, *common))
    for mask in found.of(MaskChange):
        assert (mask.area_before, mask.area_after) == (len(mine), len(theirs))
        assert (mask.area_gained, mask.area_lost) == (len(theirs - mine), len(mine - theirs))


@given(pairs, st.booleans())
def test_large_tables_differ_as_small_ones_do(pair: tuple[Calibration, Calibration], rows: bool) -> None:
    expected = compare(*pair, rows=rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("curator.compare.compare.MANY", -1)
        found = compare(*pair, rows=rows)
    assert found == expected
    # What numpy counts with is not what JSON holds.
    assert json.dumps(found.to_json()) == json.dumps(expected.to_json())


@given(whole_boxes(), whole_boxes())
def test_columns_of_boxes_are_matched_as_rows_are(before: Calibration, after: Calibration) -> None:
    mine, theirs = (tables_of(one, large=True)[0] for one in (before, after))
    key = ("x0", "y0", "width", "height")
    names = tuple(name for name in mine.names if name in theirs.names)
    found = match_arrays(mine, theirs, names, key, boxes=True)
    expected = match_rows(mine, theirs, names, key, boxes=True)
    assert found is not None
    assert (tuple(map(list, found.changed)), list(found.gone), list(found.new), found.resized) == expected[1:]
    assert list(found.order) in ([], expected.order)


def test_keywords_are_told_apart_by_value_and_kind_and_notes_are_none() -> None:
    before = boxes(SOURCE="a", GONE=1, NUMBER=1, HISTORY=["one"])
    after = boxes(source="a", NEW="x", NUMBER=1.0, HISTORY=["one", "two"])
    found = {one.keyword: one.change for one in compare(before, after).of(KeywordChange)}
    assert found == {"GONE": "removed", "NEW": "added", "NUMBER": "changed"}


def test_two_types_are_compared_row_by_row_too() -> None:
    before = boxes((0, 0, 1, 1))
    after = ManualDefects.from_arrays({}, {name: np.ones(1, np.int64) for name in ("x0", "y0")})
    difference = compare(before, after)
    assert list(difference.of(TypeChange)) == [TypeChange("defects", "manual_defects")]
    assert difference.mirrored() == compare(after, before)


def test_a_difference_and_its_changes_are_values() -> None:
    difference = compare(boxes((0, 0, 1, 1)), boxes((0, 0, 1, 2)))
    assert hash(difference) == hash(compare(boxes((0, 0, 1, 1)), boxes((0, 0, 1, 2))))
    with pytest.raises(AttributeError):
        difference.changes[0].boxes_before = 3  # type: ignore[union-attr,misc]
    assert dataclasses.replace(difference, changes=()).changes == ()


def lines_run(before: Calibration, after: Calibration) -> int:
    """Count the lines of this project that comparing takes."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "/curator/" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    earlier = sys.gettrace()
    sys.settrace(trace)
    try:
        compare(before, after)
    finally:
        sys.settrace(earlier)
    return count


def test_cost_grows_as_n_log_n() -> None:
    rng = np.random.default_rng(1)
    costs = []
    for count in (200, 1600):
        mine = rng.integers(1, 4000, (count, 4))
        theirs = mine.copy()
        theirs[::2, 2:] += 1  # resized
        theirs[1::4] += 10_000  # gone, and others new
        costs.append(lines_run(boxes(*map(tuple, mine.tolist())), boxes(*map(tuple, theirs.tolist()))))
    # 8 times the rows, and 3 more levels of the tree over intervals: n log n is 11.2, pairwise would be 64.
    assert costs[1] < 14 * costs[0]
