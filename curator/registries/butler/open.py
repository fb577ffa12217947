"""Opens a Butler as a registry; see `curator.registries.butler.registry`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from curator.errors import UsageError
from curator.registries.butler.databases import check_address, database_of
from curator.registries.butler.formatters import require_formatter
from curator.registries.butler.location import ButlerLocation, locate, opened, require_butler
from curator.registries.butler.registry import ButlerRegistry
from curator.registries.butler.transfers import check_datastore
from curator.registries.errors import UnusableRegistryError
from curator.registries.folder_lock import locked

if TYPE_CHECKING:
    from curator.registries.model.model import Storage, Transfer
    from curator.registries.registry import Mode

__all__ = ["CAVEAT", "TITLE", "TRANSFER", "open_at", "require"]

TITLE = "Butler"
CAVEAT = None
TRANSFER: Transfer = "direct"


@contextmanager
def open_at(
    place: str, mode: Mode, wait: float, notify: Callable[[str], None], storage: Storage
) -> Iterator[ButlerRegistry]:
    """Open a Butler as `curator.registries.registry.open_registry` says."""
    where = locate(place)
    require_butler()
    _check(where, storage)
    if mode == "write":
        with _writing(where, wait, notify, storage) as registry:
            yield registry
    elif mode == "read" or where.exists:
        require(place)
        with opened(where, wait, writeable=False) as butler:
            yield ButlerRegistry(butler, where, storage.transfer or TRANSFER, formatter=storage.formatter)
    else:
        where.refuse_foreign()
        yield ButlerRegistry(None, where, storage.transfer or TRANSFER, datastore=storage.datastore)


@contextmanager
def _writing(
    where: ButlerLocation, wait: float, notify: Callable[[str], None], storage: Storage
) -> Iterator[ButlerRegistry]:
    """Hold the locks round everything, the opening included: a Butler remembers what it saw then."""
    if not where.exists:
        where.refuse_foreign()
        where.make_folder()
    with ExitStack() as locks:
        locks.enter_context(locked(where.folder, wait, notify))
        locks.callback(where.tidy)
        new = not where.exists
        database = database_of(storage.database, where.folder) if new else where.database()
        locks.enter_context(database.locked(wait, notify))
        if where.was_interrupted():
            notify(f"an earlier ingest into {where.folder} was interrupted; continuing from there")
        if new:
            where.create(storage.database, storage.datastore)
        with opened(where, wait, writeable=True) as butler:
            yield ButlerRegistry(
                butler, where, storage.transfer or TRANSFER, new=new, formatter=storage.formatter
            )


def _check(where: ButlerLocation, storage: Storage) -> None:
    require_formatter(storage.formatter)
    if storage.database:
        check_address(storage.database)
        if where.exists and where.address != storage.database:
            raise UsageError("--database: this Butler already uses another database", hint="remove it")
    if storage.datastore:
        check_datastore(storage.datastore)
        if where.exists and where.datastore.rstrip("/") != storage.datastore.rstrip("/"):
            raise UsageError("--datastore: this Butler already has another datastore", hint="remove it")


def require(place: str) -> None:
    """Raise an error where there is no Butler."""
    where = locate(place)
    require_butler()
    if not where.exists:
        raise UnusableRegistryError("there is no Butler here", path=where.folder)
