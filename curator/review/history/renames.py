"""What a calibration was called before a commit: one that starts elsewhere since, or whose folder moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import product

from curator.errors import CuratorError, IncompleteCloneError
from curator.repository.layout.paths import CalibPath
from curator.values import NamedTuple

__all__ = ["File", "Renames"]

# Less in common is another file, as it is for git.
LEAST = 0.5
# Files that are read to find the closest, and their bytes.
MOST = 200
LARGEST = 1 << 24


class File(NamedTuple):
    """A file that came, or went, with a commit."""

    path: str
    blob: str


# Dataset type, detector and filter, without regard to case; `None` where a path does not tell.
_Identity = tuple[str, str, str] | None


class Renames:
    """Finds what files were called before one commit.

    Parameters
    ----------
    came, gone : sequence of File
        The files that only the commit has, and those that only its parent has.
    read : function of File
        Returns the bytes of a file; may raise an error, as in a clone that does not have them.
    """

    def __init__(self, came: Sequence[File], gone: Sequence[File], read: Callable[[File], bytes]) -> None:
        self._read = read
        self._came = _by_identity(came)
        self._gone = _by_identity(gone)
        self._files = {file.path: file for file in came}
        self._blobs = Counter(file.blob for file in came)
        self._pieces: dict[str, Counter[bytes]] = {}
        self._matched: dict[_Identity, dict[str, str]] = {}

    def source(self, path: str) -> str:
        """Return the former path of a file that came with the commit, empty where it had none."""
        if path not in self._files:
            return ""
        identity = _identity(path)
        if identity is not None:
            if identity not in self._matched:
                self._matched[identity] = dict(self._match(identity))
            if found := self._matched[identity].get(path):
                return found
        return self._elsewhere(self._files[path])

    def target(self, path: str) -> str:
        """Return the new path of a file that went with the commit, empty where it has none."""
        identity = _identity(path)
        came = sorted(self._files, key=lambda one: _identity(one) != identity)
        return next((one for one in came if self.source(one) == path), "")

    def _match(self, identity: _Identity) -> Iterator[tuple[str, str]]:
        """Give (path, former path) of the calibrations of one data ID: first within their folders."""
        came, gone = self._came[identity], list(self._gone.get(identity, ()))
        for same in (True, False):
            pairs = [
                (mine, old) for mine, old in product(came, gone) if not same or _folder(mine) == _folder(old)
            ]
            taken: set[str] = set()
            for mine, old in [*self._ranked(pairs), *(_only(pairs) if same else ())]:
                if taken.isdisjoint((mine.path, old.path)):
                    taken |= {mine.path, old.path}
                    yield mine.path, old.path
            came = [one for one in came if one.path not in taken]
            gone = [one for one in gone if one.path not in taken]

    def _elsewhere(self, mine: File) -> str:
        """Return the former path where the data ID had another name too, as after a change of aliases."""
        free = [old for one, files in self._gone.items() if one not in self._came or not one for old in files]
        same = [old for old in free if old.blob == mine.blob]
        if len(same) == 1 and self._blobs[mine.blob] == 1:
            return same[0].path
        found = self._ranked((mine, old) for old in free if _is_alike(mine.path, old.path))
        return found[0][1].path if found else ""

    def _ranked(self, pairs: Iterable[tuple[File, File]]) -> list[tuple[File, File]]:
        """Return the pairs that have enough in common, the closest first."""
        rated = []
        left = MOST
        for mine, old in pairs:
            near = 1.0
            if mine.blob != old.blob:
                left -= 1
                near = self._similarity(mine, old) if left >= 0 else 0.0
            if near >= LEAST:
                rated.append((-near, _name(mine) != _name(old), mine, old))
        return [(mine, old) for *_, mine, old in sorted(rated)]

    def _similarity(self, mine: File, old: File) -> float:
        """Return which part of the larger file both have, in pieces that commas and line ends make."""
        one, other = self._cut(mine), self._cut(old)
        largest = max(_size(one), _size(other))
        return min(_size(one & other) / largest, 0.999) if largest else 0.0

    def _cut(self, file: File) -> Counter[bytes]:
        if file.blob not in self._pieces:
            raw = b""
            with suppress(CuratorError, IncompleteCloneError):
                raw = self._read(file)
            self._pieces[file.blob] = Counter(re.split(rb"[\n,]", raw[:LARGEST]))
        return self._pieces[file.blob]


def _only(pairs: Sequence[tuple[File, File]]) -> Iterator[tuple[File, File]]:
    """Give the pairs that are alone in their folder: whatever is in them, one stands for the other."""
    folders = (
        Counter(map(_folder, {mine for mine, _ in pairs})),
        Counter(map(_folder, {old for _, old in pairs})),
    )
    for mine, old in pairs:
        if all(one[_folder(mine)] == 1 for one in folders):
            yield mine, old


def _size(pieces: Counter[bytes]) -> int:
    return sum(len(piece) * count for piece, count in pieces.items())


def _by_identity(files: Iterable[File]) -> dict[_Identity, list[File]]:
    found: dict[_Identity, list[File]] = {}
    for file in files:
        found.setdefault(_identity(file.path), []).append(file)
    return found


def _identity(path: str) -> _Identity:
    place = CalibPath.try_parse(path)
    if place is None:
        return None
    return place.dataset_type, (place.detector or "").lower(), (place.physical_filter or "").lower()


def _is_alike(path: str, old: str) -> bool:
    """Return whether two names that tell different data may be those of one file."""
    mine, theirs = _identity(path), _identity(old)
    if mine is None or theirs is None:
        return path.rpartition(".")[2] == old.rpartition(".")[2]
    return all(_letters(one) == _letters(other) for one, other in zip(mine, theirs, strict=True))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _folder(file: File) -> str:
    return file.path.rpartition("/")[0]


def _name(file: File) -> str:
    return file.path.rpartition("/")[2]
