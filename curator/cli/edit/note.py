"""Add a line to the HISTORY of calibration files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, say

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Add "YYYY-MM-DD Name: text" to the HISTORY of calibration files. Nothing else in the
files changes. If one file cannot be edited, no file is changed."""
EXAMPLES = 'curator note decam/defects/s29/*.ecsv -m "Masked the hot column 912"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files")
    parser.add_argument(
        "-m", "--message", metavar="TEXT", required=True, help="what was done and why, in one line"
    )
    parser.add_argument("--author", metavar="NAME", help="author of the note; default: git's user.name")


def run(args: Namespace) -> int:
    from curator.editing.header.note import note
    from curator.repository.repository import Repository

    for path in note(Repository.find(args.repo), args.paths, args.message, author=args.author):
        say(escape(path))
    return 0
