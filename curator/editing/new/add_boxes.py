"""Adds rows to a new list of bad pixels, as a person types them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from curator.calibrations.types.box_list import BOX_COLUMNS
from curator.errors import EditingError, UsageError
from curator.formats.read import read_document

__all__ = ["Box", "add_boxes", "parse_box"]

# x0, y0, width and height, in pixels.
Box: TypeAlias = tuple[int, ...]


def parse_box(text: str) -> Box:
    """Return the box that ``X0,Y0,WIDTH,HEIGHT`` names.

    Raises
    ------
    UsageError
        These are not four whole numbers.

    Examples
    --------
    >>> parse_box("1022,0,1,4000")
    (1022, 0, 1, 4000)
    """
    cells = [cell.strip() for cell in text.split(",")]
    if len(cells) != len(BOX_COLUMNS) or not all(cell.isascii() and cell.isdigit() for cell in cells):
        raise UsageError(
            f"--box {text!r} is not four whole numbers",
            keyword="box",
            value=text,
            hint="--box X0,Y0,WIDTH,HEIGHT in pixels counted from 0, such as --box 1022,0,1,4000",
        )
    return tuple(int(cell[:20]) for cell in cells)


def add_boxes(raw: bytes, path: str, boxes: Sequence[Box]) -> bytes:
    """Return the text of a list of boxes with rows behind its last one; every other byte stays.

    Raises
    ------
    EditingError
        The table has other columns than those of a box.
    FormatError
        The text cannot be read.
    """
    if not boxes:
        return raw
    document = read_document(path, raw)
    names = list(document.columns)
    if set(names) != set(BOX_COLUMNS):
        raise EditingError(
            f"has the columns {', '.join(names)}: a box is {', '.join(BOX_COLUMNS)}",
            path=path,
            keyword="box",
            hint="leave out --box, and write the row into the new file",
        )
    end = b"\r\n" if raw.endswith(b"\r\n") else b"\n"
    rows = [dict(zip(BOX_COLUMNS, box, strict=True)) for box in boxes]
    lines = [document.delimiter.join(str(row[name]) for name in names).encode("ascii") for row in rows]
    return b"".join([raw if raw.endswith(b"\n") else raw + end, *(line + end for line in lines)])
