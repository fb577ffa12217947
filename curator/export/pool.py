"""Files written in batches, here or by any executor, without reading far ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from curator.errors import CuratorError, ExportError
from curator.executors import in_order, workers
from curator.export.write import Task, Written, write_batch

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from curator.export.plan import Planned
    from curator.export.tree import ExportTree
    from curator.repository.snapshots.protocol import Commit

__all__ = ["write_all"]

BATCH_FILES = 64
BATCH_BYTES = 4 << 20
READ_AHEAD = 8

_Batch: TypeAlias = "tuple[list[Planned], list[Task] | CuratorError]"


def write_all(
    tree: ExportTree, commit: Commit, todo: Sequence[Planned], executor: Executor | None = None, jobs: int = 1
) -> Iterator[tuple[Planned, Written]]:
    """Write files and say how each went; no more are read ahead than keep the workers busy.

    Parameters
    ----------
    executor : concurrent.futures.Executor, optional
        Where to write them; its workers must see the same file system.
    jobs : int
        Processes to start where there is no executor; one is this process.

    Raises
    ------
    ExportError
        A file cannot be written, or a worker died.
    """
    from concurrent.futures import BrokenExecutor

    unread: list[tuple[Planned, Written]] = []
    try:
        with workers(executor, jobs) as used:
            batches = _readable(_batches(commit, todo), unread)
            ahead = max(READ_AHEAD, 2 * jobs)
            for planned, written in in_order(used, partial(write_batch, tree.root), batches, ahead):
                yield from zip(planned, written, strict=True)
    except BrokenExecutor as error:
        raise ExportError(
            "a worker process died",
            path=tree.root,
            hint="run the command again: files already written are kept",
        ) from error
    yield from unread


def _readable(
    batches: Iterable[_Batch], unread: list[tuple[Planned, Written]]
) -> Iterator[tuple[list[Planned], list[Task]]]:
    """Yield the batches that can be written; ``unread`` takes up the others, each of one file."""
    for planned, tasks in batches:
        if isinstance(tasks, CuratorError):
            unread.append((planned[0], Written(planned[0].target, error=tasks)))
        else:
            yield planned, tasks


def _batches(commit: Commit, todo: Sequence[Planned]) -> Iterator[_Batch]:
    planned: list[Planned] = []
    tasks: list[Task] = []
    size = 0
    for one, raw in _sources(commit, todo):
        if isinstance(raw, CuratorError):
            yield [one], raw
            continue
        planned.append(one)
        tasks.append(Task(one.target, raw, one.path, one.provenance))
        size += len(raw)
        if len(tasks) >= BATCH_FILES or size >= BATCH_BYTES:
            yield planned, tasks
            planned, tasks, size = [], [], 0
    if tasks:
        yield planned, tasks


def _sources(commit: Commit, todo: Sequence[Planned]) -> Iterator[tuple[Planned, bytes | CuratorError]]:
    """Give the bytes of every source, or why they cannot be read."""
    place = 0
    while place < len(todo):
        try:
            for _, raw in commit.read_many(one.provenance.path for one in todo[place:]):
                yield todo[place], raw
                place += 1
        except CuratorError as error:
            yield todo[place], error
            place += 1
