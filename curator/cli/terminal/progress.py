"""A progress bar, for whoever looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from curator.cli.terminal.console import is_quiet
from curator.cli.terminal.layout import terminal_width

__all__ = ["progress_bar"]

WIDTH = 30
INTERVAL = 0.1


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to call with (done, total), or `None` where standard error is no terminal.

    The bar is wiped at the end, so that what a command says stands alone.
    """
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    from time import monotonic

    drawn, longest, width = 0.0, 0, terminal_width(sys.stderr)

    def show(done: int, total: int) -> None:
        nonlocal drawn, longest
        if done < total and monotonic() - drawn < INTERVAL:
            return
        drawn = monotonic()
        text = f"{done}/{total}"
        room = max(1, min(WIDTH, width - len(label) - len(text) - 5))
        filled = room * done // total if total else room
        text = f"{label} [{'#' * filled}{'.' * (room - filled)}] {text}"
        longest = max(longest, len(text))
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if drawn:
            sys.stderr.write(f"\r{' ' * longest}\r")
            sys.stderr.flush()
