"""Reads a camera out of a document, and knows the line of what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from curator.calibrations.cameras.camera import Camera, Detector, Filter
from curator.calibrations.header.keywords import get_keyword
from curator.calibrations.time.dates import parse_date
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Document

__all__ = ["CameraReader"]


class CameraReader:
    """Takes the camera out of one document."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.tree: dict[str, Any] = doc.tree if isinstance(doc.tree, dict) else {}

    def camera(self) -> Camera:
        """Return the camera, or raise CalibrationError with the line of what is wrong."""
        name = self.name(self.tree, "name", ())
        instrument = get_keyword(self.doc.header, "INSTRUME")
        if isinstance(instrument, str) and instrument:
            self.name({"INSTRUME": instrument}, "INSTRUME", ())
        detectors = tuple(self.detector(entry, index) for index, entry in self.entries("detectors"))
        filters = tuple(self.filter(entry, index) for index, entry in self.entries("filters"))
        self.distinct("detectors", [one.name for one in detectors], "name")
        self.distinct("detectors", [one.directory for one in detectors], "lower-cased name")
        self.distinct("detectors", [one.id for one in detectors], "id")
        self.distinct("filters", [one.name for one in filters], "name")
        return Camera(
            name=name,
            instrument=instrument if isinstance(instrument, str) and instrument else name,
            aliases=self.texts(self.tree, "aliases", ()),
            detectors=detectors,
            filters=filters,
            start=self.start(),
            folder=self.doc.path.rpartition("/camera/")[0].rpartition("/")[2],
        )

    def detector(self, entry: Mapping[str, Any], index: int) -> Detector:
        at = ("detectors", index)
        if "id" not in entry:
            raise self.error("detector without an id", at)
        return Detector(
            name=self.name(entry, "name", at),
            id=self.id(entry, at),
            width=self.number(entry, "width", at),
            height=self.number(entry, "height", at),
            serial=self.text(entry, "serial", at, required=False),
            amplifiers=self.texts(entry, "amplifiers", at),
            type=self.text(entry, "type", at, required=False),
            size_from=self.text(entry, "size_from", at, required=False),
            amplifiers_from=self.text(entry, "amplifiers_from", at, required=False),
        )

    def filter(self, entry: Mapping[str, Any], index: int) -> Filter:
        at = ("filters", index)
        return Filter(
            name=self.name(entry, "name", at),
            band=self.text(entry, "band", at, required=False),
            aliases=self.texts(entry, "aliases", at),
        )

    def start(self) -> datetime | None:
        written = self.tree.get("start")
        if written is None:
            return None
        try:
            return parse_date(written)
        except CalibrationError as error:
            raise self.error(f"start: {error.message}", ("start",)) from None

    def entries(self, key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        found = self.tree.get(key) or []
        if not isinstance(found, list):
            raise self.error(f"{key} must be a list", (key,))
        for index, entry in enumerate(found):
            if not isinstance(entry, dict):
                raise self.error(f"{key}[{index}] must be a mapping", (key, index))
            yield index, entry

    def text(
        self, entry: Mapping[str, Any], key: str, at: tuple[str | int, ...], *, required: bool = True
    ) -> str:
        value = entry.get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value):
            if value is None or value == "":
                raise self.error(f"{key} is not given", (*at, key), f'{key}: "…"')
            raise self.error(
                f"{key} must be quoted text, not {value!r}",
                (*at, key),
                f'{key}: "…", in quotes: YAML makes a number of a bare 1_04',
            )
        return value

    def name(self, entry: Mapping[str, Any], key: str, at: tuple[str | int, ...]) -> str:
        """Return a name that a manifest, a directory and a FITS file can hold."""
        value = self.text(entry, key, at)
        if value != value.strip() or not value.isprintable() or "\\" in value or value[0] == ".":
            raise self.error(
                f"{key} is {value!r}, which cannot be part of a path or a manifest",
                (*at, key),
                "use printable characters without a backslash, a leading dot, or spaces at either end",
            )
        return value

    def texts(self, entry: Mapping[str, Any], key: str, at: tuple[str | int, ...]) -> tuple[str, ...]:
        value = entry.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self.error(f"{key} must be a list of quoted text, not {value!r}", (*at, key))
        return tuple(value)

    def id(self, entry: Mapping[str, Any], at: tuple[str | int, ...]) -> int:
        value = entry["id"]
        if not isinstance(value, int) or isinstance(value, bool) or not -(1 << 63) <= value < 1 << 63:
            what = " of at most 63 bits" if isinstance(value, int) else ""
            raise self.error(f"id must be a whole number{what}, not {value!r:.60}", (*at, "id"))
        return value

    def number(self, entry: Mapping[str, Any], key: str, at: tuple[str | int, ...]) -> int:
        value = entry.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
            what = "of at most 63 bits" if isinstance(value, int) and value > 0 else "that is not negative"
            raise self.error(f"{key} must be a whole number {what}, not {value!r:.60}", (*at, key))
        return value

    def distinct(self, key: str, values: list[Any], what: str) -> None:
        seen = set()
        for index, value in enumerate(values):
            if value in seen:
                first = values.index(value) + 1
                both = f"the {_ordinal(first)} and the {_ordinal(index + 1)}"
                raise self.error(
                    f"two {key} have the {what} {value!r}: {both}",
                    (key, index),
                    f"give each one its own {what}",
                )
            seen.add(value)

    def error(self, message: str, at: tuple[str | int, ...], hint: str = "") -> CalibrationError:
        place = self.doc.at(*at) if at else None
        return CalibrationError(
            message,
            path=self.doc.path,
            line=place.line if place else 1,
            column=place.column if place else 1,
            keyword=str(at[-1]) if at else "",
            hint=hint,
        )


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"
