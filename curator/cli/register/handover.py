"""Write a self-contained folder for an offline site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Write a folder that a site without a connection takes into its Butler: the FITS files of an export, what the
Butler has to know of them, and receive.py, which needs lsst-daf-butler only. There, `python receive.py REPO`
adds what is missing as one transaction and has nothing to do the second time; it refuses a label that is
there with anything else. A site that has curator may use `curator ingest` on the folder instead.
Labels are those of `curator ingest`: u/NAME/... for any commit, all others for released ones.
"""
EXAMPLES = "curator handover ../export ../for-the-summit --label 2025.1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("export", metavar="EXPORT", help="folder that `curator export` wrote")
    parser.add_argument("out", metavar="DIR", help="folder to write; it must not be there yet")
    parser.add_argument("--label", required=True, help="name to publish this state under, as 2025.1")
    parser.add_argument(
        "--prefer", action="store_true", help="let <instrument>/calib there find this label from then on"
    )


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import count, listing_refusals
    from curator.registry.handover.write import RECEIVE, hand_over

    with listing_refusals():
        plan = hand_over(args.export, args.out, args.label, prefer=args.prefer)
    say(
        f"{count(len(plan.ingest), 'dataset')} and {count(len(plan.certify), 'validity range')} "
        f"in {escape(args.out)}: there, run `python {RECEIVE} REPO`"
    )
    return 0
