"""CUR33x: linearizers."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.content.linearizer.parse import LOOKUP, amplifiers_of, entry
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []


@rule("CUR330", "amplifiers differ from those of the detector", types=("linearizer",), requires="amplifiers")
def amplifiers(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers find the correction of an amplifier by its name. They never find a misspelled name.

    Bad (linearizer)::

        amplifiers:
          A: {linearityType: Polynomial, linearityCoeffs: [0.0]}
          Q: {linearityType: Polynomial, linearityCoeffs: [0.0]}
    """
    known = ctx.detector.amplifiers if ctx.detector else ()
    found = amplifiers_of(doc)
    if not known or not found:
        return
    name = ctx.detector.name if ctx.detector else ""
    missing = [one for one in known if one not in found]
    strange = [one for one in found if one not in known]
    for one in strange:
        near = nearest(str(one), missing) or (missing[0] if len(missing) == len(strange) == 1 else "")
        yield ctx.finding(
            doc.at("amplifiers", one),
            f"{shown(one)} is not an amplifier of {name}",
            hint=did_you_mean(near, f"it has {', '.join(known)}"),
            topic="no amplifier of the detector",
            subject=str(one),
        )
    if missing and not strange:
        yield ctx.finding(
            doc.at("amplifiers"),
            f"amplifier {', '.join(missing[:4])}{' and others' if missing[4:] else ''} of {name} is missing",
            topic="amplifiers are missing",
        )


