"""One line of YAML taken apart: indentation, dashes, key, value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from curator.formats.scalars import resolve

__all__ = [
    "BREAK",
    "LIST",
    "MAP",
    "NOTHING",
    "Line",
    "NotCovered",
    "copied",
    "flow_item",
    "flow_key",
    "join_lines",
    "quoted_text",
    "read_line",
    "skip_blanks",
]

LIST, MAP = 0, 1
NOTHING: Any = object()
# Indentation (-1: nothing on this line), columns of dashes, column of the key (-1: none), the key, the tag
# that the following lines have, the value (NOTHING: it follows).
Line = tuple[int, tuple[int, ...], int, Any, str, Any]

_BLANK: Line = (-1, (), -1, None, "", NOTHING)
_PLAIN_START = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+(~$<=")
_LONGEST_KEY = 1000
_LONGEST_LINE = 20_000
_MOST_JOINED = 100
# Between joined lines: YAML reads a blank there, but no key may stand on both.
BREAK = "\x1f"
_SPACES = " " + BREAK
_LARGEST_KEY = 1 << 60
_MAX_FLOW_DEPTH = 20
_MOST_LISTS = 256
_lists: dict[str, tuple[Any, ...]] = {}


class NotCovered(Exception):
    """This text is not in the strict form; it may be right all the same."""


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
        if content[end] != ":" or content[end + 1 : end + 2] not in (" ", "") or end > _LONGEST_KEY:
            raise NotCovered("quotes")
        return text, content[end + 1 :].lstrip(" ")
    if content[0] in "[{!":
        return NOTHING, ""
    at = content.find(": ")
    if at < 0:
        if content[-1] != ":":
            return NOTHING, ""
        at = len(content) - 1
    return _plain_key(content[:at].rstrip(" ")), content[at + 1 :].lstrip(" ")


def _plain_key(text: str) -> Any:
    key = _plain(text)
    if (
        len(text) > _LONGEST_KEY
        or isinstance(key, float)
        or (isinstance(key, int) and abs(key) >= _LARGEST_KEY)
    ):
        raise NotCovered("key")
    return key


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
            return "", tags[tag](_whole_flow(rest))
        except ValueError:
            raise NotCovered("tag") from None
    if first in "[{":
        return "", _whole_flow(text)
    if BREAK in text:
        raise NotCovered("text on several lines")
    if first in "'\"":
        found, end = quoted_text(text, 0)
        if not _is_comment(text, end):
            raise NotCovered("quotes")
        return "", found
    return "", _plain(text.partition(" #")[0].rstrip(" "))


def _is_comment(text: str, at: int) -> bool:
    """Whether nothing, or nothing but a comment, stands behind a value that ends at ``at``."""
    return at == len(text) or (text[at] == " " and text[at:].lstrip(" ")[0] == "#" and BREAK not in text)


def _plain(text: str) -> Any:
    if not text or not (text[0] in _PLAIN_START or (text[0] == "-" and text[1:2] not in (" ", ""))):
        raise NotCovered("not plain")
    if " #" in text or ": " in text or text[-1] == ":":
        raise NotCovered("not plain")
    try:
        return resolve(text)
    except (ValueError, OverflowError):
        raise NotCovered("value") from None


def quoted_text(text: str, start: int) -> tuple[str, int]:
    """Return a quoted text and the position behind it."""
    mark = text[start]
    end = text.find(mark, start + 1)
    if mark == '"':
        found = text[start + 1 : end]
        if end < 0 or "\\" in found:
            raise NotCovered("escapes")
        return found, end + 1
    while end >= 0 and text[end + 1 : end + 2] == "'":
        end = text.find("'", end + 2)
    if end < 0:
        raise NotCovered("quotes")
    return text[start + 1 : end].replace("''", "'"), end + 1


def _whole_flow(text: str) -> Any:
    value, end = _flow(text, 0, 0)
    if not _is_comment(text, end):
        raise NotCovered("behind brackets")
    return value


def _flow(text: str, start: int, depth: int) -> tuple[Any, int]:
    """Return the list or map that begins at ``start`` and the position behind it."""
    if depth > _MAX_FLOW_DEPTH:
        raise NotCovered("depth")
    is_map = text[start] == "{"
    closing = "}" if is_map else "]"
    items: list[Any] = []
    entries: dict[Any, Any] = {}
    at = skip_blanks(text, start + 1)
    while text[at : at + 1] != closing:
        if is_map:
            key, at = flow_key(text, at)
            if key in entries:
                raise NotCovered("repeated key")
            entries[key], at = flow_item(text, at, depth)
        else:
            item, at = flow_item(text, at, depth)
            items.append(item)
        at = skip_blanks(text, at)
        if text[at : at + 1] == ",":
            at = skip_blanks(text, at + 1)
            if text[at : at + 1] in (closing, ","):
                raise NotCovered("comma")
        elif text[at : at + 1] != closing:
            raise NotCovered("brackets")
    return (entries if is_map else items), at + 1


def _list(text: str, at: int, depth: int) -> tuple[Any, int]:
    """Return the list that begins at ``at``: a camera's file has the same one on every line."""
    end = text.find("]", at) + 1
    written = text[at:end]
    known = _lists.get(written)
    if known is not None:
        return list(known), end
    found, behind = _flow(text, at, depth + 1)
    if behind == end and len(written) <= _LONGEST_KEY and not any(type(one) is dict for one in found):
        if len(_lists) >= _MOST_LISTS:
            _lists.clear()
        _lists[written] = tuple(found)
    return found, behind


def skip_blanks(text: str, at: int) -> int:
    """Return the next position that is no blank."""
    while text[at : at + 1] in (" ", BREAK):
        at += 1
    return at


def flow_key(text: str, at: int) -> tuple[Any, int]:
    """Return the key at ``at`` within braces, and where its value begins."""
    if text[at : at + 1] in ("'", '"'):
        key, end = quoted_text(text, at)
    else:
        end = at
        while end < len(text) and text[end] not in ",[]{}?" and text[end : end + 2] != ": ":
            end += 1
        key = _plain_key(text[at:end].rstrip(" "))
    if BREAK in text[at:end]:
        raise NotCovered("key on two lines")
    if text[end : end + 2] != ": " or end - at > _LONGEST_KEY:
        raise NotCovered("key")
    return key, skip_blanks(text, end + 2)


def flow_item(text: str, at: int, depth: int) -> tuple[Any, int]:
    """Return the value at ``at`` within braces or brackets, and the position behind it."""
    first = text[at : at + 1]
    if first == "[":
        return _list(text, at, depth)
    if first == "{":
        return _flow(text, at, depth + 1)
    if first in ("'", '"'):
        found, end = quoted_text(text, at)
        return found.replace(BREAK, " "), end
    end = at
    while end < len(text) and text[end] not in ",[]{}?":
        end += 1
    found = text[at:end].rstrip(_SPACES).replace(BREAK, " ")
    if found == "-" and end == at + 1:
        return found, end
    if text[end : end + 1] in ("[", "{", "?", ""):
        raise NotCovered("not plain")
    return _plain(found), end
