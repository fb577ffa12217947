"""Names a person typed, looked up, with the nearest one offered where there is none such."""

from __future__ import annotations

from collections.abc import Iterable

from curator.errors import UsageError

__all__ = ["nearest", "require_known"]


def require_known(kind: str, name: str, known: Iterable[str]) -> str:
    """Return ``name``.

    Raises
    ------
    UsageError
        It is not among ``known``; the hint offers the nearest, or lists them.
    """
    names = list(known)
    if name in names:
        return name
    raise UsageError(f"there is no {kind} {name!r}", keyword=kind, value=name, hint=nearest(name, names))


def nearest(name: str, names: list[str], limit: int = 12) -> str:
    """Return a hint: the name most like ``name``, and what else there is if it is not much."""
    from difflib import SequenceMatcher, get_close_matches

    lowered = {one.lower(): one for one in names}
    wanted = name.lower()
    close = get_close_matches(wanted, lowered, 8, 0.6)
    shown = f"known: {', '.join(names[:limit])}" if names else "none is known"
    if len(names) > limit:
        shown += f" and {len(names) - limit} more"
    if not close:
        return shown
    # Of equally near names the one that begins in the same way: S02 is rather S00 than S10.
    best = max(close, key=lambda one: (SequenceMatcher(None, wanted, one).ratio(), _shared(wanted, one)))
    return f"did you mean {lowered[best]}?" + (f" {shown}" if len(names) <= limit else "")


def _shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
