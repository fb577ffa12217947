"""The versions of one path, and from which others each was made: git's history simplification as a graph."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from typing import NamedTuple

from curator.repository.git.command import Git
from curator.repository.git.log_reader import Log

__all__ = ["Step", "came_with_removals", "walk", "walk_below"]


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


def walk_below(log: Log, folders: Sequence[bytes]) -> list[int]:
    """Return the commits that ``git log -- folder…`` shows, children before parents."""
    below = tuple(folder + b"/" for folder in folders)
    inside = frozenset(number for name, number in log.paths.items() if name.startswith(below))
    marks: tuple[array[int], array[int]] = array("I"), array("I", [0])
    diffs = [tuple(marks[not inside.isdisjoint(diff)] for diff in diffs) for diffs in log.diffs]
    return [step.commit for step in walk(replace(log, diffs=diffs), 0, lambda *_: None)]


def came_with_removals(git: Git, path: bytes, came: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether a file came with a commit that removed others: then it may have been one of them.

    Parameters
    ----------
    came : iterable of str
        Ids of the commits that the file came with.
    others : iterable of str
        Those that changed it. Of these only merges are looked at: it may have come from one side alone.
    """
    asked = "".join(f"{sha}^2\n" for sha in others).encode("ascii")
    said = git.run("cat-file", "--batch-check", input=asked).splitlines() if asked else []
    merges = [
        line.partition(b"^")[0]
        for line, answer in zip(asked.splitlines(), said, strict=True)
        if not answer.endswith(b" missing")
    ]
    commits = b"".join(sha + b"\n" for sha in [*(sha.encode("ascii") for sha in came), *merges])
    command = ("diff-tree", "--stdin", "-m", "-r", "-z", "--name-status", "--no-renames")
    fields = iter(git.run(*command, "--ignore-submodules=none", input=commits).split(b"\0"))
    comes = removes = False
    for field in fields:
        if len(field) == 1:
            name = next(fields)
            comes |= field == b"A" and name == path
            removes |= field == b"D"
        else:  # the id of the next commit
            comes = removes = False
        if comes and removes:
            return True
    return False
