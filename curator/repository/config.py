"""``curator.yaml``: what a repository says of itself. There is no code in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from curator.errors import CuratorError, RepositoryError
from curator.repository.cameras import CameraFiles
from curator.repository.entry import SYMLINK
from curator.repository.worktree import WorkTree
from curator.values import dataclass, field

if TYPE_CHECKING:
    from datetime import date, datetime

    from curator.calibrations.camera import Camera
    from curator.formats.document import Document
    from curator.repository.gen2 import Gen2Layout
    from curator.repository.snapshot import Snapshot

__all__ = [
    "ALL_TYPES",
    "NAME",
    "CameraEntry",
    "Config",
    "ConfigError",
    "Suppression",
    "camera_at",
    "line_of",
    "load_config",
    "read_config",
]

NAME = "curator.yaml"
VERSION = 1
# In a camera's editors: every dataset type that is not named.
ALL_TYPES = "*"
# More text than a thousand people would write by hand.
MAX_BYTES = 1024 * 1024


class ConfigError(RepositoryError):
    """The configuration is not as it must be; ``problems`` has one error for each mistake."""

    def __init__(self, problems: list[CuratorError]) -> None:
        first = problems[0]
        super().__init__(
            first.message,
            path=first.path,
            line=first.line,
            column=first.column,
            keyword=first.keyword,
            value=first.value,
            hint=first.hint,
        )
        self.problems = tuple(problems)

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
    if override is not None:
        return _load_external(snapshot, os.fspath(override))
    if NAME not in snapshot.listdir(""):
        raise RepositoryError(
            f"there is no {NAME} in {snapshot.label}",
            path=NAME,
            hint="`curator adopt` writes one for an existing repository, --config FILE names one elsewhere",
        )
    return _parse(NAME, snapshot.read(NAME), (snapshot,))


def read_config(config: Config, snapshot: Snapshot) -> Document:
    """Return the file that a configuration came from."""
    from curator.formats.files import read_bounded
    from curator.formats.yaml import read_yaml

    raw = snapshot.read(NAME) if config.path == NAME else read_bounded(os.path.realpath(config.path))
    return read_yaml(config.path, raw)


def line_of(config: Config, snapshot: Snapshot, *keys: str | int) -> int:
    """Return the line of ``curator.yaml`` where something of it stands, given the keys that lead to it."""
    return read_config(config, snapshot).at(*keys).line


def _load_external(snapshot: Snapshot, override: str) -> Config:
    from curator.formats.files import read_bounded

    raw = read_bounded(os.path.realpath(override))
    folder = WorkTree(os.path.dirname(os.path.realpath(override)))
    return _parse(override, raw, (folder, snapshot))


def _parse(path: str, raw: bytes, sources: tuple[Snapshot, ...]) -> Config:
    from curator.calibrations.schemas import violations
    from curator.formats.yaml import read_yaml

    if len(raw) > MAX_BYTES:
        from curator.formats.files import too_large

        raise too_large(path, len(raw), MAX_BYTES)
    document = read_yaml(path, raw)
    tree = document.tree
    _refuse_later_version(path, document)
    wrong = violations("config", tree)
    if wrong:
        raise ConfigError(
            [
                RepositoryError(
                    violation.message,
                    path=path,
                    line=document.at(*violation.path).line,
                    column=document.at(*violation.path).column,
                    keyword=".".join(map(str, violation.path)),
                )
                for violation in wrong
            ]
        )
    cameras = _cameras(path, document, sources)
    return Config(
        schema_version=tree["schema_version"],
        repository=tree["repository"],
        profile=tree["profile"],
        cameras=cameras,
        severities=dict(tree.get("severities") or {}),
        suppressions=tuple(_suppression(entry) for entry in tree.get("suppressions") or ()),
        release_branch=tree.get("release_branch") or "main",
        limits=dict(tree.get("limits") or {}),
        baseline=_baseline(path, document),
        gen2=_gen2(path, document, cameras),
        path=path,
        camera_files=CameraFiles(sources),
    )


def _refuse_later_version(path: str, document: Document) -> None:
    version = document.tree.get("schema_version") if isinstance(document.tree, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise ConfigError(
            [
                RepositoryError(
                    f"schema_version {version} is of a later curator: this one knows {VERSION}",
                    path=path,
                    line=document.at("schema_version").line,
                    keyword="schema_version",
                    value=version,
                    hint="install a newer curator",
                )
            ]
        )


def _cameras(path: str, document: Document, sources: tuple[Snapshot, ...]) -> tuple[CameraEntry, ...]:
    found: list[CameraEntry] = []
    problems: list[CuratorError] = []
    for number, entry in enumerate(document.tree["cameras"]):
        facts = {"name": entry} if isinstance(entry, str) else entry
        camera = CameraEntry(
            facts["name"], facts.get("directory") or facts["name"], _editors(facts.get("editors") or ())
        )
        complaint = _unsafe(camera.directory, sources) or _ambiguous(camera, found)
        if complaint:
            place = document.at("cameras", number)
            problems.append(
                RepositoryError(
                    complaint, path=path, line=place.line, column=place.column, value=camera.directory
                )
            )
        found.append(camera)
    if problems:
        raise ConfigError(problems)
    return tuple(found)


def _editors(found: Mapping[str, list[str]] | Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    given = found if isinstance(found, Mapping) else {ALL_TYPES: found} if found else {}
    return tuple((name, tuple(handles)) for name, handles in given.items())


def _baseline(path: str, document: Document) -> str:
    found: str = document.tree.get("baseline") or ""
    if found.endswith((".ecsv", ".fits", ".yaml", ".yml", ".json")):
        raise ConfigError(
            [
                RepositoryError(
                    f"baseline {found!r} is a file of another kind",
                    path=path,
                    line=document.at("baseline").line,
                    keyword="baseline",
                    value=found,
                )
            ]
        )
    return found


def _gen2(path: str, document: Document, cameras: Sequence[CameraEntry]) -> dict[str, Gen2Layout]:
    given: Mapping[str, Mapping[str, object]] = document.tree.get("gen2") or {}
    if not given:
        return {}
    from curator.repository.gen2 import layout_from

    known = {camera.name for camera in cameras}
    found: dict[str, Gen2Layout] = {}
    problems: list[CuratorError] = []
    for name, mapping in given.items():
        try:
            if name not in known:
                raise ValueError("there is no such camera")
            found[name] = layout_from(mapping)
        except ValueError as error:
            place = document.at("gen2", name)
            problems.append(
                RepositoryError(
                    f"gen2 of {name}: {error}",
                    path=path,
                    line=place.line,
                    column=place.column,
                    keyword=f"gen2.{name}",
                )
            )
    if problems:
        raise ConfigError(problems)
    return found


def _unsafe(directory: str, sources: tuple[Snapshot, ...]) -> str:
    parts = directory.split("/")
    if "\\" in directory or not directory.isprintable() or any(part[:1] in ("", ".") for part in parts):
        return f"camera directory {directory!r} must be the plain path of a directory from the root"
    if taken := _type_among(parts[1:]):
        return f"camera directory {directory!r}: {taken!r} is the name of a dataset type"
    for depth in range(1, len(parts) + 1):
        above = "/".join(parts[:depth])
        if any((entry := source.find(above)) and entry.mode == SYMLINK for source in sources):
            return f"camera directory {above!r} is a symbolic link: nothing behind it is read"
    return ""


def _type_among(parts: Sequence[str]) -> str:
    """Return the first name of a dataset type: there, a path alone would not say where the type begins."""
    if not parts:
        return ""
    from curator.calibrations.types import find_type

    return next((part for part in parts if find_type(part)), "")


def _ambiguous(camera: CameraEntry, earlier: list[CameraEntry]) -> str:
    for other in earlier:
        for mine, theirs in ((camera.name, other.name), (camera.directory, other.directory)):
            if mine.lower() == theirs.lower():
                return f"camera {mine!r} is declared twice"
        outer, inner = sorted((camera.directory.lower(), other.directory.lower()), key=len)
        if inner.startswith(f"{outer}/"):
            return f"camera directory {camera.directory!r}: one of {other.name!r} is inside or around it"
    return ""


def _suppression(entry: Mapping[str, Any]) -> Suppression:
    from curator.calibrations.dates import parse_date

    expires = entry.get("expires")
    return Suppression(
        entry["rule"],
        entry.get("path") or "**",
        entry["reason"],
        parse_date(expires).date() if expires is not None else None,
    )
