"""Files below the folder of a Gen2 registry: laid whole or not at all, and never over those of others."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from curator.errors import RegistryError
from curator.export.manifest.validate import is_inside
from curator.formats.files.bounded_io import read_bounded, sync_folder, write_beside
from curator.registries.errors import UnusableRegistryError

if TYPE_CHECKING:
    from curator.registries.model.model import Transfer

__all__ = ["Files"]

_LARGEST = 1 << 32
# File systems that have no hard links, or will not let this user make one, or not to there.
_NO_LINK = {errno.EXDEV, errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP}


class Files:
    """The files of one registry; paths are relative to its folder, with ``/`` between their parts.

    Parameters
    ----------
    folder : str
    transfer : {"", "copy", "hardlink"}
        Whether files from outside are copied, linked, or linked where that can be done.
    """

    def __init__(self, folder: str, transfer: Transfer = "") -> None:
        self._folder = folder
        self._transfer = transfer
        self._made: set[str] = set()
        self._touched: set[str] = set()
        self._new: dict[str, str] = {}

    def at(self, path: str) -> str:
        """Return the absolute path.

        Raises
        ------
        RegistryError
            It leads out of the folder: nobody but curator writes such paths into a registry, and it does not.
        """
        if not is_inside(path):
            raise RegistryError(f"{path!r:.120} leads out of the registry", path=self._folder)
        return os.path.join(self._folder, *path.split("/"))

    def there(self, path: str) -> bool:
        """Whether anything is there."""
        return os.path.lexists(self.at(path))

    def holds(self, path: str, source: str) -> bool:
        """Whether a path has what is in the file ``source`` (absolute): the same file, or equal bytes."""
        mine = self.at(path)
        try:
            one, other = os.lstat(mine), os.stat(source)
        except OSError:
            return False
        if os.path.samestat(one, other):
            return True
        if one.st_size != other.st_size or os.path.islink(mine):
            return False
        return read_bounded(mine, _LARGEST) == read_bounded(source, _LARGEST)

    def lay(self, source: str, path: str, *, replace: bool = False) -> None:
        """Put a file at ``path``.

        Parameters
        ----------
        source : str
            Absolute.
        path : str
        replace : bool
            Whether what is there is curator's own; other files are left as they are.

        Raises
        ------
        RegistryError
            Another file is there.
        """
        if os.path.islink(source):
            raise _elsewhere(source)
        target, new = self.at(path), not self.there(path)
        if new:
            self._new[path] = source
        self._make_folder(os.path.dirname(path))
        if self.holds(path, source):
            return
        if not (new or replace):
            raise _taken(target)
        temporary = os.path.join(os.path.dirname(target), f".curator-{os.path.basename(target)[:200]}")
        if os.path.lexists(temporary):  # of a run that was killed: the lock says that nobody uses it
            os.unlink(temporary)
        # What is below the folder already is linked, however it came there.
        transfer = "" if source.startswith(f"{self._folder}{os.sep}") else self._transfer
        try:
            if transfer == "copy" or not _link(source, temporary):
                if transfer == "hardlink":
                    raise UnusableRegistryError(
                        f"a hard link to {source} cannot be created here",
                        path=self._folder,
                        hint="--transfer copy",
                    )
                write_beside(target, read_bounded(source, _LARGEST), temporary=temporary)
            if replace or not _link(temporary, target):
                os.replace(temporary, target)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)

    @contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Take back what is laid inside where that fails: nothing refers to it."""
        self._new.clear()
        try:
            yield
        except BaseException:
            new = self._new.items()
            self.remove(path for path, source in new if self.holds(path, source) or not self.there(path))
            self._touched.clear()
            raise

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Keep bytes of the disk until the end, so that what is begun inside can be finished after it."""
        path = os.path.join(self._folder, ".curator-room")
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
        try:
            os.unlink(path)  # so a killed run leaves nothing
            try:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(descriptor, 0, size)
            except OSError as error:  # others say that this file system cannot
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise
            yield
        finally:
            os.close(descriptor)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then."""
        for path in paths:
            target = self.at(path)
            folder = os.path.dirname(target)
            if os.path.realpath(folder) != folder:
                raise _elsewhere(folder)
            with suppress(FileNotFoundError):
                os.unlink(target)
            self._made.clear()
            while folder != self._folder and len(folder) > len(self._folder):
                try:
                    with suppress(FileNotFoundError):
                        os.rmdir(folder)
                except OSError:  # others' files are in there
                    break
                folder = os.path.dirname(folder)

    def flush(self) -> None:
        """Have the names of all that was laid on disk before a database refers to them."""
        for folder in sorted(self._touched):
            sync_folder(folder)
        self._touched.clear()

    def _make_folder(self, path: str) -> None:
        folder = self._folder
        for part in filter(None, path.split("/")):
            self._touched.add(folder)
            folder = os.path.join(folder, part)
            if folder not in self._made:
                if os.path.islink(folder):
                    raise _elsewhere(folder)
                os.makedirs(folder, exist_ok=True)
                self._made.add(folder)
        self._touched.add(folder)


def _elsewhere(folder: str) -> UnusableRegistryError:
    return UnusableRegistryError("a symbolic link leads out of this folder", path=folder)


def _taken(path: str) -> RegistryError:
    return RegistryError("another file exists there, which curator did not write", path=path)


def _link(source: str, target: str) -> bool:
    """Make a hard link, never over another file; say whether file systems and rights allow it."""
    try:
        os.link(source, target)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:
        if error.errno in _NO_LINK:
            return False
        raise
    return True
