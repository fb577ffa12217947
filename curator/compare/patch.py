"""Makes the later tables of the earlier ones: a difference leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.compare.kinds import ColumnChange, OrderChange, RowChange, TableChange
from curator.compare.tables import ColumnFacts, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from curator.compare.difference import Difference
    from curator.compare.values import Value

    Row: TypeAlias = tuple[Value, ...]

__all__ = ["patched"]


def patched(tables: Sequence[Table], difference: Difference) -> list[Table]:
    """Return the tables that ``difference`` leads to, from those that it begins with.

    Parameters
    ----------
    tables : sequence of Table
        Of the calibration that was compared, by `curator.compare.tables.tables_of`; of the same dataset type
        as the other, so that tables have the same names.
    """
    gone = {one.table for one in difference.of(TableChange) if one.change == "removed"}
    new = [
        Table(one.table, tuple(ColumnFacts(*facts) for facts in one.columns), one.key, one.rows)
        for one in difference.of(TableChange)
        if one.change == "added"
    ]
    return [_table(table, difference) for table in tables if table.name not in gone] + new


def _table(table: Table, difference: Difference) -> Table:
    columns = [one for one in difference.of(ColumnChange) if one.table == table.name]
    orders = {one.what: one.order for one in difference.of(OrderChange) if one.table == table.name}
    rows = _rows(
        _without(table, {one.column for one in columns if one.change == "removed"}),
        [one for one in difference.of(RowChange) if one.table == table.name],
        orders.get("rows"),
    )
    if order := orders.get("columns"):
        facts = tuple(rows.columns[at] for at in order)
        rows = Table(table.name, facts, rows.key, tuple(tuple(row[at] for at in order) for row in rows.rows))
    return _declared(rows, columns)


def _without(table: Table, gone: set[str]) -> Table:
    kept = [at for at, column in enumerate(table.columns) if column.name not in gone]
    facts = tuple(table.columns[at] for at in kept)
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return Table(table.name, facts, tuple(name for name in table.key if name not in gone), rows)


def _rows(table: Table, changes: Iterable[RowChange], order: tuple[int, ...] | None) -> Table:
    rows: list[Row | None] = list(table.rows)
    added = []
    for one in changes:
        values = {cell.column: cell.after for cell in (*one.key, *one.cells)}
        if one.change == "removed":
            rows[one.row_before] = None
        elif one.change == "added":
            added.append((one.row_after, tuple(values[name] for name in table.names)))
        else:
            old = table.rows[one.row_before]
            pairs = zip(table.names, old, strict=True)
            rows[one.row_before] = tuple(values.get(name, value) for name, value in pairs)
    kept = [row for row in rows if row is not None]
    if order is not None:
        kept = [kept[at] for at in order]
    return Table(
        table.name, table.columns, table.key, tuple(_merged(kept, sorted(added, key=lambda one: one[0])))
    )


def _merged(kept: list[Row], added: list[tuple[int, Row]]) -> list[Row]:
    places = {at for at, _ in added}
    new, old = (row for _, row in added), iter(kept)
    return [next(new) if at in places else next(old) for at in range(len(kept) + len(added))]


def _declared(table: Table, changes: Iterable[ColumnChange]) -> Table:
    facts = list(table.columns)
    rows = table.rows
    for one in sorted(changes, key=lambda one: one.at):
        if one.change == "added":
            facts.insert(one.at, ColumnFacts(one.column, one.after, one.unit, one.description))
            rows = tuple(
                (*row[: one.at], value, *row[one.at :]) for row, value in zip(rows, one.values, strict=True)
            )
        elif one.change != "removed":
            at = [column.name for column in facts].index(one.column)
            said = {name: getattr(facts[at], name) for name in ("name", "type", "unit", "description")}
            facts[at] = ColumnFacts(**{**said, one.change: one.after})
    return Table(table.name, tuple(facts), table.key, rows)
