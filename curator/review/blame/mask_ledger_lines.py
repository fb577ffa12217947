"""A ledger as a table for a terminal, and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from curator.counts import counted
from curator.formats.files.spreadsheet_cell import spreadsheet_cell
from curator.formats.files.terminal_escape import escape
from curator.review.blame.blame_lines import edit_words, problem_lines
from curator.review.blame.mask_ledger import COLUMNS
from curator.review.text import wrapped
from curator.review.wording import shortened

if TYPE_CHECKING:
    from datetime import datetime

    from curator.review.blame.mask_ledger import LedgerRow, MaskLedger

__all__ = ["ledger_csv", "ledger_lines"]

_HEADER = ("box", "pixels", "masked from", "until", "status")


def ledger_lines(found: MaskLedger, *, width: int = 80) -> Iterator[str]:
    """Give the lines of a table: each region, and below it who added it, who removed it, and why."""
    for kind, rows in groupby(found.rows, lambda row: row.dataset_type):
        regions = list(rows)
        yield escape(f"{kind} of {found.detector} of {found.camera}: {counted(len(regions), 'region')}")
        cells = [_HEADER, *map(_cells, regions)]
        sizes = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [_aligned(one, sizes) for one in cells]
        yield shortened(f"  {lines[0]}", width)
        for row, line in zip(regions, lines[1:], strict=True):
            yield shortened(f"  {line}", width)
            for line in _edits(row):
                yield from wrapped(line, "    ", width)
    if not found.rows:
        yield escape(f"nothing of {found.detector} of {found.camera} was ever masked")
    yield from problem_lines(found.problems, found.is_cut)


def ledger_csv(found: MaskLedger, stream: Any) -> None:
    """Write the ledger as CSV; no cell is a formula for a spreadsheet."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([spreadsheet_cell(one) for one in cells] for cells in found.cells())


def _edits(row: LedgerRow) -> Iterator[str]:
    for one in row.earlier:
        yield f"+ {edit_words(one.added)}"
        yield f"- {edit_words(one.removed)}"
    yield f"+ {edit_words(row.added)}"
    if row.removed and row.next_path:
        name = row.next_path.rpartition("/")[2]
        yield f"until {_date(row.end)}: the next file, {name}, does not have it: {edit_words(row.removed)}"
    elif row.removed:
        yield f"- {edit_words(row.removed)}"


def _cells(row: LedgerRow) -> tuple[str, ...]:
    x0, y0, width, height = row.box
    dates = [_date(one) for one in (row.start, row.end)]
    return f"{x0},{y0} {width}x{height}", f"{row.pixels:,}", *dates, row.status


def _date(date: datetime | None) -> str:
    return date.isoformat().removesuffix("T00:00:00") if date else ""


def _aligned(cells: tuple[str, ...], sizes: list[int]) -> str:
    return "  ".join(cell.ljust(size) for cell, size in zip(cells, sizes, strict=True)).rstrip()
