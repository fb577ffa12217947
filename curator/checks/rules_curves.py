"""CUR31x: curves over wavelength."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import lt
from typing import TYPE_CHECKING, NamedTuple

from curator.checks.columns import STRUCTURE, floats, missing_columns, not_numbers, wrong_unit
from curator.checks.context import nearest, shown
from curator.checks.order import odd_one
from curator.checks.rule import rule

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_NANOMETRES = {
    "nm": 1.0, "Angstrom": 0.1, "angstrom": 0.1, "AA": 0.1, "Angstroms": 0.1, "um": 1000.0, "micron": 1000.0
}  # fmt: skip
_PERCENT = ("%", "percent", "pct")
_VALUES = ("efficiency", "throughput")
_KNOWN = ("wavelength", "amp_name", *_VALUES)


class _Curve(NamedTuple):
    """One curve: the rows of one amplifier, or all where there is no ``amp_name``."""

    name: str
    rows: Sequence[int]
    wavelengths: list[float]
    fractions: list[float]


@rule("CUR310", "not a curve")
def structure(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A curve has a `wavelength`, and an `efficiency` or a `throughput`, with units that readers know.

    Bad (transmission_filter)::

        # - {name: wavelength, unit: s, datatype: float64}

    Good (transmission_filter)::

        # - {name: wavelength, unit: nm, datatype: float64}
    """
    value = next((name for name in _VALUES if name in doc.columns), "")
    near = nearest("throughput", [name for name in doc.columns if name not in _KNOWN])
    wanted = ("wavelength", value or ("throughput" if near else "efficiency"))
    yield from missing_columns(doc, ctx, wanted, _KNOWN)
    yield from not_numbers(doc, ctx, wanted)
    yield from wrong_unit(doc, ctx, "wavelength", tuple(_NANOMETRES), "a wavelength that readers know")
    yield from wrong_unit(doc, ctx, wanted[1], (*_PERCENT, ""), "a fraction")


def _curves(doc: Document, ctx: Context) -> list[_Curve]:
    """Return the curves of a file, values as fractions; none where CUR310 has complained."""
    if STRUCTURE in ctx.blamed:
        return []
    found: list[_Curve] | None = ctx.memo.get("curves")
    if found is None:
        found = ctx.memo["curves"] = list(_split(doc))
    return found


def _scaled(doc: Document, ctx: Context) -> list[_Curve]:
    """Return the curves if what their values mean is known: CUR107 has not complained of the unit."""
    curves = _curves(doc, ctx)
    return curves if curves and f"scale of {_value_name(doc)}" not in ctx.blamed else []


def _value_name(doc: Document) -> str:
    return next(name for name in _VALUES if name in doc.columns)


def _split(doc: Document) -> Iterator[_Curve]:
    wavelengths = floats(doc.columns["wavelength"])
    column = doc.columns[_value_name(doc)]
    values = floats(column)
    fractions = [value * 0.01 for value in values] if column.unit in _PERCENT else values
    names = doc.columns.get("amp_name")
    if names is None:
        yield _Curve("", range(len(wavelengths)), wavelengths, fractions)
        return
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names.values):
        rows.setdefault(str(name or ""), []).append(row)
    for name, own in rows.items():
        yield _Curve(name, own, [wavelengths[row] for row in own], [fractions[row] for row in own])


def _of(curve: _Curve) -> str:
    return f" of amplifier {curve.name}" if curve.name else ""


def _runs(flags: Iterator[bool]) -> Iterator[tuple[int, int]]:
    """Give start and length of every run of true ones."""
    start = count = 0
    for index, flag in enumerate(flags):
        if flag:
            start, count = (start, count + 1) if count else (index, 1)
        elif count:
            yield start, count
            count = 0
    if count:
        yield start, count


