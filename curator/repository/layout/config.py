"""``curator.yaml``: what a repository says of itself. There is no code in it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from curator.errors import RepositoryError, SeveralErrors
from curator.repository.layout.camera_files import CameraFiles
from curator.repository.snapshots.worktree import WorkTree
from curator.values import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from curator.calibrations.cameras.camera import Camera
    from curator.formats.document import Document
    from curator.repository.layout.gen2_layout import Gen2Layout
    from curator.repository.snapshots.protocol import Snapshot

__all__ = [
    "ALL_TYPES",
    "NAME",
    "CameraEntry",
    "Config",
    "ConfigError",
    "Suppression",
    "camera_at",
    "is_adopted",
    "line_of",
    "load_config",
    "read_config",
]

NAME = "curator.yaml"
# In a camera's editors: every dataset type that is not named.
ALL_TYPES = "*"


class ConfigError(SeveralErrors, RepositoryError):
    """The configuration is not as it must be; ``problems`` has one error for each mistake."""

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class CameraEntry:
    """A camera.

    Parameters
    ----------
    name : str
        Its policy name.
    directory : str
        From the root, such as ``pfs`` or ``curated/pfs``; holds its calibrations.
    editors : tuple of (str, tuple of str)
        Dataset types, or `ALL_TYPES`, each with the handles of those who are asked about a change.
    """

    name: str
    directory: str
    editors: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings of ``rule`` that are known and stay, in the files that the glob ``path`` matches."""

    rule: str
    path: str
    reason: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What ``curator.yaml`` says.

    Parameters
    ----------
    repository : str
        Declared name, stamped into every FITS file.
    profile : {"dmtn148", "obs_base"}
        Which header keywords are asked for.
    cameras : tuple of CameraEntry
    severities : mapping of str to str
        Rule code to ``error``, ``warning``, ``info`` or ``off``.
    suppressions : tuple of Suppression
    release_branch : str
        Branch whose commits may become labels in a registry.
    limits : mapping
        Camera name to limits of its content rules.
    baseline : str
        Where the findings are recorded that were there before; empty if nowhere.
    gen2 : mapping of str to Gen2Layout
        Camera name to how a Gen2 registry holds it, where that is not as by default.
    path : str
        Where it was read, as messages name it.
    camera_files : CameraFiles
        The camera calibrations that belong to it.
    """

    schema_version: int
    repository: str
    profile: str
    cameras: tuple[CameraEntry, ...]
    severities: Mapping[str, str] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    release_branch: str = "main"
    limits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    baseline: str = ""
    gen2: Mapping[str, Gen2Layout] = field(default_factory=dict)
    path: str = NAME
    camera_files: CameraFiles = field(default_factory=CameraFiles, compare=False, repr=False)

    @property
    def directories(self) -> frozenset[str]:
        """The directories below which calibrations stand."""
        return frozenset(camera.directory for camera in self.cameras)

    def camera(self, directory: str) -> CameraEntry | None:
        """Return the camera whose calibrations stand in ``directory``."""
        return next((camera for camera in self.cameras if camera.directory == directory), None)


def camera_at(config: Config, name: str, date: datetime) -> Camera:
    """Return the camera ``name`` (or in directory ``name``) as it was at ``date`` (UTC).

    Before its first file's start it is as at that start.

    Raises
    ------
    CuratorError
        There is no such camera, or no file of it can be read.
    """
    for camera in config.cameras:
        if name in (camera.name, camera.directory):
            return config.camera_files.at(camera.directory, date)
    raise RepositoryError(f"{config.path} declares no camera {name!r}", path=config.path, value=name)


def is_adopted(snapshot: Snapshot) -> bool:
    """Return whether a state of a repository, or the working tree around it, has a ``curator.yaml``.

    Where only the working tree has one, the state lacks it by mistake, and `load_config` says so.
    """
    return os.path.lexists(os.path.join(snapshot.root, NAME)) or snapshot.find(NAME) is not None


def load_config(snapshot: Snapshot, override: str | os.PathLike[str] | None = None) -> Config:
    """Return the configuration of a snapshot.

    Parameters
    ----------
    override : path, optional
        A file on disk that stands in for ``curator.yaml``, also where the snapshot has none. The camera files
        beside it count before the snapshot's own, camera by camera.

    Raises
    ------
    ConfigError
        With one problem, and its line, for everything that is wrong.
    """
    from curator.repository.layout.config_reader import parse_config

    if override is not None:
        return _load_external(snapshot, os.fspath(override))
    if NAME not in snapshot.listdir(""):
        from curator.repository.snapshots.uncommitted import add_hint, is_earlier

        adopt = (
            "`curator adopt` writes one for an existing repository, `curator init` makes a new repository, "
            "--config FILE names one elsewhere"
        )
        if is_earlier(snapshot):
            adopt = f"--config FILE uses another one, such as the {NAME} of the working tree"
        raise RepositoryError(
            f"there is no {NAME} in {snapshot.label}", path=NAME, hint=add_hint(snapshot, NAME, adopt)
        )
    return parse_config(NAME, snapshot.read(NAME), (snapshot,))


def read_config(config: Config, snapshot: Snapshot) -> Document:
    """Return the file that a configuration came from."""
    from curator.formats.files.bounded_io import read_bounded
    from curator.formats.yaml.reader import read_yaml

    raw = snapshot.read(NAME) if config.path == NAME else read_bounded(os.path.realpath(config.path))
    return read_yaml(config.path, raw)


def line_of(config: Config, snapshot: Snapshot, *keys: str | int) -> int:
    """Return the line of ``curator.yaml`` where something of it stands, given the keys that lead to it."""
    return read_config(config, snapshot).at(*keys).line


def _load_external(snapshot: Snapshot, override: str) -> Config:
    from curator.formats.files.bounded_io import read_bounded
    from curator.repository.layout.config_reader import parse_config

    raw = read_bounded(os.path.realpath(override))
    folder = WorkTree(os.path.dirname(os.path.realpath(override)))
    return parse_config(override, raw, (folder, snapshot))
