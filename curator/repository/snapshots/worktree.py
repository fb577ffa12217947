"""The working tree as a snapshot, read without a git process."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from curator.errors import FormatError, RepositoryError
from curator.repository.git.command import Git, printable, to_bytes, to_text
from curator.repository.git.sparse import Skipped
from curator.repository.git.tree_entry import GITLINK, SYMLINK, TreeEntry

__all__ = ["WorkTree", "object_id"]

# In most places Python names files as we do; in a locale that is not UTF-8 it does not.
_AS_GIT_HAS_IT = sys.getfilesystemencoding() == "utf-8"


class WorkTree:
    """The files of the working tree: tracked ones, and untracked ones that are not ignored.

    What a sparse checkout leaves out is as the index has it. Reading and listing run no git process, but
    in such a checkout; only `entries` of directories does. ``seen`` are the paths that somebody wanted to
    read, ``listings`` says how often somebody wanted all paths; ``asked_git`` says that settings of git's
    had a say in an answer.
    """

    label = "working tree"

    def __init__(self, root: str, git: Git | None = None) -> None:
        self.root = root
        self._git = git or Git(root)
        self.seen: set[str] = set()
        self.listings = 0
        self.asked_git = False
        self._safe = {""}
        self._skipped = Skipped(self._git)

    @property
    def not_checked_out(self) -> Collection[str]:
        """The tracked paths that a sparse checkout leaves out, and nobody has put there nevertheless."""
        return [path for path in self._skipped.entries if not os.path.lexists(self._on_disk(path))]

    def require_checked_out(self, path: str) -> None:
        """Raise `RepositoryError` for a path that a sparse checkout leaves out: nothing is written there."""
        if self._is_skipped(path):
            folder = printable(path.rpartition("/")[0] or ".")
            raise RepositoryError(
                f"it is not checked out; `git sparse-checkout add {folder}` checks it out",
                path=printable(path),
            )

    @property
    def git(self) -> Git:
        """The git layer of its repository."""
        return self._git

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        """Return every path of the working tree; a file named in ``paths`` always counts, ignored or not."""
        if paths is None:
            self.listings += 1
            found = self._listed(())
        else:
            named = {path for path in paths if not self._is_directory(path)}
            folders = [path for path in paths if path not in named]
            found = named | (self._listed(folders) if folders else set())
        kept = {path: self.find(path) for path in sorted(found, key=to_bytes)}
        if gone := [path for path in paths or () if path in kept and kept[path] is None]:
            raise RepositoryError("no such file or directory", path=printable(gone[0]))
        return [entry for entry in kept.values() if entry is not None]

    def find(self, path: str) -> TreeEntry | None:
        try:
            self._check_parents(path)
            mode = os.lstat(self._on_disk(path)).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return self._skipped.entries.get(path)
        if stat.S_ISLNK(mode):
            return TreeEntry(path, SYMLINK)
        if stat.S_ISDIR(mode):
            inside = os.path.lexists(os.path.join(self._on_disk(path), ".git"))
            return TreeEntry(path, GITLINK) if inside and path else None
        # Sockets and the like are kept, so that reading them says what they are.
        return TreeEntry(path, 0o100755 if mode & 0o100 else 0o100644)

    def read(self, path: str) -> bytes:
        from curator.formats.files.bounded_io import read_bounded

        self.seen.add(path)
        if self._is_skipped(path):
            return self._skipped.read(path)
        try:
            self._check_parents(path)
        except (FileNotFoundError, NotADirectoryError):
            raise RepositoryError("no such file", path=printable(path)) from None
        try:
            return read_bounded(self._on_disk(path))
        except FormatError as error:
            error.path = printable(path)
            raise

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((path, self.read(path)) for path in paths)

    def blob(self, path: str) -> str:
        if self._is_skipped(path):
            return self._skipped.blob(path)
        return object_id(self.read(path), self._object_format)

    def converted_line_ends(self, paths: Iterable[str]) -> set[str]:
        """Return the files whose lines end as on Windows here, and as on Unix in what git would store."""
        if not os.path.isdir(self._git.gitdir):
            return set()
        from curator.repository.git.clean_filters import same_for_git

        self.asked_git = True
        asked = {}
        for path in paths:
            if not self._is_skipped(path):
                asked[path] = object_id(self.read(path).replace(b"\r\n", b"\n"), self._object_format)
        return same_for_git(self._git, asked)

    def listdir(self, directory: str) -> list[str]:
        try:
            self._check_parents(f"{directory}/x" if directory else "x")
            names = os.listdir(self._on_disk(directory))
        except (FileNotFoundError, NotADirectoryError):
            names = []
        except RepositoryError:
            return []  # as in a commit, there is nothing behind a link and inside another repository
        there = (to_text(os.fsencode(name)) for name in names if name != ".git")
        return sorted(self._skipped.listdir(directory).union(there))

    def _listed(self, folders: Sequence[str]) -> set[str]:
        said = self._git.run(
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            "--",
            *(path or "." for path in folders),
        )
        found = {to_text(name).rstrip("/") for name in said.split(b"\0") if name}
        for folder in folders:
            inside = f"{folder}/" if folder else ""
            if not any(path.startswith(inside) or path == folder for path in found):
                found.update(self._walk(folder))  # an ignored directory, but the user named it
        return found

    def _walk(self, folder: str) -> Iterator[str]:
        for name in self.listdir(folder):
            path = f"{folder}/{name}" if folder else name
            if self._is_directory(path):
                yield from self._walk(path)
            else:
                yield path

    def _is_directory(self, path: str) -> bool:
        on_disk = self._on_disk(path)
        if not os.path.lexists(on_disk):
            return bool(self._skipped.listdir(path))
        return os.path.isdir(on_disk) and not os.path.islink(on_disk) and self.find(path) is None

    def _is_skipped(self, path: str) -> bool:
        return path in self._skipped.entries and self.find(path) is self._skipped.entries[path]

    def _check_parents(self, path: str) -> None:
        """Refuse a path that leaves this tree: upwards, behind a symbolic link, into another repository."""
        parent = path.rpartition("/")[0]
        if parent in self._safe:
            return
        parts = parent.split("/")
        if ".." in parts or "" in parts or "." in parts or ".git" in parts:
            raise RepositoryError("the path leads out of the repository", path=printable(path))
        self._check_parents(parent)
        on_disk = self._on_disk(parent)
        mode = os.lstat(on_disk).st_mode
        if stat.S_ISLNK(mode):
            raise RepositoryError(
                f"{printable(parent)} is a symbolic link, which is not followed", path=printable(path)
            )
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(parent)
        if os.path.lexists(os.path.join(on_disk, ".git")):
            raise RepositoryError(
                f"{printable(parent)} is a separate repository",
                path=printable(path),
                hint=f"use it with -C {printable(parent)}",
            )
        self._safe.add(parent)

    def _on_disk(self, path: str) -> str:
        if not path:
            return self.root
        return f"{self.root}/{path if _AS_GIT_HAS_IT else os.fsdecode(to_bytes(path))}"

    @cached_property
    def _object_format(self) -> str:
        return self._git.object_format()


def object_id(raw: bytes, object_format: str) -> str:
    """Return the id git gives these bytes as a file, without any filter."""
    import hashlib

    return hashlib.new(object_format, b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False).hexdigest()
