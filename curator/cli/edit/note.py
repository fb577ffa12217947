"""Add a line to the HISTORY of calibration files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, say

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Add "YYYY-MM-DD Name: text" to the HISTORY of calibration files. Nothing else in
them changes, and if one cannot be edited none is.
"""
EXAMPLES = 'curator note decam/defects/s29/*.ecsv -m "Masked the hot column 912"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files")
    parser.add_argument(
        "-m", "--message", metavar="TEXT", required=True, help="what was done and why: one line"
    )
    parser.add_argument("--author", metavar="NAME", help="whose note it is; default: git's user.name")


def run(args: Namespace) -> int:
    from curator.editing.header.note import note
    from curator.repository.repository import Repository

    for path in note(Repository.find(args.repo), args.paths, args.message, author=args.author):
        say(escape(path))
    return 0
