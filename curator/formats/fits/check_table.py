"""A look at the columns of a FITS table before astropy reads it: what they hold must fit into what is there.

Arrays of variable length may point at the same bytes a million times, and rows may be without width: a file
of a megabyte would fill the memory of the machine.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from curator.errors import FormatError

__all__ = ["MAX_CELLS", "check_table"]

# Texts and arrays of variable length become an object each.
MAX_CELLS = 5_000_000
_MAX_EMPTY_ROWS = 100_000
_BITS = {"L": 8, "X": 1, "B": 8, "I": 16, "J": 32, "K": 64, "A": 8, "E": 32, "D": 64, "C": 64, "M": 128}
_POINTERS = {"P": 4, "Q": 8}
_FORM = re.compile(rb"TFORM([1-9]\d{0,2}) *= *' *(\d{0,10})([A-Za-z])([^']*)'")
_DIM = re.compile(rb"TDIM([1-9]\d{0,2}) *= *' *\( *(\d{1,10})[^']*'")
_LENGTH = 80


class _Column(NamedTuple):
    number: int
    offset: int
    repeat: int
    kind: str
    rest: str


def check_table(header: bytes, sizes: dict[str, int], data: bytes, start: int) -> None:
    """Raise where a table holds more than its bytes, or does not say what its rows are made of.

    Parameters
    ----------
    header : bytes
    sizes : dict of str to int
        Its counts, such as ``NAXIS2``.
    data : bytes
        The file.
    start : int
        Where the table's rows begin in it.

    Raises
    ------
    FormatError
        Naming the keyword.
    """
    rows, width = sizes.get("NAXIS2", 0), sizes.get("NAXIS1", 0)
    columns = list(_columns(header, sizes.get("TFIELDS", 0)))
    made = sum(_width(one) for one in columns)
    if made != width:
        raise FormatError(f"NAXIS1 is {width}, but its columns take {made} bytes", keyword="NAXIS1")
    if width == 0 and rows > _MAX_EMPTY_ROWS:
        raise FormatError(f"NAXIS2 is {rows} for rows without width", keyword="NAXIS2", value=rows)
    lengths = {int(one[1]): int(one[2]) for one in _cards(header, _DIM)}
    cells = 0
    for one in columns:
        if one.kind == "A":
            length = lengths.get(one.number, one.repeat)
            cells += rows * max(1, one.repeat // max(1, length))
        elif one.kind in _POINTERS:
            cells += rows
    if cells > MAX_CELLS:
        raise FormatError(f"{cells:,} texts and arrays are more than the {MAX_CELLS:,} that are read")
    for one in columns:
        if one.kind in _POINTERS and one.repeat and rows:
            _check_heap(one, sizes, data, start)


def _cards(header: bytes, wanted: re.Pattern[bytes]) -> list[re.Match[bytes]]:
    cards = (header[at : at + _LENGTH] for at in range(0, len(header), _LENGTH))
    return [found for card in cards if (found := wanted.match(card))]


def _columns(header: bytes, fields: int) -> list[_Column]:
    forms: dict[int, tuple[int, str, str]] = {}
    for found in _cards(header, _FORM):
        form = int(found[2] or 1), found[3].decode().upper(), found[4].decode("latin-1").strip()
        if forms.setdefault(int(found[1]), form) != form:
            raise FormatError("a column has two formats", keyword=f"TFORM{int(found[1])}")
    columns: list[_Column] = []
    offset = 0
    for number in range(1, fields + 1):
        repeat, kind, rest = forms.get(number, (0, "?", ""))
        if kind not in _BITS and kind not in _POINTERS:
            raise FormatError("the format of a column is not one that FITS knows", keyword=f"TFORM{number}")
        columns.append(_Column(number, offset, repeat, kind, rest))
        offset += _width(columns[-1])
    return columns


def _width(column: _Column) -> int:
    if column.kind in _POINTERS:
        return 2 * _POINTERS[column.kind] * min(column.repeat, 1)
    return -(-column.repeat * _BITS[column.kind] // 8)


def _check_heap(column: _Column, sizes: dict[str, int], data: bytes, start: int) -> None:
    """Raise where the arrays of a column are together longer than all that stands behind the rows."""
    import numpy as np

    size = _POINTERS[column.kind]
    counts = np.ndarray(
        sizes["NAXIS2"],
        f">i{size}",
        buffer=data,
        offset=start + column.offset,
        strides=(sizes["NAXIS1"],),
    )
    bits = _BITS.get(column.rest[:1].upper(), 8)
    # As floats, which do not overflow; what is near the limit of their precision is far beyond any file.
    total = float(counts.astype(np.float64).sum()) * bits / 8
    if counts.min() < 0 or total > sizes.get("PCOUNT", 0):
        raise FormatError(
            "arrays of a column lie outside the table, or over each other", keyword=f"TFORM{column.number}"
        )
