"""CUR35x: cameras."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from curator.calibrations.cameras.camera import filter_directory
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# No detector of the sky by electronics before, no camera planned after.
_FIRST, _LAST = 1960, 2100
HINT = "until you fix it, only rules that do not need a camera are applied"


@rule("CUR350", "camera cannot be used", types=("camera",))
def camera(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All files of a camera are checked against this file. Its names and ids must be quoted, complete and
    distinct.

    Bad (camera)::

        detectors:
        - {name: "S00", id: 0}
        - {name: "S01", id: 0}
    """
    from curator.calibrations.cameras.camera import camera_from_document

    try:
        camera_from_document(doc)
    except CalibrationError as error:
        ctx.blame("(tree)")
        yield ctx.finding(
            (error.line or 1, error.column or 1, 0),
            error.message,
            hint=error.hint or HINT,
            subject=error.keyword,
        )


def _entries(doc: Document, ctx: Context, key: str) -> list[dict[str, Any]]:
    """Return the detectors or filters; none where CUR350 says that the camera cannot be used."""
    if "(tree)" in ctx.blamed or not isinstance(doc.tree, dict):
        return []
    return doc.tree.get(key) or []


@rule("CUR351", "duplicate serial number", types=("camera",), severity="warning")
def serials(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A device is at only one position. Probably a line was copied without a change of its serial number.

    Bad (camera)::

        detectors:
        - {name: "S00", id: 0, serial: "CCD-011"}
        - {name: "S01", id: 1, serial: "CCD-011"}
    """
    first: dict[str, str] = {}
    detectors = _entries(doc, ctx, "detectors")
    often = Counter(detector.get("serial") for detector in detectors)
    for index, one in enumerate(detectors):
        serial = one.get("serial")
        # What many have is a word for unknown.
        if serial and (often[serial] == 2 or often[serial] * 4 <= len(detectors)):
            other = first.setdefault(serial, one["name"])
            if other != one["name"]:
                yield ctx.finding(
                    doc.value_at("detectors", index, "serial"),
                    f"serial of {one['name']} is {serial!r}, as that of {other}",
                    topic="duplicate serial number",
                    subject=str(one["name"]),
                )


@rule("CUR352", "filters share a directory", types=("camera",))
def directories(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The directory of a filter is its name in lower case, with `_` for spaces. With the same directory, two
    filters would share their calibrations.

    Bad (camera)::

        filters:
        - {name: "g 01", band: "g", aliases: []}
        - {name: "G_01", band: "g", aliases: []}

    Good (camera)::

        filters:
        - {name: "g 01", band: "g", aliases: []}
        - {name: "g 02", band: "g", aliases: []}
    """
    owners: dict[str, str] = {}
    for index, one in enumerate(_entries(doc, ctx, "filters")):
        name = one["name"]
        other = owners.setdefault(filter_directory(name), name)
        if other != name:
            yield ctx.finding(
                doc.value_at("filters", index, "name"),
                f"filters {other!r} and {name!r} both have the directory {filter_directory(name)}",
                topic="two filters share a directory",
                subject=str(name),
            )


@rule("CUR357", "two filters share an alias", types=("camera",), severity="warning")
def aliases(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers look for FILTER among the names first, then among the aliases. An alias that is also a name or
    alias of another filter is ambiguous, and never selects this filter.

    Bad (camera)::

        filters:
        - {name: "g_01", band: "g", aliases: ["SDSS g"]}
        - {name: "r_01", band: "r", aliases: ["SDSS g"]}

    Good (camera)::

        filters:
        - {name: "g_01", band: "g", aliases: ["SDSS g"]}
        - {name: "r_01", band: "r", aliases: ["SDSS r"]}
    """
    filters = _entries(doc, ctx, "filters")
    owners = {each["name"]: each["name"] for each in filters}
    for index, one in enumerate(filters):
        for at, alias in enumerate(one.get("aliases") or ()):
            owner = owners.setdefault(alias, one["name"])
            if owner != one["name"]:
                said = "its name" if owner == alias else "an alias"
                yield ctx.finding(
                    doc.value_at("filters", index, "aliases", at),
                    f"alias {alias!r} of filter {one['name']} means filter {owner}: it is {said} there",
                    topic="two filters share an alias",
                    subject=str(alias),
                )


@rule("CUR353", "duplicate amplifier", types=("camera",))
def amplifiers(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The rows and columns of matrices follow the order of this list, and readers find curves by its names.
    Remove the duplicate.

    Bad (camera)::

        detectors:
        - {name: "S00", id: 0, amplifiers: ["A", "A"]}
    """
    for index, one in enumerate(_entries(doc, ctx, "detectors")):
        names = one.get("amplifiers") or ()
        if len(set(names)) < len(names):
            at = next(at for at, name in enumerate(names) if name in names[:at])
            yield ctx.finding(
                doc.value_at("detectors", index, "amplifiers", at),
                f"amplifier {names[at]!r} of {one['name']} is listed twice",
                topic="duplicate amplifier",
                subject=str(names[at]),
            )


@rule("CUR354", "implausible start of operations", types=("camera",), severity="warning")
def start(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Other rules use this date to check which calibrations are valid at the start of operations. Check the
    year.

    Bad (camera)::

        start: "1020-01-01T00:00:00"

    Good (camera)::

        start: "2020-01-01T00:00:00"
    """
    written = doc.tree.get("start") if isinstance(doc.tree, dict) and "(tree)" not in ctx.blamed else None
    date = moment(written)
    if date is not None and not _FIRST <= date.year <= _LAST:
        yield ctx.finding(
            doc.value_at("start"),
            f"start is {written}",
            hint="check the year",
            topic="start of operations",
        )


@rule("CUR355", "size of a detector is incomplete", types=("camera",), severity="warning")
def half_sized(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Boxes can be checked only at one edge if width or height is missing. Write both, or remove both.

    Bad (camera)::

        detectors:
        - {name: "S00", id: 0, width: 2048}
    """
    for index, one in enumerate(_entries(doc, ctx, "detectors")):
        width, height = one.get("width") or 0, one.get("height") or 0
        if bool(width) != bool(height):
            there, missing = ("width", "height") if width else ("height", "width")
            yield ctx.finding(
                doc.at("detectors", index),
                f"{one['name']} has a {there}, {width or height}, but no {missing}",
                topic="the size of a detector is incomplete",
                subject=str(one["name"]),
            )


@rule("CUR356", "detector differs from others of its type", types=("camera",), severity="warning")
def sizes(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Detectors of one type have the same size and the same number of amplifiers. If one differs, width and
    height may be exchanged, the size may be that of the raw image, or the type may be wrong.

    Bad (camera)::

        detectors:
        - {name: "S00", id: 0, width: 2048, height: 4096, type: "CCD44"}
        - {name: "S01", id: 1, width: 2048, height: 4096, type: "CCD44"}
        - {name: "S10", id: 2, width: 4096, height: 2048, type: "CCD44"}

    Good (camera)::

        detectors:
        - {name: "S00", id: 0, width: 2048, height: 4096, type: "CCD44"}
        - {name: "S01", id: 1, width: 2048, height: 4096, type: "CCD44"}
        - {name: "S10", id: 2, width: 4096, height: 2048, type: "CCD45"}
    """
    kinds: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for index, one in enumerate(_entries(doc, ctx, "detectors")):
        if one.get("type") and one.get("width") and one.get("height"):
            kinds.setdefault(one["type"], []).append((index, one))
    for kind, members in kinds.items():
        shapes = Counter((one["width"], one["height"]) for _, one in members)
        (usual, count), *_ = shapes.most_common(1)
        for index, one in members if count * 3 > len(members) * 2 - 1 and len(shapes) > 1 else ():
            if (one["width"], one["height"]) != usual:
                turned = (one["height"], one["width"]) == usual
                yield ctx.finding(
                    doc.value_at("detectors", index, "width"),
                    f"{one['name']} is {one['width']} x {one['height']} pixels, but the other detectors of "
                    f"type {kind} are {usual[0]} x {usual[1]}",
                    hint="check whether width and height are exchanged"
                    if turned
                    else "the size is that of the trimmed image",
                    topic="a detector differs in size from others of its type",
                    subject=str(one["name"]),
                )
