"""Block YAML, as the header of ECSV is too, divided into keywords and items by indentation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from curator.compare.merge.flow import UNION, flow_parts
from curator.compare.merge.units import Parts, Unit, numbered

__all__ = ["block_parts"]

# Nothing in it can match a letter in two ways: a line of two million is as long as that, and no longer.
_ENTRY = re.compile(
    r"""("(?:[^"\\]|\\.)*"\s*|'(?:[^']|'')*'\s*|"""
    r"""(?:[^\s#'"\[\]{}&*!|>%@`?,:-]|[-?](?=[^\s:]))(?:[^\s:]|\s(?!#)|:(?=\S))*):(?=\s|$)"""
)
_PROPERTIES = re.compile(r"(?:[!&]\S*(?:\s+|$))*(?:#.*)?$")
_FIRST_KEY = re.compile(r"""\{\s*("[^"]*"|'[^']*'|[^\s:,"'{}\[\]]+)\s*:\s""")
_NAME = re.compile(r"[{,]\s*name\s*:\s+([^,}]+)")
_WORD = re.compile(r"""["']?[A-Za-z_][\w .-]*["']?$""")
_MAX_DEPTH = 100


class _NotCoveredError(Exception):
    """A form that is not divided here."""


def block_parts(lines: Sequence[str], prefix: str = "", parent: str = "", depth: int = 0) -> Parts | None:
    """Return the entries or items of a block.

    Parameters
    ----------
    lines : sequence of str
        With their newlines.
    prefix : str
        What every line begins with: ``"# "`` in the header of ECSV.
    parent : str
        Keyword that the block belongs to.

    Returns
    -------
    Parts or None
        `None` where a line is of another form than this module knows.
    """
    try:
        return _block(lines, prefix, parent, depth)
    except _NotCoveredError:
        return None


def _indent(line: str, prefix: str) -> int:
    """Return the column where the content of a line begins; -1 for a line without any, as a comment is."""
    if not line.startswith(prefix):
        if line.strip() == prefix.strip():
            return -1
        raise _NotCoveredError
    content = line[len(prefix) :].lstrip(" ")
    if content[:1] == "\t":
        raise _NotCoveredError
    return -1 if not content.strip() or content[0] == "#" else len(line) - len(content)


def _block(lines: Sequence[str], prefix: str, parent: str, depth: int) -> Parts:
    if depth > _MAX_DEPTH:
        raise _NotCoveredError
    columns = [_indent(line, prefix) for line in lines]
    column = next((one for one in columns if one >= 0), -1)
    if column < 0:
        raise _NotCoveredError
    items: list[Unit] = []
    kinds = set()
    at = 0
    while at < len(lines):
        line, content = lines[at], lines[at][column:].rstrip()
        if columns[at] < 0:
            items.append(Unit(("#", line.strip()), line, line.strip()))
            at += 1
            continue
        if columns[at] != column:
            raise _NotCoveredError
        dashed = content == "-" or content.startswith("- ")
        entry = None if dashed else _ENTRY.match(content)
        is_open = entry is not None and bool(_PROPERTIES.match(content[entry.end() :].strip()))
        end = _end(lines, columns, at, column, is_open)
        own = lines[at:end]
        if dashed:
            kinds.add("item")
            items.append(_item(own, column, prefix, parent, depth))
        elif entry is not None:
            kinds.add("entry")
            name = entry[1].strip("'\" ")
            divide = partial(_entry_parts, own, column + entry.end(), is_open, prefix, name, depth)
            items.append(Unit(("key", name), "".join(own), name, divide))
        elif column == len(prefix) and content.startswith(("---", "...", "%")):
            items.append(Unit(("mark", content), "".join(own), content))
        else:
            raise _NotCoveredError
        at = end
    if len(kinds) > 1:
        raise _NotCoveredError
    union = parent in UNION
    keyed = union or all(unit.key is not None for unit in items)
    if union:
        items = [unit if unit.is_comment else _by_text(unit, column) for unit in items]
    elif not keyed:
        return Parts(
            "block", [_by_number(unit, number, parent) for number, unit in enumerate(items)], keyed=False
        )
    return Parts("block", numbered(items), keyed=keyed)


