"""The two commits that ``A..B`` names."""

from __future__ import annotations

import os

from curator.errors import UsageError

__all__ = ["parse_range", "take_range"]


def parse_range(text: str) -> tuple[str, str] | None:
    """Return the two commits of ``A..B``, HEAD for one that is left out at the end; `None` if it is no range.

    A path that goes up, such as ``../file`` or ``folder/..``, is no range.

    Examples
    --------
    >>> parse_range("v1..v2"), parse_range("origin/main.."), parse_range("../file")
    (('v1', 'v2'), ('origin/main', 'HEAD'), None)
    """
    base, dots, head = text.partition("..")
    if not dots or not base or base.endswith("/") or head.startswith(("/", ".")) or ".." in head:
        return None
    return base, head or "HEAD"


def take_range(paths: list[str]) -> tuple[tuple[str, str] | None, list[str]]:
    """Return the range among the words of a command line, `None` if there is none, and the other words.

    A file that exists is meant before a range.

    Raises
    ------
    UsageError
        There are several ranges.
    """
    ranges = {word: found for word in paths if (found := parse_range(word)) and not os.path.lexists(word)}
    if len(ranges) > 1:
        raise UsageError(f"{' and '.join(ranges)} are two ranges", hint="check one range at a time")
    return next(iter(ranges.values()), None), [word for word in paths if word not in ranges]
