"""What many files say of one thing, and which of them are alone with their opinion."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

__all__ = ["Ballot", "Disagreement", "Witness"]

T = TypeVar("T", bound=Hashable)


class Witness(NamedTuple):
    """Where a file says something: 1-based line, and the keyword that says it."""

    path: str
    line: int
    keyword: str


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """A place that says something else than the others.

    Parameters
    ----------
    path : str
        Relative to the repository.
    line : int
        1-based.
    message : str
        What stands there.
    others : str
        What was taken instead, and from how many places.
    """

    path: str
    line: int
    message: str
    others: str


@dataclass(slots=True)
class Ballot(Generic[T]):
    """Values with the places that give them, in the order they were met."""

    votes: dict[T, list[Witness]] = field(default_factory=dict)

    def add(self, value: T, witness: Witness) -> None:
        self.votes.setdefault(value, []).append(witness)

    def __bool__(self) -> bool:
        return bool(self.votes)

    def count(self, value: T) -> int:
        return len(self.votes.get(value, ()))

    def ranked(self) -> list[T]:
        """Return the values, most votes first; of equals, the one met first."""
        return sorted(self.votes, key=lambda value: -len(self.votes[value]))

    def winner(self, default: T) -> T:
        """Return the value with most votes, ``default`` where nobody voted."""
        return self.ranked()[0] if self.votes else default

    def against(self, taken: T, subject: str, *, agreeing: Iterable[T] = ()) -> list[Disagreement]:
        """Return every place that gives another value than ``taken`` and those that mean the same.

        Parameters
        ----------
        taken : object
            The value that was chosen.
        subject : str
            What it is a value of: ``id of R22_S11``.
        agreeing : iterable
            Other spellings of ``taken``.
        """
        same = {taken, *agreeing}
        supporters = sum(self.count(value) for value in same)
        places = "1 other place says" if supporters == 1 else f"{supporters} other places say"
        others = f"{places} {shown(taken)}" if supporters else f"taken: {shown(taken)}"
        return [
            Disagreement(one.path, one.line, f"{one.keyword} has {shown(value)} as {subject}", others)
            for value, places_of_it in self.votes.items()
            if value not in same
            for one in places_of_it
        ]


def shown(value: object) -> str:
    """Return a value as a person reads it.

    Examples
    --------
    >>> shown((4072, 4000)), shown(("A", "B"))
    ('4072 x 4000', 'A, B')
    """
    if isinstance(value, tuple | frozenset):
        parts = sorted(value) if isinstance(value, frozenset) else value
        joint = " x " if len(value) == 2 and all(isinstance(part, int) for part in value) else ", "
        return joint.join(map(str, parts))
    return str(value)
