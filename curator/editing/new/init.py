"""Makes a new repository of calibrations from the template."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.time.dates import format_date
from curator.editing.clock import utc_now
from curator.editing.new.curator_revision import curator_revision
from curator.errors import EditingError, RepositoryError, UsageError
from curator.name_lookup import require_known
from curator.repository.git.git_address import require_address
from curator.repository.layout.config import NAME, load_config

if TYPE_CHECKING:
    from curator.repository.repository import Repository

__all__ = ["init", "template_answers"]

_CAMERA = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
_START = datetime(2020, 1, 1)


def init(
    directory: str | os.PathLike[str],
    camera: str,
    profile: str = "dmtn148",
    *,
    hooks: str = "",
    revision: str = "",
    now: datetime | None = None,
) -> Repository:
    """Make a repository with one camera and an example of every dataset type; commit nothing.

    Parameters
    ----------
    directory : path
        A folder that does not exist yet, is empty, or holds nothing but a git repository without commits.
    camera : str
        Name of the camera, as ``INSTRUME`` will have it; also the name of its directory.
    profile : str
        Which header keywords are asked for.
    hooks : str
        Git address of curator, for pre-commit to install its hooks from; the installed curator if empty.
    revision : str
        Commit or tag of curator that hooks and CI install; see `curator_revision` if not given.
    now : datetime.datetime, optional
        Creation date (UTC) of the examples.

    Raises
    ------
    UsageError
        The name or the profile will not do, or the address holds a password.
    EditingError
        Something is in the folder already, or it cannot be written.
    """
    from curator.repository.repository import Repository

    _require_name(camera)
    require_known("profile", profile, PROFILES)
    require_address(hooks, "--hooks")
    target = os.path.realpath(directory)
    answers = template_answers(
        camera, profile, hooks, now, revision=revision or curator_revision(hooks, "--hooks").name
    )
    try:
        if os.path.isdir(os.path.join(target, ".git")):
            _fill(Repository.find(target), target, os.fspath(directory), answers)
        else:
            _require_room(target, os.fspath(directory))
            _make(target, answers)
    except OSError as error:
        raise EditingError(f"cannot be written: {error.strerror}", path=target) from None
    return Repository.find(target)


def _fill(repo: Repository, target: str, given: str, answers: Mapping[str, str]) -> None:
    """Write the template into a git repository that holds nothing, all of it or nothing."""
    from curator.editing.new.template import fill_template
    from curator.editing.session import editing
    from curator.editing.tree_writer import write_all

    if _has_commits(target):
        _require_room(target, given)
    with editing(repo, "init") as session:
        if (session.resumed or NAME in session.completed) and _is_described(repo, answers):
            return  # the same command was killed, and is complete now
        _require_room(target, given)
        with session.workshop() as staging:
            fill_template(staging, answers)
            write_all(repo.worktree(), {}, dict(_files(staging)))


def _is_described(repo: Repository, answers: Mapping[str, str]) -> bool:
    tree = repo.worktree()
    if tree.find(NAME) is None:
        return False
    config = load_config(tree)
    return config.profile == answers["profile"] and [one.name for one in config.cameras] == [
        answers["camera"]
    ]


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    from curator.formats.files.bounded_io import read_bounded

    for above, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(above, name)
            yield os.path.relpath(path, folder), read_bounded(path)


def _make(target: str, answers: Mapping[str, str]) -> None:
    """Make a new repository under another name, and give it its own once it is complete."""
    from curator.editing.new.template import fill_template
    from curator.formats.files.locks import folder_lock
    from curator.repository.repository import Repository

    staging = _staging_beside(target)
    os.mkdir(staging)
    try:
        with folder_lock(staging):
            fill_template(staging, answers)
            Repository.init(staging)
            os.rename(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def template_answers(
    camera: str = "camera",
    profile: str = "dmtn148",
    address: str = "",
    now: datetime | None = None,
    *,
    revision: str,
) -> dict[str, str]:
    """Return an answer to every question of the template.

    ``address`` and ``revision`` are those of curator, as hooks and CI install it.
    """
    created = format_date(now or utc_now())
    return {
        "camera": camera,
        "profile": profile,
        "repository": f"obs_{camera.lower()}_data",
        "hooks": address,
        "release_branch": "main",
        "revision": revision,
        "start": format_date(_START),
        "created": created,
        "calibdate": created if PROFILES[profile].calibdate == "creation" else format_date(_START),
    }


def _require_name(camera: str) -> None:
    if not _CAMERA.fullmatch(camera):
        raise UsageError(
            f"{camera!r} cannot be the name of a camera",
            keyword="camera",
            value=camera,
            hint="use a letter, then up to 31 letters, digits, _ or -: the name becomes a directory and "
            "INSTRUME",
        )


def _require_room(target: str, given: str) -> None:
    if not os.path.lexists(target):
        return
    if not os.path.isdir(target):
        raise EditingError("a file with that name exists", path=given)
    names = set(os.listdir(target))
    if not names:
        return
    if names == {".git"} and not _has_commits(target):
        return
    known = ".git" in names or "curator.yaml" in names
    hint = "`curator adopt` describes an existing repository" if known else "name a new folder"
    raise EditingError("the folder is not empty", path=given, hint=hint)


def _has_commits(target: str) -> bool:
    from curator.repository.repository import Repository

    try:
        Repository.find(target).git.run("rev-parse", "--quiet", "--verify", "HEAD")
    except RepositoryError:
        return False
    return True


def _staging_beside(target: str) -> str:
    """Return the name of a folder on the same disk, so that the finished tree can be moved into place."""
    parent, name = os.path.split(target)
    try:
        os.makedirs(parent, exist_ok=True)
    except OSError as error:
        raise EditingError(f"the folder cannot be created: {error.strerror}", path=parent) from None
    _sweep(parent, name)
    return os.path.join(parent, f".{name}.{os.urandom(4).hex()}.new")


def _sweep(parent: str, name: str) -> None:
    """Remove what earlier runs for the same folder left when they were killed."""
    from curator.formats.files.locks import BusyError, folder_lock

    left = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8}}\.new")
    for other in os.listdir(parent):
        path = os.path.join(parent, other)
        if left.fullmatch(other) and os.path.isdir(path) and not os.path.islink(path):
            with suppress(BusyError), folder_lock(path):  # one that is locked is being made now
                shutil.rmtree(path)
