"""CUR31x: curves over wavelength."""

from __future__ import annotations

from collections.abc import Iterator
from operator import lt

from curator.checks.model.rule import rule
from curator.checks.rules.content.curves.parse import (
    NANOMETRES,
    PERCENT,
    VALUES,
    Curves,
    ResponseCurve,
    curves_of,
    runs,
    several,
)
from curator.checks.rules.shared.columns import (
    STRUCTURE,
    missing_columns,
    not_numbers,
    rounded,
    wrong_unit,
)
from curator.checks.rules.shared.limits import limit_hint
from curator.checks.rules.shared.monotonic import odd_one
from curator.name_lookup import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_KNOWN = ("wavelength", "amp_name", *VALUES)
# More than these of one mistake in a curve are one mistake.
FEW = 3


@rule("CUR310", "content is not a curve", types=("curve",))
def structure(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A curve has a column `wavelength`, and a column `efficiency` or `throughput`, with units that readers
    know.

    Bad (transmission_filter)::

        # - {name: wavelength, unit: s, datatype: float64}

    Bad (transmission_filter)::

        wavelength efficiency

    Good (transmission_filter)::

        # - {name: wavelength, unit: nm, datatype: float64}
    """
    value = next((name for name in VALUES if name in doc.columns), "")
    near = nearest("throughput", [name for name in doc.columns if name not in _KNOWN])
    wanted = ("wavelength", value or ("throughput" if near else "efficiency"))
    yield from missing_columns(doc, ctx, wanted, _KNOWN)
    yield from not_numbers(doc, ctx, wanted)
    yield from wrong_unit(doc, ctx, "wavelength", tuple(NANOMETRES), "a wavelength that readers know")
    yield from wrong_unit(doc, ctx, wanted[1], (*PERCENT, ""), "a fraction")
    if STRUCTURE not in ctx.blamed and not len(doc.columns["wavelength"].values):
        ctx.blame(STRUCTURE)
        yield ctx.finding(
            doc.at("columns", "wavelength"),
            "the curve has no samples: the table is empty",
            hint="check whether the end of the file is missing",
        )
    elif STRUCTURE not in ctx.blamed:
        yield from _exchanged(doc, ctx)


def _exchanged(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Say so where wavelengths stand under the name of the values, and values under that of wavelengths."""
    low, high = ctx.limits["wavelength_low"], ctx.limits["wavelength_high"]
    curves = curves_of(doc, ctx)
    scale = NANOMETRES.get(doc.columns["wavelength"].unit or "")
    if curves is None or scale is None or curves.shortest * scale >= low or _middle(curves) * scale >= low:
        return
    percent = 100 if curves.percent else 1
    if curves.lowest * percent * scale >= low and curves.highest * percent * scale <= high:
        ctx.blame(STRUCTURE)
        ctx.memo["curves"] = None
        yield ctx.finding(
            doc.cell(0, "wavelength"),
            f"wavelength runs from {curves.shortest:g} to {curves.longest:g}, and {curves.value} from "
            f"{curves.lowest * percent:g} to {curves.highest * percent:g}",
            hint="check whether the two columns are exchanged",
            topic="columns of a curve were exchanged",
        )


@rule("CUR311", "wavelengths do not increase", types=("curve",))
def order(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Interpolation needs increasing wavelengths, and silently gives wrong values without them. Sort the
    rows, unless columns were mixed up.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        390.0 60.0

    Good (transmission_filter)::

        wavelength efficiency
        390.0 60.0
        400.0 50.0
    """
    curves = curves_of(doc, ctx)
    wrong = [
        (curve, places)
        for curve in (curves.parts if curves else ())
        if not all(map(lt, curve.wavelengths, curve.wavelengths[1:])) and (places := _places(curve))
    ]
    if len(wrong) > FEW:
        ctx.memo["rows"] = {row for curve, _ in wrong for row in curve.rows}
        yield _many(doc, ctx, *wrong[0], f" (so it is for {len(wrong)} amplifiers)")
        return
    for curve, places in wrong:
        waves = curve.wavelengths
        rows = ctx.memo.setdefault("rows", set())
        if len(places) > FEW:
            rows.update(curve.rows)
            yield _many(doc, ctx, curve, places)
            continue
        for index in places:
            odd = odd_one(waves, index)
            rows.add(curve.rows[odd])
            other = f"after {waves[index - 1]}" if odd == index else f"before {waves[index]}"
            yield ctx.finding(
                doc.cell(curve.rows[odd], "wavelength"),
                f"wavelength {waves[odd]}{curve.owner} comes {other}",
                hint="sort the rows, and keep one row for each wavelength",
                topic="wavelengths do not increase",
            )


def _places(curve: ResponseCurve) -> list[int]:
    waves = curve.wavelengths
    return [index for index in range(1, len(waves)) if waves[index] <= waves[index - 1]]


def _many(doc: Document, ctx: Context, curve: ResponseCurve, places: list[int], more: str = "") -> Finding:
    """Say once that many wavelengths are out of order, and what may have happened."""
    waves, first = curve.wavelengths, places[0]
    if len(places) == len(waves) - 1:
        hint = "turn the rows round" if len(set(waves)) == len(waves) else "were columns mixed up?"
    elif len(set(waves)) == len(waves):
        hint = "sort the rows, unless columns were mixed up"
    else:
        hint = "are these curves of several amplifiers, without a column amp_name; or were columns mixed up?"
    return ctx.finding(
        doc.cell(curve.rows[first], "wavelength"),
        f"wavelength {waves[first]}{curve.owner} comes after {waves[first - 1]}, the first of {len(places)} "
        f"that do not increase{more}",
        hint=hint,
        topic="wavelengths do not increase",
    )


@rule("CUR314", "curve contains a value that is not a number", types=("curve",))
def not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A single NaN spreads through every interpolation, and into every image that is corrected with the
    curve. Remove the row, or measure it.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 nan
    """
    curves = curves_of(doc, ctx)
    if curves is None or curves.finite:
        return
    for curve in curves.parts:
        for name, values in (("wavelength", curve.wavelengths), (curves.value, curve.fractions)):
            for start, count in runs(value - value != 0 for value in values):
                written = doc.columns[name].values[curve.rows[start]]
                yield ctx.finding(
                    doc.cell(curve.rows[start], name),
                    f"{name}{curve.owner} is {'empty' if written is None else written}{several(count)}",
                    hint="remove the row, or measure it",
                    topic=f"{name} is not a number",
                    subject=name,
                )


@rule("CUR317", "curve has few samples", types=("curve",), severity="warning")
def few_samples(doc: Document, ctx: Context) -> Iterator[Finding]:
    """With so few samples, most of the curve is interpolated. The limit is `curve_samples` in `curator.yaml`.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        800.0 90.0
    """
    if STRUCTURE in ctx.blamed:
        return
    wanted = ctx.limits["curve_samples"]
    curves = curves_of(doc, ctx)
    parts = [part for part in curves.parts if _is_amplifier(ctx, part.name)] if curves else []
    short = [part for part in parts if len(part.rows) < wanted]
    if short or curves is None:
        samples = min((len(curve.rows) for curve in short), default=0)
        owner = f" of {len(short)} amplifiers" if len(short) > 1 else short[0].owner if short else ""
        yield ctx.finding(
            doc.cell(short[0].rows[0], "wavelength") if short else doc.at("columns", "wavelength"),
            f"the curve{owner} has {samples} samples, fewer than {wanted:.0f}",
            hint=f"if the curve is smooth enough, {limit_hint(ctx, curve_samples=samples)}"
            if samples
            else "",
            topic=f"the curve has fewer than {wanted:.0f} samples",
        )


def _is_amplifier(ctx: Context, name: str) -> bool:
    known = ctx.detector.amplifiers if ctx.detector else ()
    return not name or not known or name in known


@rule("CUR318", "wavelength does not match its unit", types=("curve",))
def wavelength(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The wavelengths do not fit their unit, for example nanometres that are declared as Angstrom. The curve
    would be in another part of the spectrum.

    The limits are `wavelength_low` and `wavelength_high` in `curator.yaml`, in nm.

    Bad (transmission_filter)::

        wavelength efficiency
        4000.0 50.0
        9000.0 90.0

    Good (transmission_filter)::

        # - {name: wavelength, unit: Angstrom, datatype: float64}
        wavelength efficiency
        4000.0 50.0
        9000.0 90.0
    """
    low, high = ctx.limits["wavelength_low"], ctx.limits["wavelength_high"]
    curves = curves_of(doc, ctx)
    unit = doc.columns["wavelength"].unit or "" if curves and "unit of wavelength" not in ctx.blamed else ""
    scale = NANOMETRES.get(unit)
    if curves is None or scale is None or (curves.shortest * scale >= low and curves.longest * scale <= high):
        return
    if not low <= _middle(curves) * scale <= high:
        in_nm = "" if scale == 1 else f" ({curves.shortest * scale:g} to {curves.longest * scale:g} nm)"
        near = _better_unit(curves, scale, low, high)
        yield ctx.finding(
            doc.value_at("columns", "wavelength", "unit"),
            f"column wavelength runs from {rounded(curves.shortest)} to {rounded(curves.longest)} {unit}"
            f"{in_nm}, outside {rounded(low)} to {rounded(high)} nm",
            hint=f"is the unit {near}?" if near else "check the unit and the decimal point",
            topic="the unit of wavelength is wrong",
        )
        return
    for curve in curves.parts:
        for start, count in runs(not low <= value * scale <= high for value in curve.wavelengths):
            value = curve.wavelengths[start]
            if value - value == 0 and curve.rows[start] not in ctx.memo.get("rows", ()):
                yield ctx.finding(
                    doc.cell(curve.rows[start], "wavelength"),
                    f"wavelength {rounded(value)} {unit}{curve.owner}{several(count)} is "
                    f"{rounded(value * scale, low, high)} nm, outside {rounded(low)} to {rounded(high)} nm",
                    hint="check the decimal point",
                    topic="wavelength does not match its unit",
                )


def _middle(curves: Curves) -> float:
    """Return the median of all wavelengths, in the file's unit."""
    waves = sorted(value for part in curves.parts for value in part.wavelengths if value - value == 0)
    return waves[len(waves) // 2] if waves else 0.0


def _better_unit(curves: Curves, scale: float, low: float, high: float) -> str:
    """Return the unit in which the wavelengths would be possible, empty if there is none."""
    others = [one for one in ("nm", "Angstrom", "um") if NANOMETRES[one] != scale]
    if "um" in others and curves.longest < 20:
        return "um"
    fits = (
        other
        for other in others
        if curves.longest * NANOMETRES[other] >= low and curves.shortest * NANOMETRES[other] <= high
    )
    return next(fits, "")
