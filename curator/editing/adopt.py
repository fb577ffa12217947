"""Describes an existing repository: its ``curator.yaml`` and camera files, from what its calibrations say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.dates import format_start
from curator.calibrations.profiles import PROFILES
from curator.editing.ballot import Disagreement, located
from curator.editing.infer import Inferred, infer_camera, main_instrument
from curator.editing.place import refuse_existing, write_file
from curator.errors import EditingError, RepositoryError

if TYPE_CHECKING:
    from curator.calibrations.camera import Camera
    from curator.calibrations.profiles import Profile
    from curator.editing.survey import Survey
    from curator.repository.repository import Repository

__all__ = ["AdoptedCamera", "Adoption", "adopt"]


@dataclass(frozen=True, slots=True)
class AdoptedCamera:
    """A camera with the number of files and dataset types it was inferred from."""

    camera: Camera
    path: str
    files: int
    types: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was found and written.

    Parameters
    ----------
    repository : str
        Declared name.
    profile : str
        The one chosen.
    fitting : mapping of str to int
        Per profile, how many files it has nothing to say against.
    files : int
        Calibrations read.
    disagreements : tuple of Disagreement
        Every place that says something else than what was taken, by path.
    ignored : mapping of str to str
        Text files that are no calibrations by their path, and why.
    written : tuple of str
        Paths of the files written.
    """

    repository: str
    profile: str
    release_branch: str
    cameras: tuple[AdoptedCamera, ...]
    fitting: Mapping[str, int]
    files: int
    disagreements: tuple[Disagreement, ...]
    ignored: Mapping[str, str]
    written: tuple[str, ...]


def adopt(
    repo: Repository, *, profile: str | None = None, replace: bool = False, now: datetime | None = None
) -> Adoption:
    """Write the configuration and the cameras of a repository that has none; commit nothing.

    Parameters
    ----------
    profile : str, optional
        The one that fewest files break if not given.
    replace : bool
        Write over ``curator.yaml`` and the camera files that are there.
    now : datetime.datetime, optional
        Creation date (UTC) of the camera files.

    Raises
    ------
    EditingError
        There is a ``curator.yaml`` already, or no calibration at all.
    """
    from curator.editing.survey import survey
    from curator.repository.config import NAME

    tree = repo.worktree()
    if not replace:
        refuse_existing(tree, NAME, hint="--force writes it, and the camera files, anew")
    found = survey(tree)
    if not found.cameras:
        raise EditingError(
            "no file here stands where a calibration does",
            hint="<camera>/<dataset type>/[<detector>/][<filter>/]<date>.ecsv; a new one: `curator init`",
        )
    chosen = PROFILES[profile or _fitting(found)]
    inferred = list(_infer(found))
    paths = [f"{one.camera.name}/camera/{_start(one.camera)}.yaml" for one in inferred]
    for path in paths:
        if not replace:
            refuse_existing(tree, path, hint="--force writes it anew")
    name, branch = _declared_name(repo), _current_branch(repo)
    for path, one in zip(paths, inferred, strict=True):
        write_file(tree, path, _camera_text(one.camera, chosen, now))
    directories = [one.camera.name for one in inferred]
    # Last, so that an interrupted adoption leaves nothing that looks complete.
    write_file(tree, NAME, config_text(name, chosen.name, directories, branch))
    disagreements = [*found.disagreements, *(each for one in inferred for each in one.disagreements)]
    return Adoption(
        repository=name,
        profile=chosen.name,
        release_branch=branch,
        cameras=tuple(
            AdoptedCamera(one.camera, path, survey_of_it.files, len(survey_of_it.types), one.notes)
            for path, one in zip(paths, inferred, strict=True)
            for survey_of_it in (found.cameras[one.camera.name],)
        ),
        fitting={name: found.files - found.misfits[name] for name in PROFILES},
        files=found.files,
        disagreements=tuple(located(disagreements, tree)),
        ignored=dict(found.ignored),
        written=(NAME, *paths),
    )


def _infer(found: Survey) -> Iterator[Inferred]:
    instruments = {directory: main_instrument(camera) for directory, camera in found.cameras.items()}
    for directory, camera in sorted(found.cameras.items()):
        others = {name for key, one in instruments.items() if key != directory for name in (key, one)}
        yield infer_camera(camera, others)


def _fitting(found: Survey) -> str:
    return min(PROFILES, key=lambda name: found.misfits[name])


def _start(camera: Camera) -> str:
    assert camera.start is not None
    return format_start(camera.start)


def _camera_text(camera: Camera, profile: Profile, now: datetime | None) -> bytes:
    from curator.calibrations.camera import TYPE
    from curator.calibrations.header import compose_header
    from curator.editing.clock import utc_now

    assert camera.start is not None
    created = now or utc_now()
    header = compose_header(TYPE, camera, None, None, camera.start, created, profile, certified=True)
    return camera.to_text(header)


def config_text(name: str, profile: str, cameras: list[str], branch: str) -> bytes:
    """Return a ``curator.yaml``: every JSON string is YAML of the same value."""
    import json

    def quote(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    lines = [
        "# What curator has to know of this repository; the cameras are described in <camera>/camera/.",
        "schema_version: 1",
        f"repository: {quote(name)}  # stamped into every exported file",
        f"profile: {profile}  # which header keywords are asked for: {' or '.join(PROFILES)}",
        f"release_branch: {quote(branch)}  # its commits may become labels in a registry",
        "cameras:",
        *(f"- {quote(camera)}" for camera in cameras),
    ]
    return ("\n".join(lines) + "\n").encode()


def _declared_name(repo: Repository) -> str:
    """Return the last part of where this was cloned from, else the name of its folder."""
    try:
        url = repo.git.run("config", "--get", "remote.origin.url").decode("utf-8", "replace").strip()
    except RepositoryError:
        url = ""
    name = url.rstrip("/").replace(":", "/").rpartition("/")[2].removesuffix(".git")
    return _plain(name) or _plain(os.path.basename(repo.root)) or "calibrations"


def _plain(name: str) -> str:
    usable = "".join(one if one.isascii() and (one.isalnum() or one in "._-") else "_" for one in name)
    return usable if usable.strip("._-") else ""


def _current_branch(repo: Repository) -> str:
    try:
        return (
            repo.git.run("symbolic-ref", "--quiet", "--short", "HEAD").decode("utf-8", "replace").strip()
            or "main"
        )
    except RepositoryError:  # a detached head
        return "main"
