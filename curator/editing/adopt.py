"""Describes an existing repository: its ``curator.yaml`` and camera files, from what its calibrations say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.profiles import PROFILES
from curator.editing.ballot import Disagreement, located
from curator.editing.declare import camera_path, camera_text, config_text, current_branch, declared_name
from curator.editing.infer import Inferred, infer_camera, main_instrument
from curator.editing.place import refuse_existing, write_all
from curator.editing.session import editing, exclusive
from curator.errors import EditingError
from curator.repository.paths import CalibPath

if TYPE_CHECKING:
    from curator.calibrations.camera import Camera
    from curator.editing.fit import Misfit
    from curator.editing.survey import Survey
    from curator.repository.repository import Repository
    from curator.repository.worktree import WorkTree

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
    misfits : tuple of Misfit
        Why the others do not fit the one chosen.
    files : int
        Calibrations read.
    elsewhere : tuple of (str, str, int)
        Other folders below which calibrations stand, their camera, and how many: left out.
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
    misfits: tuple[Misfit, ...]
    files: int
    elsewhere: tuple[tuple[str, str, int], ...]
    disagreements: tuple[Disagreement, ...]
    ignored: Mapping[str, str]
    written: tuple[str, ...]


@exclusive("adopt")
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
        There is a ``curator.yaml`` already, or no calibration.
    """
    from curator.editing.survey import survey
    from curator.repository.config import NAME

    tree = repo.worktree()
    with editing(tree, "adopt") as session:
        replace = replace or NAME in session.completed  # of an adoption that was killed
    if not replace:
        _refuse_second(tree)
    found = survey(tree)
    if not found.cameras:
        raise _nothing_here()
    chosen = PROFILES[profile or _fitting(found)]
    inferred = list(_infer(found))
    paths = [camera_path(one) for one in inferred]
    for path in paths:
        if not replace:
            refuse_existing(tree, path, hint="--force writes it anew")
    name, branch = declared_name(repo), current_branch(repo)
    texts = {path: camera_text(one, chosen, now) for path, one in zip(paths, inferred, strict=True)}
    texts[NAME] = config_text(name, chosen.name, [one.directory for one in inferred], branch)
    write_all(tree, {path: tree.read(path) for path in texts if tree.find(path) is not None}, texts)
    disagreements = [*found.disagreements, *(each for one in inferred for each in one.disagreements)]
    return Adoption(
        repository=name,
        profile=chosen.name,
        release_branch=branch,
        cameras=tuple(
            AdoptedCamera(
                one.camera,
                path,
                survey_of_it.files,
                len(survey_of_it.types),
                (*one.notes, *_earlier(tree, path)),
            )
            for path, one in zip(paths, inferred, strict=True)
            for survey_of_it in (found.cameras[one.directory],)
        ),
        fitting={name: found.files - fitting.misfitting for name, fitting in found.fitting.items()},
        misfits=tuple(found.fitting[chosen.name].ranked()),
        files=found.files,
        elsewhere=tuple((*below, count) for below, count in sorted(found.elsewhere.items())),
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
    return min(PROFILES, key=lambda name: found.fitting[name].weight)


def _refuse_second(tree: WorkTree) -> None:
    from curator.repository.config import NAME

    refuse_existing(
        tree,
        NAME,
        what="this repository has been adopted already",
        hint="edit it and <camera>/camera/ by hand; --force writes both anew and loses your edits",
    )


def _nothing_here() -> EditingError:
    return EditingError(
        "no file here stands where a calibration does",
        hint="<camera>/<dataset type>/[<detector>/][<filter>/]<date>.ecsv; a new one: `curator init`",
    )


def _earlier(tree: WorkTree, path: str) -> Iterator[str]:
    """Give a note for every other file that describes the camera of ``path``."""
    folder, _, name = path.rpartition("/")
    for other in tree.listdir(folder):
        if other != name and CalibPath.try_parse(f"{folder}/{other}"):
            yield f"{folder}/{other} describes it too, from its own date on: remove it if it is out of date"
