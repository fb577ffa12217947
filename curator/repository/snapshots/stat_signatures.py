"""What the file system says of files: as long as it says the same, they hold the same.

A stamp is device, inode, size, and the times of the last change of content and of anything. The last
of these no program can set: whoever writes a file, replaces it, renames it or sets its times back, changes
it, and of a directory whoever adds a name or takes one away. So equal stamps mean equal bytes and equal
names, if at the time of looking the last change was longer ago than clocks are coarse (see
`Stamps.settled`). Neither git nor its index is asked: no filter, attribute, monitor or flag of theirs can
make a changed file look the same.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

__all__ = ["Stamps", "walk"]

Stamp: TypeAlias = tuple[int, int, int, int, int]

# The clocks of file systems are coarse, some by two seconds.
COARSE = 2_500_000_000
_ABSENT = (0, 0, 0, 0, 0)
_CODES = "QQQqq"
# From so many on a second process pays.
_MANY = 4000


class Stamps:
    """The stamps of names below one directory.

    Parameters
    ----------
    root : str
    names : sequence of bytes
        Relative to ``root``, or absolute; of what is absent, the stamp says so.
    columns : sequence of arrays
        Device, inode, size, change of content and last change of each.
    """

    def __init__(self, root: str, names: Sequence[bytes], columns: Sequence[array[int]]) -> None:
        self.root = root
        self.names = names
        self.columns = columns

    @classmethod
    def take(cls, root: str, names: Sequence[bytes]) -> Stamps:
        """Return the stamps as they are now."""
        columns = [array(code) for code in _CODES]
        for stamp in _stamps(root, names):
            for column, one in zip(columns, stamp, strict=True):
                column.append(one)
        return cls(root, names, columns)

    def settled(self, before: int) -> bool:
        """Return whether all changes are so long before a time (ns) that none behind it can look the same."""
        return not self.names or max(self.columns[-1]) < before - COARSE

    def one_device(self, names: Iterable[bytes]) -> bool:
        """Return whether ``names`` lie where the root does: nothing is mounted in between."""
        device = os.lstat(self.root).st_dev
        wanted = set(names)
        return all(
            found == device for name, found in zip(self.names, self.columns[0], strict=True) if name in wanted
        )

    def hold(self) -> bool:
        """Return whether all are as they were."""
        half = len(self.names) // 2
        child = _fork() if len(self.names) > _MANY else None
        if child is None:
            return self._hold(0, len(self.names))
        if child == 0:
            status = 1
            try:
                status = 0 if self._hold(0, half) else 1
            finally:
                os._exit(status)  # whatever happens, the rest of the program is the parent's
        try:
            rest = self._hold(half, len(self.names))
        finally:
            status = os.waitpid(child, 0)[1]
        return status == 0 and rest

    def _hold(self, start: int, end: int) -> bool:
        was = zip(*(column[start:end] for column in self.columns), strict=True)
        with _directory(self.root) as place:
            for name, stamp in zip(self.names[start:end], was, strict=True):
                if _stamp(name, place) != stamp:
                    return False
        return True

    def kept(self) -> set[bytes]:
        """Return the names that are as they were."""
        was = zip(*self.columns, strict=True)
        now = _stamps(self.root, self.names)
        return {name for name, one, other in zip(self.names, was, now, strict=True) if one == other}

    def pack(self) -> list[bytes]:
        """Return the stamps as bytes."""
        return [b"\0".join(self.names), *(column.tobytes() for column in self.columns)]

    @classmethod
    def unpack(cls, root: str, parts: Sequence[bytes | memoryview]) -> Stamps:
        """Undo `pack`; `ValueError` for anything that does not fit together."""
        names = bytes(parts[0]).split(b"\0")
        columns = []
        for code, part in zip(_CODES, parts[1:], strict=True):
            column = array(code)
            column.frombytes(part)
            columns.append(column)
        if {len(column) for column in columns} != {len(names)}:
            raise ValueError("stamps of another number of names")
        return cls(root, names, columns)


def _stamps(root: str, names: Iterable[bytes]) -> Iterator[Stamp]:
    with _directory(root) as place:
        for name in names:
            yield _stamp(name, place)


def _stamp(name: bytes, place: int) -> Stamp:
    try:
        one = os.lstat(name, dir_fd=place)
    except (FileNotFoundError, NotADirectoryError):
        return _ABSENT
    return one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns


@contextmanager
def _directory(path: str) -> Iterator[int]:
    place = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield place
    finally:
        os.close(place)


def _fork() -> int | None:
    """Return what `os.fork` does; `None` where it is not safe or not possible."""
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return None
    try:
        return os.fork()
    except OSError:
        return None


def walk(root: str, most: int) -> tuple[list[bytes], dict[bytes, bool]] | None:
    """Return the directories below ``root``, and all else with whether it is a file that can be read.

    `None` where there are more than ``most`` directories, or a repository in one of them: git says
    what of it counts.
    """
    folders = [b"."]
    others: dict[bytes, bool] = {}
    for folder in folders:
        inside = b"" if folder == b"." else folder + b"/"
        with os.scandir(os.path.join(os.fsencode(root), folder)) as entries:
            for entry in entries:
                if entry.name == b".git":
                    if inside:
                        return None
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(inside + entry.name)
                    if len(folders) > most:
                        return None
                else:
                    others[inside + entry.name] = not entry.is_symlink()
    return folders, others
