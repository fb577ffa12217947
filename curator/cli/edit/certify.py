"""Set the validity range of calibrations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, remark, say, tell_aside

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Write the validity range that a person decided on into calibration files: VALIDSTART and, with --end,
VALIDEND. Nothing else in them changes. A file is named by its valid start: with another --start it is
renamed. Without an end it holds until the next one of its kind begins. Dates are stored in UTC.

Registries use a calibration only once it is certified; under the profile obs_base its name certifies it.
"""
EXAMPLES = """\
curator certify decam/defects/s29/20250430T120000.ecsv --start 2025-05-01
curator certify decam/defects/s29/20250430T120000.ecsv --end 2025-07-01"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files")
    parser.add_argument("--start", metavar="DATE", help="first moment they hold; default: as they are named")
    parser.add_argument("--end", metavar="DATE", help="first moment they no longer hold")
    parser.add_argument("--no-end", action="store_true", help="take VALIDEND out again")
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="of the dates given")


def run(args: Namespace) -> int:
    from curator.cli.terminal.exposure_arguments import moment
    from curator.editing.header.certify import certify, overlapping
    from curator.errors import UsageError
    from curator.repository.repository import Repository

    start = moment("--start", args.start, args.scale) if args.start else None
    end = moment("--end", args.end, args.scale) if args.end else None
    if start is not None and start.microsecond:
        raise UsageError(f"--start is {start.isoformat()} UTC: a file's name holds whole seconds")
    repo = Repository.find(args.repo)
    made = certify(repo, args.paths, start=start, end=end, no_end=args.no_end)
    renamed = any(one.path != one.before for one in made)
    tracked = {entry.path for entry in repo.index().entries()} if renamed else set()
    for one in made:
        say(escape(one.path))
        if one.path != one.before:
            both = "; git add both" if one.before in tracked else ""  # which git does not know it cannot add
            tell_aside(f"  was {escape(one.before)}{both}")
    for before, after in overlapping(repo, [one.path for one in made]):
        until = f"until {before.end} UTC" if before.end else "without end"
        remark(
            f"two are valid at once, and no registry takes that: {after.path} begins {after.start} UTC, "
            f"and {before.path} holds {until}"
        )
    return 0
