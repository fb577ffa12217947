"""``curator plan``: decide what an ingest would write, and save that to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.console import escape, paint, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.registry.saved import SavedPlan

__all__ = ["DESCRIPTION", "add_arguments", "print_saved", "run"]

DESCRIPTION = """\
Compare an export with a registry and save what an ingest would write: new datasets, new validity ranges, and
which label is preferred afterwards. Nothing is written to the registry. `curator apply` does exactly what the
plan says, and refuses if the export or the registry has moved on.
"""
SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("export", metavar="EXPORT", help="folder that `curator export` wrote")
    parser.add_argument("target", metavar="butler:PATH", help="the registry")
    parser.add_argument("--label", required=True, help="name to publish this state under, as 2025.1")
    parser.add_argument(
        "--prefer", action="store_true", help="let <instrument>/calib find this label from then on"
    )
    parser.add_argument("--database", metavar="URL", default="", help="as of `curator ingest`")
    parser.add_argument("--output", "-o", metavar="FILE", help="default: plan-LABEL.json")


def run(args: Namespace) -> int:
    from curator.cli.ingest import print_differences
    from curator.registry.saved import make_plan, save_plan
    from curator.registry.source import Refused

    try:
        saved = make_plan(args.export, args.target, args.label, prefer=args.prefer, database=args.database)
    except Refused as error:
        print_differences(error.differences)
        raise
    path = args.output or f"plan-{args.label.replace('/', '-')}.json"
    save_plan(saved, path)
    print_saved(saved)
    say(f"saved as {escape(path)}: `curator apply {escape(path)}` does it")
    return 0


def print_saved(saved: SavedPlan) -> None:
    """Print what a plan will do, for the person who decides."""
    say(f"plan for {paint(escape(saved.target), 'bold')}, commit {escape(saved.commit[:12])}:")
    if saved.is_empty:
        say("  nothing to do")
        return
    if saved.creates:
        say("  make a new registry")
    _list("ingest", "dataset", [name for name, *_ in saved.ingest])
    ranges = [f"{name} from {start} to {end or 'no end'}" for _, name, _, start, end in saved.certify]
    _list("certify", "range", ranges)
    for move in saved.moves:
        now, then = ", ".join(move.before) or "nothing", ", ".join(move.members)
        say(f"  {escape(move.chain)}: {escape(now)} -> {escape(then or 'nothing')}")


def _list(verb: str, what: str, rows: list[str]) -> None:
    if not rows:
        return
    say(f"  {verb} {len(rows)} {what}{'' if len(rows) == 1 else 's'}")
    for row in rows[:SHOWN]:
        say(f"    {escape(row)}")
    if len(rows) > SHOWN:
        say(f"    … and {len(rows) - SHOWN} more")
