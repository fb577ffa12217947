"""Print answers as JSON objects, whose schemas are ``schemas/output/<verb>.schema.json``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = ["add_format", "say_json"]


def add_format(parser: ArgumentParser) -> None:
    """Add the option ``--format`` of a verb that answers for people and for programs."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def say_json(**answer: object) -> None:
    """Print an answer as one JSON object, with ``version`` first."""
    import json

    from curator.cli.terminal.console import say

    say(json.dumps({"version": 1, **answer}, indent=1))
