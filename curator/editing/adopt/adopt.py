"""Describes an existing repository: its ``curator.yaml`` and camera files, from what its calibrations say."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES
from curator.editing.adopt.infer_camera import Inferred, find_registered, infer_camera, main_instrument
from curator.editing.adopt.majority_vote import Disagreement, located
from curator.editing.adopt.render_config import (
    Choice,
    camera_path,
    camera_text,
    config_text,
    release_branch,
    repository_name,
    require_name,
)
from curator.editing.session import editing, exclusive
from curator.editing.tree_writer import refuse_existing, write_all
from curator.errors import EditingError
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera
    from curator.calibrations.header.profiles import Profile
    from curator.editing.adopt.profile_mismatch import Misfit, ProfileReport
    from curator.editing.adopt.survey import Survey
    from curator.editing.repair.baseline import Recording
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot
    from curator.repository.snapshots.worktree import WorkTree

__all__ = [
    "AdoptedCamera",
    "Adoption",
    "NothingToAdoptError",
    "adopt",
    "adoption_fits",
    "adoption_texts",
    "infer_cameras",
]


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
    release_branch : str
    notes : tuple of str
        Where the name and the release branch come from, and how to change them.
    fitting : mapping of str to int
        Per profile, in how many files its check finds no error.
    misfits : tuple of Misfit
        The errors in the others, by the profile chosen.
    files : int
        Calibrations read.
    checked : int
        Files that ``curator check`` looks at from now on: these, the camera files, and others beside them.
    elsewhere : tuple of (str, str, int)
        Other folders below which calibrations stand, their camera, and how many: left out.
    disagreements : tuple of Disagreement
        Every place that says something else than what was taken, by path.
    ignored : mapping of str to str
        Text files that are no calibrations by their path, and why.
    written : tuple of str
        Paths of the files written; in a dry run, of those that would be.
    kept : tuple of str
        Files for hooks and continuous integration that exist already: they stay unchanged.
    recording : Recording or None
        What became of today's findings, if they were to be recorded.
    """

    repository: str
    profile: str
    release_branch: str
    notes: tuple[str, ...]
    cameras: tuple[AdoptedCamera, ...]
    fitting: Mapping[str, int]
    misfits: tuple[Misfit, ...]
    files: int
    checked: int
    elsewhere: tuple[tuple[str, str, int], ...]
    disagreements: tuple[Disagreement, ...]
    ignored: Mapping[str, str]
    written: tuple[str, ...]
    kept: tuple[str, ...] = ()
    recording: Recording | None = None


class NothingToAdoptError(EditingError):
    """No file stands where a calibration does; ``ignored`` says of every text file why it is none."""

    def __init__(self, ignored: Mapping[str, str]) -> None:
        super().__init__(
            "no file here is at the path of a calibration",
            hint="<camera>/<dataset type>/[<detector>/][<filter>/]<date>.ecsv; `curator init` creates a "
            "new repository",
        )
        self.ignored = ignored


_NOTHING: Mapping[str, bytes] = MappingProxyType({})


@exclusive("adopt")
def adopt(
    repo: Repository,
    *,
    name: str | None = None,
    profile: str | None = None,
    registered: Sequence[Camera] | None = None,
    replace: bool = False,
    beside: Mapping[str, bytes] = _NOTHING,
    baseline: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
) -> Adoption:
    """Write the configuration and the cameras of a repository that has none; commit nothing.

    All files are written, or none.

    Parameters
    ----------
    name : str, optional
        Of the repository; see `repository_name` if not given.
    profile : str, optional
        The one that fewest files break if not given.
    registered : sequence of Camera, optional
        Instruments as a registry knows them: what it says of names, ids, bands and sizes is taken.
    replace : bool
        Write over ``curator.yaml`` and the camera files that are there.
    beside : mapping of str to bytes, optional
        Other files to write, such as those of `curator.editing.new.automation_files`, unless they exist.
    baseline : bool
        Record today's findings too, in the file that `curator.editing.repair.baseline` makes.
    dry_run : bool
        Return what would be written, and write nothing; findings are not looked for.
    now : datetime.datetime, optional
        Creation date (UTC) of the camera files.

    Raises
    ------
    NothingToAdoptError
        There is no calibration.
    EditingError
        There is a ``curator.yaml`` already.
    """
    from curator.editing.adopt.survey import survey
    from curator.editing.repair.baseline import baseline_texts
    from curator.repository.layout.config import NAME
    from curator.repository.snapshots.overlay import Overlay

    tree = repo.worktree()
    with editing(tree, "adopt") as session:
        replace = replace or NAME in session.completed  # of an adoption that was killed
    if not replace:
        _refuse_second(tree)
    if name is not None:
        require_name(name)
    found = survey(tree)
    if not found.cameras:
        raise NothingToAdoptError(found.ignored)
    declared = Choice(name, "") if name else repository_name(repo, min(found.cameras))
    inferred = infer_cameras(found, registered)
    paths = [camera_path(one) for one in inferred]
    for path in paths:
        if not replace:
            refuse_existing(tree, path, hint="--force writes it again")
    branch = release_branch(repo)
    texts = {
        one: adoption_texts(inferred, declared.value, one, branch.value, now) for one in PROFILES.values()
    }
    fitting = {one.name: adoption_fits(tree, texts[one], found) for one in texts}
    chosen = PROFILES[profile or min(PROFILES, key=lambda one: fitting[one].weight)]
    written = texts[chosen]
    checked = _checked(tree, written)
    kept = tuple(path for path in beside if os.path.lexists(os.path.join(tree.root, path)))
    added = {path: text for path, text in beside.items() if path not in kept}
    recording = None
    if not dry_run:
        if baseline:
            recording, texts_of_it = baseline_texts(Overlay(tree, written), tree.git)
            written = {**written, **texts_of_it}
        before = {path: tree.read(path) for path in written if tree.find(path) is not None}
        write_all(tree, before, {**written, **added})
    disagreements = [*found.disagreements, *(each for one in inferred for each in one.disagreements)]
    return Adoption(
        repository=declared.value,
        profile=chosen.name,
        release_branch=branch.value,
        notes=tuple(_choices(declared, branch)),
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
        fitting={one: found.files - fitting[one].misfitting for one in PROFILES},
        misfits=tuple(fitting[chosen.name].ranked()),
        files=found.files,
        checked=checked,
        elsewhere=tuple((*below, count) for below, count in sorted(found.elsewhere.items())),
        disagreements=tuple(located(disagreements, tree)),
        ignored=dict(found.ignored),
        written=(NAME, *paths, *added, *(path for path in written if path not in (NAME, *paths))),
        kept=kept,
        recording=recording,
    )


