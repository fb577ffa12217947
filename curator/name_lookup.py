"""Look up names that a person typed, and suggest the nearest one where there is no such name.

Every "did you mean" of curator is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.errors import UsageError

__all__ = ["did_you_mean", "known_names", "missing_message", "nearest", "require_known", "suggest"]

# Differences are searched in the square of a text's length.
_LONGEST = 200


def nearest(wanted: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """Return the known name that looks most like ``wanted``, in any case; empty if none does.

    Parameters
    ----------
    wanted : str
    known : iterable of str
    cutoff : float
        Likeness, from 0 to 1, below which a name is not suggested.

    Examples
    --------
    >>> nearest("exampelcam", ["ExampleCam", "OtherCam"])
    'ExampleCam'
    """
    from difflib import SequenceMatcher, get_close_matches

    lowered = {name.lower(): name for name in reversed(list(known))}
    wanted = wanted.lower()[:_LONGEST]
    close = get_close_matches(wanted, lowered, 8, cutoff)
    if not close:
        return ""
    # Of equally near names the one that begins in the same way: S02 is rather S00 than S10.
    best = max(close, key=lambda name: (SequenceMatcher(None, wanted, name).ratio(), _shared(wanted, name)))
    return lowered[best]


def did_you_mean(name: str, otherwise: str = "") -> str:
    """Return the hint that suggests ``name``; ``otherwise`` where that is empty.

    Examples
    --------
    >>> did_you_mean("S00"), did_you_mean("", "the camera has none")
    ('did you mean S00?', 'the camera has none')
    """
    return f"did you mean {name}?" if name else otherwise


def missing_message(what: str, near: str = "") -> str:
    """Return the message that something is missing; ``near`` is what may be a misspelling of it, as shown.

    Examples
    --------
    >>> missing_message("column gain"), missing_message("column gain", "'gian'")
    ('column gain is missing', "column gain is missing: is 'gian' meant to be it?")
    """
    return f"{what} is missing: is {near} meant to be it?" if near else f"{what} is missing"


def known_names(names: Sequence[str], limit: int = 12) -> str:
    """Return the hint that lists names, only the first ``limit`` of many."""
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return f"known: {', '.join(names[:limit])}{more}" if names else "none is known"


def suggest(wanted: str, names: Sequence[str], limit: int = 12) -> str:
    """Return a hint: the name most like ``wanted``, and the list of all names if it is short."""
    near = nearest(wanted, names, 0.6)
    listed = known_names(names, limit)
    return f"{did_you_mean(near)} {listed}" if near and len(names) <= limit else did_you_mean(near, listed)


def require_known(kind: str, name: str, known: Iterable[str]) -> str:
    """Return ``name``.

    Raises
    ------
    UsageError
        It is not among ``known``; the hint suggests the nearest, or lists them.
    """
    names = list(known)
    if name in names:
        return name
    raise UsageError(f"there is no {kind} {name!r}", keyword=kind, value=name, hint=suggest(name, names))


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
