"""Opens a Gen2 ``calibRegistry.sqlite3`` as a registry; see `curator.registries.gen2.registry`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from curator.errors import UsageError
from curator.registries.errors import UnusableRegistryError
from curator.registries.folder_lock import LOCK, locked
from curator.registries.gen2.folder_owner import refuse_neighbours
from curator.registries.gen2.registry import Gen2Registry
from curator.registries.gen2.store.location import Gen2Location, locate, reading, writing
from curator.registries.gen2.store.sqlite_schema import tables_of

if TYPE_CHECKING:
    from curator.registries.model.model import Storage, Transfer
    from curator.registries.registry import Mode

__all__ = ["CAVEAT", "TITLE", "TRANSFER", "open_at", "require"]

TITLE = "registry"
CAVEAT = (
    "a Gen2 registry serves one instrument, by whole days",
    "ranges that start or end within a day (UTC) make them differ, which is not an error",
)
TRANSFER: Transfer = ""


@contextmanager
def open_at(
    place: str, mode: Mode, wait: float, notify: Callable[[str], None], storage: Storage
) -> Iterator[Gen2Registry]:
    """Open a Gen2 registry as `curator.registries.registry.open_registry` says."""
    where = locate(place)
    _check(storage)
    if mode == "write":
        with _made(where, wait, notify), writing(where, wait) as connection:
            _refuse_others(connection, where)
            registry = Gen2Registry(where, connection, storage.transfer)
            registry.recover(notify)
            yield registry
        return
    if mode == "plan" and os.path.isdir(where.folder):
        refuse_neighbours(where, wait)
    if mode == "read" or where.exists:
        require(place)
        with reading(where, wait) as connection:
            _refuse_others(connection, where)
            yield Gen2Registry(where, connection)
    else:
        yield Gen2Registry(where, None)


@contextmanager
def _made(where: Gen2Location, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    """Make the folder, and hold its lock; where no registry comes into being, both go again."""
    new, lock = where.missing(), os.path.join(where.folder, LOCK)
    locked_before = os.path.lexists(lock)
    try:
        where.make_folder()
        with locked(where.folder, wait, notify):
            try:
                refuse_neighbours(where, wait)
                yield
            finally:
                if not where.exists and not locked_before:
                    os.unlink(lock)
    finally:
        if not where.exists:
            for folder in new:
                with suppress(OSError):  # others have put something there
                    os.rmdir(folder)


def _check(storage: Storage) -> None:
    if storage.database:
        raise UsageError("--database is for a Butler: a Gen2 registry is an SQLite file")
    if storage.datastore:
        raise UsageError("--datastore is for a Butler: a Gen2 registry keeps files in its folder")
    if storage.formatter:
        raise UsageError(
            "--formatter is for a Butler: readers of a Gen2 registry choose the formatter themselves"
        )
    if storage.transfer == "direct":
        raise UsageError(
            "--transfer direct: a Gen2 registry finds files by a template below its folder",
            hint="remove it, or use copy or hardlink",
        )


def require(place: str) -> None:
    """Raise an error where there is no Gen2 registry."""
    where = locate(place)
    if not where.exists:
        raise UnusableRegistryError("there is no Gen2 registry here", path=where.file)


def _refuse_others(connection: sqlite3.Connection, where: Gen2Location) -> None:
    """Refuse a database that is something else: none of its tables has dates of validity."""
    tables = tables_of(connection)
    if tables and not any(
        name.startswith("curator_") or {"validstart", "validend"} <= {one.lower() for one in columns}
        for name, columns in tables.items()
    ):
        raise UnusableRegistryError(
            "this database is not a Gen2 registry: no table has validStart and validEnd", path=where.file
        )
