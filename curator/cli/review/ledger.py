"""List what is or was masked on a detector: since when, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from curator.cli.terminal.console import complain, say
from curator.cli.terminal.json_output import say_json
from curator.cli.terminal.width import terminal_width

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List each box of the defects and manual_defects of a detector that is or was masked: for which exposures, and
which edits added and removed it (commit, date, editor, note), each time that they did. If two
branches added a box, the older edit counts.

Status: masked (without an end), ended (a later file does not contain it), removed (no file contains it any
more), unused (only files that are not certified contain it, or deprecated ones). In CSV, a box that was
removed and added again has a row with the status earlier for each time that is over."""
EXAMPLES = """\
curator ledger --detector S01
curator ledger --detector S01 --format csv > s01.csv"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--detector", metavar="D", required=True, help="name or id")
    parser.add_argument("--camera", metavar="C", default="", help="camera, if several have the detector")
    parser.add_argument("--rev", metavar="R", help="use a commit; default: the working tree")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="default: text")


def run(args: Namespace) -> int:
    from curator.repository.repository import Repository
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.blame_lines import problem_lines
    from curator.review.blame.mask_ledger import ledger
    from curator.review.blame.mask_ledger_lines import ledger_csv, ledger_lines

    found = ledger(AsOf(Repository.find(args.repo), args.rev), args.detector, camera=args.camera)
    if args.format == "json":
        say_json(**found.to_json())
    elif args.format == "csv":
        ledger_csv(found, sys.stdout)
        for line in problem_lines(found.problems, found.is_cut):
            complain(line)
    else:
        for line in ledger_lines(found, width=terminal_width()):
            say(line)
    return 0
