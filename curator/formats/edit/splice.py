"""Edits of one value in a YAML file that people keep by hand; every other byte stays as it is.

ruamel.yaml finds the characters that a value takes, and only these are replaced: its own output would alter
floats and drop carriage returns. The result is read again, and must hold the old values with the one change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from curator.errors import FormatError
from curator.formats.edit.new_file import write_yaml
from curator.formats.edit.source_spans import require_plain_lines
from curator.formats.yaml.reader import load_yaml
from curator.formats.yaml.writer import as_quoted, flow, scalar

__all__ = ["append_item", "remove_entries", "remove_entry", "set_value"]

Keys = Sequence[str | int]
_Edit = tuple[int, int, str]

# ruamel.yaml takes a second for some 60 kB.
_MAX_CHARACTERS = 1 << 18


def set_value(path: str, raw: bytes, keys: Keys, value: object) -> bytes:
    """Return a YAML file with another value in one place.

    Parameters
    ----------
    path : str
        As errors name it.
    raw : bytes
    keys : sequence of str or int
        Keys of maps and indices of lists that lead there. A last key that does not exist yet becomes the last
        one of its map.
    value : object
        What `write_yaml` writes.

    Raises
    ------
    FormatError
        The file cannot be read, or the edit would change something else.
    """
    tree = load_yaml(raw, path)
    *above, last = keys
    holder = _at(path, tree, above)
    is_new = isinstance(holder, dict) and last not in holder
    if not is_new and repr(_at(path, tree, keys)) == repr(value):
        return raw

    def change(old: Any) -> Any:
        if isinstance(old, dict):
            return {**old, last: value}
        return [*old[:last], value, *old[int(last) + 1 :]]

    text = _Text(path, raw)
    edits = text.adding(above, str(last), value) if is_new else text.replacing(keys, value)
    return text.spliced(edits, _changed(tree, above, change))


def append_item(path: str, raw: bytes, keys: Keys, item: object) -> bytes:
    """Return a YAML file with one item more in a list; see `set_value`."""
    tree = load_yaml(raw, path)
    if not isinstance(_at(path, tree, keys), list):
        raise FormatError("is not a list", path=path, keyword=_named(keys))
    text = _Text(path, raw)
    return text.spliced(text.adding(keys, None, item), _changed(tree, keys, lambda old: [*old, item]))


def remove_entry(path: str, raw: bytes, keys: Keys) -> bytes:
    """Return a YAML file without one key of a map or item of a list; see `set_value`."""
    return remove_entries(path, raw, [keys])


def remove_entries(path: str, raw: bytes, places: Sequence[Keys]) -> bytes:
    """Return a YAML file without some entries, no two of them of the same map or list; see `set_value`."""
    tree = load_yaml(raw, path)
    text = _Text(path, raw)
    edits: list[_Edit] = []
    for keys in places:
        _at(path, tree, keys)
        edits += text.removing(keys)
        tree = _changed(tree, keys[:-1], partial(_without, keys[-1]))
    return text.spliced(edits, tree)


def _without(last: str | int, old: Any) -> Any:
    if isinstance(old, dict):
        return {key: one for key, one in old.items() if key != last}
    return [one for number, one in enumerate(old) if number != last]


def _at(path: str, tree: Any, keys: Keys) -> Any:
    for number, key in enumerate(keys):
        fits = key in tree if isinstance(tree, dict) else isinstance(tree, list) and key in range(len(tree))
        if not fits:
            raise FormatError(f"there is no {_named(keys[: number + 1])}", path=path, keyword=_named(keys))
        tree = tree[key]
    return tree


def _changed(tree: Any, keys: Keys, change: Callable[[Any], Any]) -> Any:
    if not keys:
        return change(tree)
    copy = tree.copy()
    copy[keys[0]] = _changed(tree[keys[0]], keys[1:], change)
    return copy


def _named(keys: Keys) -> str:
    return ".".join(map(str, keys))


@lru_cache(maxsize=1)
def _composed(path: str, text: str) -> Any:
    import warnings

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        with warnings.catch_warnings(action="ignore"):  # of anchors that stand twice
            return YAML(typ="rt").compose(text)
    except YAMLError:  # YAML 1.2 refuses a few texts of YAML 1.1
        raise _impossible(path) from None


class _Entry(NamedTuple):
    """One key of a map, or item of a list, in characters; ``gap`` is behind the colon, or before the item."""

    start: int
    gap: int
    end: int
    node: Any


class _Text:
    """The characters of one file, and the nodes that ruamel.yaml makes of them."""

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.text = raw.decode()
        require_plain_lines(path, self.text)
        if len(self.text) > _MAX_CHARACTERS:
            raise _impossible(path)
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.root = _composed(path, self.text)

    def replacing(self, keys: Keys, value: object) -> list[_Edit]:
        """Return the edits that put another value at ``keys``."""
        box, number = self._entry(keys)
        entry = self._entries(box)[number]
        is_collection = isinstance(value, (list, dict))
        if is_collection and value and box.id == "mapping" and not box.flow_style:
            lines = write_yaml({"_": value}).decode().split("\n")[1:-1]
            below = self._insertion(self._next_line(entry.end), self._lead(entry.start), lines)
            return [(entry.gap, entry.end, self._closing(entry)), below]
        new = as_quoted(value, getattr(entry.node, "style", None) or "")
        new = new or (flow(value) if is_collection or box.flow_style else scalar(value))
        start = entry.node.start_mark.index
        if "\n" in self.text[entry.gap : start] or start >= entry.end:
            start, new = entry.gap, f" {new}"
        return [(start, entry.end, new + self._closing(entry))]

    def adding(self, keys: Keys, key: str | None, value: object) -> list[_Edit]:
        """Return the edits that put an entry behind the last one of the map or list at ``keys``."""
        box = self._node(keys)
        entries = self._entries(box)
        if box.flow_style:
            new = flow(value) if key is None else flow({key: value})[1:-1]
            end = entries[-1].end if entries else box.end_mark.index - 1
            return [(end, end, f", {new}" if entries else new)]
        if not entries:
            raise _impossible(self.path)
        lines = write_yaml([value] if key is None else {key: value}).decode().split("\n")[:-1]
        start = entries[0].start
        if key is None:
            start = self.text.rindex("-", 0, start)
        # Comments behind the last entry of a whole file are of the file.
        end = self._next_line(entries[-1].end) if keys else box.end_mark.index
        return [self._insertion(end, self._lead(start), lines)]

    def removing(self, keys: Keys) -> list[_Edit]:
        """Return the edits that take an entry out."""
        box, number = self._entry(keys)
        entries = self._entries(box)
        start, end = entries[number].start, entries[number].end
        line = self.text.rfind("\n", 0, start) + 1
        mark = "-" if box.id == "sequence" else ""
        if not box.flow_style and self.text[line:start].strip(" \ufeff") == mark:
            return [(line, self._next_line(end), "")]
        before, behind = start, end
        if number + 1 < len(entries):
            behind = entries[number + 1].start
        elif number:
            before = entries[number - 1].end
        if "#" in self.text[before:start] + self.text[end:behind]:
            raise _impossible(self.path)
        return [(before, behind, "")]

    def spliced(self, edits: list[_Edit], wanted: Any) -> bytes:
        """Return the file with edits made, if it then holds ``wanted``."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        data = text.encode()
        try:
            is_same = repr(load_yaml(data, self.path)) == repr(wanted)
        except FormatError:
            is_same = False
        if not is_same:
            raise _impossible(self.path)
        return data

    # Characters

    def _node(self, keys: Keys) -> Any:
        if not keys:
            return self.root
        box, number = self._entry(keys)
        return self._entries(box)[number].node

    def _entry(self, keys: Keys) -> tuple[Any, int]:
        """Return the node of the map or list that holds an entry, and the entry's number in it."""
        *above, last = keys
        box = self._node(above)
        if box.id == "sequence":
            return box, int(last)
        for number, (key, _) in enumerate(box.value):
            if key.value == last:
                return box, number
        raise _impossible(self.path)

    def _entries(self, box: Any) -> list[_Entry]:
        if box.id == "sequence":
            return [
                _Entry(start := one.start_mark.index, start, self._end(one, start), one) for one in box.value
            ]
        found = []
        for key, value in box.value:
            gap = self.text.find(":", key.end_mark.index) + 1
            if not gap:  # a key that has no value
                raise _impossible(self.path)
            found.append(_Entry(key.start_mark.index, gap, self._end(value, gap), value))
        return found

    def _end(self, node: Any, gap: int) -> int:
        """Return where a value ends: the mark of a block is behind the comments that follow it."""
        if node.id != "scalar" and not node.flow_style:
            return self._entries(node)[-1].end
        return max(gap, node.end_mark.index) if node.start_mark.index < node.end_mark.index else gap

    def _closing(self, entry: _Entry) -> str:
        """Return the line end that a text below a ``|`` ends with, which what replaces it lacks."""
        return self.newline if self.text[entry.gap : entry.end].endswith("\n") else ""

    def _lead(self, at: int) -> str:
        """Return blanks up to the column of a character."""
        return " " * len(self.text[self.text.rfind("\n", 0, at) + 1 : at].lstrip("\ufeff"))

    def _next_line(self, at: int) -> int:
        if self.text[at - 1 : at] == "\n":
            return at
        return self.text.find("\n", at) + 1 or len(self.text)

    def _insertion(self, at: int, lead: str, lines: Sequence[str]) -> _Edit:
        is_open = at and self.text[at - 1] != "\n"
        text = "".join(f"{lead}{line}{self.newline}" if line else self.newline for line in lines)
        return at, at, (self.newline if is_open else "") + text


def _impossible(path: str) -> FormatError:
    return FormatError(
        "curator cannot change it safely in this form", path=path, hint="change it in a text editor"
    )
