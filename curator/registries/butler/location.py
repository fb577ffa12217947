"""Where a Butler is: finding it, making it whole or not at all, opening it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from curator.calibrations.types.types import all_types
from curator.errors import CuratorError, UsageError
from curator.registries.butler.databases import Database, database_of, drop_unused, is_unused, table_names
from curator.registries.butler.transfers import NOTE
from curator.registries.errors import UnusableRegistryError, butler_errors, first_line
from curator.registries.folder_lock import LOCK

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, Config

__all__ = ["ButlerLocation", "locate", "opened", "own_storage_classes", "require_butler"]

CONFIG = "butler.yaml"
# Made whole in here and moved out: a kill leaves nothing that looks like a Butler. The name has no dot,
# as `Butler.makeRepo` takes one in the last part of its path for the suffix of a file.
_WORKSHOP = "curator-creating"
_DATABASE = "gen3.sqlite3"
# Of the Butler's, in a module of its own.
_TAKEN = "SchemaAlreadyDefinedError"
# Characters that mean something else in the URLs by which Butlers and SQLite name files.
_ILLEGAL = "%?#\\"


def own_storage_classes() -> dict[str, dict[str, str]]:
    """Return the storage classes that only Butlers of curator's know, as their configuration has them."""
    return {one.storage_class: {"pytype": one.pytype} for one in all_types() if one.has_own_storage_class}


def require_butler() -> None:
    """Refuse in one line to go on without ``lsst-daf-butler``, which is an extra."""
    try:
        import lsst.daf.butler  # noqa: F401
    except ImportError as error:
        from curator.extras import missing

        message, hint = missing("a Butler", "lsst-daf-butler", "butler")
        raise UnusableRegistryError(message, hint=hint) from error


class ButlerLocation:
    """A folder that has, or will have, a Butler in it.

    Parameters
    ----------
    folder : str
        Absolute.
    config : str
        Absolute path of its ``butler.yaml``, which may have another name.
    """

    __slots__ = ("_made", "config", "folder")

    def __init__(self, folder: str, config: str) -> None:
        self.folder = folder
        self.config = config
        self._made: list[str] = []

    @property
    def exists(self) -> bool:
        return os.path.isfile(self.config)

    def storage_classes(self) -> frozenset[str]:
        """Return the names of the storage classes that its configuration defines."""
        return frozenset(self._configuration().get("storageClasses", {}))

    def _configuration(self) -> Config:
        from lsst.daf.butler import Config

        try:
            return Config(self.config)
        except Exception as error:  # whatever a file that someone else wrote makes a parser raise
            raise _unopenable(self.config, error) from error

    def refuse_foreign(self) -> None:
        """Refuse to make a Butler among other people's files."""
        if not os.path.lexists(self.folder):
            return
        try:
            names = set(os.listdir(self.folder))
        except OSError as error:
            raise UnusableRegistryError(
                f"a Butler cannot be created here: {error.strerror}", path=self.folder
            ) from error
        if foreign := sorted(names - ({LOCK, _WORKSHOP, _DATABASE} if _WORKSHOP in names else {LOCK})):
            raise UnusableRegistryError(
                f"this folder holds {foreign[0]!r}, and no Butler",
                path=self.folder,
                hint="name a Butler, or a new or empty folder",
            )

    def was_interrupted(self) -> bool:
        """Whether there is something of a killed writer to be undone; to be asked with the lock held."""
        return any(os.path.lexists(os.path.join(self.folder, one)) for one in (_WORKSHOP, NOTE)) or (
            self.exists and self.database().was_interrupted()
        )

    def database(self) -> Database:
        """Return its database."""
        return database_of(self.address, self.folder)

    @property
    def address(self) -> str:
        """The address of its database, as its configuration has it."""
        found = self._configuration().get(("registry", "db"))
        if not found:
            # A Butler would take one in memory, and lose all that goes in.
            raise UnusableRegistryError("this configuration does not name a database", path=self.config)
        return str(found)

    @property
    def datastore(self) -> str:
        """The root of its datastore, as its configuration has it; empty if it has several."""
        return str(self._configuration().get(("datastore", "root"), ""))

    def make_folder(self) -> None:
        """Make the folder, where the lock has to be before anything else."""
        folder = self.folder
        while not os.path.lexists(folder):
            self._made.append(folder)
            folder = os.path.dirname(folder)
        try:
            os.makedirs(self.folder, exist_ok=True)
        except OSError as error:
            raise UnusableRegistryError(f"cannot be made: {error.strerror}", path=self.folder) from error

    def tidy(self) -> None:
        """Remove the folders that were made, and the lock, where no Butler came of it; with the lock held."""
        if self.exists or set(os.listdir(self.folder)) != {LOCK}:
            return
        os.unlink(os.path.join(self.folder, LOCK))
        with suppress(OSError):  # others came meanwhile
            for folder in self._made:
                os.rmdir(folder)

    def create(self, address: str = "", datastore: str = "") -> None:
        """Make an empty Butler, by default on SQLite and with files in its folder; with the lock held."""
        from lsst.daf.butler import Butler, Config

        self.refuse_foreign()
        workshop = os.path.join(self.folder, _WORKSHOP)
        seed = Config({"storageClasses": own_storage_classes()})
        if address:
            seed["registry", "db"] = address
        if datastore:
            seed["datastore", "root"] = datastore
        with butler_errors(self.folder):
            if self._was_begun(workshop, address):
                drop_unused(address, self._static_tables())
            shutil.rmtree(workshop, ignore_errors=True)
            try:
                Butler.makeRepo(workshop, config=seed, forceConfigRoot=not datastore)
            except Exception as error:  # whatever the database makes it raise
                if type(error).__name__ == _TAKEN:
                    # The tables are others': they must not be taken for what a killed run began.
                    shutil.rmtree(workshop)
                raise self._not_made(error) from error
            for name in sorted(os.listdir(workshop), key=CONFIG.__eq__):
                os.replace(os.path.join(workshop, name), os.path.join(self.folder, name))
            os.rmdir(workshop)

    def _was_begun(self, workshop: str, address: str) -> bool:
        """Whether a killed run began to make tables on a server, and nobody has used them.

        Tables and what a Butler writes into them at first are not one transaction: some may be missing.
        """
        config = os.path.join(workshop, CONFIG)
        if not address or not os.path.isfile(config):
            return False
        return ButlerLocation(workshop, config).address == address and is_unused(address)

    def _static_tables(self) -> list[str]:
        """Return the names of the tables of an empty Butler."""
        from tempfile import TemporaryDirectory

        from lsst.daf.butler import Butler

        with TemporaryDirectory(prefix="curator-tables-") as folder:
            empty = os.path.join(folder, "empty")
            Butler.makeRepo(empty)
            Butler.from_config(empty, writeable=True).close()  # which makes those of its datastore
            return table_names(f"sqlite:///{empty}/{_DATABASE}")

    def _not_made(self, error: Exception) -> CuratorError:
        if type(error).__name__ == _TAKEN:
            return UnusableRegistryError(
                "this database already has the tables of a Butler",
                path=self.folder,
                hint="name the folder of its butler.yaml, or an empty database",
            )
        return UnusableRegistryError(f"a Butler cannot be created: {first_line(error)}", path=self.folder)