def _end(lines: Sequence[str], columns: list[int], at: int, column: int, is_open: bool) -> int:
    """Return the line behind the last that belongs to the entry or item in line ``at``."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        if columns[number] < 0:
            continue
        dashed = columns[number] == column and lines[number][column:].rstrip("\n")[:2] in ("-", "- ")
        if columns[number] <= column and not (is_open and dashed):
            break
        end = number + 1
    return end


def _entry_parts(
    own: Sequence[str], value: int, is_open: bool, prefix: str, name: str, depth: int
) -> Parts | None:
    if is_open:
        found = block_parts(own[1:], prefix, name, depth + 1) if len(own) > 1 else None
        return found and Parts("block", found.units, own[0], keyed=found.keyed)
    return _flow_behind(own, value, name)


def _flow_behind(own: Sequence[str], value: int, name: str) -> Parts | None:
    text = "".join(own)
    if text[value:].lstrip(" ")[:1] not in ("[", "{") or len(own) > 1:
        return None
    found = flow_parts(text[value:], name, union=name in UNION)
    return found and Parts("flow", found.units, text[:value] + found.head, found.tail, found.keyed)


def _item(own: Sequence[str], column: int, prefix: str, parent: str, depth: int) -> Unit:
    first = own[0]
    content = first[column + 1 :].lstrip(" ")
    start = len(first) - len(content)
    text, label = "".join(own), parent.lstrip("-")
    bare = content.rstrip()
    if _PROPERTIES.match(bare):
        return Unit(None, text, label, partial(_deeper, own, prefix, parent, depth))
    if bare[0] == "{":
        key = _FIRST_KEY.match(bare)
        name = _NAME.search(bare) if parent == "datatype" or bare.count(":") > 1 else None
        found = ("name", name[1].strip(" '\"")) if name else ("key", key[1].strip("'\"")) if key else None
        return Unit(found, text, found[1] if found else label, partial(_flow_behind, own, start, label))
    if bare[0] == "[":
        return Unit(None, text, label, partial(_flow_behind, own, start, label))
    nested = bare.startswith("- ")
    entry = None if nested else _ENTRY.match(bare)
    if not nested and entry is None:
        return Unit(None, text, label)
    found = None
    inner = parent.removeprefix("-") if parent[:1] == "-" else ""
    if nested:
        word = bare[2:].strip()
        if _WORD.match(word) and not inner:
            found = ("key", word.strip("'\""))
            inner = f"-{found[1]}"
    elif entry is not None:
        found = _name_of(own, start, entry[1].strip("'\" "), parent)
    lead = first[:column] + " " * (start - column)
    divide = partial(_compact, own, first[:start], lead, prefix, inner, depth)
    return Unit(found, text, found[1] if found else label, divide)


def _name_of(own: Sequence[str], start: int, first: str, parent: str) -> tuple[str, str]:
    """Return the key of an item that is a mapping: its ``name``, or its one keyword."""
    entries = [line[start:] for line in own if len(line) - len(line[start:].lstrip(" ")) == start]
    entries = [line for line in entries if _ENTRY.match(line)]
    if parent == "datatype" or len(entries) > 1:
        for line in entries:
            if line.startswith("name:") and (name := line[5:].strip().strip("'\"")):
                return "name", name
    return "key", first


def _compact(own: Sequence[str], head: str, lead: str, prefix: str, parent: str, depth: int) -> Parts | None:
    lines = [lead + own[0][len(head) :], *own[1:]]
    found = block_parts(lines, prefix, parent, depth + 1)
    return found and Parts("compact", found.units, head, keyed=found.keyed, lead=lead)


def _deeper(own: Sequence[str], prefix: str, parent: str, depth: int) -> Parts | None:
    found = block_parts(own[1:], prefix, parent, depth + 1) if len(own) > 1 else None
    return found and Parts("block", found.units, own[0], keyed=found.keyed)


def _by_text(unit: Unit, column: int) -> Unit:
    return Unit(("text", unit.text[column + 1 :].strip().strip("'\"")), unit.text, unit.label, unit.divide)


def _by_number(unit: Unit, number: int, parent: str) -> Unit:
    return Unit(number, unit.text, f"{parent.lstrip('-')}[{number}]", unit.divide)
