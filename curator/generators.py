"""How a generator of files, started with ``python -m``, ends."""

from __future__ import annotations

import sys
from collections.abc import Callable

from curator.errors import LocatedError

__all__ = ["run_generator"]


def run_generator(write: Callable[[], object]) -> None:
    """Run a generator; an error ends the process as it ends a verb: in one line and a hint."""
    try:
        write()
    except LocatedError as error:
        sys.stderr.write(f"curator: {error}\n")
        sys.exit(error.exit_status)
