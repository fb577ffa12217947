"""Where every value of a file stands, found only when somebody asks.

Most files have nothing wrong, so nobody asks; then no place is ever computed. A list of a hundred
thousand numbers costs eight bytes a place.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping

from curator.formats.document import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

__all__ = [
    "LONGEST",
    "MOST_PLACED",
    "NEXT_LINE",
    "ListNode",
    "MapNode",
    "Places",
    "as_map",
    "pack",
    "shifted",
    "unpack",
]

Node: TypeAlias = "MapNode | ListNode"
PathKey: TypeAlias = "tuple[str | int, ...]"

# Lists and maps of a file in which places are told apart: what stands in later ones is at their start.
# Each takes a hundred times as much memory as the shortest takes in a file.
MOST_PLACED = 50_000
# Beyond this many questions it is cheaper to know all places.
_FEW = 4
_COLUMN_BITS, _SPAN_BITS = 26, 12
_COLUMN_MASK, _SPAN_MASK = (1 << _COLUMN_BITS) - 1, (1 << _SPAN_BITS) - 1
# The longest text whose end is kept, and what to add to a place for the same columns of the next line.
LONGEST = _SPAN_MASK
NEXT_LINE = 1 << (_COLUMN_BITS + _SPAN_BITS)


def pack(line: int, column: int, end: int) -> int:
    """Return a place as one 64-bit number; texts longer than 4095 characters lose their end."""
    span = max(0, end - column)
    return (
        line << (_COLUMN_BITS + _SPAN_BITS) | min(column, _COLUMN_MASK) << _SPAN_BITS | min(span, _SPAN_MASK)
    )


def shifted(start: int, end: int) -> int:
    """Return what to add to the place of a line's first column for a part of it, 0-based."""
    return start << _SPAN_BITS | (end - start if end - start < _SPAN_MASK else _SPAN_MASK)


def unpack(packed: int) -> Place:
    """Return the place that `pack` was given."""
    column = packed >> _SPAN_BITS & _COLUMN_MASK
    return Place(packed >> (_COLUMN_BITS + _SPAN_BITS), column, column + (packed & _SPAN_MASK))


class MapNode:
    """Places in a map: of its own start, and by key those of the key and of the value."""

    __slots__ = ("children", "keys", "place", "values")

    def __init__(self, place: int) -> None:
        self.place = place
        self.keys: dict[Any, int] = {}
        self.values: dict[Any, int] = {}
        self.children: dict[Any, Node] = {}


class ListNode:
    """Places in a list: of its own start, and of every item."""

    __slots__ = ("children", "place", "values")

    def __init__(self, place: int) -> None:
        self.place = place
        self.values = array("Q")
        self.children: dict[int, Node] = {}


def as_map(node: Node, columns: tuple[int, int] | None = None, names: list[str] | None = None) -> Node:
    """Return the places of a list of one-entry maps (or of a PropertyList) by key, as its value is read."""
    found = MapNode(node.place)
    for number, child in node.children.items():
        if isinstance(child, MapNode):
            found.keys |= child.keys
            found.values |= child.values
            found.children |= child.children
        elif columns and names and len(child.values) > max(columns) and number < len(names):
            key, value = columns
            found.keys[names[number]] = child.values[key]
            found.values[names[number]] = child.values[value]
            if value in child.children:
                found.children[names[number]] = child.children[value]
    return found


class Places(Mapping[PathKey, Place]):
    """Mapping of path to `Place`, of keys or of values; the tree behind it is made on first use.

    Parameters
    ----------
    make : callable
        Returns the trees that are looked through in turn; the two mappings of one document share it.
    keys : bool
        Give the place of the key of a map's entry instead of its value.
    quick : callable, optional
        Returns the packed places of one keyword and its value without making the trees, `None` if it
        cannot; it raises `KeyError` where there is no such place.
    """

    __slots__ = ("_asked", "_keys", "_make", "_quick", "_roots")

    def __init__(
        self,
        make: Callable[[], tuple[Node, ...]],
        keys: bool,
        quick: Callable[[str], tuple[int, int] | None] | None = None,
    ) -> None:
        self._make = make
        self._quick = quick
        self._asked = 0
        self._keys = keys
        self._roots: tuple[Node, ...] | None = None

    def __getitem__(self, path: PathKey) -> Place:
        if self._roots is None:
            if self._quick is not None and self._asked < _FEW and len(path) == 1 and isinstance(path[0], str):
                self._asked += 1
                found = self._quick(path[0])
                if found is not None:
                    return unpack(found[0 if self._keys else 1])
            self._roots = self._make()
        for root in self._roots:
            packed = _find(root, path, self._keys)
            if packed is not None:
                return unpack(packed)
        raise KeyError(path)

    def __iter__(self) -> Iterator[PathKey]:
        if self._roots is None:
            self._roots = self._make()
        seen = set()
        for root in self._roots:
            for path in _walk(root):
                if path not in seen:
                    seen.add(path)
                    yield path

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _find(root: Node, path: PathKey, keys: bool) -> int | None:
    node: Node | None = root
    for step in path[:-1]:
        node = node.children.get(step) if node is not None else None  # type: ignore[arg-type]
    if node is None or not path:
        return None
    last = path[-1]
    if isinstance(node, MapNode):
        return (node.keys if keys else node.values).get(last)
    if isinstance(last, int) and not isinstance(last, bool) and 0 <= last < len(node.values):
        return node.values[last]
    return None


def _walk(root: Node) -> Iterator[PathKey]:
    waiting: list[tuple[PathKey, Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        keys = node.values if isinstance(node, MapNode) else range(len(node.values))
        for key in keys:
            yield (*path, key)
            child = node.children.get(key)
            if child is not None:
                waiting.append(((*path, key), child))
