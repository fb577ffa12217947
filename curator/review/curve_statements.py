"""How far curves moved, by amplifier, and what that does to sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curator.compare.throughput import BandChange, UnjudgedBand
from curator.counts import counted
from curator.review.wording import Statement, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.compare.summaries import CurveChange, CurveSpan

__all__ = ["band_statements", "curve_statements", "span_words"]

# Less is no change of brightness that anybody sees [mmag].
LEAST = 0.1
# Curves that are told one by one, those that changed most first.
FEW = 4
# Where there are more, curves are told together whose changes differ by at most this share.
_ALIKE = 0.1


def curve_statements(changes: Sequence[CurveChange]) -> Iterator[Statement]:
    """Say of each curve how it changed: times a factor, shifted, or by how much at most.

    Curves that changed alike are told together; those that changed most come first.
    """
    ordered = sorted(changes, key=lambda change: -abs(change.largest))
    alike: dict[str, list[CurveChange]] = {}
    for change in ordered:
        alike.setdefault(_described([change]), []).append(change)
    groups = list(alike.values())
    if len(groups) > FEW:
        groups = _grouped(ordered)
    for found in groups[:FEW]:
        names = sorted(change.name for change in found if change.name)
        whose = f"curve of {listed(names, FEW)}" if names else "the curve"
        yield Statement("curve", f"{whose} {_described(found)}")
    left = [change for found in groups[FEW:] for change in found]
    if left:
        most = _range([100 * change.largest for change in left], "+.3g")
        more = counted(len(left), "more curve")
        yield Statement("curve", f"{more} changed, by {most} percentage points at most")


def span_words(span: CurveSpan) -> str:
    """Return what a change of a unit means for curves: nothing, or that they cover other wavelengths."""
    if span.same:
        return "; same curve in another unit"
    before, after = (f"{low:.4g} to {high:.4g} nm" for low, high in (span.before, span.after))
    return "" if before == after else f"; the curve covers {after} instead of {before}"


def band_statements(bands: Sequence[BandChange | UnjudgedBand], unfiltered: str = "") -> Iterator[Statement]:
    """Say how much brighter sources are in each filter, and which filters cannot be judged, and why.

    ``unfiltered`` says why there are no filters.
    """
    judged = [one for one in bands if isinstance(one, BandChange)]
    unjudged = [one for one in bands if isinstance(one, UnjudgedBand)]
    told = [one for one in judged if max(abs(one.low), abs(one.high)) >= LEAST]
    if unfiltered:
        yield Statement("brightness", f"{unfiltered}: brightness not judged", once=True)
    if judged and not told:
        yield Statement(
            "brightness", f"sources change by less than {LEAST} mmag in {_names(judged, unjudged)}"
        )
    if told and not told[0].physical_filter:
        change = _range([told[0].low, told[0].high], "+.1f")
        yield Statement("brightness", f"sources change by {change} mmag in any filter (+ is brighter)")
    elif told:
        text = ", ".join(f"{_band(one)}{_covered(one)}" for one in told)
        yield Statement("brightness", f"sources by filter [mmag, + is brighter]: {text}")
    reasons: dict[str, list[str]] = {}
    for one in unjudged:
        of = f" of {listed(one.amplifiers, FEW)}" if any(one.amplifiers) else ""
        reasons.setdefault(_reason(one), []).append(f"{one.physical_filter}{of}")
    for reason, names in reasons.items():
        yield Statement("brightness", f"not judged in {', '.join(names)}: {reason}")


def _names(judged: Sequence[BandChange], unjudged: Sequence[UnjudgedBand]) -> str:
    """Return which filters were judged, and over how much of those that were not judged as a whole."""
    if not judged[0].physical_filter:
        return "any filter"
    partly = [f"{one.physical_filter}{_covered(one)}" for one in judged if _covered(one)]
    if unjudged or len(judged) == 1:
        return ", ".join(f"{one.physical_filter}{_covered(one)}" for one in judged)
    return "every filter that has a curve" + (f"; {', '.join(partly)}" if partly else "")


def _covered(band: BandChange) -> str:
    share = f"{100 * band.covered:.0f}"
    return "" if share == "100" else f" (over {share} % of the filter)"


def _reason(band: UnjudgedBand) -> str:
    if band.problem == "filter":
        return "the curve of the filter is zero, or cannot be read"
    if band.problem == "dark":
        return "the curve before or after lets no light through"
    before, after, common = map(_share, (band.before, band.after, band.common))
    if before == after and after != common:
        return f"the curves before and after share {common} of it"
    if before == after:
        return f"the curve covers {after} of it"
    return f"the curve covers {after} of it now, and {before} of it before"


def _share(share: float) -> str:
    if share < 0.001:
        return "nothing"
    percent = f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.2g}"
    return "all" if percent == "100" else f"{percent} %"


def _band(band: BandChange) -> str:
    return f"{band.physical_filter} {_range([band.low, band.high], '+.1f')}"


def _grouped(ordered: Sequence[CurveChange]) -> list[list[CurveChange]]:
    """Return curves that changed in the same way and by nearly as much, together."""
    groups: list[list[CurveChange]] = []
    for change in ordered:
        for group in groups:
            (kind, size), (of_it, other) = _measure(change), _measure(group[0])
            if kind == of_it and abs(size - other) <= _ALIKE * max(abs(size), abs(other)):
                group.append(change)
                break
        else:
            groups.append([change])
    return groups


def _measure(change: CurveChange) -> tuple[str, float]:
    """Return in which way a curve changed, and by how much."""
    if change.shift is not None:
        return "shift", change.shift
    if change.factor is not None:
        return "factor", change.factor - 1
    return _where(change), change.largest


def _described(changes: Sequence[CurveChange]) -> str:
    """Say how curves that changed in the same way did."""
    first = changes[0]
    if first.shift is not None:
        return f"shifted by {_range([one.shift or 0.0 for one in changes], '+.6g')} nm"
    if first.factor is not None:
        return f"x {_range([one.factor or 0.0 for one in changes], '.4g')}"
    at = [f"{one:.6g}" for one in sorted({one.wavelength for one in changes})]
    return (
        f"changed by {_range([100 * one.largest for one in changes], '+.3g')} percentage points at most, "
        f"{f'at {at[0]}' if len(at) == 1 else f'between {at[0]} and {at[-1]}'} nm, "
        f"{_range([100 * one.rms for one in changes], '.2g')} rms ({_where(first)})"
    )


def _where(change: CurveChange) -> str:
    return f"from {change.low:.6g} to {change.high:.6g} nm, at {counted(change.points, 'wavelength')}"


def _range(values: Sequence[float], form: str) -> str:
    """Return the least and the greatest value, or the one that both are as they are written."""
    low, high = (format(one, form) for one in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"
