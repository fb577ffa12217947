"""DS9 region files: boxes and points in image coordinates, and lists of pixel boxes.

DS9 counts from 1, and a pixel's centre is a whole number; a box there is its centre and its size. A list of
boxes counts from 0 and names the lower-left pixel, so ``x0 = xc - (width - 1) / 2 - 1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curator.errors import FormatError

__all__ = [
    "MAX_REGIONS",
    "MAX_REGION_BYTES",
    "RegionBox",
    "Regions",
    "box_text",
    "read_regions",
    "write_regions",
]

MAX_REGIONS = 100_000
MAX_REGION_BYTES = 16 * 1024 * 1024
_FIRST_LINE = "# Region file format: DS9 version 4.1"


class RegionBox(NamedTuple):
    """A box of pixels: its lower-left one counted from 0, its size, and what is said of it."""

    x0: int
    y0: int
    width: int
    height: int
    notes: tuple[str, ...] = ()


class Regions(NamedTuple):
    """Boxes in the order of the file, and the notes after the last one."""

    boxes: tuple[RegionBox, ...]
    after: tuple[str, ...] = ()


def read_regions(path: str, raw: bytes) -> Regions:
    """Return the boxes of a region file.

    A point is a box of one pixel. ``text={…}`` of a region and comment lines before it are its notes;
    colours and the like are passed over.

    Parameters
    ----------
    path : str
        As messages name it.
    raw : bytes
        At most `MAX_REGION_BYTES`, which is for the caller to see to.

    Raises
    ------
    FormatError
        With the line: another shape or coordinate system, an excluded or composite region, a box whose edges
        are not those of pixels, a size that is not in pixels, or more than is read.
    """
    from curator.formats.regions.reader import RegionReader

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8 text", path=path, line=line) from None
    reader = RegionReader(path)
    for number, given in enumerate(text.split("\n"), 1):
        reader.line(number, given.rstrip("\r"))
    return Regions(tuple(reader.boxes), tuple(reader.pending))


def write_regions(boxes: Iterable[RegionBox], after: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of a region file in image coordinates; `read_regions` gives the boxes back."""
    yield _FIRST_LINE
    yield "image"
    for box in boxes:
        yield box_text(box) + (f" # text={_quoted(' / '.join(box.notes))}" if box.notes else "")
    yield from (f"# {note}" for note in after)


def box_text(box: RegionBox) -> str:
    """Return a box as DS9 writes it.

    Examples
    --------
    >>> box_text(RegionBox(0, 0, 1, 4))
    'box(1,2.5,1,4,0)'
    """
    return f"box({_centre(box.x0, box.width)},{_centre(box.y0, box.height)},{box.width},{box.height},0)"


def _centre(first: int, size: int) -> str:
    doubled = 2 * first + size + 1
    return f"{'-' if doubled < 0 else ''}{abs(doubled) // 2}{'.5' if doubled % 2 else ''}"


def _quoted(text: str) -> str:
    for opened, closed in ("{}", '""', "''"):
        if opened not in text and closed not in text:
            return opened + text + closed
    return "{" + text.replace("{", "(").replace("}", ")") + "}"
