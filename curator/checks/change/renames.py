"""Which removed calibration an added one was: only one for the same camera, type, detector and filter.

Git pairs files with similar text, wherever they are, and files for two detectors are similar. A removal in
such a pair would be reported by no rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from curator.errors import FormatError
from curator.repository.layout.paths import CalibPath, camera_of, is_candidate

if TYPE_CHECKING:
    from typing import TypeAlias

    from curator.repository.changes import Change
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["paired"]

# As git has it: half of the larger file stands in the other.
_SIMILAR = 0.5
# Pairs of files of one data ID that are compared line by line; of more only equal ones are found.
_MOST = 10_000

Key: TypeAlias = tuple[str, str, str | None, str | None]


def paired(
    changes: Sequence[Change], before: Snapshot, after: Snapshot, directories: Collection[str]
) -> list[Change]:
    """Return changes of calibrations with renames only within one data ID, and all others as they are.

    Parameters
    ----------
    changes : sequence of Change
        As git tells them, with its own renames.
    before, after : Snapshot
        What they lead from and to.
    directories : collection of str
        Of all cameras.
    """
    found = [single for change in changes for single in _apart(change, directories)]
    gone, come = _by_key(found, "removed", directories), _by_key(found, "added", directories)
    twins: dict[str, Change] = {}
    for key in gone.keys() & come.keys():
        twins.update((new.path, old) for old, new in _pairs(gone[key], come[key], before, after))
    lost = {twin.path for twin in twins.values()}
    return [
        _renamed(twins[one.path], one) if one.kind == "added" and one.path in twins else one
        for one in found
        if one.kind != "removed" or one.path not in lost
    ]


def _apart(change: Change, directories: Collection[str]) -> Iterator[Change]:
    """Give a rename that a calibration has a part in as a removal and an addition."""
    sides = [is_candidate(path, directories) for path in (change.old_path, change.path)]
    if change.kind != "renamed" or not any(sides):
        yield change
        return
    yield replace(change, kind="removed", path=change.old_path, mode_after=0, blob_after="")
    yield replace(change, kind="added", old_path="", mode_before=0, blob_before="")


def _by_key(
    changes: Sequence[Change], kind: str, directories: Collection[str]
) -> dict[Key, list[tuple[CalibPath, Change]]]:
    found: dict[Key, list[tuple[CalibPath, Change]]] = {}
    for change in changes:
        if change.kind == kind and is_candidate(change.path, directories):
            place = CalibPath.try_parse(change.path)
            if place is not None and place.camera == camera_of(change.path, directories):
                found.setdefault(_key(place), []).append((place, change))
    return found


def _key(place: CalibPath) -> Key:
    detector, physical_filter = (
        one.lower() if one is not None else None for one in (place.detector, place.physical_filter)
    )
    return place.camera, place.dataset_type, detector, physical_filter


def _renamed(old: Change, new: Change) -> Change:
    return replace(
        new, kind="renamed", old_path=old.path, mode_before=old.mode_before, blob_before=old.blob_before
    )


def _pairs(
    gone: Sequence[tuple[CalibPath, Change]],
    come: Sequence[tuple[CalibPath, Change]],
    before: Snapshot,
    after: Snapshot,
) -> Iterator[tuple[Change, Change]]:
    """Pair what begins at the same moment, then what is equal, then what reads similarly."""
    left = dict.fromkeys(one for _, one in gone)
    right = dict.fromkeys(one for _, one in come)
    starts = {one: place.start for place, one in (*gone, *come)}
    for tell in (starts.__getitem__, lambda one: one.blob_before or one.blob_after):
        waiting: dict[object, list[Change]] = {}
        for new in reversed(right):
            waiting.setdefault(tell(new), []).append(new)
        for old in list(left):
            if twins := waiting.get(tell(old)):
                new = twins.pop()
                del left[old], right[new]
                yield old, new
    if 0 < len(left) * len(right) <= _MOST:
        yield from _similar(list(left), list(right), before, after)


def _similar(
    gone: list[Change], come: list[Change], before: Snapshot, after: Snapshot
) -> Iterator[tuple[Change, Change]]:
    was = [_lines(before, one.path) for one in gone]
    now = [_lines(after, one.path) for one in come]
    scores = [
        (score, number, other)
        for number, old in enumerate(was)
        for other, new in enumerate(now)
        if (score := _likeness(old, new)) >= _SIMILAR
    ]
    taken: set[tuple[str, int]] = set()
    for _, number, other in sorted(scores, key=lambda row: (-row[0], *row[1:])):
        both = {("old", number), ("new", other)}
        if not both & taken:
            taken |= both
            yield gone[number], come[other]


def _lines(snapshot: Snapshot, path: str) -> Counter[bytes]:
    """Return how many bytes of a file each line takes; of what is no file, nothing."""
    entry = snapshot.find(path)
    found: Counter[bytes] = Counter()
    if entry is not None and entry.is_file:
        try:
            raw = snapshot.read(path)
        except FormatError:  # too large to be a calibration, which is a finding
            return found
        for line in raw.split(b"\n"):
            found[line] += len(line) + 1
    return found


def _likeness(old: Counter[bytes], new: Counter[bytes]) -> float:
    return (old & new).total() / max(old.total(), new.total(), 1)
