"""Where a Gen2 registry is: finding it, and opening its SQLite file for what is wanted, and nothing more."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from curator.errors import CuratorError, FormatError, UsageError
from curator.formats.files.bounded_io import read_bounded
from curator.registries.errors import UnusableRegistryError, first_line
from curator.registries.gen2.store.sqlite_schema import names_of
from curator.registries.model.collections import is_name

__all__ = [
    "REGISTRY",
    "Gen2Location",
    "gen2_errors",
    "locate",
    "reading",
    "transaction",
    "writing",
]

REGISTRY = "calibRegistry.sqlite3"
_MAPPER = re.compile(r"[\w.]*?(\w+?)Mapper\s*", re.ASCII)
# No value that look-ups or curator need is longer.
_LONGEST = 1 << 24
_SAID = {
    "SQLITE_NOTADB": "this is not an SQLite database",
    "SQLITE_CORRUPT": "this database is damaged",
    "SQLITE_FULL": "there is no space left",
    "SQLITE_READONLY": "this registry cannot be written",
    "SQLITE_CANTOPEN": "this registry cannot be opened",
    "SQLITE_IOERR": "this registry cannot be read or written",
    "SQLITE_PERM": "this registry cannot be opened",
    "SQLITE_TOOBIG": "a value in this registry is too large to read",
}


@dataclass(frozen=True, slots=True)
class Gen2Location:
    """A folder that has, or will have, a Gen2 registry in it.

    Parameters
    ----------
    folder, file : str
        Absolute.
    instrument : str
        The one whose calibrations are meant; empty if the registry says so.
    """

    folder: str
    file: str
    instrument: str = ""

    @property
    def exists(self) -> bool:
        """Whether there is one; an empty file is what an interrupted run may leave."""
        try:
            return os.path.getsize(self.file) > 0
        except OSError:
            return False

    def missing(self) -> list[str]:
        """Return the folders that are to be made, the inner ones first."""
        found, folder = [], self.folder
        while not os.path.lexists(folder):
            found.append(folder)
            folder = os.path.dirname(folder)
        return found

    def make_folder(self) -> None:
        """Make the folder, where the lock has to be before anything else."""
        try:
            os.makedirs(self.folder, exist_ok=True)
        except OSError as error:
            raise UnusableRegistryError(f"cannot be made: {error.strerror}", path=self.folder) from error

    def mapper(self) -> str:
        """Return the camera that the stack's ``_mapper`` beside it names, as ``Hsc``; empty if none."""
        try:
            raw = read_bounded(os.path.join(self.folder, "_mapper"), 200)
        except FormatError:
            return ""
        found = _MAPPER.fullmatch(raw.decode("ascii", "replace"))
        return found[1] if found else ""


def locate(place: str) -> Gen2Location:
    """Return the place that ``PATH`` or ``PATH#INSTRUMENT`` names: a folder, or the file itself.

    Raises
    ------
    UsageError
        It cannot be the place of a registry.
    """
    path, _, instrument = place.rpartition("#")
    if not path or "/" in instrument or os.path.isdir(place):
        path, instrument = place, ""
    elif not is_name(instrument):
        raise UsageError(
            f"{instrument!r} does not name an instrument", value=place, hint="gen2:PATH#INSTRUMENT"
        )
    if "://" in path or not path.isprintable() or not path:
        # Not said back: such an address may have a password in it, in whatever form.
        raise UsageError(f"{place.partition('://')[0]}://… is not a local folder")
    absolute = os.path.abspath(path)
    if absolute.endswith(".sqlite3") and not os.path.isdir(absolute):
        folder, name = os.path.split(absolute)
    else:
        folder, name = absolute, REGISTRY
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise UnusableRegistryError("this is a file, not the folder of a Gen2 registry", path=folder)
    real = os.path.realpath(folder)
    file = os.path.join(real, name)
    if os.path.lexists(file) and not os.path.isfile(file):
        raise UnusableRegistryError("this is not a file", path=file)
    return Gen2Location(real, file, instrument)


@contextmanager
def gen2_errors(path: str) -> Iterator[None]:
    """Turn what SQLite and the system say into one line about ``path``; bugs pass through."""
    try:
        yield
    except CuratorError:
        raise
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise _said(error, path) from error
    except OSError as error:
        raise UnusableRegistryError(
            error.strerror or first_line(error), path=error.filename or path
        ) from error


def _said(error: sqlite3.Error, path: str) -> UnusableRegistryError:
    name = getattr(error, "sqlite_errorname", "")
    kind = "_".join(name.split("_")[:2])
    if kind in ("SQLITE_BUSY", "SQLITE_LOCKED"):
        return UnusableRegistryError(
            "someone else is writing to this registry (its database is locked)",
            path=path,
            hint="try again later",
        )
    return UnusableRegistryError(_SAID.get(kind) or f"SQLite says: {first_line(error)}", path=path)


@contextmanager
def reading(place: Gen2Location, wait: float = 5.0) -> Iterator[sqlite3.Connection]:
    """Open a registry to read one state of it; nothing is written, not even by SQLite."""
    with gen2_errors(place.file):
        try:
            connection = _connect(place.file, "ro&immutable=1" if _is_still(place.file) else "ro", wait)
            try:
                _begin_reading(connection)
            except BaseException:
                connection.close()
                raise
        except sqlite3.OperationalError as error:
            if not _is_hot(error, place.file):
                raise
            with _recovered(place.file, wait) as copied:
                yield copied
            return
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def writing(place: Gen2Location, wait: float) -> Iterator[sqlite3.Connection]:
    """Open a registry to write to it, and make the file if there is none; to be called with the lock held."""
    with gen2_errors(place.file):
        made = not os.path.lexists(place.file)
        try:
            with closing(_connect(place.file, "rwc", wait)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                names_of(connection)
                yield connection
        finally:
            if made and not place.exists:  # nothing was written
                with suppress(OSError):
                    os.unlink(place.file)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # not after a full disk, which has SQLite take all back itself
            connection.execute("ROLLBACK")
        raise


def _connect(path: str, mode: str, wait: float) -> sqlite3.Connection:
    from urllib.parse import quote

    uri = f"file:{quote(path)}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _is_still(path: str) -> bool:
    """Whether a database has write-ahead logs, and none now: SQLite would make one in order to read."""
    with open(path, "rb") as file:
        head = file.read(20)
    return head[18:20] == b"\2\2" and not os.path.exists(f"{path}-wal")


def _begin_reading(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    names_of(connection)  # takes the lock under which all of this reads one state


def _is_hot(error: sqlite3.OperationalError, path: str) -> bool:
    """Whether a killed writer left a journal, which SQLite would have to write in order to read."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) and os.path.exists(f"{path}-journal")


@contextmanager
def _recovered(path: str, wait: float) -> Iterator[sqlite3.Connection]:
    """Open a copy, in which SQLite takes back what the killed writer began."""
    import shutil
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="curator-gen2-") as folder:
        copy = os.path.join(folder, REGISTRY)
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-journal", f"{copy}-journal")
        connection = _connect(copy, "rw", wait)
        try:
            _begin_reading(connection)
            yield connection
        finally:
            connection.close()
