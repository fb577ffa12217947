"""``curator holdings``: list what a registry holds, and where it came from."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from curator.cli.console import escape, say, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from curator.registry.values import Holding

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List every validity range that is certified under labels made by curator, with the text each comes from.

Look-ups through <instrument>/calib find the preferred label. Dates are UTC; a range ends before its second
date. Of a Gen2 registry that curator did not make, the rows of its tables are listed.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    parser.add_argument("--label", default="", help="only this label, as 2025.1")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people (default)"
    )


def run(args: Namespace) -> int:
    from curator.registry.ingest import holdings

    found = holdings(args.target, args.label)
    if args.format == "json":
        _print_json(found)
    else:
        _print_text(found, args.target)
    return 0


def _print_json(found: Sequence[Holding]) -> None:
    import json
    from dataclasses import asdict

    say(json.dumps({"version": 1, "holdings": [asdict(one) for one in found]}, indent=1))


def _print_text(found: Sequence[Holding], target: str) -> None:
    if not found:
        say(f"{target} holds nothing that curator certified")
        return
    for label, ranges in groupby(found, key=lambda one: (one.label, one.preferred)):
        rows = [_row(one) for one in ranges]
        count = f"{len(rows)} validity range{'s' * (len(rows) > 1)}"
        if label[0]:
            say(f"{escape(label[0])}{' (preferred)' if label[1] else ''}: {count}")
        else:
            say(f"not published by curator: {count}")
        say(table(rows, ("  from", "to", "commit", "source")))


def _row(one: Holding) -> tuple[str, ...]:
    """Return a line of the table; the path of its text says type, detector and filter."""
    what = (one.dataset_type, one.detector or one.detector_id, one.physical_filter, one.run)
    source = one.source or " ".join(str(part) for part in what if part not in (None, ""))
    return f"  {_day(one.start)}", _day(one.end), one.commit[:12], source


def _day(moment: str) -> str:
    return moment.removesuffix("T00:00:00") or "-"
