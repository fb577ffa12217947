"""A file that a snapshot lacks may lie in the work tree: then say that git does not have it yet."""

from __future__ import annotations

import os

from curator.errors import UsageError
from curator.repository.git.command import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["add_hint", "is_earlier", "missing_path"]


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


def missing_path(snapshot: Snapshot, path: str, typed: str) -> UsageError:
    """Return the error for a path that is not there, with what may be meant.

    Parameters
    ----------
    snapshot : Snapshot
        The one that lacks it.
    path : str
        Relative to the root of the repository.
    typed : str
        The same as a person typed it.
    """
    from curator.name_lookup import did_you_mean, nearest

    folder, _, name = path.rpartition("/")
    near = nearest(name, snapshot.listdir(folder), 0.6)
    return UsageError(
        f"{typed} does not exist in the {snapshot.label}",
        hint=add_hint(snapshot, path) or did_you_mean(near and os.path.join(os.path.dirname(typed), near)),
    )
