"""Commits that a program makes, in a repository of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.errors import RepositoryError

if TYPE_CHECKING:
    from curator.repository.repository import Repository

__all__ = ["commit_all"]


def commit_all(repository: Repository, message: str, name: str, email: str) -> str:
    """Commit every file of the work tree and return the commit's id.

    GitPython writes the objects itself. So no hook, filter, signature or identity of the machine has a
    part in it, as they would in ``git commit``.

    Parameters
    ----------
    repository : Repository
        One with a work tree and SHA-1 ids, which are all that GitPython writes.
    message, name, email : str
        What the commit says, and of whom.

    Raises
    ------
    RepositoryError
        The repository is none that GitPython can write to.
    """
    from git import Actor, Repo
    from git.exc import GitError

    paths = [entry.path for entry in repository.worktree().entries()]
    editor = Actor(name, email)
    try:
        with Repo(repository.root) as opened:
            gone = {str(path) for path, _ in opened.index.entries} - set(paths)
            if gone:
                opened.index.remove(sorted(gone))
            opened.index.add(paths)
            made = opened.index.commit(message, author=editor, committer=editor, skip_hooks=True)
            return str(made.hexsha)
    except (GitError, OSError, ValueError) as error:
        raise RepositoryError(f"cannot commit: {error}", path=repository.root) from error
