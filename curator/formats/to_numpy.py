"""Columns as numpy arrays, exactly as astropy would hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curator.errors import FormatError

if TYPE_CHECKING:
    import numpy as np

    from curator.formats.document import Column

__all__ = ["to_array"]

# An array of fixed-width text takes (longest cell x rows x 4) bytes.
MAX_TEXT_BYTES = 1 << 30


def to_array(column: Column) -> np.ndarray[Any, Any]:
    """Return a column's values as an array; masked where cells or elements are empty.

    Parameters
    ----------
    column : Column

    Returns
    -------
    array : numpy.ndarray or numpy.ma.MaskedArray
        Of shape ``(rows, *column.shape)``; a column of variable length is an object array of arrays.

    Raises
    ------
    FormatError
        If the values are not what the column declares.
    """
    import numpy as np

    try:
        with np.errstate(all="ignore"):
            found: np.ndarray[Any, Any] = _array(np, column)
            return found
    except (ValueError, TypeError, OverflowError, MemoryError) as error:
        raise FormatError(f"column {column.name} is not an array of {column.datatype}: {error}") from None


def _array(np: Any, column: Column) -> Any:
    values = column.values
    if column.subtype is None and not column.shape:
        return _scalars(np, column, values)
    shape = column.shape or ()
    if column.subtype in ("json", "object"):
        found = np.empty([len(values), *shape], dtype=object)
        found[...] = [0 if value is None else value for value in values]
        return _with_mask(np, found, values)
    if shape and shape[-1] is None:
        found = np.empty(len(values), dtype=object)
        for number, value in enumerate(values):
            found[number] = _masked(np, [] if value is None else value, column.subtype)
        return _with_mask(np, found, values)
    if any(value is None for value in values):
        hole = np.full(shape, None, dtype=object).tolist()
        values = [hole if value is None else value for value in values]
    if not values:
        return np.empty((0, *shape), dtype=_dtype(column.subtype))
    return _masked(np, values, column.subtype)


def _dtype(name: str | None) -> str:
    return "str" if name == "string" or name is None else name


def _scalars(np: Any, column: Column, values: list[Any]) -> Any:
    dtype = _dtype(column.datatype)
    if dtype == "str" and values:
        longest = max(len(one) for one in values if one is not None) if any(values) else 1
        if longest * len(values) * 4 > MAX_TEXT_BYTES:
            raise ValueError("one long text among many rows would need too much memory")
    if dtype == "object":
        found = np.empty(len(values), dtype=object)
        found[:] = values
        return found
    if None not in values:
        return np.array(values, dtype=dtype)
    fill: Any = "0" if dtype == "str" else 0
    data = np.array([fill if value is None else value for value in values], dtype=dtype)
    return np.ma.array(data, mask=[value is None for value in values])


def _with_mask(np: Any, data: Any, values: list[Any]) -> Any:
    if not any(value is None for value in values):
        return data
    mask = np.zeros(data.shape, dtype=bool)
    mask[[value is None for value in values]] = True
    return np.ma.array(data, mask=mask)


def _masked(np: Any, values: Any, subtype: str | None) -> Any:
    """Return nested lists as one array; masked if an element is missing."""
    dtype = _dtype(subtype)
    data = np.array(values, dtype=object)
    mask = np.equal(data, None)
    if not mask.any():
        return data.astype(dtype)
    data[mask] = "" if dtype == "str" else 0
    return np.ma.array(data.astype(dtype), mask=mask)