def locate(place: str) -> ButlerLocation:
    """Return the place that a folder, or the path of a ``butler.yaml``, names.

    Raises
    ------
    UsageError
        It cannot be the place of a Butler.
    """
    if "://" in place:
        # Not said back: such an address may have a password in it, in whatever form.
        raise UsageError(f"{place.partition('://')[0]}://… is not a local folder")
    path = os.path.abspath(place)
    if bad := next((one for one in path if one in _ILLEGAL or not one.isprintable()), ""):
        raise UsageError(
            f"{bad!r} in its path prevents a Butler from finding its files",
            path=path,
            hint="choose another folder",
        )
    if path.endswith((".yaml", ".yml")) and not os.path.isdir(path):
        if not os.path.isfile(path):
            raise UnusableRegistryError("there is no such Butler configuration", path=path)
        return ButlerLocation(os.path.dirname(path), path)
    if os.path.isfile(path):
        raise UnusableRegistryError("this is a file, not a Butler", path=path)
    return ButlerLocation(path, os.path.join(path, CONFIG))


def _unopenable(path: str, error: Exception) -> UnusableRegistryError:
    return UnusableRegistryError(f"cannot be opened as a Butler: {first_line(error)}", path=path)


@contextmanager
def _bounded_waits(seconds: float) -> Iterator[None]:
    """Have the database wait this long for another writer: Butlers set five minutes, or no end at all."""
    from sqlalchemy import Connection, Engine, event

    def limit(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(seconds * 1000))}")

    event.listen(Engine, "begin", limit)
    try:
        yield
    finally:
        event.remove(Engine, "begin", limit)


@contextmanager
def _unsaid() -> Iterator[None]:
    """Have a Butler keep to itself why it cannot be opened: the error says it."""
    import logging

    logger = logging.getLogger("lsst.daf.butler")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def opened(place: ButlerLocation, wait: float, *, writeable: bool) -> Iterator[Butler]:
    """Open a Butler, and close it again; its database is waited for no longer than ``wait`` seconds."""
    from lsst.daf.butler import Butler
    from sqlalchemy.exc import DBAPIError

    with butler_errors(place.folder), _bounded_waits(wait):
        try:
            place.database().recover(wait)
            with _unsaid():
                butler = Butler.from_config(place.config, writeable=writeable)
        except (CuratorError, OSError):
            raise
        except Exception as error:  # whatever a configuration or database of someone else's makes it raise
            if isinstance(error, DBAPIError):
                raise
            raise _unopenable(place.config, error) from error
        try:
            yield butler
        finally:
            butler.close()
