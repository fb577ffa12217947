"""Add a line to the HISTORY of calibration files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, say

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Add "YYYY-MM-DD Name: text" to the HISTORY of calibration files. A folder stands for all calibrations below
it. With --date, also set CALIB_CREATION_DATE, CALIB_CREATION_TIME and the other keywords of creation to the
current time (UTC). Nothing else in the files changes. If one file cannot be edited, no file is changed."""
EXAMPLES = 'curator note decam/defects/s29/*.ecsv -m "Masked the hot column 912"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files, or folders of them")
    parser.add_argument(
        "-m", "--message", metavar="TEXT", required=True, help="what was done and why, in one line"
    )
    parser.add_argument("--author", metavar="NAME", help="author of the note; default: git's user.name")
    parser.add_argument(
        "--date", action="store_true", help="set the creation date and time to now: the content changed"
    )


def run(args: Namespace) -> int:
    from curator.cli.edit._folders import files_of
    from curator.editing.clock import utc_now
    from curator.editing.header.note import note
    from curator.repository.repository import Repository

    created = utc_now() if args.date else None
    repository = Repository.find(args.repo)
    paths = files_of(repository, args.paths)
    for path in note(repository, paths, args.message, author=args.author, created=created):
        say(escape(path))
    return 0
