"""A working tree as it will be when what stands in open editors is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from curator.repository.git.tree_entry import TreeEntry

if TYPE_CHECKING:
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["Unsaved"]


class Unsaved:
    """Unsaved texts, also of files that are not there yet, laid over a working tree.

    What the working tree refuses (a path that leaves it, a file behind a symbolic link) stays refused: a text
    only stands in for a file that could be there.

    Parameters
    ----------
    base : WorkTree
    texts : mapping of str to bytes
        By path, relative to the root.
    """

    def __init__(self, base: WorkTree, texts: Mapping[str, bytes]) -> None:
        self.root = base.root
        self._base = base
        self._texts = texts

    @property
    def label(self) -> str:
        return self._base.label

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        named = None if paths is None else [path for path in paths if path not in self._texts]
        found = {} if named == [] else {one.path: one for one in self._base.entries(named)}
        for path in self._texts:
            if path not in found and _wanted(path, paths) and (entry := self.find(path)) is not None:
                found[path] = entry
        return sorted(found.values(), key=lambda one: one.path.encode("utf-8", "surrogateescape"))

    def find(self, path: str) -> TreeEntry | None:
        found = self._base.find(path)
        if found is None and path in self._texts and not self._base.listdir(path):
            return TreeEntry(path, 0o100644)
        return found

    def read(self, path: str) -> bytes:
        if path in self._texts and (found := self.find(path)) is not None and found.is_file:
            return self._texts[path]
        return self._base.read(path)

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, self.read(path)) for path in paths)

    def blob(self, path: str) -> str:
        if path not in self._texts:
            return self._base.blob(path)
        import hashlib

        raw = self.read(path)
        return hashlib.new(
            self._object_format, b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False
        ).hexdigest()

    def listdir(self, directory: str) -> list[str]:
        names = set(self._base.listdir(directory))
        inside = f"{directory}/" if directory else ""
        for path in self._texts:
            if path.startswith(inside) and self.find(path) is not None:
                names.add(path[len(inside) :].partition("/")[0])
        return sorted(names)

    @cached_property
    def _object_format(self) -> str:
        from curator.repository.git.command import Git

        return Git(self.root).run("rev-parse", "--show-object-format").decode().strip()


def _wanted(path: str, paths: Sequence[str] | None) -> bool:
    return paths is None or any(path == one or path.startswith(f"{one}/") or not one for one in paths)
