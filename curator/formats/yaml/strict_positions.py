"""Where everything stands in YAML of the strict form: the same walk as for its values, with positions.

PyYAML's own marks cost as much as reading the whole file by astropy; a repository with one finding in every
file would pay that for each. `curator.formats.yaml.event_reader` gives the places of any other form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add
from typing import Any

from curator.formats.yaml.positions import (
    LONGEST,
    MOST_PLACED,
    NEXT_LINE,
    ListNode,
    MapNode,
    as_map,
    pack,
    shifted,
)
from curator.formats.yaml.strict_flow import BREAK, flow_item, flow_key, quoted_text, skip_blanks
from curator.formats.yaml.strict_line import LIST, NOTHING, Line, NotCovered
from curator.formats.yaml.strict_reader import BlockReader
from curator.formats.yaml.tags import ECSV_WRITTEN, PROPERTY_LIST, YAML_WRITTEN

__all__ = ["place_blocks", "place_keyword", "place_metadata"]

Node = MapNode | ListNode
# What the lines of a block below a key of the first column begin with.
_INNER = " -#\n"


def place_blocks(
    lines: Sequence[str],
    tags: dict[str, Callable[[Any], Any]],
    origin: Sequence[tuple[int, int]] | None = None,
    memo: dict[str, Line] | None = None,
) -> tuple[Any, Node | None]:
    """Return the value of YAML lines and the places in it, `None` for a scalar.

    Parameters
    ----------
    lines : sequence of str
    tags, memo
        As for `read_blocks`.
    origin : sequence of (int, int), optional
        The file's line, and the columns cut off, of each line; a line's own index where it is left out.

    Raises
    ------
    NotCovered
    """
    reader = _PlacingReader(tags, lines, origin)
    value = reader.read(lines, memo)
    return value, reader.nodes_of[id(reader.root)].children.get(0)


def place_keyword(text: str, end: int, key: str) -> tuple[int, int] | None:
    """Return the places of one keyword and its value in an ECSV header, looking at its own line only.

    Parameters
    ----------
    text : str
        A file whose header `read_blocks` has read.
    end : int
        Where the header ends.
    key : str

    Returns
    -------
    places : (int, int) or None
        `None` where more than that line must be looked at.
    """
    meta = text.find("\n# meta:", 0, end)
    for lead in (f"\n# - {{{key}: ", f"\n# - {key}: ", f"\n#   {key}: "):
        at = text.find(lead, meta, end)
        if meta < 0 or at < 0:
            continue
        if text.find(lead, at + 1, end) >= 0:
            return None
        line = text[at + 3 : text.find("\n", at + 1)]
        try:
            _, node = place_blocks([line], ECSV_WRITTEN, [(text.count("\n", 0, at + 1) + 1, 2)])
        except NotCovered:
            return None
        entry = node.children.get(0) if isinstance(node, ListNode) else node
        if not isinstance(entry, MapNode) or key not in entry.keys or len(entry.keys) > 1:
            return None
        return entry.keys[key], entry.values[key]
    return None


def place_metadata(text: str, metadata: object) -> MapNode | None:
    """Return the places of ``metadata`` and of what stands in it, looking at its own lines only.

    Parameters
    ----------
    text : str
        A YAML file whose lines end with newlines alone.
    metadata : object
        What its reader found there.

    Returns
    -------
    node : MapNode or None
        `None` where more than those lines must be looked at.
    """
    start = 0 if text.startswith("metadata:") else text.find("\nmetadata:") + 1
    if not text.startswith("metadata:", start) or text.find("\nmetadata:", start) >= 0:
        return None
    end = text.find("\n", start)
    while 0 <= end < len(text) - 1 and text[end + 1] in _INNER:
        end = text.find("\n", end + 1)
    lines = (text[start:end] if end >= 0 else text[start:]).split("\n")
    first = text.count("\n", 0, start) + 1
    try:
        value, node = place_blocks(lines, YAML_WRITTEN, [(first + at, 0) for at in range(len(lines))])
    except NotCovered:
        return None
    same = isinstance(value, dict) and value == {"metadata": metadata}
    return node if same and isinstance(node, MapNode) and "metadata" in node.children else None


class _PlacingReader(BlockReader):
    marking = True

    def __init__(
        self,
        tags: dict[str, Callable[[Any], Any]],
        lines: Sequence[str],
        origin: Sequence[tuple[int, int]] | None,
    ) -> None:
        super().__init__(tags)
        self.lines = lines
        self.origin = origin
        self.nodes_of: dict[int, Any] = {id(self.root): ListNode(0)}
        # Where the tag, or the nothing, of the value that is waited for stands.
        self.tag_place = 0
        self.hole = 0
        # The place of the current line's first column, and of each piece if several lines were joined.
        self.first = 0
        self.placed = 0
        self.segments: list[tuple[int, int, int]] = []

    def count(self) -> None:
        """Count one more list or map; `curator.formats.yaml.event_reader` knows the exceptions."""
        self.placed += 1
        if self.placed > MOST_PLACED:
            raise NotCovered("places")

    def packed(self, line: int, column: int, end: int) -> int:
        """Return the place of 0-based columns of a line."""
        number, shift = (line + 1, 0) if self.origin is None else self.origin[line]
        return pack(number, column + shift + 1, end + shift + 1)

    def wait(self, holder: Any, key: Any, column: int, kind: int) -> None:
        super().wait(holder, key, column, kind)
        self.tag_place, self.hole = 0, self.packed(self.at, column + 1, column + 1)

    def put(self, value: Any) -> None:
        node = self.nodes_of[id(self.holder)]
        if self.kind == LIST:
            node.values.append(self.hole)
        else:
            node.values[self.key] = self.hole
        super().put(value)

    def begin(self, column: int, kind: int) -> Any:
        holder, place = self.nodes_of[id(self.holder)], self.tag_place or self.packed(self.at, column, column)
        key = len(self.holder) if self.kind == LIST else self.key
        list_item = self.kind == LIST
        content = super().begin(column, kind)
        self.count()
        self.nodes_of[id(content)] = node = ListNode(place) if kind == LIST else MapNode(place)
        _put(holder, key, place, node, list_item)
        return content

    def close(self) -> None:
        frame = self.stack[-1]
        super().close()
        if frame.tag:
            holder, node = self.nodes_of[id(frame.holder)], self.nodes_of[id(frame.content)]
            if frame.tag == f"!<{PROPERTY_LIST}>":
                holder.children[frame.key] = as_map(node, (0, 2), list(frame.holder[frame.key]))
            elif frame.tag == "!!omap" and type(frame.holder[frame.key]) is dict:
                holder.children[frame.key] = as_map(node)

    def run(self, lines: Sequence[str], start: int, prefix: str, holder: list[Any]) -> int:
        end = super().run(lines, start, prefix, holder)
        node = self.nodes_of[id(holder)]
        cut, lengths = len(prefix), list(map(len, lines[start:end]))
        if self.origin is None and lengths and max(lengths) <= LONGEST:
            # A line further on and a letter longer: a sum instead of a call for each of a hundred thousand.
            first = pack(start + 1, cut + 1, cut + 1) - cut
            places = range(first, first + len(lengths) * NEXT_LINE, NEXT_LINE)
            node.values.extend(map(add, places, lengths))
        else:
            node.values.extend(self.packed(at, cut, len(lines[at])) for at in range(start, end))
        return end

    def mark(self, line: Line, holder: Any, number: int) -> None:
        """Note the places of a line's key and value; ``number`` is the line behind it."""
        _, dashes, column, key, tag, value = line
        text = self.joined(number)
        node = self.nodes_of[id(holder)]
        start = column if column >= 0 else skip_blanks(text, dashes[-1] + 1)
        if column >= 0:
            end = _key_end(text, column)
            node.keys[key] = self.spot(column, end)
            start = skip_blanks(text, text.index(":", end) + 1)
            self.hole = self.spot(text.index(":", end) + 1, text.index(":", end) + 1)
        if value is NOTHING:
            self.tag_place = self.spot(start, start + len(tag)) if tag else 0
            return
        place, child = self.value(text, start)
        _put(node, key if column >= 0 else len(holder), place, child, column < 0)

    def joined(self, number: int) -> str:
        """Return the text of the line, or lines, read last, and remember where its pieces come from."""
        self.first = self.packed(self.at, 0, 0)
        self.segments = []
        if number == self.at + 1:
            return self.lines[self.at]
        text = self.lines[self.at].rstrip(" ")
        self.segments.append((0, self.at, 0))
        for at in range(self.at + 1, number):
            piece = self.lines[at].strip(" ")
            self.segments.append((len(text) + 1, at, len(self.lines[at]) - len(self.lines[at].lstrip(" "))))
            text += BREAK + piece
        return text

    def spot(self, start: int, end: int) -> int:
        """Return the place of a part of the text that `joined` gave."""
        if not self.segments:
            return self.first + shifted(start, end)
        first, at, column = next(segment for segment in reversed(self.segments) if segment[0] <= start)
        inside = end <= (first + len(self.lines[at].strip(" ")) if first else len(self.lines[at]))
        return self.packed(at, start - first + column, (end if inside else start) - first + column)

    def value(self, text: str, start: int) -> tuple[int, Node | None]:
        """Return the place of the value at ``start``, and the places in it."""
        first = text[start]
        if first == "!":
            behind = skip_blanks(text, text.index(" ", start))
            _, child = self.value(text, behind)
            return self.spot(start, start + 1), child
        if first in "[{":
            child, _ = self.flow(text, start)
            return child.place, child
        return self.spot(start, _scalar_end(text, start)), None

    def flow(self, text: str, start: int) -> tuple[Node, int]:
        """Return the places in the braces or brackets at ``start`` and the position behind them."""
        self.count()
        is_map = text[start] == "{"
        place = self.spot(start, start + 1)
        node: Any = MapNode(place) if is_map else ListNode(place)
        at, count = skip_blanks(text, start + 1), 0
        while text[at] not in "]}":
            key: Any = count
            if is_map:
                key, behind = flow_key(text, at)
                node.keys[key] = self.spot(at, at + len(text[at:behind].rstrip(" " + BREAK)) - 1)
                at = behind
            if text[at] in "[{":
                child, end = self.flow(text, at)
                _put(node, key, child.place, child, not is_map)
            else:
                _, end = flow_item(text, at, 0)
                length = len(text[at:end].rstrip(" " + BREAK))
                _put(node, key, self.spot(at, at + length), None, not is_map)
            at, count = skip_blanks(text, end), count + 1
            if text[at] == ",":
                at = skip_blanks(text, at + 1)
        return node, at + 1


def _put(node: Any, key: Any, place: int, child: Node | None, list_item: bool) -> None:
    if list_item:
        node.values.append(place)
    else:
        node.values[key] = place
    if child is not None:
        node.children[key] = child


def _key_end(text: str, start: int) -> int:
    if text[start] in "'\"":
        return quoted_text(text, start)[1]
    end = text.find(": ", start)
    end = end if end >= 0 else len(text.rstrip(" ")) - 1
    return start + len(text[start:end].rstrip(" "))


def _scalar_end(text: str, start: int) -> int:
    if text[start] in "'\"":
        return quoted_text(text, start)[1]
    return start + len(text[start:].partition(" #")[0].rstrip(" "))
