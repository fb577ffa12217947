"""Print the calibration that applies to an exposure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from curator.cli.ask._answers import (
    COLUMNS,
    OVERRIDE,
    answer_rows,
    csv_lines,
    ecsv_lines,
    exposure_facts,
    json_text,
    style_of,
    write_answer,
)
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
    write_answer(_RENDER[style](answers, columns), args.output)
    return 2 if unsaid else int(answers.failed > 0)


def _style(args: Namespace) -> str:
    style: str = args.format or style_of(args.output or "") or ("csv" if args.exposures else "text")
    if style == "text" and args.exposures:
        raise UsageError("a table can be printed as csv, ecsv or json", keyword="format")
    return style


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


def _csv(answers: _Answers, columns: Mapping[str, str]) -> Iterator[str]:
    return csv_lines(columns, answer_rows(answers, columns))


def _ecsv(answers: _Answers, columns: Mapping[str, str]) -> Iterator[str]:
    return ecsv_lines(columns, answer_rows(answers, columns))


def _json(answers: _Answers, columns: Mapping[str, str]) -> Iterator[str]:
    yield json_text(answers=list(exposure_facts(answers, columns)))


_RENDER: dict[str, Callable[[_Answers, Mapping[str, str]], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "ecsv": _ecsv,
}
