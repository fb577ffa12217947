"""The edits of calibrations, newest first: which files each commit changed, and how they were called."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING

from curator.errors import IncompleteCloneError
from curator.repository.changes import Change, by_path
from curator.repository.git.command import to_bytes
from curator.repository.git.path_walk import walk_below
from curator.repository.layout.paths import SUFFIXES
from curator.review.history.versions import FileHistory, Histories, file_history
from curator.review.pairs import Sides, config_of, is_reviewed
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.repository.git.tree_entry import TreeEntry
    from curator.repository.history import CommitInfo
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.lazy_commit import CommitTree
    from curator.repository.snapshots.protocol import Snapshot
    from curator.review.filter_curves import FilterCurves

__all__ = ["CalibrationEdit", "States", "edits", "ever_had", "uncommitted_edit"]


@dataclass(frozen=True, slots=True)
class CalibrationEdit:
    """What one commit did to calibrations.

    Parameters
    ----------
    commit : CommitInfo or None
        `None`: it is not committed yet.
    before, after : Snapshot
        The repository before and after it. A merge is compared with its first parent; a first commit, which
        only adds files, with itself.
    changes : tuple of Change
        By path.
    is_merge : bool
    is_cut : bool
        A shallow clone ends here: what changed is not known.
    """

    commit: CommitInfo | None
    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    is_merge: bool = False
    is_cut: bool = False


def edits(
    repository: Repository, sha: str, paths: Sequence[str] = (), only: Container[str] | None = None
) -> Iterator[CalibrationEdit]:
    """Give the edits of calibrations as seen from a commit, children before parents.

    Parameters
    ----------
    sha : str
        Id of the commit.
    paths : sequence of str
        Files, which are followed across renames, and folders; none stands for all calibrations.
    only : container of str, optional
        Ids of the commits that are wanted.
    """
    if len(paths) == 1 and paths[0].endswith(SUFFIXES):
        history = file_history(repository, sha, paths[0])
        if history.versions:
            yield from _of_file(history, only, lambda: Histories(repository, sha))
            return
    yield from _Timeline(Histories(repository, sha), paths).edits(only)


def uncommitted_edit(repository: Repository, paths: Sequence[str]) -> CalibrationEdit | None:
    """Return how the working tree differs from the last commit, `None` where it does not."""
    sides = Sides(repository.commit(), repository.worktree())
    if paths and all(side.find(path) for path in paths for side in (sides.before, sides.after)):
        sides.restrict(paths)  # of files that are on both sides nothing else needs to be read
    found = [one for one in sides.changes if _is_below(one, paths)]
    return CalibrationEdit(None, sides.before, sides.after, tuple(found)) if found else None


def ever_had(repository: Repository, sha: str, path: str) -> bool:
    """Return whether a commit or one before it had a file or folder."""
    return bool(repository.git.run("log", "-1", "--no-show-signature", "--format=%H", sha, "--", path))


class States:
    """What is needed to review commits, each read once: configurations, cameras and curves of filters."""

    def __init__(self) -> None:
        self._directories: dict[str, frozenset[str]] = {}
        self._known: dict[tuple[str, ...], tuple[Config | None, FilterCurves]] = {}

    def of(self, snapshot: Snapshot) -> tuple[Config | None, FilterCurves]:
        """Return the configuration and the filters of one state."""
        from curator.repository.snapshots.lazy_commit import CommitTree
        from curator.review.filter_curves import FilterCurves

        if not isinstance(snapshot, CommitTree):
            return config_of(snapshot), FilterCurves(snapshot)
        key = self._key(snapshot)
        if key not in self._known:
            self._known[key] = _known_config(snapshot), FilterCurves(snapshot)
        return self._known[key]

    def _key(self, snapshot: CommitTree) -> tuple[str, ...]:
        """Return the ids of all that a configuration and the curves are read from."""
        blob = snapshot.id_of("curator.yaml")
        if blob not in self._directories:
            config = _known_config(snapshot)
            self._directories[blob] = config.directories if config else frozenset()
        folders = sorted(self._directories[blob])
        types = ("camera", "transmission_filter", "transmission_filter_detector")
        return (blob, *(snapshot.id_of(f"{folder}/{name}") for folder in folders for name in types))


def _known_config(snapshot: Snapshot) -> Config | None:
    try:
        return config_of(snapshot)
    except IncompleteCloneError:
        return None  # who compares the files says that they are not here


class _Timeline:
    """The edits of several files and folders, a commit at a time."""

    def __init__(self, histories: Histories, paths: Sequence[str]) -> None:
        self._histories = histories
        self._log = histories.log
        files = [path for path in paths if path and to_bytes(path) in self._log.paths]
        self._folders = [path for path in paths if path not in files]
        self._of_files: dict[str, list[CalibrationEdit]] = {}
        for path in files:
            for edit in _of_file(histories.of(path), None, lambda: histories):
                assert edit.commit is not None
                self._of_files.setdefault(edit.commit.sha, []).append(edit)
        self._has_all = not paths or "" in paths
        self._states = States()

    def edits(self, only: Container[str] | None) -> Iterator[CalibrationEdit]:
        names = [to_bytes(folder) for folder in self._folders]
        below = None if self._has_all else set(walk_below(self._log, names)) if names else set()
        for commit, facts in enumerate(self._log.facts):
            sha = facts.partition(b"\n")[0].decode("ascii")
            if only is not None and sha not in only:
                continue
            found: dict[str, Change] = {}
            if below is None or commit in below:
                found.update((change.path, change) for change in self._changes(commit))
            for edit in self._of_files.get(sha, ()):
                found.update((change.path, change) for change in edit.changes)
            if found:
                yield self._edit(commit, list(found.values()))

    def _edit(self, commit: int, changes: list[Change]) -> CalibrationEdit:
        parents = self._log.parents[commit]
        after = self._snapshot(commit)
        return CalibrationEdit(
            self._histories.info(commit),
            self._snapshot(parents[0]) if parents else after,
            after,
            tuple(by_path(changes)),
            len(parents) > 1,
            commit in self._log.cut,
        )

    def _snapshot(self, commit: int) -> CommitTree:
        sha = self._log.facts[commit].partition(b"\n")[0].decode("ascii")
        return self._histories.snapshot(sha, self._log.trees[commit])

    def _changes(self, commit: int) -> list[Change]:
        """Return the calibrations below the folders that a commit changed; a merge, against every parent."""
        parents, diffs = self._log.parents[commit], self._log.diffs[commit]
        numbers = set(diffs[0]).intersection(*diffs[1:])
        if not numbers:
            return []
        config = self._states.of(self._snapshot(commit))[0]
        directories = config.directories if config else None
        found: dict[str, Change] = {}
        former: set[str] = set()
        for number in numbers:
            path = self._histories.name(number)
            mine = self._histories.entry(commit, path)
            theirs = self._histories.entry(parents[0], path) if parents else None
            if (not mine and not theirs) or not is_reviewed(path, directories):
                continue
            old = path
            if parents and not theirs and (source := self._histories.source(commit, 0, path)):
                old = source
                theirs = self._histories.entry(parents[0], source)
                former.add(source)
            found[path] = _change(path, old, theirs, mine)
        return [one for path, one in found.items() if path not in former and _is_below(one, self._folders)]


def _of_file(
    history: FileHistory, only: Container[str] | None, histories: Callable[[], Histories]
) -> Iterator[CalibrationEdit]:
    whole: Histories | None = None
    for version in history.versions:
        if only is not None and version.commit.sha not in only:
            continue
        after = history.snapshot(version)
        was = history.versions[version.parents[0]] if version.parents else None
        before = history.snapshot(was) if was else after
        theirs = before.find(was.path) if was else None
        path = version.path
        if not version.blob and theirs is not None:
            whole = whole or histories()  # it takes long, and few files are ever gone
            path = whole.target(version.commit.sha, path) or path
        change = _change(path, was.path if was else "", theirs, after.find(path))
        yield CalibrationEdit(
            version.commit, before, after, (change,), len(version.parents) > 1, version.is_cut
        )


def _change(path: str, old: str, before: TreeEntry | None, after: TreeEntry | None) -> Change:
    if before is None:
        kind, old = "added", ""
    elif after is None:
        kind = "removed"
    elif before.is_file != after.is_file:
        kind = "type"
    else:
        kind = "edited" if path == old else "renamed"
    modes = before.mode if before else 0, after.mode if after else 0
    return Change(kind, path, old, *modes, (before and before.blob) or "", (after and after.blob) or "")


def _is_below(change: Change, paths: Sequence[str]) -> bool:
    return not paths or any(
        not path or name == path or name.startswith(f"{path}/")
        for path in paths
        for name in (change.path, change.old_path)
    )
