"""The merge of three versions of a unit: what one side changed is taken, what both did is divided further."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from curator.compare.merge.hunks import hunks
from curator.compare.merge.order import merged_order
from curator.compare.merge.pixels import meet, unmasked
from curator.compare.merge.replaced import paired
from curator.compare.merge.tables import value_of
from curator.compare.merge.units import OURS_REMOVED, THEIRS_REMOVED, Conflict, Parts, Unit
from curator.values import dataclass

__all__ = ["Block", "Piece", "merge_parts", "pick"]

# In longer lists it is not looked for what was drawn over a box that went.
_MOST_BOXES = 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+)?")
_TIME = re.compile(r"\d\d:\d\d(?::[\d.]+)?")
_STAMPS = (
    (("CALIB_CREATION_DATE", _DAY), ("CALIB_CREATION_TIME", _TIME)),
    (("DATE", _DAY),),
)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between conflict markers: what ours has, what theirs has, and what the base had."""

    conflict: Conflict
    ours: str
    theirs: str
    base: str = ""


Piece = str | Block
Units = Mapping[Hashable, Unit]


class _ClashError(Exception):
    """Both sides changed one thing, which is a part of a line."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(str(conflict))
        self.conflict = conflict


def pick(base: str | None, ours: str, theirs: str) -> str | None:
    """Return the text that only one side changed, or both alike; `None` if both changed it."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def merge_parts(base: Parts | None, ours: Parts, theirs: Parts, place: str = "") -> list[Piece] | None:
    """Return the pieces of the merged file; `None` if the three are divided in different ways.

    Parameters
    ----------
    base : Parts or None
        `None` where both sides added it.
    place : str
        What messages call it.
    """
    same = (ours.form, ours.keyed, ours.lead) == (theirs.form, theirs.keyed, theirs.lead)
    if not same or (
        base is not None and (base.form, base.keyed, base.lead) != (ours.form, ours.keyed, ours.lead)
    ):
        return None
    head = pick(base.head if base else None, ours.head, theirs.head)
    tail = _loosely(base.tail if base else None, ours.tail, theirs.tail, " \t\n")
    if head is None or tail is None:
        return None
    if ours.keyed:
        found = _keyed(base, ours, theirs, place)
    else:
        found = _unkeyed(base, ours, theirs, place)
    return _joined(ours, head, tail, found)


def _merge(base: Unit | None, ours: Unit, theirs: Unit, place: str) -> list[Piece]:
    """Return the pieces of one merged unit.

    Raises
    ------
    _ClashError
        Both sides changed it, and its parts do not tell more.
    """
    if (text := pick(base.text if base else None, ours.text, theirs.text)) is not None:
        return [text]
    label = _label(place, ours)
    kept = base.identity if base else None
    if ours.identity != theirs.identity and kept not in (ours.identity, theirs.identity):
        label = base.label if base else label
        raise _ClashError(_conflict("both changed", label, ours, theirs))
    parts = [unit.divide() if unit and unit.divide else None for unit in (base, ours, theirs)]
    if parts[1] and parts[2] and (parts[0] or base is None):
        found = merge_parts(parts[0], parts[1], parts[2], label)
        if found is not None:
            return found
    text = _loosely(base.text if base else None, ours.text, theirs.text, ours.padding)
    if text is None:
        what = "both changed" if base else "both added"
        raise _ClashError(_conflict(what, label, ours, theirs))
    return [text]


def _loosely(base: str | None, ours: str, theirs: str, padding: str) -> str | None:
    """Return as `pick` does, where blanks at the ends and the spelling of a number are no change."""
    if (text := pick(base, ours, theirs)) is not None:
        return text
    was, mine, other = (None if one is None else value_of(one.strip(padding)) for one in (base, ours, theirs))
    if mine == other:
        return min(ours, theirs)
    if mine == was:
        return theirs
    return ours if other == was else None


