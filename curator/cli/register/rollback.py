"""Plan the way back from an applied plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Save a plan that moves the preferred label back, so that look-ups find what they found before PLAN was
applied. The label of PLAN stays, because published labels are never edited; look-ups that name it still work.
Nothing is written to the registry until `curator apply`."""
EXAMPLES = """\
curator rollback plan.json -o back.json
curator apply back.json"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("plan", metavar="PLAN", help="plan that was applied")
    parser.add_argument(
        "--output", "-o", metavar="FILE", help="default: a file in $XDG_STATE_HOME/curator/plans"
    )


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import listing_refusals, notify
    from curator.cli.register.plan import print_next, print_saved, save
    from curator.formats.files.write_argument import refuse_input
    from curator.registries.publish.plan_file import load_plan
    from curator.registries.publish.saved_plan import plan_back

    if args.output is not None:
        refuse_input(args.output, args.plan)
    with listing_refusals():
        back = plan_back(load_plan(args.plan), notify=notify)
    if back.is_empty:
        print_saved(back)
        say("no plan was saved")
        return 0
    path = save(back, args.output)
    print_saved(back)
    print_next(path)
    return 0
