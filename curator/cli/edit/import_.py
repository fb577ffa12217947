"""Convert FITS calibrations to text, with a record of their origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.editing.fits_import.import_fits import Imported
    from curator.editing.fits_import.pending_import import GivenRange

__all__ = ["DESCRIPTION", "add_arguments", "run", "tell"]

DESCRIPTION = """\
Write FITS calibrations, whoever made them, as text where the repository has calibrations of their kind:
ready to be looked at, checked and committed. Beside each text a record, <valid start>.inputs.yml, says where
it came from and what it was made from.

Files may be packed by gzip. Headers say what a file is and when it holds; options say what they do not.
Without a start, a file is written uncertified; under the profile obs_base, where its name certifies a file,
it is refused.

Either all files are written or none. One whose place holds the same already is left alone.
"""
EXAMPLES = "curator import crosstalk-s29.fits --type crosstalk --start 2025-04-30"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FITS", nargs="+", help="FITS files of calibrations")
    parser.add_argument("--type", metavar="TYPE", default="", help="dataset type, where OBSTYPE does not say")
    parser.add_argument("--camera", metavar="NAME", default="", help="where INSTRUME does not say")
    parser.add_argument(
        "--detector", metavar="NAME", default="", help="name or id, where DETECTOR does not say"
    )
    parser.add_argument(
        "--filter", metavar="NAME", default="", help="physical filter, where FILTER does not say"
    )
    parser.add_argument(
        "--start", metavar="DATE", help="first moment they hold; default: as their headers say"
    )
    parser.add_argument("--end", metavar="DATE", help="first moment they no longer hold")
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="of the dates given")
    add_writing(parser)


def add_writing(parser: ArgumentParser) -> None:
    """Add the options that say how texts are written."""
    parser.add_argument(
        "--round", action="store_true", help="let a start within a second be the next whole one"
    )
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="write nothing, say what would be written"
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="name every file that is there already or not certified"
    )


def run(args: Namespace) -> int:
    from curator.editing.fits_import.import_fits import given_file, import_files
    from curator.editing.fits_import.pending_import import GivenIdentity, PendingImport
    from curator.repository.repository import Repository

    declared = GivenIdentity(args.type, args.camera, args.detector, args.filter)
    given = _range(args)
    arrivals = [PendingImport(given_file(file), declared=declared, range=given) for file in args.files]
    found = import_files(Repository.find(args.repo), arrivals, rounded=args.round, dry_run=args.dry_run)
    tell(found, verbose=args.verbose)
    return 0


def _range(args: Namespace) -> GivenRange | None:
    from curator.cli.terminal.exposure_arguments import moment
    from curator.editing.fits_import.pending_import import GivenRange

    if args.start is None:
        if args.end is not None:
            raise UsageError("--end without --start: from when on?", keyword="end", hint="--start DATE")
        return None
    start = moment("--start", args.start, args.scale)
    return GivenRange(start, moment("--end", args.end, args.scale) if args.end else None)


def tell(found: Imported, *, verbose: bool = False) -> None:
    """Print what was written; if ``verbose``, each file that is there already or not certified too."""
    from curator.cli.terminal.console import escape, say, tell_aside

    for path in found.written:
        say(escape(path))
    if verbose or len(found.kept) == 1:
        for path in found.kept:
            tell_aside(f"{escape(path)}: there already")
    elif found.kept:
        tell_aside(f"{len(found.kept)} there already")
    if found.uncertified:
        tell_aside(
            f"{len(found.uncertified)} not certified: no registry uses them until `curator certify` gives "
            "them a start"
        )
        for path in found.uncertified if verbose else ():
            tell_aside(f"  {escape(path)}")
