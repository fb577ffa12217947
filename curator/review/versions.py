"""One file of a change, as it was and as it is."""

from __future__ import annotations

from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Kind: TypeAlias = Literal["added", "removed", "edited", "renamed", "type"]

__all__ = ["Interval", "Version", "VersionPair", "is_fits"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file: what messages call it, and its bytes or why they cannot be read."""

    path: str
    raw: bytes
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """The time in which a file whose start moved no longer applies, or applies now.

    Parameters
    ----------
    start, end : str
        The end is empty where there is none.
    is_lost : bool
        The file applied then, and no longer does.
    other : Version or None
        What applies then instead, or what applied before. `None`: nothing.
    """

    start: str
    end: str
    is_lost: bool
    other: Version | None


@dataclass(frozen=True, slots=True)
class VersionPair:
    """A file before and after a change.

    Parameters
    ----------
    kind : str
    path : str
        Where it is, or was where it is gone.
    old_path : str
        Where it was; empty where there was none.
    before, after : Version or None
        Of one that was added, ``before`` is the file that applied until it starts; of one that was removed,
        ``after`` is the file that applies instead. `None` where there is none.
    ranges : (str, str)
        When it applied and when it applies, where a manifest or a registry says so.
    intervals : tuple of Interval
        What a start that moved changes.
    """

    kind: Kind
    path: str
    old_path: str
    before: Version | None
    after: Version | None
    ranges: tuple[str, str] = ("", "")
    intervals: tuple[Interval, ...] = ()


def is_fits(path: str) -> bool:
    """Return whether a name is that of a FITS file."""
    return path.lower().endswith((".fits", ".fit"))
