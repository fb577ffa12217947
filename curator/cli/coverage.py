"""``curator coverage``: what is covered when, with gaps and overlaps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from curator.cli.console import escape, paint, say
from curator.cli.exposure import add_place, catalogue_of, warn_of_problems
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.cli.exposure import Names as Known
    from curator.repository.catalogue import Catalogue
    from curator.repository.coverage import Coverage
    from curator.repository.coverage_rows import Row

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Show for every dataset type, detector and filter from when to when it is covered by certified calibrations,
where nothing is valid between two of them, and where two are valid at once. A line of marks stands for the
time from the first start of all to a little after the last change. Detectors that are covered alike share a
line; --detector and --format json tell them apart:

  =  covered   .  nothing valid   !  two at once   |  another one begins

With --picture, draw that into a file, SVG or PNG by its suffix; detectors that are covered alike share a
line.

Exit status: 0 no gap and no overlap, 1 some, 2 wrong usage."""
BAR = 30


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--type", metavar="T", action="append", default=[], help="dataset type; default: all")
    parser.add_argument("--detector", metavar="D", default="", help="name or id; default: all")
    parser.add_argument("--filter", metavar="F", default="", help="physical filter; default: all")
    add_place(parser)
    parser.add_argument("--problems", action="store_true", help="only what has gaps or overlaps")
    parser.add_argument("--picture", metavar="FILE", help="draw it into FILE.svg or FILE.png")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(args: Namespace) -> int:
    if args.picture is not None and not args.picture.endswith((".svg", ".png")):
        raise UsageError(f"{args.picture}: no such kind of picture", hint="a name that ends in .svg or .png")
    catalogue, names = catalogue_of(args)
    warn_of_problems(catalogue)
    found = _wanted(args, names, catalogue)
    shown = [one for one in found if one.gaps or one.overlaps] if args.problems else found
    if args.picture is not None:
        _draw(args, shown)
    elif args.format == "json":
        _print_json(shown)
    else:
        _print_text(shown, found)
    return int(any(one.gaps or one.overlaps for one in found))


def _wanted(args: Namespace, known: Known, catalogue: Catalogue) -> list[Coverage]:
    from curator.repository.coverage import coverage

    names = known.names(args.camera, args.detector, args.filter, args.type)
    return [
        one
        for one in coverage(catalogue)
        if (not names.camera or names.camera == one.data_id.camera)
        and (not names.types or one.data_id.dataset_type in names.types)
        and (not names.detector or names.detector == one.data_id.detector)
        and (not names.physical_filter or names.physical_filter == one.data_id.physical_filter)
    ]


def _draw(args: Namespace, shown: list[Coverage]) -> None:
    from curator.formats.files import write_atomic
    from curator.repository.coverage_picture import picture

    title = f"{_place(args)}{', only gaps and overlaps' if args.problems else ''}"
    write_atomic(args.picture, picture(shown, title, args.picture[-3:]))
    say(escape(args.picture))


def _place(args: Namespace) -> str:
    """Return whose calibrations these are."""
    if args.registry:
        return f"{args.registry.rstrip('/').rpartition('/')[2]}, {args.label or 'preferred labels'}"
    from curator.repository.config import load_config
    from curator.repository.repository import Repository

    repository = Repository.find(args.repo)
    if args.rev is None:
        return f"{load_config(repository.worktree()).repository}, files as they lie there"
    commit = repository.commit(args.rev)
    return f"{load_config(commit).repository} at {commit.label}"


def _print_text(shown: list[Coverage], found: list[Coverage]) -> None:
    from curator.repository.coverage_rows import rows

    if not found:
        say("nothing certified")
        return
    first = min(one.ranges[0].start for one in found)
    last = max(max(entry.end or entry.start for entry in one.ranges) for one in found)
    say(paint(f"changes from {first:%Y-%m-%d} to {last:%Y-%m-%d}, UTC", "bold"))
    last += (last - first) / 10  # so that what began last can be seen to hold
    for row in rows(shown):
        _print_row(row, first, last)
    bad = sum(bool(one.gaps or one.overlaps) for one in found)
    say(f"{len(found)} covered, {bad or 'none'} with gaps or overlaps")


def _print_row(row: Row, first: datetime, last: datetime) -> None:
    one, indent = row.coverage, " " * (BAR + 4)
    names = (row.camera, row.dataset_type, row.detector, row.physical_filter)
    say(f"{_bar(one, first, last)}  {escape(' '.join(filter(None, names)))}")
    until = f"until {one.end}" if one.end else "without end"
    files = f"{one.files} file{'' if one.files == 1 else 's'}{' each' if len(row.detectors) > 1 else ''}"
    say(f"{indent}{files} from {one.ranges[0].start} {until}")
    for start, stop in one.gaps:
        say(f"{indent}{paint('gap', 'yellow')} {start} to {stop}")
    for before, after in one.overlaps:
        say(f"{indent}{paint('overlap', 'red')} {escape(str(before.path))}")
        say(f"{indent}        {escape(str(after.path))}")


def _bar(one: Coverage, first: datetime, last: datetime) -> str:
    """Return the marks of one line; a moment without calibrations shows, however short it is."""
    span = (last - first) or (datetime.max - first)

    def at(moment: datetime) -> int:
        return min(BAR - 1, int((moment - first) / span * BAR))

    marks = ["."] * BAR
    for entry in one.ranges:
        stop = at(entry.end) if entry.end else BAR
        for place in range(at(entry.start), max(stop, at(entry.start) + 1)):
            marks[place] = "="
    for entry in one.ranges[1:]:
        marks[at(entry.start)] = "|"
    for start, _ in one.gaps:
        marks[at(start)] = "."
    for _, after in one.overlaps:
        marks[at(after.start)] = "!"
    return "".join(marks)


def _print_json(shown: list[Coverage]) -> None:
    import json

    def text(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment else None

    found = [
        {
            "camera": one.data_id.camera,
            "dataset_type": one.data_id.dataset_type,
            "detector": one.data_id.detector,
            "physical_filter": one.data_id.physical_filter,
            "ranges": [
                {"path": str(entry.path), "start": text(entry.start), "end": text(entry.end)}
                for entry in one.ranges
            ],
            "gaps": [[text(start), text(stop)] for start, stop in one.gaps],
            "overlaps": [[str(before.path), str(after.path)] for before, after in one.overlaps],
        }
        for one in shown
    ]
    say(json.dumps({"version": 1, "coverage": found}, indent=1))
