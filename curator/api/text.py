"""Values as lines for a terminal or a prompt of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from curator.formats.files.terminal_escape import escape

__all__ = ["aligned", "counted", "date_text", "wrapped"]

WIDTH = 80
# Rows of a table that are shown, before the rest is counted.
SHOWN = 20

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime


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


def counted(number: int, what: str) -> str:
    """Return a number of things, as ``1 file`` or ``1,401 files``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def date_text(date: datetime | None) -> str:
    """Return a date without its time if that is midnight; ``no end`` if there is none."""
    return date.isoformat().removesuffix("T00:00:00") if date else "no end"
