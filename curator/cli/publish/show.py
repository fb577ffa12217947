"""Print a text or FITS calibration for people."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

DESCRIPTION = """\
Print what a text or FITS calibration is: type, data ID, validity, where it came
from, the notes of its editors, and the head of each of its tables. REV:PATH is
a file as a commit has it, its path from the root of the repository or, after
./, from the current directory.

With --regions, print a defect list as a DS9 region file for an image of the
trimmed, assembled detector. `curator new --from-regions` reads it back."""
DEFAULT_ROWS = 10
EXAMPLES = """\
curator show decam/defects/s29/20150105T011500.ecsv
curator show v1.2:decam/defects/s29/20150105T011500.ecsv
curator show defects-s29.fits --regions > bad.reg   # ds9 -regions bad.reg"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an .ecsv, .yaml or .fits file, or REV:PATH")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--rows", metavar="N", type=int, help=f"rows of each table to print (default: {DEFAULT_ROWS})"
    )
    how.add_argument("--regions", action="store_true", help="print a defect list as a DS9 region file")


def run(args: Namespace) -> int:
    from curator.cli.terminal.console import escape, say
    from curator.errors import UsageError

    if args.regions:
        from curator.export.show.regions import regions

        lines = regions(args.file)
    else:
        from curator.export.show.show import show

        rows = DEFAULT_ROWS if args.rows is None else args.rows
        if rows < 0:
            raise UsageError(f"--rows {rows}: a number of rows is not negative")
        revision, colon, path = args.file.partition(":")
        if colon and revision and not os.path.lexists(args.file):
            lines = _committed(args.repo, revision, path, rows)
        else:
            lines = show(args.file, rows=rows)
    for line in lines:
        say(escape(line))
    return 0


def _committed(start: str, revision: str, path: str, rows: int) -> Iterator[str]:
    from curator.export.show.show import show_committed
    from curator.repository.repository import Repository

    repository = Repository.find(start)
    commit = repository.commit(revision)
    if path.startswith(("./", "../")):
        here = os.path.relpath(os.path.realpath(start), repository.root)
        path = os.path.normpath(os.path.join(here, path))
    return show_committed(repository, commit, path, rows)
