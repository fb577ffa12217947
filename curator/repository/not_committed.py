"""Which files of the work tree are not committed, or not staged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from curator.repository.git.clean_filters import same_for_git, settings_without_programs
from curator.repository.git.command import to_text
from curator.repository.layout.config import NAME
from curator.repository.layout.paths import is_candidate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from curator.repository.repository import Repository

__all__ = ["NotCommitted", "not_committed", "not_staged"]


class NotCommitted(NamedTuple):
    """Paths that differ from the checked-out commit, each in one of three sets.

    Parameters
    ----------
    staged : frozenset of str
        In the index exactly as they are in the work tree.
    edited : frozenset of str
        Edited or removed after they were staged or committed.
    new : frozenset of str
        Git does not track them, and does not ignore them.
    """

    staged: frozenset[str]
    edited: frozenset[str]
    new: frozenset[str]


def not_committed(repository: Repository, cameras: Collection[str]) -> NotCommitted:
    """Return the calibrations, and ``curator.yaml``, that are not committed as they are.

    Only files whose size or times differ from git's index are read, so that this is quick in a large
    repository; `Repository.uncommitted` compares every byte.

    Parameters
    ----------
    cameras : collection of str
        Directories of the cameras.
    """
    git = repository.git
    settings = settings_without_programs(git)
    if settings is None:
        return NotCommitted(frozenset(), frozenset(), frozenset())

    def paths(*command: str) -> set[str]:
        found = map(to_text, git.run(*command).split(b"\0"))
        return {path for path in found if is_candidate(path, cameras) or path == NAME}

    staged = paths("diff-index", "--cached", "-z", "--name-only", "--no-renames", "--no-ext-diff", "HEAD")
    edited = paths(*settings, "diff-files", "-z", "--name-only", "--ignore-submodules=all", "--no-ext-diff")
    new = paths("ls-files", "-z", "--others", "--exclude-standard")
    edited -= _same_as_staged(repository, edited)
    return NotCommitted(frozenset(staged - edited), frozenset(edited), frozenset(new))


def not_staged(repository: Repository) -> frozenset[str] | None:
    """Return every path that ``git add -A`` stages; `None` if finding out might run a program.

    A file of which only the times differ from git's index counts, too.
    """
    git = repository.git
    settings = settings_without_programs(git)
    if settings is None:
        return None
    edited = git.run(
        *settings, "diff-files", "-z", "--name-only", "--ignore-submodules=dirty", "--no-ext-diff"
    )
    new = git.run("ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(to_text(path) for path in (*edited.split(b"\0"), *new.split(b"\0")) if path)


def _same_as_staged(repository: Repository, paths: Iterable[str]) -> set[str]:
    """Return the files of which only the times differ from what git's index says."""
    worktree, index = repository.worktree(), repository.index()
    stored: dict[str, str] = {}
    for path in paths:
        was, now = index.find(path), worktree.find(path)
        if was and now and was.is_file and now.is_file and was.mode == now.mode and was.blob:
            stored[path] = was.blob
    same = {path for path, blob in stored.items() if worktree.blob(path) == blob}
    return same | same_for_git(repository.git, {path: stored[path] for path in stored.keys() - same})