def _keyed(base: Parts | None, ours: Parts, theirs: Parts, place: str) -> list[list[Piece]]:
    was, mine, other = _by_key(base, ours, theirs)
    columns = _columns(base, ours, theirs)
    later = _later(was, mine, other)
    found: dict[Hashable, list[Piece]] = {}
    for key in dict.fromkeys([*mine, *other]):
        left, right, before = mine.get(key), other.get(key), was.get(key)
        if left is not None and left is right and before is left:
            found[key] = [left.text]
            continue
        if left and right:
            found[key] = [later[key]] if key in later else _settled(before, left, right, place)
            continue
        one = left or right
        assert one is not None
        if before is None:
            found[key] = [one.text]
            if one.identity and (ours if left else theirs).columns != columns:
                found[key] = [_one_sided("other columns than those of", one, bool(left), place)]
        elif one.text.strip(one.padding) != before.text.strip(one.padding):
            what = THEIRS_REMOVED if left else OURS_REMOVED
            instead = _instead(before, other if left else mine, was) if ours.boxes else ""
            found[key] = [_one_sided(what, one, bool(left), place, before, instead)]
    _join(found, was)
    if ours.boxes:
        conflicts = {key for key, pieces in found.items() if pieces and isinstance(pieces[0], Block)}
        for key in unmasked(was, mine, other, found, conflicts):
            found[key] = [_unmasking(was.get(key), mine.get(key), other.get(key), place)]

    def rank(key: Hashable) -> tuple[Any, str]:
        unit = mine.get(key) or other[key]
        # Not the text of the unit: that would be of whoever is ours.
        text = "".join(one for one in found[key] if isinstance(one, str))
        values = tuple((isinstance(value, str), value) for value in unit.identity)
        return values, unit.label if ours.form == "cells" else text

    kept = [[key for key in units if key in found] for units in (mine, other)]
    order = merged_order([*was], kept[0], kept[1], rank)
    return [found[key] for key in order]


def _by_key(base: Parts | None, ours: Parts, theirs: Parts) -> tuple[Units, Units, Units]:
    was, mine, other = ({unit.key: unit for unit in one.units} if one else {} for one in (base, ours, theirs))
    return (was, *paired(was, mine, other, boxes=ours.boxes))


def _columns(base: Parts | None, ours: Parts, theirs: Parts) -> tuple[Hashable, ...]:
    """Return the columns that merged rows have."""
    if ours.columns == theirs.columns:
        return ours.columns
    was = base.columns if base else ()
    gone = {name for name in was if name not in ours.columns or name not in theirs.columns}
    kept = [[name for name in one.columns if name not in gone] for one in (ours, theirs)]
    return tuple(merged_order(was, kept[0], kept[1], lambda name: ((), str(name))))


def _settled(base: Unit | None, ours: Unit, theirs: Unit, place: str) -> list[Piece]:
    try:
        return _merge(base, ours, theirs, place)
    except _ClashError as clash:
        return [Block(clash.conflict, ours.text, theirs.text, base.text if base else "")]


def _conflict(what: str, place: str, ours: Unit, theirs: Unit) -> Conflict:
    return Conflict(what, place, _value(ours), _value(theirs))


def _value(unit: Unit) -> str:
    """Return what a unit says, without its marks and its name: for people, who read the name beside it."""
    if unit.is_comment or unit.identity:
        return unit.text
    text = unit.text.removeprefix("# ").lstrip(" -")
    if text.startswith("{") and text.rstrip().endswith("}"):
        text = text.strip()[1:-1]
    name, colon, value = text.partition(":")
    return value if colon and name.strip(" '\"") == unit.label else text


def _label(place: str, unit: Unit) -> str:
    if place == unit.label or place.endswith((f", {unit.label}", f" {unit.label}")):
        return place
    return f"{place}, {unit.label}" if place and unit.label else place or unit.label


def _join(found: dict[Hashable, list[Piece]], base: Units) -> None:
    """Make one conflict of two sizes of a box, or wordings of a comment, that a base with conflicts has both.

    Each side has one of them: it is missing on the other side.
    """
    halves: dict[str, list[tuple[Hashable, Block]]] = {}
    for key, pieces in found.items():
        block = pieces[0] if pieces and key in base else None
        if isinstance(block, Block) and block.base.startswith("<") and not (block.ours and block.theirs):
            halves.setdefault(block.base, []).append((key, block))
    for some in halves.values():
        mine = [(key, block) for key, block in some if block.ours]
        other = [(key, block) for key, block in some if block.theirs]
        if len(mine) == len(other) == 1:
            (key, left), (gone, right) = mine[0], other[0]
            said = Conflict("both changed", left.conflict.place, left.conflict.ours, right.conflict.theirs)
            found[key] = [Block(said, left.ours, right.theirs, left.base)]
            del found[gone]


def _unmasking(base: Unit | None, ours: Unit | None, theirs: Unit | None, place: str) -> Block:
    """Return the conflict over a box that one side removed while the other removed one that overlaps it."""
    one = ours or theirs
    assert one is not None
    what = "the merge would unmask pixels that both mask, at"
    mine, other = (_value(unit) if unit else "" for unit in (ours, theirs))
    texts = [unit.text if unit else "" for unit in (ours, theirs, base)]
    return Block(Conflict(what, _label(place, one), mine, other), *texts)


