"""What curator keeps in a Gen2 registry: labels, the calibrations in them, and the rows and files it made.

In tables of its own, whose names begin with ``curator_``: look-ups of the stack never see them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import RegistryError
from curator.registries.gen2.store.items import Kept
from curator.registries.gen2.store.records import (
    Label,
    Owned,
    check_store,
    columns_of,
    date_text,
    identity_from,
    kept_from,
    layout_from_text,
    moment_from,
    number_from,
    text_from,
)
from curator.registries.gen2.store.sqlite_schema import LEDGER, obstacles_of
from curator.registries.model.collections import chain_name, is_name

__all__ = ["Ledger"]

P = ParamSpec("P")
T = TypeVar("T")
VERSION = "1"
_ITEM = (
    "id, dataset_type, detector, detector_name, physical_filter, band, start, run, content, store, "
    "repository, gitpath, gitsha"
)


def _sound(read: Callable[P, T]) -> Callable[P, T]:
    """Say in one line that somebody changed what only curator writes."""

    @wraps(read)
    def checked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise RegistryError(
                f"the tables curator_* of this registry are damaged: {type(error).__name__}"
            ) from error

    return checked


class Ledger:
    """The tables of curator's in one registry.

    Parameters
    ----------
    connection : sqlite3.Connection

    Raises
    ------
    RegistryError
        A later curator made them, or somebody changed them.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'curator_meta'"
        )
        self.exists = bool(found.fetchone()[0])
        self.instrument = ""
        if self.exists:
            if self.get("version") != VERSION:
                raise RegistryError(
                    "another version of curator made the tables curator_* in this registry",
                    hint="use that one",
                )
            self.instrument = self.get("instrument")
        self._check()

    @_sound
    def _check(self) -> None:
        if any(table.startswith("curator_") for table in obstacles_of(self._connection)):
            raise ValueError("view or trigger")
        if self.exists and not self.instrument:
            raise ValueError("instrument")
        if self.preferred and self.preferred not in self.labels():
            raise KeyError("preferred")

    def create(self, instrument: str) -> None:
        """Make the tables; to be called in a transaction."""
        for statement in LEDGER.split(";"):
            if statement.strip():
                self._connection.execute(statement)
        self.exists, self.instrument = True, instrument
        self.put("version", VERSION)
        self.put("instrument", instrument)

    def get(self, name: str) -> str:
        """Return a fact, empty if there is none: ``instrument``, ``preferred``, ``unfinished``."""
        found = self._connection.execute("SELECT value FROM curator_meta WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def put(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO curator_meta VALUES (?, ?)", (name, value))

    @property
    def preferred(self) -> str:
        """The label that look-ups find, empty if none."""
        return self.get("preferred") if self.exists else ""

    @_sound
    def labels(self) -> dict[str, Label]:
        """Return the published labels by name."""
        if not self.exists:
            return {}
        found = self._connection.execute(
            "SELECT name, commit_id, documentation, layout FROM curator_label ORDER BY name"
        )
        labels = (
            Label(text_from(name), text_from(commit), text_from(said), layout_from_text(layout, name))
            for name, commit, said, layout in found
        )
        return {one.name: one for one in labels if self._is_label(one.name)}

    def _is_label(self, name: str) -> bool:
        chain = chain_name(self.instrument)
        if not name.startswith(f"{chain}/") or not all(map(is_name, name[len(chain) + 1 :].split("/"))):
            raise ValueError("label")
        return True

    @_sound
    def items(self) -> dict[int, Kept]:
        """Return the calibrations that are kept, by their number here."""
        if not self.exists:
            return {}
        rows = self._connection.execute(f"SELECT {_ITEM} FROM curator_item")
        return {int(number): kept_from(self.instrument, *row) for number, *row in rows}

    @_sound
    def ranges(self, label: str) -> list[tuple[int, ValidityRange]]:
        """Return what a label has certified."""
        rows = self._connection.execute(
            "SELECT item, valid_start, valid_end FROM curator_range WHERE label = ?", (label,)
        )
        found = [
            (number_from(item), ValidityRange(moment_from(start), moment_from(end) if end != "" else None))
            for item, start, end in rows
        ]
        self._known(number for number, _ in found)
        return found

    @_sound
    def certified(self, label: str) -> list[tuple[Kept, ValidityRange]]:
        """Return what a label has certified, each with the calibration itself."""
        items = self.items() if self.exists else {}
        return [(items[number], one) for number, one in self.ranges(label)] if items else []

    @_sound
    def paths(self) -> dict[str, int]:
        """Return the files that curator laid out for look-ups, each with what is to be in it."""
        rows = self._connection.execute("SELECT path, item FROM curator_path")
        found = {text_from(path): number_from(item) for path, item in rows}
        self._known(found.values())
        return found

    @_sound
    def owned(self) -> list[Owned]:
        """Return the rows that curator wrote for look-ups."""
        rows = self._connection.execute(
            "SELECT table_name, row_id, path, item, identity FROM curator_row ORDER BY table_name, row_id"
        )
        found = [
            Owned(
                text_from(table),
                number_from(row),
                text_from(path),
                number_from(item),
                identity_from(identity),
            )
            for table, row, path, item, identity in rows
        ]
        self._known(one.item for one in found)
        return found

    def _known(self, items: Iterable[int]) -> None:
        there = {number for (number,) in self._connection.execute("SELECT id FROM curator_item")}
        if not there.issuperset(items):
            raise KeyError("item")

    def add_label(self, label: Label) -> None:
        """Publish a label, or do nothing where it is."""
        layout = json.dumps(label.layout.to_mapping())
        self._connection.execute(
            "INSERT OR IGNORE INTO curator_label VALUES (?, ?, ?, ?)",
            (label.name, label.commit, label.documentation, layout),
        )

    def add_items(self, items: Iterable[Kept]) -> None:
        """Keep calibrations; those that are kept already stay as they are."""
        self._connection.executemany(
            f"INSERT OR IGNORE INTO curator_item ({_ITEM}) VALUES (NULL{', ?' * 12})", map(columns_of, items)
        )

    def add_ranges(self, label: str, ranges: Iterable[tuple[int, ValidityRange]]) -> None:
        rows = ((label, item, one.start.isoformat(), date_text(one.end)) for item, one in ranges)
        self._connection.executemany("INSERT OR IGNORE INTO curator_range VALUES (?, ?, ?, ?)", rows)

    def add_paths(self, paths: Iterable[tuple[str, int]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO curator_path VALUES (?, ?)", paths)

    def drop_paths(self, paths: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM curator_path WHERE path = ?", ((one,) for one in paths))

    def add_row(self, one: Owned) -> None:
        self._connection.execute(
            "INSERT INTO curator_row VALUES (?, ?, ?, ?, ?)",
            (one.table, one.row, one.path, one.item, json.dumps(dict(one.identity))),
        )

    def drop_row(self, one: Owned) -> None:
        self._connection.execute(
            "DELETE FROM curator_row WHERE table_name = ? AND row_id = ?", (one.table, one.row)
        )

    def drop_label(self, name: str) -> None:
        self._connection.execute("DELETE FROM curator_range WHERE label = ?", (name,))
        self._connection.execute("DELETE FROM curator_label WHERE name = ?", (name,))

    def throw_away(self, items: Iterable[int]) -> None:
        """Keep calibrations no longer; their files are to be removed once this is written."""
        for number in items:
            place = (number,)
            self._connection.execute(
                "INSERT OR IGNORE INTO curator_trash SELECT store FROM curator_item WHERE id = ?", place
            )
            self._connection.execute("DELETE FROM curator_item WHERE id = ?", place)

    @_sound
    def trash(self) -> list[str]:
        """Return the files that are to be removed: those that no calibration has."""
        rows = self._connection.execute(
            "SELECT store FROM curator_trash WHERE store NOT IN (SELECT store FROM curator_item)"
        )
        found = [text_from(store) for (store,) in rows]
        for one in found:
            check_store(one)
        return found

    def forget_trash(self, stores: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM curator_trash WHERE store = ?", ((one,) for one in stores))
