"""CUR32x: crosstalk."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.content.crosstalk.matrices import SQUARES, Matrix, between, matrices_of
from curator.checks.rules.shared.columns import STRUCTURE, missing_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_COEFFICIENTS = ("CT_COEFFS", "coeffs")
_ERRORS = ("CT_ERRORS", "coeffErr")


def _stated(doc: Document) -> dict[str, int]:
    """Return the numbers of amplifiers that are stated, by key."""
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    found = (("NAMP", doc.header.get("NAMP")), ("nAmp", tree.get("nAmp")))
    return {key: value for key, value in found if type(value) is int and value > 0}


@rule("CUR320", "matrix has the wrong shape", types=("crosstalk",))
def shape(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Every matrix has one row and one column per amplifier. Header, matrix and camera file must agree on the
    number of amplifiers.

    Bad (crosstalk)::

        # - {NAMP: 3}

    Good (crosstalk)::

        # - {NAMP: 2}
    """
    if doc.format == "ecsv":
        yield from missing_columns(doc, ctx, ("CT_COEFFS",), SQUARES)
        if STRUCTURE in ctx.blamed:
            return
        rows = len(doc.columns["CT_COEFFS"].values)
        if rows != 1:
            yield ctx.finding(
                doc.cell(1, "CT_COEFFS") if rows else doc.at("datatype"),
                f"the table has {rows} rows, not a single row with all matrices",
                hint="readers use only the first row",
            )
            ctx.blame(STRUCTURE)
            return
    matrices = matrices_of(doc, ctx)
    stated = _stated(doc)
    if not matrices or matrices[0].name not in _COEFFICIENTS:
        return  # the schema says what is missing
    length = len(matrices[0].values)
    size = round(length**0.5)
    if size * size != length:
        ctx.blame(STRUCTURE)
        yield ctx.finding(
            matrices[0].at(doc, ctx),
            f"{matrices[0].name} has {length} values, which is not a square matrix"
            + "".join(f"; {one} amplifiers make {one * one}" for one in list(stated.values())[:1]),
            topic="the matrix is not square",
        )
        return
    yield from _against_header(doc, ctx, matrices[0], size, stated)
    for matrix in (*matrices[1:], *between(doc)):
        if len(matrix.values) != length:
            yield ctx.finding(
                matrix.at(doc, ctx),
                f"{matrix.name} has {len(matrix.values)} values, {matrices[0].name} has {length}",
                topic="matrices differ in size",
                subject=matrix.name,
            )


def _against_header(
    doc: Document, ctx: Context, first: Matrix, size: int, stated: dict[str, int]
) -> Iterator[Finding]:
    known = len(ctx.detector.amplifiers) if ctx.detector else 0
    name = ctx.detector.name if ctx.detector else ""
    wrong = [key for key, number in stated.items() if number != size]
    if wrong:
        ctx.blame(STRUCTURE)
        key = wrong[0]
        yield ctx.finding(
            doc.value_at(key) if known in (0, size) else first.at(doc, ctx),
            f"{key} is {stated[key]}, but {first.name} has {size} x {size} values",
            topic="the number of amplifiers is not that of the matrix",
            keyword=key,
        )
        return
    if known and known != size:
        ctx.blame(STRUCTURE)
        yield ctx.finding(
            first.at(doc, ctx),
            f"{first.name} has {size} x {size} values, but {name} has {known} amplifiers",
            hint="check whether it belongs to another kind of detector",
            topic="the matrix does not fit this detector",
        )
        return
    for key, stands in (("CROSSTALK_SHAPE", doc.header), ("crosstalkShape", doc.tree)):
        value = stands.get(key) if isinstance(stands, dict) else None
        if value is not None and list(value if isinstance(value, list | tuple) else [value]) != [size, size]:
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is {shown(list(value) if isinstance(value, tuple) else value)}, "
                f"but {first.name} has {size} x {size} values",
                hint=f"write [{size}, {size}]",
                keyword=key,
            )


def _coefficients(doc: Document, ctx: Context) -> tuple[Matrix, int] | None:
    """Return the matrix within the detector and its size; `None` where CUR320 has complained."""
    matrices = matrices_of(doc, ctx)
    if STRUCTURE in ctx.blamed or not matrices or matrices[0].name not in _COEFFICIENTS:
        return None
    return matrices[0], round(len(matrices[0].values) ** 0.5)


