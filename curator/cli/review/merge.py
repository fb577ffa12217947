"""Merge a branch, calibrations by keyword, row and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import complain, escape, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Merge a branch into the one that is checked out, as git merge --no-commit does, and calibrations by keyword,
row, cell and element. That is for a pull request that a forge calls conflicting, in a clone where nobody ran
`curator git setup`. Nothing is committed, and no setting changes.

Exit status: 0 merged, 1 conflicts are left, 2 wrong usage or git refuses."""
EXAMPLES = """\
curator merge origin/main
curator -C obs_mycam_data merge feature"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("branch", metavar="BRANCH", help="name of the branch, or of any commit, to merge")


def run(args: Namespace) -> int:
    from curator.repository.repository import Repository
    from curator.review.git.merge_branch import merge_branch

    found = merge_branch(Repository.find(args.repo), args.branch)
    for path in found.merged:
        say(f"merged: {escape(path)}")
    for file in found.left:
        say(f"conflict: {escape(file.path)}{f' ({escape(file.reason)})' if file.reason else ''}")
        for way, command in file.ways:
            say(f"  to {escape(way)}: `{escape(command)}`")
    for conflict in found.conflicts:
        complain(escape(conflict))
    if found.left:
        marked = [not file.reason for file in found.left]
        edit = "edit what is between the markers, `git add` the files" if any(marked) else ""
        settle = (
            "" if all(marked) else f"run one of the commands above for each {'other ' if edit else ''}file"
        )
        say(f"Next: {', '.join(filter(None, (edit, settle)))}, and `git commit`.")
        return 1
    if found.is_open:
        say("Nothing is committed. Next: `curator diff --staged`, then `git commit`.")
    elif found.is_ahead:
        say(f"This branch had no commits of its own, and now has all of {escape(args.branch)}.")
    else:
        say(f"There was nothing to merge: this branch already has all of {escape(args.branch)}.")
    return 0
