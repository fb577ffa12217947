"""Write what a registry has certified as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Write the certified calibrations of a collection as text, each in its place in the repository. Review, check
and commit the texts afterwards. The calibrations may come from any program; their validity ranges are those
of the registry. A record beside each text, <valid start>.inputs.yml, names its origin, the data IDs of its
inputs, and the configuration of the pipeline that made it, as far as the registry knows them.

Either all texts are written or none. A text that is already in the repository with the same content is
skipped."""
EXAMPLES = "curator pull butler:/repo/main --collection DECam/calib --type crosstalk"


def add_arguments(parser: ArgumentParser) -> None:
    from curator.cli.edit.import_ import add_writing

    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    parser.add_argument(
        "--collection",
        metavar="C",
        required=True,
        help="label or other CALIBRATION collection, or a chain of them",
    )
    parser.add_argument(
        "--type", metavar="TYPE", action="append", default=[], help="only this dataset type (repeatable)"
    )
    parser.add_argument("--detector", metavar="NAME", default="", help="only this detector: name or id")
    parser.add_argument("--filter", metavar="NAME", default="", help="only this physical filter")
    parser.add_argument(
        "--start",
        metavar="DATE",
        help="start of ranges that have no start; default: the camera's start of operations",
    )
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="time scale of --start")
    add_writing(parser)


def run(args: Namespace) -> int:
    from curator.cli.edit.import_ import tell
    from curator.cli.register.ingest import notify
    from curator.cli.terminal.console import escape, tell_aside
    from curator.registries.query.pull import pull
    from curator.repository.repository import Repository
    from curator.repository.selection.asked_exposure import moment

    start = moment("--start", args.start, args.scale) if args.start else None
    if start is not None and start.microsecond:
        raise UsageError(f"--start is {start.isoformat()} UTC: a file name contains whole seconds")
    found = pull(
        Repository.find(args.repo),
        args.target,
        args.collection,
        types=args.type,
        detector=args.detector,
        physical_filter=args.filter,
        start=start,
        rounded=args.round,
        dry_run=args.dry_run,
        notify=notify,
    )
    tell(found.brought, verbose=args.verbose)
    if found.skipped and not args.type:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(found.skipped.items()))
        tell_aside(f"left where they are, since text is not for them: {escape(names)}")
    return 0
