"""Where in a file something changed: a row, a cell, a keyword, or what stands beside something removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from curator.formats.document import Place

if TYPE_CHECKING:
    from typing import TypeAlias

    from curator.formats.document import Document

__all__ = ["content_place", "keyword_place"]

Path: TypeAlias = "tuple[str | int, ...]"

_METADATA = "metadata"


def content_place(
    before: Document,
    after: Document,
    *,
    names: Collection[str] = (),
    value: float | None = None,
    near: tuple[str, float] | None = None,
) -> Place:
    """Return where the content of ``after`` differs from that of ``before``, line 1 if it does not.

    Parameters
    ----------
    before, after : Document
    names : collection of str
        Amplifiers, detectors or filters that the change is about: their rows or entries come first.
    value : float, optional
        What a number is now: it comes before others that changed.
    near : tuple of str and float, optional
        A column and a value in it, in the unit of ``after``: of the changed rows, the nearest is meant.
    """
    if before.format != after.format:
        return Place(1)
    if after.format == "yaml":
        return _place_in_tree(before, after, names, value)
    return _place_in_table(before, after, names, near)


def keyword_place(before: Document, after: Document, *names: str) -> Place:
    """Return where a header keyword changed: the first of ``names`` that did, else the first of all.

    Of one that was removed, the place is that of the header; line 1 if none changed.
    """
    changed = [
        key
        for key in dict.fromkeys([*after.header, *before.header])
        if repr(before.header.get(key)) != repr(after.header.get(key))
    ]
    wanted = [key for name in names for key in changed if key.upper() == name]
    there = wanted[:1] or [key for key in changed if key in after.header]
    if there and there[0] in after.header:
        return after.value_at(there[0])
    if not changed:
        return Place(1)
    return after.at(_METADATA) if after.format == "yaml" else after.at("meta")


# tables


def _place_in_table(
    before: Document, after: Document, names: Collection[str], near: tuple[str, float] | None
) -> Place:
    was, now = _rows(before), _rows(after)
    columns = list(after.columns)
    if list(before.columns) == columns:
        left = Counter(was)
        new = []
        for number, row in enumerate(now):
            if left[row]:
                left[row] -= 1
            else:
                new.append(number)
        if new:
            gone = [row for row in was if _taken(left, row)]
            number = _meant(after, new, names, near)
            former = _twin(now[number], new.index(number), gone)
            return after.cell(number, _column(now[number], former, columns))
    for column in after.columns.values():
        declared = before.columns.get(column.name)
        if declared is None:
            return after.at("columns", column.name)
        if declared.unit != column.unit:
            return after.value_at("columns", column.name, "unit")
        if declared.datatype != column.datatype:
            return after.value_at("columns", column.name, "datatype")
    if before.columns.keys() - after.columns.keys():
        return after.at("datatype")
    at = next((number for number, (one, other) in enumerate(zip_longest(was, now)) if one != other), -1)
    if at < 0:
        return Place(1)
    # What was removed stood before this row, or behind the last one.
    return after.cell(min(at, len(now) - 1), columns[0]) if now else after.at("datatype")


def _rows(doc: Document) -> list[tuple[str, ...]]:
    # By their spelling: NaN is equal to itself, and lists can be counted.
    return list(zip(*(map(repr, column.values) for column in doc.columns.values()), strict=True))


def _taken(left: Counter[tuple[str, ...]], row: tuple[str, ...]) -> bool:
    if left[row]:
        left[row] -= 1
        return True
    return False


def _meant(doc: Document, new: list[int], names: Collection[str], near: tuple[str, float] | None) -> int:
    """Return the row that a change is about, of those that are new."""
    texts = [column.values for column in doc.columns.values() if column.datatype == "string"]
    mine = [row for row in new if any(values[row] in names for values in texts)] or new
    column = doc.columns.get(near[0]) if near else None
    if near is None or column is None:
        return mine[0]
    numbers = [(row, column.values[row]) for row in mine]
    known = [(abs(number - near[1]), row) for row, number in numbers if isinstance(number, int | float)]
    return min(known, default=(0.0, mine[0]))[1]


def _twin(row: tuple[str, ...], number: int, gone: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what a new row was: the removed row that shares most with it, else none."""
    likeliest = gone[number : number + 1] + gone[:100]
    return max(likeliest, key=lambda one: sum(map(str.__eq__, one, row)), default=())


def _column(row: tuple[str, ...], former: tuple[str, ...], columns: list[str]) -> str:
    """Return the first column in which a row differs from what it was, the first of all in a new row."""
    same = list(map(str.__eq__, row, former))
    return columns[same.index(False)] if any(same) and not all(same) else columns[0]


# trees


def _place_in_tree(before: Document, after: Document, names: Collection[str], value: float | None) -> Place:
    was = dict(_leaves(before.tree))
    now = dict(_leaves(after.tree))
    new = [path for path, leaf in now.items() if was.get(path) != leaf]
    mine = [path for path in new if not names.isdisjoint(path)] if (names := {*names}) else []
    exact = [path for path in new if value is not None and now[path] == repr(value)]
    for path in (*exact, *mine, *new):
        return after.value_at(*path)
    gone = [path for path in was if path not in now]
    about = [path for path in gone if not names.isdisjoint(path)]
    for path in (*about, *gone):
        return after.at(*path)
    return Place(1)


def _leaves(tree: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Give what stands in a tree, in the order of the file, the header left out."""
    if isinstance(tree, dict):
        for key, below in tree.items():
            if path or key != _METADATA:
                yield from _leaves(below, (*path, key))
    elif isinstance(tree, list):
        for number, below in enumerate(tree):
            yield from _leaves(below, (*path, number))
    else:
        yield path, repr(tree)
