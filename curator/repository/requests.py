"""From what a person or a table of exposures says to what a `Selector` is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.types import all_types, find_type
from curator.errors import UsageError
from curator.repository.config import camera_at
from curator.repository.selection import Request

if TYPE_CHECKING:
    from curator.calibrations.camera import Camera
    from curator.calibrations.types import DatasetType
    from curator.repository.config import CameraEntry, Config
    from curator.repository.exposures import Exposure

__all__ = ["Names", "Resolver", "known_types", "needed_types"]


@dataclass(frozen=True, slots=True)
class Names:
    """What a question is narrowed to; empty where it is not."""

    camera: str
    detector: str
    physical_filter: str
    types: tuple[str, ...]


class Resolver:
    """Knows the cameras of a repository, and which names they give to detectors and filters.

    Parameters
    ----------
    config : Config
    """

    def __init__(self, config: Config) -> None:
        self._config = config

    def requests(self, exposure: Exposure, types: Sequence[str] = ()) -> Iterator[Request]:
        """Give what an exposure needs of each dataset type.

        Parameters
        ----------
        types : sequence of str
            All if empty, less those with a dimension that the exposure does not name.

        Raises
        ------
        UsageError
            A name is unknown; one is missing that a type in ``types`` has as a dimension.
        """
        try:
            yield from self._requests(exposure, types)
        except UsageError as error:
            error.path, error.line = exposure.path, exposure.line
            raise

    def _requests(self, exposure: Exposure, types: Sequence[str]) -> Iterator[Request]:
        entry = self._camera(exposure.camera)
        camera = camera_at(self._config, entry.directory, exposure.begin)
        detector = self._detector(camera, exposure.detector) if exposure.detector else None
        physical_filter = self._filter(camera, exposure.physical_filter) if exposure.physical_filter else None
        for one in needed_types(types, detector, physical_filter):
            yield Request(
                entry.directory,
                one.name,
                detector if one.has_detector else None,
                physical_filter if one.has_filter else None,
                exposure.begin,
                exposure.end,
            )

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
        entry = self._camera(camera)
        known = camera_at(self._config, entry.directory, datetime.max)
        return Names(
            entry.directory,
            self._detector(known, detector) if detector else "",
            self._filter(known, physical_filter) if physical_filter else "",
            kinds,
        )

    def _camera(self, name: str) -> CameraEntry:
        cameras = self._config.cameras
        if not name and len(cameras) == 1:
            return cameras[0]
        for one in cameras:
            if name.lower() in (one.name.lower(), one.directory.lower()):
                return one
        known = " or ".join(one.name for one in cameras)
        what = f"there is no camera {name!r}" if name else f"{self._config.repository} has several cameras"
        raise UsageError(what, keyword="camera", value=name, hint=f"known: {known}")

    def _detector(self, camera: Camera, name: str) -> str:
        found = camera.find_detector(name)
        if found is None:
            raise _unknown("detector", name, [one.name for one in camera.detectors], camera)
        return found.name

    def _filter(self, camera: Camera, name: str) -> str:
        found = camera.find_filter(name) or camera.filter_at(name)
        if found is None:
            raise _unknown("filter", name, [one.name for one in camera.filters], camera)
        return found.name


def needed_types(
    types: Sequence[str], detector: str | None, physical_filter: str | None
) -> Iterator[DatasetType]:
    """Give the dataset types that an exposure can be asked about.

    Raises
    ------
    UsageError
        One in ``types`` is unknown, or has a dimension that the exposure does not name; such ones are left
        out if ``types`` is empty.
    """
    for one in known_types(types):
        if types:
            _require(one, "detector", detector)
            _require(one, "filter", physical_filter)
        elif (one.has_detector and not detector) or (one.has_filter and not physical_filter):
            continue
        yield one


def known_types(names: Sequence[str]) -> list[DatasetType]:
    """Return the dataset types of these names, all if there are none; `UsageError` for an unknown one."""
    if not names:
        return list(all_types())
    found = []
    for name in names:
        one = find_type(name)
        if one is None:
            known = ", ".join(one.name for one in all_types())
            raise UsageError(f"there is no dataset type {name!r}", keyword="type", hint=f"known: {known}")
        found.append(one)
    return found


def _require(dataset_type: DatasetType, dimension: str, name: str | None) -> None:
    has = dataset_type.has_detector if dimension == "detector" else dataset_type.has_filter
    if has and not name:
        raise UsageError(
            f"{dataset_type.name} is kept per {dimension}", keyword=dimension, hint=f"--{dimension} NAME"
        )


def _unknown(kind: str, name: str, known: list[str], camera: Camera) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1, 0.5)
    some = ", ".join(known[:8]) + (f" and {len(known) - 8} more" if len(known) > 8 else "")
    hint = f"did you mean {near[0]}?" if near else f"known: {some}" if known else "the camera lists none"
    return UsageError(f"{camera.name} has no {kind} {name!r}", keyword=kind, value=name, hint=hint)
