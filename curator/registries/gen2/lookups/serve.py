"""What look-ups in a Gen2 registry find: the rows and files of the one label that is preferred.

Rows change in one transaction. A file is named by its template, so another label's calibration may have to
stand in the place of one that is served: its rows go first, then the file is replaced, then the new rows
come. Killed in between, look-ups find nothing for these, and never a file that is not of its row; whoever
opens the registry to write next puts it right.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import CuratorError
from curator.registries.gen2.lookups.conflicts import file_conflicts, table_conflicts
from curator.registries.gen2.lookups.days import days_of
from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.lookups.rows import LookupRow, rows_of
from curator.registries.gen2.lookups.tables import delete, insert, make_tables, stored
from curator.registries.gen2.store.items import Kept
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.gen2.store.location import transaction
from curator.registries.gen2.store.records import Label, Owned
from curator.registries.gen2.store.sqlite_schema import tables_of
from curator.registries.model.model import Reason
from curator.registries.publish.export_reader import Refused
from curator.repository.layout.gen2_layout import Gen2Layout

__all__ = ["LookupTables", "wanted_rows"]


def wanted_rows(
    layout: Gen2Layout, certified: Iterable[tuple[Kept, ValidityRange]]
) -> tuple[list[LookupRow], list[Reason]]:
    """Return the rows that serve certified ranges, and why some cannot be served."""
    days, no_days = days_of(certified, same_day=layout.same_day, increment=layout.increment_valid_end)
    rows, problems = rows_of(layout, days)
    return rows, [*no_days, *problems]


class LookupTables:
    """The served tables of one registry.

    Parameters
    ----------
    connection : sqlite3.Connection
    ledger : Ledger
    files : Files
    """

    def __init__(self, connection: sqlite3.Connection, ledger: Ledger, files: Files) -> None:
        self._connection = connection
        self._ledger = ledger
        self._files = files

    def rows(self, label: Label) -> list[LookupRow]:
        """Return the rows that serve a label."""
        return wanted_rows(label.layout, self._ledger.certified(label.name))[0]

    def conflicts(
        self, layout: Gen2Layout, rows: Iterable[LookupRow], sources: Mapping[Kept, str] | None = None
    ) -> Iterator[Reason]:
        """Yield conflicts with others' rows, found by `curator.registries.gen2.lookups.conflicts`."""
        rows = list(rows)
        yield from table_conflicts(self._connection, self._owned(), layout, rows)
        yield from file_conflicts(self._ledger, self._files, rows, sources or {})

    def served(self) -> Iterator[tuple[Owned, dict[str, object]]]:
        """Yield the rows of curator's as they are now; what others made of them is in there."""
        there = {name.lower() for name in tables_of(self._connection)}
        owned = self._owned()
        for table in sorted({one.table for one in owned}):
            rows = stored(self._connection, table) if table.lower() in there else {}
            for one in owned:
                values = rows.get(one.row)
                if one.table == table and values is not None and _is_ours(one, values):
                    yield one, values

    def lost(self, name: str) -> list[str]:
        """Return the files (absolute) that a label needs and that somebody removed from curator's folder."""
        stores = {self._files.at(item.store) for item, _ in self._ledger.certified(name)}
        return sorted(one for one in stores if not os.path.lexists(one))

    def serve(self, name: str) -> bool:
        """Have look-ups find one label, or nothing if ``name`` is empty; say whether that changed anything.

        Raises
        ------
        Refused
            Others have something in the way.
        """
        label = self._ledger.labels()[name] if name else None
        rows = self.rows(label) if label else []
        stale = [row for row in rows if not self._files.holds(row.path, self._files.at(row.item.store))]
        if not stale and self._is_served(name, rows):
            return False
        numbers = {kept: number for number, kept in self._ledger.items().items()}
        try:
            if stale:
                with self._files.room(_room(self._connection, rows)):
                    self._lay(label, rows, stale, numbers)
            self._write(label, rows, numbers)
        except BaseException:
            self._put_back(name)
            raise
        self._forget({row.path for row in rows})
        return True

    def _lay(
        self, label: Label | None, rows: list[LookupRow], stale: list[LookupRow], numbers: Mapping[Kept, int]
    ) -> None:
        """Put files in place, whose rows go first."""
        with transaction(self._connection):
            self._refuse_conflicts(label, rows)
            before = self._ledger.paths()
            paths = {row.path for row in stale}
            self._ledger.put("unfinished", label.name if label else "")
            self._drop(one for one in self._owned() if one.path in paths)
            self._ledger.add_paths((row.path, numbers[row.item]) for row in stale)
        for row in stale:
            self._files.lay(self._files.at(row.item.store), row.path, replace=row.path in before)
        self._files.flush()

    def _write(self, label: Label | None, rows: list[LookupRow], numbers: Mapping[Kept, int]) -> None:
        """Exchange all rows."""
        with transaction(self._connection):
            self._refuse_conflicts(label, rows)
            self._drop(self._owned())
            if label:
                make_tables(self._connection, label.layout, rows)
            for row in rows:
                self._insert(row, label.layout.dates[1:] if label else (), numbers[row.item])
            self._ledger.add_paths((row.path, numbers[row.item]) for row in rows)
            self._ledger.put("preferred", label.name if label else "")
            self._ledger.put("unfinished", "")

    def _put_back(self, failed: str) -> None:
        """Have look-ups find again what they found before; where even that fails, the next writer does it."""
        with suppress(CuratorError, OSError, sqlite3.Error):
            if self._ledger.get("unfinished") == failed and self._ledger.preferred != failed:
                self.serve(self._ledger.preferred)

    def _owned(self) -> list[Owned]:
        return self._ledger.owned() if self._ledger.exists else []

    def _refuse_conflicts(self, label: Label | None, rows: list[LookupRow]) -> None:
        found = tuple(self.conflicts(label.layout, rows)) if label else ()
        if label and found:
            raise Refused(f"{label.name} cannot be served: {found[0]}", found)

    def _is_served(self, name: str, rows: list[LookupRow]) -> bool:
        """Whether look-ups find just these rows, and nothing of another label is left."""
        paths = {row.path for row in rows}
        if (
            self._ledger.preferred != name
            or self._ledger.get("unfinished")
            or paths ^ self._ledger.paths().keys()
        ):
            return False
        items = self._ledger.items()
        now = {one.path: (one, values) for one, values in self.served()}
        return now.keys() == paths and all(_is(row, *now[row.path], items) for row in rows)

    def _drop(self, owned: Iterable[Owned]) -> None:
        there = {name.lower() for name in tables_of(self._connection)}
        for one in owned:
            if one.table.lower() in there:
                delete(self._connection, one.table, one.row, one.identity)
            self._ledger.drop_row(one)

    def _insert(self, row: LookupRow, dates: Iterable[str], item: int) -> None:
        number = insert(self._connection, row)
        ranges = set(dates)
        identity = {name: value for name, value in row.values if name not in ranges}
        self._ledger.add_row(Owned(row.table, number, row.path, item, identity))

    def _forget(self, kept: set[str]) -> None:
        """Remove the files that no row leads to any more, unless somebody put another there."""
        items = self._ledger.items()
        gone = {path: number for path, number in self._ledger.paths().items() if path not in kept}
        if gone:
            stores = {path: self._files.at(items[number].store) for path, number in gone.items()}
            self._files.remove(path for path, store in stores.items() if self._files.holds(path, store))
            with transaction(self._connection):
                self._ledger.drop_paths(gone)


def _room(connection: sqlite3.Connection, rows: Sequence[LookupRow]) -> int:
    """Return the bytes that writing all of a database anew, more rows, and what it was, can take."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return 2 * int(pages) * int(size) + (1 << 16) + (len(rows) << 10)


def _is_ours(one: Owned, values: Mapping[str, object]) -> bool:
    """Whether a row still is what curator wrote, but for its range."""
    return all(str(values.get(name.lower())) == str(value) for name, value in one.identity.items())


def _is(row: LookupRow, one: Owned, values: Mapping[str, object], items: Mapping[int, Kept]) -> bool:
    return (
        one.table.lower() == row.table.lower()
        and items.get(one.item) == row.item
        and all(str(values.get(name.lower())) == str(value) for name, value in row.values)
    )
