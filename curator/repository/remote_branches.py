"""Whether others can find a commit, as far as a clone knows without asking anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.repository.git.command import Git

__all__ = ["is_on_no_remote"]


def is_on_no_remote(git: Git, sha: str) -> bool:
    """Whether a repository has remote branches, and none of them holds a commit.

    Nothing is fetched: what counts is what the last fetch or push has seen. Without any remote branch,
    nobody can tell, and the answer is no.

    Raises
    ------
    LocatedError
        The repository has no such commit.
    """
    names = ("for-each-ref", "--count=1", "--format=%(refname)")
    if not git.run(*names, "refs/remotes").strip():
        return False
    return not git.run(*names, f"--contains={sha}", "refs/remotes").strip()
