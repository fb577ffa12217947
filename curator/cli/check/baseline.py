"""Record today's findings, so that only new ones fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.check.check import locate_all
from curator.cli.terminal.console import escape, paint, say
from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from curator.editing.repair.baseline import Recording

__all__ = ["add_arguments", "describe", "run"]

DESCRIPTION = """\
Record today's errors and warnings in a text file that curator.yaml names, so that
from now on only new ones fail a check. A finding is known again by its rule, its
path and its line's text, not by the number of the line or by its message.

  write   make the file, and name it in curator.yaml
  update  drop what is mended, and follow renamed files

Neither lets the file grow without --allow-growth."""
EXAMPLES = "curator baseline write"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("write", "update"), help="what to do")
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="only findings of these files and directories"
    )
    parser.add_argument("--allow-growth", action="store_true", help="record new findings too")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.editing.repair.baseline import update_baseline, write_baseline
    from curator.repository.repository import Repository

    repository = Repository.find(args.repo)
    tree = repository.worktree()
    paths = locate_all(repository, tree, args) if args.paths else None
    work = write_baseline if args.action == "write" else update_baseline
    done = work(tree, paths=paths, allow_growth=args.allow_growth)
    if args.format == "json":
        new = [{"path": each.path, "line": each.line, "code": each.code} for each in done.left_out]
        counts = {name: getattr(done, name) for name in ("recorded", "added", "dropped", "moved")}
        say_json(path=done.path, **counts, left_out=new)
        return 0
    for line in describe(done, args.action):
        say(line)
    return 0


def describe(done: Recording, action: str) -> Iterator[str]:
    """Give the sentences that say what was recorded."""
    path = escape(done.path)
    if done.added:
        yield f"Recorded {paint(_findings(done.added), 'bold')} in {path}."
    elif action == "write" and not done.recorded:
        yield "Nothing is found, so there is nothing to record."
    if done.declared:
        yield "curator.yaml names it now. Commit both."
    if done.moved:
        yield f"{_findings(done.moved)} went with renamed files."
    if done.dropped:
        yield f"Dropped {_findings(done.dropped)} that {_are(done.dropped)} gone; {done.recorded} left."
    elif not done.added and done.recorded:
        yield f"Nothing is gone: {_findings(done.recorded)} recorded."
    if done.left_out:
        new = len(done.left_out)
        verb = "is" if new == 1 else "are"
        yield f"{_findings(new)} {verb} new, and not recorded: `curator check` shows what."


def _findings(number: int) -> str:
    return f"{number:,} finding{'' if number == 1 else 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
