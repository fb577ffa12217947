"""Parse many paths at once, by the grammar of `curator.repository.layout.paths`."""

from __future__ import annotations

from curator.calibrations.time.dates import parse_start
from curator.calibrations.types.types import find_type
from curator.errors import CalibrationError
from curator.repository.layout.paths import camera_of, is_candidate
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

__all__ = ["Member", "Placer", "TypeFolder"]


class TypeFolder(NamedTuple):
    """All calibrations of one type that a camera has: directory of the camera and name of the type."""

    camera: str
    type: str


class Member(NamedTuple):
    """A calibration, from its path alone.

    Parameters
    ----------
    path : str
    camera : str
        Directory of the camera.
    type : str
        Name of the dataset type.
    detector, filter : str
        Directories in lower case, empty where the type has none.
    start : datetime
        Valid start, UTC.
    """

    path: str
    camera: str
    type: str
    detector: str
    filter: str
    start: datetime

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Path without suffix: what the records beside it begin with."""
        return self.path.rpartition(".")[0]


class Placer:
    """Takes paths apart, each directory and each date only once.

    Parameters
    ----------
    cameras : collection of str
        Directories of the cameras.
    """

    def __init__(self, cameras: Collection[str]) -> None:
        self._cameras = cameras
        self._folders: dict[str, tuple[tuple[str, str, str, str], tuple[str, ...]] | None] = {}
        self._starts: dict[str, datetime | None] = {}

    def is_candidate(self, path: str) -> bool:
        """Whether a path must be a calibration, in its place or not."""
        return is_candidate(path, self._cameras)

    def group(self, path: str) -> TypeFolder:
        """Return below which camera and type a path stands, with empty names if below none."""
        camera = camera_of(path, self._cameras)
        type_name, slash, _ = path[len(camera) + 1 :].partition("/")
        return TypeFolder(camera, type_name if camera and slash else "")

    def place(self, path: str) -> Member | None:
        """Return what a path says, `None` where it is no calibration or does not follow the grammar."""
        if not is_candidate(path, self._cameras):
            return None
        folder, _, name = path.rpartition("/")
        stem, _, suffix = name.rpartition(".")
        if folder not in self._folders:
            self._folders[folder] = _dimensions(camera_of(path, self._cameras), folder)
        if stem not in self._starts:
            self._starts[stem] = _start(stem)
        found, start = self._folders[folder], self._starts[stem]
        if found is None or start is None or suffix not in found[1]:
            return None
        return Member(path, *found[0], start)


def _dimensions(camera: str, folder: str) -> tuple[tuple[str, str, str, str], tuple[str, ...]] | None:
    name, *values = folder[len(camera) + 1 :].split("/")
    found = find_type(name)
    if found is None or "" in values or len(values) != found.has_detector + found.has_filter:
        return None
    lowered = [value.lower() for value in values]
    detector = lowered.pop(0) if found.has_detector else ""
    return (camera, name, detector, lowered.pop() if lowered else ""), found.formats


def _start(stem: str) -> datetime | None:
    try:
        return parse_start(stem)
    except CalibrationError:
        return None
