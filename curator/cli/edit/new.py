"""Write a calibration file with every header filled in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say, tell_aside
from curator.errors import CalibrationError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Write a calibration file with every header keyword filled in as the repository's
profile asks, and content that corrects nothing. Its path is printed.

With --supersede FILE the new file is the next version of FILE: content copied
byte for byte, a header of its own. FILE stays as it is; it ends when the new
one starts. With --from-regions FILE.reg a list of defects takes its boxes from
regions drawn in DS9 and saved in image coordinates.
"""
_OF_THE_OLD = {
    "type": "TYPE",
    "camera": "--camera",
    "detector": "--detector",
    "filter": "--filter",
    "source": "--from",
    "regions": "--from-regions",
}

EXAMPLES = """\
curator new defects --detector S29 --start 2025-04-30T12:00:00
curator new --supersede decam/defects/s29/20150105T011500.ecsv \\
    --start 2025-05-01T12:00:00"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "type", metavar="TYPE", nargs="?", help="dataset type, such as defects or transmission_filter"
    )
    parser.add_argument("--camera", metavar="NAME", help="needed where the repository has several")
    parser.add_argument("--detector", metavar="NAME", help="name or id")
    parser.add_argument("--filter", metavar="NAME", help="physical filter")
    parser.add_argument(
        "--start",
        metavar="DATE",
        help="first moment it holds: YYYY-MM-DDTHH:MM:SS; default: now, uncertified; obs_base needs one",
    )
    parser.add_argument(
        "--scale", choices=("utc", "tai"), default="utc", help="of --start; files are UTC always"
    )
    parser.add_argument("--uncertified", action="store_true", help="no registry shall use it yet")
    parser.add_argument(
        "--supersede",
        metavar="FILE",
        help="begin the next version of FILE; its path says what it is",
    )
    content = parser.add_mutually_exclusive_group()
    content.add_argument(
        "--from", dest="source", metavar="FILE", help="take the content of an earlier file of the same thing"
    )
    content.add_argument(
        "--from-regions", dest="regions", metavar="FILE", help="take the boxes of a DS9 region file"
    )


def run(args: Namespace) -> int:
    return _begin(args) if args.supersede is None else _supersede(args)


def _begin(args: Namespace) -> int:
    from curator.editing.new.new import new
    from curator.repository.repository import Repository

    if args.type is None:
        raise UsageError("which TYPE of file?", hint="`curator new defects`, or --supersede FILE")
    made = new(
        Repository.find(args.repo),
        args.type,
        camera=args.camera,
        detector=args.detector,
        physical_filter=args.filter,
        start=_start(args.start, args.scale),
        certified=not args.uncertified,
        source=args.source,
        regions=args.regions,
    )
    _tell(made.path, made.certified)
    return 0


def _supersede(args: Namespace) -> int:
    from curator.editing.new.supersede import supersede
    from curator.repository.repository import Repository

    for name, option in _OF_THE_OLD.items():
        if getattr(args, name) is not None:
            raise UsageError(
                f"{option} does not go with --supersede: the path of the old file says it",
                keyword=name,
                hint=f"leave out {option}",
            )
    made = supersede(
        Repository.find(args.repo),
        args.supersede,
        start=_start(args.start, args.scale),
        certified=not args.uncertified,
    )
    _tell(made.path, made.certified)
    for text, hint in made.notices:
        tell_aside(f"{escape(text)}\n  hint: {escape(hint)}")
    return 0


def _tell(path: str, certified: bool) -> None:
    say(escape(path))
    if not certified:
        tell_aside("not certified: no registry uses it until `curator certify` gives it a start")


def _start(text: str | None, scale: str) -> datetime | None:
    if text is None:
        return None
    from curator.calibrations.time.time_scales import parse_moment

    try:
        start = parse_moment(text, scale)
    except CalibrationError as error:
        raise UsageError(f"--start: {error.message}", keyword="start", value=text, hint=error.hint) from None
    if start.microsecond:
        raise UsageError(
            f"--start is {start.isoformat()} UTC: a file's name holds whole seconds",
            keyword="start",
            value=text,
        )
    return start
