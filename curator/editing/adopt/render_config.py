"""What an adopted repository declares of itself: the text of its ``curator.yaml`` and of its camera files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.time.dates import format_start
from curator.errors import RepositoryError, UsageError

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile
    from curator.editing.adopt.infer_camera import Inferred
    from curator.repository.repository import Repository

__all__ = [
    "Choice",
    "camera_path",
    "camera_text",
    "config_text",
    "release_branch",
    "repository_name",
    "require_name",
]

_ORIGIN = "refs/remotes/origin/"
_LONGEST = 100
_NO_NAMES = ("repo", "repository")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that adopt took, and where it took it from."""

    value: str
    reason: str


def camera_path(found: Inferred) -> str:
    """Return where the file that describes a camera from its start on belongs."""
    assert found.camera.start is not None
    return f"{found.directory}/camera/{format_start(found.camera.start)}.yaml"


def camera_text(found: Inferred, profile: Profile, now: datetime | None) -> bytes:
    """Return a camera file; sizes that are likely stand behind their detectors, in comments."""
    from curator.calibrations.header.keywords import compose_header
    from curator.calibrations.types.camera import TYPE
    from curator.editing.clock import utc_now

    camera = found.camera
    assert camera.start is not None
    created = now or utc_now()
    header = compose_header(TYPE, camera, None, None, camera.start, created, profile, certified=True)
    lines = camera.to_text(header).decode().split("\n")
    first = lines.index("detectors:") + 1 if camera.detectors else 0
    for number, detector in enumerate(camera.detectors, first):
        if size := found.proposed.get(detector.name):
            lines[number] += f"  # its boxes reach {size[0]} x {size[1]}: width and height?"
    return "\n".join(lines).encode()


def config_text(name: str, profile: str, directories: list[str], branch: str) -> bytes:
    """Return a ``curator.yaml``."""
    from curator.formats.yaml.writer import Quoted, flow

    lines = [
        "# The settings of curator for this repository. The files in <camera>/camera/ describe the cameras.",
        "schema_version: 1",
        f"repository: {flow(Quoted(name))}  # stamped into every exported file",
        f"profile: {profile}  # set of header keywords: {' or '.join(PROFILES)}",
        f"release_branch: {flow(Quoted(branch))}  # its commits can be published as labels",
        "cameras:",
        *(f"- {flow(_declared(directory))}" for directory in directories),
    ]
    return ("\n".join(lines) + "\n").encode()


def _declared(directory: str) -> object:
    from curator.formats.yaml.writer import Quoted

    name = directory.rpartition("/")[2]
    return Quoted(name) if name == directory else {"name": Quoted(name), "directory": Quoted(directory)}


def repository_name(repo: Repository, camera: str) -> Choice:
    """Return the name of the repository: as origin's address has it, else that of its main folder.

    A name such as ``repo`` says nothing about the content: the repository is then named after its first
    camera, as in `curator init`. An address that may hold a password or a token is not used.
    """
    from curator.repository.git.git_address import repository_in

    if (name := repository_in(_origin(repo))) and name.lower() not in _NO_NAMES:
        return Choice(name, "from the address of origin")
    common, last = os.path.split(repo.commondir)
    linked = repo.gitdir != repo.commondir
    folder = (common if last == ".git" else last.removesuffix(".git")) if linked else repo.root
    name = _plain(os.path.basename(folder))
    if name.lower() in _NO_NAMES:
        return Choice(
            f"obs_{_plain(camera.rpartition('/')[2]).lower() or 'camera'}_data", "from the first camera"
        )
    return Choice(name or "calibrations", "from the folder")


def _origin(repo: Repository) -> str:
    """Return the address of the remote ``origin``; empty if there is none."""
    try:
        found = repo.git.run("config", "--get", "remote.origin.url")
    except RepositoryError:
        return ""
    return found.decode("utf-8", "replace").strip()


def require_name(name: str) -> str:
    """Return a name that a person declares; it is stamped into every exported file.

    Raises
    ------
    UsageError
        It is not plain: letters, digits and ``._-``, beginning with a letter or digit.
    """
    if not name or _plain(name) != name or not name[0].isalnum() or len(name) > _LONGEST:
        raise UsageError(
            f"{name!r:.80} cannot be the name of a repository",
            keyword="name",
            value=name,
            hint=f"use up to {_LONGEST} letters, digits and ._-, starting with a letter or digit",
        )
    return name


def _plain(name: str) -> str:
    usable = "".join(one if one.isascii() and (one.isalnum() or one in "._-") else "_" for one in name)
    return usable if usable.strip("._-") else ""


def release_branch(repo: Repository) -> Choice:
    """Return the branch that changes are merged into.

    It is the branch that origin/HEAD names, else ``main`` or ``master`` if it exists, else the current one.
    """
    if named := _symbolic(repo, f"{_ORIGIN}HEAD").removeprefix(_ORIGIN):
        return Choice(named, "as origin/HEAD says")
    for name in ("main", "master"):
        if any(_exists(repo, f"{place}{name}") for place in ("refs/heads/", _ORIGIN)):
            return Choice(name, "because there is a branch of this name")
    if current := _symbolic(repo, "HEAD").removeprefix("refs/heads/"):
        return Choice(current, "because it is checked out")
    return Choice("main", "because no branch is checked out")


def _symbolic(repo: Repository, name: str) -> str:
    try:
        return repo.git.run("symbolic-ref", "--quiet", name).decode("utf-8", "replace").strip()
    except RepositoryError:  # there is none, or it names a commit
        return ""


def _exists(repo: Repository, reference: str) -> bool:
    try:
        repo.git.run("show-ref", "--verify", "--quiet", reference)
    except RepositoryError:
        return False
    return True
