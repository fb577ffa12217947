"""The files of a change, each as it was and as it is, whatever they are read from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from curator.errors import CuratorError, UsageError
from curator.repository.changes import Change, Range
from curator.repository.layout.config import load_config
from curator.repository.layout.paths import SUFFIXES, CalibPath, is_candidate
from curator.repository.snapshot_changes import snapshot_changes
from curator.review.versions import Interval, Version, VersionPair, is_fits
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot
    from curator.review.versions import Kind

__all__ = ["Sides", "config_of", "file_pair", "is_reviewed", "pairs_of", "sides_of"]


class _Compared(NamedTuple):
    """The paths of a file in the state before and in that after, and of what stands in for a missing one."""

    before: str
    after: str
    instead: str


class Sides:
    """Two states of a repository, and the files that differ.

    Attributes
    ----------
    before, after : Snapshot
    config : Config or None
        That of the later state, else that of the earlier; `None` where neither can be read.
    commits : (str, str) or None
        Names of two commits: what the change between them is to be checked against, and its head. `None` if
        one side is no commit.
    """

    def __init__(self, before: Snapshot, after: Snapshot, commits: tuple[str, str] | None = None) -> None:
        self.before, self.after, self.commits = before, after, commits
        self.config = config_of(after) or config_of(before)
        self._paths: tuple[str, ...] = ()

    def restrict(self, paths: Iterable[str]) -> None:
        """Leave out what is not one of ``paths`` or below it; they are relative to the root."""
        self._paths = tuple(paths)

    @property
    def is_restricted(self) -> bool:
        """Whether paths were named."""
        return bool(self._paths)

    @cached_property
    def changes(self) -> list[Change]:
        """The calibrations that differ, by path."""
        directories = self.config.directories if self.config else None
        return snapshot_changes(
            self.before, self.after, lambda path: self._is_asked(path) and is_reviewed(path, directories)
        )

    def _is_asked(self, path: str) -> bool:
        return not self._paths or any(
            not one or path == one or path.startswith(f"{one}/") for one in self._paths
        )

    @property
    def labels(self) -> tuple[str, str]:
        """What messages call the two states."""
        return self.before.label, self.after.label

    def pairs(self) -> Iterator[VersionPair]:
        """Give the files that differ, by path; bytes are read a little ahead of when they are asked for."""
        return pairs_of(self.changes, self.before, self.after)


def pairs_of(changes: Sequence[Change], before: Snapshot, after: Snapshot) -> Iterator[VersionPair]:
    """Give files that changed between two states with both of their versions, read a little ahead."""
    files = [_compared(change, after) for change in changes]
    olds = _versions(before, [file.before for file in files if file.before])
    news = _versions(after, [path for file in files for path in (file.instead, file.after) if path])
    for change, file in zip(changes, files, strict=True):
        kind: Kind = change.kind  # type: ignore[assignment]  # `Change` knows no others
        instead = next(news) if file.instead else None
        yield VersionPair(
            kind,
            change.path,
            file.before,
            next(olds) if file.before else instead,
            next(news) if file.after else instead,
            intervals=tuple(_intervals(file, before, after)) if change.kind == "renamed" else (),
        )


def _compared(change: Change, after: Snapshot) -> _Compared:
    if change.kind == "added":
        return _Compared("", change.path, _predecessor(after, change.path))
    if change.kind == "removed":
        return _Compared(change.path, "", _predecessor(after, change.path))
    return _Compared(change.old_path or change.path, change.path, "")


def file_pair(before: str, after: str) -> VersionPair:
    """Return two files, text or FITS, as versions of one."""
    return VersionPair("edited", after, before, _file_version(before), _file_version(after))


def _file_version(path: str) -> Version:
    from curator.export.provenance.source import MAX_BYTES as FITS_BYTES
    from curator.formats.files.bounded_io import MAX_BYTES, read_bounded

    largest = FITS_BYTES if is_fits(path) else MAX_BYTES
    return Version(path, read_bounded(os.path.realpath(path), largest))


def sides_of(repository: Repository, revisions: Sequence[str], *, staged: bool = False) -> Sides:
    """Return the two states that git diff would compare.

    Parameters
    ----------
    revisions : sequence of str
        None: the index and the work tree. One: that commit and the work tree. Two: both commits. ``A..B``
        are the two commits A and B; ``A...B`` are the commit that both grew from, and B.
    staged : bool
        The index stands for the work tree, and HEAD for the index.

    Raises
    ------
    UsageError
        There are more than two.
    RepositoryError
        One of them names no commit, or two have no commit in common.
    """
    if staged and len(revisions) > 1:
        raise UsageError("--staged compares one commit with what is staged", hint="name one commit or none")
    if len(revisions) > 2:
        raise UsageError(f"{', '.join(revisions)} are {len(revisions)} commits", hint="name two at most")
    if len(revisions) == 1 and (names := _range(revisions[0])):
        base, dots, head = names
        base, head = base or "HEAD", head or "HEAD"
        start = Range(repository, base, head).parted if dots == "..." else base
        return Sides(repository.commit(start), repository.commit(head), (base, head))
    first = repository.commit(revisions[0]) if revisions else None
    if staged:
        return Sides(first or repository.commit(), repository.index())
    if len(revisions) == 2:
        base, head = revisions
        return Sides(repository.commit(base), repository.commit(head), (base, head))
    return Sides(first or repository.index(), repository.worktree())


def _range(name: str) -> tuple[str, str, str] | None:
    for dots in ("...", ".."):
        base, found, head = name.partition(dots)
        if found:
            return base, dots, head
    return None


def config_of(snapshot: Snapshot) -> Config | None:
    """Return the configuration of one state, `None` where it cannot be read."""
    try:
        return load_config(snapshot)
    except CuratorError:
        return None  # files are compared all the same; `curator check` says what is wrong with it


def is_reviewed(path: str, directories: Collection[str] | None) -> bool:
    """Return whether a path is a calibration's; without a configuration, its form alone tells."""
    if directories is None:
        return path.endswith(SUFFIXES) and CalibPath.try_parse(path) is not None
    return is_candidate(path, directories)


