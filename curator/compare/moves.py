"""Values that stand under other names than before: those of two amplifiers, exchanged, and the like."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from curator.compare.matrices import is_matrix
from curator.compare.summaries import Move, NameChange
from curator.compare.values import distinct, plain, rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.compare.tables import Table
    from curator.compare.values import Value

__all__ = ["moves", "name_changes"]

# Where an amplifier is on the detector stays, whoever's values are mixed up.
_PLACE = ("BBOX_X0", "BBOX_Y0", "BBOX_DX", "BBOX_DY")


def name_changes(before: Table, after: Table) -> Iterator[NameChange]:
    """Give the amplifiers, detectors and filters that only one of two tables speaks of."""
    owner = before.owner() or after.owner()
    if owner is None:
        return
    column, what = owner
    mine, theirs = _names(before, column), _names(after, column)
    for name in distinct(mine - theirs):
        yield NameChange("removed", what, str(name))  # type: ignore[arg-type]  # `Table.owner` knows no others
    for name in distinct(theirs - mine):
        yield NameChange("added", what, str(name))  # type: ignore[arg-type]
    if {"AMPLIFIERS"} <= {*before.names} & {*after.names} and before.name == "DETECTORS":
        yield from _of_camera(before, after, column)


def _names(table: Table, column: str) -> set[Value]:
    return set(table.column(column)) if column in table.names else set()


def _of_camera(before: Table, after: Table, column: str) -> Iterator[NameChange]:
    import json

    theirs = dict(zip(after.column(column), after.column("AMPLIFIERS"), strict=True))
    for detector, text in sorted(zip(before.column(column), before.column("AMPLIFIERS"), strict=True)):
        if text != theirs.get(detector, text):
            mine, other = set(json.loads(text)), set(json.loads(theirs[detector]))
            for name in sorted(mine - other):
                yield NameChange("removed", "amplifier", name, detector)
            for name in sorted(other - mine):
                yield NameChange("added", "amplifier", name, detector)


def moves(before: Table, after: Table) -> Iterator[Move]:
    """Give the values that moved, by the columns that moved together."""
    if is_matrix(before) and is_matrix(after):
        yield from _matrix_moves(before, after)
        return
    owner = before.owner()
    if owner is None or after.owner() != owner:
        return
    together: dict[tuple[tuple[str, str], ...], list[str]] = {}
    rest = tuple(name for name in before.key if name != owner[0])
    for column in before.names:
        if column in before.key or column in _PLACE or column not in after.names:
            continue
        mine, theirs = (_said(table, owner[0], rest, column) for table in (before, after))
        changed = {name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)}
        pairs = _moved(_sorted(mine, changed), _sorted(theirs, changed))
        if pairs:
            together.setdefault(pairs, []).append(column)
    for pairs, columns in together.items():
        yield Move(owner[1], after.name, tuple(sorted(columns)), pairs)  # type: ignore[arg-type]


def _sorted(said: Mapping[Value, list[Any]], names: Collection[Value]) -> dict[Value, Any]:
    return {name: tuple(sorted(said[name], key=rank)) for name in said if name in names}


def _said(table: Table, owner: str, rest: tuple[str, ...], column: str) -> dict[Value, list[Any]]:
    """Return all that one column says of each owner."""
    names, values = table.column(owner), table.column(column)
    keys = zip(*(table.column(name) for name in rest), strict=True) if rest else ((),) * len(names)
    found: dict[Value, list[Any]] = {}
    for name, key, value in zip(names, keys, values, strict=False):
        found.setdefault(name, []).append((key, value))
    return found


def _moved(before: Mapping[Value, Any], after: Mapping[Value, Any]) -> tuple[tuple[str, str], ...]:
    """Return (from, to) for what names that changed held before, and others that changed hold after."""
    left: dict[Any, list[Value]] = {}
    right: dict[Any, list[Value]] = {}
    for mine, other, by_value in ((before, after, left), (after, before, right)):
        for name, said in mine.items():
            if said != other.get(name) and _tells(said):
                by_value.setdefault(said, []).append(name)
    pairs = [
        (str(one), str(other))
        for said, names in left.items()
        for one, other in zip(sorted(names, key=rank), sorted(right.get(said, ()), key=rank), strict=False)
    ]
    return tuple(sorted(pairs))


def _tells(said: Any) -> bool:
    """Return whether values are such that nobody has the same by chance: not only zeros, ones and flags."""
    if isinstance(said, tuple):
        return any(map(_tells, said if not _is_keyed(said) else (value for _, value in said)))
    return isinstance(said, int | float) and said == said and said not in (0, 1, -1)


def _is_keyed(said: tuple[Any, ...]) -> bool:
    return all(isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], tuple) for one in said)


def _matrix_moves(before: Table, after: Table) -> Iterator[Move]:
    """Give what moved in matrices: columns or rows, both together, or each element to its mirror image."""
    names = distinct(before.column("TARGET"))
    if names != distinct(after.column("TARGET")):
        return
    together: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    for column in before.names[2:]:
        if column not in after.names:
            continue
        mine = {row[:2]: plain(value) for row, value in zip(before.rows, before.column(column), strict=True)}
        theirs = {row[:2]: plain(value) for row, value in zip(after.rows, after.column(column), strict=True)}
        if mine != theirs:
            for what, pairs in _of_matrix(names, mine, theirs):
                together.setdefault((what, pairs), []).append(column)
    for (what, pairs), columns in together.items():
        yield Move(what, after.name, tuple(columns), pairs)  # type: ignore[arg-type]  # one of those below


def _of_matrix(
    names: list[Value], before: Mapping[Any, Value], after: Mapping[Any, Value]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    known = {str(name): name for name in names}
    targets = _moved(_lines(names, before, 0), _lines(names, after, 0))
    sources = _moved(_lines(names, before, 1), _lines(names, after, 1))
    to_target, to_source = (
        {known[one]: known[other] for one, other in pairs} for pairs in (targets, sources)
    )
    for what, pairs, first, second in (
        ("amplifier", targets, to_target, to_source),
        ("target", targets, to_target, {}),
        ("source", sources, {}, to_source),
    ):
        same_both = what != "amplifier" or targets == sources
        if pairs and same_both and _is_moved(before, after, first, second):
            yield what, pairs
            return
    if any(_tells(value) for value in before.values()) and all(
        after[source, target] == value or value is after[source, target]
        for (target, source), value in before.items()
    ):
        yield "transposed", ()


def _lines(names: list[Value], values: Mapping[Any, Value], side: int) -> dict[Value, Any]:
    """Return what is said of each target, or source, whichever the other amplifier is."""
    found: dict[Value, list[Value]] = {name: [] for name in names}
    for key, value in values.items():
        found[key[side]].append(value)
    return {name: tuple(sorted(said, key=rank)) for name, said in found.items()}


def _is_moved(
    before: Mapping[Any, Value],
    after: Mapping[Any, Value],
    targets: Mapping[Any, Any],
    sources: Mapping[Any, Any],
) -> bool:
    if not all({*one} == {*one.values()} for one in (targets, sources)):
        return False
    return all(
        (value,) == (after[targets.get(target, target), sources.get(source, source)],)
        for (target, source), value in before.items()
    )
