"""List what a registry holds, and where it came from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say
from curator.cli.terminal.layout import beside_or_below, is_read, tell
from curator.counts import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from curator.calibrations.data_id import DataId
    from curator.registries.model.model import Holding
    from curator.repository.catalogue.grouping import Group

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List every validity range that is certified under labels of curator, with its source text and commit.
Detectors and filters with the same ranges share a line, which shows the number of files instead of the path.
--all and --format json list them one by one.

Exit status: 0 listed, 1 nothing is certified for the detector or filter that is named, 2 wrong usage.

Look-ups through <instrument>/calib use the preferred label. Dates are UTC; a range excludes its end. For a
Gen2 registry that curator did not make, the rows of its tables are listed."""
EXAMPLES = """\
curator holdings butler:/repo/main
curator holdings butler:/repo/main --type defects --detector S29 --all"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    parser.add_argument("--label", default="", help="only this label, such as 2025.1 (default: all)")
    parser.add_argument(
        "--type", metavar="T", action="append", default=[], help="dataset type, repeatable (default: all)"
    )
    parser.add_argument("--camera", metavar="C", default="", help="instrument (default: all)")
    parser.add_argument("--detector", metavar="D", default="", help="name or id (default: all)")
    parser.add_argument("--filter", metavar="F", default="", help="physical filter (default: all)")
    parser.add_argument(
        "--all", action="store_true", help="list each range in a line of its own, with the path of its text"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(args: Namespace) -> int:
    from curator.cli.terminal.exposure_arguments import say_what_is_lost
    from curator.registries.query.as_catalogue import lost_files
    from curator.registries.query.filters import held_of

    found, holds_any = held_of(args.target, args.label, args.type, args.camera, args.detector, args.filter)
    say_what_is_lost(lost_files(found), "their commits and source texts are unknown")
    if args.format == "json":
        _print_json(found)
    elif not found and holds_any:
        say(f"none: {escape(args.target)} holds nothing certified for {escape(_asked(args))}")
    elif not found:
        say(f"{escape(args.target)} contains nothing that curator certified")
    else:
        _print_text(found, is_folded=not args.all)
    return int(holds_any and not found)


def _asked(args: Namespace) -> str:
    """Return the options that narrow what is listed, in words."""
    asked = (("detector", args.detector), ("filter", args.filter))
    words = [*args.type, *(f"{kind} {name}" for kind, name in asked if name)]
    return ", ".join([*words, args.camera] if args.camera else words)


def _print_json(found: Sequence[Holding]) -> None:
    import json

    from curator.registries.model.describe import holding_facts

    say(json.dumps({"version": 1, "holdings": [holding_facts(one) for one in found]}, indent=1))


def _print_text(found: Sequence[Holding], *, is_folded: bool) -> None:
    for (label, is_preferred), group in groupby(found, key=lambda one: (one.label, one.preferred)):
        ranges = list(group)
        title = f"{label}{' (preferred)' if is_preferred else ''}" if label else "not published by curator"
        say(f"{paint(escape(title), 'bold')}: {counted(len(ranges), 'validity range')}")
        if is_folded:
            _print_folded(ranges)
        else:
            rows = [
                ("from", "to", "commit", "source"),
                *(_row(one, one.source or _what(one)) for one in ranges),
            ]
            say(beside_or_below(rows, indent="  ", width=None if is_read() else 0))


def _print_folded(ranges: Sequence[Holding]) -> None:
    """Print what is certified, and below it when, for all that is certified alike."""
    groups = list(_folded(ranges))
    rows = [[_row(one, source) for one, source in _sources(group)] for _, group in groups]
    sizes = [max(len(row[column]) for each in rows for row in each) for column in range(3)]
    say(f"  {'from'.ljust(sizes[0] + 2)}  {'to'.ljust(sizes[1])}  commit")
    for (title, _), lines in zip(groups, rows, strict=True):
        tell(escape(title), "  ")
        # One width for all, so that dates stand below each other.
        padded = [
            (*(cell.ljust(size) for cell, size in zip(row, sizes, strict=False)), row[3]) for row in lines
        ]
        say(beside_or_below(padded, indent="    "))


def _folded(ranges: Sequence[Holding]) -> Iterator[tuple[str, Group[list[Holding]]]]:
    """Give what is certified alike with its name: of each detector and filter, all ranges."""
    from curator.repository.catalogue.grouping import group_equal, named

    by_data_id: dict[tuple[DataId, str], list[Holding]] = {}
    for one in ranges:
        by_data_id.setdefault((one.data_id, one.data_id.detector_text), []).append(one)
    for group in group_equal(
        by_data_id.values(),
        lambda some: (some[0].data_id.detector_text, some[0].data_id.physical_filter),
        lambda some: (
            some[0].data_id.dataset_type,
            some[0].data_id.instrument,
            tuple(one.range for one in some),
        ),
    ):
        names = named("detector", group.detectors), named("filter", group.filters)
        yield ", ".join(filter(None, (group.members[0][0].data_id.dataset_type, *names))), group


def _sources(group: Group[list[Holding]]) -> Iterator[tuple[Holding, str]]:
    """Give each range of a group, and its text, or how many it is of."""
    for same in zip(*group.members, strict=True):
        if len(same) == 1:
            yield same[0], same[0].source
        else:
            commits = len({one.commit for one in same})
            of = f" of {commits} commits" if commits > 1 else ""
            yield same[0], f"{len(same)} files{of}"


def _row(one: Holding, source: str) -> tuple[str, str, str, str]:
    return (
        _day(one.range.bounded_start),
        _day(one.range.end),
        one.commit[:12] or ("unknown" if one.lost else ""),
        source,
    )


def _what(one: Holding) -> str:
    """Return what is known of a range that has no text."""
    data_id = one.data_id
    names = data_id.dataset_type, data_id.detector_text, data_id.physical_filter
    return " ".join(filter(None, (*names, one.run)))


def _day(date: datetime | None) -> str:
    from curator.registries.model.describe import moment

    return moment(date) if date else "-"
