"""Slips of the pen in YAML: the one line that, written as it was meant, makes a refused file readable.

Only files that cannot be read come here. A slip is proven: with its line mended the file can be read, or
what is wrong with it stands further down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from curator.errors import FormatError

__all__ = ["Slip", "error_of", "find_slip", "tab_slip"]

# Characters that may be read in order to find the cause, all tries together.
_BUDGET = 1 << 21
_MOST_TRIES = 24
# Characters of lines that are searched, the nearest ones first; a search takes the square of a line's length.
_SEARCHED = 1 << 16
_LONGEST_LINE = 2000
_KEY = r"[A-Za-z_][A-Za-z0-9_]*"
_NO_BLANK = re.compile(rf"(?<![\w./:'\"-])({_KEY}):(?=[^\s:/,}}\]])")
_COMMA = re.compile(rf"({_KEY}): ([^\s'\"\[{{&*!,][^'\"\[\]{{}},]*(,[^'\"\[\]{{}}]*?))(?=\}}|, {_KEY}: )")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


class Slip(NamedTuple):
    """What is wrong with a line, and the line as it was meant; 1-based columns, the end exclusive."""

    line: int
    column: int
    end: int
    meant: str
    message: str
    hint: str


def find_slip(
    path: str, lines: Sequence[str], last: int, error: FormatError, read: Callable[[str], object]
) -> FormatError | None:
    """Return the error for the slip that explains another error, `None` if no slip does.

    Parameters
    ----------
    path : str
    lines : sequence of str
        The file.
    last : int
        How many of the lines may hold a slip.
    error : FormatError
        What the reader says.
    read : callable
        Reads a text, or raises `FormatError`.
    """
    size = sum(map(len, lines)) + len(lines)
    tries = min(_MOST_TRIES, _BUDGET // max(1, size))
    # A lost blank is noticed in its line or, where the value goes on, in a later one.
    near = sorted(range(last), key=lambda at: abs(at + 1 - error.line) + (at + 1 > error.line) / 2)
    left = _SEARCHED
    for at in near:
        left -= min(len(lines[at]), _LONGEST_LINE)
        if left < 0:
            return None
        for slip in _slips(at + 1, lines[at]):
            if tries <= 0:
                return None
            tries -= 1
            if _explains(slip, lines, error, read):
                return error_of(slip, path, lines[at][slip.column - 1 : slip.end - 1])
    return None


def _slips(number: int, line: str) -> Iterator[Slip]:
    """Give what may be a slip in a line; most are none."""
    if "\t" in line:
        yield tab_slip(number, line)
    if ":" not in line or len(line) > _LONGEST_LINE:
        return
    quoted = [found.span() for found in _QUOTED.finditer(line)]

    def free(at: int) -> bool:
        return not any(start < at < end for start, end in quoted)

    for found in _NO_BLANK.finditer(line):
        if free(found.start()):
            key, at = found[1], found.end()
            yield Slip(
                number,
                found.start() + 1,
                at + 1,
                f"{line[:at]} {line[at:]}",
                f"a space is missing after the colon of {key}",
                f"write {key}: and a space before its value",
            )
    for found in _COMMA.finditer(line):
        if free(found.start()) and "'" not in found[2]:
            text = found[2].rstrip()
            yield Slip(
                number,
                found.start(3) + 1,
                found.start(3) + 2,
                f"{line[: found.start(2)]}'{text}'{line[found.end(2) :]}",
                f"the comma ends the value of {found[1]}",
                f"quote the text: {found[1]}: '{text}'",
            )


def tab_slip(number: int, line: str) -> Slip:
    """Return the slip of a line with a tab in it."""
    at = line.index("\t")
    return Slip(
        number,
        at + 1,
        at + 2,
        line.replace("\t", " "),
        "tab character where YAML allows only spaces",
        "replace tabs with spaces; `curator fix` does it",
    )


def error_of(slip: Slip, path: str, text: str) -> FormatError:
    """Return the error that names a slip; ``text`` is what stands there."""
    return FormatError(
        slip.message,
        path=path,
        line=slip.line,
        column=slip.column,
        end=slip.end,
        value=text,
        hint=slip.hint,
    )


def _explains(slip: Slip, lines: Sequence[str], error: FormatError, read: Callable[[str], object]) -> bool:
    mended = [*lines[: slip.line - 1], slip.meant, *lines[slip.line :]]
    try:
        read("\n".join(mended))
    except FormatError as other:
        return other.line > max(error.line, slip.line)
    return True
