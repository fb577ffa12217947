"""CUR32x: crosstalk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.checks.columns import STRUCTURE, missing_columns
from curator.checks.context import nearest, shown
from curator.checks.rule import rule

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document, Place

__all__: list[str] = []

_COEFFICIENTS = ("CT_COEFFS", "coeffs")
_ERRORS = ("CT_ERRORS", "coeffErr")
_SQUARES = (
    "CT_COEFFS",
    "CT_ERRORS",
    "CT_COUNTS",
    "CT_VALID",
    "CT_COEFFS_SQR",
    "CT_ERRORS_SQR",
    "CT_AMP_GAIN_RATIOS",
)
_TREE_SQUARES = ("coeffs", "coeffErr", "coeffNum", "coeffValid", "coeffsSqr", "coeffErrSqr", "ampGainRatios")


class _Matrix(NamedTuple):
    """A matrix as it stands in a file: one flat list, amplifier by amplifier."""

    name: str
    values: list[Any]
    key: tuple[str, ...] = ()

    def at(self, doc: Document, ctx: Context, index: int = 0) -> Place | tuple[int, int, int]:
        if self.key:
            return doc.value_at(*self.key, index)
        place = doc.cell(0, self.name)
        start = place.column - 1
        text = ctx.line(place.line)
        for _ in range(index):
            start = text.find(",", start) + 1
        start += len(text[start:]) - len(text[start:].lstrip(' ["'))
        ends = [at for at in (text.find(one, start) for one in ",]") if at >= 0]
        return (place.line, start + 1, min(ends, default=start) + 1)


def _matrices(doc: Document) -> list[_Matrix]:
    """Return every square matrix within the detector."""
    if doc.format == "ecsv":
        cells = {name: doc.columns[name].values for name in _SQUARES if name in doc.columns}
        return [
            _Matrix(name, _flat(values[0]))
            for name, values in cells.items()
            if values and isinstance(values[0], list)
        ]
    tree: Mapping[str, Any] = doc.tree if isinstance(doc.tree, dict) else {}
    return [_Matrix(name, tree[name], (name,)) for name in _TREE_SQUARES if _is_flat(tree.get(name))]


def _between(doc: Document) -> list[_Matrix]:
    """Return the matrices of other detectors."""
    chips = doc.tree.get("interChip") if isinstance(doc.tree, dict) else None
    if not isinstance(chips, dict):
        return []
    return [
        _Matrix(f"interChip {name}", one, ("interChip", name)) for name, one in chips.items() if _is_flat(one)
    ]


def _is_flat(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, int | float) for one in value)


def _flat(value: list[Any]) -> list[Any]:
    if value and isinstance(value[0], list):
        return [one for row in value for one in row]
    return value


def _stated(doc: Document) -> dict[str, int]:
    """Return the numbers of amplifiers that are stated, by key."""
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    found = (("NAMP", doc.header.get("NAMP")), ("nAmp", tree.get("nAmp")))
    return {key: value for key, value in found if type(value) is int and value > 0}


@rule("CUR320", "matrix of the wrong shape")
def shape(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Every matrix has a row and a column for each amplifier; header, matrix and camera must agree on how
    many those are.

    Bad (crosstalk)::

        # - {NAMP: 3}

    Good (crosstalk)::

        # - {NAMP: 2}
    """
    if doc.format == "ecsv":
        yield from missing_columns(doc, ctx, ("CT_COEFFS",), _SQUARES)
        if STRUCTURE in ctx.blamed:
            return
        rows = len(doc.columns["CT_COEFFS"].values)
        if rows != 1:
            yield ctx.finding(
                doc.cell(1, "CT_COEFFS") if rows else doc.at("datatype"),
                f"the table has {rows} rows, not one that holds all matrices",
                hint="readers take the first row only",
            )
            ctx.blamed.add(STRUCTURE)
            return
    matrices = _matrices(doc)
    stated = _stated(doc)
    if not matrices or matrices[0].name not in _COEFFICIENTS:
        return  # the schema says what is missing
    length = len(matrices[0].values)
    size = round(length**0.5)
    if size * size != length:
        ctx.blamed.add(STRUCTURE)
        yield ctx.finding(
            matrices[0].at(doc, ctx),
            f"{matrices[0].name} has {length} values, which is no square matrix"
            + "".join(f"; {one} amplifiers make {one * one}" for one in list(stated.values())[:1]),
            topic="the matrix is not square",
        )
        return
    yield from _against_header(doc, ctx, matrices[0], size, stated)
    for matrix in (*matrices[1:], *_between(doc)):
        if len(matrix.values) != length:
            yield ctx.finding(
                matrix.at(doc, ctx),
                f"{matrix.name} has {len(matrix.values)} values, {matrices[0].name} has {length}",
                topic="matrices differ in size",
            )


