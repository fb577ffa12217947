"""A progress bar, for whoever looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress_bar"]

WIDTH = 30
INTERVAL = 0.1


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to call with (done, total), or `None` where standard error is no terminal.

    The bar is wiped at the end, so that what a command says stands alone.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from time import monotonic

    drawn = 0.0

    def show(done: int, total: int) -> None:
        nonlocal drawn
        if done < total and monotonic() - drawn < INTERVAL:
            return
        drawn = monotonic()
        filled = WIDTH * done // total if total else WIDTH
        sys.stderr.write(f"\r{label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
