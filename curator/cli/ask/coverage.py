"""Show which dates are covered, with gaps and overlaps."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say
from curator.cli.terminal.exposure_arguments import add_place, catalogue_of, warn_of_problems
from curator.cli.terminal.layout import tell, terminal_width, wrap
from curator.counts import counted
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.cli.terminal.exposure_arguments import Names as Known
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.catalogue.coverage import Coverage
    from curator.repository.catalogue.coverage_rows import Axis, CoverageRow

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Show the dates that certified calibrations cover, for every dataset type, detector and filter. Gaps (nothing
is valid) and overlaps (two calibrations are valid) are listed. Detectors and filters with the same coverage
share a line; --detector, --filter and --format json list them one by one.

Each line has a bar that shows the time around all changes. A mark at its left end stands for a range that
began long before. --picture draws the same bars into an SVG or PNG file.

Exit status: 0 no gap and no overlap, 1 a gap or an overlap, 2 wrong usage."""
# A row with more starts shows only the first date.
_DATED = 4
# A terminal as wide as this has room for words beside the marks.
_BESIDE = 64
_CUT = "   < began before"
EXAMPLES = """\
curator coverage --type defects --problems
curator coverage --registry butler:/repo/main --picture coverage.svg"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--type", metavar="T", action="append", default=[], help="dataset type; default: all")
    parser.add_argument("--detector", metavar="D", default="", help="name or id; default: all")
    parser.add_argument("--filter", metavar="F", default="", help="physical filter; default: all")
    add_place(parser)
    parser.add_argument("--problems", action="store_true", help="list only gaps and overlaps")
    parser.add_argument("--picture", metavar="FILE", help="draw the bars into FILE.svg or FILE.png")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(args: Namespace) -> int:
    if args.picture is not None and not args.picture.endswith((".svg", ".png")):
        raise UsageError(
            f"{args.picture}: unknown kind of picture", hint="use a name that ends in .svg or .png"
        )
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
    from curator.repository.catalogue.coverage import coverage

    names = known.names(args.camera, args.detector, args.filter, args.type)
    return [one for one in coverage(catalogue) if names.covers(one.camera, one.data_id)]


def _draw(args: Namespace, shown: list[Coverage]) -> None:
    from curator.formats.files.write_argument import write_output
    from curator.repository.catalogue.coverage_picture import picture

    title = f"{_place(args)}{', only gaps and overlaps' if args.problems else ''}"
    write_output(args.picture, picture(shown, title, args.picture[-3:]))
    say(escape(args.picture))


def _place(args: Namespace) -> str:
    """Return whose calibrations these are."""
    if args.registry:
        return f"{args.registry.rstrip('/').rpartition('/')[2]}, {args.label or 'preferred labels'}"
    from curator.repository.layout.config import load_config
    from curator.repository.repository import Repository

    repository = Repository.find(args.repo)
    if args.rev is None:
        return f"{load_config(repository.worktree()).repository}, working tree"
    commit = repository.commit(args.rev)
    return f"{load_config(commit).repository} at {commit.label}"


def _print_text(shown: list[Coverage], found: list[Coverage]) -> None:
    from curator.repository.catalogue.coverage_rows import BAR, MARKS, Axis, rows, summary

    if not found:
        say("nothing certified")
        return
    axis = Axis.of(found)
    if shown:
        tell(f"{MARKS}{_CUT if axis.is_cut else ''}")
        begin, end = f"{axis.begin:%Y-%m-%d}", f"{axis.end:%Y-%m-%d}"
        say(f"{begin}{end.rjust(BAR - len(begin))}  UTC")
    for camera, group in groupby(rows(shown), lambda one: one.camera):
        say(paint(escape(camera), "bold"))
        for row in group:
            _print_row(row, axis)
    tell(summary(found))


def _print_row(row: CoverageRow, axis: Axis) -> None:
    from curator.repository.catalogue.coverage_rows import BAR, bar

    one, marks = row.coverage, bar(row.coverage, axis)
    if terminal_width() < _BESIDE:
        say(marks)
        indent, first = "  ", "  "
    else:
        indent, first = " " * (BAR + 4), f"{marks}  "
    for line in wrap(escape(row.label), first=first, rest=indent):
        say(line)
    until = f"until {_date(one.end)}" if one.end else "without end"
    files = f"{counted(one.files, 'file')}{' each' if row.is_folded else ''}"
    tell(f"{files} from {_date(one.ranges[0].start)} {until}", indent)
    nexts = list(dict.fromkeys(_date(used.start) for used in one.ranges[1:]))
    if nexts and len(nexts) <= _DATED:
        tell(f"next from {', '.join(nexts)}", indent)
    for start, stop in one.gaps:
        tell(f"{paint('gap', 'yellow')} {_date(start)} to {_date(stop)}", indent)
    for before, after in one.overlaps:
        say(f"{indent}{paint('overlap', 'red')} of")
        say(f"    {escape(str(before.path))}")
        say(f"    {escape(str(after.path))}")


def _date(moment: datetime) -> str:
    return str(moment).removesuffix(" 00:00:00")


def _print_json(shown: list[Coverage]) -> None:
    import json

    from curator.repository.catalogue.coverage import coverage_facts

    say(json.dumps({"version": 1, "coverage": coverage_facts(shown)}, indent=1))
