"""How far one curve is from another, over the wavelengths that both have."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import reduce
from math import isfinite, sqrt
from operator import add, sub

from curator.calibrations.fits.curve_units import FRACTIONS, NANOMETRES, VALUES
from curator.compare.summaries import CurveChange, CurveSpan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from curator.compare.tables import Table

    # Wavelengths [nm], sorted, and fractions there.
    Curve: TypeAlias = tuple[list[float], list[float]]

__all__ = ["changed_curves", "curve_changes", "curve_span", "curves_of", "is_curve"]

# Fewer points are no curve: any two lie on a multiple of any other two.
_FEW = 3
# What rounding leaves of a change that a factor explains.
_ROUNDED = 0.02
# Numbers that are added side by side, and one after another.
_EIGHT = 8
_BLOCK = 128
# By how much of itself a number may be off after it was read and taken to another unit.
_READ = {"float32": 2.0**-24}
_READ_DOUBLE = 2.0**-51


def is_curve(table: Table) -> bool:
    """Return whether a table holds wavelengths, and values there."""
    return "wavelength" in table.names and any(name in table.names for name in VALUES)


def curve_changes(before: Table, after: Table) -> Iterator[CurveChange]:
    """Give the curves that changed, by amplifier; what is no finite number is left out of them."""
    for name, (mine, theirs) in changed_curves(before, after).items():
        if found := _change(name, mine, theirs):
            yield found


def changed_curves(before: Table, after: Table) -> dict[str, tuple[Curve, Curve]]:
    """Return the curves that both tables have and that differ, by amplifier.

    In a column that has another unit, numbers that agree within their rounding are equal.
    """
    mine, theirs = curves_of(before), curves_of(after)
    roundings = [
        _rounding(before, *one) + _rounding(after, *other) if one != other else 0.0
        for one, other in zip(_scales(before), _scales(after), strict=True)
    ]
    found = {}
    for name in sorted(mine.keys() & theirs.keys()):
        pair = mine[name], theirs[name]
        if any(roundings) and pair[0] != pair[1]:
            pair = _without_rounding(*pair, *roundings)
        if pair[0] != pair[1]:
            found[name] = pair
    return found


def curve_span(before: Table, after: Table) -> CurveSpan | None:
    """Return which wavelengths two tables cover; `None` where one of them has no curve."""
    mine, theirs = curves_of(before), curves_of(after)
    if not mine or not theirs:
        return None
    told = {"amp_name", "wavelength", *VALUES}
    is_whole = all(
        sum(len(curve[0]) for curve in curves.values()) == len(table.rows) and {*table.names} <= told
        for table, curves in ((before, mine), (after, theirs))
    )
    same = is_whole and mine.keys() == theirs.keys() and not changed_curves(before, after)
    return CurveSpan(_ends(mine), _ends(theirs), same)


def _ends(curves: dict[str, Curve]) -> tuple[float, float]:
    return min(one[0][0] for one in curves.values()), max(one[0][-1] for one in curves.values())


def _scales(table: Table) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return the columns of wavelengths and of values, each with what one of its unit is."""
    units = {column.name: column.unit for column in table.columns}
    value = next(name for name in VALUES if name in units)
    return (
        ("wavelength", NANOMETRES.get(units["wavelength"], 1.0)),
        (value, FRACTIONS.get(units[value], 1.0)),
    )


def _rounding(table: Table, column: str, scale: float) -> float:
    """Return by how much numbers of a column may be off: half a unit of the last digit that it has.

    Whole numbers are taken as exact. No number is known better than its type can hold it.
    """
    from decimal import Decimal

    kind = next(one.type for one in table.columns if one.name == column)
    numbers = [one for one in table.column(column) if isinstance(one, int | float) and isfinite(one)]
    written = {_written(one, kind) for one in numbers if one != int(one)}
    last = min((int(Decimal(one).as_tuple().exponent) for one in written), default=0)
    held = max(map(abs, numbers), default=0.0) * _READ.get(kind, _READ_DOUBLE)
    return max(0.5 * 10.0**last if last < 0 else 0.0, held) * scale


def _written(number: float, kind: str) -> str:
    """Return the fewest digits that tell a number of a type from all others of it."""
    if kind == "float32":
        from struct import pack

        single = pack("f", number)
        for digits in range(6, 9):
            if pack("f", float(text := f"{number:.{digits}g}")) == single:
                return text
        return f"{number:.9g}"
    return repr(number)


