"""Which units of a side replaced units of the base: boxes of another size, comments in other words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from curator.compare.merge.units import Unit, with_key

__all__ = ["paired", "replacements"]

Units = Mapping[Hashable, Unit]
Keys = Mapping[Hashable, Hashable]


def paired(base: Units, ours: Units, theirs: Units, *, boxes: bool) -> tuple[Units, Units]:
    """Return both sides with the keys of the base for what replaced something of it.

    A box replaces one with which it shares its lower left or, failing that, its upper right corner. A comment
    replaces one that stood at the same place.
    """
    pairs = [replacements(base, side, boxes=boxes) for side in (ours, theirs)]
    return _renamed(ours, pairs[0], pairs[1], theirs), _renamed(theirs, pairs[1], pairs[0], ours)


def _renamed(side: Units, mine: Keys, others: Keys, other: Units) -> Units:
    # What the other side has too, and not in place of the same unit, is an addition of both.
    kept = {new: old for new, old in mine.items() if new not in other or others.get(new) == old}
    if not kept:
        return side
    return {
        kept.get(key, key): with_key(unit, kept[key]) if key in kept else unit for key, unit in side.items()
    }


def replacements(base: Units, side: Units, *, boxes: bool) -> dict[Hashable, Hashable]:
    """Return keys of the base by the new keys that replaced them; see `paired`."""
    gone = [key for key in base if key not in side]
    new = [key for key in side if key not in base]
    if not gone or not new:
        return {}
    left, right = _by_place(base, side), _by_place(side, base)
    found: dict[Hashable, Hashable] = {}
    taken: set[Hashable] = set()
    for place, units in left.items():
        others = right.get(place, ())
        comments = [[unit.key for unit in some if unit.is_comment] for some in (others, units)]
        found.update(zip(*comments, strict=False))
        # Boxes of one corner are many where a column is masked in pieces: those at one place belong together.
        for corner in (_lower, _upper) if boxes else ():
            _add_by_corner(found, taken, units, others, corner)
    for corner in (_lower, _upper) if boxes else ():
        _add_by_corner(found, taken, [base[key] for key in gone], [side[key] for key in new], corner)
    return found


def _add_by_corner(
    found: dict[Hashable, Hashable],
    taken: set[Hashable],
    gone: Sequence[Unit],
    new: Sequence[Unit],
    corner: Callable[[Unit], Any],
) -> None:
    left: dict[Any, list[Unit]] = {}
    for unit in reversed(gone):
        if unit.key not in taken and corner(unit):
            left.setdefault(corner(unit), []).append(unit)
    for unit in new:
        if unit.key not in found and (same := left.get(corner(unit))):
            old = same.pop().key
            found[unit.key] = old
            taken.add(old)


def _lower(unit: Unit) -> Any:
    return unit.identity[:2] if _is_box(unit) else None


def _upper(unit: Unit) -> Any:
    if not _is_box(unit):
        return None
    x, y, width, height = unit.identity
    return x + width, y + height  # type: ignore[operator]  # they are numbers


def _is_box(unit: Unit) -> bool:
    return len(unit.identity) == 4 and not any(isinstance(value, str) for value in unit.identity)


def _by_place(units: Units, others: Units) -> dict[Hashable, list[Unit]]:
    """Return what only these units have, by the key before it that the others have too."""
    found: dict[Hashable, list[Unit]] = {}
    anchor: Hashable = None
    for key, unit in units.items():
        if key in others:
            anchor = key
        else:
            found.setdefault(anchor, []).append(unit)
    return found
