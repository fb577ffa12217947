"""Git's history simplification, for every path at once.

``git log -- path`` walks back from a commit. Where the path is as in some parent it follows the first such
parent alone; where it differs from all, the commit is shown and all parents are followed. Here all paths walk
down together: one set holds every path that is still where most are, small sets hold those that a merge sent
another way, so the work is that of reading the log.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from curator.repository.git.log_reader import Log

__all__ = ["Edits", "edits_below", "edits_of_all"]


@dataclass(slots=True)
class Edits:
    """The commits that ``git log -- path`` shows, by number of path and commit.

    Parameters
    ----------
    first : array of int
        For each path the one shown first, -1 where none is: some paths only ever were on a side not taken.
    more : dict of int to list of int
        The others in git's order, of the paths that have any.
    """

    first: array[int]
    more: dict[int, Sequence[int]]

    def of(self, path: int) -> list[int]:
        """Return all commits of one path."""
        return [] if self.first[path] < 0 else [self.first[path], *self.more.get(path, ())]


def edits_of_all(log: Log) -> Edits:
    """Return what git shows for every path that ever was."""
    _lift(log)
    edits, forked = _push_down(log)
    by_date = bool(forked) and _is_monotone(log)
    intricate = set()
    for path in forked:
        order = edits.of(path)
        if by_date and len({log.dates[commit] for commit in order}) == len(order):
            edits.more[path] = sorted(order, key=log.dates.__getitem__, reverse=True)[1:]
        else:
            intricate.add(path)
    _reorder(log, edits, intricate)
    return edits


def edits_below(log: Log, directory: bytes) -> list[int]:
    """Return the commits that ``git log -- directory`` shows, in its order."""
    number = log.paths.setdefault(directory, len(log.paths))
    return edits_of_all(log).of(number)


def _lift(log: Log) -> None:
    """Count a change of a file as one of every path above it that was a file too: so does git."""
    folders = {path.rpartition(b"/")[0] for path in log.paths}
    if not any(parent in log.paths for folder in folders for parent in _ancestors(folder)):
        return
    above = {}
    for path, number in log.paths.items():
        if files := [log.paths[one] for one in _ancestors(path.rpartition(b"/")[0]) if one in log.paths]:
            above[number] = files
    log.diffs = [tuple(_lifted(diff, above) for diff in diffs) for diffs in log.diffs]


def _lifted(diff: array[int], above: Mapping[int, list[int]]) -> array[int]:
    files = {file for path in diff if path in above for file in above[path]}
    return diff + array("I", files.difference(diff))


def _ancestors(folder: bytes) -> Iterator[bytes]:
    while folder:
        yield folder
        folder = folder.rpartition(b"/")[0]


def _is_monotone(log: Log) -> bool:
    """Whether no commit is older than its parents: then git shows commits by date alone."""
    return all(
        log.dates[parent] <= date
        for date, parents in zip(log.dates, log.parents, strict=True)
        for parent in parents
    )


def _push_down(log: Log) -> tuple[Edits, set[int]]:
    """Return the edits of every path, and the paths whose order is still open but for the first.

    The order is open where a walk went on along several parents: git then takes what comes by date.
    """
    first = array("i", [-1]) * len(log.paths)
    more: dict[int, list[int]] = {}
    forked: set[int] = set()
    most = 0  # the commit where every path is that is not `away`
    away: set[int] = set()
    waiting: dict[int, set[int]] = {}
    for commit, (parents, diffs) in enumerate(zip(log.parents, log.diffs, strict=True)):
        here = waiting.pop(commit, set())
        if commit == most:
            away -= here
            present: Collection[int] = [path for path in diffs[0] if path not in away] if away else diffs[0]
        elif here:
            present = here.intersection(diffs[0])
        else:
            continue
        if len(parents) > 1 and present:
            present, moved = _leave(parents, diffs, present, waiting)
            forked.update(present)
            if commit == most:
                away |= moved
            else:
                here -= moved
        for path in present:
            if first[path] < 0:
                first[path] = commit
            else:
                more.setdefault(path, []).append(commit)
        if commit == most:
            most = parents[0] if parents else -1
        elif parents:
            _send(waiting, parents[0], here)
    return Edits(first, dict(more)), forked


def _leave(
    parents: tuple[int, ...],
    diffs: tuple[array[int], ...],
    present: Collection[int],
    waiting: dict[int, set[int]],
) -> tuple[set[int], set[int]]:
    """Send what differs from a merge's first parent on; return what differs from all, and what left."""
    left, moved = set(present), set()
    for parent, diff in zip(parents[1:], diffs[1:], strict=True):
        still = left.intersection(diff)
        moved |= left - still
        _send(waiting, parent, left - still)
        left = still
    for parent in parents[1:]:
        _send(waiting, parent, set(left))
    return left, moved


def _send(waiting: dict[int, set[int]], commit: int, paths: set[int]) -> None:
    there = waiting.get(commit)
    if there is None:
        waiting[commit] = paths
    elif len(there) < len(paths):
        paths |= there
        waiting[commit] = paths
    else:
        there |= paths


def _reorder(log: Log, edits: Edits, paths: set[int]) -> None:
    """Put the edits of ``paths`` into the order in which git meets them."""
    changed: dict[int, list[tuple[int, int]]] = {path: [] for path in paths}
    for commit, diffs in enumerate(log.diffs) if paths else ():
        for nth, diff in enumerate(diffs):
            for path in paths.intersection(diff):
                changed[path].append((commit, nth))
    # Paths that changed together, as in a large rewrite, walk together.
    orders: dict[frozenset[tuple[int, int]], list[int]] = {}
    for path, places in changed.items():
        key = frozenset(places)
        if key not in orders:
            orders[key] = _walk(log, key, edits.of(path))
        edits.more[path] = orders[key][1:]


def _walk(log: Log, changed: frozenset[tuple[int, int]], shown: Sequence[int]) -> list[int]:
    """Return ``shown`` as git meets it: the newest first, of equally new ones that which was met first."""
    order: dict[int, None] = {}
    met = {0}
    queue = [(-log.dates[0], 0, 0)]
    left = iter(shown)
    while queue:
        commit = heappop(queue)[2]
        if not queue:
            # Alone: all that is left lies below, and what is above all of it comes next.
            commit = next((one for one in left if one not in order), -1)
            if commit < 0:
                break
        parents = log.parents[commit]
        same = next((parent for nth, parent in enumerate(parents) if (commit, nth) not in changed), None)
        if same is not None:
            parents = (same,)
        elif parents or (commit, 0) in changed:
            order[commit] = None
        for parent in parents:
            if parent not in met:
                met.add(parent)
                heappush(queue, (-log.dates[parent], len(met), parent))
    return list(order)
