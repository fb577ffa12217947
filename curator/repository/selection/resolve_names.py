"""From what a person or a table of exposures says to what a `Selector` is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from curator.calibrations.types.types import all_types, find_type
from curator.errors import UsageError
from curator.name_lookup import known_names, meant, suggest
from curator.repository.layout.config import camera_at
from curator.repository.selection.choose_camera import choose_declared_camera
from curator.repository.selection.selection import Request

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera
    from curator.calibrations.data_id import DataId
    from curator.calibrations.types.types import DatasetType
    from curator.repository.layout.config import CameraEntry, Config
    from curator.repository.selection.exposures import Exposure

__all__ = ["KnownNames", "Names", "Resolver", "known_types", "missing", "request_of", "unknown"]


@dataclass(frozen=True, slots=True)
class Names:
    """What a question is narrowed to; empty where it is not."""

    camera: str
    detector: str
    physical_filter: str
    types: tuple[str, ...]

    def covers(self, camera: str, data_id: DataId) -> bool:
        """Return whether a data ID of a camera is one that is asked for."""
        return (
            self.camera in ("", camera)
            and (not self.types or data_id.dataset_type in self.types)
            and self.detector in ("", data_id.detector_name)
            and self.physical_filter in ("", data_id.physical_filter)
        )


class KnownNames(Protocol):
    """Knows the names of cameras, detectors and filters: a `Resolver`, or the names of a registry.

    Each method raises `UsageError` for a name that is unknown.
    """

    def camera(self, exposure: Exposure) -> str:
        """Return what the camera of an exposure is called in data IDs."""

    def detectors(self, exposure: Exposure) -> tuple[str, ...]:
        """Return the detector that an exposure names, else all of its camera, by id."""

    def physical_filter(self, exposure: Exposure) -> str:
        """Return the filter that an exposure names, empty if none."""


class Resolver:
    """Knows the cameras of a repository, and which names they give to detectors and filters.

    Parameters
    ----------
    config : Config
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._chosen: dict[tuple[str, str], CameraEntry] = {}

    def camera(self, exposure: Exposure) -> str:
        """Return the directory of an exposure's camera; see `KnownNames`."""
        return self._camera(exposure.camera, exposure.detector, exposure.physical_filter).directory

    def detectors(self, exposure: Exposure) -> tuple[str, ...]:
        """Return the detectors of an exposure, as its camera was then; see `KnownNames`."""
        camera = self._camera_then(exposure)
        if exposure.detector:
            return (self._detector(camera, exposure.detector),)
        return tuple(one.name for one in sorted(camera.detectors, key=lambda one: one.id))

    def physical_filter(self, exposure: Exposure) -> str:
        """Return the filter of an exposure; see `KnownNames`."""
        name = exposure.physical_filter
        return self._filter(self._camera_then(exposure), name) if name else ""

    def _camera_then(self, exposure: Exposure) -> Camera:
        return camera_at(self._config, self.camera(exposure), exposure.begin)

    def names(self, camera: str, detector: str, physical_filter: str, types: Sequence[str]) -> Names:
        """Return the names that the latest description of a camera has for what a person typed.

        Raises
        ------
        UsageError
            One is unknown, or the camera is missing that would tell.
        """
        kinds = tuple(one.name for one in known_types(types)) if types else ()
        if not (camera or detector or physical_filter):
            return Names("", "", "", kinds)
        entry = self._camera(camera, detector, physical_filter)
        known = camera_at(self._config, entry.directory, datetime.max)
        return Names(
            entry.directory,
            self._detector(known, detector) if detector else "",
            self._filter(known, physical_filter) if physical_filter else "",
            kinds,
        )

    def _camera(self, name: str, detector: str, physical_filter: str) -> CameraEntry:
        if not name:
            asked = detector, physical_filter
            if asked not in self._chosen:  # a table asks the same for thousands of exposures
                self._chosen[asked] = choose_declared_camera(self._config, *asked)
            return self._chosen[asked]
        cameras = self._config.cameras
        for one in cameras:
            if name.lower() in (one.name.lower(), one.directory.lower()):
                return one
        known = [one.name for one in cameras]
        raise UsageError(
            f"there is no camera {name!r}", keyword="camera", value=name, hint=suggest(name, known)
        )

    def _detector(self, camera: Camera, name: str) -> str:
        found = camera.find_detector(name)
        if found is None:
            raise unknown("detector", name, [one.name for one in camera.detectors], camera.name)
        return found.name

    def _filter(self, camera: Camera, name: str) -> str:
        found = camera.find_filter(name) or camera.filter_at(name)
        if found is None:
            error = unknown("filter", name, [one.name for one in camera.filters], camera.name)
            if of_band := [one.name for one in camera.filters if one.band == name]:
                error.hint = f"of band {name} there is {', '.join(of_band)}"
            raise error
        return found.name


def request_of(exposure: Exposure, names: KnownNames, dataset_type: str) -> Request:
    """Return what one exposure needs of one dataset type.

    Raises
    ------
    UsageError
        A name is unknown, or one is missing that the type has as a dimension.
    """
    (kind,) = known_types([dataset_type])
    camera = names.camera(exposure)
    if kind.has_detector and not exposure.detector:
        raise missing(kind, "detector")
    if kind.has_filter and not exposure.physical_filter:
        raise missing(kind, "filter")
    detector = names.detectors(exposure)[0] if exposure.detector else None
    physical_filter = names.physical_filter(exposure) or None
    return Request(
        camera,
        kind.name,
        detector if kind.has_detector else None,
        physical_filter if kind.has_filter else None,
        exposure.begin,
        exposure.end,
    )


def known_types(names: Sequence[str]) -> list[DatasetType]:
    """Return the dataset types of these names, all if there are none; `UsageError` for an unknown one."""
    if not names:
        return list(all_types())
    found = []
    for name in names:
        one = find_type(name)
        if one is None:
            hint = suggest(name, [one.name for one in all_types()], limit=24)
            raise UsageError(f"there is no dataset type {name!r}", keyword="type", value=name, hint=hint)
        found.append(one)
    return found


def missing(kind: DatasetType, dimension: str) -> UsageError:
    """Return the error for a dimension of a type that an exposure does not name."""
    return UsageError(
        f"{kind.name} depends on the {dimension}", keyword=dimension, hint=f"--{dimension} NAME"
    )


def unknown(kind: str, name: str, known: Sequence[str], camera: str) -> UsageError:
    """Return the error for a name that a camera does not know, with what may be meant."""
    known = sorted(known)
    hint = meant(name, known, 0.5) or (known_names(known, 8) if known else "the camera lists none")
    return UsageError(f"{camera} has no {kind} {name!r}", keyword=kind, value=name, hint=hint)
