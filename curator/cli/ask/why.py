"""Explain why this calibration applies and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say
from curator.cli.terminal.exposure_arguments import (
    add_exposure,
    add_overrides,
    add_place,
    catalogue_of,
    exposure_of,
    selector_of,
    warn_of_problems,
)
from curator.cli.terminal.json_output import add_format, say_json
from curator.cli.terminal.layout import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.repository.selection.explanation import ExplanationLine

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Explain which calibration applies to an exposure, and why each other calibration of the same type does not.
The closest candidate comes first. The arguments are those of `curator select`. For an override, print its
line and reason, and the calibration that would apply without it.

Exit status: 0 one calibration applies, 1 none or several apply, 2 wrong usage."""
EXAMPLES = """\
curator why --type defects --detector S29 --date 2025-05-14T03:30:00
curator why --type defects --detector S29 --date 2025-05-14 \\
    --registry butler:/repo/main"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--type", metavar="T", required=True, help="dataset type")
    add_exposure(parser)
    add_place(parser)
    add_overrides(parser)
    parser.add_argument("-v", "--verbose", action="store_true", help="list all other calibrations")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.repository.selection.absence import absence
    from curator.repository.selection.answer_facts import answer_facts, rejection_facts, request_facts
    from curator.repository.selection.explanation import answer_lines, other_lines
    from curator.repository.selection.resolve_names import request_of

    exposure = exposure_of(args)
    catalogue, names = catalogue_of(args)
    warn_of_problems(catalogue)
    selector = selector_of(args, catalogue, names)
    request = request_of(exposure, names, args.type)
    answer, others = selector.select(request), selector.explain(request)
    if args.format == "json":
        say_json(
            request=request_facts(request),
            status=answer.status,
            **answer_facts(answer),
            not_chosen=rejection_facts(others),
        )
        return int(answer.status != "found")
    for line in answer_lines(answer, absence(request, catalogue)):
        _say(line)
    for line in other_lines(others, all_of_them=args.verbose, hint="--verbose lists"):
        _say(line)
    return int(answer.status != "found")


def _say(line: ExplanationLine) -> None:
    text = escape(line.text)
    if line.kind in ("chosen", "path"):
        say(f"{line.indent}{paint(text, 'bold') if line.kind == 'chosen' else text}")
    else:
        tell(text, line.indent, hang="" if line.kind == "quote" else "  ")
