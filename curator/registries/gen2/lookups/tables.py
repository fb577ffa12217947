"""The tables of a Gen2 registry that look-ups of the stack read: one for each dataset type.

As the stack's ``ingestCalibs`` makes them: ``id``, the configured columns, ``UNIQUE``, and beside each an
empty ``<table>_visit``. Names come from `Gen2Layout`, which lets nothing pass that is no
identifier.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from curator.registries.gen2.lookups.rows import LookupRow, Value, sql_type
from curator.registries.gen2.store.sqlite_schema import tables_of
from curator.registries.model.model import Reason
from curator.repository.layout.gen2_layout import Gen2Layout

__all__ = ["delete", "foreign_rows", "insert", "layout_problem", "make_tables", "overlaps", "stored"]

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)
_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)


def make_tables(connection: sqlite3.Connection, layout: Gen2Layout, rows: Iterable[LookupRow]) -> None:
    """Make the tables that rows need and that are not there."""
    there = {name.lower() for name in tables_of(connection)}
    for row in {row.table.lower(): row for row in rows}.values():
        if row.table.lower() in there:
            continue
        texts = dict(layout.columns)
        kinds = {name: sql_type(texts.get(name, "")) for name, _ in row.values}
        unique = [*row.key, layout.calib_date]
        columns = ", ".join(f"{_quoted(name)} {kind}" for name, kind in kinds.items())
        connection.execute(
            f"CREATE TABLE {_quoted(row.table)} (id integer primary key autoincrement, {columns}, "
            f"unique({_listed(unique)}))"
        )
        visit = [name for name in unique if "filter" in texts.get(name, "filter")]
        if f"{row.table}_visit".lower() not in there:
            columns = ", ".join(f"{_quoted(name)} {kinds[name]}" for name in visit)
            connection.execute(
                f"CREATE TABLE {_quoted(f'{row.table}_visit')} ({columns}, unique({_listed(visit)}))"
            )


def insert(connection: sqlite3.Connection, row: LookupRow) -> int:
    """Insert a row and return its number."""
    names, values = zip(*row.values, strict=True)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO {_quoted(row.table)} ({_listed(names)}) VALUES ({marks})", values
    )
    return int(cursor.lastrowid or 0)


def delete(connection: sqlite3.Connection, table: str, number: int, identity: Mapping[str, Value]) -> None:
    """Delete a row, if it still is the one that was inserted: what else has its number stays."""
    where = " AND ".join(f"{_quoted(name)} = ?" for name in identity)
    connection.execute(f"DELETE FROM {_quoted(table)} WHERE id = ? AND {where}", (number, *identity.values()))


def stored(connection: sqlite3.Connection, table: str) -> dict[int, dict[str, Any]]:
    """Return all rows of a table by their number, with the names of its columns in lower case."""
    cursor = connection.execute(f"SELECT * FROM {_quoted(table)}")
    names = [str(one[0]).lower() for one in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    return {int(row["id"]): row for row in rows if isinstance(row.get("id"), int)}


def layout_problem(there: Mapping[str, str], layout: Gen2Layout, rows: Sequence[LookupRow]) -> str:
    """Say why a table cannot take rows, empty if it can: each of its columns must get a value.

    A NULL would be matched by no look-up, and a text that SQLite makes a number is another one.
    """
    given = {name.lower() for name, _ in rows[0].values}
    columns = {name.lower(): name for name in there}
    if missing := sorted((given | {"id"}) - columns.keys()):
        return f"has no column {missing[0]!r}: the layout of this camera (gen2 in curator.yaml) differs"
    if empty := sorted(columns.keys() - given - {"id"}):
        what = rows[0].item.data_id.dataset_type
        return (
            f"has a column {columns[empty[0]]!r} for which {what} has no value, and look-ups do not "
            "match NULL: give it a text, or give this type its own table (gen2 in curator.yaml)"
        )
    for name, value in (pair for row in rows for pair in row.values):
        column = columns[name.lower()]
        if _alters(there[column], str(value)):
            return (
                f"has a column {column!r} of numbers ({there[column]}), which cannot store {value} "
                "exactly: give it a text that the column can store (gen2 in curator.yaml)"
            )
    return ""


def _alters(kind: str, value: str) -> bool:
    """Whether a column of this type holds a text or number otherwise (SQLite, "Datatypes", 3.1 and 3)."""
    if not _NUMBER.fullmatch(value):
        return False
    if "int" not in kind:
        if not kind or any(one in kind for one in ("char", "clob", "text", "blob")):
            return False
        if any(one in kind for one in ("real", "floa", "doub")):
            return True
    return not _INTEGER.fullmatch(value)


def overlaps(
    connection: sqlite3.Connection, layout: Gen2Layout, rows: Sequence[LookupRow], mine: set[int]
) -> Iterator[Reason]:
    """Yield what others have in the same table for the same data ID and days; ``mine`` are curator's rows."""
    others: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key, dates in foreign_rows(connection, layout, rows[0], mine):
        others[key].append(dates)
    for row in rows:
        values = {name: str(value) for name, value in row.values}
        calib_date, start, end = (values[name] for name in layout.dates)
        for other, first, last in others[row.data_id]:
            meet = (
                (first < end and start < last)
                if layout.increment_valid_end
                else (first <= end and start <= last)
            )
            if other == calib_date or meet:
                yield Reason(
                    "overlap",
                    str(row.item),
                    f"table {row.table} has a row from another program for this, {other} (valid "
                    f"{first} to {last}), which curator does not change: remove it, or start this one "
                    "when it ends",
                )


def foreign_rows(
    connection: sqlite3.Connection, layout: Gen2Layout, like: LookupRow, mine: set[int]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield data ID and dates, as texts, of the rows of a table that are not in ``mine``."""
    names = _listed((*like.key, *layout.dates))
    for number, *values in connection.execute(f"SELECT id, {names} FROM {_quoted(like.table)}"):
        if number not in mine:
            texts = tuple(map(str, values))
            yield texts[:-3], texts[-3:]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))
