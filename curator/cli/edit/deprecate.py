"""Record why calibrations must not be used, and when."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, say, tell_aside

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Say in calibration files that they are not to be used for observations of some time, or at all, and why. They
stay in git, and in what was published. From the next label on, registries certify them without that time:
nothing is valid then, unless --fall-back lets the calibration before run on. Nothing else in the files
changes, and if one cannot be edited none is.

A second deprecation of the same time takes the place of the first. --undo takes the one of that time out
again; without --from and --to every one.
"""
EXAMPLES = """\
curator deprecate decam/defects/s29/20250430T120000.ecsv \\
    --reason "a light leak" --from 2025-07-10 --to 2025-07-20"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files")
    parser.add_argument("--reason", metavar="TEXT", help="what is wrong with them: one line")
    parser.add_argument("--from", dest="start", metavar="DATE", help="first moment; default: ever since")
    parser.add_argument("--to", dest="end", metavar="DATE", help="first moment they may be used again")
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="of the dates given")
    parser.add_argument("--fall-back", action="store_true", help="use what holds before them instead")
    parser.add_argument("--undo", action="store_true", help="they may be used again")


def run(args: Namespace) -> int:
    from curator.calibrations.header.deprecation import Deprecation
    from curator.cli.terminal.exposure_arguments import moment
    from curator.editing.header.deprecate import deprecate, undo
    from curator.errors import UsageError
    from curator.repository.repository import Repository

    start = moment("--from", args.start, args.scale) if args.start else None
    end = moment("--to", args.end, args.scale) if args.end else None
    repo = Repository.find(args.repo)
    if args.undo:
        if args.reason or args.fall_back:
            raise UsageError("--undo takes no --reason and no --fall-back: leave them out")
        for path in undo(repo, args.paths, (start, end) if start or end else None):
            say(escape(path))
        return 0
    if not args.reason:
        raise UsageError("why? no reason is given", keyword="reason", hint='--reason "what is wrong"')
    for one in deprecate(repo, args.paths, Deprecation(start, end, args.reason, args.fall_back)):
        if one.is_idle:
            tell_aside(f"left as it is, for it is not used then anyway: {escape(one.path)}")
            continue
        say(escape(one.path))
        for gap in one.gaps:
            until = f"until {gap.end}" if gap.end else "on"
            tell_aside(f"  nothing is valid now from {gap.start} {until}")
    return 0
