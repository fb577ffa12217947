"""One line of YAML taken apart: indentation, dashes, key, value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curator.formats.yaml.strict_flow import (
    BREAK,
    LONGEST_KEY,
    NotCovered,
    is_comment,
    plain,
    plain_key,
    quoted_text,
    whole_flow,
)

__all__ = ["LIST", "MAP", "NOTHING", "Line", "NotCovered", "copied", "join_lines", "read_line"]

LIST, MAP = 0, 1
NOTHING: Any = object()
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    # Indentation (-1: nothing on this line), columns of dashes, column of the key (-1: none), the key, the
    # tag that the following lines have, the value (NOTHING: it follows).
    Line = tuple[int, tuple[int, ...], int, Any, str, Any]
else:
    Line = tuple

_BLANK: Line = (-1, (), -1, None, "", NOTHING)
_LONGEST_LINE = 20_000
_MOST_JOINED = 100


def read_line(text: str, tags: dict[str, Callable[[Any], Any]], *, joined: bool = False) -> Line:
    """Return the parts of a line, or of several that `join_lines` made one.

    Raises
    ------
    NotCovered
    """
    shown = text.replace(BREAK, "") if joined else text
    if not (text.isascii() and shown.isprintable()) or len(text) > _LONGEST_LINE:
        raise NotCovered("characters")
    body = text.rstrip(" ")
    column = len(body) - len(body.lstrip(" "))
    if column == len(body) or body[column] == "#":
        return _BLANK
    indent = column
    if indent == 0 and body[:3] in ("---", "..."):
        raise NotCovered("document marker")
    dashes = []
    while body[column] == "-" and body[column + 1 : column + 2] in (" ", ""):
        dashes.append(column)
        column += 1
        while column < len(body) and body[column] == " ":
            column += 1
        if column == len(body):
            return indent, tuple(dashes), -1, None, "", NOTHING
    content = body[column:]
    if content[0] == "#":
        return indent, tuple(dashes), -1, None, "", NOTHING
    key, rest = _key(content)
    if joined and BREAK in content[: len(content) - len(rest)] and key is not NOTHING:
        raise NotCovered("key on two lines")
    if key is NOTHING:
        tag, value = _value(content, tags)
        return indent, tuple(dashes), -1, None, tag, value
    tag, value = _value(rest, tags)
    return indent, tuple(dashes), column, key, tag, value


def join_lines(lines: Sequence[str], number: int, tags: dict[str, Callable[[Any], Any]]) -> tuple[Line, int]:
    """Return the parts of braces or brackets that begin on the line before ``number``, and the line behind.

    Raises
    ------
    NotCovered
    """
    text = lines[number - 1].rstrip(" ")
    indent = len(text) - len(text.lstrip(" "))
    if "{" not in text and "[" not in text:
        raise NotCovered("not plain")
    for at in range(number, min(number + _MOST_JOINED, len(lines))):
        line = lines[at].strip(" ")
        if (
            not line
            or line[0] == "#"
            or not lines[at].startswith(" " * (indent + 1))
            or not line.isprintable()
        ):
            break
        text += BREAK + line
        if line[-1] in "]}":
            try:
                return read_line(text, tags, joined=True), at + 1
            except NotCovered:
                continue
    raise NotCovered("brackets")


def copied(value: Any) -> Any:
    """Return a value that shares no list or map with the one in a memo."""
    if type(value) is dict:
        found = value.copy()
        for key, one in value.items():
            if type(one) in (list, dict):
                found[key] = copied(one)
        return found
    return [copied(one) for one in value] if type(value) is list else value


def _key(content: str) -> tuple[Any, str]:
    """Return the key of a map's entry and what follows it; NOTHING if the line has no key."""
    if content[0] in "'\"":
        text, end = quoted_text(content, 0)
        if end == len(content):
            return NOTHING, ""
        if content[end] != ":" or content[end + 1 : end + 2] not in (" ", "") or end > LONGEST_KEY:
            raise NotCovered("quotes")
        return text, content[end + 1 :].lstrip(" ")
    if content[0] in "[{!":
        return NOTHING, ""
    at = content.find(": ")
    if at < 0:
        if content[-1] != ":":
            return NOTHING, ""
        at = len(content) - 1
    return plain_key(content[:at].rstrip(" ")), content[at + 1 :].lstrip(" ")


def _value(text: str, tags: dict[str, Callable[[Any], Any]]) -> tuple[str, Any]:
    """Return the tag that the next lines have and the value that stands here; one of them at most."""
    if not text or text[0] == "#":
        return "", NOTHING
    first = text[0]
    if first == "!":
        tag, _, rest = text.partition(" ")
        if tag not in tags:
            raise NotCovered("tag")
        rest = rest.lstrip(" ")
        if not rest:
            return tag, NOTHING
        if rest[0] not in "[{":
            raise NotCovered("tag")
        try:
            return "", tags[tag](whole_flow(rest))
        except ValueError:
            raise NotCovered("tag") from None
    if first in "[{":
        return "", whole_flow(text)
    if BREAK in text:
        raise NotCovered("text on several lines")
    if first in "'\"":
        found, end = quoted_text(text, 0)
        if not is_comment(text, end):
            raise NotCovered("quotes")
        return "", found
    return "", plain(text.partition(" #")[0].rstrip(" "))
