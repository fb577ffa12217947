"""A progress bar for work that takes more than a moment, where somebody looks on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from curator.cli.terminal.console import is_quiet

__all__ = ["progress_bar"]

WIDTH = 30
INTERVAL = 0.1
# What is over sooner shows no bar [s].
DELAY = 2.0


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to call with (done, total), or `None` where standard error is no terminal.

    The bar appears after `DELAY` seconds, and is wiped at the end, so that what a command says stands alone.
    """
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    from time import monotonic

    wanted = monotonic() + DELAY
    drawn = 0

    def show(done: int, total: int) -> None:
        nonlocal wanted, drawn
        now = monotonic()
        if now < wanted:
            return
        wanted = now + INTERVAL
        text = _bar(label, done, total)
        sys.stderr.write(f"\r{text.ljust(drawn)}")
        sys.stderr.flush()
        drawn = len(text)

    try:
        yield show
    finally:
        if drawn:
            # Blanks, since not every terminal knows how to wipe a line.
            sys.stderr.write(f"\r{' ' * drawn}\r")
            sys.stderr.flush()


def _bar(label: str, done: int, total: int) -> str:
    """Return one line that fits into the terminal."""
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):  # it went away
        columns = 80
    counts = f"{done}/{total}"
    width = min(WIDTH, columns - len(label) - len(counts) - 5)
    filled = width * done // total if total else width
    bar = f" [{'#' * filled}{'.' * (width - filled)}]" if width > 0 else ""
    return f"{label}{bar} {counts}"[: max(columns - 1, 1)]
