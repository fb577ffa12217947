"""Processes that share work, and do not outlive the one that started them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ProcessPoolExecutor
    from typing import Any

__all__ = ["inherited", "worker_pool"]

# Descriptors of locks that programs started from here keep open: a lock is free when all of them have ended.
inherited: set[int] = set()


def worker_pool(jobs: int, begin: Callable[..., None] | None = None, *args: Any) -> ProcessPoolExecutor:
    """Return a pool of fresh processes.

    They are not forked: a fork would copy locks, and the pipe to git, into every one of them.

    Parameters
    ----------
    jobs : int
    begin : callable, optional
        Called with ``args`` in each worker before anything else.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Workers begin as `python -c`, which looks for modules in the current directory first: a stranger's
    # repository. They begin later than this returns, so it stays set.
    os.environ["PYTHONSAFEPATH"] = "1"
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (begin, args))


def _begin(begin: Callable[..., None] | None, args: tuple[Any, ...]) -> None:
    _end_with_parent()
    if begin is not None:
        begin(*args)


def _end_with_parent() -> None:
    """Let a worker die when its parent was killed: it would wait for work for ever."""
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    assert parent is not None

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
