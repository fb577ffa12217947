"""Reads DS9 region files line by line, and refuses what is no box of whole pixels.

The grammar is that of https://ds9.si.edu/doc/ref/region.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curator.errors import FormatError
from curator.formats.regions.regions import MAX_REGIONS, RegionBox, box_text

__all__ = ["RegionReader"]

_BOX = "box(xc,yc,width,height,angle)"
# Rounding in DS9's own output; an edge further from a pixel's is meant to be there.
_TOLERANCE = 1e-6
_LARGEST = 1_000_000
_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?)(.*)")
_BEGIN = re.compile(r"([+!-]?)\s*([a-zA-Z]+)\s*")
_SKY = ("fk4", "b1950", "fk5", "j2000", "icrs", "galactic", "ecliptic")
_SYSTEMS = frozenset(("image", "physical", "detector", "amplifier", "linear", "tile", *_SKY))
_WCS = re.compile(r"wcs[a-z]?")
_GROUP = re.compile(r"#\s*composite\s*\(", re.IGNORECASE)
_OWN_LINES = re.compile(r"#\s*(?:Region file format:|Filename:)", re.IGNORECASE)
_DRAWN = re.compile(r"#\s*(?:text|vector|ruler|compass|projection|segment)\s*\(", re.IGNORECASE)
_TEXT = re.compile(r"""(?:^|\s)text\s*=\s*(?:\{([^{}]*)\}|"([^"]*)"|'([^']*)')""")
_UNITS = {
    '"': "seconds of arc",
    "'": "minutes of arc",
    "d": "degrees",
    "r": "radians",
    "p": "physical coordinates",
}


