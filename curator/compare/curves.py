"""How far one curve is from another, over the wavelengths that both have."""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.fits.curve_units import FRACTIONS, NANOMETRES, VALUES
from curator.compare.summaries import CurveChange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from curator.compare.tables import Table

__all__ = ["curve_changes", "curves_of", "is_curve"]

# Fewer points are no curve: any two lie on a multiple of any other two.
_FEW = 3
# What rounding leaves of a change that a factor explains.
_ROUNDED = 0.02


def is_curve(table: Table) -> bool:
    """Return whether a table holds wavelengths, and values there."""
    return "wavelength" in table.names and any(name in table.names for name in VALUES)


def curve_changes(before: Table, after: Table) -> Iterator[CurveChange]:
    """Give the curves that changed, by amplifier; what is no finite number is left out of them."""
    mine, theirs = curves_of(before), curves_of(after)
    for name in sorted(mine.keys() & theirs.keys()):
        if found := _change(name, mine[name], theirs[name]):
            yield found


def curves_of(table: Table) -> dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Return wavelengths [nm], sorted, and fractions there, by amplifier; empty is one curve for all."""
    import numpy as np

    units = {column.name: column.unit for column in table.columns}
    value = next(name for name in VALUES if name in units)
    names = table.column("amp_name") if "amp_name" in units else [""] * len(table.rows)
    points: dict[str, list[tuple[float, float]]] = {}
    for name, wavelength, height in zip(names, table.column("wavelength"), table.column(value), strict=True):
        if isinstance(wavelength, int | float) and isinstance(height, int | float):
            points.setdefault(str(name or ""), []).append((wavelength, height))
    scales = (NANOMETRES.get(units["wavelength"], 1.0), FRACTIONS.get(units[value], 1.0))
    found = {}
    for name, samples in points.items():
        array = np.array(samples, np.float64) * scales
        array = array[np.isfinite(array).all(axis=1)]
        wavelengths, first = np.unique(array[:, 0], return_index=True)
        if len(wavelengths):
            found[name] = (wavelengths, array[first, 1])
    return found


def _change(name: str, mine: Any, theirs: Any) -> CurveChange | None:
    import numpy as np

    low, high = max(mine[0][0], theirs[0][0]), min(mine[0][-1], theirs[0][-1])
    grid = np.union1d(mine[0], theirs[0])
    grid = grid[(low <= grid) & (grid <= high)]
    if not len(grid):
        return None
    change = np.interp(grid, *theirs) - np.interp(grid, *mine)
    size = np.abs(change)
    at = int(np.argmax(size))
    if not size[at]:
        return None
    widths = np.diff(grid)
    mean = (
        float(np.sum((size[1:] + size[:-1]) / 2 * widths) / (high - low)) if high > low else float(size[at])
    )
    return CurveChange(
        name,
        float(change[at]),
        float(grid[at]),
        mean,
        float(low),
        float(high),
        float(np.sqrt(np.mean(change**2))),
        len(grid),
        _totals(np.interp(grid, *mine), np.interp(grid, *theirs), size),
        _shift(mine, theirs),
    )


def _totals(mine: Any, theirs: Any, size: Any) -> tuple[float, float] | None:
    """Return the sums of two curves if one is the other times a factor, but for what was rounded."""
    before, after = float(mine.sum()), float(theirs.sum())
    if int((mine != 0).sum()) < _FEW or before * after <= 0:
        return None
    # The same in both directions: neither curve is divided by the other.
    left = abs(theirs * before - mine * after) * 2 / abs(before + after)
    return (before, after) if left.max() <= _ROUNDED * size.max() else None


def _shift(mine: Any, theirs: Any) -> float | None:
    """Return by how much the wavelengths moved if nothing else changed."""
    import numpy as np

    if len(mine[0]) != len(theirs[0]) or len(mine[0]) < _FEW or not np.array_equal(mine[1], theirs[1]):
        return None
    moved = theirs[0] - mine[0]
    return float(moved.mean()) if np.ptp(moved) <= 1e-6 * abs(moved).max() else None
