"""Print a text or FITS calibration for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

DESCRIPTION = """\
Print a summary of a text or FITS calibration: type, data ID, validity range, origin, the
notes of its editors, and the first rows of each table. REV:PATH is a text as a commit has
it; PATH starts at the root of the repository or, with ./, in the current directory.

--regions prints a defect list as a DS9 region file for an image of the trimmed,
assembled detector. `curator new --from-regions` reads it back."""
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
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.cli.terminal.console import escape, say
    from curator.errors import UsageError

    if args.regions:
        if args.format == "json":
            raise UsageError("--regions cannot be used with --format json", hint="remove one of them")
        from curator.export.show.regions import regions

        lines = regions(args.file)
    else:
        from curator.export.show.show import show

        rows = DEFAULT_ROWS if args.rows is None else args.rows
        if rows < 0:
            raise UsageError(f"--rows {rows}: the number of rows cannot be negative")
        file, at = _committed(args.repo, args.file)
        if args.format == "json":
            from curator.export.show.show import show_facts

            say_json(**show_facts(file, rows=rows, at=at))
            return 0
        lines = show(file, rows=rows, at=at)
    for line in lines:
        say(escape(line))
    return 0


def _committed(start: str, name: str) -> tuple[str, tuple[Repository, Commit] | None]:
    """Return the path of ``REV:PATH`` in its commit; a file that exists is meant before a commit."""
    from curator.cli.terminal.committed_path import split_revision

    revision, path = split_revision(start, name)
    if not revision:
        return name, None
    from curator.repository.repository import Repository

    repository = Repository.find(start)
    return path, (repository, repository.commit(revision))
