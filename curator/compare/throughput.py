"""How much brighter or fainter a change of a curve makes sources, filter by filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log10

from curator.compare.curves import changed_curves, curves_of, is_curve
from curator.compare.tables import tables_of
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    import numpy as np

    from curator.calibrations.types.base import Calibration
    from curator.compare.curves import Curve as Points

    Curve: TypeAlias = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]

__all__ = ["BandChange", "UnjudgedBand", "any_band_change", "band_changes", "first_curve"]

# Of what a filter lets through, so much must lie where both curves are given.
_COVERED = 0.9


@dataclass(frozen=True, slots=True)
class BandChange:
    """What a change of curves does to the brightness of sources in one filter.

    Parameters
    ----------
    physical_filter : str
        Empty stands for any filter.
    low, high : float
        2500 log10(after / before) [mmag], the least and the most of the curves: positive is brighter.
    covered : float
        Share of what the filter lets through that lies where the curves are given.
    """

    physical_filter: str
    low: float
    high: float
    covered: float = 1.0


@dataclass(frozen=True, slots=True)
class UnjudgedBand:
    """A filter in which a change of curves cannot be judged.

    Parameters
    ----------
    physical_filter : str
    before, after, common : float
        Shares of what the filter lets through, where the curves before and after, and both, are given.
    problem : {"", "filter", "dark"}
        The filter's own curve lets nothing through; or the curve before or after gives no light there.
    amplifiers : tuple of str
        Those that cannot be judged, where others can.
    """

    physical_filter: str
    before: float
    after: float
    common: float
    problem: Literal["", "filter", "dark"] = ""
    amplifiers: tuple[str, ...] = ()


def first_curve(calibration: Calibration) -> Curve | None:
    """Return the only curve of a calibration, as wavelengths [nm] and fractions; `None` if it has several."""
    for table in tables_of(calibration):
        if is_curve(table):
            found = list(curves_of(table).values())
            return _arrays(found[0]) if len(found) == 1 else None
    return None


def band_changes(
    before: Calibration, after: Calibration, filters: Mapping[str, Curve | None]
) -> Iterator[BandChange | UnjudgedBand]:
    """Give the changes by filter, of all curves that both have and that changed.

    A source with the same number of photons in each interval of log wavelength is taken, as AB magnitudes are
    defined (Fukugita et al. 1996, AJ 111, 1748). A filter is judged over the wavelengths where both curves
    are given, if most of what it lets through lies there. `None` instead of a filter's curve says that the
    curves are those of that filter already.
    """
    if not filters:
        return
    pairs = {name: tuple(map(_arrays, pair)) for name, pair in _changed(before, after).items()}
    for physical_filter, curve in filters.items():
        judged: list[tuple[float, float]] = []
        unjudged: dict[str, UnjudgedBand] = {}
        for amplifier, (mine, theirs) in pairs.items():
            found = _judged(physical_filter, mine, theirs, curve)
            if isinstance(found, UnjudgedBand):
                unjudged[amplifier] = found
            else:
                judged.append(found)
        if judged:
            changes = [change for change, _ in judged]
            yield BandChange(
                physical_filter, min(changes), max(changes), min(covered for _, covered in judged)
            )
        if unjudged:
            least = min(unjudged.values(), key=lambda one: one.common)
            yield UnjudgedBand(
                physical_filter,
                least.before,
                least.after,
                least.common,
                least.problem,
                tuple(unjudged) if judged else (),
            )


def any_band_change(before: Calibration, after: Calibration, factors: Sequence[float]) -> BandChange | None:
    """Return the change in any filter of curves that were multiplied by factors.

    `None` if one of them covers other wavelengths than before.
    """
    ends = [
        (mine[0][0], mine[0][-1], theirs[0][0], theirs[0][-1])
        for mine, theirs in _changed(before, after).values()
    ]
    if len(ends) != len(factors) or any(one[:2] != one[2:] for one in ends):
        return None
    changes = [2500 * log10(factor) for factor in factors]
    return BandChange("", min(changes), max(changes)) if changes else None


def _changed(before: Calibration, after: Calibration) -> dict[str, tuple[Points, Points]]:
    return {
        name: pair
        for table, other in zip(tables_of(before), tables_of(after), strict=False)
        if is_curve(table) and is_curve(other)
        for name, pair in changed_curves(table, other).items()
    }


def _arrays(curve: Points) -> Curve:
    import numpy as np

    return np.array(curve[0]), np.array(curve[1])


def _judged(
    physical_filter: str, mine: Curve, theirs: Curve, curve: Curve | None
) -> tuple[float, float] | UnjudgedBand:
    """Return a change [mmag], and over which share of the filter it is."""
    low, high = max(mine[0][0], theirs[0][0]), min(mine[0][-1], theirs[0][-1])
    if curve is None:
        wholes = [_photons(one) for one in (mine, theirs)]
        if min(wholes) <= 0:
            return UnjudgedBand(physical_filter, 1.0, 1.0, 1.0, "dark")
        shares = [
            _photons(one, None, low, high) / whole for one, whole in zip((mine, theirs), wholes, strict=True)
        ]
        before = after = 1.0
        common = min(shares)
    else:
        whole = _photons(curve)
        if whole <= 0:
            return UnjudgedBand(physical_filter, 0.0, 0.0, 0.0, "filter")
        before, after, common = (
            _photons(curve, None, *ends) / whole
            for ends in ((mine[0][0], mine[0][-1]), (theirs[0][0], theirs[0][-1]), (low, high))
        )
    if common < _COVERED:
        return UnjudgedBand(physical_filter, before, after, common)
    fluxes = [_photons(one, curve, low, high) for one in (mine, theirs)]
    if min(fluxes) <= 0:
        return UnjudgedBand(physical_filter, before, after, common, "dark")
    return 2500 * log10(fluxes[1] / fluxes[0]), min(common, 1.0)


def _photons(curve: Curve, times: Curve | None = None, low: float = 0, high: float = 1e9) -> float:
    """Return the integral of a curve, or of the product of two, over log wavelength."""
    import numpy as np

    if not len(curve[0]):
        return 0.0
    nodes = curve[0] if times is None else np.union1d(curve[0], times[0])
    # Curves are cut there, between the wavelengths that they are given at, too.
    low, high = max(low, nodes[0]), min(high, nodes[-1])
    nodes = np.union1d(nodes[(nodes >= low) & (nodes <= high)], (low, high)) if low < high else nodes[:0]
    nodes = nodes[nodes > 0]
    if len(nodes) < 2:
        return 0.0
    values = np.interp(nodes, *curve, left=0, right=0)
    if times is not None:
        values = values * np.interp(nodes, *times, left=0, right=0)
    heights = values / nodes
    return float(np.sum((heights[1:] + heights[:-1]) / 2 * np.diff(nodes)))
