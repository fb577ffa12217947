"""CUR30x: boxes of defects."""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.types.box_list import BOX_COLUMNS
from curator.checks.model.rule import rule
from curator.checks.rules.content.boxes.parse import boxes_of, corners_of, overlapping, solid
from curator.checks.rules.shared.columns import STRUCTURE, missing_columns, not_numbers, wrong_unit
from curator.checks.rules.shared.geometry import first_overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []


@rule("CUR300", "content is not a table of boxes", types=("box_list",))
def structure(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A box is the position of its lower-left pixel and its size, in four columns of numbers: `x0`, `y0`,
    `width` and `height`.

    Bad::

        # - {name: widht, unit: pix, datatype: int32}
        x0 y0 widht height
        10 20 1 4
    """
    yield from missing_columns(doc, ctx, BOX_COLUMNS, (*BOX_COLUMNS, "reason"))
    yield from not_numbers(doc, ctx, BOX_COLUMNS)


@rule("CUR302", "defect contains no pixels", types=("box_list",))
def empty(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A box without width or height masks nothing, and a negative size makes readers fail. Correct the size,
    or remove the row.

    Bad::

        x0 y0 width height
        10 20 0 4

    Good::

        x0 y0 width height
        10 20 1 4
    """
    boxes = boxes_of(doc, ctx)
    if boxes is None or not boxes[0] or solid(boxes, ctx):
        return
    for row, (width, height) in enumerate(zip(boxes[2], boxes[3], strict=True)):
        if width <= 0 or height <= 0:
            name, size = ("width", width) if width <= 0 else ("height", height)
            yield ctx.finding(
                doc.cell(row, name),
                f"{name} = {size:.0f}: the box contains no pixels",
                hint="a single pixel has width 1 and height 1; remove the row if it is not needed",
                subject=name,
            )


@rule("CUR303", "duplicate defect", types=("box_list",))
def duplicate(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The second row masks nothing new. Check whether it should be at another position, else remove it.

    Bad::

        x0 y0 width height
        10 20 1 4
        10 20 1 4
    """
    boxes = boxes_of(doc, ctx)
    if boxes is None or not boxes[0] or (solid(boxes, ctx) and overlapping(boxes, ctx) is None):
        return  # of boxes that share no pixel, no two are alike
    if len(set(zip(*boxes, strict=True))) == len(boxes[0]):
        return
    ctx.memo["duplicates"] = True
    first: dict[tuple[float, ...], int] = {}
    for row, box in enumerate(zip(*boxes, strict=True)):
        other = first.setdefault(box, row)
        if other != row:
            yield ctx.finding(
                doc.cell(row, "x0"),
                f"the box {' '.join(f'{value:.0f}' for value in box)} is already in line "
                f"{doc.cell(other, 'x0').line}",
                hint="remove one of the two rows",
                topic="duplicate box",
            )


@rule("CUR304", "position or size is not a whole number of pixels", types=("box_list",))
def not_whole(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Positions and sizes are counts of pixels. Readers drop a fraction, or refuse the file.

    Bad::

        # - {name: x0, datatype: float64}
        x0 y0 width height
        10.5 20 1 4

    Good::

        # - {name: x0, datatype: float64}
        x0 y0 width height
        10.0 20 1 4
    """
    if STRUCTURE in ctx.blamed:
        return
    boxes = boxes_of(doc, ctx)
    for name in BOX_COLUMNS:
        column = doc.columns[name]
        if (boxes or None not in column.values) and (column.datatype[0] != "f" or _whole(column.values)):
            continue
        for row, value in enumerate(column.values):
            if value is None or (isinstance(value, float) and not value.is_integer()):
                yield ctx.finding(
                    doc.cell(row, name),
                    f"{name} is empty"
                    if value is None
                    else f"{name} = {value} is not a whole number of pixels",
                    hint="write a whole number",
                    subject=name,
                )


def _whole(values: list[float]) -> bool:
    try:
        return all(map(float.is_integer, values))
    except TypeError:  # of 128 bits, which Python's own floats do not have
        return all(value.is_integer() for value in values)


@rule("CUR305", "defects overlap", types=("box_list",), severity="info")
def overlap(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Overlapping boxes are common and harmless: the masked area is the union of all boxes. Only the first
    pair of a file is listed.

    Bad::

        x0 y0 width height
        10 20 5 5
        12 22 5 5
    """
    boxes = boxes_of(doc, ctx)
    if boxes is None or not boxes[0]:
        return
    found = overlapping(boxes, ctx)
    if found and ctx.memo.get("duplicates"):
        found = first_overlap({one[:4]: one for one in reversed(corners_of(boxes, ctx))}.values())
    if found:
        upper, lower = found
        yield ctx.finding(
            doc.cell(lower, "x0"),
            f"the box overlaps the one in line {doc.cell(upper, 'x0').line}",
            topic="boxes overlap",
        )


@rule("CUR306", "box has the wrong unit", types=("box_list",))
def unit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Boxes are in pixels. Use the unit `pix`, or no unit.

    Bad::

        # - {name: x0, unit: mm, datatype: int32}

    Good::

        # - {name: x0, unit: pix, datatype: int32}
    """
    for name in BOX_COLUMNS:
        yield from wrong_unit(doc, ctx, name, ("pix", "pixel", ""), "a count of pixels")
