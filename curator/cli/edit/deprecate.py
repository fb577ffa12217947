"""Record why calibrations must not be used, and when."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from curator.cli.terminal.console import escape, say, tell_aside

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Record in calibration files that they must not be used, for a time or at all, and why. The files stay in git
and in published labels. From the next label on, registries do not certify them for that time: nothing is
valid then, or, with --fall-back, the calibration before them. Nothing else in the files changes. If one file
cannot be edited, no file is changed. A folder stands for all calibrations below it.

A second deprecation of the same time replaces the first. --undo removes the deprecation of that time, or all
deprecations if you give neither --from nor --to."""
EXAMPLES = """\
curator deprecate decam/defects/s29/20250430T120000.ecsv \\
    --reason "a light leak" --from 2025-07-10 --to 2025-07-20"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="calibration files, or folders of them")
    parser.add_argument("--reason", metavar="TEXT", help="what is wrong, in one line")
    parser.add_argument("--from", dest="start", metavar="DATE", help="start; default: the start of validity")
    parser.add_argument("--to", dest="end", metavar="DATE", help="end (excluded); default: no end")
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="time scale of the dates")
    parser.add_argument("--fall-back", action="store_true", help="use the calibration before them instead")
    parser.add_argument("--undo", action="store_true", help="remove a deprecation")


def run(args: Namespace) -> int:
    from curator.calibrations.header.deprecation import Deprecation
    from curator.cli.edit._folders import files_of
    from curator.editing.header.deprecate import deprecate, undo
    from curator.errors import UsageError
    from curator.repository.repository import Repository
    from curator.repository.selection.asked_exposure import moment

    start = moment("--from", args.start, args.scale) if args.start else None
    end = moment("--to", args.end, args.scale) if args.end else None
    repo = Repository.find(args.repo)
    if not (args.undo or args.reason):
        raise UsageError("no reason given", keyword="reason", hint='--reason "what is wrong"')
    if args.undo and (args.reason or args.fall_back):
        raise UsageError("--undo cannot be used with --reason or --fall-back: remove them")
    paths = files_of(repo, args.paths)
    if args.undo:
        for path in undo(repo, paths, (start, end) if start or end else None):
            say(escape(path))
        return 0
    for one in deprecate(repo, paths, Deprecation(start, end, args.reason, args.fall_back)):
        if one.is_idle:
            tell_aside(f"unchanged, because it is not used then: {escape(one.path)}")
            continue
        say(escape(one.path))
        for gap in one.gaps:
            until = f"until {gap.end}" if gap.end else "on"
            tell_aside(f"  now nothing is valid from {gap.start} {until}")
    return 0
