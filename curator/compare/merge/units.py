"""What a file is made of when it is merged: units in units, whose texts joined are the file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from curator.values import NamedTuple, dataclass

__all__ = ["OURS_REMOVED", "THEIRS_REMOVED", "Conflict", "Parts", "Unit", "numbered", "with_key"]


class Unit(NamedTuple):
    """A keyword, a column, a row, a cell, an element of an array, or a comment.

    Parameters
    ----------
    key : hashable
        What it is among its siblings, in all versions of the file.
    text : str
        All of it. Where it is a part of a line, it has no newline.
    label : str
        What messages call it.
    divide : callable, optional
        Return its parts, `None` if it has none after all.
    identity : tuple
        The values that the type's row key has in a row.
    padding : str
        Characters at its ends that say nothing.
    """

    key: Hashable
    text: str
    label: str = ""
    divide: Callable[[], Parts | None] | None = None
    identity: tuple[float | str, ...] = ()
    padding: str = " \t\n"

    @property
    def is_comment(self) -> bool:
        return isinstance(self.key, tuple) and self.key[0] == "#"


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a unit is made of.

    Parameters
    ----------
    form : str
        How the parts are joined: ``block`` (whole lines), ``compact`` (whole lines, of which the first begins
        behind ``head`` instead of ``lead``), ``flow`` (by commas) or ``cells``.
    units : sequence of Unit
    head, tail : str
        What stands before and behind them.
    keyed : bool
        Units are found by their keys; if not, by their number.
    lead : str
        ``compact``: what the lines begin with; ``cells``: the delimiter.
    columns : tuple of str
        The columns that rows have.
    boxes : bool
        The units are boxes: one that replaces another is found by a corner of it.
    """

    form: str
    units: Sequence[Unit]
    head: str = ""
    tail: str = ""
    keyed: bool = True
    lead: str = ""
    columns: tuple[str, ...] = ()
    boxes: bool = False


# What conflicts are called in which one side has nothing.
OURS_REMOVED = "ours removed, theirs changed"
THEIRS_REMOVED = "theirs removed, ours changed"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both sides changed.

    Parameters
    ----------
    what : str
        ``both changed``, or which side removed what the other changed.
    place : str
        Which keyword, row, cell or element.
    ours, theirs : str
        What the two made of it. Of who removed a box: the box that they added over it.
    line : int
        Where its first marker stands in the merged file.
    """

    what: str
    place: str
    ours: str
    theirs: str
    line: int = 0

    def __str__(self) -> str:
        return self.sentence("ours", "theirs")

    def sentence(self, ours: str, theirs: str) -> str:
        """Return what is in conflict, given what the two sides are called."""
        place = f" {self.place}" if self.place else ""
        if self.what in (OURS_REMOVED, THEIRS_REMOVED):
            sides = (ours, self.ours), (theirs, self.theirs)
            (one, instead), (other, changed) = sides if self.what == OURS_REMOVED else reversed(sides)
            gone = f"{one} replaced{place} by {_short(instead)}" if instead else f"{one} removed{place}"
            return f"{gone}, {other} changed it to {_short(changed)}"
        return f"{self.what}{place}: {ours} {_short(self.ours)}, {theirs} {_short(self.theirs)}"


def numbered(units: Sequence[Unit]) -> list[Unit]:
    """Return units of which no two have the same key: the second of one key gets a number."""
    if len({unit.key for unit in units}) == len(units):
        return list(units)
    seen: dict[Hashable, int] = {}
    found = []
    for unit in units:
        count = seen.get(unit.key, 0)
        seen[unit.key] = count + 1
        found.append(with_key(unit, (*unit.key, count)) if count and isinstance(unit.key, tuple) else unit)
    return found


def with_key(unit: Unit, key: Hashable) -> Unit:
    """Return a unit under another key."""
    return Unit(key, unit.text, unit.label, unit.divide, unit.identity, unit.padding)


def _short(text: str) -> str:
    from curator.formats.files.terminal_escape import escape

    line = escape(" ".join(text.split()))
    return f"{line[:57]}..." if len(line) > 60 else line or "nothing"
