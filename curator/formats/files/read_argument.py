"""Reads what a person names on the command line: a file, what a link leads to, a pipe."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from curator.errors import FormatError
from curator.formats.files.bounded_io import MAX_BYTES, read_bounded, too_large

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_input"]

_STANDARD_INPUT = 0


def read_input(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return at most ``limit`` bytes of what a person named; ``-`` is standard input.

    Unlike the files of a repository it may be a symbolic link or a pipe.

    Raises
    ------
    FormatError
        It cannot be read, is a folder, or is too large.
    """
    name = os.fspath(path)
    try:
        if name != "-" and stat.S_ISREG(os.stat(name).st_mode):
            return _named(name, os.path.realpath(name), limit)
        descriptor = _STANDARD_INPUT if name == "-" else os.open(name, os.O_RDONLY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb", closefd=name != "-") as stream:
            raw = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(f"cannot be read: {reason}", path=name) from None
    if len(raw) > limit:
        raise too_large(name, len(raw), limit)
    return raw


def _named(name: str, path: str, limit: int) -> bytes:
    """Return a regular file; errors name it as the person did."""
    try:
        return read_bounded(path, limit)
    except FormatError as error:
        error.path = name
        raise
