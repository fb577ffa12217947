"""How far curves moved, by amplifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.counts import counted
from curator.review.wording import Statement, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.compare.summaries import CurveChange
    from curator.compare.throughput import BandChange

__all__ = ["band_statements", "curve_statements"]

# Less is no change of brightness that anybody sees [mmag].
LEAST = 0.1
# Amplifiers that are told one by one, those that changed most first.
FEW = 4


def curve_statements(changes: Sequence[CurveChange]) -> Iterator[Statement]:
    """Say of each curve how it changed: times a factor, shifted, or by how much at most.

    Curves that changed alike are told together; those that changed most come first.
    """
    alike: dict[str, list[CurveChange]] = {}
    for change in sorted(changes, key=lambda change: -abs(change.largest)):
        alike.setdefault(_described(change), []).append(change)
    for text, found in list(alike.items())[:FEW]:
        names = [change.name for change in found if change.name]
        whose = f"curve of {listed(names, FEW)}" if names else "the curve"
        yield Statement("curve", f"{whose} {text}")
    left = [change for found in list(alike.values())[FEW:] for change in found]
    if left:
        most = 100 * abs(left[0].largest)
        more = counted(len(left), "more curve")
        yield Statement("curve", f"{more} changed, by {most:.3g} percentage points at most")


def band_statements(bands: Sequence[BandChange]) -> Iterator[Statement]:
    """Say how much brighter sources are in each filter."""
    told = [_band(one) for one in bands if max(abs(one.low), abs(one.high)) >= LEAST]
    if bands and not told:
        yield Statement("brightness", f"sources change by less than {LEAST} mmag in every filter")
    if told:
        yield Statement("brightness", f"sources by filter [mmag, + is brighter]: {', '.join(told)}")


def _band(band: BandChange) -> str:
    low, high = (f"{value:+.1f}" for value in (band.low, band.high))
    return f"{band.physical_filter} {low if low == high else f'{low} to {high}'}"


def _described(change: CurveChange) -> str:
    if change.shift is not None:
        return f"shifted by {change.shift:+.6g} nm"
    if change.factor is not None:
        return f"x {change.factor:.4g}"
    where = f"from {change.low:.6g} to {change.high:.6g} nm, at {counted(change.points, 'wavelength')}"
    return (
        f"changed by {100 * change.largest:+.3g} percentage points at most, at "
        f"{change.wavelength:.6g} nm, {100 * change.rms:.2g} rms ({where})"
    )
