"""Run batches of work on any `concurrent.futures.Executor`: check, export and verify share this."""

from __future__ import annotations

import atexit
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

__all__ = ["PerWorker", "in_order", "workers"]

Batch = TypeVar("Batch")
Label = TypeVar("Label")
Result = TypeVar("Result")
Tool = TypeVar("Tool")

_made = threading.local()
# What a tool holds, such as a pipe to git, must be closed before the modules go that close it.
atexit.register(_made.__dict__.clear)


class PerWorker(Generic[Tool]):
    """A tool that each worker, a thread or a process, makes for itself from copies of its parts.

    Snapshots and what reads them talk to git through pipes, which no two threads may share.

    Parameters
    ----------
    make : callable
        Makes the tool from ``parts``; a function or class of a module.
    parts : object
        Picklable.
    """

    def __init__(self, make: Callable[..., Tool], *parts: object) -> None:
        import pickle

        self._key = os.urandom(16)
        self._pickled = pickle.dumps((make, parts))

    def get(self) -> Tool:
        """Return the tool of this worker."""
        if getattr(_made, "key", None) != self._key:
            import pickle

            make, parts = pickle.loads(self._pickled)  # noqa: S301  # this program pickled it
            _made.tool = make(*parts)
            _made.key = self._key
        tool: Tool = _made.tool
        return tool

    def forget(self) -> None:
        """Drop the tool of this worker."""
        if getattr(_made, "key", None) == self._key:
            del _made.key, _made.tool


@contextmanager
def workers(executor: Executor | None, jobs: int) -> Iterator[Executor | None]:
    """Give the executor that does the work; `None` where this process does it.

    Parameters
    ----------
    executor : concurrent.futures.Executor, optional
        The caller's own; it stays open.
    jobs : int
        Without an executor, how many processes to start; with one job none is started.
    """
    if executor is not None or jobs <= 1:
        yield executor
        return
    from curator.processes import worker_pool

    pool = worker_pool(jobs)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def in_order(
    executor: Executor | None,
    function: Callable[[Batch], Result],
    batches: Iterable[tuple[Label, Batch]],
    ahead: int,
) -> Iterator[tuple[Label, Result]]:
    """Yield the label and the result of each batch, in the order of the batches.

    Parameters
    ----------
    executor : concurrent.futures.Executor, optional
        Without one, ``function`` is called here.
    function : callable
        Picklable, as its results are.
    batches : iterable of (label, batch)
        Labels stay in this process.
    ahead : int
        How many batches are taken before their results are.
    """
    if executor is None:
        for label, batch in batches:
            yield label, function(batch)
        return
    running: deque[tuple[Label, Future[Result]]] = deque()
    try:
        for label, batch in batches:
            running.append((label, executor.submit(function, batch)))
            if len(running) >= ahead:
                first, future = running.popleft()
                yield first, future.result()
        while running:
            first, future = running.popleft()
            yield first, future.result()
    finally:
        for _, future in running:
            future.cancel()
