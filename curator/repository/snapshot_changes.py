"""What differs between any two states of a repository: the work tree, the index, commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from curator.errors import CuratorError
from curator.repository.changes import Change, by_path, commit_changes
from curator.repository.git.tree_entry import TreeEntry
from curator.repository.snapshots.protocol import Commit, Snapshot, WorkTree

__all__ = ["snapshot_changes"]


def snapshot_changes(
    before: Snapshot, after: Snapshot, counts: Callable[[str], bool] = lambda path: True
) -> list[Change]:
    """Return the files that differ between two states of a repository, by path.

    Parameters
    ----------
    counts : function of str
        Whether a path is asked about. Others are not read.

    Notes
    -----
    Between two commits git finds the renames. Otherwise, a file is renamed if one with the same bytes went,
    or if it is the only one that came to its directory and one only went from there: its date was changed.
    """
    if isinstance(before, Commit) and isinstance(after, Commit):
        found = commit_changes(before.git, before.sha, after.sha)
        return [one for one in found if counts(one.path) or (one.old_path and counts(one.old_path))]
    mine, theirs = (
        {one.path: one for one in snapshot.entries() if counts(one.path)} for snapshot in (before, after)
    )
    changes = [
        Change(_kind(mine[path], theirs[path]), path, path, *_sides(before, mine[path], after, theirs[path]))
        for path in _differing(before, mine, after, theirs)
    ]
    gone = {path: mine[path] for path in mine.keys() - theirs.keys()}
    new = {path: theirs[path] for path in theirs.keys() - mine.keys()}
    for old, path in _renamed(before, gone, after, new):
        sides = _sides(before, gone.pop(old), after, new.pop(path))
        changes.append(Change("renamed", path, old, *sides))
    changes += [Change("added", path, "", 0, one.mode, "", _blob(after, one)) for path, one in new.items()]
    changes += [
        Change("removed", path, path, one.mode, 0, _blob(before, one), "") for path, one in gone.items()
    ]
    return by_path(changes)


def _differing(
    before: Snapshot, mine: Mapping[str, TreeEntry], after: Snapshot, theirs: Mapping[str, TreeEntry]
) -> set[str]:
    """Return the paths of both states whose files differ; line ends that git converts do not count."""
    both = mine.keys() & theirs.keys()
    found = {path for path in both if _differ(before, mine[path], after, theirs[path])}
    if isinstance(after, WorkTree):
        from curator.repository.git.clean_filters import same_for_git

        away = set(after.not_checked_out)
        stored = {
            path: _blob(before, mine[path])
            for path in found - away
            if mine[path].is_file and theirs[path].is_file
        }
        found -= same_for_git(after.git, stored)
    return found


def _differ(before: Snapshot, mine: TreeEntry, after: Snapshot, theirs: TreeEntry) -> bool:
    if not mine.is_file and not theirs.is_file:
        # Of a link in the work tree nobody reads where it leads.
        return mine.mode != theirs.mode or (None not in (mine.blob, theirs.blob) and mine.blob != theirs.blob)
    return mine.is_file != theirs.is_file or _blob(before, mine) != _blob(after, theirs)


def _kind(mine: TreeEntry, theirs: TreeEntry) -> str:
    return "edited" if mine.is_file == theirs.is_file else "type"


def _sides(
    before: Snapshot, mine: TreeEntry, after: Snapshot, theirs: TreeEntry
) -> tuple[int, int, str, str]:
    return mine.mode, theirs.mode, _blob(before, mine), _blob(after, theirs)


def _blob(snapshot: Snapshot, entry: TreeEntry) -> str:
    """Return the object id of a file; empty of what is none, or cannot be read."""
    if entry.blob or not entry.is_file:
        return entry.blob or ""
    try:
        return snapshot.blob(entry.path)
    except CuratorError:
        return ""  # who compares the files says why


def _renamed(
    before: Snapshot, gone: Mapping[str, TreeEntry], after: Snapshot, new: Mapping[str, TreeEntry]
) -> Iterator[tuple[str, str]]:
    """Give (old path, path) of the files that only changed their name."""
    if not gone or not new:
        return
    by_blob: dict[str, list[str]] = {}
    for path in sorted(gone):
        if blob := _blob(before, gone[path]):
            by_blob.setdefault(blob, []).append(path)
    left, came = set(gone), set(new)
    for path in sorted(new):
        if same := by_blob.get(_blob(after, new[path])):
            old = same.pop(0)
            left.remove(old)
            came.remove(path)
            yield old, path
    went, there = _by_folder(left), _by_folder(came)
    for folder in sorted(went.keys() & there.keys()):
        if len(went[folder]) == len(there[folder]) == 1:
            yield went[folder][0], there[folder][0]


def _by_folder(paths: set[str]) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(path.rpartition("/")[0], []).append(path)
    return dict(found)
