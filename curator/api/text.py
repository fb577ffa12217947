"""Values as lines for a terminal or a prompt of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from textwrap import wrap

from curator.formats.files.terminal_escape import escape
from curator.registries.model.describe import moment

__all__ = ["aligned", "date_text", "wrapped"]

WIDTH = 80
# Rows of a table that are shown, before the rest is counted.
SHOWN = 20


def aligned(header: Sequence[str], rows: Iterable[Sequence[object]], *, most: int = SHOWN) -> list[str]:
    """Return the lines of a table; of more rows than ``most`` the first ones, and how many are left."""
    every = [[escape(str(cell)) for cell in row] for row in rows]
    shown = [list(header), *every[:most]]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = [
        "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in shown
    ]
    if len(every) > most:
        lines.append(f"and {len(every) - most:,} more")
    return lines


def wrapped(text: str, *, first: str = "", rest: str = "  ") -> list[str]:
    """Return a text in lines of 80 characters; words are not broken.

    Parameters
    ----------
    first, rest : str
        What the first line begins with, and each of the others.
    """
    return wrap(
        escape(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]


def date_text(date: datetime | None) -> str:
    """Return a date without its time if that is midnight; ``no end`` if there is none."""
    return moment(date) if date else "no end"
