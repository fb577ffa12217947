"""Finds out of which camera, detector and filter a FITS calibration is, by what it says and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from curator.errors import CuratorError, EditingError
from curator.name_lookup import suggest

if TYPE_CHECKING:
    from datetime import datetime

    from curator.calibrations.cameras.camera import Camera, Detector, Filter
    from curator.editing.fits_import.fits_reader import Foreign
    from curator.editing.fits_import.pending_import import GivenIdentity
    from curator.repository.layout.config import CameraEntry, Config

__all__ = ["InferredDataId", "find_camera", "infer_data_id"]

_NOTHING = ("", "none", "null")


class InferredDataId(NamedTuple):
    """Where a calibration belongs: its camera at the start, detector and filter if the type has any."""

    entry: CameraEntry
    camera: Camera
    detector: Detector | None
    filter: Filter | None

    @property
    def folders(self) -> list[str]:
        """Directories of camera, detector and filter; that of the type stands behind the first."""
        rest = [one.directory for one in (self.detector, self.filter) if one is not None]
        return [self.entry.directory, *rest]


def find_camera(config: Config, foreign: Foreign, declared: GivenIdentity) -> CameraEntry:
    """Return the camera that a calibration is of.

    Raises
    ------
    EditingError
        Neither the file nor anybody else says so, or they contradict each other.
    """
    from datetime import datetime

    said = foreign.says("INSTRUME", "INSTRUMENT")
    if not isinstance(said, str | None):
        raise EditingError(f"INSTRUME is {said!r:.60}, not a name", keyword="INSTRUME", value=said)
    wanted = [one for one in (declared.camera, said) if one]
    if not wanted and len(config.cameras) == 1:
        return config.cameras[0]
    if not wanted:
        raise EditingError("INSTRUME is empty or missing", keyword="INSTRUME", hint="give --camera")
    names: list[str] = []
    for entry in config.cameras:
        known = {entry.name.lower(), entry.directory.lower()}
        try:
            camera = config.camera_files.at(entry.directory, datetime.max)
        except CuratorError:
            camera = None  # whoever needs what is in it will be told
        names.append(camera.instrument if camera else entry.name)
        if all(one.lower() in known or (camera and camera.is_instrument(one)) for one in wanted):
            return entry
    if len(wanted) > 1 and wanted[0].lower() != wanted[1].lower():
        raise EditingError(f"INSTRUME is {said!r:.60}, not {wanted[0]!r}", keyword="INSTRUME", value=said)
    raise EditingError(
        f"{config.repository} has no camera {wanted[0]!r:.60}",
        keyword="INSTRUME",
        value=wanted[0],
        hint=suggest(wanted[0], names),
    )


def infer_data_id(
    config: Config, entry: CameraEntry, foreign: Foreign, declared: GivenIdentity, start: datetime
) -> InferredDataId:
    """Return where a calibration belongs that starts at ``start`` (UTC).

    Raises
    ------
    CuratorError
        Its detector or filter is not known, or file and declaration contradict each other.
    """
    camera = config.camera_files.at(entry.directory, start)
    kind = foreign.kind
    return InferredDataId(
        entry,
        camera,
        _detector(camera, foreign, declared) if kind.has_detector else None,
        _filter(camera, foreign, declared) if kind.has_filter else None,
    )


def _detector(camera: Camera, foreign: Foreign, declared: GivenIdentity) -> Detector:
    number = foreign.says("DETECTOR")
    name = foreign.says("DET_NAME", "DETECTOR_NAME", "detectorName")
    told: list[tuple[str, Any]] = [
        ("data ID" if isinstance(declared.detector, int) else "--detector", declared.detector)
    ]
    told += [("DETECTOR", number), ("DET_NAME", name)]
    found: Detector | None = None
    first = ""
    for keyword, value in told:
        if value is None or value == "":
            continue
        one = _known_detector(camera, value)
        if one is None and found is None:
            raise EditingError(
                f"{camera.name} has no detector {value!r:.60}",
                keyword=keyword,
                value=value,
                hint=suggest(str(value), [known.name for known in camera.detectors]),
            )
        # A slot or a serial may stand where a name does: it only must not be another detector's name.
        if one is not None and found is not None and one is not found:
            raise EditingError(
                f"{keyword} is {value!r:.60}, but {first} says {found.name}", keyword=keyword, value=value
            )
        if found is None:
            found, first = one, keyword
    if found is None:
        raise EditingError("DETECTOR is empty or missing", keyword="DETECTOR", hint="give --detector")
    return found


def _known_detector(camera: Camera, value: Any) -> Detector | None:
    if isinstance(value, bool) or not isinstance(value, int | str | float):
        return None
    if isinstance(value, float):
        return camera.find_detector(int(value)) if value.is_integer() else None
    return camera.find_detector(value.strip() if isinstance(value, str) else value)


def _filter(camera: Camera, foreign: Foreign, declared: GivenIdentity) -> Filter:
    said = foreign.says("FILTER", "physical_filter")
    told = [one for one in (declared.physical_filter, said) if not _is_nothing(one)]
    if not told:
        raise EditingError("FILTER is empty or missing", keyword="FILTER", hint="give --filter")
    found = [_known_filter(camera, one) for one in told]
    for name, one in zip(told, found, strict=True):
        if one is None:
            raise EditingError(
                f"{camera.name} has no filter {name!r:.60}",
                keyword="FILTER",
                value=name,
                hint=suggest(str(name), [known.name for known in camera.filters]),
            )
    if found[0] is not found[-1]:
        raise EditingError(f"FILTER is {said!r:.60}, not {told[0]!r}", keyword="FILTER", value=said)
    assert found[0] is not None
    return found[0]


def _known_filter(camera: Camera, value: Any) -> Filter | None:
    if not isinstance(value, str):
        return None
    return camera.find_filter(value.strip()) or camera.filter_at(value.strip())


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING)
