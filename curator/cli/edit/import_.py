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
Convert FITS calibrations to text, and write each text to its place in the repository. Review, check and
commit the texts afterwards. The FITS files may come from any program, and may be compressed with gzip. A
record beside each text, <valid start>.inputs.yml, names its origin and its inputs.

The headers say what a file is and when it is valid; options supply what the headers leave out. A file without
a start is written uncertified. In profile obs_base such a file is refused, because there the name of a file
certifies it.

Either all files are written or none. A file that is already in the repository with the same content is
skipped."""
EXAMPLES = "curator import crosstalk-s29.fits --type crosstalk --start 2025-04-30"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FITS", nargs="+", help="FITS files of calibrations")
    parser.add_argument("--type", metavar="TYPE", default="", help="dataset type, if OBSTYPE is missing")
    parser.add_argument("--camera", metavar="NAME", default="", help="camera, if INSTRUME is missing")
    parser.add_argument("--detector", metavar="NAME", default="", help="name or id, if DETECTOR is missing")
    parser.add_argument("--filter", metavar="NAME", default="", help="physical filter, if FILTER is missing")
    parser.add_argument("--start", metavar="DATE", help="start of validity; default: the date in the header")
    parser.add_argument("--end", metavar="DATE", help="end of validity (excluded)")
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="time scale of the dates")
    add_writing(parser)


def add_writing(parser: ArgumentParser) -> None:
    """Add the options that say how texts are written."""
    parser.add_argument(
        "--round", action="store_true", help="round a start with a fraction of a second up to the next second"
    )
    parser.add_argument(
        "-n", "--dry-run", action="store_true", help="show what would be written, and write nothing"
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="list all files that already exist or are not certified"
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
    from curator.editing.fits_import.pending_import import GivenRange
    from curator.repository.selection.asked_exposure import moment

    if args.start is None:
        if args.end is not None:
            raise UsageError("--end needs --start", keyword="end", hint="--start DATE")
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
            tell_aside(f"{escape(path)}: already in the repository")
    elif found.kept:
        tell_aside(f"{len(found.kept)} already in the repository")
    if found.uncertified:
        tell_aside(
            f"{len(found.uncertified)} not certified: registries do not use them until `curator certify` "
            "sets a start"
        )
        for path in found.uncertified if verbose else ():
            tell_aside(f"  {escape(path)}")
