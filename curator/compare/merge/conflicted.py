"""A merge base that has conflicts itself: where histories cross, git merges the bases first.

Both sides of its conflicts are read. What they have alike is the base. What they do not have alike becomes a
unit with markers in it, which no version of the file equals: two versions that agree are merged there, and
two that differ are a conflict, as where git compares lines with its markers.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import partial

from curator.compare.merge.hunks import matches
from curator.compare.merge.order import merged_order
from curator.compare.merge.replaced import replacements
from curator.compare.merge.units import Parts, Unit

__all__ = ["common_parts", "sides_of"]

_OPEN = re.compile(r"^<{7,}(?: |\r?$)", re.M)
# Longer than those of git, which are longer the deeper the bases are.
_SIZE = 9


def sides_of(text: str) -> tuple[str, str] | None:
    """Return a text as either side of its conflicts has it; `None` if its markers do not fit together.

    Markers within a conflict that are longer or shorter than its own are text: they are of a base.
    """
    found = _OPEN.search(text)
    if found is None:
        return text, text
    size = len(found[0].rstrip(" \r"))
    ours: list[str] = []
    theirs: list[str] = []
    inside = ""
    for line in text.split("\n"):
        mark = line[:1] if _is_mark(line, size) else ""
        if mark and inside in _BEFORE[mark]:
            inside = mark.replace(">", "")
        elif mark in ("<", ">"):
            return None
        else:
            if inside in ("", "<"):
                ours.append(line)
            if inside in ("", "="):
                theirs.append(line)
    return None if inside else ("\n".join(ours), "\n".join(theirs))


# Behind which mark each one may stand.
_BEFORE = {"<": ("",), "|": ("<",), "=": ("<", "|"), ">": ("=",)}


def _is_mark(line: str, size: int) -> bool:
    mark = line[:1]
    return (
        mark in ("<", "|", "=", ">")
        and line[:size] == mark * size
        and line[size : size + 1] in ("", " ", "\r")
    )


def common_parts(left: Parts | None, right: Parts | None) -> Parts | None:
    """Return the parts that both sides of a base have alike, and what they have not as conflicts.

    Returns
    -------
    Parts or None
        `None` where the two are divided in different ways.
    """
    if left is None or right is None:
        return None
    if (left.form, left.keyed, left.lead) != (right.form, right.keyed, right.lead):
        return None
    head = left.head if left.head == right.head else _marked(left.head, right.head)
    tail = left.tail if left.tail == right.tail else _marked(left.tail, right.tail)
    columns = left.columns if left.columns == right.columns else ()
    units = _keyed(left, right) if left.keyed else _unkeyed(left.units, right.units, left.form)
    return Parts(left.form, units, head, tail, left.keyed, left.lead, columns, left.boxes)


def _keyed(left: Parts, right: Parts) -> list[Unit]:
    mine, other = ({unit.key: unit for unit in one.units} for one in (left, right))
    both = [key for key in mine if key in other]
    keys = merged_order(both, [*mine], [*other], lambda key: ((), str(key)))
    # Two sizes of one box have the same text here, by which the merge knows that they belong together.
    pairs = replacements(mine, other, boxes=left.boxes)
    partners = pairs | {old: new for new, old in pairs.items()}
    found = []
    for key in keys:
        one, another = mine.get(key), other.get(key)
        if one is not None and another is not None:
            found.append(_either(key, one, another))
            continue
        unit = one or another
        assert unit is not None
        partner = partners.get(key)
        texts = [
            each.text if each else "" for each in (one or mine.get(partner), another or other.get(partner))
        ]
        found.append(Unit(key, _marked(*texts), unit.label, None, unit.identity, unit.padding))
    return found


def _either(key: Hashable, left: Unit, right: Unit) -> Unit:
    if left.text == right.text:
        return left
    divide = partial(_divided, left, right) if left.divide and right.divide else None
    return Unit(key, _marked(left.text, right.text), left.label, divide, left.identity, left.padding)


def _divided(left: Unit, right: Unit) -> Parts | None:
    assert left.divide is not None
    assert right.divide is not None
    return common_parts(left.divide(), right.divide())


def _unkeyed(left: Sequence[Unit], right: Sequence[Unit], form: str) -> list[Unit]:
    if form != "lines" and len(left) == len(right):
        return [_either(one.key, one, other) for one, other in zip(left, right, strict=True)]
    found: list[Unit] = []
    at = to = 0
    texts = [[unit.text for unit in units] for units in (left, right)]
    for mine, other in [*matches(*texts), (len(left), len(right))]:
        if at < mine or to < other:
            some = ["".join(texts[0][at:mine]), "".join(texts[1][to:other])]
            found.append(Unit(len(found), _marked(*some)))
        found += left[mine : mine + 1]
        at, to = mine + 1, other + 1
    return found


def _marked(left: str, right: str) -> str:
    """Return both texts between markers: no version of a file that can be merged has any."""
    return f"{'<' * _SIZE}\n{left}{'=' * _SIZE}\n{right}{'>' * _SIZE}\n"
