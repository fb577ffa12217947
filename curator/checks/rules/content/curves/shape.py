"""CUR36x: what is odd about the shape of a curve."""

from __future__ import annotations

from collections.abc import Iterator
from operator import mul, sub

from curator.checks.model.rule import rule
from curator.checks.rules.content.curves.parse import (
    Curves,
    ResponseCurve,
    curves_of,
    distances,
    scaled_curves,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# More spikes than these in one curve are its nature, or its noise.
FEW = 2
NOISE = 3 * FEW
# Steps of a regular grid differ by less, as a fraction.
_EVEN = 0.01
# Curves with real lines in them, which a coarse grid shows as single samples.
_LINES = ("transmission_atmosphere", "transmission_system")


@rule("CUR360", "unit is percent, but the values are fractions", types=("curve",), severity="warning")
def faint(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The unit is percent, but no value reaches two percent. The values are probably fractions, and every
    flux would be a hundred times too small.

    The limit is `curve_faint` in `curator.yaml`, as a fraction.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 0.50
        410.0 0.55

    Good (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 55.0
    """
    curves = scaled_curves(doc, ctx)
    if curves and curves.percent and 0 < curves.highest < ctx.limits["curve_faint"]:
        yield ctx.finding(
            doc.value_at("columns", curves.value, "unit"),
            f"column {curves.value} is in percent, but its largest value is {curves.highest * 100:g}",
            hint="if these are fractions, leave the unit out, or multiply them by 100",
            topic=f"{curves.value} in percent looks like fractions",
        )


@rule("CUR361", "sample differs from its neighbours", types=("curve",), severity="warning")
def glitch(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A single sample differs from its neighbours, for example because of a typing mistake, a lost digit, or
    a cosmic ray in the measurement.

    A sample is compared with two samples on either side and, in a sensor of three or more amplifiers, with
    the other amplifiers at the same wavelength. The limit is `curve_glitch` in `curator.yaml`.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 51.0
        420.0 5.2
        430.0 53.0
        440.0 53.0

    Good (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 51.0
        420.0 52.0
        430.0 53.0
        440.0 53.0
    """
    curves = scaled_curves(doc, ctx)
    if curves is None or not curves.finite or ctx.type.name in _LINES:
        return
    limit = ctx.limits["curve_glitch"]
    low, high = ctx.limits["curve_low"], ctx.limits["curve_high"]
    others = distances(doc, ctx)
    rows = ctx.memo.setdefault("rows", set())
    said = {*rows, ctx.memo.get("farthest", -1)}
    for number, curve in enumerate(curves.parts):
        found = set(_spikes(curve.fractions, limit, curves.highest))
        if others and curve.name not in ctx.memo.get("unlike", ()):
            found |= set(_alone(others[number], limit))
        if len(found) > FEW:
            continue
        for index in sorted(found):
            value = curve.fractions[index]
            if low <= value <= high and any(curve.fractions) and curve.rows[index] not in said:
                rows.add(curve.rows[index])
                yield _odd(doc, ctx, curves, curve, index)


def _spikes(values: list[float], limit: float, highest: float) -> Iterator[int]:
    """Give the samples far from two neighbours on either side which agree with each other."""
    steps = list(map(sub, values[1:], values))
    turns = list(map(mul, steps, steps[1:]))
    least = -limit * limit / 4
    if len(values) < 5 or min(turns) > least:
        return
    sharp = [at + 1 for at, turn in enumerate(turns) if turn <= least]
    for index in sharp if len(sharp) <= NOISE else ():
        around = values[max(0, index - 2) : index] + values[index + 1 : index + 3]
        if len(around) < 4:
            continue
        lowest, second, third, largest = sorted(around)
        away = abs(values[index] - (second + third) / 2)
        # What a narrow filter lets through may be one sample: then nothing else is as high.
        peak = values[index] > largest and values[index] >= highest and largest < highest / 2
        if away > limit and largest - lowest < away / 4 and not peak:
            yield index


def _alone(away: list[float], limit: float) -> Iterator[int]:
    """Give the samples far from the other amplifiers, whose own neighbours are not."""
    if max(away) <= limit and min(away) >= -limit:
        return
    for index, distance in enumerate(away):
        beside = [abs(one) for one in (*away[max(0, index - 1) : index], *away[index + 1 : index + 2])]
        if abs(distance) > limit and beside and max(beside) < abs(distance) / 4:
            yield index


def _odd(doc: Document, ctx: Context, curves: Curves, curve: ResponseCurve, index: int) -> Finding:
    row = curve.rows[index]
    near = [curve.fractions[at] for at in (index - 1, index + 1) if 0 <= at < len(curve.fractions)]
    scale = 100 if curves.percent else 1
    beside = " and ".join(f"{value * scale:.4g}" for value in near)
    return ctx.finding(
        doc.cell(row, curves.value),
        f"{curves.value} {doc.columns[curves.value].values[row]}{'%' if curves.percent else ''}{curve.owner} "
        f"at {curve.wavelengths[index]} differs from its neighbours, {beside}",
        hint="check the decimal point, and for a missing digit",
        topic=f"one sample of {curves.value} differs from its neighbours",
    )


@rule("CUR362", "curve is constant", types=("curve",), severity="info")
def constant(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A constant curve is right for an empty position in a filter wheel. Otherwise it may be a placeholder
    for a missing measurement.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 100.0
        410.0 100.0
        420.0 100.0
    """
    curves = curves_of(doc, ctx)
    if curves is None or curves.lowest != curves.highest or curves.highest == 0 or not curves.finite:
        return
    if max(len(part.rows) for part in curves.parts) > 2:
        yield ctx.finding(
            doc.cell(0, curves.value),
            f"{curves.value} is {doc.columns[curves.value].values[0]} at every wavelength",
            hint="check whether this is a placeholder for a measurement",
            topic=f"{curves.value} is the same at every wavelength",
        )


@rule("CUR364", "gap in a curve", types=("curve",), severity="info")
def gap(doc: Document, ctx: Context) -> Iterator[Finding]:
    """In a curve with even steps, ten or more steps are missing. Probably rows were lost; readers interpolate
    with a straight line there.

    Only curves with even steps are checked, without their first and last step. The limit is `curve_gap` in
    `curator.yaml`.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        401.0 50.0
        402.0 51.0
        403.0 51.0
        404.0 52.0
        405.0 52.0
        406.0 53.0
        407.0 53.0
        408.0 54.0
        409.0 54.0
        410.0 55.0
        430.0 55.0
        431.0 56.0
        432.0 56.0
        433.0 57.0
        434.0 57.0
        435.0 58.0
        436.0 58.0
        437.0 59.0
        438.0 59.0
        439.0 60.0
    """
    curves = curves_of(doc, ctx)
    if curves is None or not curves.finite:
        return
    known: list[float] = []
    for curve in curves.parts:
        if curve.wavelengths == known:
            continue  # as the amplifier before
        known = curve.wavelengths
        steps = list(map(sub, curve.wavelengths[1:], curve.wavelengths))
        # No step is ten times the usual one if none is ten times the shortest.
        if len(steps) < 20 or min(steps) <= 0 or max(steps) < min(steps) * ctx.limits["curve_gap"]:
            continue
        usual = sorted(steps)[len(steps) // 2]
        if max(steps) < usual * ctx.limits["curve_gap"]:
            continue
        uneven = [at for at, step in enumerate(steps) if abs(step - usual) > usual * _EVEN]
        wide = [at for at in uneven if steps[at] >= usual * ctx.limits["curve_gap"]]
        if len(uneven) > FEW or set(wide) & {0, len(steps) - 1}:
            continue
        for at in wide:
            unit = doc.columns["wavelength"].unit or ""
            yield ctx.finding(
                doc.cell(curve.rows[at + 1], "wavelength"),
                f"between wavelength {curve.wavelengths[at]:g} and {curve.wavelengths[at + 1]:g} "
                f"{unit}{curve.owner} there is no sample; other samples are {usual:.4g} apart",
                hint="check for missing rows",
                topic="a gap in the wavelengths",
            )
