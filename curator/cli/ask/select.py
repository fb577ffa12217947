"""Print the calibration that applies to an exposure."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, remark, tell_aside
from curator.cli.terminal.exposure_arguments import (
    add_exposure,
    add_overrides,
    add_place,
    catalogue_of,
    exposure_of,
    exposures_of,
    say_what_is_left,
    selector_of,
    warn_of_problems,
)
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.cli.terminal.exposure_arguments import Names
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.overrides import OverridingSelector
    from curator.repository.selection.selection import Answer, Request, Selector

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Print the path of the calibration that applies to an exposure. --exposures reads a table of exposures (CSV or
ECSV, with columns such as date, exptime, detector, filter) and prints one line for each exposure and dataset
type. An exposure without a detector counts for all detectors of its camera.

Only certified calibrations are used. A validity range includes its start and excludes its end. An exposure
that two ranges share is ambiguous, as in a Butler. Dates are UTC. --overrides reads calibrations to use
instead from a file. An exposure that is only partly inside an override is ambiguous if another calibration
is valid outside.

Exit status: 0 found, 1 nothing is valid or the answer is ambiguous, 2 wrong usage, or dataset types were
skipped because the table names no filter. `curator why` explains the answer."""
_SUFFIXES = {".csv": "csv", ".ecsv": "ecsv", ".json": "json", ".txt": "text"}
# What each column holds, as ECSV says it.
COLUMNS = {
    "exposure": "Name of the exposure in the table",
    "date": "Start of the exposure, UTC",
    "dataset_type": "Dataset type",
    "detector": "Name of the detector, empty if the type has none",
    "physical_filter": "Name of the physical filter, empty if the type has none",
    "status": "found, none or ambiguous",
    "path": "Path of the calibration; several paths, separated by spaces, if ambiguous",
}
OVERRIDE = {"override": "File and line of the override, empty without one"}
EXAMPLES = """\
curator select --type defects --detector S29 --date 2025-05-14T03:30:00
curator select --exposures night.csv --type defects --type crosstalk
curator select --exposures night.ecsv --output found.ecsv"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--type", metavar="T", action="append", default=[], help="dataset type; repeatable with --exposures"
    )
    add_exposure(parser)
    parser.add_argument("--exposures", metavar="TABLE", help="read a table of exposures; - is standard input")
    add_place(parser)
    add_overrides(parser)
    parser.add_argument("--format", choices=tuple(_RENDER), help="default: text; csv for a table")
    parser.add_argument("--output", metavar="FILE", help="write to FILE; the suffix sets the format")


def run(args: Namespace) -> int:
    if args.output is not None:
        from curator.formats.files.write_argument import refuse_input

        refuse_input(args.output, args.exposures, args.overrides)
    exposures = _exposures(args)
    if len(args.type) != 1 and not args.exposures:
        hint = "--exposures TABLE accepts several types" if args.type else "--type defects"
        raise UsageError("--type: give exactly one dataset type", keyword="type", hint=hint)
    style = _style(args)
    catalogue, names = catalogue_of(args)
    warn_of_problems(catalogue)
    selector = selector_of(args, catalogue, names)
    asked, unsaid = _asked(args, exposures, names, catalogue)
    answers = _Answers(asked, selector, catalogue)
    columns = COLUMNS if args.overrides is None else {**COLUMNS, **OVERRIDE}
    written = _RENDER[style](answers, columns)
    if args.output is None:
        sys.stdout.writelines(written)
    else:
        from curator.formats.files.write_argument import write_output

        write_output(args.output, "".join(written).encode("utf-8", "backslashreplace"))
    return 2 if unsaid else int(answers.failed > 0)


def _style(args: Namespace) -> str:
    style: str = args.format or _style_of(args.output or "") or ("csv" if args.exposures else "text")
    if style == "text" and args.exposures:
        raise UsageError("a table can be printed as csv, ecsv or json", keyword="format")
    return style


def _style_of(output: str) -> str:
    """Return what the suffix of a file tells, empty if it has none."""
    suffix = os.path.splitext(output)[1].lower()
    if suffix and suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise UsageError(
            f"--output {output}: no format uses the suffix {suffix}",
            hint=f"known: {known}; --format works with any suffix",
        )
    return _SUFFIXES.get(suffix, "")


def _exposures(args: Namespace) -> list[Exposure]:
    if not args.exposures:
        return [exposure_of(args)]
    if args.date or args.end or args.exptime is not None:
        raise UsageError("the table of --exposures contains the dates: remove --date, --end and --exptime")
    return exposures_of(args)


def _asked(
    args: Namespace, exposures: list[Exposure], names: Names, catalogue: Catalogue
) -> tuple[Iterable[tuple[Exposure, Request]], bool]:
    """Return what is asked of each exposure, and whether something had to be left out that nobody named."""
    from curator.repository.selection.required_types import available_types, requirements_of
    from curator.repository.selection.resolve_names import request_of

    if not args.exposures:
        (exposure,) = exposures
        return [(exposure, request_of(exposure, names, args.type[0]))], False
    needs, left = requirements_of(exposures, names, available_types(catalogue), args.type)
    asked = ((need.exposure, request) for need in needs for request in need.requests())
    return asked, say_what_is_left(left, with_absent=True)


class _Answers:
    """Each exposure with an answer, made when it is printed: of all detectors there may be millions."""

    def __init__(
        self,
        asked: Iterable[tuple[Exposure, Request]],
        selector: Selector | OverridingSelector,
        catalogue: Catalogue,
    ) -> None:
        self._asked = asked
        self._selector = selector
        self.catalogue = catalogue
        self.failed = 0

    def __iter__(self) -> Iterator[tuple[Exposure, Answer]]:
        for exposure, request in self._asked:
            answer = self._selector.select(request)
            self.failed += answer.status != "found"
            yield exposure, answer


def _text(answers: _Answers, columns: Iterable[str]) -> Iterator[str]:
    ((_, answer),) = answers
    if answer.entry is not None:
        yield f"{escape(str(answer.entry.path))}\n"
        _say_overrides(answer)
        return
    from curator.repository.selection.absence import absence
    from curator.repository.selection.selection import validity

    if answer.status == "none":
        absent = absence(answer.request, answers.catalogue)
        remark(absent or "nothing is valid then; `curator why` with the same options explains it")
        return
    remark(f"ambiguous: {len(answer.entries)} are valid during the exposure")
    for entry in dict.fromkeys(answer.entries):
        tell_aside(f"  {escape(str(entry.path))}\n    {validity(entry)}")
    _say_overrides(answer)


def _say_overrides(answer: Answer) -> None:
    from curator.repository.selection.answer_facts import overrides_of

    for one in overrides_of(answer):
        remark(f"{one.place} overrides the certified calibration: {one.reason}")


def _rows(answers: Iterable[tuple[Exposure, Answer]], columns: Iterable[str]) -> Iterator[tuple[str, ...]]:
    shows_overrides = "override" in columns
    for exposure, answer in answers:
        yield _row(exposure, answer, shows_overrides=shows_overrides)


def _row(exposure: Exposure, answer: Answer, *, shows_overrides: bool) -> tuple[str, ...]:
    from curator.repository.selection.answer_facts import overrides_of

    asked = answer.request
    paths = " ".join(str(entry.path) for entry in dict.fromkeys(answer.entries))
    row = (
        exposure.name,
        asked.begin.isoformat(),
        asked.dataset_type,
        asked.detector or "",
        asked.physical_filter or "",
        answer.status,
        paths,
    )
    return (*row, " ".join(one.place for one in overrides_of(answer))) if shows_overrides else row


def _csv(answers: Iterable[tuple[Exposure, Answer]], columns: Iterable[str]) -> Iterator[str]:
    import csv
    import io

    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in (columns, *_rows(answers, columns)):
        writer.writerow([escape(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _ecsv(answers: Iterable[tuple[Exposure, Answer]], columns: Mapping[str, str]) -> Iterator[str]:
    from curator.formats.document import Column
    from curator.formats.edit.new_file import write_ecsv

    cells: list[list[str]] = [[] for _ in columns]
    for row in _rows(answers, columns):
        for column, cell in zip(cells, row, strict=True):
            column.append(escape(cell).strip())
    told = zip(columns.items(), cells, strict=True)
    found = [Column(name, "string", values, description=about) for (name, about), values in told]
    yield write_ecsv({}, found, delimiter=",").decode()


def _json(answers: Iterable[tuple[Exposure, Answer]], columns: Iterable[str]) -> Iterator[str]:
    import json

    from curator.repository.selection.answer_facts import calibration_facts, override_facts

    found: list[dict[str, object]] = []
    for exposure, answer in answers:
        row = _row(exposure, answer, shows_overrides=False)
        told: dict[str, object] = dict(zip(list(columns)[:6], row, strict=False))
        told["calibrations"] = calibration_facts(answer)
        if "override" in columns:
            told |= override_facts(answer)
        found.append(told)
    yield json.dumps({"version": 1, "answers": found}, indent=1) + "\n"


_RENDER: dict[str, Callable[[_Answers, Mapping[str, str]], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "ecsv": _ecsv,
}
