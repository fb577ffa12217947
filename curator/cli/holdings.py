"""``curator holdings``: list what a registry holds, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.console import say, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from curator.registry.values import Holding

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List every validity range that is certified under labels made by curator, with the text each comes from.

Labels marked * are preferred: look-ups through <instrument>/calib find them. Dates are UTC; a range ends
before its second date.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="butler:PATH", help="the registry")
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
    header = ("label", "type", "instrument", "detector", "filter", "valid from", "to", "commit", "source")
    say(table(map(_row, found), header))


def _row(one: Holding) -> tuple[str, ...]:
    return (
        f"{'*' if one.preferred else ' '} {one.label}",
        one.dataset_type,
        one.instrument,
        one.detector or (str(one.detector_id) if one.detector_id is not None else "-"),
        one.physical_filter or "-",
        one.start or "-",
        one.end or "-",
        one.commit[:12],
        one.source or one.run,
    )
