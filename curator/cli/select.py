"""``curator select``: which calibration applies to an exposure."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from curator.cli.console import escape, say
from curator.cli.exposure import (
    add_exposure,
    add_place,
    catalogue_of,
    exposure_of,
    exposures_of,
    warn_of_problems,
)
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.cli.exposure import Names
    from curator.repository.exposures import Exposure
    from curator.repository.selection import Answer, Selector

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Print the calibration that applies to an exposure: its path, or with --exposures a line for each exposure
of a table (CSV or ECSV, with columns such as date, exptime, detector, filter) and each dataset type.

Only certified calibrations count. A range holds from its start until just before its end; an exposure that
two ranges share is ambiguous, as a Butler would say. Dates are UTC.

Exit status: 0 found, 1 nothing valid or ambiguous, 2 wrong usage. `curator why` explains the choice."""
COLUMNS = ("exposure", "date", "dataset_type", "detector", "physical_filter", "status", "path")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--type", metavar="T", action="append", default=[], help="dataset type; several with --exposures"
    )
    add_exposure(parser)
    parser.add_argument("--exposures", metavar="TABLE", help="a table instead of one exposure")
    add_place(parser)
    parser.add_argument("--format", choices=("text", "json", "csv"), help="default: text; csv for a table")


def run(args: Namespace) -> int:
    from curator.repository.selection import Selector

    exposures = _exposures(args)
    if len(args.type) != 1 and not args.exposures:
        raise UsageError("which type? exactly one", keyword="type", hint="--type defects")
    if args.format == "text" and args.exposures:
        raise UsageError("a table is printed as csv or json", keyword="format")
    catalogue, names = catalogue_of(args)
    warn_of_problems(catalogue)
    answers = list(_answers(exposures, args, Selector(catalogue), names))
    style = args.format or ("csv" if args.exposures else "text")
    _RENDER[style](answers)
    return int(any(answer.status != "found" for _, answer in answers))


def _exposures(args: Namespace) -> list[Exposure]:
    if not args.exposures:
        return [exposure_of(args)]
    if args.date or args.end or args.exptime is not None:
        raise UsageError("--exposures has the dates: leave out --date, --end and --exptime")
    return exposures_of(args)


def _answers(
    exposures: list[Exposure], args: Namespace, selector: Selector, names: Names
) -> Iterator[tuple[Exposure, Answer]]:
    for exposure in exposures:
        for request in names.requests(exposure, args.type):
            yield exposure, selector.select(request)


def _text(answers: list[tuple[Exposure, Answer]]) -> None:
    ((_, answer),) = answers
    if answer.entry is not None:
        say(escape(str(answer.entry.path)))
        return
    from curator.repository.selection import validity

    if answer.status == "none":
        sys.stderr.write("curator: nothing is valid then; `curator why` with the same options explains\n")
        return
    sys.stderr.write(f"curator: ambiguous: {len(answer.entries)} hold during the exposure\n")
    for entry in answer.entries:
        sys.stderr.write(f"  {escape(str(entry.path))} {validity(entry)}\n")


def _rows(answers: list[tuple[Exposure, Answer]]) -> Iterator[tuple[str, ...]]:
    for exposure, answer in answers:
        asked = answer.request
        paths = " ".join(str(entry.path) for entry in answer.entries)
        yield (
            exposure.name,
            asked.begin.isoformat(),
            asked.dataset_type,
            asked.detector or "",
            asked.physical_filter or "",
            answer.status,
            paths,
        )


def _csv(answers: list[tuple[Exposure, Answer]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([escape(cell) for cell in row] for row in _rows(answers))


def _json(answers: list[tuple[Exposure, Answer]]) -> None:
    import json

    found = [dict(zip(COLUMNS, row[:-1], strict=False)) for row in _rows(answers)]
    for row, (_, answer) in zip(found, answers, strict=True):
        row["calibrations"] = [  # type: ignore[assignment]
            {
                "path": str(entry.path),
                "start": entry.start.isoformat(),
                "end": entry.end.isoformat() if entry.end else None,
                "blob": entry.blob,
            }
            for entry in answer.entries
        ]
    say(json.dumps({"version": 1, "answers": found}, indent=1))


_RENDER = {"text": _text, "json": _json, "csv": _csv}
