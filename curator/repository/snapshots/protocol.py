"""States of a tree: the working tree, what is staged, and a commit, all read in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from curator.repository.git.tree_entry import GITLINK, SYMLINK, TreeEntry
from curator.repository.snapshots.index_and_commit import Commit, Index
from curator.repository.snapshots.worktree import WorkTree

__all__ = ["GITLINK", "SYMLINK", "Commit", "Index", "Snapshot", "TreeEntry", "WorkTree"]


class Snapshot(Protocol):
    """One readable state of the tree."""

    root: str

    @property
    def label(self) -> str:
        """What to call it in a message: ``working tree``, ``index``, or the commit."""

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        """Return every path, sorted by its bytes; of ``paths`` (files or directories) only, if given."""

    def find(self, path: str) -> TreeEntry | None:
        """Return the entry of one path, `None` where there is none or it is a directory."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; `RepositoryError` or `FormatError` where there is none to read."""

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Give the bytes of many files, in the order asked for; the first unreadable one raises."""

    def blob(self, path: str) -> str:
        """Return the id git gives the raw bytes of a file."""

    def listdir(self, directory: str) -> list[str]:
        """Return the names in a directory, sorted; empty where there is no such directory."""
