"""``curator apply``: do what a saved plan says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.console import escape, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Do exactly what a plan of `curator plan` or `curator rollback` says, or nothing. It is refused when the
manifest, a file of the export or the registry is no longer what the plan was made from. A second time there
is nothing to do; after an interruption, what is left is done.
"""


def add_arguments(parser: ArgumentParser) -> None:
    from curator.cli.ingest import add_wait

    parser.add_argument("plan", metavar="PLAN", help="file that `curator plan` wrote")
    add_wait(parser)


def run(args: Namespace) -> int:
    from curator.cli.ingest import count, notify, print_differences
    from curator.registry.saved import apply_plan, load_plan
    from curator.registry.source import Refused

    try:
        done = apply_plan(load_plan(args.plan), wait=args.wait, notify=notify)
    except Refused as error:
        print_differences(error.differences)
        raise
    if done.is_empty:
        say("nothing to do: all of this plan is there already")
        return 0
    if done.ingested or done.certified:
        say(
            f"{count(done.ingested, 'dataset')} ingested, {count(done.certified, 'validity range')} certified"
        )
    for move in done.moves:
        then = ", ".join(move.members) or "nothing"
        say(f"{escape(move.chain)}: now {escape(then)}")
    return 0
