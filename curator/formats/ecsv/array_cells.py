"""Array cells of an ECSV file: JSON in a column of strings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curator.formats.ecsv.header_yaml import INTEGERS, Declaration
from curator.formats.yaml.strict_line import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["array_converter"]


def array_converter(column: Declaration) -> Callable[[Sequence[str]], list[Any]]:
    """Return the function that turns the cells of an array column into nested lists.

    `None` stands for a missing element; an empty cell is `None` itself.
    """
    import json

    from curator.formats.ecsv.strict_rows import FLOATS

    subtype, shape = column.subtype, column.shape
    if subtype == "json" and not shape:
        return lambda cells: [_loads(json, cell) for cell in cells]
    kinds: frozenset[type]
    low, high = 0, 0
    if subtype in FLOATS:
        kinds = frozenset((float, int))
    elif subtype in INTEGERS:
        kinds = frozenset((int,))
        low, high = INTEGERS[subtype]
    elif subtype == "bool":
        kinds = frozenset((bool,))
    else:
        raise NotCovered("subtype")
    if not shape or 0 in shape or None in shape[:-1]:
        raise NotCovered("shape")

    def convert(cells: Sequence[str]) -> list[Any]:
        found = []
        for cell in cells:
            if not cell:
                raise NotCovered("missing array")
            value = _loads(json, cell)
            leaves = _leaves(value, shape)
            types = set(map(type, leaves))
            if not types <= kinds:
                raise NotCovered("array element")
            if low != high and leaves and (min(leaves) < low or max(leaves) > high):
                raise NotCovered("array element range")
            if float in kinds and int in types:
                value = _as_float(value, len(shape))
            found.append(value)
        return found

    return convert


def _loads(json: Any, cell: str) -> Any:
    try:
        return json.loads(cell)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError:
        raise NotCovered("JSON") from None


def _leaves(value: Any, shape: tuple[int | None, ...]) -> list[Any]:
    level = [value]
    for size in shape:
        if not all(type(one) is list and (size is None or len(one) == size) for one in level):
            raise NotCovered("array shape")
        level = level[0] if len(level) == 1 else [item for one in level for item in one]
    return level


def _as_float(value: Any, depth: int) -> Any:
    if depth == 1:
        return [float(one) for one in value]
    return [_as_float(one, depth - 1) for one in value]
