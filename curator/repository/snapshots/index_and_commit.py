"""Snapshots that git stores: the index and commits. Their bytes come from the object store, unfiltered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from curator.errors import FormatError, RepositoryError
from curator.repository.git.command import Git, GitError, printable, to_bytes, to_text
from curator.repository.git.object_reader import Blobs
from curator.repository.git.tree_entry import GITLINK, SYMLINK, TreeEntry

__all__ = ["Commit", "Index"]


class _Stored:
    """Entries known from one listing."""

    def __init__(self, root: str, git: Git, label: str) -> None:
        self.root = root
        self.label = label
        self._git = git
        self._blobs = Blobs(git)

    @property
    def git(self) -> Git:
        """The git layer of its repository."""
        return self._git

    @property
    def unmerged(self) -> tuple[str, ...]:
        """Paths that a merge left in conflict; they are not among the entries."""
        return ()

    @cached_property
    def _entries(self) -> dict[str, TreeEntry]:
        return {entry.path: entry for entry in self._list()}

    @cached_property
    def _names(self) -> list[bytes]:
        return sorted(map(to_bytes, self._entries))

    def _list(self) -> Iterator[TreeEntry]:
        yield from ()

    def entries(self, paths: Sequence[str] | None = None) -> list[TreeEntry]:
        """Return every path, sorted by its bytes; of ``paths`` (files or directories) only, if given."""
        if paths is None:
            return [self._entries[to_text(name)] for name in self._names]
        found: set[str] = set()
        for path in paths:
            inside = {path} if path in self._entries else set(self._below(path))
            if not inside and path and path not in self.unmerged:
                raise self._missing("file or directory", path)
            found |= inside
        return [self._entries[path] for path in sorted(found, key=to_bytes)]

    def find(self, path: str) -> TreeEntry | None:
        """Return the entry of one path, `None` where there is none or it is a directory."""
        return self._entries.get(path)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file as stored."""
        return self._blobs.read(self.blob(path), path)

    def read_many(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Give the bytes of many files, in the order asked for."""
        return self._blobs.read_many((self.blob(path), path) for path in paths)

    def blob(self, path: str) -> str:
        """Return the object id of a file."""
        entry = self._entries.get(path)
        if entry is None:
            raise self._missing("file", path)
        if not entry.is_file or entry.blob is None:
            what = {SYMLINK: "symbolic link", GITLINK: "submodule"}.get(entry.mode, "special file")
            raise FormatError(f"this is a {what}, not a file", code="CUR013", path=printable(path))
        return entry.blob

    def _missing(self, what: str, path: str) -> RepositoryError:
        from curator.repository.snapshots.uncommitted import add_hint

        return RepositoryError(
            f"no such {what} in {self.label}", path=printable(path), hint=add_hint(self, path)
        )

    def listdir(self, directory: str) -> list[str]:
        """Return the names in a directory, sorted; empty where there is no such directory."""
        skip = len(directory) + 1 if directory else 0
        return sorted({path[skip:].partition("/")[0] for path in self._below(directory)})

    def _below(self, directory: str) -> Iterator[str]:
        prefix = to_bytes(directory) + b"/" if directory else b""
        start = bisect_left(self._names, prefix)
        for name in (
            self._names[start:]
            if not prefix
            else self._names[start : bisect_left(self._names, prefix[:-1] + b"0")]
        ):
            yield to_text(name)


class Index(_Stored):
    """What is staged for the next commit."""

    def __init__(self, root: str, git: Git) -> None:
        super().__init__(root, git, "index")

    @cached_property
    def _staged(self) -> list[tuple[TreeEntry, bytes]]:
        found = []
        for record in self._git.run("ls-files", "-z", "--stage").split(b"\0"):
            if record:
                facts, _, name = record.partition(b"\t")
                mode, blob, stage = facts.split(b" ")
                found.append((TreeEntry(to_text(name), int(mode, 8), blob.decode("ascii")), stage))
        return found

    def _list(self) -> Iterator[TreeEntry]:
        promised = self._promised()
        for entry, stage in self._staged:
            if stage == b"0" and entry.path not in promised:
                yield entry

    def _promised(self) -> set[str]:
        """Return what `git add --intent-to-add` only announced: a commit would not hold it."""
        empty = self._git.run("hash-object", "--stdin", input=b"").decode("ascii").strip()
        if not any(entry.blob == empty for entry, _ in self._staged):
            return set()
        said = self._git.run("diff-files", "-z", "--name-only", "--no-renames", "--diff-filter=A")
        return {to_text(name) for name in said.split(b"\0") if name}

    @property
    def unmerged(self) -> tuple[str, ...]:
        return tuple(sorted({entry.path for entry, stage in self._staged if stage != b"0"}))


class Commit(_Stored):
    """A commit.

    Attributes
    ----------
    sha : str
        Its full id.
    tree : str
        Id of its tree.
    date : str
        When it was committed: ISO, UTC, to the second.
    """

    def __init__(self, root: str, git: Git, sha: str, tree: str, date: str) -> None:
        super().__init__(root, git, f"commit {sha[:12]}")
        self.sha = sha
        self.tree = tree
        self.date = date

    @property
    def is_checked_out(self) -> bool:
        """Whether it is the commit that HEAD names."""
        try:
            return (
                self._git.run("rev-parse", "--verify", "--quiet", "HEAD").decode("ascii").strip() == self.sha
            )
        except GitError:
            return False

    @classmethod
    def resolve(cls, root: str, git: Git, rev: str | None = None) -> Commit:
        """Return the commit that ``rev`` names, the checked-out one by default."""
        name = "HEAD" if rev is None else rev
        if not name or name.startswith(("-", "^")) or "\0" in name or "\n" in name:
            raise _unknown(rev, "")
        try:
            named = git.run("rev-parse", "--verify", "--quiet", name).decode("ascii").strip()
            said = git.run(
                "log", "-1", "--no-show-signature", "--format=%H %T %ct", f"{named}^{{commit}}", "--"
            )
        except GitError as error:
            raise _unknown(rev, error.said) from error
        sha, tree, when = said.decode("ascii").split()
        return cls(root, git, sha, tree, utc(int(when)))

    def _list(self) -> Iterator[TreeEntry]:
        for record in self._git.run("ls-tree", "-r", "-z", "--full-tree", self.sha).split(b"\0"):
            if record:
                facts, _, name = record.partition(b"\t")
                mode, _, blob = facts.split(b" ")
                yield TreeEntry(to_text(name), int(mode, 8), blob.decode("ascii"))


def _unknown(rev: str | None, said: str) -> RepositoryError:
    reason = f": {said}" if said else ""
    if rev is None:
        return RepositoryError(f"there are no commits yet{reason}", hint="make a commit, then try again")
    return RepositoryError(f"{printable(rev)!r} is not a commit{reason}")


def utc(seconds: int) -> str:
    """Return seconds since 1970 as an ISO date in UTC."""
    from datetime import UTC, datetime, timedelta

    try:
        when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        when = datetime.max
    return when.strftime("%Y-%m-%dT%H:%M:%S")
