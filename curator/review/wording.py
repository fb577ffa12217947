"""What sentences about changes are made of."""

from __future__ import annotations

from collections.abc import Sequence

from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Statement", "counted_from_0", "listed", "percent", "placed", "quoted", "shortened", "shown"]

# A value is quoted up to here.
_LONGEST = 60
# A smaller share takes more digits than say anything [%].
_LEAST = 0.001
# Larger whole numbers are no longer counted one by one.
_EXACT = 1e15


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a change means.

    Parameters
    ----------
    kind : str
        What it is about: ``pixels``, ``boxes``, ``curve``, ``crosstalk``, ``header``, ….
    text : str
        One sentence without its full stop.
    details : tuple of str
        Lines below it.
    once : bool
        It is said once of all files that it holds for, however few.
    """

    kind: str
    text: str
    details: tuple[str, ...] = ()
    once: bool = False


def listed(names: Sequence[str], few: int) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - few} more" if len(names) > few else ""
    return ", ".join(names[:few]) + more


def shown(value: Any) -> str:
    """Return a value as a sentence quotes it: numbers as they are, long texts cut."""
    if value is None:
        return "empty"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, tuple):
        return f"[{listed([shown(one) for one in value], 4)}]"
    text = repr(value) if isinstance(value, str) and not value.isprintable() else str(value)
    return shortened(text, _LONGEST)


def quoted(value: Any) -> str:
    """Return a value of a header as a sentence quotes it: 2.0 is not 2 there."""
    if isinstance(value, tuple):
        return f"[{listed([quoted(one) for one in value], 4)}]"
    return str(value) if isinstance(value, float) else shown(value)


def counted_from_0(is_counted: bool) -> str:
    """Return what follows the numbers of amplifiers that have no names."""
    return " (counted from 0)" if is_counted else ""


def shortened(text: str, longest: int) -> str:
    """Return a text with at most so many characters, cut with ``…``."""
    return text if len(text) <= longest else f"{text[: max(0, longest - 1)]}…"


def placed(box: Sequence[Any]) -> str:
    """Return a box (x0, y0, width, height) as a sentence has it."""
    x0, y0, width, height = map(shown, box)
    return f"x0={x0} y0={y0}, {width} x {height}"


def percent(part: int, whole: int) -> str:
    """Return a share with two digits that count: ``0.0083 %``."""
    share = 100 * part / whole
    if 0 < share < _LEAST:
        return f"less than {_LEAST} %"
    return f"{share:.0f} %" if share >= 99.5 else f"{share:.2g} %"
