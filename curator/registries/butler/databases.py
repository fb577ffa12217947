"""The database of a Butler: what differs between SQLite and PostgreSQL is here, and only here."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Protocol

from curator.errors import UsageError
from curator.registries.errors import UnusableRegistryError, database_error, first_line

__all__ = ["Database", "check_address", "database_of", "drop_unused", "is_unused", "table_names"]

_SCHEMES = ("postgresql", "postgresql+psycopg", "postgresql+psycopg2")
_PAUSE = 0.2
# Tables that something is in as soon as anybody has used a Butler.
_FILLED = ("collection", "dataset", "instrument")
# Any number will do as long as no other program locks by it: "curator" in ASCII.
_LOCK_SPACE = 0x637572


class Database(Protocol):
    """What a database needs before a Butler opens it."""

    def was_interrupted(self) -> bool:
        """Whether a killed writer left something to be undone; to be asked with the lock held."""

    def recover(self, wait: float) -> None:
        """Undo it."""

    @contextmanager
    def locked(self, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
        """Hold the database's own lock against other operators, who may be on other machines."""


def database_of(address: str, folder: str) -> Database:
    """Return the database that a Butler's configuration names."""
    if address.startswith("sqlite"):
        return Sqlite(address.removeprefix("sqlite:///").replace("<butlerRoot>", folder), folder)
    if address.partition(":")[0] in _SCHEMES:
        return Postgresql(address, folder)
    return Other()


def check_address(address: str) -> str:
    """Return the address of a PostgreSQL database as it may stand in a configuration.

    Raises
    ------
    UsageError
        It is none, or has a password in it: that would be written into a file.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise UsageError(
            "--database: this is not the address of a database", hint="postgresql://USER@HOST/NAME"
        ) from None
    if url.drivername not in _SCHEMES or not url.database:
        raise UsageError(
            f"--database: {url.drivername}://… is not the address of a PostgreSQL database",
            hint="postgresql://USER@HOST/NAME",
        )
    if url.password or "password" in url.query:
        raise UsageError(
            "--database: an address with a password would be kept in butler.yaml",
            hint="put the password into ~/.pgpass or PGPASSWORD, and remove it here",
        )
    return address


def table_names(address: str) -> list[str]:
    """Return the names of the tables in a database's own schema."""
    from sqlalchemy import create_engine, inspect
    from sqlalchemy.pool import NullPool

    return inspect(create_engine(address, poolclass=NullPool)).get_table_names()


def is_unused(address: str) -> bool:
    """Return whether a database has tables of a Butler, and no collection, dataset or instrument in them."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    there = set(table_names(address))
    if "butler_attributes" not in there:
        return False
    with create_engine(address, poolclass=NullPool).connect() as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {one}")).scalar()
            for one in _FILLED
            if one in there
        ]
    return not any(counts)


def drop_unused(address: str, tables: Collection[str]) -> None:
    """Drop those of ``tables`` that are there, all of them or none."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    engine = create_engine(address, poolclass=NullPool)
    quote = engine.dialect.identifier_preparer.quote
    there = [quote(one) for one in table_names(address) if one in tables]
    if there:
        with engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {', '.join(there)}"))


class Sqlite:
    """A file; the lock of its folder is all it needs.

    Parameters
    ----------
    path : str
        Of the database.
    folder : str
        Of the Butler, for messages.
    """

    def __init__(self, path: str, folder: str) -> None:
        self._path = path
        self._folder = folder

    def was_interrupted(self) -> bool:
        return os.path.exists(f"{self._path}-journal")

    def recover(self, wait: float) -> None:
        """Have SQLite roll back what a killed writer left, which it does for those who open it to write.

        Butlers that are opened to read cannot be opened at all until then.
        """
        from sqlite3 import Error, connect

        if not self.was_interrupted():
            return
        try:
            connection = connect(f"file:{self._path}?mode=rw", timeout=wait, uri=True)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                connection.close()
        except Error as error:
            raise database_error(first_line(error), self._folder) from error

    @contextmanager
    def locked(self, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
        yield


class Other:
    """A database that curator knows nothing of."""

    def was_interrupted(self) -> bool:
        return False

    def recover(self, wait: float) -> None:
        pass

    @contextmanager
    def locked(self, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
        yield


class Postgresql:
    """A server; it rolls back by itself what a killed writer left, and keeps a lock for curator.

    Parameters
    ----------
    address : str
        SQLAlchemy's; passwords come from ``~/.pgpass``, ``PGPASSWORD`` or a service file.
    folder : str
        Of the Butler, for messages.
    """

    def __init__(self, address: str, folder: str) -> None:
        self._address = address
        self._folder = folder

    def was_interrupted(self) -> bool:
        return False

    def recover(self, wait: float) -> None:
        pass

    @contextmanager
    def locked(self, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
        """Hold an advisory lock of the database; the server lets go of it when the connection ends."""
        from time import monotonic, sleep

        from sqlalchemy import create_engine, text
        from sqlalchemy.exc import DBAPIError
        from sqlalchemy.pool import NullPool

        try:
            engine = create_engine(
                self._address, poolclass=NullPool, connect_args={"connect_timeout": max(2, int(wait))}
            )
        except ModuleNotFoundError as error:
            from curator.extras import missing

            message, hint = missing("a Butler on PostgreSQL", "psycopg", "postgres")
            raise UnusableRegistryError(message, path=self._folder, hint=hint) from error
        query = text("SELECT pg_try_advisory_lock(:space, hashtext(coalesce(current_schema(), '')))")
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                deadline, told = monotonic() + wait, False
                while not connection.execute(query, {"space": _LOCK_SPACE}).scalar():
                    if monotonic() >= deadline:
                        raise UnusableRegistryError(
                            "another ingest is writing to this database, and did not finish within "
                            f"{wait:g} s",
                            path=self._folder,
                            hint="wait until it finishes, and run this again",
                        )
                    if not told:
                        notify(f"another ingest is writing to this database; waiting up to {wait:g} s")
                        told = True
                    sleep(_PAUSE)
                yield
        except DBAPIError as error:
            raise database_error(first_line(error.orig or error), self._folder) from error