def _against_header(
    doc: Document, ctx: Context, first: _Matrix, size: int, stated: dict[str, int]
) -> Iterator[Finding]:
    known = len(ctx.detector.amplifiers) if ctx.detector else 0
    name = ctx.detector.name if ctx.detector else ""
    wrong = [key for key, number in stated.items() if number != size]
    if wrong:
        ctx.blamed.add(STRUCTURE)
        key = wrong[0]
        yield ctx.finding(
            doc.value_at(key) if known in (0, size) else first.at(doc, ctx),
            f"{key} is {stated[key]}, but {first.name} has {size} x {size} values",
            topic="the number of amplifiers is not that of the matrix",
            keyword=key,
        )
        return
    if known and known != size:
        ctx.blamed.add(STRUCTURE)
        yield ctx.finding(
            first.at(doc, ctx),
            f"{first.name} has {size} x {size} values, but {name} has {known} amplifiers",
            hint="is it of another kind of detector?",
            topic="the matrix is not of this kind of detector",
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


def _coefficients(doc: Document, ctx: Context) -> tuple[_Matrix, int] | None:
    """Return the matrix within the detector and its size; `None` where CUR320 has complained."""
    matrices = _matrices(doc)
    if STRUCTURE in ctx.blamed or not matrices or matrices[0].name not in _COEFFICIENTS:
        return None
    return matrices[0], round(len(matrices[0].values) ** 0.5)


@rule("CUR321", "amplifier with crosstalk from itself")
def diagonal(doc: Document, ctx: Context) -> Iterator[Finding]:
    """What stands on the diagonal would be subtracted from every pixel as a part of itself.

    Bad (crosstalk.yaml)::

        coeffs: [0.5, 1.0e-4, 1.0e-4, 0.0]

    Good (crosstalk.yaml)::

        coeffs: [0.0, 1.0e-4, 1.0e-4, 0.0]
    """
    found = _coefficients(doc, ctx)
    if found is None:
        return
    matrix, size = found
    for index in range(size):
        value = matrix.values[index * (size + 1)]
        if value and value == value:
            yield ctx.finding(
                matrix.at(doc, ctx, index * (size + 1)),
                f"{matrix.name}[{index}, {index}] is {value}, not 0",
                hint="an amplifier has no crosstalk from itself: write 0.0",
                topic="the diagonal is not 0",
            )


def _wrong(values: list[Any]) -> list[int]:
    if all(value is not None and value - value == 0 for value in values):
        return []
    return [index for index, value in enumerate(values) if value is None or value - value != 0]


@rule("CUR322", "coefficient is not a number")
def not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """One NaN makes every pixel of an amplifier NaN when the image is corrected.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, .nan, 1.0e-4, 0.0]
    """
    found = _coefficients(doc, ctx)
    matrices = [found[0], *_between(doc)] if found else []
    for matrix in matrices:
        size = round(len(matrix.values) ** 0.5) or 1
        for index in _wrong(matrix.values):
            yield ctx.finding(
                matrix.at(doc, ctx, index),
                f"{matrix.name}[{index // size}, {index % size}] is {matrix.values[index]}",
                hint="write 0.0 if it could not be measured",
                topic="a coefficient is not a number",
            )


@rule("CUR323", "error of a coefficient is not a number", severity="warning")
def error_not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Nobody corrects with the errors, but somebody may average with them. Only the first of a file is named.

    Bad (crosstalk.yaml)::

        coeffErr: [0.0, .nan, 1.0e-5, 0.0]
    """
    for matrix in _matrices(doc):
        wrong = _wrong(matrix.values) if matrix.name in _ERRORS else []
        if wrong:
            more = f", the first of {len(wrong)}" if len(wrong) > 1 else ""
            yield ctx.finding(
                matrix.at(doc, ctx, wrong[0]),
                f"{matrix.name} value {wrong[0] + 1} is {matrix.values[wrong[0]]}{more}",
                topic="an error is not a number",
            )


@rule("CUR324", "large coefficient", severity="warning")
def large(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Crosstalk is a fraction well below a percent: the limit is `crosstalk` in `curator.yaml`. Only the
    largest is named.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, 0.5, 1.0e-4, 0.0]

    Good (crosstalk.yaml)::

        coeffs: [0.0, 5.0e-4, 1.0e-4, 0.0]
    """
    found = _coefficients(doc, ctx)
    limit = ctx.limits["crosstalk"]
    for matrix in [found[0], *_between(doc)] if found else []:
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
                hint="is it a slip of the decimal point?",
                topic="a coefficient is large",
            )


@rule("CUR325", "crosstalk from no detector", severity="warning")
def source(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Entries of `interChip` are looked up by the name of the other detector.

    Bad (crosstalk.yaml)::

        interChip: {S99: [0.0, 0.0, 0.0, 0.0]}

    Good (crosstalk.yaml)::

        interChip: {S10: [0.0, 0.0, 0.0, 0.0]}
    """
    chips = doc.tree.get("interChip") if isinstance(doc.tree, dict) else None
    if not isinstance(chips, dict) or ctx.camera is None or not ctx.camera.detectors:
        return
    names = [one.name for one in ctx.camera.detectors]
    for name in chips:
        if name not in names:
            near = nearest(str(name), names)
            yield ctx.finding(
                doc.at("interChip", name),
                f"interChip {shown(name)} is no detector of {ctx.camera.name}",
                hint=f"did you mean {near}?" if near else "if there is one, add it to the camera's own file",
                topic="interChip names no detector",
            )
        elif ctx.detector is not None and name == ctx.detector.name:
            yield ctx.finding(
                doc.at("interChip", name),
                f"interChip {shown(name)} is the detector itself",
                hint="its own coefficients stand in coeffs",
                topic="interChip names the detector itself",
            )


@rule("CUR326", "coefficients, but no crosstalk", severity="warning")
def denied(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Where HAS_CROSSTALK is false readers correct nothing, whatever the coefficients.

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
    for matrix in (found[0], *_between(doc)):
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