def _without_rounding(mine: Curve, theirs: Curve, place: float, height: float) -> tuple[Curve, Curve]:
    """Return two curves, equal where wavelengths, and values there, agree within their rounding."""
    (left, before), (right, after) = ((list(places), list(values)) for places, values in (mine, theirs))
    one = other = 0
    while one < len(left) and other < len(right):
        if abs(left[one] - right[other]) <= place:
            left[one] = right[other] = min(left[one], right[other])
            if abs(before[one] - after[other]) <= height:
                before[one] = after[other] = min(before[one], after[other])
            one, other = one + 1, other + 1
        elif left[one] < right[other]:
            one += 1
        else:
            other += 1
    return (left, before), (right, after)


def curves_of(table: Table) -> dict[str, Curve]:
    """Return wavelengths [nm], sorted, and fractions there, by amplifier; empty is one curve for all."""
    (_, nanometres), (value, fraction) = _scales(table)
    names = table.column("amp_name") if "amp_name" in table.names else [""] * len(table.rows)
    points: dict[str, dict[float, float]] = {}
    for name, wavelength, height in zip(names, table.column("wavelength"), table.column(value), strict=True):
        if isinstance(wavelength, int | float) and isinstance(height, int | float):
            place, there = float(wavelength) * nanometres, float(height) * fraction
            if isfinite(place) and isfinite(there):
                points.setdefault(str(name or ""), {}).setdefault(place, there)
    found = {}
    for name, samples in points.items():
        wavelengths = sorted(samples)
        found[name] = (wavelengths, [samples[one] for one in wavelengths])
    return found


def _change(name: str, mine: Curve, theirs: Curve) -> CurveChange | None:
    low, high = max(mine[0][0], theirs[0][0]), min(mine[0][-1], theirs[0][-1])
    grid = [one for one in sorted({*mine[0], *theirs[0]}) if low <= one <= high]
    if not grid:
        return None
    before, after = _heights(mine, grid), _heights(theirs, grid)
    change = list(map(sub, after, before))
    size = list(map(abs, change))
    at = size.index(max(size))
    if not size[at]:
        return None
    mean = size[at]
    if high > low:
        widths = map(sub, grid[1:], grid)
        mean = _sum(
            [(one + next_) / 2 * width for one, next_, width in zip(size, size[1:], widths, strict=False)]
        )
        mean /= high - low
    return CurveChange(
        name,
        change[at],
        grid[at],
        mean,
        low,
        high,
        sqrt(_sum([one * one for one in change]) / len(change)),
        len(grid),
        _totals(before, after, size[at]),
        _shift(mine, theirs),
    )


def _heights(curve: Curve, grid: Sequence[float]) -> list[float]:
    """Return a curve's values at wavelengths between its ends, linear between its points."""
    places, values = curve
    found = []
    for one in grid:
        at = bisect_right(places, one) - 1
        if places[at] == one:
            found.append(values[at])
        else:
            slope = (values[at + 1] - values[at]) / (places[at + 1] - places[at])
            found.append(slope * (one - places[at]) + values[at])
    return found


def _sum(values: Sequence[float]) -> float:
    """Return a sum as numpy calculates it: of halves, so that what is rounded does not add up."""
    count = len(values)
    if count < _EIGHT:
        return reduce(add, values, -0.0)
    if count <= _BLOCK:
        whole = count - count % _EIGHT
        one, two, three, four, five, six, seven, eight = (
            reduce(add, values[at:whole:_EIGHT]) for at in range(_EIGHT)
        )
        eighths = ((one + two) + (three + four)) + ((five + six) + (seven + eight))
        return reduce(add, values[whole:], eighths)
    half = count // 2 - count // 2 % _EIGHT
    return _sum(values[:half]) + _sum(values[half:])


def _totals(mine: Sequence[float], theirs: Sequence[float], largest: float) -> tuple[float, float] | None:
    """Return the sums of two curves if one is the other times a factor, but for what was rounded."""
    before, after = _sum(mine), _sum(theirs)
    if sum(one != 0 for one in mine) < _FEW or before * after <= 0:
        return None
    # The same in both directions: neither curve is divided by the other.
    both = abs(before + after)
    left = (abs(now * before - was * after) * 2 / both for was, now in zip(mine, theirs, strict=True))
    return (before, after) if all(one <= _ROUNDED * largest for one in left) else None


def _shift(mine: Curve, theirs: Curve) -> float | None:
    """Return by how much the wavelengths moved if nothing else changed."""
    if len(mine[0]) < _FEW or mine[1] != theirs[1]:
        return None
    moved = list(map(sub, theirs[0], mine[0]))
    if max(moved) - min(moved) > 1e-6 * max(map(abs, moved)):
        return None
    return _sum(moved) / len(moved)
