"""Record today's findings, so that only new ones fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.check.check import locate_all
from curator.cli.terminal.console import escape, paint, say
from curator.cli.terminal.json_output import add_format, say_json
from curator.counts import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from curator.editing.repair.baseline import Recording

__all__ = ["add_arguments", "describe", "run"]

DESCRIPTION = """\
Record today's errors and warnings in a text file, and name the file in curator.yaml.
From then on, only new findings fail a check. A finding is recognised by its rule, its
path and the text of its line, so its line number and message may change.

  write   create the file, and name it in curator.yaml
  update  remove findings that are fixed, and follow renamed files

Both refuse to add findings to an existing file without --allow-growth."""
EXAMPLES = "curator baseline write"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("write", "update"), help="write or update the file")
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="record only findings of these files and directories"
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
        yield f"Recorded {paint(counted(done.added, 'finding'), 'bold')} in {path}."
    elif action == "write" and not done.recorded:
        yield "There are no findings to record."
    if done.declared:
        yield f"curator.yaml now names {path}. Commit both files."
    if done.merged:
        yield f".gitattributes lets git merge {path} without conflicts. Commit it, too."
    if done.moved:
        yield f"{counted(done.moved, 'finding')} followed renamed files."
    if done.dropped:
        yield (
            f"Dropped {counted(done.dropped, 'finding')} that no longer "
            f"{'exists' if done.dropped == 1 else 'exist'}; {done.recorded} left."
        )
    elif not done.added and done.recorded:
        yield f"All recorded findings still exist: {counted(done.recorded, 'finding')}."
    if done.left_out:
        new = len(done.left_out)
        verb = "is" if new == 1 else "are"
        yield f"{counted(new, 'finding')} {verb} new, and not recorded: `curator check` lists them."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
