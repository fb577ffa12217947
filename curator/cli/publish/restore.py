"""Print the text that a FITS file was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = """\
Print the source text of an exported FITS file, byte for byte, from the repository."""
EXAMPLES = "curator restore defects-s29.fits > defects-s29.ecsv"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FITS", help="an exported file")


def run(args: Namespace) -> int:
    import sys

    from curator.export.provenance.restore import restore
    from curator.repository.repository import Repository

    raw = restore(Repository.find(args.repo), args.file)
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    return 0
