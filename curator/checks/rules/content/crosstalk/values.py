"""CUR32x, CUR37x: where crosstalk comes from, and what its numbers say."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.content.crosstalk.matrices import between, matrices_of
from curator.checks.rules.shared.columns import STRUCTURE
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_COEFFICIENTS = ("CT_COEFFS", "coeffs")
_ERRORS = ("CT_ERRORS", "coeffErr", "CT_ERRORS_SQR", "coeffErrSqr")
_VALID = ("CT_VALID", "coeffValid")


def _chips(doc: Document) -> dict[Any, Any]:
    chips = doc.tree.get("interChip") if isinstance(doc.tree, dict) else None
    return chips if isinstance(chips, dict) else {}


@rule("CUR325", "source detector of crosstalk is misspelled", types=("crosstalk",), severity="warning")
def source(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers find an entry of `interChip` by the name of the other detector, in the spelling of the camera
    file.

    Bad (crosstalk.yaml)::

        interChip: {s10: [0.0, 0.0, 0.0, 0.0]}

    Bad (crosstalk.yaml)::

        interChip: {S01: [0.0, 0.0, 0.0, 0.0]}

    Good (crosstalk.yaml)::

        interChip: {S10: [0.0, 0.0, 0.0, 0.0]}
    """
    names = [detector.name for detector in ctx.camera.detectors] if ctx.camera else []
    for name in _chips(doc):
        if ctx.detector is not None and name == ctx.detector.name:
            yield ctx.finding(
                doc.at("interChip", name),
                f"interChip {shown(name)} is the detector itself",
                hint="its own coefficients belong in coeffs",
                topic="interChip names the detector itself",
                subject=name,
            )
        elif name not in names and (near := _meant(name, names)):
            yield ctx.finding(
                doc.at("interChip", name),
                f"interChip {shown(name)} is not a detector of {ctx.camera.name if ctx.camera else ''}",
                hint=did_you_mean(near),
                topic="interChip misspells a detector",
                subject=name,
            )


def _meant(name: Any, names: list[str]) -> str:
    """Return the detector that a name misspells, empty if none.

    Another number is another detector: only the letters and signs around it can be a misspelling.
    """
    digits = _digits(str(name))
    similar = [other for other in names if _digits(other) == digits]
    return nearest(str(name), similar) if similar else ""


def _digits(text: str) -> list[str]:
    return [character for character in text if character.isdigit()]


