"""Which units of a side replaced units of the base: boxes of another size, comments in other words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from curator.compare.merge.units import Unit, with_key

__all__ = ["paired"]

Units = Mapping[Hashable, Unit]
Keys = Mapping[Hashable, Hashable]


def paired(base: Units, ours: Units, theirs: Units, *, boxes: bool) -> tuple[Units, Units]:
    """Return both sides with the keys of the base for what replaced something of it.

    A box replaces one with which it shares its lower left or, failing that, its upper right corner. A comment
    replaces one that stood at the same place.
    """
    pairs = [_pairs(base, side, boxes) for side in (ours, theirs)]
    return _renamed(ours, pairs[0], pairs[1], theirs), _renamed(theirs, pairs[1], pairs[0], ours)


def _renamed(side: Units, mine: Keys, others: Keys, other: Units) -> Units:
    # What the other side has too, and not in place of the same unit, is an addition of both.
    kept = {new: old for new, old in mine.items() if new not in other or others.get(new) == old}
    if not kept:
        return side
    return {
        kept.get(key, key): with_key(unit, kept[key]) if key in kept else unit for key, unit in side.items()
    }


def _pairs(base: Units, side: Units, boxes: bool) -> dict[Hashable, Hashable]:
    """Return keys of the base by the new keys that replaced them."""
    gone = [key for key in base if key not in side]
    new = [key for key in side if key not in base]
    if not gone or not new:
        return {}
    found = _comments(base, side)
    for corner in (_lower, _upper) if boxes else ():
        found |= _by_corner(
            [base[key] for key in gone if key not in set(found.values())],
            [side[key] for key in new if key not in found],
            corner,
        )
    return found


def _by_corner(gone: list[Unit], new: list[Unit], corner: Callable[[Unit], Any]) -> dict[Hashable, Hashable]:
    left: dict[Any, list[Unit]] = {}
    for unit in sorted((unit for unit in gone if corner(unit)), key=lambda unit: unit.identity):
        left.setdefault(corner(unit), []).append(unit)
    found: dict[Hashable, Hashable] = {}
    for unit in sorted((unit for unit in new if corner(unit)), key=lambda unit: unit.identity):
        if same := left.get(corner(unit)):
            found[unit.key] = same.pop(0).key
    return found


def _lower(unit: Unit) -> Any:
    return unit.identity[:2] if _is_box(unit) else None


def _upper(unit: Unit) -> Any:
    if not _is_box(unit):
        return None
    x, y, width, height = unit.identity
    return x + width, y + height  # type: ignore[operator]  # they are numbers


def _is_box(unit: Unit) -> bool:
    return len(unit.identity) == 4 and not any(isinstance(value, str) for value in unit.identity)


def _comments(base: Units, side: Units) -> dict[Hashable, Hashable]:
    places = [_by_place(units, others) for units, others in ((base, side), (side, base))]
    found: dict[Hashable, Hashable] = {}
    for place, keys in places[0].items():
        found.update(zip(places[1].get(place, ()), keys, strict=False))
    return found


def _by_place(units: Units, others: Units) -> dict[Hashable, list[Hashable]]:
    """Return the keys of comments that only these units have, by the key before them that the others have."""
    found: dict[Hashable, list[Hashable]] = {}
    anchor: Hashable = None
    for key, unit in units.items():
        if key in others:
            anchor = key
        elif unit.is_comment:
            found.setdefault(anchor, []).append(key)
    return found
