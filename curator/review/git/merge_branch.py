"""Merge a branch as git does, and calibrations by keyword, row and cell, also without a setup of git."""

from __future__ import annotations

import os
import re
import shlex
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from curator.counts import counted
from curator.editing.session import exclusive
from curator.errors import RepositoryError, SeveralErrors, UsageError
from curator.formats.files.bounded_io import read_bounded, write_atomic
from curator.repository.git.command import GitError, to_text
from curator.review.git.git_drivers import ATTRIBUTES, MERGE_DRIVER, for_user
from curator.review.git.unmerged_files import unmerged_files
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.errors import LocatedError
    from curator.repository.git.command import Git
    from curator.repository.repository import Repository
    from curator.review.git.unmerged_files import UnmergedFile

__all__ = ["BranchMerge", "drivers_off", "merge_branch"]

# So many of the files that keep git from merging are named.
_FEW_FILES = 10
_BY_LINES = "git merge-file -q --marker-size=%L %A %O %B"


@dataclass(frozen=True, slots=True)
class BranchMerge:
    """What became of a merge, of which nothing is committed.

    Parameters
    ----------
    is_open : bool
        It waits for a commit: not so if there was nothing to merge, or if the branch only went ahead.
    is_ahead : bool
        This branch had no commit of its own, and now has those of the other.
    merged : tuple of str
        Files that both sides had changed, and that are whole.
    left : tuple of UnmergedFile
        Files with conflicts.
    conflicts : tuple of str
        A sentence for each conflict in a calibration.
    """

    is_open: bool
    is_ahead: bool
    merged: tuple[str, ...]
    left: tuple[UnmergedFile, ...]
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
    before = repository.commit(None).sha
    both = _changed_on_both(git, theirs, branch)
    with TemporaryDirectory() as folder:
        attributes = os.path.join(folder, "attributes")
        write_atomic(attributes, _attributes(), sync=False)
        words = ["-c", f"core.attributesFile={attributes}", "-c", "merge.verifySignatures=false"]
        words += [*_identity(), *_drivers(git), "merge", "--no-commit", "--no-edit", "--", branch]
        with git.start(*words) as process:
            printed, complaint = process.communicate()
    left = unmerged_files(git, branch, to_text(printed))
    if process.returncode and not left:
        raise _refusal(git.failure(("merge",), complaint))
    told = re.findall(r"^curator: (.*)$", complaint.decode("utf-8", "replace"), re.MULTILINE)
    # Where histories cross, conflicts between the bases are told, too.
    found = [one for one in told if any(one.startswith(f"{file.path}:") for file in left)]
    is_open = os.path.exists(os.path.join(git.gitdir, "MERGE_HEAD"))
    # What both sides deleted or renamed was not merged.
    merged = (both & _names(git, "ls-files") if both else both) - {file.path for file in left}
    is_ahead = not is_open and repository.commit(None).sha != before
    return BranchMerge(is_open, is_ahead, tuple(sorted(merged)), left, tuple(found))


def _refusal(error: LocatedError) -> LocatedError:
    """Return an error for each file that keeps git from merging, where git names any."""
    if not isinstance(error, GitError) or not error.files:
        return error
    if "untracked" in error.said:
        why, hint = (
            "is not in git, and would be overwritten by merge",
            "move or remove it, or `git add` and commit it",
        )
    else:
        why, hint = "has local changes that would be overwritten by merge", "commit them, or `git stash` them"
    problems = [RepositoryError(why, path=path) for path in error.files[:_FEW_FILES]]
    if more := len(error.files) - len(problems):
        problems.append(RepositoryError(f"{counted(more, 'more file')}: each {why}"))
    problems[-1].hint = hint
    return SeveralErrors(problems)


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


def _changed_on_both(git: Git, theirs: str, branch: str) -> set[str]:
    try:
        base = git.run("merge-base", "HEAD", theirs).decode("ascii").strip()
    except GitError as error:
        if error.said:
            raise
        raise RepositoryError(
            f"this branch and {branch} have no commit in common, so git cannot merge them"
        ) from None
    sides = (_names(git, "diff", "--name-only", "--no-renames", base, side) for side in ("HEAD", theirs))
    mine, other = sides
    return mine & other


def _names(git: Git, *words: str) -> set[str]:
    return {to_text(name) for name in git.run(*words, "-z").split(b"\0") if name}
