"""The versions of one calibration, across merges, renames and changes of its start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from curator.errors import FormatError, RepositoryError
from curator.repository.git.command import printable, to_bytes, to_text
from curator.repository.git.log_reader import read_log
from curator.repository.git.object_reader import Blobs
from curator.repository.git.path_walk import came_with_removals, walk
from curator.repository.git.tree_entry import TreeEntry
from curator.repository.history import SHORT, CommitInfo, parse_facts
from curator.repository.snapshots.lazy_commit import CommitTree, Trees, find_in
from curator.review.history.renames import File, Renames
from curator.values import dataclass, field

if TYPE_CHECKING:
    from curator.repository.git.command import Git
    from curator.repository.git.log_reader import Log
    from curator.repository.repository import Repository

__all__ = ["FileHistory", "FileVersion", "Histories", "file_history"]

_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as one commit left it.

    Parameters
    ----------
    commit : CommitInfo
    path : str
        Where that commit has it, or had it, where the commit removed it.
    blob : str
        Object id, empty where the commit removed it.
    parents : tuple of int
        Places in `FileHistory.versions` of the versions that it was made from, in the order of the commit's
        parents; empty for the first one.
    is_file : bool
        Whether there are bytes to read: neither a symbolic link nor a submodule, nor removed.
    is_cut : bool
        A shallow clone ends here: what was before is not known.
    tree : str
        Id of the tree that the commit has.
    """

    commit: CommitInfo
    path: str
    blob: str
    parents: tuple[int, ...]
    is_file: bool = True
    is_cut: bool = False
    tree: str = ""


@dataclass(frozen=True, slots=True)
class FileHistory:
    """The versions of one file.

    Parameters
    ----------
    versions : tuple of FileVersion
        Newest first: each stands before those that it was made from.
    """

    versions: tuple[FileVersion, ...]
    _reader: Histories = field(repr=False, compare=False)

    def raw(self, version: FileVersion) -> bytes:
        """Return the bytes of a version.

        Raises
        ------
        RepositoryError
            The commit removed the file, or the clone does not have the bytes.
        FormatError
            It is no file, or too large for one.
        """
        if version.is_file:
            return self._reader.blobs.read(version.blob, version.path)
        if not version.blob:
            raise RepositoryError(
                f"commit {version.commit.sha[:SHORT]} removed this file", path=printable(version.path)
            )
        raise FormatError("this is a link, not a file", code="CUR013", path=printable(version.path))

    def snapshot(self, version: FileVersion) -> CommitTree:
        """Return the repository as the commit of a version left it."""
        return self._reader.snapshot(version.commit.sha, version.tree)