def _choices(name: Choice, branch: Choice) -> Iterator[str]:
    from curator.repository.layout.config import NAME

    if name.reason:
        yield f"name: {name.value}, {name.reason}; --name changes it"
    yield f"release branch: {branch.value}, {branch.reason}; change it with release_branch in {NAME}"


def adoption_texts(
    inferred: Sequence[Inferred], name: str, profile: Profile, branch: str, now: datetime | None
) -> dict[str, bytes]:
    """Return what is written under a profile, by path."""
    from curator.repository.layout.config import NAME

    texts = {camera_path(one): camera_text(one, profile, now) for one in inferred}
    texts[NAME] = config_text(name, profile.name, [one.directory for one in inferred], branch)
    return texts


def adoption_fits(tree: Snapshot, texts: dict[str, bytes], found: Survey) -> ProfileReport:
    """Return how the files of a snapshot fit what would be written."""
    from curator.editing.adopt.profile_mismatch import check_profile
    from curator.repository.layout.config import load_config
    from curator.repository.snapshots.overlay import Overlay

    adopted = Overlay(tree, texts)
    return check_profile(adopted, load_config(adopted), found.entries)


def _checked(tree: WorkTree, texts: dict[str, bytes]) -> int:
    """Return how many files a check will look at once ``texts`` are written."""
    from curator.checks.model.relevant_paths import is_relevant
    from curator.repository.layout.config import load_config
    from curator.repository.snapshots.overlay import Overlay

    config = load_config(Overlay(tree, texts))
    files = {entry.path: entry.is_file for entry in tree.entries()} | dict.fromkeys(texts, True)
    return sum(is_relevant(path, is_file, config) for path, is_file in files.items())


def infer_cameras(found: Survey, registered: Sequence[Camera] | None = None) -> list[Inferred]:
    """Return the cameras of a repository as its files, and a registry if given, describe them."""
    return list(_infer(found, registered))


def _infer(found: Survey, registered: Sequence[Camera] | None) -> Iterator[Inferred]:
    instruments = {directory: main_instrument(camera) for directory, camera in found.cameras.items()}
    for directory, camera in sorted(found.cameras.items()):
        others = {name for key, one in instruments.items() if key != directory for name in (key, one)}
        known = find_registered(camera, registered) if registered is not None else None
        inferred = infer_camera(camera, others, known)
        if registered is not None and known is None:
            has = ", ".join(one.instrument for one in registered) or "none at all"
            unknown = f"the registry has none of the instruments that the files name; it has {has}"
            inferred = dataclasses.replace(inferred, notes=(unknown, *inferred.notes))
        yield inferred


def _refuse_second(tree: WorkTree) -> None:
    from curator.repository.layout.config import NAME

    refuse_existing(
        tree,
        NAME,
        what="this repository is already adopted",
        hint="edit it and <camera>/camera/ by hand; `curator adopt --hooks --ci` adds hooks and CI; --force "
        "writes both again and loses your edits",
    )


def _earlier(tree: WorkTree, path: str) -> Iterator[str]:
    """Give a note for every other file that describes the camera of ``path``."""
    folder, _, name = path.rpartition("/")
    for other in tree.listdir(folder):
        if other != name and CalibPath.try_parse(f"{folder}/{other}"):
            yield (
                f"{folder}/{other} also describes it, from its own date on: remove that file if it is out "
                "of date"
            )