@rule("CUR327", "source detector is not in the camera file", types=("crosstalk",), severity="info")
def undescribed(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The camera file has no detector of this name. This is normal if the camera file lists only detectors
    that have calibrations.

    Bad (crosstalk.yaml)::

        interChip: {X99: [0.0, 0.0, 0.0, 0.0]}

    Good (crosstalk.yaml)::

        interChip: {S10: [0.0, 0.0, 0.0, 0.0]}
    """
    if ctx.camera is None or not ctx.camera.detectors:
        return
    names = [detector.name for detector in ctx.camera.detectors]
    for name in _chips(doc):
        if name not in names and not _meant(name, names):
            yield ctx.finding(
                doc.at("interChip", name),
                f"interChip {shown(name)} is not among the detectors of {ctx.camera.name}",
                hint="if it exists, add it to the camera file",
                topic="interChip names a detector that the camera's file does not list",
                subject=name,
            )


@rule("CUR328", "all coefficients are zero", types=("crosstalk",), severity="warning")
def nothing(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A matrix of zeros looks like a correction, but corrects nothing. Write HAS_CROSSTALK: false instead.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, 0.0, 0.0, 0.0]
        interChip: {S10: [0.0, 0.0, 0.0, 0.0]}

    Good (crosstalk.yaml)::

        hasCrosstalk: false
        coeffs: [0.0, 0.0, 0.0, 0.0]
        interChip: {S10: [0.0, 0.0, 0.0, 0.0]}
    """
    matrices = matrices_of(doc, ctx)
    if STRUCTURE in ctx.blamed or not matrices or matrices[0].name not in _COEFFICIENTS:
        return
    tree = doc.tree if isinstance(doc.tree, dict) else {}
    denied = False in (tree.get("hasCrosstalk"), doc.header.get("HAS_CROSSTALK"))
    alone = len(matrices[0].values) < 2
    if not denied and not alone and not any(any(one.values) for one in (matrices[0], *between(doc))):
        yield ctx.finding(
            matrices[0].at(doc, ctx),
            f"{matrices[0].name} contains only zeros",
            hint="if there is no crosstalk, write HAS_CROSSTALK: false",
            topic="all coefficients are zero",
            subject=matrices[0].name,
        )


@rule("CUR329", "negative coefficient error", types=("crosstalk",), severity="warning")
def negative(doc: Document, ctx: Context) -> Iterator[Finding]:
    """An error cannot be negative. Check the sign, and whether columns were exchanged. Only the first one of
    a file is listed.

    Bad (crosstalk.yaml)::

        coeffErr: [0.0, -1.0e-5, 1.0e-5, 0.0]
    """
    for matrix in matrices_of(doc, ctx):
        if matrix.name not in _ERRORS or not matrix.values or None in matrix.values:
            continue
        wrong = [index for index, value in enumerate(matrix.values) if value < 0]
        if wrong:
            more = f", the first of {len(wrong)} below 0" if wrong[1:] else ", below 0"
            yield ctx.finding(
                matrix.at(doc, ctx, wrong[0]),
                f"{matrix.name} value {wrong[0] + 1} is {matrix.values[wrong[0]]}{more}",
                hint="check whether coefficients and errors are exchanged" if wrong[1:] else "",
                topic="an error is negative",
                subject=matrix.name,
            )
            return


@rule("CUR370", "no coefficient is valid", types=("crosstalk",), severity="warning")
def invalid(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers that use this flag apply no correction; readers that ignore it apply rejected coefficients.
    Write true for coefficients that may be used.

    Bad (crosstalk.yaml)::

        coeffValid: [false, false, false, false]

    Good (crosstalk.yaml)::

        coeffValid: [false, true, true, false]
    """
    matrices = matrices_of(doc, ctx)
    if STRUCTURE in ctx.blamed or not matrices or not any(matrices[0].values):
        return
    for matrix in matrices:
        if matrix.name in _VALID and matrix.values and not any(matrix.values):
            yield ctx.finding(
                matrix.at(doc, ctx),
                f"{matrix.name} is false for every coefficient",
                hint="write true where the coefficient may be used",
                topic="no coefficient is valid",
                subject=matrix.name,
            )


@rule("CUR371", "errors larger than the coefficients", types=("crosstalk",), severity="warning")
def exchanged(doc: Document, ctx: Context) -> Iterator[Finding]:
    """If every error is larger than its coefficient, nothing was measured, or the two columns were exchanged.

    Bad (crosstalk.yaml)::

        coeffs: [0.0, 1.0e-6, 1.0e-6, 0.0]
        coeffErr: [0.0, 1.0e-4, 1.0e-4, 0.0]

    Good (crosstalk.yaml)::

        coeffs: [0.0, 1.0e-4, 1.0e-4, 0.0]
        coeffErr: [0.0, 1.0e-6, 1.0e-6, 0.0]
    """
    found = {one.name: one for one in matrices_of(doc, ctx)}
    for name, beside in zip(_COEFFICIENTS, _ERRORS[:2], strict=True):
        if name not in found or beside not in found or STRUCTURE in ctx.blamed:
            continue
        pairs = [
            (abs(one), other)
            for one, other in zip(found[name].values, found[beside].values, strict=False)
            if one and other and one == one and other == other
        ]
        if len(pairs) > 1 and all(one < other for one, other in pairs):
            yield ctx.finding(
                found[beside].at(doc, ctx),
                f"{beside} is larger than {name} for all {len(pairs)} coefficients",
                hint="check whether coefficients and errors are exchanged",
                topic="every error is larger than its coefficient",
                subject=name,
            )
