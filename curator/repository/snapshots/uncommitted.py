"""A file that a snapshot lacks may lie in the work tree: then say that git does not have it yet."""

from __future__ import annotations

import os

from curator.repository.git.command import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["add_hint", "is_earlier"]


def is_earlier(snapshot: Snapshot) -> bool:
    """Return whether a snapshot is another commit than HEAD, so that no new commit changes it."""
    from curator.repository.snapshots.index_and_commit import Commit

    return isinstance(snapshot, Commit) and not snapshot.is_checked_out


def add_hint(snapshot: Snapshot, path: str, otherwise: str = "") -> str:
    """Return the hint to add a file to git which only the work tree has; ``otherwise`` if it has none.

    Parameters
    ----------
    snapshot : Snapshot
        The one that lacks it.
    path : str
        Relative to the root of the repository.
    """
    from shlex import quote

    from curator.repository.snapshots.index_and_commit import Index
    from curator.repository.snapshots.worktree import WorkTree

    if isinstance(snapshot, WorkTree) or not os.path.lexists(os.path.join(snapshot.root, path)):
        return otherwise
    name = quote(printable(path))
    if is_earlier(snapshot):
        return otherwise
    if isinstance(snapshot, Index):
        return f"the working tree has it, but it is not staged: git add {name}"
    return f"the working tree has it, but this commit does not: git add {name}, then git commit"
