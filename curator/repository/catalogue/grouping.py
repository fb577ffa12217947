"""What differs by nothing but detector and filter, told together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Group", "group_equal", "named"]

T = TypeVar("T")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Things of some detectors and filters that are otherwise the same.

    Parameters
    ----------
    detectors, filters : tuple of str
        Empty if the things have none. Every detector goes with every filter.
    members : tuple
        One for each pair of them.
    """

    detectors: tuple[str, ...]
    filters: tuple[str, ...]
    members: tuple[T, ...]


def group_equal(
    found: Iterable[T], names: Callable[[T], tuple[str, str]], same: Callable[[T], Hashable]
) -> list[Group[T]]:
    """Return things grouped by what is the same, in the order in which groups begin.

    Parameters
    ----------
    found : iterable
    names : callable
        Gives detector and filter of one, empty where it has none.
    same : callable
        Gives what must be equal to be told together.
    """
    by_filter: dict[tuple[Hashable, str], dict[str, T]] = {}
    for one in found:
        detector, physical_filter = names(one)
        by_filter.setdefault((same(one), physical_filter), {})[detector] = one
    groups: dict[tuple[Hashable, tuple[str, ...]], dict[str, list[T]]] = {}
    for (key, physical_filter), members in by_filter.items():
        groups.setdefault((key, tuple(members)), {})[physical_filter] = list(members.values())
    return [
        Group(
            tuple(filter(None, detectors)),
            tuple(filter(None, filters)),
            tuple(one for members in filters.values() for one in members),
        )
        for (_, detectors), filters in groups.items()
    ]


def named(kind: str, names: tuple[str, ...]) -> str:
    """Return the name of one, or how many there are and the names of few, or of the first and the last.

    Examples
    --------
    >>> named("detector", ("S1",))
    'S1'
    >>> named("detector", ("S1", "S2"))
    '2 detectors (S1, S2)'
    >>> named("filter", ("u", "g", "r", "i", "z"))
    '5 filters (u … z)'
    """
    if len(names) < 2:
        return "".join(names)
    shown = ", ".join(names) if len(names) <= _FEW else f"{names[0]} … {names[-1]}"
    return f"{len(names)} {kind}s ({shown})"
