"""Who changed which file, as git tells it, for all files from one look at the history."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curator.repository.git.command import Git, to_bytes, to_text

__all__ = ["SHORT", "CommitInfo", "History", "parse_facts"]

# Digits of the id of a commit that people are shown.
SHORT = 12


class CommitInfo(NamedTuple):
    """An edit: who, when and why.

    Parameters
    ----------
    sha : str
    author, email : str
        As the commit has them, no mailmap; bytes that are no UTF-8 are written ``\\xe9``.
    date : str
        When it was written: ISO, UTC, to the second.
    subject : str
        First paragraph of its message, on one line.
    """

    sha: str
    author: str
    email: str
    date: str
    subject: str


class History:
    """The edits of every path, as seen from one commit.

    Parameters
    ----------
    sha : str
        The commit.
    commits : list of bytes
        Those that edited anything: id, author date, author, address and subject, on a line each.
    paths : dict of bytes to int
        Numbers every path that ever was.
    first, more
        As in `Edits`: numbers into ``commits``.
    is_cut : bool
        A shallow clone does not have all of it: its oldest commits look as if they had made every file.
    """

    def __init__(
        self,
        git: Git,
        sha: str,
        commits: list[bytes],
        paths: dict[bytes, int],
        first: array[int],
        more: dict[int, Sequence[int]],
        is_cut: bool = False,
    ) -> None:
        self.sha = sha
        self.is_cut = is_cut
        self._git = git
        self._commits = commits
        self._paths = paths
        self._first = first
        self._more = more
        self._infos: dict[int, CommitInfo] = {}

    @classmethod
    def of(cls, git: Git, sha: str, *, shallow: bool = False) -> History:
        """Return the history of commit ``sha``, from the cache or from one git process.

        Parameters
        ----------
        shallow : bool
            Return what a shallow clone has of it, instead of refusing it.

        Raises
        ------
        RepositoryError
            Part of it is missing, as in a shallow clone.
        """
        from curator.repository.git import history_cache
        from curator.repository.git.history_simplification import edits_of_all
        from curator.repository.git.log_reader import is_shallow, read_log

        # What another clone had is kept under the same commit: the answers here must not depend on that.
        kept = None if is_shallow(git) else history_cache.load(sha)
        if kept is not None:
            return cls(git, sha, *kept)
        log = read_log(git, sha, shallow=shallow)
        edits = edits_of_all(log)
        kept = log.facts, log.paths, edits.first, edits.more
        if not log.cut:
            history_cache.store(sha, kept)
        return cls(git, sha, *kept, is_cut=bool(log.cut))

    def every_path(self) -> Iterator[str]:
        """Give every path that ever was, as git's log has it."""
        return map(to_text, self._paths)

    def last(self, path: str) -> CommitInfo | None:
        """Return what ``git log -1 -- path`` answers, `None` where that is nothing."""
        number = self._paths.get(to_bytes(path))
        if number is None:
            return next(iter(self._edits_of_directory(path)), None)
        first = self._first[number]
        return self._info(first) if first >= 0 else None

    def edits(self, path: str) -> list[CommitInfo]:
        """Return what ``git log -- path`` answers: newest first, merges simplified, renames not followed."""
        number = self._paths.get(to_bytes(path))
        if number is None:
            return self._edits_of_directory(path)
        first = self._first[number]
        return [self._info(commit) for commit in (first, *self._more.get(number, ())) if commit >= 0]

    def _edits_of_directory(self, path: str) -> list[CommitInfo]:
        inside = to_bytes(path) + b"/"
        if not any(name.startswith(inside) for name in self._paths):
            return []
        from curator.repository.git.history_simplification import edits_below
        from curator.repository.git.log_reader import read_log

        log = read_log(self._git, self.sha)
        return [parse_facts(log.facts[commit]) for commit in edits_below(log, to_bytes(path))]

    def _info(self, number: int) -> CommitInfo:
        if number not in self._infos:
            self._infos[number] = parse_facts(self._commits[number])
        return self._infos[number]


def parse_facts(facts: bytes) -> CommitInfo:
    """Return what `Log.facts` has of one commit."""
    from curator.repository.snapshots.index_and_commit import utc

    sha, seconds, author, email, subject = (
        text.decode("utf-8", "backslashreplace") for text in facts.split(b"\n", 4)
    )
    return CommitInfo(sha, author, email, utc(int(seconds)) if seconds.isdigit() else "", subject)
