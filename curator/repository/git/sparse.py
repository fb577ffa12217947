"""What a sparse checkout leaves out of the working tree: the paths that git's index marks as skipped."""

from __future__ import annotations

import os
from functools import cached_property

from curator.errors import FormatError
from curator.repository.git.command import printable, to_text
from curator.repository.git.tree_entry import TreeEntry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from curator.repository.git.command import Git
    from curator.repository.git.object_reader import Blobs

__all__ = ["Skipped", "may_skip"]

_PLAIN_VERSION = 2


def may_skip(git: Git) -> bool:
    """Return whether the index may mark paths as skipped, from its first bytes: no git process is started.

    An index whose entries have no such marks is of version 2, unless somebody asked for another version. A
    split index says so by a file beside it.
    """
    index = git.environment().get("GIT_INDEX_FILE") or os.path.join(git.gitdir, "index")
    try:
        with open(index, "rb", buffering=0) as file:
            head = file.read(8)
        if head[:4] != b"DIRC" or int.from_bytes(head[4:], "big") != _PLAIN_VERSION:
            return True
        return any(name.startswith("sharedindex.") for name in os.listdir(git.gitdir))
    except OSError:
        return False


class Skipped:
    """The skipped paths of an index, and their bytes from the object store.

    Git skips a path that is in the working tree nevertheless no more than any other: who asks here has looked
    there first.
    """

    def __init__(self, git: Git) -> None:
        self._git = git

    @cached_property
    def entries(self) -> Mapping[str, TreeEntry]:
        """Every skipped path, as the index has it."""
        if not may_skip(self._git):
            return {}
        found = {}
        for record in self._git.run("ls-files", "-z", "-t", "--stage").split(b"\0"):
            facts, _, name = record.partition(b"\t")
            if facts.startswith(b"S "):
                _, mode, blob, _ = facts.split(b" ")
                found[to_text(name)] = TreeEntry(to_text(name), int(mode, 8), blob.decode("ascii"))
        return found

    @cached_property
    def _names(self) -> Mapping[str, set[str]]:
        names: dict[str, set[str]] = {}
        for path in self.entries:
            while path:
                folder, _, name = path.rpartition("/")
                if name in (there := names.setdefault(folder, set())):
                    break
                there.add(name)
                path = folder
        return names

    def listdir(self, directory: str) -> set[str]:
        """Return the names in a directory that are skipped or have anything skipped below them."""
        return self._names.get(directory, set())

    def blob(self, path: str) -> str:
        """Return the object id of a skipped file."""
        entry = self.entries[path]
        if not entry.is_file or entry.blob is None:
            raise FormatError("this is not a regular file", code="CUR013", path=printable(path))
        return entry.blob

    @cached_property
    def _blobs(self) -> Blobs:
        from curator.repository.git.object_reader import Blobs

        return Blobs(self._git)

    def read(self, path: str) -> bytes:
        """Return the bytes of a skipped file as stored."""
        return self._blobs.read(self.blob(path), path)
