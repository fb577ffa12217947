"""What is known of a file from where it stands, however little of it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.types.types import find_type
from curator.errors import CuratorError
from curator.repository.layout.config import NAME, camera_at
from curator.repository.layout.paths import CalibPath
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera, Detector, Filter
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType
    from curator.repository.layout.config import Config

__all__ = ["Surroundings", "surroundings_of"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The file's place; each part is `None` where it is not known.

    Parameters
    ----------
    name : str
        Path, relative to the repository.
    """

    name: str
    config: Config | None = None
    profile: Profile | None = None
    path: CalibPath | None = None
    type: DatasetType | None = None
    camera: Camera | None = None
    detector: Detector | None = None
    filter: Filter | None = None

    @property
    def is_config(self) -> bool:
        return self.name == NAME

    @property
    def ecsv(self) -> bool:
        return self.name.endswith(".ecsv")


def surroundings_of(name: str, config: Config | None) -> Surroundings:
    """Return what is known of the file ``name``; never raises."""
    if config is None:
        return Surroundings(name)
    profile = PROFILES[config.profile]
    path = CalibPath.try_parse(name)
    if path is None or path.camera not in config.directories:
        return Surroundings(name, config, profile)
    found = find_type(path.dataset_type)
    try:
        camera = camera_at(config, path.camera, path.start)
    except CuratorError:  # a finding says so; here it only means that less is known
        return Surroundings(name, config, profile, path, found)
    detector = camera.detector_at(path.detector) if path.detector is not None else None
    physical_filter = camera.filter_at(path.physical_filter) if path.physical_filter is not None else None
    return Surroundings(name, config, profile, path, found, camera, detector, physical_filter)
