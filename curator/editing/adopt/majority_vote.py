"""What many files say of one thing, and which of them are alone with their opinion."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Disagreement", "MajorityVote", "Witness", "located", "shown"]

T = TypeVar("T", bound=Hashable)


class Witness(NamedTuple):
    """Which file says something, in which keyword or entry, and what to call that."""

    path: str
    key: str
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """A place that says something else than the others.

    Parameters
    ----------
    path : str
        Relative to the repository.
    line : int
        1-based; 0 until it has been looked up (see `located`).
    message : str
        What stands there.
    others : str
        What was taken instead, and from how many places.
    key : str
        Keyword or entry that it stands in.
    """

    path: str
    line: int
    message: str
    others: str
    key: str = ""


@dataclass(slots=True)
class MajorityVote(Generic[T]):
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

    def against(
        self, taken: T, subject: str, *, agreeing: Iterable[T] = (), instead: str = ""
    ) -> list[Disagreement]:
        """Return every place that gives another value than ``taken`` and those that mean the same.

        Parameters
        ----------
        taken : object
            The value that was chosen.
        subject : str
            What it is a value of: ``id of R22_S11``.
        agreeing : iterable
            Other spellings of ``taken``.
        instead : str
            What was taken, and on whose word, if not that of other places.
        """
        same = {taken, *agreeing}
        supporters = sum(self.count(value) for value in same)
        places = "1 other place says" if supporters == 1 else f"{supporters} other places say"
        others = instead or (f"{places} {shown(taken)}" if supporters else f"taken: {shown(taken)}")
        return [
            Disagreement(one.path, 0, f"{one.label} has {shown(value)} as {subject}", others, one.key)
            for value, places_of_it in self.votes.items()
            if value not in same
            for one in places_of_it
        ]


def located(found: Iterable[Disagreement], snapshot: Snapshot) -> list[Disagreement]:
    """Return disagreements by path and line, which are only now looked up: few files have one."""
    from curator.formats.read import read_document

    listed: list[Disagreement] = []
    for path, group in groupby(sorted(found), key=lambda one: one.path):
        of_file = list(group)
        if all(one.line for one in of_file):
            listed += of_file
            continue
        doc = read_document(path, snapshot.read(path))
        listed += sorted(replace(one, line=one.line or doc.at(one.key).line) for one in of_file)
    return listed


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