class RegionReader:
    """What has been read of a region file up to a line.

    Parameters
    ----------
    path : str
        As messages name it.

    Attributes
    ----------
    boxes : list of RegionBox
        So far.
    pending : list of str
        Comment lines since the last box.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.system = ""
        self.number = 0
        self.boxes: list[RegionBox] = []
        self.pending: list[str] = []

    def line(self, number: int, line: str) -> None:
        """Read one more line; ``number`` is counted from 1."""
        self.number = number
        if line.lstrip().startswith("#"):
            self._comment(line.strip())
            return
        for part in _parts(line):
            self._command(part.strip())

    def _comment(self, text: str) -> None:
        if _GROUP.match(text):
            raise self._wrong(
                "composite regions are not supported", "dissolve the composite in DS9 and save again"
            )
        # Texts, arrows and rulers are drawn over the image: nothing is inside them.
        if not _OWN_LINES.match(text) and not _DRAWN.match(text):
            self._note(text[1:])

    def _note(self, text: str) -> None:
        note = " ".join(text.split())
        if not note.isprintable():
            raise self._wrong("a note holds a control character", "notes are plain text")
        if note:
            self.pending.append(note)

    def _command(self, text: str) -> None:
        word = text.split("(")[0].split("#")[0].strip().lower()
        first = word.split()[0] if word else ""
        if not text or first == "global":
            return
        if first in _SYSTEMS or _WCS.fullmatch(first):
            self._coordinates(first)
            rest = text[len(first) :].strip()
            if rest and not rest.startswith("#"):
                self._command(rest)
            return
        command, _, properties = text.partition("#")
        found = _BEGIN.match(command)
        if found is None:
            raise self._wrong(f"{_short(text)} is not a region", f"write one region per line, as {_BOX}")
        shape = found[2].lower()
        inside = command[found.end() :].rstrip()
        self._refuse(found[1], shape, inside)
        if inside.startswith("("):
            if inside.find(")") != len(inside) - 1:
                raise self._wrong(f"{_short(command)} has no closing bracket, or has text after it")
            inside = inside[1:-1]
        self._shape(shape, re.split(r"[,\s]+", inside.strip()), properties)

    def _coordinates(self, system: str) -> None:
        if system != "image":
            hint = "in DS9: Region > Save Regions…, Coordinate System Image"
            if system == "physical":
                hint = f"they differ from image coordinates in a trimmed or binned image; {hint}"
            raise self._wrong(f"{system} coordinates are not supported, only image", hint)
        self.system = system

    def _refuse(self, sign: str, shape: str, inside: str) -> None:
        if sign in ("-", "!"):
            raise self._wrong(f"an excluded region (-{shape}) is not supported", "mask only bad pixels")
        if inside.endswith("||"):
            raise self._wrong(
                "composite regions are not supported", "dissolve the composite in DS9 and save again"
            )
        if shape not in ("box", "point"):
            raise self._wrong(
                f"{shape} regions are not supported: defects are boxes",
                "cover it with boxes, or with points for single pixels",
            )
        if not self.system:
            raise self._wrong(
                "the coordinate system is missing: DS9 uses physical coordinates",
                "write a line `image` above the first region if these are image coordinates",
            )

    def _shape(self, shape: str, given: list[str], properties: str) -> None:
        if len(self.boxes) >= MAX_REGIONS:
            raise self._wrong(f"more than {MAX_REGIONS:,} regions", "fewer and larger boxes")
        wanted = (2,) if shape == "point" else (4, 5)
        if len(given) not in wanted:
            asked = _BOX if shape == "box" else "point(x,y)"
            raise self._wrong(f"a {shape} of {len(given)} numbers", f"written {asked}")
        numbers = [self._number(one) for one in given]
        found = self._box(numbers) if shape == "box" else self._point(numbers)
        if text := _TEXT.search(properties):
            self._note(next(one for one in text.groups() if one is not None))
        elif re.search(r"(?:^|\s)text\s*=", properties):
            raise self._wrong("text= is not closed on its line", "written text={why}")
        self.boxes.append(found._replace(notes=tuple(self.pending)))
        self.pending = []

    def _number(self, text: str) -> float:
        found = _NUMBER.fullmatch(text)
        if found is None:
            raise self._wrong(f"{_short(text)} is not a number")
        digits, unit = found.groups()
        if unit and unit != "i":
            kind = _UNITS.get(unit, "another unit")
            raise self._wrong(f"{_short(text)} is in {kind}, not in pixels", "save it in image coordinates")
        number = float(digits)
        if abs(number) > _LARGEST:
            raise self._wrong(f"{_short(text)} is outside any sensor")
        return number

    def _point(self, numbers: list[float]) -> RegionBox:
        x, y = map(round, numbers)
        if max(abs(x - numbers[0]), abs(y - numbers[1])) > _TOLERANCE:
            raise self._wrong("the point is not at the centre of a pixel", f"nearest: point({x},{y})")
        return RegionBox(x - 1, y - 1, 1, 1)

    def _box(self, numbers: list[float]) -> RegionBox:
        xc, yc, width, height = numbers[:4]
        angle = (numbers[4] if len(numbers) > 4 else 0.0) % 90
        if min(angle, 90 - angle) > _TOLERANCE:
            raise self._wrong(
                f"the box is turned by {numbers[4]:g} degrees",
                "use multiples of 90 degrees",
            )
        if len(numbers) > 4 and round(numbers[4] / 90) % 2:
            width, height = height, width
        if min(width, height) <= 0:
            raise self._wrong("the box has no area", "width and height are at least 1")
        x0, across = self._span(xc, width)
        y0, up = self._span(yc, height)
        if None in (across, up):
            raise self._wrong(
                "the edges of the box are not edges of pixels", f"nearest: {_nearest(xc, yc, width, height)}"
            )
        return RegionBox(x0, y0, across or 0, up or 0)

    def _span(self, centre: float, size: float) -> tuple[int, int | None]:
        """Return the first pixel and the number of pixels; `None` where the edges are not those of pixels."""
        whole = round(size)
        first = centre - (size - 1) / 2 - 1
        exact = whole > 0 and abs(size - whole) <= _TOLERANCE and abs(first - round(first)) <= _TOLERANCE
        return round(first), whole if exact else None

    def _wrong(self, message: str, hint: str = "") -> FormatError:
        return FormatError(message, path=self.path, line=self.number, hint=hint)


def _nearest(xc: float, yc: float, width: float, height: float) -> str:
    """Return the box of whole pixels whose edges are nearest, as DS9 writes it."""
    spans = []
    for centre, size in ((xc, width), (yc, height)):
        first = round(centre - (size - 1) / 2 - 1)
        spans.append((first, max(1, round(centre + (size - 1) / 2) - first)))
    return box_text(RegionBox(spans[0][0], spans[1][0], spans[0][1], spans[1][1]))


def _parts(line: str) -> Iterator[str]:
    """Split a line at its semicolons, but for those inside the texts of properties."""
    start, closing, in_properties = 0, "", False
    for at, char in enumerate(line):
        if closing:
            closing = "" if char == closing else closing
        elif char == "#":
            in_properties = True
        elif in_properties and char in "{\"'":
            closing = {"{": "}"}.get(char, char)
        elif char == ";":
            yield line[start:at]
            start, in_properties = at + 1, False
    yield line[start:]


def _short(text: str) -> str:
    shown = text if len(text) <= 40 else text[:37] + "..."
    return repr(shown)
