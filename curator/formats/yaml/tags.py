"""The YAML tags that are understood, as plain Python values. No tag ever names code to run."""

from __future__ import annotations

__all__ = [
    "ECSV_TAGS",
    "ECSV_WRITTEN",
    "PROPERTY_LIST",
    "YAML_TAGS",
    "YAML_WRITTEN",
    "Box",
    "DuplicateKey",
    "NoEntry",
    "Point",
    "PropertyList",
    "Tagged",
    "construct",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Constructor: TypeAlias = Callable[[Any], Any]

_STANDARD = "tag:yaml.org,2002:"
_APPLY = _STANDARD + "python/object/apply:lsst.geom."
PROPERTY_LIST = "lsst.daf.base.PropertyList"
PROPERTY_TYPES = frozenset(
    ("Bool", "Char", "SignedChar", "UnsignedChar", "Short", "UnsignedShort", "Int", "UnsignedInt", "Long",
     "UnsignedLong", "LongLong", "UnsignedLongLong", "Float", "Double", "String", "DateTime", "Undef")
)  # fmt: skip


class DuplicateKey(ValueError):
    """A keyword is a duplicate in one list of keywords."""

    def __init__(self, key: Any, index: int) -> None:
        super().__init__(f"key {key!r:.80} is a duplicate")
        self.key = key
        self.index = index


class NoEntry(ValueError):
    """An item of an ordered map is not one keyword and its value."""

    def __init__(self, index: int) -> None:
        super().__init__("an ordered map is a list of one-entry maps")
        self.index = index


class Point(tuple[int, int]):
    """An ``lsst.geom.Point2I`` or ``Extent2I``: (x, y)."""

    __slots__ = ()


class Box:
    """An ``lsst.geom.Box2I``: two inclusive corners, in pixels.

    Parameters
    ----------
    x0, y0 : int
        Lower-left pixel.
    x1, y1 : int
        Upper-right pixel, inside the box.
    """

    __slots__ = ("x0", "x1", "y0", "y1")
    x0: int
    y0: int
    x1: int
    y1: int

    def __init__(self, x0: int, y0: int, x1: int, y1: int) -> None:
        for name, value in zip(("x0", "y0", "x1", "y1"), (x0, y0, x1, y1), strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Box does not change: {name}")

    def __reduce__(self) -> tuple[type[Box], tuple[int, int, int, int]]:
        return Box, self.corners

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Box) and self.corners == other.corners

    def __hash__(self) -> int:
        return hash(self.corners)

    def __repr__(self) -> str:
        return f"Box{self.corners}"

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """The four numbers ``(x0, y0, x1, y1)``."""
        return self.x0, self.y0, self.x1, self.y1

    @property
    def width(self) -> int:
        """Columns, pixels."""
        return self.x1 - self.x0 + 1

    @property
    def height(self) -> int:
        """Rows, pixels."""
        return self.y1 - self.y0 + 1


class PropertyList(dict[str, object]):
    """An ``lsst.daf.base.PropertyList``: keyword -> value, with type name and comment of each.

    ``types`` and ``comments`` hold the second and fourth entry of every item; keys set later have neither
    and `write_yaml` derives the type from the value.
    """

    __slots__ = ("comments", "types")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types: dict[str, str] = {}
        self.comments: dict[str, str] = {}


class Tagged:
    """A value with a tag that only astropy understands; kept as it stands."""

    __slots__ = ("tag", "value")

    def __init__(self, tag: str, value: Any) -> None:
        self.tag = tag
        self.value = value

    def __repr__(self) -> str:
        return f"Tagged({self.tag!r}, {self.value!r})"


def _tuple(value: Any) -> Any:
    if type(value) is not list:
        raise ValueError("a tuple is written as a list")
    return tuple(value)


def _point(value: Any) -> Point:
    if type(value) is not list or len(value) != 2 or {type(one) for one in value} != {int}:
        raise ValueError("a point is a list of two integers")
    return Point(value)


def _box(value: Any) -> Box:
    if type(value) is not list or len(value) != 2 or not all(type(one) is Point for one in value):
        raise ValueError("a box is a list of two points, its inclusive corners")
    return Box(*value[0], *value[1])


def _properties(value: Any) -> PropertyList:
    if type(value) is not list:
        raise ValueError("a PropertyList is a list of [name, type, value, comment]")
    found = PropertyList()
    for index, item in enumerate(value):
        if type(item) is not list or len(item) != 4 or not all(type(item[n]) is str for n in (0, 1, 3)):
            raise ValueError(f"a PropertyList holds [name, type, value, comment], not {item!r:.80}")
        name, kind, content, comment = item
        if kind not in PROPERTY_TYPES:
            raise ValueError(f"{kind!r:.40} is not a PropertyList type ({name})")
        if name in found:
            raise DuplicateKey(name, index)
        found[name], found.types[name], found.comments[name] = content, kind, comment
    return found


def _pairs(value: Any) -> list[tuple[Any, Any]]:
    if type(value) is not list:
        raise ValueError("an ordered map is a list of one-entry maps")
    for index, entry in enumerate(value):
        if type(entry) is not dict or len(entry) != 1:
            raise NoEntry(index)
    return [pair for one in value for pair in one.items()]


def _omap(value: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for index, (key, content) in enumerate(_pairs(value)):
        if key in found:
            raise DuplicateKey(key, index)
        found[key] = content
    return found


def _unit(value: Any) -> Tagged:
    if type(value) is not dict or type(value.get("unit")) is not str:
        raise ValueError("an astropy unit is written {unit: text}")
    return Tagged("!astropy.units.Unit", value)


def _column(value: Any) -> Tagged:
    if type(value) is not dict:
        raise ValueError("an astropy SerializedColumn is a map")
    return Tagged("!astropy.table.SerializedColumn", value)


# Keys are what a parser reports: handles expanded.
YAML_TAGS: dict[str, Constructor] = {
    _STANDARD + "python/tuple": _tuple,
    _STANDARD + "omap": _pairs,
    _STANDARD + "pairs": _pairs,
    _APPLY + "Point2I": _point,
    _APPLY + "Extent2I": _point,
    _APPLY + "Box2I": _box,
    PROPERTY_LIST: _properties,
}
ECSV_TAGS: dict[str, Constructor] = {
    _STANDARD + "python/tuple": _tuple,
    _STANDARD + "omap": _omap,
    _STANDARD + "pairs": _pairs,
    "!astropy.units.Unit": _unit,
    "!astropy.table.SerializedColumn": _column,
}

# The same by how they are written.
YAML_WRITTEN: dict[str, Constructor] = {
    "!!python/tuple": _tuple,
    "!!omap": _pairs,
    "!!python/object/apply:lsst.geom.Point2I": _point,
    "!!python/object/apply:lsst.geom.Extent2I": _point,
    "!!python/object/apply:lsst.geom.Box2I": _box,
    f"!<{PROPERTY_LIST}>": _properties,
}
ECSV_WRITTEN: dict[str, Constructor] = {
    "!!python/tuple": _tuple,
    "!!omap": _omap,
    "!astropy.units.Unit": _unit,
    "!astropy.table.SerializedColumn": _column,
}


def construct(tags: dict[str, Any], tag: str, value: Any) -> Any:
    """Return what ``tag`` makes of a list or map; `ValueError` for a bad form."""
    return tags[tag](value)
