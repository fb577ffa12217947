"""CUR33x: look-up tables of linearizers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from operator import sub

from curator.checks.model.rule import rule
from curator.checks.rules.content.linearizer.parse import LOOKUP, amplifiers_of, entry, table_of
from curator.checks.rules.shared.monotonic import odd_one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []


@rule("CUR332", "look-up table makes the response decrease", types=("linearizer",))
def falling(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers add the table to the raw value. The sum must increase, else a brighter pixel becomes darker
    than a fainter one.

    Bad (linearizer)::

        tableData:
        - [0.0, 0.1, 0.2, -1.5, 0.4]
        - [0.0, 0.1, 0.2, 0.3, 0.4]
    """
    for number, row in enumerate(table_of(doc, ctx)):
        if len(row) < 2 or min(map(sub, islice(row, 1, None), row)) > -1:
            continue
        for index in range(1, len(row)):
            if row[index] - row[index - 1] <= -1:
                odd = odd_one([at + value for at, value in enumerate(row[: index + 2])], index)
                yield ctx.finding(
                    doc.value_at("tableData", number, odd),
                    f"tableData[{number}][{odd}] is {row[odd]}: the corrected value falls from "
                    f"{index - 1 + row[index - 1]:g} to {index + row[index]:g} there",
                    hint="raw value plus table entry must increase from entry to entry",
                    topic="the corrected value falls",
                )


@rule("CUR333", "coefficient or table entry is not a number", types=("linearizer",))
def not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A NaN among the coefficients or table entries makes every corrected pixel NaN. A NaN among the values
    that describe the fit is harmless.

    Bad (linearizer)::

        tableData:
        - [0.0, .nan, 0.2]
        - [0.0, 0.1, 0.2]
    """
    for number, row in enumerate(table_of(doc, ctx)):
        total = sum(row)
        if total - total == 0:
            continue
        for index, value in enumerate(row):
            if value - value != 0:
                yield ctx.finding(
                    doc.value_at("tableData", number, index),
                    f"tableData[{number}][{index}] is {value}",
                    topic="an entry of the look-up table is not a number",
                )
    for name, one in amplifiers_of(doc).items():
        values = one.get("linearityCoeffs")
        for index, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, float) and value - value != 0:
                yield ctx.finding(
                    doc.value_at("amplifiers", name, "linearityCoeffs", index),
                    f"linearityCoeffs[{index}] of {name} is {value}",
                    topic="a coefficient is not a number",
                    subject=str(name),
                )


@rule("CUR334", "row of the look-up table does not exist", types=("linearizer",))
def no_row(doc: Document, ctx: Context) -> Iterator[Finding]:
    """For type LookupTable, the first coefficient is the row of the table that corrects the amplifier. Rows
    are counted from 0.

    Bad (linearizer)::

        hasTable: true
        amplifiers:
          A: {linearityType: LookupTable, linearityCoeffs: [0, 0]}
          B: {linearityType: LookupTable, linearityCoeffs: [5, 0]}
        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.3]
    """
    rows = doc.tree.get("tableData") if isinstance(doc.tree, dict) else None
    count = len(rows) if isinstance(rows, list) else 0
    for name, one in amplifiers_of(doc).items():
        values = one.get("linearityCoeffs")
        if one.get("linearityType") != LOOKUP or not isinstance(values, list) or not values:
            continue
        line = values[0]
        if isinstance(line, int | float) and not (0 <= line < count and line == int(line)):
            yield ctx.finding(
                doc.value_at("amplifiers", name, "linearityCoeffs", 0),
                f"linearityCoeffs of {name} refers to row {line} of tableData, which has {count}",
                hint="rows are counted from 0",
                topic="row of the look-up table does not exist",
                subject=str(name),
            )


@rule("CUR335", "rows of the look-up table differ in length", types=("linearizer",))
def ragged(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All rows of the table must have the same length, else the table can be neither read nor exported.

    Bad (linearizer)::

        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1]

    Good (linearizer)::

        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.3]
    """
    lengths = [len(row) for row in table_of(doc, ctx)]
    if len(set(lengths)) < 2:
        return
    usual = max(set(lengths), key=lambda one: (lengths.count(one), one))
    for number, length in enumerate(lengths):
        if length != usual:
            yield ctx.finding(
                doc.at("tableData", number),
                f"tableData[{number}] has {length} entries, tableData[{lengths.index(usual)}] has {usual}",
                hint="all rows must have the same length",
                topic="rows of the look-up table differ in length",
            )


@rule("CUR339", "amplifiers share a row of the look-up table", types=("linearizer",), severity="warning")
def shared_line(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Every amplifier has its own response. An amplifier that uses the row of another one was probably copied
    from it.

    Bad (linearizer)::

        hasTable: true
        amplifiers:
          A: {linearityType: LookupTable, linearityCoeffs: [0, 0]}
          B: {linearityType: LookupTable, linearityCoeffs: [0, 0]}
        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.3]
    """
    rows = entry(doc, "tableData")
    count = len(rows) if isinstance(rows, list) else 0
    owners: dict[float, str] = {}
    for name, one in amplifiers_of(doc).items():
        values = one.get("linearityCoeffs")
        if one.get("linearityType") != LOOKUP or not isinstance(values, list) or not values:
            continue
        line = values[0]
        if not isinstance(line, int | float) or not 0 <= line < count:
            continue  # CUR334 is about those
        owner = owners.setdefault(line, name)
        if owner != name:
            yield ctx.finding(
                doc.value_at("amplifiers", name, "linearityCoeffs", 0),
                f"amplifier {name} uses row {line} of tableData, like amplifier {owner}",
                hint="rows are counted from 0",
                topic="amplifiers share a row of the look-up table",
                subject=str(name),
            )
