"""Say what `curator merge` would make of two commits, in memory."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from curator.compare.merge.merge import merge
from curator.errors import FormatError, IncompleteCloneError, RepositoryError
from curator.repository.git.command import to_text
from curator.repository.git.object_reader import Blobs
from curator.review.git.git_drivers import ATTRIBUTES
from curator.review.git.merge_branch import drivers_off
from curator.review.git.merge_driver import type_of
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.repository.git.command import Git
    from curator.repository.repository import Repository

__all__ = ["MergeForecast", "forecast_merge"]

_PATTERNS = [line.partition(" ")[0] for line in ATTRIBUTES]
# How modes of regular files begin.
_FILE = "100"
# The status of git where it does not know an option.
_USAGE = 129


@dataclass(frozen=True, slots=True)
class MergeForecast:
    """The files that git cannot merge by lines, and what `curator merge` makes of them.

    Parameters
    ----------
    target : str
        The name of the commit to merge.
    merged : tuple of str
        Files that `curator merge` merges.
    left : tuple of (str, str)
        Files with conflicts, and the first conflict of each.
    unknown : str
        Why nothing is known, empty where the others are.
    """

    target: str
    merged: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    unknown: str = ""


def forecast_merge(repository: Repository, target: str, head: str) -> MergeForecast:
    """Return what `curator merge TARGET` would make of ``head``; no file or branch changes."""
    git = repository.git
    try:
        conflicting = _conflicting(git, repository.commit(head).sha, repository.commit(target).sha)
        blobs = Blobs(git)
        problems = {path: _problem(blobs, path, stages, target) for path, stages in conflicting.items()}
    except (IncompleteCloneError, RepositoryError) as error:
        return MergeForecast(target, unknown=error.message)
    merged = tuple(path for path, problem in problems.items() if not problem)
    return MergeForecast(target, merged, tuple((path, said) for path, said in problems.items() if said))


def _conflicting(git: Git, head: str, target: str) -> dict[str, dict[str, str]]:
    """Return the blobs of each file that git cannot merge, by stage; empty for what is no regular file."""
    words = (*drivers_off(git), "merge-tree", "--write-tree", "--no-messages", "-z", head, target)
    with git.start(*words) as process:
        said, complaint = process.communicate()
    if process.returncode == _USAGE:
        raise RepositoryError("only git 2.38 or newer can tell")
    if process.returncode not in (0, 1):
        raise git.failure(("merge-tree",), complaint)
    found: dict[str, dict[str, str]] = {}
    for line in said.split(b"\0")[1:]:
        facts, _, path = line.partition(b"\t")
        if path:
            mode, blob, stage = facts.decode("ascii").split()
            found.setdefault(to_text(path), {})[stage] = blob if mode.startswith(_FILE) else ""
    return found


def _problem(blobs: Blobs, path: str, stages: dict[str, str], target: str) -> str:
    """Return the first conflict that `curator merge` leaves in a file, empty if it leaves none."""
    if not {"2", "3"} <= stages.keys():
        return "one side removed or renamed it, the other changed it"
    name = path.rpartition("/")[2]
    if not all(stages.values()) or not any(fnmatchcase(name, pattern) for pattern in _PATTERNS):
        return "not a calibration: both sides changed the same lines"
    try:
        base, ours, theirs = (
            blobs.read(stages[stage], path) if stage in stages else b"" for stage in ("1", "2", "3")
        )
        conflicts = merge(path, base, ours, theirs, type_of(path, ours)).conflicts
    except FormatError as error:
        return error.message
    if not conflicts:
        return ""
    more = f", and {len(conflicts) - 1} more" if len(conflicts) > 1 else ""
    return f"{conflicts[0].sentence('this branch', target)}{more}"
