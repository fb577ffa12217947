"""CUR31x: what curves say of the light."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.rule import rule
from curator.checks.rules.content.curves.parse import (
    Curves,
    ResponseCurve,
    curves_of,
    distances,
    runs,
    scaled_curves,
    several,
)
from curator.checks.rules.shared.columns import rounded
from curator.checks.rules.shared.limits import limit_hint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# More runs of samples than these are one mistake.
FEW = 3


def _said(curves: Curves, curve: ResponseCurve, index: int, low: float, high: float) -> tuple[str, str]:
    """Return a value and where it was measured, and the limits, both in the unit of the file."""
    scale, unit = (100, "%") if curves.percent else (1, "")
    value = rounded(curve.fractions[index] * scale, low * scale, high * scale)
    what = f"{curves.value} {value}{unit}{curve.owner} at {rounded(curve.wavelengths[index])}"
    return what, f"{rounded(low * scale)}{unit} to {rounded(high * scale)}{unit}"


@rule("CUR312", "fraction is out of range", types=("curve",))
def impossible(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The transmitted fraction of light is between 0 and 1: check the unit and the decimal point.

    The limits are `curve_low` and `curve_high` in `curator.yaml`.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 500.0

    Good (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 50.0
    """
    low, high = ctx.limits["curve_low"], ctx.limits["curve_high"]
    curves = scaled_curves(doc, ctx)
    if curves is None or (curves.lowest >= low and curves.highest <= high):
        return
    found = [
        (curve, start, count)
        for curve in curves.parts
        for start, count in runs(value < low or value > high for value in curve.fractions)
    ]
    rows = ctx.memo.setdefault("rows", set())
    rows.update(curve.rows[at] for curve, start, count in found for at in range(start, start + count))
    many = len(found) > FEW
    if many:
        ctx.blame(f"scale of {curves.value}")  # one mistake: nothing else can be said of the values
    for curve, start, count in found[:1] if many else found:
        no_unit = not curves.percent and curve.fractions[start] > 2
        total = sum(row[2] for row in found)
        said, limits = _said(curves, curve, start, low, high)
        yield ctx.finding(
            doc.cell(curve.rows[start], curves.value),
            f"{said}{f', the first of {total} samples' if many else several(count)}: possible is {limits}",
            hint=f"is the unit % missing from column {curves.value}?"
            if no_unit
            else "check the decimal point and the unit",
            topic=f"{curves.value} out of range",
        )


@rule("CUR313", "fraction is implausible", types=("curve",), severity="warning")
def doubtful(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Measured curves may be slightly below 0 or above 1, but not by this much. Only the farthest sample of a
    file is listed.

    The limits are `curve_dip` and `curve_overshoot` in `curator.yaml`. The curve of a whole system is usually
    relative, with a plateau of 1, so only CUR312 limits how far it exceeds 1.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 101.0

    Good (transmission_system)::

        wavelength throughput
        4000.0 0.9
        4100.0 1.03
    """
    low, high = ctx.limits["curve_dip"], ctx.limits["curve_overshoot"]
    if ctx.type.name == "transmission_system":
        high = max(high, ctx.limits["curve_high"])
    curves = scaled_curves(doc, ctx)
    if curves is None or (curves.lowest >= low and curves.highest <= high):
        return
    outside = [
        (max(low - value, value - high), curve, index)
        for curve in curves.parts
        for index, value in enumerate(curve.fractions)
        if not low <= value <= high and ctx.limits["curve_low"] <= value <= ctx.limits["curve_high"]
    ]
    if outside:
        _, curve, index = max(outside, key=lambda row: row[0])
        ctx.memo["farthest"] = curve.rows[index]
        which = f"the farthest of {len(outside)} samples" if len(outside) > 1 else "a sample"
        said, limits = _said(curves, curve, index, low, high)
        wanted = _enough([curve.fractions[at] for _, curve, at in outside], low, high)
        yield ctx.finding(
            doc.cell(curve.rows[index], curves.value),
            f"{said} is {which} outside {limits}",
            hint=f"if the measurement is right, {limit_hint(ctx, **wanted)} (1 is 100%)",
            topic=f"{curves.value} is implausible",
        )


def _enough(fractions: list[float], low: float, high: float) -> dict[str, float]:
    """Return the limits, in steps of 0.01, between which all fractions are."""
    lowest, highest = min(fractions), max(fractions)
    found = {"curve_dip": lowest * 100 // 1 / 100} if lowest < low else {}
    return found | ({"curve_overshoot": -(-highest * 100 // 1) / 100} if highest > high else {})


@rule("CUR315", "amplifier response is zero everywhere", types=("curve",))
def all_zero(doc: Document, ctx: Context) -> Iterator[Finding]:
    """An efficiency of 0 at every wavelength means that the fit failed, or that the amplifier is dead and
    must not be corrected.

    Bad (transmission_sensor)::

        amp_name wavelength efficiency
        A 400.0 0.0
        A 410.0 0.0
        B 400.0 50.0
        B 410.0 50.0
    """
    curves = curves_of(doc, ctx)
    if curves is None or curves.lowest > 0:
        return
    zero = [curve for curve in curves.parts if not any(curve.fractions)]
    together = len(zero) > FEW and len(zero) == len(curves.parts)
    for curve in zero[:1] if together else zero:
        yield ctx.finding(
            doc.cell(curve.rows[0], curves.value),
            f"{curves.value}{' of all amplifiers' if together else curve.owner} is 0 at every wavelength",
            hint="use the curve of a neighbouring amplifier, or measure it again",
            topic="a curve is 0 at every wavelength",
        )


@rule("CUR316", "amplifier differs from the rest of its sensor", types=("curve",), severity="warning")
def unlike(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The amplifiers of one sensor usually differ by a few percent. An amplifier far from their median was
    probably measured or copied wrongly.

    The limit is `curve_deviation` in `curator.yaml`, the mean distance as a fraction.

    Bad (transmission_sensor)::

        amplifiers: A, B, C
        amp_name wavelength efficiency
        A 400.0 50.0
        A 410.0 50.0
        B 400.0 51.0
        B 410.0 50.0
        C 400.0 20.0
        C 410.0 20.0
    """
    curves = curves_of(doc, ctx)
    for curve, away in zip(curves.parts if curves else (), distances(doc, ctx), strict=False):
        distance = sum(map(abs, away)) / len(away)
        if not curves or distance <= ctx.limits["curve_deviation"] or not any(curve.fractions):
            continue
        if ctx.memo.get("rows", set()).isdisjoint(curve.rows):
            ctx.memo.setdefault("unlike", set()).add(curve.name)
            yield ctx.finding(
                doc.cell(curve.rows[0], curves.value),
                f"{curves.value}{curve.owner} is {distance:.2f} away from its sensor's median, on average",
                hint="compare it with the other amplifiers (`curator show` prints the file)",
                topic="an amplifier is far from its sensor's median",
            )
