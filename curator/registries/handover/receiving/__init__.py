"""The program of a hand-over: it takes one into a Butler at a site that may have nothing but the Rubin stack.

A hand-over has a copy of this package, so nothing in here imports anything else of curator's.
"""

from __future__ import annotations

__all__ = ["CommandError", "RefusedError", "first_line"]


class RefusedError(Exception):
    """Nothing was written, because of this."""


class CommandError(RefusedError):
    """The command line asks for what this hand-over is not for."""


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says, or its kind if it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