class Histories:
    """The histories of any number of files as seen from one commit: git's log is read once.

    Parameters
    ----------
    repository : Repository
    commit : str
        Id of the commit.
    log : Log, optional
        Its history, where somebody has read it.
    """

    def __init__(self, repository: Repository, commit: str, log: Log | None = None) -> None:
        self.log = log or read_log(repository.git, commit, shallow=True)
        self.blobs = Blobs(repository.git)
        self._repository = repository
        self._trees = Trees(repository.git)
        self._renames: dict[tuple[int, int], Renames] = {}
        self._names: list[bytes] = []

    def of(self, path: str, *, follow: bool = True) -> FileHistory:
        """Return the versions of a file; none where no commit ever had it.

        Parameters
        ----------
        path : str
            As the commit has it, or had it last.
        follow : bool
            Go on where a commit gave the file another name.
        """
        number = self.log.paths.get(to_bytes(path))
        if number is None:
            return FileHistory((), self)
        steps = walk(self.log, number, self._source if follow else lambda *_: None)
        return FileHistory(
            tuple(self._version(step.commit, self.name(step.path), step.parents) for step in steps),
            self,
        )

    def of_log(self, path: str) -> FileHistory:
        """Return the versions of a file that never had another name, whose commits alone the log has."""
        versions = (self._version(commit, path, parents) for commit, parents in enumerate(self.log.parents))
        return FileHistory(tuple(versions), self)

    def info(self, commit: int) -> CommitInfo:
        """Return who made a commit, when and why."""
        return parse_facts(self.log.facts[commit])

    def snapshot(self, sha: str, tree: str) -> CommitTree:
        """Return the repository as a commit left it."""
        repository, readers = self._repository, (self._trees, self.blobs)
        return CommitTree(repository.root, repository.git, tree, f"commit {sha[:SHORT]}", readers)

    def entry(self, commit: int, path: str) -> TreeEntry | None:
        """Return the entry of a path in a commit, `None` where it has none."""
        return find_in(self._trees, self.log.trees[commit], path)

    def source(self, commit: int, nth: int, path: str) -> str:
        """Return what a path was called in a commit's parent; empty where it was called the same, or was not.

        Parameters
        ----------
        nth : int
            Which of the parents.
        """
        parent = self.log.parents[commit][nth]
        if self.entry(parent, path) or not self.entry(commit, path):
            return ""
        return self._renames_of(commit, nth).source(path)

    def target(self, sha: str, path: str) -> str:
        """Return what a path is called since a commit that does not have it; empty where it was removed."""
        commit = self._commits[sha]
        for nth, parent in enumerate(self.log.parents[commit]):
            if self.entry(parent, path) and (found := self._renames_of(commit, nth).target(path)):
                return found
        return ""

    @cached_property
    def _commits(self) -> dict[str, int]:
        return {facts.partition(b"\n")[0].decode("ascii"): at for at, facts in enumerate(self.log.facts)}

    def _renames_of(self, commit: int, nth: int) -> Renames:
        key = commit, nth
        if key not in self._renames:
            parent = self.log.parents[commit][nth]
            came = list(self._only(commit, parent, nth))
            gone = list(self._only(parent, commit, nth, of=commit))
            self._renames[key] = Renames(came, gone, lambda file: self.blobs.read(file.blob, file.path))
        return self._renames[key]

    def _only(self, here: int, there: int, nth: int, of: int | None = None) -> Iterator[File]:
        """Give the files that one of two commits has and the other has not."""
        for number in self.log.diffs[here if of is None else of][nth]:
            path = self.name(number)
            found = self.entry(here, path)
            if found and found.is_file and not self.entry(there, path):
                yield File(path, found.blob or "")

    def _source(self, commit: int, nth: int, path: int) -> int | None:
        found = self.source(commit, nth, self.name(path))
        return self.log.paths[to_bytes(found)] if found else None

    def name(self, path: int) -> str:
        """Return a path by its number in the log."""
        if len(self._names) != len(self.log.paths):
            self._names = list(self.log.paths)
        return to_text(self._names[path])

    def _version(self, commit: int, path: str, parents: tuple[int, ...]) -> FileVersion:
        entry = self.entry(commit, path)
        return FileVersion(
            self.info(commit),
            path,
            entry.blob or "" if entry else "",
            parents,
            entry is not None and entry.is_file,
            commit in self.log.cut and not parents,
            self.log.trees[commit],
        )


def file_history(repository: Repository, commit: str, path: str) -> FileHistory:
    """Return the versions of one file as seen from a commit; none where no commit ever had it.

    Parameters
    ----------
    repository : Repository
    commit : str
        Its name or id.
    path : str
        Relative to the top of the repository.

    Raises
    ------
    RepositoryError
        There is no such commit, or a partial clone does not have the directories.
    """
    sha = commit if _ID.fullmatch(commit) else repository.commit(commit).sha
    # Most files kept their names: then what git tells of one path is all, and several times faster.
    log = read_log(repository.git, sha, path, shallow=True)
    found = Histories(repository, sha, log).of_log(path)
    return Histories(repository, sha).of(path) if _may_be_renamed(repository.git, path, found) else found


def _may_be_renamed(git: Git, path: str, found: FileHistory) -> bool:
    """Return whether a file may have had another name, or was a directory at some time."""
    came: list[str] = []
    others: list[str] = []
    for version in found.versions:
        parents = [found.versions[parent] for parent in version.parents]
        if not version.blob and not any(parent.blob for parent in parents):
            return True
        is_new = not all(parent.blob for parent in parents) or not parents
        if version.blob:
            (came if is_new else others).append(version.commit.sha)
    return came_with_removals(git, to_bytes(path), came, others)
