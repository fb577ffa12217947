"""Files written in batches, here or by any executor, without reading far ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from curator.errors import CuratorError, ExportError
from curator.export.write import Task, Written, write_batch
from curator.processes import worker_pool

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
    """Write files and say how each went, in order; no more are read ahead than keep the workers busy.

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

    with _workers(executor, jobs) as workers:
        try:
            yield from _through(tree.root, _batches(commit, todo), workers, max(READ_AHEAD, 2 * jobs))
        except BrokenExecutor as error:
            raise ExportError(
                "a worker process died", path=tree.root, hint="run it again: what is written is kept"
            ) from error


@contextmanager
def _workers(executor: Executor | None, jobs: int) -> Iterator[Executor | None]:
    """Give the executor to use, `None` for this process."""
    if executor is not None or jobs == 1:
        yield executor
        return
    pool = worker_pool(jobs)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _through(
    root: str, batches: Iterable[_Batch], workers: Executor | None, ahead: int
) -> Iterator[tuple[Planned, Written]]:
    from collections import deque
    from concurrent.futures import Future

    running: deque[tuple[list[Planned], Future[list[Written]]]] = deque()
    for planned, tasks in batches:
        if isinstance(tasks, CuratorError):
            yield planned[0], Written(planned[0].target, error=tasks)
        elif workers is None:
            yield from zip(planned, write_batch(root, tasks), strict=True)
        else:
            running.append((planned, workers.submit(write_batch, root, tasks)))
            if len(running) >= ahead:
                first, future = running.popleft()
                yield from zip(first, future.result(), strict=True)
    for first, future in running:
        yield from zip(first, future.result(), strict=True)


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
