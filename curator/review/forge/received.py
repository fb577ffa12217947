"""Read a scoreboard that a run of a pull request left, which may be anybody's text.

Only what `curator.review.markdown` can have written is taken: words of ours, and code spans and fenced blocks
around all else. So nothing in it can be a link, an image, a mention, a reference or HTML.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from curator.errors import ForgeError, FormatError
from curator.formats.files.bounded_io import read_bounded
from curator.review.markdown import LIMIT, MARK

__all__ = ["read_number", "read_scoreboard", "require_ours"]

SCOREBOARD = "scoreboard.md"
NUMBER = "number"
# Of four bytes each at most.
_MAX_BYTES = 4 * LIMIT
_DETAILS = re.compile(r"<details><summary>[A-Z][A-Za-z, ]*: [0-9,]+ files?</summary>|</details>")
_FENCE = re.compile(r"(`{3,})text")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_WORDS = re.compile(r"[A-Za-z0-9 ,.:;()%*-]*")
# What a forge makes a link of by itself.
_LINKED = re.compile(r"www\.|\bGH-", re.IGNORECASE)
_STARTS = re.compile(r"(?:> (?:\[!IMPORTANT\]$)?|- |\|(?:---\|)+$|\| )?")


def read_scoreboard(folder: str) -> str:
    """Return the scoreboard in a folder, empty if the run left none.

    Raises
    ------
    ForgeError
        It is no file, too long, no UTF-8, or holds what no scoreboard does.
    """
    path = os.path.join(folder, SCOREBOARD)
    if not os.path.lexists(path):
        return ""
    try:
        text = read_bounded(path, _MAX_BYTES).decode("utf-8")
    except FormatError as error:
        raise ForgeError(error.message, path=SCOREBOARD) from None
    except UnicodeDecodeError:
        raise ForgeError("is not UTF-8", path=SCOREBOARD) from None
    require_ours(text)
    return text


def read_number(folder: str) -> int:
    """Return the number of the pull request that a run says it was for, which is to be verified."""
    try:
        text = read_bounded(os.path.join(folder, NUMBER), 100).decode("ascii", "replace").strip()
    except FormatError as error:
        raise ForgeError(error.message, path=NUMBER) from None
    if not re.fullmatch(r"[1-9][0-9]{0,9}", text):
        raise ForgeError("is not the number of a pull request", path=NUMBER)
    return int(text)


def require_ours(text: str) -> None:
    """Raise an error for a text that is no scoreboard."""
    if len(text) > LIMIT:
        raise ForgeError(f"has {len(text):,} characters, and a comment at most {LIMIT:,}", path=SCOREBOARD)
    if not text.startswith(f"{MARK}\n"):
        raise ForgeError("does not start with the mark of a scoreboard", path=SCOREBOARD)
    lines = text.split("\n")
    for number, problem in _problems(lines[1:]):
        raise ForgeError(problem, path=SCOREBOARD, line=number + 1)


def _problems(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines, 1):
        if not line.isprintable():
            yield number, "holds a control character"
        elif fence:
            # As forges read it: a longer fence also closes, and may be indented.
            closing = re.fullmatch(r" {0,3}(`{3,}) *", line)
            if closing and len(closing[1]) >= len(fence):
                fence = ""
        elif opening := _FENCE.fullmatch(line):
            fence = opening[1]
        elif _DETAILS.fullmatch(line):
            # HTML ends at the next empty line only.
            if any(lines[number - 2 : number - 1]) or any(lines[number : number + 1]):
                yield number, "has text beside a fold"
        elif not _is_plain(line):
            yield number, "holds what no scoreboard does"
    if fence:
        yield len(lines), "has a block that is not closed"


def _is_plain(line: str) -> bool:
    """Return whether a line has words of ours alone, outside of code spans."""
    start = _STARTS.match(line)
    assert start is not None
    rest = line[start.end() :]
    if not rest:
        return True
    in_table = start[0].startswith("|")
    spans = _CODE.findall(rest)
    if any("|" in code for _, code in spans):
        return False
    outside = _CODE.sub("", rest)
    if in_table:
        outside = outside.replace("|", "")
    return _WORDS.fullmatch(outside) is not None and not _LINKED.search(outside)
