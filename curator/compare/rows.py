"""Which row of one table is which of another, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, islice
from operator import itemgetter, ne

from curator.compare.kinds import Cell, ColumnChange, OrderChange, RowChange, TableChange
from curator.compare.many import Pair, RowMatch, match_arrays
from curator.compare.values import rank, same
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.compare.difference import Change
    from curator.compare.tables import ColumnFacts, Table
    from curator.compare.values import Value

__all__ = ["BOX", "TableMatch", "compare_tables", "match_rows", "match_tables", "same_unit", "whole"]

BOX = ("X0", "Y0", "WIDTH", "HEIGHT")
# What no cell holds.
_AGAIN = object()


def whole(change: Any, table: Table) -> TableChange:
    """Return the change of a table that appeared or went."""
    facts = tuple((one.name, one.type, one.unit, one.description) for one in table.columns)
    return TableChange(change, table.name, facts, table.key, tuple(table.rows))


def compare_tables(before: Table, after: Table, found: list[Change], *, every_row: bool = True) -> RowMatch:
    """Add to ``found`` the changes of columns and rows, and of their order; return which rows differ.

    Without ``every_row`` the first row that differs stands for all.
    """
    found += _columns(before, after)
    mine_first, theirs_first = _shared(before, after)
    found += _order("columns", after.name, [mine_first.index(name) for name in theirs_first])
    shared, key, match = match_tables(before, after)
    found += _order("rows", after.name, match.order)
    told = _row_changes(before, after, shared, set(key), match)
    found += told if every_row else islice(told, 1)
    return match


class TableMatch(NamedTuple):
    """Which rows of two tables belong together.

    Parameters
    ----------
    shared : list of str
        The columns that both have.
    key : tuple of str
        Those of them that rows are known by.
    rows : RowMatch
    """

    shared: list[str]
    key: tuple[str, ...]
    rows: RowMatch


def match_tables(before: Table, after: Table) -> TableMatch:
    """Find the rows of one table in another: by the key of the type, resized boxes by a corner."""
    shared = min(_shared(before, after))  # the same in either direction
    key = tuple(name for name in shared if name in before.key and name in after.key)
    boxes = {name.upper() for name in key} == {*BOX}
    if boxes:
        key = tuple(sorted(key, key=lambda name: BOX.index(name.upper())))
    match = match_arrays(before, after, shared, key, boxes=boxes)
    if match is None:
        match = match_rows(before, after, shared, key, boxes=boxes)
    return TableMatch(shared, key, match)


def _shared(before: Table, after: Table) -> tuple[list[str], list[str]]:
    """Return the columns that both have, in the order of either."""
    names = [name for name in before.names if name in after.names]
    return names, [name for name in after.names if name in before.names]


def _row_changes(
    before: Table, after: Table, shared: Sequence[str], key: set[str], match: RowMatch
) -> Iterator[RowChange]:
    mine, theirs = _reader(before, shared), _reader(after, shared)
    for one, other in zip(*(map(int, rows) for rows in match.changed), strict=True):
        cells = [Cell(name, *values) for name, *values in zip(shared, mine(one), theirs(other), strict=True)]
        yield RowChange(
            "changed",
            after.name,
            one,
            other,
            tuple(cell for cell in cells if cell.column in key),
            tuple(cell for cell in cells if cell.column not in key and not same(cell.before, cell.after)),
        )
    for row in map(int, match.gone):
        cells = [Cell(name, value, None) for name, value in zip(shared, mine(row), strict=True)]
        yield RowChange("removed", after.name, row, -1, *_parted(cells, key))
    for row in map(int, match.new):
        cells = [Cell(name, None, value) for name, value in zip(shared, theirs(row), strict=True)]
        yield RowChange("added", after.name, -1, row, *_parted(cells, key))


def _parted(cells: list[Cell], key: set[str]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    return (
        tuple(cell for cell in cells if cell.column in key),
        tuple(cell for cell in cells if cell.column not in key),
    )


def _reader(table: Table, names: Sequence[str]) -> Any:
    places = [table.names.index(name) for name in names]
    if places == list(range(len(table.columns))):
        return table.rows.__getitem__
    return lambda row: tuple(table.rows[row][at] for at in places)


def _columns(before: Table, after: Table) -> Iterator[Change]:
    mine = {one.name: (at, one) for at, one in enumerate(before.columns)}
    theirs = {one.name: (at, one) for at, one in enumerate(after.columns)}
    for name, (at, facts) in mine.items():
        if name not in theirs:
            yield _alone("removed", before, at, facts)
            continue
        now = theirs[name][1]
        for what in ("type", "unit", "description"):
            was, is_ = getattr(facts, what), getattr(now, what)
            if was != is_ and not (what == "unit" and same_unit(was, is_)):
                yield ColumnChange(what, after.name, name, was, is_)
    for name, (at, facts) in theirs.items():
        if name not in mine:
            yield _alone("added", after, at, facts)


def _alone(change: Any, table: Table, at: int, facts: ColumnFacts) -> ColumnChange:
    values = tuple(table.column(facts.name))
    types = (facts.type, "") if change == "removed" else ("", facts.type)
    return ColumnChange(change, table.name, facts.name, *types, at, facts.unit, facts.description, values)


def same_unit(mine: str, other: str) -> bool:
    from curator.calibrations.fits.units import fits_unit
    from curator.errors import CalibrationError

    try:
        return fits_unit(mine) == fits_unit(other)
    except CalibrationError:
        return False  # no unit that anybody knows, and spelled otherwise


def _order(what: Any, table: str, order: Sequence[int]) -> Iterator[Change]:
    if list(order) != list(range(len(order))):
        yield OrderChange(what, table, tuple(order))


def match_rows(
    before: Table, after: Table, shared: Sequence[str], key: tuple[str, ...], *, boxes: bool
) -> RowMatch:
    """Pair rows of equal key, the n-th with the n-th where there are several; without a key, by number."""
    mine, theirs = _values(before, key), _values(after, key)
    pairs, gone, new = _match(mine, theirs)
    if boxes:
        resized = list(_resized(mine, theirs, gone, new))
        pairs = sorted(pairs + resized)
        gone = sorted({*gone}.difference(row for row, _ in resized))
        new = sorted({*new}.difference(row for _, row in resized))
    left, right = [row for row, _ in pairs], [row for _, row in pairs]
    was, now = _values(before, shared), _values(after, shared)
    differs = list(map(ne, map(was.__getitem__, left), map(now.__getitem__, right)))
    left_changed, right_changed = list(compress(left, differs)), list(compress(right, differs))
    return RowMatch(
        sorted(range(len(right)), key=right.__getitem__),
        (left_changed, right_changed),
        gone,
        new,
        sum(map(ne, map(mine.__getitem__, left_changed), map(theirs.__getitem__, right_changed))),
    )


def _values(table: Table, names: Sequence[str]) -> Sequence[tuple[Value, ...]]:
    """Return some columns of each row; its number, where there are none."""
    places = [table.names.index(name) for name in names]
    if places == list(range(len(table.columns))):
        return tuple(table.rows)
    if len(places) < 2:
        return [tuple(row[at] for at in places) or (number,) for number, row in enumerate(table.rows)]
    return list(map(itemgetter(*places), table.rows))


def _match(mine: Sequence[Value], theirs: Sequence[Value]) -> tuple[list[Pair], list[int], list[int]]:
    """Return the rows of equal keys, and those that only one side has, all in the order of rows."""
    left, right = _by_key(mine), _by_key(theirs)
    pairs = [(row, right[key]) for key, row in left.items() if key in right]
    gone = sorted(left[key] for key in left.keys() - right.keys())
    new = sorted(right[key] for key in right.keys() - left.keys())
    return pairs, gone, new


def _by_key(keys: Sequence[Value]) -> dict[Any, int]:
    """Return the row of each key, of equal keys that of the n-th."""
    found: dict[Any, int] = dict(zip(keys, range(len(keys)), strict=True))
    if len(found) == len(keys):
        return found
    found = {}
    counts: dict[Any, int] = {}
    for row, key in enumerate(keys):
        count = counts[key] = counts.get(key, 0) + 1
        found[key if count == 1 else (_AGAIN, count, key)] = row
    return found


def _resized(
    mine: Sequence[Value], theirs: Sequence[Value], gone: Sequence[int], new: Sequence[int]
) -> Iterator[Pair]:
    """Give the boxes that kept their lower left corner, then those that kept the upper right one."""
    for corner in (_lower, _upper):
        if not gone or not new:
            return
        # Most boxes of a large change share no corner with another: only those that do are sorted.
        shared = _corners(gone, mine, corner) & _corners(new, theirs, corner)
        left: dict[Any, list[int]] = {}
        right: dict[Any, list[int]] = {}
        for rows, boxes, by_corner in ((gone, mine, left), (new, theirs, right)):
            kept = [row for row in rows if corner(boxes[row]) in shared]
            for _, row in sorted((rank(boxes[row]), row) for row in kept):
                by_corner.setdefault(corner(boxes[row]), []).append(row)
        found = [
            pair for place, rows in left.items() for pair in zip(rows, right.get(place, ()), strict=False)
        ]
        yield from found
        gone = sorted(set(gone) - {row for row, _ in found})
        new = sorted(set(new) - {row for _, row in found})


def _corners(rows: Sequence[int], boxes: Sequence[Value], corner: Any) -> set[Any]:
    return {corner(boxes[row]) for row in rows} - {None}


def _lower(box: tuple[Value, ...]) -> tuple[Value, ...]:
    return box[:2]


def _upper(box: tuple[Value, ...]) -> tuple[Value, ...] | None:
    try:
        return box[0] + box[2], box[1] + box[3]
    except TypeError:  # an empty cell, or text
        return None
