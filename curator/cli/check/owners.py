"""Write the list of people that a forge asks about a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say
from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Print the CODEOWNERS lines for the editors of each camera (`editors:` of a camera in
curator.yaml). GitHub or GitLab then asks these people to review changes.

--write updates the existing CODEOWNERS file (in .github/, .gitlab/, the root or docs/),
or creates .github/CODEOWNERS. Lines that people wrote stay.

Exit status: 0 done; 1 with --check if the file is out of date; 2 wrong usage."""
EXAMPLES = "curator owners --write"


def add_arguments(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="write the lines to the file")
    what.add_argument("--check", action="store_true", help="only check whether the file is up to date")
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
        say(f"{path} {'does not match' if owners.stale else 'matches'} curator.yaml.")
        if owners.stale:
            say("  hint: `curator owners --write`, and commit it")
        return int(owners.stale)
    if not args.write:
        for line in owners.lines:
            say(escape(line))
    elif owners.stale:
        write_owners(tree, owners)
        say(f"Wrote {path}. It takes effect once it is on the target branch of pull requests.")
    else:
        say(f"{path} is up to date.")
    return 0
