"""Lists in brackets and mappings in braces, and array cells, divided at their commas."""

from __future__ import annotations

import re
from functools import partial

from curator.compare.merge.units import Parts, Unit, numbered

__all__ = ["UNION", "flow_parts"]

# Lists of which nobody's entry is lost.
UNION = ("HISTORY", "DEPRECATED")

_MARKS = re.compile(r"""[\[\]{},"']""")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[^\s:,"'{}\[\]]+)\s*:(?:\s|$)""")
_MAX_DEPTH = 100
PADDING = " \t\n"


def flow_parts(text: str, label: str, *, union: bool = False, depth: int = 0) -> Parts | None:
    """Return the elements between the first bracket of a text and the one that closes it.

    Parameters
    ----------
    text : str
    label : str
        What messages call the list.
    union : bool
        Elements are found by their text, and nobody's is lost.

    Returns
    -------
    Parts or None
        `None` where there is no such list, or it never ends.
    """
    start = min((at for at in map(text.find, "[{") if at >= 0), default=-1)
    if start < 0 or depth > _MAX_DEPTH:
        return None
    found = _elements(text, start)
    if found is None:
        return None
    elements, end = found
    if len(elements) == 1 and not elements[0].strip():
        elements = []
    keyed = union
    units: list[Unit] = []
    if text[start] == "{":
        keys = [_KEY.match(one) for one in elements]
        keyed = all(keys)
        for number, (one, key) in enumerate(zip(elements, keys, strict=True)):
            name = key[1].strip("'\"") if key else str(number)
            value = one[key.end() :] if key else one
            units.append(_unit(("key", name) if keyed else number, one, value, name, depth))
    else:
        for number, one in enumerate(elements):
            key_ = ("text", one.strip(PADDING + "'\"")) if union else number
            units.append(_unit(key_, one, one, f"{label}[{number}]", depth))
    return Parts("flow", numbered(units), text[: start + 1], text[end:], keyed)


def _unit(key: object, text: str, value: str, label: str, depth: int) -> Unit:
    nested = value.lstrip(PADDING)[:1] in ("[", "{") and value.strip(PADDING) != ""
    divide = partial(flow_parts, text, label, union=label in UNION, depth=depth + 1) if nested else None
    return Unit(key, text, label, divide, padding=PADDING)


def _elements(text: str, start: int) -> tuple[list[str], int] | None:
    close = text.find("]", start)
    inner = text[start + 1 : close] if text[start] == "[" else '"'
    if close > 0 and not _MARKS.search(inner.replace(",", "")):  # a plain list, as nearly all are
        return inner.split(","), close
    elements: list[str] = []
    depth, begin, at = 0, start + 1, start
    while mark := _MARKS.search(text, at):
        one, at = mark[0], mark.end()
        if one in "[{":
            depth += 1
        elif one in "]}":
            depth -= 1
            if depth == 0:
                return [*elements, text[begin : mark.start()]], mark.start()
        elif one == ",":
            if depth == 1:
                elements.append(text[begin : mark.start()])
                begin = at
        elif _before(text, mark.start()) in "[{,:":
            # A quote begins a scalar only where one may begin; within a word it is a letter.
            at = _end_of_quotes(text, at, one)
            if at < 0:
                return None
    return None


def _end_of_quotes(text: str, at: int, quote: str) -> int:
    while (end := text.find(quote, at)) >= 0:
        if quote == '"' and text[end - 1] == "\\":
            at = end + 1
        elif text[end + 1 : end + 2] == quote:
            at = end + 2
        else:
            return end + 1
    return -1


def _before(text: str, at: int) -> str:
    """Return the last character before a place that is no blank."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at]
