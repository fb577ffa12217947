"""Writes where a person on the command line said: into a file whole or not at all, else as it comes."""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import TYPE_CHECKING

from curator.errors import FormatError, UsageError
from curator.formats.files.bounded_io import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["refuse_input", "write_output"]

_DESCRIPTOR = re.compile(r"/dev/(?:stdin|stdout|stderr|fd/(\d{1,6}))|/proc/(?:self|thread-self)/fd/(\d{1,6})")
_STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


def write_output(path: str | Path, data: bytes) -> None:
    """Write to the place that a person named.

    A file, or the file that a symbolic link leads to, is replaced: after a crash its old or its new content
    stands, never a part. A device, a pipe or an open descriptor (``/dev/stdout``) is written into.

    Raises
    ------
    FormatError
        With the system's reason: no space, read-only, no such folder.
    BrokenPipeError
        Nobody reads a pipe any more.
    """
    name = os.fspath(path)
    try:
        descriptor = _descriptor(name)
        if descriptor is not None:
            sys.stdout.flush()  # what was printed before stands before it
            _write(os.dup(descriptor), data)
            return
        if _is_special(name):
            _write(os.open(name, os.O_WRONLY | os.O_CLOEXEC | os.O_NOCTTY), data)
            return
        target = os.path.realpath(name) if os.path.islink(name) else name
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(f"cannot be written: {reason}", path=name) from None
    write_atomic(target, data)


def refuse_input(path: str | Path, *inputs: str | Path | None) -> None:
    """Refuse a place to write to that is one of the files that are read; see `write_output`.

    Raises
    ------
    UsageError
        It is the same file, by this name or another.
    """
    for one in inputs:
        try:
            is_same = one is not None and os.path.isfile(path) and os.path.samefile(path, one)
        except (OSError, ValueError):
            continue  # what does not exist is not written over
        if is_same:
            raise UsageError(
                f"{os.fspath(path)}: this input file would be overwritten", hint="name another file"
            )


def _descriptor(name: str) -> int | None:
    """Return the open descriptor that a name stands for: opened by its name, a file would begin anew."""
    normal = os.path.normpath(name)
    found = _DESCRIPTOR.fullmatch(normal)
    if found is None:
        return None
    return _STANDARD[normal] if normal in _STANDARD else int(found[1] or found[2])


def _is_special(name: str) -> bool:
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb", buffering=0) as stream:
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) :]
