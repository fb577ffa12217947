"""A snapshot with other bytes in some of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.repository.git.tree_entry import TreeEntry
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Overlay"]


class Overlay:
    """What a tree would be if some of its files held something else.

    Parameters
    ----------
    beneath : Snapshot
    texts : mapping of str to bytes, optional
        Paths and their bytes, whether or not they are in ``beneath``; more may be put there with `put`.
        `entries` lists only what is there.
    """

    def __init__(self, beneath: Snapshot, texts: dict[str, bytes] | None = None) -> None:
        self.root = beneath.root
        self._beneath = beneath
        self.texts = dict(texts or {})

    @property
    def label(self) -> str:
        return self._beneath.label

    def put(self, path: str, raw: bytes) -> None:
        """Let ``path`` hold ``raw``."""
        self.texts[path] = raw

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        from curator.repository.git.tree_entry import TreeEntry

        found = self._beneath.entries(paths)
        return [TreeEntry(one.path, one.mode) if one.path in self.texts else one for one in found]

    def find(self, path: str) -> TreeEntry | None:
        from curator.repository.git.tree_entry import TreeEntry

        found = self._beneath.find(path)
        return TreeEntry(found.path, found.mode) if found is not None and path in self.texts else found

    def read(self, path: str) -> bytes:
        found = self.texts.get(path)
        return self._beneath.read(path) if found is None else found

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, self.read(path)) for path in paths)

    def converted_line_ends(self, paths: Iterable[str]) -> set[str]:
        asked = getattr(self._beneath, "converted_line_ends", None)
        return asked(paths) if asked is not None else set()

    def blob(self, path: str) -> str:
        raw = self.texts.get(path)
        known = self._beneath.blob(path)
        if raw is None:
            return known
        name = "sha1" if len(known) == 40 else "sha256"
        return hashlib.new(name, b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False).hexdigest()

    def listdir(self, directory: str) -> list[str]:
        inside = f"{directory}/" if directory else ""
        names = {path[len(inside) :] for path in self.texts if path.startswith(inside)}
        return sorted({*self._beneath.listdir(directory), *(name for name in names if "/" not in name)})
