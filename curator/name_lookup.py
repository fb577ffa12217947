"""Look up names that a person typed, and suggest the nearest one where there is no such name.

Every "did you mean" of curator is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.errors import UsageError

__all__ = [
    "did_you_mean",
    "known_names",
    "meant",
    "missing_message",
    "nearest",
    "require_known",
    "suggest",
]

# Differences are searched in the square of a text's length.
_LONGEST = 200
_SHORTEST_BEGINNING = 3
# Of several names that are equally near.
_FEW = 4


def nearest(wanted: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """Return the known name that ``wanted`` most likely means; empty if none is near.

    A name that differs only in case, separators or leading zeros comes first, then the only name that begins
    with ``wanted``, then the name that is spelled most like it.

    Parameters
    ----------
    wanted : str
    known : iterable of str
    cutoff : float
        Likeness, from 0 to 1, below which a name is not suggested for its spelling.

    Examples
    --------
    >>> nearest("exampelcam", ["ExampleCam", "OtherCam"])
    'ExampleCam'
    >>> nearest("0_3", ["0_00", "0_03", "0_30"]), nearest("det", ["date", "detector"])
    ('0_03', 'detector')
    """
    return next(iter(_nearest(wanted, known, cutoff)), "")


def _nearest(wanted: str, known: Iterable[str], cutoff: float) -> list[str]:
    """Return the names that are equally near, in their order; see `nearest`."""
    from difflib import get_close_matches

    names = list(dict.fromkeys(known))
    wanted = wanted[:_LONGEST]
    if same := _written_alike(wanted, names):
        return _most_alike(wanted, same)
    if len(begun := _begun_by(wanted, names)) == 1:
        return begun
    lowered = {name.lower(): name for name in reversed(names)}
    close = get_close_matches(wanted.lower(), lowered, max(1, len(lowered)), cutoff)
    return _most_alike(wanted, [name for name in names if name.lower() in close])


def _written_alike(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the names that differ from ``wanted`` only in case, separators or leading zeros."""
    key = _key(wanted)
    return [name for name in names if key and _key(name) == key]


def _begun_by(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with ``wanted``; a number in it must be whole."""
    key = _key(wanted)
    if len(key) < _SHORTEST_BEGINNING:
        return []
    keys = {name: _key(name) for name in names}
    return [
        name
        for name, full in keys.items()
        if full.startswith(key) and not (key[-1].isdigit() and full[len(key) :][:1].isdigit())
    ]


def _key(name: str) -> str:
    """Return what is left of a name without case, separators and leading zeros.

    A separator stays between two numbers: 0_3 is another name than 03.
    """
    import re

    text = re.sub(r"[\W_]+", "_", name.casefold())
    text = re.sub(r"(?<!\d)_|_(?!\d)", "", text)
    return re.sub(r"(?<!\d)0+(?=\d)", "", text)


def _most_alike(wanted: str, names: Sequence[str]) -> list[str]:
    """Return the names most like ``wanted``; of several, for S02, S00 rather than S10."""
    from difflib import SequenceMatcher

    text = wanted.lower()

    def likeness(name: str) -> tuple[bool, float, int]:
        lowered = name.lower()
        return name == wanted, SequenceMatcher(None, text, lowered).ratio(), _shared(text, lowered)

    like = {name: likeness(name) for name in names}
    most = max(like.values(), default=None)
    return [name for name in names if like[name] == most]


def did_you_mean(name: str, otherwise: str = "") -> str:
    """Return the hint that suggests ``name``, or ``otherwise`` if there is none.

    Examples
    --------
    >>> did_you_mean("S00"), did_you_mean("", "the camera has none")
    ('did you mean S00?', 'the camera has none')
    """
    return f"did you mean {name}?" if name else otherwise


def meant(wanted: str, names: Sequence[str], cutoff: float = 0.6) -> str:
    """Return the hint that suggests what ``wanted`` most likely means, empty if nothing is near.

    Of several that are equally near, none is picked.

    Examples
    --------
    >>> meant("S11", ["R01_S11", "R02_S11", "R02_S12"])
    'several names end in S11: R01_S11, R02_S11'
    >>> meant("R01_S33", ["R01_S10", "R01_S11", "R02_S11"])
    'did you mean one of R01_S10, R01_S11?'
    """
    near = _nearest(wanted, names, cutoff)
    if len(near) < 2:
        return did_you_mean("".join(near))
    more = f" and {len(near) - _FEW} more" if len(near) > _FEW else ""
    listed = f"{', '.join(near[:_FEW])}{more}"
    if all(name.lower().endswith(f"_{wanted.lower()}") for name in near):
        return f"several names end in {wanted}: {listed}"
    return f"did you mean one of {listed}?"


def missing_message(what: str, near: str = "") -> str:
    """Return the message that something is missing.

    ``near`` is a name that was found and may be a misspelling of it, quoted as the message shows it.

    Examples
    --------
    >>> missing_message("column gain"), missing_message("column gain", "'gian'")
    ('column gain is missing', "column gain is missing; 'gian' may be a misspelling")
    """
    return f"{what} is missing; {near} may be a misspelling" if near else f"{what} is missing"


def known_names(names: Sequence[str], limit: int = 12) -> str:
    """Return the hint that lists names, only the first ``limit`` of many."""
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return f"known: {', '.join(names[:limit])}{more}" if names else "none is known"


def suggest(wanted: str, names: Sequence[str], limit: int = 12) -> str:
    """Return a hint: the name most like ``wanted``, and the list of all names if it is short."""
    hint = meant(wanted, names)
    listed = known_names(names, limit)
    return f"{hint} {listed}".strip() if len(names) <= limit else hint or listed


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
