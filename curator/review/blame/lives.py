"""The times in which something was in a file, as the merges of its history tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from curator.values import NamedTuple

if TYPE_CHECKING:
    from curator.review.blame.replay import NotedEdit

__all__ = ["NEVER", "Ended", "Lives", "Spell", "lives", "spells_of"]

# The number of the edit that began each time that is over, and of the one that ended it.
Ended = Mapping[int, int]


class Lives(NamedTuple):
    """When something was there; numbers of edits are larger, the older an edit is.

    Parameters
    ----------
    since : int
        The edit since which it is there, -1 where it is not.
    ended : mapping of int to int
        Earlier times.
    """

    since: int
    ended: Ended


NEVER = Lives(-1, {})


class Spell(NamedTuple):
    """A time that is over: the edits that began and ended it."""

    added: NotedEdit
    removed: NotedEdit

    def to_json(self) -> dict[str, Any]:
        """Return the time as the schemas of outputs describe it."""
        return {"added": self.added.to_json(), "removed": self.removed.to_json()}


def lives(number: int, is_there: bool, parents: Sequence[Lives]) -> Lives:
    """Return when something was there, as of the edit with a number.

    It is there since the oldest edit that one of the parents knows, unless another parent knows that this
    time is over: then that one has the newer history.
    """
    if len(parents) == 1 and is_there == (parents[0].since >= 0):
        return parents[0]
    ended: dict[int, int] = {}
    for one in parents:
        for begin, end in one.ended.items():
            ended[begin] = max(end, ended.get(begin, -1))
    having = [one.since for one in parents if one.since >= 0]
    current = max((one for one in having if one not in ended), default=-1)
    if not is_there:
        if current >= 0:
            ended[current] = number
        return Lives(-1, ended) if ended else NEVER
    if current < 0:
        current = max(having, default=number)
        ended.pop(current, None)
    return Lives(current, ended)


def spells_of(ended: Ended, edits: Sequence[NotedEdit]) -> tuple[Spell, ...]:
    """Return the times that are over, the first one first."""
    return tuple(Spell(edits[begin], edits[end]) for begin, end in sorted(ended.items(), reverse=True))
