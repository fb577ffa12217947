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
    """Return a hint: the name most like ``name``, else what there is."""
    from difflib import get_close_matches

    lowered = {one.lower(): one for one in names}
    close = get_close_matches(name.lower(), lowered, 1, 0.6)
    if close:
        return f"did you mean {lowered[close[0]]}?"
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return f"known: {', '.join(names[:limit])}{more}" if names else "none is known"
