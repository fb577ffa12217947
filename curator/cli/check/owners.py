"""Write the list of people that a forge asks about a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say
from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Print the lines of CODEOWNERS that the editors of each camera make (`editors:` of a
camera in curator.yaml), so that GitHub or GitLab asks the right people to review.

The file is the one that is there (.github/, .gitlab/, the root or docs/), else
.github/CODEOWNERS. What people wrote in it stays.

Exit status: 0; 1 with --check if the file is not as it should be; 2 wrong usage."""
EXAMPLES = "curator owners --write"


def add_arguments(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="put them into the file")
    what.add_argument("--check", action="store_true", help="only say whether the file has them")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.editing.repair.owners import plan_owners, write_owners
    from curator.repository.repository import Repository

    tree = Repository.find(args.repo).worktree()
    owners = plan_owners(tree)
    path = escape(owners.path)
    if args.format == "json":
        if args.write and owners.stale:
            write_owners(tree, owners)
        is_current = args.write or not owners.stale
        say_json(path=owners.path, lines=list(owners.lines), is_current=is_current)
        return int(args.check and not is_current)
    if args.check:
        say(f"{path} is {'not ' if owners.stale else ''}what curator.yaml says.")
        if owners.stale:
            say("  hint: `curator owners --write`, and commit it")
        return int(owners.stale)
    if not args.write:
        for line in owners.lines:
            say(escape(line))
    elif owners.stale:
        write_owners(tree, owners)
        say(f"Wrote {path}. It counts once it is on the branch that changes go to.")
    else:
        say(f"{path} is up to date.")
    return 0
