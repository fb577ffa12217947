"""``curator show``: a calibration for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = """\
Print what a text or FITS calibration is: type, data ID, validity, where it came from, the notes
of its editors, and the head of each of its tables."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an .ecsv, .yaml or .fits file")
    parser.add_argument(
        "--rows", metavar="N", type=int, default=10, help="rows of each table to print (default: 10)"
    )


def run(args: Namespace) -> int:
    from curator.cli.console import say
    from curator.errors import UsageError
    from curator.export.show import show

    if args.rows < 0:
        raise UsageError(f"--rows {args.rows}: a number of rows is not negative")
    for line in show(args.file, rows=args.rows):
        say(line)
    return 0
