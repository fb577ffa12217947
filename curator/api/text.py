"""Values as lines for a terminal or a prompt of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from curator.formats.files.terminal_escape import escape

__all__ = ["WIDTH", "aligned", "wrapped"]

WIDTH = 80
# Rows of a table that are shown, before the rest is counted.
SHOWN = 20


def aligned(header: Sequence[str], rows: Iterable[Sequence[object]], *, most: int = SHOWN) -> list[str]:
    """Return the lines of a table; of more rows than ``most`` the first ones, and how many are left."""
    every = [[escape(str(cell)) for cell in row] for row in rows]
    shown = [list(header), *every[:most]]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]
    if len(every) > most:
        lines.append(f"and {len(every) - most:,} more")
    return lines


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text in lines of at most `WIDTH` characters, but for longer words."""
    return wrap(
        escape(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]
