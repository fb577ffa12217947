"""Path globs, by the rules of ``.gitignore``, which everybody here knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Letter = TypeVar("_Letter")
    _Item = TypeVar("_Item")

__all__ = ["Glob"]


class Glob:
    """A pattern for paths below the root.

    ``*``, ``?`` and ``[a-z]`` stay within one name; ``**`` as a whole name stands for any directories. A
    pattern with a slash begins at the root, one without is about a name at any depth, and what fits a
    directory holds for all below it.

    Parameters
    ----------
    pattern : str
        As ``.gitignore`` has it; there is no ``!``.
    """

    __slots__ = ("_folders_only", "_names")

    def __init__(self, pattern: str) -> None:
        self._folders_only = pattern.endswith("/")
        names = pattern.rstrip("/").split("/")
        if len(names) == 1:
            names.insert(0, "**")
        self._names = [
            None if name == "**" else _tokens(name)
            for number, name in enumerate(names)
            if name or number  # a leading slash says no more than the root does
        ]

    def matches(self, path: str) -> bool:
        """Return whether the pattern fits a file, or a directory that holds it."""
        parts = path.split("/")
        names, longest = self._names, len(parts)
        if self._folders_only:
            longest -= 1
        if not any(names):
            return longest > 0
        if names[-1] is None:  # below it, not the directory itself
            names, longest = names[:-1], longest - 1
        return _fits([*names, None], parts[: max(0, longest)], _name_fits)


class _Token:
    """One letter of a name: any, a certain one, or one of a set."""

    __slots__ = ("negated", "ranges")

    def __init__(self, ranges: Sequence[tuple[str, str]], negated: bool = False) -> None:
        self.ranges = ranges
        self.negated = negated

    def fits(self, letter: str) -> bool:
        return any(low <= letter <= high for low, high in self.ranges) != self.negated


_ANY_LETTER = _Token((), negated=True)


def _tokens(name: str) -> list[_Token | None]:
    """Return what the letters of a name must fit, `None` for a star."""
    found: list[_Token | None] = []
    at = 0
    while at < len(name):
        letter = name[at]
        at += 1
        if letter == "*":
            if not found or found[-1] is not None:
                found.append(None)
        elif letter == "?":
            found.append(_ANY_LETTER)
        elif letter == "[" and (end := _set_end(name, at)):
            found.append(_set(name[at:end]))
            at = end + 1
        else:
            if letter == "\\" and at < len(name):
                letter = name[at]
                at += 1
            found.append(_Token(((letter, letter),)))
    return found


def _set_end(name: str, at: int) -> int:
    """Return where a set that begins at ``at`` ends, 0 if it does not."""
    begin = at + 1 if name[at : at + 1] in ("!", "^") else at
    return max(0, name.find("]", begin + 1))


def _set(text: str) -> _Token:
    negated = text[0] in "!^"
    letters = text[1:] if negated else text
    ranges = []
    at = 0
    while at < len(letters):
        if letters[at + 1 : at + 2] == "-" and at + 2 < len(letters):
            ranges.append((letters[at], letters[at + 2]))
            at += 3
        else:
            ranges.append((letters[at], letters[at]))
            at += 1
    return _Token(ranges, negated)


def _name_fits(tokens: Sequence[_Token | None], name: str) -> bool:
    return _fits(tokens, name, _Token.fits)


def _fits(
    pattern: Sequence[_Item | None], text: Sequence[_Letter], fit: Callable[[_Item, _Letter], bool]
) -> bool:
    """Return whether a pattern fits all of a text; `None` in it stands for any number of items, or none.

    Only the last such place is ever widened: an earlier one that took the least leaves the most to the rest.
    """
    at = place = resume = 0
    star = -1
    while at < len(text):
        item = pattern[place] if place < len(pattern) else None
        if place < len(pattern) and item is None:
            star, resume = place, at
            place += 1
        elif item is not None and fit(item, text[at]):
            place += 1
            at += 1
        elif star >= 0:
            resume += 1
            place, at = star + 1, resume
        else:
            return False
    return not any(segment is not None for segment in pattern[place:])
