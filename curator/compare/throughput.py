"""How much brighter or fainter a change of a curve makes sources, filter by filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10

from curator.compare.curves import curves_of, is_curve
from curator.compare.tables import tables_of
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    import numpy as np

    from curator.calibrations.types.base import Calibration
    from curator.compare.curves import Curve as Points

    Curve: TypeAlias = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]

__all__ = ["BandChange", "band_changes", "first_curve"]

# Of what a filter lets through, so much must lie where both curves are given.
_COVERED = 0.99


@dataclass(frozen=True, slots=True)
class BandChange:
    """What a change of curves does to the brightness of sources in one filter.

    Parameters
    ----------
    physical_filter : str
    low, high : float
        2500 log10(after / before) [mmag], the least and the most of the curves: positive is brighter.
    """

    physical_filter: str
    low: float
    high: float


def first_curve(calibration: Calibration) -> Curve | None:
    """Return the only curve of a calibration, as wavelengths [nm] and fractions; `None` if it has several."""
    for table in tables_of(calibration):
        if is_curve(table):
            found = list(curves_of(table).values())
            return _arrays(found[0]) if len(found) == 1 else None
    return None


def band_changes(
    before: Calibration, after: Calibration, filters: Mapping[str, Curve | None]
) -> Iterator[BandChange]:
    """Give the changes by filter, of all curves that both have and that changed.

    A source with the same number of photons in each interval of log wavelength is taken, as AB magnitudes are
    defined (Fukugita et al. 1996, AJ 111, 1748). Filters that reach beyond the curves are left out. `None`
    instead of a filter's curve says that the curves are those of that filter already.
    """
    pairs = [
        (mine, theirs)
        for table, other in zip(tables_of(before), tables_of(after), strict=False)
        if is_curve(table) and is_curve(other)
        for mine, theirs in _common(curves_of(table), curves_of(other))
    ]
    for name, curve in filters.items():
        found = [change for mine, theirs in pairs if (change := _change(mine, theirs, curve)) is not None]
        if found:
            yield BandChange(name, min(found), max(found))


def _common(mine: Mapping[str, Points], theirs: Mapping[str, Points]) -> Iterator[tuple[Curve, Curve]]:
    for name in mine.keys() & theirs.keys():
        if mine[name] != theirs[name]:
            yield _arrays(mine[name]), _arrays(theirs[name])


def _arrays(curve: Points) -> Curve:
    import numpy as np

    return np.array(curve[0]), np.array(curve[1])


def _change(mine: Curve, theirs: Curve, curve: Curve | None) -> float | None:
    low, high = max(mine[0][0], theirs[0][0]), min(mine[0][-1], theirs[0][-1])
    if curve is not None:
        whole = _photons(curve)
        if whole <= 0 or _photons(curve, None, low, high) < _COVERED * whole:
            return None
    fluxes = [_photons(one, curve, low, high) for one in (mine, theirs)]
    return 2500 * log10(fluxes[1] / fluxes[0]) if min(fluxes) > 0 else None


def _photons(curve: Curve, times: Curve | None = None, low: float = 0, high: float = 1e9) -> float:
    """Return the integral of a curve, or of the product of two, over log wavelength."""
    import numpy as np

    nodes = curve[0] if times is None else np.union1d(curve[0], times[0])
    nodes = nodes[(nodes >= low) & (nodes <= high) & (nodes > 0)]
    if len(nodes) < 2:
        return 0.0
    values = np.interp(nodes, *curve, left=0, right=0)
    if times is not None:
        values = values * np.interp(nodes, *times, left=0, right=0)
    heights = values / nodes
    return float(np.sum((heights[1:] + heights[:-1]) / 2 * np.diff(nodes)))