def _instead(gone: Unit, side: Units, base: Units) -> str:
    """Return the one box that a side added over a box that it removed; empty if there is none, or several."""
    if len(side) > _MOST_BOXES:
        return ""
    found = [_value(unit) for key, unit in side.items() if key not in base and meet(gone, unit)]
    return found[0] if len(found) == 1 else ""


def _one_sided(
    what: str, unit: Unit, is_ours: bool, place: str, base: Unit | None = None, instead: str = ""
) -> Block:
    label = _label(place, base or unit)
    texts = (unit.text, "") if is_ours else ("", unit.text)
    if what.startswith("other columns"):
        what = f"{'ours' if is_ours else 'theirs'} added a row with other columns than the merged file has:"
    said = _value(unit)
    sides = (said, instead) if is_ours else (instead, said)
    return Block(Conflict(what, label, *sides), *texts, base.text if base else "")


def _later(base: Units, ours: Units, theirs: Units) -> dict[Hashable, str]:
    """Return when the file was made, if both sides say it anew: the later date, with its time."""
    found: dict[Hashable, str] = {}
    for stamp in _STAMPS:
        keys = [("key", name) for name, _ in stamp]
        if any(key not in ours or key not in theirs for key in keys):
            continue
        was = [base[key].text if key in base else "" for key in keys]
        sides = [[units[key].text for key in keys] for units in (ours, theirs)]
        if sides[0] == sides[1] or was in sides:
            continue
        times = [
            [form.search(text.partition(name)[2]) for text, (name, form) in zip(side, stamp, strict=True)]
            for side in sides
        ]
        if all(one for side in times for one in side):
            chosen = max(
                ([one[0] for one in side if one], texts) for side, texts in zip(times, sides, strict=True)
            )
            found.update(zip(keys, chosen[1], strict=True))
    return found


def _unkeyed(base: Parts | None, ours: Parts, theirs: Parts, place: str) -> list[list[Piece]]:
    was = base.units if base else ()
    if base is not None and ours.form != "lines" and len(was) == len(ours.units) == len(theirs.units):
        return [_settled(*three, place) for three in zip(was, ours.units, theirs.units, strict=True)]
    return [*_sequences(was, ours.units, theirs.units, place)]


def _sequences(
    base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit], place: str
) -> Iterator[list[Piece]]:
    texts = [[unit.text for unit in units] for units in (base, ours, theirs)]
    for (low, high), mine, other in hunks(texts[0], texts[1], texts[2]):
        was, left, right = texts[0][low:high], texts[1][slice(*mine)], texts[2][slice(*other)]
        if left in (right, was) or right == was:
            for text in right if left == was else left:
                yield [text]
        else:
            mine_, theirs_ = "".join(left), "".join(right)
            yield [Block(Conflict("both changed", place, mine_, theirs_), mine_, theirs_, "".join(was))]


def _joined(form: Parts, head: str, tail: str, found: list[list[Piece]]) -> list[Piece]:
    """Return the pieces of a unit from those of its parts.

    Raises
    ------
    _ClashError
        A conflict is in a part that is no whole line.
    """
    if form.form in ("block", "lines"):
        return [*([head] if head else ()), *(one for pieces in found for one in pieces)]
    whole = found[:1] if form.form == "compact" else found
    for one in (one for pieces in whole for one in pieces):
        if isinstance(one, Block) and (form.form != "compact" or one is found[0][0]):
            raise _ClashError(one.conflict)
    if form.form == "compact":
        first = found[0][0] if found else ""
        if not isinstance(first, str) or not first.startswith(form.lead):
            raise _ClashError(Conflict("both changed", "", "", ""))
        return [
            head + first[len(form.lead) :],
            *found[0][1:],
            *(one for pieces in found[1:] for one in pieces),
        ]
    texts = ["".join(one for one in pieces if isinstance(one, str)) for pieces in found]
    if form.form == "flow":
        return [head + ",".join(texts) + tail]
    return [_row(texts, form.lead) + tail]


def _row(cells: list[str], delimiter: str) -> str:
    """Return a row of cells, each with what stood before it; one that was the first has nothing there."""
    if cells and cells[0][:1] == delimiter != " ":
        cells[0] = cells[0][1:]
    return (
        cells[0] + "".join(cell if cell[:1] in (" ", delimiter) else delimiter + cell for cell in cells[1:])
        if cells
        else ""
    )
