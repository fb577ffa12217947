"""Rows of nothing but numbers, in the form that programs write: all cells at once.

JSON's grammar of numbers is narrower than that of `int` and `float`, and what both accept is the same value:
a JSON scanner reads such rows without making a string of every cell. It accepts or declines;
`curator.formats.ecsv.strict_rows` reads what it declines, and says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from types import SimpleNamespace

from curator.formats.ecsv.header_yaml import INTEGERS, Declaration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Range: TypeAlias = tuple[int, int] | None

__all__ = ["number_ranges", "read_numbers", "share_integers"]

_FLOATS = frozenset(("float16", "float32", "float64"))
_OF_NUMBERS = b"0123456789+-.eE"
_COMMAS = {ord(" "): ",", ord("\n"): ","}
# Longer cells are for others to judge.
_LARGEST = 1 << 17
# Integers that are kept to be used again.
_DISTINCT = 1 << 16


def number_ranges(columns: Sequence[Declaration]) -> list[Range]:
    """Return smallest and largest value of each column, `None` for floats; nothing if not all are numbers."""
    found: list[Range] = []
    for one in columns:
        if one.subtype is not None or one.shape or not (one.datatype in _FLOATS or one.datatype in INTEGERS):
            return []
        found.append(INTEGERS.get(one.datatype))
    return found


def read_numbers(chunk: str, ranges: Sequence[Range], delimiter: str) -> list[list[Any]] | None:
    """Return the values of each column, `None` if that takes a closer look.

    Parameters
    ----------
    chunk : str
        Whole lines.
    ranges : sequence
        From `number_ranges`.
    delimiter : str
        Of the table.
    """
    if delimiter != " " or not chunk.isascii() or len(chunk) > _LARGEST:
        return None
    body = chunk if chunk.endswith("\n") else chunk + "\n"
    width, rows = len(ranges), body.count("\n")
    # One blank between cells, no line empty, and nothing that no number has: seen in one pass.
    if body.encode("ascii").translate(None, _OF_NUMBERS) != (b" " * (width - 1) + b"\n") * rows:
        return None
    try:
        flat, _ = _scanner()(f"[{body[:-1].translate(_COMMAS)}]", 0)
    except (ValueError, StopIteration, SystemError):
        # The scanner takes its own exception from `json.decoder`. Where that is not loaded it fails without
        # one, which Python notices.
        return None
    if len(flat) != width * rows:
        return None
    found = [flat[at::width] for at in range(width)]
    for at, (values, extent) in enumerate(zip(found, ranges, strict=True)):
        kinds = set(map(type, values))
        if extent is None:
            if int in kinds:
                if chunk.startswith("-0") or " -0" in chunk or "\n-0" in chunk:
                    return None  # a float has a negative zero, an integer has none
                try:
                    found[at] = list(map(float, values))
                except OverflowError:
                    return None
        elif float in kinds or min(values) < extent[0] or max(values) > extent[1]:
            return None
    return found


def share_integers(found: list[list[Any]], ranges: Sequence[Range], known: dict[int, int]) -> None:
    """Make equal integers one object, as those of pixels are few: in a list each takes four times its place.

    Parameters
    ----------
    found : list of list
        From `read_numbers`; its lists are replaced.
    ranges : sequence
        From `number_ranges`.
    known : dict
        Those that were met so far. Where they are too many, others stay as they are.
    """
    for at, extent in enumerate(ranges):
        if extent is not None and len(known) < _DISTINCT:
            found[at] = list(map(known.setdefault, found[at], found[at]))


@cache
def _scanner() -> Callable[[str, int], tuple[list[Any], int]]:
    """Return what `json` scans with; the package itself takes longer to import than to read a file."""
    from _json import make_scanner

    how = SimpleNamespace(
        strict=True,
        object_hook=None,
        object_pairs_hook=None,
        parse_float=float,
        parse_int=int,
        parse_constant=None,
    )
    scanner: Callable[[str, int], tuple[list[Any], int]] = make_scanner(how)  # type: ignore[arg-type]
    return scanner