@rule("CUR321", "amplifier has crosstalk from itself", types=("crosstalk",))
def diagonal(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A coefficient on the diagonal would subtract a fraction of each pixel from itself. Write 0.0 there.

    Bad (crosstalk.yaml)::

        coeffs: [0.5, 1.0e-4, 1.0e-4, 0.0]

    Good (crosstalk.yaml)::

        coeffs: [0.0, 1.0e-4, 1.0e-4, 0.0]
    """
    found = _coefficients(doc, ctx)
    if found is None:
        return
    matrix, size = found
    diagonal = matrix.values[:: size + 1]
    if not any(diagonal):
        return
    odd = [index for index, value in enumerate(diagonal) if value and value == value]
    for index in odd[:1]:
        more = f", nor are {len(odd) - 1} others on the diagonal" if odd[1:] else ""
        yield ctx.finding(
            matrix.at(doc, ctx, index * (size + 1)),
            f"{matrix.name}[{index}, {index}] is {diagonal[index]}, not 0{more}",
            hint=_why(matrix.values, size, odd),
            topic="the diagonal is not 0",
            subject=matrix.name,
        )


def _why(values: list[Any], size: int, odd: list[int]) -> str:
    """Return what may have put something on the diagonal, from where the zeros are now."""
    zeros = {row: [at for at in range(size) if values[row * size + at] == 0] for row in odd}
    if len(odd) == 2 and odd[1] in zeros[odd[0]] and odd[0] in zeros[odd[1]]:
        return f"are the rows of amplifiers {odd[0]} and {odd[1]} exchanged?"
    if all(len(zero) == 1 for zero in zeros.values()):
        shifts = {zeros[row][0] - row for row in odd}
        places = f"by {abs(min(shifts))} to the {'right' if min(shifts) > 0 else 'left'}"
        if len(odd) == 1:
            return f"the 0 of this row is at [{odd[0]}, {zeros[odd[0]][0]}]: is the row shifted {places}?"
        if len(shifts) == 1:
            return f"are the values from row {odd[0]} on shifted {places}?"
        return "the rows are not in the order of the columns"
    return "an amplifier has no crosstalk from itself: write 0.0"


def _wrong(values: list[Any]) -> list[int]:
    if all(value is not None and value - value == 0 for value in values):
        return []
    return [index for index, value in enumerate(values) if value is None or value - value != 0]


@rule("CUR322", "coefficient is not a number", types=("crosstalk",))
def not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A single NaN makes every pixel of an amplifier NaN in the corrected image. Write 0.0 if the coefficient
    could not be measured.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, .nan, 1.0e-4, 0.0]
    """
    found = _coefficients(doc, ctx)
    matrices = [found[0], *between(doc)] if found else []
    for matrix in matrices:
        size = round(len(matrix.values) ** 0.5) or 1
        wrong = _wrong(matrix.values)
        for index in wrong[:1]:
            more = f", the first of {len(wrong)}" if wrong[1:] else ""
            diagonal = [one for one in wrong if one % (size + 1) == 0] == wrong
            yield ctx.finding(
                matrix.at(doc, ctx, index),
                f"{matrix.name}[{index // size}, {index % size}] is {matrix.values[index]}{more}",
                hint="check whether coefficients and errors are exchanged"
                if diagonal and len(wrong) == size > 1
                else "write 0.0 if it could not be measured",
                topic="a coefficient is not a number",
                subject=matrix.name,
            )


@rule("CUR323", "coefficient error is not a number", types=("crosstalk",), severity="warning")
def error_not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The errors are not used for the correction, but programs may use them for averages. Only the first one
    of a file is listed; NaN on the diagonal, where nothing is measured, is allowed.

    Bad (crosstalk.yaml)::

        coeffErr: [0.0, .nan, 1.0e-5, 0.0]

    Good (crosstalk.yaml)::

        coeffErr: [.nan, 1.0e-5, 1.0e-5, .nan]
    """
    for matrix in matrices_of(doc, ctx):
        wrong = _wrong(matrix.values) if matrix.name in _ERRORS else []
        size = round(len(matrix.values) ** 0.5)
        wrong = [index for index in wrong if index % (size + 1)]
        if wrong:
            more = f", the first of {len(wrong)}" if len(wrong) > 1 else ""
            yield ctx.finding(
                matrix.at(doc, ctx, wrong[0]),
                f"{matrix.name} value {wrong[0] + 1} is {matrix.values[wrong[0]]}{more}",
                topic="an error is not a number",
                subject=matrix.name,
            )


@rule("CUR324", "large coefficient", types=("crosstalk",), severity="warning")
def large(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Crosstalk is usually well below one percent: check the decimal point. Only the largest coefficient is
    listed. The limit is `crosstalk` in `curator.yaml`.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, 0.5, 1.0e-4, 0.0]

    Good (crosstalk.yaml)::

        coeffs: [0.0, 5.0e-4, 1.0e-4, 0.0]
    """
    found = _coefficients(doc, ctx)
    limit = ctx.limits["crosstalk"]
    for matrix in [found[0], *between(doc)] if found else []:
        values = [abs(value) if value is not None and value == value else 0 for value in matrix.values]
        size = round(len(values) ** 0.5) or 1
        if found and matrix is found[0]:
            values[:: size + 1] = [0] * len(values[:: size + 1])  # CUR321 is about the diagonal
        worst = max(values, default=0)
        if worst > limit:
            index = values.index(worst)
            count = sum(value > limit for value in values)
            more = f", the largest of {count} above {limit}" if count > 1 else f", above {limit}"
            yield ctx.finding(
                matrix.at(doc, ctx, index),
                f"{matrix.name}[{index // size}, {index % size}] is {matrix.values[index]}{more}",
                hint="check the decimal point",
                topic="a coefficient is large",
                subject=matrix.name,
            )


@rule("CUR326", "crosstalk coefficients are present but not used", types=("crosstalk",), severity="warning")
def denied(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers apply no correction if HAS_CROSSTALK is false, whatever the coefficients are. Write true, or
    set the coefficients to 0.0.

    Bad (crosstalk.ecsv)::

        # - {HAS_CROSSTALK: false}

    Bad (crosstalk.yaml)::

        hasCrosstalk: false

    Good (crosstalk.yaml)::

        hasCrosstalk: true
    """
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    stated = {"hasCrosstalk": tree.get("hasCrosstalk"), "HAS_CROSSTALK": doc.header.get("HAS_CROSSTALK")}
    keys = [key for key, value in stated.items() if value is False and key not in ctx.blamed]
    found = _coefficients(doc, ctx)
    if not keys or found is None:
        return
    for matrix in (found[0], *between(doc)):
        index = next((at for at, value in enumerate(matrix.values) if value and value == value), None)
        if index is not None:
            yield ctx.finding(
                doc.value_at(keys[0]),
                f"{keys[0]} is false, but {matrix.name} has coefficients such as {matrix.values[index]}",
                hint="write true, or coefficients of 0.0",
                topic=f"{keys[0]} is false, but there are coefficients",
                keyword=keys[0],
            )
            return
