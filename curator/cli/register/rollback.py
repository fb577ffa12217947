"""Plan the way back from an applied plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say

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
    parser.add_argument("--output", "-o", metavar="FILE", help="default: back-LABEL.json")


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import notify, print_differences
    from curator.cli.register.plan import print_saved
    from curator.formats.files.write_argument import refuse_input
    from curator.registry.publish.export_reader import Refused
    from curator.registry.publish.plan_file import load_plan, save_plan
    from curator.registry.publish.saved_plan import plan_back

    if args.output is not None:
        refuse_input(args.output, args.plan)
    try:
        back = plan_back(load_plan(args.plan), notify=notify)
    except Refused as error:
        print_differences(error.differences)
        raise
    path = args.output or f"back-{back.label.replace('/', '-')}.json"
    save_plan(back, path)
    print_saved(back)
    say(f"saved as {escape(path)}: `curator apply {escape(path)}` does it")
    return 0
