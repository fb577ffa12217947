"""One writer at a time: the locks that curator holds while it writes to a Butler, by their names."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from . import RefusedError, first_line

__all__ = ["ButlerFolder", "bounded_waits", "locate", "locked"]

LOCK = ".curator-ingest"
# "curator" in ASCII; the second number is the schema's, since several Butlers can be in one database.
_SPACE = 0x637572
_SCHEMA = "hashtext(coalesce(current_schema(), ''))"
_TRY = f"SELECT pg_try_advisory_lock({_SPACE}, {_SCHEMA})"
_HOLDER = f"""
    SELECT activity.usename, coalesce(host(activity.client_addr), 'the server itself')
    FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND classid::bigint = {_SPACE}
    AND objid::bigint = ({_SCHEMA}::bigint & 4294967295) AND pg_locks.database = activity.datid
    AND activity.datname = current_database()
"""
_PAUSE = 0.1


@dataclass(frozen=True)
class ButlerFolder:
    """A Butler that is there.

    Parameters
    ----------
    name : str
        As it was given, for messages.
    config : object
        What a Butler opens, whether it was given as a folder, a configuration, an address or an alias.
    folder : str
        Of its configuration; empty where that is not a local one.
    address : object
        Of its database, an SQLAlchemy URL.
    """

    name: str
    config: Any
    folder: str
    address: Any


def locate(name: str) -> ButlerFolder:
    """Find a Butler as Butlers do.

    Raises
    ------
    RefusedError
        There is none, or nothing that can be written by its own database.
    """
    from lsst.daf.butler import Butler, ButlerConfig
    from lsst.daf.butler.registry import RegistryConfig

    try:
        config = ButlerConfig(Butler.get_repo_uri(name, return_label=True))
        database = RegistryConfig(config)
        database.replaceRoot(config.get("root", config.configDir))
        folder = config.configDir.ospath if config.configDir.isLocal else ""
        address = database.connectionString
    except FileNotFoundError:
        raise RefusedError(f"there is no Butler at {name}") from None
    except Exception as error:  # whatever somebody else's configuration makes a parser raise
        raise RefusedError(f"{name} cannot be opened as a Butler: {first_line(error)}") from error
    if address.drivername.startswith("sqlite") and not os.path.isfile(address.database or ""):
        # To open it would make one.
        raise RefusedError(f"{name} cannot be opened as a Butler: its database does not exist")
    return ButlerFolder(name, config, folder, address)


@contextmanager
def locked(place: ButlerFolder, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of the folder and, on PostgreSQL, of the database; a process that dies lets go of them.

    Raises
    ------
    RefusedError
        Somebody else did not let go within ``wait`` seconds, or there is no way to lock.
    """
    with ExitStack() as stack:
        if place.folder:
            stack.enter_context(_file_locked(place.folder, wait, notify))
        if place.address.drivername.startswith("postgresql"):
            stack.enter_context(_database_locked(place, wait, notify))
        elif not place.folder:
            raise RefusedError(f"{place.name}: no lock prevents other programs from writing at the same time")
        yield


@contextmanager
def _file_locked(folder: str, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    path = os.path.join(folder, LOCK)
    descriptor = _opened(path)

    def taken() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise RefusedError(f"{path} cannot be locked: {error.strerror}") from error
        return True

    try:
        _wait(taken, lambda: f"another program is writing to {folder} (it holds {LOCK} there)", wait, notify)
        yield
    finally:
        os.close(descriptor)


def _opened(path: str) -> int:
    flags = os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o666)
        except PermissionError:  # made by someone else who shares the Butler: reading is enough to lock
            return os.open(path, os.O_RDONLY | flags)
    except FileNotFoundError:
        reason = "Permission denied" if os.path.isdir(os.path.dirname(path)) else "there is no such folder"
    except OSError as error:
        reason = "it is a symbolic link" if os.path.islink(path) else str(error.strerror)
    raise RefusedError(f"the lock {path} cannot be acquired: {reason}; nothing can be written without it")


@contextmanager
def _database_locked(place: ButlerFolder, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    try:
        engine = create_engine(
            place.address, poolclass=NullPool, connect_args={"connect_timeout": max(2, int(wait))}
        )
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except (SQLAlchemyError, ImportError) as error:
        reason = first_line(getattr(error, "orig", None) or error)
        raise RefusedError(f"the database of {place.name} cannot be reached: {reason}") from error

    def holder() -> str:
        found = connection.execute(text(_HOLDER)).first()
        who = f" ({found[0]} from {found[1]})" if found else ""
        return f"another program is writing to the database of {place.name}{who}"

    with connection:
        _wait(lambda: bool(connection.execute(text(_TRY)).scalar()), holder, wait, notify)
        yield


def _wait(
    taken: Callable[[], bool], whose: Callable[[], str], wait: float, notify: Callable[[str], None]
) -> None:
    deadline, told = monotonic() + wait, False
    while not taken():
        if monotonic() >= deadline:
            raise RefusedError(f"{whose()}, and did not finish within {wait:g} s: run this again later")
        if not told:
            notify(f"{whose()}; waiting up to {wait:g} s for it to finish")
            told = True
        sleep(_PAUSE)


@contextmanager
def bounded_waits(seconds: float) -> Iterator[None]:
    """Have databases wait this long for writers that take no lock of ours: Butlers set minutes, or no end."""
    from sqlalchemy import Engine, event

    def limit(connection: Any) -> None:
        milliseconds = max(1, int(seconds * 1000))
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")

    event.listen(Engine, "begin", limit)
    try:
        yield
    finally:
        event.remove(Engine, "begin", limit)
