"""Cameras: detectors, filters and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from curator.calibrations.cameras.tables import camera_text
from curator.calibrations.time.dates import format_date
from curator.values import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Document

__all__ = [
    "Camera",
    "Detector",
    "Filter",
    "camera_from_document",
    "detector_id",
    "filter_directory",
]


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector; ``width`` and ``height`` [pixels] are of the trimmed, assembled image, 0 if unknown.

    ``size_from`` is ``inferred`` where a program took them from calibrations and no person confirmed them;
    ``amplifiers_from`` where no calibration tells the order of the amplifiers.
    """

    name: str
    id: int
    width: int = 0
    height: int = 0
    serial: str = ""
    amplifiers: tuple[str, ...] = ()
    type: str = ""
    size_from: str = ""
    amplifiers_from: str = ""

    @property
    def ordered_amplifiers(self) -> tuple[str, ...]:
        """The amplifiers in the order of the detector; none where that is not known."""
        return () if self.amplifiers_from else self.amplifiers

    @property
    def directory(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Filter:
    """One physical filter."""

    name: str
    band: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def directory(self) -> str:
        return filter_directory(self.name)


def detector_id(text: str) -> int | None:
    """Return the id that a text spells, `None` if it is no whole number; Butlers take negative ones, too.

    Examples
    --------
    >>> detector_id("94"), detector_id("-2"), detector_id("0_00")
    (94, -2, None)
    """
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def filter_directory(name: str) -> str:
    """Return the directory of a physical filter.

    Examples
    --------
    >>> filter_directory("g DECam SDSS c0001 4720.0 1520.0")
    'g_decam_sdss_c0001_4720.0_1520.0'
    """
    return name.lower().replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Camera:
    """What the calibrations of one instrument may refer to.

    Parameters
    ----------
    name : str
        The instrument's policy name, as its directory is called: ``lsstCam``.
    instrument : str
        As ``INSTRUME`` has it: ``LSSTCam``.
    aliases : tuple of str
        Other names of the instrument found in headers.
    start : datetime.datetime or None
        Start of operations (UTC).
    folder : str
        Last directory above its own file, which its calibrations stand below; `name` if empty.
    """

    name: str
    instrument: str
    aliases: tuple[str, ...] = ()
    detectors: tuple[Detector, ...] = ()
    filters: tuple[Filter, ...] = ()
    start: datetime | None = None
    folder: str = field(default_factory=str, compare=False)
    _names: dict[str, Detector] = field(init=False, repr=False, compare=False)
    _ids: dict[int, Detector] = field(init=False, repr=False, compare=False)
    _directories: dict[str, Detector] = field(init=False, repr=False, compare=False)
    _filters: dict[str, Filter] = field(init=False, repr=False, compare=False)
    _filter_directories: dict[str, Filter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        set_once = object.__setattr__
        if not self.folder:
            set_once(self, "folder", self.name)
        set_once(self, "_names", {one.name: one for one in reversed(self.detectors)})
        set_once(self, "_ids", {one.id: one for one in reversed(self.detectors)})
        set_once(self, "_directories", {one.directory: one for one in reversed(self.detectors)})
        # Names win over aliases, whichever filter they belong to.
        named = {alias: one for one in reversed(self.filters) for alias in one.aliases}
        named.update((one.name, one) for one in reversed(self.filters))
        set_once(self, "_filters", named)
        directories = {filter_directory(alias): one for alias, one in named.items()}
        directories.update((one.directory, one) for one in reversed(self.filters))
        set_once(self, "_filter_directories", directories)

    def find_detector(self, text: str | int) -> Detector | None:
        """Return a detector by its name; by id if there is none of that name and ``text`` is a whole number.

        ``int("0_00")`` is 0 in Python: names are never read as numbers.
        """
        if isinstance(text, int):
            return self._ids.get(text)
        found = self._names.get(text) or self._directories.get(text.lower())
        if found is None and (number := detector_id(text)) is not None:
            found = self._ids.get(number)
        return found

    def detector_at(self, directory: str) -> Detector | None:
        """Return the detector whose lower-cased name is ``directory``, whatever the case of ``directory``."""
        return self._directories.get(directory.lower())

    def find_filter(self, name: str) -> Filter | None:
        """Return a filter by its name or an alias, spelled exactly."""
        return self._filters.get(name)

    def filter_at(self, directory: str) -> Filter | None:
        """Return the filter that a directory is named after, whatever the case of ``directory``."""
        return self._filter_directories.get(directory.lower())

    def is_instrument(self, text: str) -> bool:
        """Return whether ``INSTRUME`` names this camera; case does not count."""
        wanted = text.lower()
        return any(wanted == known.lower() for known in (self.name, self.instrument, *self.aliases))

    def to_tree(self, header: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the camera's own file holds, with ``header`` as its metadata."""
        return {
            "metadata": dict(header),
            "name": self.name,
            "aliases": list(self.aliases),
            "start": format_date(self.start) if self.start else None,
            "detectors": [_detector_tree(one) for one in self.detectors],
            "filters": [
                {"name": one.name, "band": one.band, "aliases": list(one.aliases)} for one in self.filters
            ],
        }

    def to_text(self, header: Mapping[str, Any]) -> bytes:
        """Return the camera's own file: one line per detector and filter, names always quoted.

        YAML reads a bare ``1_04`` as the number 104.
        """
        return camera_text(self.to_tree(header))


def _detector_tree(detector: Detector) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "name": detector.name,
        "id": detector.id,
        "width": detector.width,
        "height": detector.height,
        "serial": detector.serial,
        "amplifiers": list(detector.amplifiers),
    }
    if detector.type:
        tree["type"] = detector.type
    if detector.size_from:
        tree["size_from"] = detector.size_from
    if detector.amplifiers_from:
        tree["amplifiers_from"] = detector.amplifiers_from
    return tree


def camera_from_document(doc: Document) -> Camera:
    """Return the camera that a document describes.

    Raises
    ------
    CalibrationError
        With the line: a key is missing, a value has the wrong type, two detectors share a name or an id.
    """
    from curator.calibrations.cameras.reader import CameraReader

    return CameraReader(doc).camera()
