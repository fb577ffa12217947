"""CUR31x, CUR36x: curves of the amplifiers of a sensor, beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.content.curves.parse import ResponseCurve, curves_of
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []


@rule("CUR319", "amplifiers differ from those of the detector", types=("curve",), requires="amplifiers")
def amplifiers(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers find a curve by the name of its amplifier. They never find a misspelled name, and fail without
    a curve for an amplifier.

    Bad (transmission_sensor)::

        amp_name wavelength efficiency
        A 400.0 50.0
        A 800.0 90.0
        Q 400.0 50.0
        Q 800.0 90.0

    Good (transmission_sensor)::

        amp_name wavelength efficiency
        A 400.0 50.0
        A 800.0 90.0
        B 400.0 50.0
        B 800.0 90.0
    """
    known = ctx.detector.amplifiers if ctx.detector else ()
    curves = curves_of(doc, ctx)
    if not known or curves is None or "amp_name" not in doc.columns:
        return
    name = ctx.detector.name if ctx.detector else ""
    found = [part.name for part in curves.parts]
    missing = [amplifier for amplifier in known if amplifier not in found]
    strange = [part for part in curves.parts if part.name not in known]
    ctx.memo["strange"] = bool(strange)
    for curve in strange:
        near = nearest(curve.name, missing) or nearest(curve.name, known)
        yield ctx.finding(
            doc.cell(curve.rows[0], "amp_name"),
            f"amp_name {shown(curve.name)} is not an amplifier of {name}",
            hint=did_you_mean(near, f"it has {', '.join(known)}"),
            topic="amp_name is not an amplifier of the detector",
        )
    if missing and not strange:
        yield ctx.finding(
            doc.at("columns", "amp_name"),
            f"there is no curve of amplifier {', '.join(missing[:4])}{' and others' if missing[4:] else ''}",
            hint=f"{name} has {', '.join(known)}",
            topic="amplifiers without a curve",
        )


@rule("CUR363", "amplifiers have the same curve", types=("curve",), severity="info")
def copied(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Two measurements never agree to the last digit, so one curve was probably copied from the other. If all
    amplifiers have the same curve, it is the curve of the sensor, and there is no finding.

    Bad (transmission_sensor)::

        amplifiers: A, B, C
        amp_name wavelength efficiency
        A 400.0 50.0
        A 410.0 51.0
        A 420.0 52.0
        B 400.0 50.0
        B 410.0 51.0
        B 420.0 52.0
        C 400.0 50.1
        C 410.0 51.2
        C 420.0 52.2
    """
    curves = curves_of(doc, ctx)
    if curves is None or len(curves.parts) < 3 or not curves.finite or ctx.memo.get("rows"):
        return
    owners: dict[tuple[float, ...], list[ResponseCurve]] = {}
    for part in curves.parts:
        owners.setdefault(tuple(part.fractions), []).append(part)
    for values, same in owners.items() if len(owners) > 1 else ():
        if len(same) > 1 and any(values):
            yield ctx.finding(
                doc.cell(same[1].rows[0], "amp_name"),
                f"{curves.value} of amplifier {', '.join(curve.name for curve in same[1:])} is "
                "identical to that of "
                f"{same[0].name}",
                hint="check whether it was copied by mistake",
                topic="two amplifiers have the same curve",
            )


@rule("CUR365", "amplifier lacks wavelengths", types=("curve",), severity="warning")
def uneven(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The amplifiers of a sensor are measured together. If most of them have a sample at a wavelength and one
    does not, its row is missing or its wavelength is mistyped.

    Bad (transmission_sensor)::

        amplifiers: A, B, C
        amp_name wavelength efficiency
        A 400.0 50.0
        A 410.0 50.1
        A 420.0 50.2
        B 400.0 51.0
        B 410.0 51.1
        B 420.0 51.2
        C 400.0 52.0
        C 420.0 52.2
    """
    curves = curves_of(doc, ctx)
    parts = curves.parts if curves and curves.finite else []
    if len(parts) < 3 or all(part.wavelengths == parts[0].wavelengths for part in parts):
        return
    if ctx.memo.get("strange") or ctx.memo.get("rows"):
        return  # rows under a wrong name, or with a wrong wavelength, are not lost
    kinds: dict[tuple[float, ...], list[ResponseCurve]] = {}
    for part in parts:
        kinds.setdefault(tuple(part.wavelengths), []).append(part)
    usual = max(kinds, key=lambda kind: len(kinds[kind]))
    if len(kinds[usual]) * 2 <= len(parts):
        return  # each was measured in its own way
    for waves, owners in kinds.items():
        missing = sorted(set(usual).difference(waves))
        if not missing:
            continue
        yield ctx.finding(
            doc.cell(owners[0].rows[0], "amp_name"),
            f"amplifier {owners[0].name} has no sample at wavelength {missing[0]:g}"
            + (f" and {len(missing) - 1} others" if missing[1:] else "")
            + f"; {len(kinds[usual])} amplifiers have",
            hint="check for a missing row or a mistyped wavelength",
            topic="an amplifier lacks wavelengths of the others",
        )
