"""Answers about exposures as rows of a table or as JSON, the same for `curator select` and `curator uses`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.selection import Answer

__all__ = [
    "COLUMNS",
    "OVERRIDE",
    "answer_rows",
    "csv_lines",
    "ecsv_lines",
    "exposure_facts",
    "json_text",
    "style_of",
    "write_answer",
]

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


def style_of(output: str) -> str:
    """Return the format that the suffix of a file tells, empty if it has no suffix."""
    suffix = os.path.splitext(output)[1].lower()
    if suffix and suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise UsageError(
            f"--output {output}: no format uses the suffix {suffix}",
            hint=f"known: {known}; --format works with any suffix",
        )
    return _SUFFIXES.get(suffix, "")


def write_answer(lines: Iterable[str], output: str | None) -> None:
    """Print lines, or write them to the file that a person named."""
    if output is None:
        sys.stdout.writelines(lines)
        return
    from curator.formats.files.write_argument import write_output

    write_output(output, "".join(lines).encode("utf-8", "backslashreplace"))


def answer_rows(
    answers: Iterable[tuple[Exposure, Answer]], columns: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """Give a row for each answer."""
    from curator.repository.selection.answer_facts import overrides_of

    shows_overrides = "override" in columns
    for exposure, answer in answers:
        row = _row(exposure, answer)
        yield (*row, " ".join(one.place for one in overrides_of(answer))) if shows_overrides else row


def _row(exposure: Exposure, answer: Answer) -> tuple[str, ...]:
    asked = answer.request
    paths = " ".join(str(entry.path) for entry in dict.fromkeys(answer.entries))
    return (
        exposure.name,
        asked.begin.isoformat(),
        asked.dataset_type,
        asked.detector or "",
        asked.physical_filter or "",
        answer.status,
        paths,
    )


def csv_lines(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a CSV table, each when its row is known; no cell is a formula of a spreadsheet."""
    import csv
    import io

    from curator.formats.files.spreadsheet_cell import spreadsheet_cell

    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow([spreadsheet_cell(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def ecsv_lines(columns: Mapping[str, str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give an ECSV table as one text; its columns have the descriptions of ``columns``."""
    from curator.formats.document import Column
    from curator.formats.edit.new_file import write_ecsv

    cells: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for column, cell in zip(cells, row, strict=True):
            column.append(escape(cell).strip())
    told = zip(columns.items(), cells, strict=True)
    found = [Column(name, "string", values, description=about) for (name, about), values in told]
    yield write_ecsv({}, found, delimiter=",").decode()


def json_text(**answer: object) -> str:
    """Return an answer as one JSON object, with ``version`` first."""
    import json

    return json.dumps({"version": 1, **answer}, indent=1) + "\n"


def exposure_facts(
    answers: Iterable[tuple[Exposure, Answer]], columns: Iterable[str]
) -> Iterator[dict[str, object]]:
    """Give each answer as an object of JSON."""
    from curator.repository.selection.answer_facts import calibration_facts, override_facts

    names = list(columns)
    for exposure, answer in answers:
        told: dict[str, object] = dict(zip(names[:6], _row(exposure, answer), strict=False))
        told["calibrations"] = calibration_facts(answer)
        if "override" in names:
            told |= override_facts(answer)
        yield told
