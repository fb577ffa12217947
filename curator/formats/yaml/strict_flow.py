"""Plain and quoted texts, braces and brackets of YAML on one line."""

from __future__ import annotations

from curator.formats.yaml.resolve_scalar import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "BREAK",
    "LONGEST_KEY",
    "MAX_ENTRIES",
    "NotCovered",
    "flow_item",
    "flow_key",
    "is_comment",
    "plain",
    "plain_key",
    "quoted_text",
    "skip_blanks",
    "whole_flow",
]

_PLAIN_START = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+(~$<=")
LONGEST_KEY = 1000
# Between joined lines: YAML reads a blank there, but no key may stand on both.
BREAK = "\x1f"
_SPACES = " " + BREAK
# A map with more takes many times the memory of its file, in all that is made of it.
MAX_ENTRIES = 100_000
_LARGEST_KEY = 1 << 60
_MAX_FLOW_DEPTH = 20
_MOST_LISTS = 256
# Lists that stand on many lines, as a camera's amplifiers do.
_lists: dict[str, tuple[Any, ...]] = {}


class NotCovered(Exception):
    """This text is not in the strict form; it may be right all the same."""


def plain(text: str) -> Any:
    """Return the value of a plain scalar."""
    if not text or not (text[0] in _PLAIN_START or (text[0] == "-" and text[1:2] not in (" ", ""))):
        raise NotCovered("not plain")
    if " #" in text or ": " in text or text[-1] == ":":
        raise NotCovered("not plain")
    try:
        return resolve(text)
    except (ValueError, OverflowError):
        raise NotCovered("value") from None


def plain_key(text: str) -> Any:
    """Return the value of a plain key."""
    key = plain(text)
    if (
        len(text) > LONGEST_KEY
        or isinstance(key, float)
        or (isinstance(key, int) and abs(key) >= _LARGEST_KEY)
    ):
        raise NotCovered("key")
    return key


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


def is_comment(text: str, at: int) -> bool:
    """Whether nothing, or nothing but a comment, stands behind a value that ends at ``at``."""
    return at == len(text) or (text[at] == " " and text[at:].lstrip(" ")[0] == "#" and BREAK not in text)


def whole_flow(text: str) -> Any:
    """Return the list or map that a text is, apart from a comment behind it."""
    value, end = _flow(text, 0, 0)
    if not is_comment(text, end):
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
    if behind == end and len(written) <= LONGEST_KEY and not any(type(one) is dict for one in found):
        if len(_lists) >= _MOST_LISTS:
            _lists.clear()
        _lists[written] = tuple(found)
    return found, behind


def flow_key(text: str, at: int) -> tuple[Any, int]:
    """Return the key at ``at`` within braces, and where its value begins."""
    if text[at : at + 1] in ("'", '"'):
        key, end = quoted_text(text, at)
    else:
        end = at
        while end < len(text) and text[end] not in ",[]{}?" and text[end : end + 2] != ": ":
            end += 1
        key = plain_key(text[at:end].rstrip(" "))
    if BREAK in text[at:end]:
        raise NotCovered("key on two lines")
    if text[end : end + 2] != ": " or end - at > LONGEST_KEY:
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
    return plain(found), end


def skip_blanks(text: str, at: int) -> int:
    """Return the next position that is no blank."""
    while text[at : at + 1] in (" ", BREAK):
        at += 1
    return at