@rule("CUR311", "wavelengths do not increase")
def order(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Interpolation needs increasing wavelengths; with others it gives anything, without a word.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        390.0 60.0

    Good (transmission_filter)::

        wavelength efficiency
        390.0 60.0
        400.0 50.0
    """
    for curve in _curves(doc, ctx):
        waves = curve.wavelengths
        if all(map(lt, waves, waves[1:])):
            continue
        for index in range(1, len(waves)):
            if waves[index] <= waves[index - 1]:
                odd = odd_one(waves, index)
                ctx.memo.setdefault("rows", set()).add(curve.rows[odd])
                other = f"after {waves[index - 1]}" if odd == index else f"before {waves[index]}"
                yield ctx.finding(
                    doc.cell(curve.rows[odd], "wavelength"),
                    f"wavelength {waves[odd]}{_of(curve)} comes {other}",
                    hint="sort the rows, and keep one of each wavelength",
                    topic="wavelengths do not increase",
                )


@rule("CUR312", "fraction out of range")
def impossible(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Not less than nothing and not more than all of the light can pass: a unit or a decimal point is wrong.

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
    for curve in _scaled(doc, ctx):
        values = curve.fractions
        if not values or (min(values) >= low and max(values) <= high and values[0] == values[0]):
            continue
        for start, count in _runs(value < low or value > high for value in values):
            yield _out_of_range(doc, ctx, curve, start, count, f"{low} to {high}")


def _out_of_range(
    doc: Document, ctx: Context, curve: _Curve, start: int, count: int, limits: str, hint: str = ""
) -> Finding:
    name = _value_name(doc)
    column = doc.columns[name]
    row = curve.rows[start]
    unit = "%" if column.unit in _PERCENT else ""
    more = f" ({count} samples in a row)" if count > 1 else ""
    value = column.values[row]
    if not hint and not unit and value is not None and value > 2:
        hint = f"is the unit % missing from column {name}?"
    return ctx.finding(
        doc.cell(row, name),
        f"{name} {value}{unit}{_of(curve)} at {curve.wavelengths[start]}{more}: as a fraction {limits} "
        "is possible",
        hint=hint or "is it a slip of the decimal point, or is the unit wrong?",
        topic=f"{name} out of range",
    )


@rule("CUR313", "fraction hardly possible", severity="warning")
def doubtful(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Measured curves do dip and overshoot a little; only the farthest sample of a file is named.

    The limits are `curve_dip` and `curve_overshoot` in `curator.yaml`.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 101.0
    """
    low, high = ctx.limits["curve_dip"], ctx.limits["curve_overshoot"]
    worst: tuple[float, _Curve, int] | None = None
    count = 0
    for curve in _scaled(doc, ctx):
        values = curve.fractions
        if not values or (min(values) >= low and max(values) <= high):
            continue
        for index, value in enumerate(values):
            excess = max(low - value, value - high)
            if excess > 0 and ctx.limits["curve_low"] <= value <= ctx.limits["curve_high"]:
                count += 1
                if worst is None or excess > worst[0]:
                    worst = (excess, curve, index)
    if worst is not None:
        _, curve, index = worst
        name = _value_name(doc)
        unit = "%" if doc.columns[name].unit in _PERCENT else ""
        yield ctx.finding(
            doc.cell(curve.rows[index], name),
            f"{name} {doc.columns[name].values[curve.rows[index]]}{unit}{_of(curve)} at "
            f"{curve.wavelengths[index]} is "
            + (f"the farthest of {count} samples" if count > 1 else "a sample")
            + f" outside {low} to {high}",
            hint="if the measurement is right, set curve_dip or curve_overshoot for this camera",
            topic=f"{name} hardly possible",
        )


@rule("CUR314", "not a number in a curve")
def not_a_number(doc: Document, ctx: Context) -> Iterator[Finding]:
    """One NaN spreads through every interpolation, and into every image that is corrected with it.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        410.0 nan
    """
    value_name = _value_name(doc) if STRUCTURE not in ctx.blamed else ""
    for curve in _curves(doc, ctx):
        for name, values in (("wavelength", curve.wavelengths), (value_name, curve.fractions)):
            if all(value - value == 0 for value in values):
                continue
            for start, count in _runs(value - value != 0 for value in values):
                written = doc.columns[name].values[curve.rows[start]]
                more = f" ({count} samples in a row)" if count > 1 else ""
                yield ctx.finding(
                    doc.cell(curve.rows[start], name),
                    f"{name}{_of(curve)} is {'empty' if written is None else written}{more}",
                    hint="remove the row, or measure it",
                    topic=f"{name} is not a number",
                )


@rule("CUR315", "amplifier sees nothing")
def all_zero(doc: Document, ctx: Context) -> Iterator[Finding]:
    """An efficiency of 0 at every wavelength: the fit failed, or the amplifier is dead and must not be
    corrected.

    Bad (transmission_sensor)::

        amp_name wavelength efficiency
        A 400.0 0.0
        A 410.0 0.0
        B 400.0 50.0
        B 410.0 50.0
    """
    for curve in _curves(doc, ctx):
        if curve.fractions and not any(curve.fractions):
            yield ctx.finding(
                doc.cell(curve.rows[0], _value_name(doc)),
                f"{_value_name(doc)}{_of(curve)} is 0 at every wavelength",
                hint="take it from its neighbours, or measure it again",
                topic="a curve is 0 at every wavelength",
            )


@rule("CUR316", "amplifier unlike its sensor", severity="warning")
def unlike(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The amplifiers of one sensor differ by percents; one far from their median was measured or copied
    wrongly.

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
    curves = _curves(doc, ctx)
    if len(curves) < 3 or any(one.wavelengths != curves[0].wavelengths for one in curves):
        return
    middle = len(curves) // 2
    median = [sorted(values)[middle] for values in zip(*(one.fractions for one in curves), strict=True)]
    for curve in curves:
        distance = sum(
            abs(value - usual) for value, usual in zip(curve.fractions, median, strict=True)
        ) / len(median)
        if distance > ctx.limits["curve_deviation"] and any(curve.fractions):
            yield ctx.finding(
                doc.cell(curve.rows[0], _value_name(doc)),
                f"{_value_name(doc)}{_of(curve)} is {distance:.2f} away from its sensor's median, on average",
                hint="compare it with the other amplifiers (`curator show` prints the file)",
                topic="an amplifier is far from its sensor's median",
            )


@rule("CUR317", "few samples", severity="warning")
def few_samples(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Between so few wavelengths a curve is guessed. The limit is `curve_samples` in `curator.yaml`.

    Bad (transmission_filter)::

        wavelength efficiency
        400.0 50.0
        800.0 90.0
    """
    wanted = ctx.limits["curve_samples"]
    short = [one for one in _curves(doc, ctx) if len(one.rows) < wanted and _is_amplifier(ctx, one.name)]
    if STRUCTURE not in ctx.blamed and (short or not doc.row_lines):
        samples = min((len(one.rows) for one in short), default=0)
        names = f" of {len(short)} amplifiers" if len(short) > 1 else _of(short[0]) if short else ""
        yield ctx.finding(
            doc.cell(short[0].rows[0], "wavelength") if short and short[0].rows else (1, 1, 0),
            f"the curve{names} has {samples} samples, fewer than {wanted:.0f}",
            topic=f"the curve has fewer than {wanted:.0f} samples",
        )


def _is_amplifier(ctx: Context, name: str) -> bool:
    known = ctx.detector.amplifiers if ctx.detector else ()
    return not name or not known or name in known


@rule("CUR318", "wavelength does not fit its unit")
def wavelength(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Nanometres written as Angstrom, or the other way round: the curve would lie in another part of the
    spectrum.

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
    curves = _curves(doc, ctx)
    unit = doc.columns["wavelength"].unit or "" if curves else ""
    scale = _NANOMETRES.get(unit)
    if scale is None or all(low <= value * scale <= high for one in curves for value in one.wavelengths):
        return
    if not any(low <= value * scale <= high for one in curves for value in one.wavelengths):
        value = curves[0].wavelengths[0]
        yield ctx.finding(
            doc.value_at("columns", "wavelength", "unit"),
            f"unit {shown(unit)} of column wavelength makes {value} to {curves[-1].wavelengths[-1]} "
            f"{value * scale:g} nm and on",
            hint=f"is it {'nm' if unit.lower().startswith('a') else 'Angstrom'}?",
            topic="the unit of wavelength is wrong",
        )
        return
    for curve in curves:
        for start, count in _runs(not low <= value * scale <= high for value in curve.wavelengths):
            value = curve.wavelengths[start]
            if value - value == 0 and curve.rows[start] not in ctx.memo.get("rows", ()):
                more = f" ({count} samples in a row)" if count > 1 else ""
                yield ctx.finding(
                    doc.cell(curve.rows[start], "wavelength"),
                    f"wavelength {value} {unit}{_of(curve)}{more} is {value * scale:g} nm",
                    hint="is it a slip of the decimal point?",
                    topic="wavelength does not fit its unit",
                )


@rule("CUR319", "amplifiers are not the detector's")
def amplifiers(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Curves are looked up by the amplifier's name: a misspelled one is never found, and a missing one fails.

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
    found = {one.name: one for one in _curves(doc, ctx)}
    if not known or STRUCTURE in ctx.blamed or "amp_name" not in doc.columns:
        return
    missing = [name for name in known if name not in found]
    strange = [one for name, one in found.items() if name not in known]
    for curve in strange:
        near = nearest(curve.name, missing) or nearest(curve.name, known)
        missing = [name for name in missing if name != near]
        yield ctx.finding(
            doc.cell(curve.rows[0], "amp_name"),
            f"amp_name {shown(curve.name)} is no amplifier of {ctx.detector.name if ctx.detector else ''}",
            hint=f"did you mean {near}?" if near else f"it has {', '.join(known)}",
            topic="amp_name is no amplifier of the detector",
        )
    if missing and found and not strange:
        yield ctx.finding(
            doc.at("columns", "amp_name"),
            f"there is no curve of amplifier {', '.join(missing[:4])}{' and others' if missing[4:] else ''}",
            hint=f"{ctx.detector.name if ctx.detector else ''} has {', '.join(known)}",
            topic="amplifiers without a curve",
        )
