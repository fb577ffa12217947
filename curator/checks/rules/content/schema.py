"""CUR391, CUR399: does the file have the form its type has, and can FITS hold it?"""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.schema.schemas import each_violation, instance
from curator.checks.model.context import severity_of
from curator.checks.model.rule import RULES, rule
from curator.checks.rules.shared.columns import STRUCTURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.calibrations.schema.schemas import Violation
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document, Place

__all__: list[str] = []


@rule("CUR391", "content cannot be exported")
def unexportable(doc: Document, ctx: Context) -> Iterator[Finding]:
    """FITS can hold columns of numbers, truth values and text, with distinct names and known units. `curator
    export` refuses everything else, for example a whole number beyond 64 bits, a missing truth value, or
    20,000 notes.

    Only files without another error are checked.

    Bad::

        # - {name: sure, datatype: bool}
        x0 y0 width height sure
        1 2 3 4 True
        1 9 3 4 ""
    """
    from curator.calibrations.fits.exportable import content_problem

    if ctx.errors:
        return
    problem = content_problem(doc, ctx.type.calibration)
    if problem is None or _has_another_form(doc, ctx):
        return
    yield ctx.finding(
        (problem.line or 1, problem.column or 1, 0),
        problem.message,
        hint=problem.hint,
        subject=problem.keyword,
    )


def _has_another_form(doc: Document, ctx: Context) -> bool:
    """Whether CUR399 will say as an error what is wrong."""
    return severity_of(RULES["CUR399"], ctx.config) == "error" and any(
        not _is_known(one, ctx) for one in each_violation(ctx.type.schema, instance(doc))
    )


@rule("CUR399", "content does not match the schema of its type")
def form(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The JSON Schema of the dataset type does not allow this content, and no other rule has a finding for
    it.

    Bad (linearizer)::

        amplifiers:
          A: {linearityType: Polynomial, linearityCoeffs: many}
          B: {linearityType: Polynomial, linearityCoeffs: [0.0]}
    """
    for violation in each_violation(ctx.type.schema, instance(doc)):
        if not _is_known(violation, ctx):
            expected = violation.expected if isinstance(violation.expected, str) else ""
            hint = "" if violation.message.endswith(expected) else expected
            yield ctx.finding(
                _place(violation, doc),
                violation.message,
                hint=hint,
                subject=f"{'.'.join(map(str, violation.path))} {violation.validator}",
            )


def _is_known(violation: Violation, ctx: Context) -> bool:
    """Whether an earlier rule complained about the same thing."""
    where, *rest = violation.path or ("",)
    if where == "columns":
        return STRUCTURE in ctx.blamed or (rest[1:] == ["unit"] and f"unit of {rest[0]}" in ctx.blamed)
    if where == "tree" and ctx.blamed & {STRUCTURE, "(tree)", "(kernels)"}:
        return True
    names = [str(key) for key in rest[:1]] or [
        keyword for keyword in ctx.blamed if keyword in violation.message.split()
    ]
    return not ctx.blamed.isdisjoint(names)


def _place(violation: Violation, doc: Document) -> Place:
    where, *rest = violation.path or ("",)
    if where == "columns":
        return doc.value_at("columns", *rest) if rest else doc.at("datatype")
    if where == "header" and not rest:
        return doc.at("metadata") if doc.format == "yaml" else doc.at("meta")
    return doc.value_at(*rest) if rest else doc.at()
