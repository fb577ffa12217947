"""Take back what a move to another profile left when it was killed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.errors import RepositoryError

if TYPE_CHECKING:
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["journal_of", "recover"]

# Names the two commits between which the working tree may be, while files are written.
_JOURNAL = "curator-migration"


def journal_of(repository: Repository) -> str:
    """Return the file that names the two commits of an unfinished migration."""
    return os.path.join(repository.gitdir, _JOURNAL)


def recover(repository: Repository) -> bool:
    """Take back what a migration that was killed has left in the working tree and the index.

    Only files that hold what the migration wrote are touched. Returns whether there was anything.
    """
    from curator.formats.files.bounded_io import write_atomic
    from curator.repository.commits import stage

    journal = journal_of(repository)
    _sweep(journal)
    if not os.path.isfile(journal):
        return False
    with open(journal, encoding="ascii", errors="replace") as file:
        head, _, target = file.read(200).strip().partition(" ")
    new = _commit(repository, target)
    if new is not None and repository.commit().sha == head:
        old = repository.commit(head)
        was = {one.path: one.blob for one in old.entries()}
        tree = repository.worktree()
        for entry in new.entries():
            path = entry.path
            if was.get(path) == entry.blob or not entry.is_file:
                continue
            there = tree.find(path)
            _sweep(os.path.join(tree.root, path))
            if there is None:
                continue
            if tree.blob(path) != entry.blob:
                continue
            if path in was:
                write_atomic(os.path.join(tree.root, path), old.read(path))
            else:
                os.unlink(os.path.join(tree.root, path))
        stage(repository, target, head)
    os.unlink(journal)
    return True


def _sweep(name: str) -> None:
    """Remove the temporary files that a killed process left beside a file."""
    from curator.formats.files.bounded_io import is_temporary

    folder = os.path.dirname(name)
    for other in os.listdir(folder) if os.path.isdir(folder) else ():
        if is_temporary(path := os.path.join(folder, other), name):
            os.unlink(path)


def _commit(repository: Repository, sha: str) -> Commit | None:
    """Return a commit, `None` where there is no such one: then nothing of it can be in the working tree."""
    try:
        return repository.commit(sha)
    except RepositoryError:
        return None
