"""Values of cells and keywords as plain Python: comparable, sortable, and writable as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import ne

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    import numpy as np

    # None (an empty cell), truth, a number, text, or a tuple of such.
    Value: TypeAlias = Any
else:
    Value = object

__all__ = ["Value", "decoded", "encoded", "plain", "plain_cells", "plain_column", "rank", "same", "typed"]

_INFINITIES = {"inf": math.inf, "-inf": -math.inf}


def plain(value: Any) -> Value:
    """Return one value as plain Python; every NaN is the same object, so that tuples with it are equal."""
    if isinstance(value, float):
        return math.nan if value != value else value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    return plain(value.tolist())


def plain_column(array: np.ndarray[Any, Any]) -> list[Value]:
    """Return the rows of a column as plain Python, empty cells as `None`."""
    import numpy as np

    values = array.tolist()
    simple = array.dtype.kind in "biuU" or (
        array.dtype.kind == "f" and not np.isnan(np.ma.getdata(array)).any()
    )
    return values if simple and array.ndim == 1 else [plain(value) for value in values]


def plain_cells(values: list[Any]) -> list[Value]:
    """Return numbers, truths, texts, or lists of such as plain Python."""
    simple = not isinstance(next(iter(values), None), list) and not any(map(ne, values, values))
    return values if simple else list(map(plain, values))


def same(mine: Value, other: Value) -> bool:
    """Return whether two plain values are equal; NaN equals NaN."""
    return (mine,) == (other,)


def typed(value: Value) -> Any:
    """Return a value with its type: 1, 1.0 and True are equal in Python, and different in a header."""
    return tuple(map(typed, value)) if isinstance(value, tuple) else (type(value), value)


def rank(value: Value) -> tuple[Any, ...]:
    """Return what plain values of any kinds are sorted by."""
    if value is None:
        return (0,)
    if isinstance(value, int | float):
        return (1, 1, 0.0) if value != value else (1, 0, value)
    if isinstance(value, str):
        return (2, value)
    return (3, tuple(map(rank, value)))


def encoded(value: Value) -> Any:
    """Return a plain value as JSON holds it: what JSON has no number for as ``{"float": "nan"}``."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": str(value)}
    if isinstance(value, tuple | list):
        return [encoded(one) for one in value]
    return value


def decoded(value: Any) -> Value:
    """Undo `encoded`."""
    if isinstance(value, dict):
        return _INFINITIES.get(value.get("float", ""), math.nan)
    if isinstance(value, list):
        return tuple(map(decoded, value))
    return value


def distinct(values: Iterable[Value]) -> list[Value]:
    """Return each value once, sorted."""
    return sorted(dict.fromkeys(values), key=rank)