@rule("CUR331", "boxes do not cover the detector", types=("linearizer",), requires="size")
def cover(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Every pixel belongs to exactly one amplifier. A pixel outside all boxes is not corrected, and a pixel
    in two boxes is corrected twice.

    Bad (linearizer)::

        amplifiers:
          A:
            linearityType: Polynomial
            linearityCoeffs: [0.0]
            linearityBBox: !!python/object/apply:lsst.geom.Box2I
            - !!python/object/apply:lsst.geom.Point2I [0, 0]
            - !!python/object/apply:lsst.geom.Point2I [1023, 4095]
          B:
            linearityType: Polynomial
            linearityCoeffs: [0.0]
            linearityBBox: !!python/object/apply:lsst.geom.Box2I
            - !!python/object/apply:lsst.geom.Point2I [1000, 0]
            - !!python/object/apply:lsst.geom.Point2I [2047, 4095]
    """
    from curator.checks.rules.shared.geometry import first_overlap

    boxes = {
        name: one["linearityBBox"]
        for name, one in amplifiers_of(doc).items()
        if _is_box(one.get("linearityBBox"))
    }
    if not boxes or ctx.detector is None:
        return
    width, height = ctx.detector.width, ctx.detector.height
    names = list(boxes)
    for name, box in boxes.items():
        outside = width and height and (box.x1 >= width or box.y1 >= height)
        if box.x0 < 0 or box.y0 < 0 or outside:
            yield ctx.finding(
                doc.value_at("amplifiers", name, "linearityBBox"),
                f"linearityBBox of {name} is {_corners(box)}, but {ctx.detector.name} is {width} x "
                f"{height} pixels",
                hint="corners are the first and the last pixel; coordinates start at 0",
                topic="a box extends outside the detector",
                subject=str(name),
            )
            return
    overlap = first_overlap(
        (one.x0, one.y0, one.x1 + 1, one.y1 + 1, number) for number, one in enumerate(boxes.values())
    )
    if overlap:
        first, second = (names[one] for one in overlap)
        yield ctx.finding(
            doc.value_at("amplifiers", second, "linearityBBox"),
            f"linearityBBox of {second}, {_corners(boxes[second])}, overlaps that of {first}, "
            f"{_corners(boxes[first])}",
            hint="corners are the first and the last pixel; coordinates start at 0",
            topic="boxes overlap",
            subject=str(second),
        )
        return
    area = sum(each.width * each.height for each in boxes.values())
    if width and height and area < width * height and len(boxes) == len(amplifiers_of(doc)):
        smallest = min(boxes, key=lambda name: boxes[name].width * boxes[name].height)
        yield ctx.finding(
            doc.value_at("amplifiers", smallest, "linearityBBox"),
            f"the boxes leave out {width * height - area} of {width * height} pixels of {ctx.detector.name}; "
            f"the smallest is that of {smallest}, {_corners(boxes[smallest])}",
            hint="corners are the first and the last pixel; coordinates start at 0",
            topic="the boxes leave out pixels",
        )


def _is_box(value: Any) -> bool:
    return hasattr(value, "corners")


def _corners(box: Any) -> str:
    return f"({box.x0}, {box.y0}) to ({box.x1}, {box.y1})"


@rule("CUR336", "detector differs from the metadata", types=("linearizer",))
def detector(doc: Document, ctx: Context) -> Iterator[Finding]:
    """`detectorId` and `detectorName` are stored both at the top level and in the metadata, and readers use
    either. All must mean the same detector.

    Bad (linearizer)::

        detectorId: 3

    Bad (linearizer)::

        detectorName: S11

    Good (linearizer)::

        detectorId: 0
        detectorName: S00
    """
    known = ctx.detector
    for key, keyword in (("detectorId", "DETECTOR"), ("detectorName", "DET_NAME")):
        value, beside = entry(doc, key), doc.header.get(keyword)
        if value in (None, "") or isinstance(value, bool) or not isinstance(value, int | str):
            continue
        if keyword in ctx.blamed and _same(value, beside):
            continue  # one mistake, and the keyword has been named
        if known is not None:
            right: Any = known.id if key == "detectorId" else known.name
            same = _same(value, right)
        else:
            right = beside
            same = keyword in ctx.blamed or right in (None, "") or _same(value, right)
        if not same:
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is {shown(value)}, but the detector is {right}",
                hint=f"write {right}; check whether it was copied from another file",
                topic=f"{key} differs from the detector's",
                keyword=key,
            )


@rule("CUR337", "serial number differs from the metadata", types=("linearizer",), severity="warning")
def serial(doc: Document, ctx: Context) -> Iterator[Finding]:
    """`detectorSerial` is stored both at the top level and in the metadata. Both must mean the same device as
    the camera file.

    Bad (linearizer)::

        detectorSerial: CCD-999

    Good (linearizer)::

        detectorSerial: CCD-011
    """
    value, beside = entry(doc, "detectorSerial"), doc.header.get("DET_SER")
    if value in (None, "") or isinstance(value, bool) or not isinstance(value, int | str):
        return
    blamed = "DET_SER" in ctx.blamed
    right = (ctx.detector.serial if ctx.detector else "") or (None if blamed else beside)
    if right in (None, "") or _same(value, right) or (blamed and _same(value, beside)):
        return
    yield ctx.finding(
        doc.value_at("detectorSerial"),
        f"detectorSerial is {shown(value)}, but the detector is {right}",
        hint="check whether it was copied from another file",
        topic="detectorSerial is not the detector's",
        keyword="detectorSerial",
    )


def _same(one: Any, other: Any) -> bool:
    return str(one).strip().lower() == str(other).strip().lower()


@rule("CUR338", "hasTable contradicts the file", types=("linearizer",))
def has_table(doc: Document, ctx: Context) -> Iterator[Finding]:
    """`hasTable`, HAS_TABLE and the types of the amplifiers all say whether there is a look-up table. Readers
    use only one of them, so they must agree.

    Bad (linearizer)::

        hasTable: false
        amplifiers:
          A: {linearityType: LookupTable, linearityCoeffs: [0, 0]}
          B: {linearityType: LookupTable, linearityCoeffs: [1, 0]}
        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.3]

    Good (linearizer)::

        hasTable: true
        amplifiers:
          A: {linearityType: LookupTable, linearityCoeffs: [0, 0]}
          B: {linearityType: LookupTable, linearityCoeffs: [1, 0]}
        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.3]

    Bad (linearizer)::

        metadata:
          HAS_TABLE: true
    """
    found = {"hasTable": entry(doc, "hasTable"), "HAS_TABLE": doc.header.get("HAS_TABLE")}
    stated = {key: value for key, value in found.items() if isinstance(value, bool) and key not in ctx.blamed}
    user = next(
        (name for name, one in amplifiers_of(doc).items() if one.get("linearityType") == LOOKUP), None
    )
    denied = [key for key, value in stated.items() if not value]
    if user is not None and denied:
        yield ctx.finding(
            doc.value_at(denied[0]),
            f"{' and '.join(denied)} {'are' if denied[1:] else 'is'} false, but amplifier {user} is of type "
            f"{LOOKUP}",
            hint="write true",
            topic="hasTable is false, but amplifiers use the look-up table",
            keyword=denied[0],
        )
    elif denied and len(denied) < len(stated):
        yield ctx.finding(
            doc.value_at("hasTable"),
            f"hasTable is {str(stated['hasTable']).lower()}, but HAS_TABLE of the metadata is "
            f"{str(stated['HAS_TABLE']).lower()}",
            topic="hasTable is not HAS_TABLE",
            keyword="hasTable",
        )
