"""Set the validity range of calibrations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, remark, say, tell_aside

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Write a validity range into calibration files: VALIDSTART and, with --end, VALIDEND. Nothing else in the files
changes. A file is named after its valid start, so another --start renames it. Without an end, a calibration
is valid until the next one of the same type and data ID starts. Dates are stored in UTC. A folder stands for
all calibrations below it.

Registries use only certified calibrations. In profile obs_base, the name of a file certifies it."""
EXAMPLES = """\
curator certify decam/defects/s29/20250430T120000.ecsv --start 2025-05-01
curator certify decam/defects/s29/20250430T120000.ecsv --end 2025-07-01"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files, or folders of them")
    parser.add_argument(
        "--start", metavar="DATE", help="start of validity; default: the date in the name of each file"
    )
    parser.add_argument("--end", metavar="DATE", help="end of validity (excluded)")
    parser.add_argument("--no-end", action="store_true", help="remove VALIDEND")
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="time scale of the dates")


def run(args: Namespace) -> int:
    from curator.cli.edit._folders import files_of
    from curator.editing.header.certify import certify, overlapping
    from curator.errors import UsageError
    from curator.repository.repository import Repository
    from curator.repository.selection.asked_exposure import moment

    start = moment("--start", args.start, args.scale) if args.start else None
    end = moment("--end", args.end, args.scale) if args.end else None
    if start is not None and start.microsecond:
        raise UsageError(f"--start is {start.isoformat()} UTC: a file name contains whole seconds")
    repo = Repository.find(args.repo)
    made = certify(repo, files_of(repo, args.paths), start=start, end=end, no_end=args.no_end)
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
            f"two calibrations are valid at once, which registries refuse: {after.path} begins "
            f"{after.start} UTC, and {before.path} holds {until}"
        )
    return 0
