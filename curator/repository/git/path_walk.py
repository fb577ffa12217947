"""The versions of one path, and from which others each was made: git's history simplification as a graph."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

from curator.repository.git.log_reader import Log

__all__ = ["Step", "walk"]


class Step(NamedTuple):
    """A commit that ``git log --parents -- path`` shows.

    Parameters
    ----------
    commit, path : int
        Numbers, as in `Log`. The path differs between steps where a rename was followed.
    parents : tuple of int
        Places of other steps in the list, in the order of the commit's parents.
    """

    commit: int
    path: int
    parents: tuple[int, ...]


# Which step leads here, and over which of its parents.
_From = tuple[int, int]


def walk(log: Log, path: int, source: Callable[[int, int, int], int | None]) -> list[Step]:
    """Return the versions of a path, children before parents.

    Parameters
    ----------
    source : function of (commit, parent, path)
        What the path was called in a parent, that is given by its place among the commit's parents; `None`
        where it had the same name, or was not there.
    """
    found: list[tuple[int, int]] = []
    edges: list[dict[int, int]] = []
    waiting: dict[int, dict[int, list[_From]]] = {0: {path: []}}
    queue = [0]

    def send(commit: int, path: int, origins: list[_From]) -> None:
        if commit not in waiting:
            waiting[commit] = {}
            heappush(queue, commit)
        waiting[commit].setdefault(path, []).extend(origins)

    while queue:
        commit = heappop(queue)
        parents, diffs = log.parents[commit], log.diffs[commit]
        for path, origins in waiting.pop(commit).items():
            same = next((nth for nth, diff in enumerate(diffs) if path not in diff), None)
            if same is not None:
                if parents:
                    send(parents[same], path, origins)
                continue
            step = len(found)
            found.append((commit, path))
            edges.append({})
            for child, nth in origins:
                edges[child][nth] = step
            for nth, parent in enumerate(parents):
                was = source(commit, nth, path)
                send(parent, path if was is None else was, [(step, nth)])
    return [
        Step(commit, path, tuple(dict.fromkeys(parent for _, parent in sorted(to.items()))))
        for (commit, path), to in zip(found, edges, strict=True)
    ]
