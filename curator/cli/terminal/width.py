"""How wide a terminal is."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["is_read", "terminal_width"]

_USUAL = 80
_NARROWEST = 40


def is_read(stream: TextIO | None = None) -> bool:
    """Whether lines are laid out for eyes: ``stream`` is a terminal, or ``COLUMNS`` says how wide one is."""
    return _told() is not None or (stream or sys.stdout).isatty()


def terminal_width(stream: TextIO | None = None) -> int:
    """Return how many characters a line of ``stream`` (standard output) holds.

    ``COLUMNS``, else what the terminal says, else 80; never less than 40.
    """
    told = _told()
    if told is None:
        # Not by shutil: it imports all its compression modules.
        try:
            told = os.get_terminal_size((stream or sys.stdout).fileno()).columns
        except (OSError, ValueError):  # no terminal; no file at all
            told = 0
    return max(_NARROWEST, told or _USUAL)


def _told() -> int | None:
    text = os.environ.get("COLUMNS", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else None
