"""Which row of one table is which of another, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.compare.kinds import Cell, ColumnChange, OrderChange, RowChange, TableChange
from curator.compare.many import Pair, RowMatch, match_arrays
from curator.compare.values import rank, same

if TYPE_CHECKING:
    from curator.compare.difference import Change
    from curator.compare.tables import ColumnFacts, Table
    from curator.compare.values import Value

__all__ = ["BOX", "TableMatch", "compare_tables", "match_rows", "match_tables", "same_unit", "whole"]

BOX = ("X0", "Y0", "WIDTH", "HEIGHT")


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
    if any(one > next_ for one, next_ in pairwise(order)):
        yield OrderChange(what, table, tuple(order))


def match_rows(
    before: Table, after: Table, shared: Sequence[str], key: tuple[str, ...], *, boxes: bool
) -> RowMatch:
    """Pair rows of equal key, the n-th with the n-th where there are several; without a key, by number."""
    pairs, gone, new = _match(before, after, key, boxes=boxes)
    matched = sorted(pairs, key=lambda pair: pair[1])
    place = {row: number for number, row in enumerate(sorted(row for row, _ in pairs))}
    mine, theirs = _reader(before, shared), _reader(after, shared)
    changed = [(one, other) for one, other in pairs if mine(one) != theirs(other)]
    mine, theirs = _reader(before, key), _reader(after, key)
    resized = sum(
        any(was != now for was, now in zip(mine(one), theirs(other), strict=True)) for one, other in changed
    )
    both = [one for one, _ in changed], [other for _, other in changed]
    return RowMatch([place[row] for row, _ in matched], both, gone, new, resized)


def _match(
    before: Table, after: Table, key: tuple[str, ...], *, boxes: bool
) -> tuple[list[Pair], list[int], list[int]]:
    mine, theirs = _by_key(before, key), _by_key(after, key)
    pairs: list[Pair] = []
    gone: list[int] = []
    new = [row for one, rows in theirs.items() if one not in mine for row in rows]
    for one, rows in mine.items():
        others = theirs.get(one, ())
        common = min(len(rows), len(others))
        pairs += zip(rows[:common], others[:common], strict=True)
        gone += rows[common:]
        new += others[common:]
    if boxes:
        resized = list(_resized(before, after, key, sorted(gone), sorted(new)))
        pairs += resized
        gone = sorted(set(gone) - {row for row, _ in resized})
        new = sorted(set(new) - {row for _, row in resized})
    return sorted(pairs), sorted(gone), sorted(new)


def _by_key(table: Table, key: tuple[str, ...]) -> dict[Any, Sequence[int]]:
    if not key:
        return {row: (row,) for row in range(len(table.rows))}
    found: dict[Any, Sequence[int]] = {}
    read = _reader(table, key)
    for row in range(len(table.rows)):
        # A tuple of one number takes half of what a list does, and nearly all keys stand once.
        found[read(row)] = (*found.get(read(row), ()), row)
    return found


def _resized(
    before: Table, after: Table, key: tuple[str, ...], gone: Sequence[int], new: Sequence[int]
) -> Iterator[Pair]:
    """Give the boxes that kept their lower left corner, then those that kept the upper right one."""
    mine, theirs = _reader(before, key), _reader(after, key)
    for corner in (_lower, _upper):
        if not gone or not new:
            return
        # Most boxes of a large change share no corner with another: only those that do are sorted.
        shared = _corners(gone, mine, corner) & _corners(new, theirs, corner)
        left: dict[Any, list[int]] = {}
        right: dict[Any, list[int]] = {}
        for rows, read, by_corner in ((gone, mine, left), (new, theirs, right)):
            kept = [row for row in rows if corner(read(row)) in shared]
            for _, row in sorted((rank(read(row)), row) for row in kept):
                by_corner.setdefault(corner(read(row)), []).append(row)
        found = [
            pair for place, rows in left.items() for pair in zip(rows, right.get(place, ()), strict=False)
        ]
        yield from found
        gone = sorted(set(gone) - {row for row, _ in found})
        new = sorted(set(new) - {row for _, row in found})


def _corners(rows: Sequence[int], read: Any, corner: Any) -> set[Any]:
    return {corner(read(row)) for row in rows} - {None}


def _lower(box: tuple[Value, ...]) -> tuple[Value, ...]:
    return box[:2]


def _upper(box: tuple[Value, ...]) -> tuple[Value, ...] | None:
    try:
        return box[0] + box[2], box[1] + box[3]
    except TypeError:  # an empty cell, or text
        return None