def _predecessor(snapshot: Snapshot, path: str) -> str:
    """Return the file of the same data ID that starts next before ``path``, empty if there is none."""
    place = CalibPath.try_parse(path)
    if place is None:
        return ""
    earlier = [one for one in _starts(snapshot, path) if one[0] < place.start]
    return max(earlier)[1] if earlier else ""


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _starts(snapshot: Snapshot, path: str) -> list[tuple[datetime, str]]:
    """Return the starts and paths of the files of one data ID, in order."""
    folder = _folder(path)
    siblings = (CalibPath.try_parse(f"{folder}/{name}") for name in snapshot.listdir(folder))
    return sorted((one.start, str(one)) for one in siblings if one)


def _intervals(file: _Compared, before: Snapshot, after: Snapshot) -> Iterator[Interval]:
    """Give when a file whose start moved no longer applies, and when it applies now."""
    old, new = CalibPath.try_parse(file.before), CalibPath.try_parse(file.after)
    if not old or not new or old.start == new.start or _folder(file.before) != _folder(file.after):
        return
    olds, news = _starts(before, file.before), _starts(after, file.after)
    for start, is_lost, own, others, snapshot in (
        (old.start, True, file.after, news, after),
        (new.start, False, file.before, olds, before),
    ):
        other = next((path for begin, path in reversed(others) if begin <= start), "")
        if other == own:
            continue
        ends = [begin for begin, _ in (*olds, *news) if begin > start]
        version = next(_versions(snapshot, [other])) if other else None
        yield Interval(start.isoformat(), min(ends).isoformat() if ends else "", is_lost, version)


def _versions(snapshot: Snapshot, paths: Sequence[str]) -> Iterator[Version]:
    """Give the versions of files in one state, in this order."""
    done = 0
    while done < len(paths):
        try:
            for path, raw in snapshot.read_many(paths[done:]):
                done += 1
                yield Version(path, raw)
        except CuratorError as error:
            done += 1
            yield Version(paths[done - 1], b"", error.message)
