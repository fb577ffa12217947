"""Values as lines for a terminal or a prompt of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from textwrap import wrap

from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.registries.model.describe import moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.errors import CuratorError

__all__ = ["aligned", "date_text", "error_lines", "unread", "wrapped"]

WIDTH = 80
# Rows of a table that are shown, before the rest is counted.
SHOWN = 20
# Files that cannot be read, of which the paths are shown.
_NAMED = 3


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


def error_lines(error: CuratorError, *, first: str = "", rest: str = "  ") -> list[str]:
    """Return an error with its place and its hint, each on a line of its own."""
    return [line for said in str(error).split("\n") for line in wrapped(said.strip(), first=first, rest=rest)]


def unread(problems: Sequence[CuratorError]) -> str:
    """Return how many files cannot be read, and which; empty if there are none.

    Examples
    --------
    >>> from curator.errors import FormatError
    >>> unread([FormatError("no header", path="a.ecsv"), FormatError("no header", path="b.ecsv")])
    '2 files cannot be read: a.ecsv, b.ecsv'
    """
    if not problems:
        return ""
    paths = list(dict.fromkeys(error.path for error in problems))
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return f"{counted(len(problems), 'file')} cannot be read: {', '.join(paths[:_NAMED])}{more}"


def date_text(date: datetime | None) -> str:
    """Return a date without its time if that is midnight; ``no end`` if there is none."""
    return moment(date) if date else "no end"
