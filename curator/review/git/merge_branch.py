"""Merge a branch as git does, and calibrations by keyword, row and cell, also without a setup of git."""

from __future__ import annotations

import os
import re
import shlex
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from curator.editing.session import exclusive
from curator.errors import RepositoryError, UsageError
from curator.formats.files.bounded_io import read_bounded, write_atomic
from curator.repository.git.command import GitError, to_text
from curator.review.git.git_drivers import ATTRIBUTES, MERGE_DRIVER, for_user
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.repository.git.command import Git
    from curator.repository.repository import Repository

__all__ = ["BranchMerge", "drivers_off", "merge_branch"]

_BY_LINES = "git merge-file -q --marker-size=%L %A %O %B"


@dataclass(frozen=True, slots=True)
class BranchMerge:
    """What became of a merge, of which nothing is committed.

    Parameters
    ----------
    is_open : bool
        It waits for a commit: not so if there was nothing to merge, or if the branch only went ahead.
    merged : tuple of str
        Files that both sides had changed, and that are whole.
    left : tuple of str
        Files with conflicts.
    conflicts : tuple of str
        A sentence for each conflict in a calibration.
    """

    is_open: bool
    merged: tuple[str, ...]
    left: tuple[str, ...]
    conflicts: tuple[str, ...]


@exclusive("merge")
def merge_branch(repository: Repository, branch: str) -> BranchMerge:
    """Run ``git merge --no-commit`` with the merge driver set for this one call.

    Attributes that the repository or the user gives calibrations have the last word, as after
    ``curator git setup``. No hook and no merge driver that the repository's own settings name is run.

    Parameters
    ----------
    branch : str
        Name of a commit.

    Raises
    ------
    RepositoryError
        There is no such commit, or git refuses to begin.
    """
    if branch.startswith("-"):
        raise UsageError(f"{branch} is not a name of a branch")
    git = repository.git
    theirs = repository.commit(branch).sha
    if os.path.exists(os.path.join(git.gitdir, "MERGE_HEAD")):
        raise RepositoryError("another merge is not finished", hint="`git commit`, or `git merge --abort`")
    both = _changed_on_both(git, theirs)
    with TemporaryDirectory() as folder:
        attributes = os.path.join(folder, "attributes")
        write_atomic(attributes, _attributes(), sync=False)
        words = ["-c", f"core.attributesFile={attributes}", "-c", "merge.verifySignatures=false"]
        words += [*_identity(), *_drivers(git), "merge", "--no-commit", "--no-edit", "--", branch]
        with git.start(*words) as process:
            _, said = process.communicate()
    left = _names(git, "diff", "--name-only", "--diff-filter=U")
    if process.returncode and not left:
        raise git.failure(("merge",), said)
    told = re.findall(r"^curator: (.*)$", said.decode("utf-8", "replace"), re.MULTILINE)
    # Where histories cross, conflicts between the bases are told, too.
    found = [one for one in told if any(one.startswith(f"{path}:") for path in left)]
    is_open = os.path.exists(os.path.join(git.gitdir, "MERGE_HEAD"))
    return BranchMerge(is_open, tuple(sorted(both - left)), tuple(sorted(left)), tuple(found))


def _attributes() -> bytes:
    lines = "".join(f"{line}\n" for line in ATTRIBUTES).encode()
    own = for_user().attributes
    return lines + (read_bounded(own) if os.path.isfile(own) else b"")


def _identity() -> list[str]:
    """Return the settings for who merges, if only the environment says so: git wants it for its log."""
    found = {name: os.environ.get(f"GIT_COMMITTER_{name.upper()}") for name in ("name", "email")}
    return [word for name, value in found.items() if value for word in ("-c", f"user.{name}={value}")]


def _drivers(git: Git) -> list[str]:
    """Return the settings that let curator merge, and no program that the repository's settings name."""
    # Not by way of the PATH, where another curator may be; and without looking for modules in the work tree.
    program = f"{shlex.quote(sys.executable)} -P -m curator".replace("%", "%%")
    driver = MERGE_DRIVER.replace("command -v curator >/dev/null && ", "")
    driver = driver.replace("curator git", f"{program} git")
    return [*drivers_off(git, "--local"), "-c", f"merge.curator.driver={driver}"]


def drivers_off(git: Git, *scope: str) -> list[str]:
    """Return the settings that let git merge by lines where settings name a program."""
    try:
        said = git.run("config", "-z", *scope, "--name-only", "--get-regexp", r"^merge\..*\.driver$")
    except GitError:
        said = b""
    names = {name for name in map(to_text, said.split(b"\0")) if name}
    if odd := next((name for name in names if "=" in name), ""):
        raise RepositoryError(f"the merge driver {odd!r} of this repository cannot be disabled")
    return [word for name in sorted(names) for word in ("-c", f"{name}={_BY_LINES}")]


def _changed_on_both(git: Git, theirs: str) -> set[str]:
    base = git.run("merge-base", "HEAD", theirs).decode("ascii").strip()
    sides = (_names(git, "diff", "--name-only", "--no-renames", base, side) for side in ("HEAD", theirs))
    mine, other = sides
    return mine & other


def _names(git: Git, *words: str) -> set[str]:
    return {to_text(name) for name in git.run(*words, "-z").split(b"\0") if name}
