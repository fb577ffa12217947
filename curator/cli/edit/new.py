"""Write a calibration file with every header filled in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say, tell_aside
from curator.errors import CalibrationError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from curator.repository.repository import Repository

__all__ = ["add_arguments", "run"]

DESCRIPTION = """\
Write a calibration file with all header keywords of the repository's profile, and
with empty or neutral content. Print its path.

--supersede FILE writes the next version of FILE: the content is copied byte for byte,
the header is new. FILE stays unchanged; its validity ends when the new file starts.
--from-regions FILE.reg fills a list of defects from regions that were drawn in DS9
and saved in image coordinates. --box adds a row to a list of defects."""
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
    --start 2025-05-01T12:00:00 --box 1022,0,1,4096"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "type", metavar="TYPE", nargs="?", help="dataset type, such as defects or transmission_filter"
    )
    parser.add_argument(
        "--camera", metavar="NAME", help="camera; required if several have the detector or filter"
    )
    parser.add_argument("--detector", metavar="NAME", help="name or id")
    parser.add_argument("--filter", metavar="NAME", help="physical filter")
    parser.add_argument(
        "--start",
        metavar="DATE",
        help="start of validity: YYYY-MM-DDTHH:MM:SS; default: now, uncertified; required in profile "
        "obs_base",
    )
    parser.add_argument(
        "--scale", choices=("utc", "tai"), default="utc", help="time scale of --start; files are always UTC"
    )
    parser.add_argument(
        "--uncertified", action="store_true", help="do not certify: registries do not use the file yet"
    )
    parser.add_argument(
        "--supersede",
        metavar="FILE",
        help="write the next version of FILE, with its type and data ID",
    )
    content = parser.add_mutually_exclusive_group()
    content.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="copy the content of an earlier file with the same type and data ID",
    )
    content.add_argument(
        "--from-regions", dest="regions", metavar="FILE", help="read the boxes from a DS9 region file"
    )
    parser.add_argument(
        "--box",
        dest="boxes",
        metavar="X0,Y0,WIDTH,HEIGHT",
        action="append",
        default=[],
        help="add this row to a list of defects, in pixels from 0 (repeatable)",
    )


def run(args: Namespace) -> int:
    return _begin(args) if args.supersede is None else _supersede(args)


def _begin(args: Namespace) -> int:
    from curator.editing.new.add_boxes import parse_box
    from curator.editing.new.new import new
    from curator.repository.repository import Repository

    if args.type is None:
        raise UsageError("TYPE is missing", hint="`curator new defects`, or --supersede FILE")
    repo = Repository.find(args.repo)
    made = new(
        repo,
        args.type,
        camera=args.camera,
        detector=args.detector,
        physical_filter=args.filter,
        start=_start(args.start, args.scale),
        certified=not args.uncertified,
        source=args.source,
        regions=args.regions,
        boxes=[parse_box(text) for text in args.boxes],
    )
    _tell(made.path, made.certified, args.start)
    if made.certified and args.source is None:
        _tell_content_left_behind(repo, made.path)
    return 0


def _supersede(args: Namespace) -> int:
    from curator.editing.new.add_boxes import parse_box
    from curator.editing.new.supersede import supersede
    from curator.repository.repository import Repository

    for name, option in _OF_THE_OLD.items():
        if getattr(args, name) is not None:
            raise UsageError(
                f"{option} cannot be used with --supersede: it is taken from the path of the old file",
                keyword=name,
                hint=f"remove {option}",
            )
    made = supersede(
        Repository.find(args.repo),
        args.supersede,
        start=_start(args.start, args.scale),
        certified=not args.uncertified,
        boxes=[parse_box(text) for text in args.boxes],
    )
    _tell(made.path, made.certified, args.start)
    for text, hint in made.notices:
        tell_aside(f"{escape(text)}\n  hint: {escape(hint)}")
    return 0


def _tell(path: str, certified: bool, given: str | None) -> None:
    from curator.calibrations.time.time_scales import is_day
    from curator.repository.layout.paths import CalibPath

    say(escape(path))
    if not certified:
        tell_aside("not certified: registries do not use it until `curator certify` sets a start")
    elif given is not None and is_day(given):
        start = CalibPath.parse(path).start.isoformat()
        tell_aside(
            f"starts at {start} UTC; an exposure that crosses this time has no unique calibration\n"
            f"  hint: choose a time when nobody observes: --start {start[:10]}THH:MM"
        )


def _tell_content_left_behind(repo: Repository, path: str) -> None:
    """Say on standard error which file the new one ends, if that file has content."""
    from curator.editing.new.adjacent_versions import content_before

    if (old := content_before(repo, path)) is not None:
        name = escape(old.rpartition("/")[2])
        tell_aside(
            f"{name} applies until then; the new file has none of its content\n"
            f"  hint: to keep that, remove the new file, then: curator new --supersede {escape(old)}"
        )


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
            f"--start is {start.isoformat()} UTC: a file name contains whole seconds",
            keyword="start",
            value=text,
        )
    return start
