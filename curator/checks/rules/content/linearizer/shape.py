"""CUR38x: what the numbers of a linearizer do."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.rule import rule
from curator.checks.rules.content.linearizer.parse import LOOKUP, amplifiers_of, table_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# Where a polynomial is tried: bright, and within what every detector was measured at.
BRIGHT = 20_000.0


def _coefficients(one: dict[str, Any]) -> list[float]:
    """Return the coefficients of an amplifier, none where they are not numbers of a sane size."""
    found = one.get("linearityCoeffs")
    if not isinstance(found, list) or not all(type(value) in (int, float) for value in found):
        return []
    return found if all(abs(value) < 1e100 for value in found) else []


@rule("CUR380", "amplifiers have the same coefficients", types=("linearizer",), severity="info")
def shared(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Every amplifier has its own response. Coefficients that are identical to those of another amplifier
    were probably copied.

    Coefficients of 0, which correct nothing, may be identical.

    Bad (linearizer)::

        amplifiers:
          A: {linearityType: Polynomial, linearityCoeffs: [1.0e-7]}
          B: {linearityType: Polynomial, linearityCoeffs: [1.0e-7]}

    Good (linearizer)::

        amplifiers:
          A: {linearityType: Polynomial, linearityCoeffs: [1.0e-7]}
          B: {linearityType: Polynomial, linearityCoeffs: [1.1e-7]}
    """
    owners: dict[tuple[float, ...], list[str]] = {}
    for name, one in amplifiers_of(doc).items():
        values = tuple(_coefficients(one)) if one.get("linearityType") != LOOKUP else ()
        if any(values):
            owners.setdefault(values, []).append(name)
    for names in owners.values():
        if len(names) > 1:
            yield ctx.finding(
                doc.value_at("amplifiers", names[1], "linearityCoeffs"),
                f"linearityCoeffs of {', '.join(map(str, names[1:5]))}{' and others' if names[5:] else ''} "
                f"are identical to those of {names[0]}",
                hint="check whether they were copied by mistake",
                topic="amplifiers have the same coefficients",
                subject=str(names[1]),
            )


@rule("CUR381", "rows of the look-up table are identical", types=("linearizer",), severity="warning")
def equal_lines(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Every amplifier has its own response. Two identical rows mean that one was probably copied.

    Bad (linearizer)::

        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.2]

    Good (linearizer)::

        tableData:
        - [0.0, 0.1, 0.2]
        - [0.0, 0.1, 0.3]
    """
    rows = table_of(doc, ctx)
    first: list[int] = []
    for number, row in enumerate(rows):
        if not any(row):
            continue
        other = next((name for name in first if rows[name] == row), None)
        if other is None:
            first.append(number)
            if len(first) > MANY:
                return
            continue
        yield ctx.finding(
            doc.at("tableData", number),
            f"tableData[{number}] is identical to tableData[{other}]",
            hint="check whether one row was copied to another",
            topic="rows of the look-up table are identical",
        )


# More amplifiers than these has no detector.
MANY = 256


@rule("CUR382", "correction is very large", types=("linearizer",), severity="warning")
def strong(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A polynomial adds c0 x^2 + c1 x^3 + … to a raw value x, usually a few percent of it. The rule evaluates
    it at 20,000 adu; the limit is `linearity` in `curator.yaml`.

    Bad (linearizer)::

        amplifiers:
          A: {linearityType: Polynomial, linearityCoeffs: [1.0e-4]}
          B: {linearityType: Polynomial, linearityCoeffs: [1.1e-7]}

    Good (linearizer)::

        amplifiers:
          A: {linearityType: Polynomial, linearityCoeffs: [1.0e-7]}
          B: {linearityType: Polynomial, linearityCoeffs: [1.1e-7]}
    """
    limit = ctx.limits["linearity"]
    for name, one in amplifiers_of(doc).items():
        if one.get("linearityType") != "Polynomial":
            continue
        values = _coefficients(one)[:8]
        part = sum(value * BRIGHT ** (power + 1) for power, value in enumerate(values))
        if abs(part) > limit:
            yield ctx.finding(
                doc.value_at("amplifiers", name, "linearityCoeffs"),
                f"linearityCoeffs of {name} change 20,000 adu by {part:.0%}",
                hint="check the decimal point and the order of the coefficients",
                topic="a correction is very large",
                subject=str(name),
            )
