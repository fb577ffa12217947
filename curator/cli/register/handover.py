"""Write a self-contained folder for an offline site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say
from curator.counts import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Write a self-contained folder for an offline site, with a script that ingests it: the FITS files of an export,
their manifest, and receive.py, which needs only lsst-daf-butler. At the site, `python receive.py REPO` adds
the missing datasets in one transaction. A second run does nothing. The script refuses a label that exists
with other content. A site that has curator can run `curator ingest` on the folder instead.

Labels follow the rules of `curator ingest`: u/NAME/... for any commit, others for released commits."""
EXAMPLES = "curator handover ../export ../for-the-summit --label 2025.1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("export", metavar="EXPORT", help="folder that `curator export` wrote")
    parser.add_argument("out", metavar="DIR", help="folder to write; it must not exist")
    parser.add_argument("--label", required=True, help="label to publish, such as 2025.1")
    parser.add_argument(
        "--prefer", action="store_true", help="make this label the preferred one at that site"
    )


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import listing_refusals
    from curator.registries.handover.write import RECEIVE, hand_over

    with listing_refusals():
        plan = hand_over(args.export, args.out, args.label, prefer=args.prefer)
    say(
        f"{counted(len(plan.ingest), 'dataset')} and {counted(len(plan.certify), 'validity range')} in "
        f"{escape(args.out)}: at the site, run `python {RECEIVE} REPO`"
    )
    return 0
