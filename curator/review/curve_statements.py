"""How far curves moved, by amplifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curator.review.wording import Statement, count, listed

if TYPE_CHECKING:
    from curator.compare.summaries import CurveChange

__all__ = ["curve_statements"]

# Amplifiers that are told one by one, those that changed most first.
FEW = 4


def curve_statements(changes: Sequence[CurveChange]) -> Iterator[Statement]:
    """Say of each curve how it changed: times a factor, shifted, or by how much at most."""
    left = []
    alike: dict[str, list[str]] = {}
    for change in changes:
        if change.shift is not None:
            alike.setdefault(f"shifted by {change.shift:+.6g} nm", []).append(change.name)
        elif change.factor is not None:
            alike.setdefault(f"x {change.factor:.4g}", []).append(change.name)
        else:
            left.append(change)
    for text, names in alike.items():
        yield Statement("curve", f"{_curves(names)} {text}")
    left.sort(key=lambda change: -abs(change.largest))
    for change in left[:FEW]:
        yield Statement("curve", _described(change))
    if len(left) > FEW:
        most = 100 * abs(left[FEW].largest)
        more = count(len(left) - FEW, "more curve")
        yield Statement("curve", f"{more} changed, by {most:.3g} percentage points at most")


def _curves(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    return f"curve of {listed(named, FEW)}" if named else "the curve"


def _described(change: CurveChange) -> str:
    where = f"from {change.low:.6g} to {change.high:.6g} nm, at {count(change.points, 'wavelength')}"
    return (
        f"{_curves([change.name])}: {100 * change.largest:+.3g} percentage points at most, at "
        f"{change.wavelength:.6g} nm, {100 * change.rms:.2g} rms ({where})"
    )
