"""Reads ``curator.yaml``: makes a `Config` of bytes, or names every mistake with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curator.errors import CuratorError, RepositoryError
from curator.repository.git.tree_entry import SYMLINK
from curator.repository.layout.camera_files import CameraFiles
from curator.repository.layout.config import ALL_TYPES, CameraEntry, Config, ConfigError, Suppression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.document import Document
    from curator.repository.layout.gen2_layout import Gen2Layout
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["parse_config"]

VERSION = 1
# More text than a thousand people would write by hand.
MAX_BYTES = 1024 * 1024


def parse_config(path: str, raw: bytes, sources: tuple[Snapshot, ...]) -> Config:
    """Return what the bytes of a ``curator.yaml`` say.

    Parameters
    ----------
    path : str
        As messages name it.
    raw : bytes
    sources : tuple of Snapshot
        Where the camera files are looked for, first ones first.

    Raises
    ------
    ConfigError
        With one problem, and its line, for everything that is wrong.
    """
    from curator.calibrations.schema.schemas import violations
    from curator.formats.yaml.reader import read_yaml

    if len(raw) > MAX_BYTES:
        from curator.formats.files.bounded_io import too_large

        raise too_large(path, len(raw), MAX_BYTES)
    document = read_yaml(path, raw)
    tree = document.tree
    _refuse_later_version(path, document)
    if wrong := violations("config", tree):
        raise ConfigError([_problem(path, document, one.path, one.message) for one in wrong])
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
        said = f"schema_version {version} is from a newer version of curator: this one supports {VERSION}"
        problem = _problem(path, document, ("schema_version",), said, version)
        problem.hint = "install a newer curator"
        raise ConfigError([problem])


def _problem(
    path: str, document: Document, keys: Sequence[str | int], message: str, value: object = None
) -> RepositoryError:
    """Return what is wrong at the keys that lead to it."""
    place = document.at(*keys)
    keyword = ".".join(map(str, keys))
    return RepositoryError(
        message, path=path, line=place.line, column=place.column, keyword=keyword, value=value
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
            problems.append(_problem(path, document, ("cameras", number), complaint, camera.directory))
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
        said = f"baseline {found!r} is a file of another kind"
        raise ConfigError([_problem(path, document, ("baseline",), said, found)])
    return found


def _gen2(path: str, document: Document, cameras: Sequence[CameraEntry]) -> dict[str, Gen2Layout]:
    given: Mapping[str, Mapping[str, object]] = document.tree.get("gen2") or {}
    if not given:
        return {}
    from curator.repository.layout.gen2_layout import layout_from

    known = {camera.name for camera in cameras}
    found: dict[str, Gen2Layout] = {}
    problems: list[CuratorError] = []
    for name, mapping in given.items():
        try:
            if name not in known:
                raise ValueError("there is no such camera")
            found[name] = layout_from(mapping)
        except ValueError as error:
            problems.append(_problem(path, document, ("gen2", name), f"gen2 of {name}: {error}"))
    if problems:
        raise ConfigError(problems)
    return found


def _unsafe(directory: str, sources: tuple[Snapshot, ...]) -> str:
    parts = directory.split("/")
    if "\\" in directory or not directory.isprintable() or any(part[:1] in ("", ".") for part in parts):
        return f"camera directory {directory!r} must be the path of a directory, relative to the root"
    if taken := _type_among(parts[1:]):
        return f"camera directory {directory!r}: {taken!r} is the name of a dataset type"
    for depth in range(1, len(parts) + 1):
        above = "/".join(parts[:depth])
        if any((entry := source.find(above)) and entry.mode == SYMLINK for source in sources):
            return f"camera directory {above!r} is a symbolic link, which is not followed"
    return ""


def _type_among(parts: Sequence[str]) -> str:
    """Return the first name of a dataset type: there, a path alone would not say where the type begins."""
    if not parts:
        return ""
    from curator.calibrations.types.types import find_type

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
    from curator.calibrations.time.dates import parse_date

    expires = entry.get("expires")
    return Suppression(
        entry["rule"],
        entry.get("path") or "**",
        entry["reason"],
        parse_date(expires).date() if expires is not None else None,
    )
