"""Columns of numpy arrays as the bytes and the keywords of a FITS binary table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from curator.errors import FormatError
from curator.formats.fits.cards import escape

if TYPE_CHECKING:
    from curator.formats.fits.fits import FitsColumn

__all__ = ["layout"]

_LETTERS = {
    "b1": "L",
    "u1": "B",
    "i2": "I",
    "i4": "J",
    "i8": "K",
    "f4": "E",
    "f8": "D",
    "c8": "C",
    "c16": "M",
}
# What FITS has no form for, kept in the next wider one.
_WIDER = {"i1": "i2", "f2": "f4"}
_UNSIGNED = {"u2": ("i2", 1 << 15), "u4": ("i4", 1 << 31), "u8": ("i8", 1 << 63)}
_SIGNED = {"u2": "i4", "u4": "i8"}


def layout(columns: Sequence[FitsColumn], rows: int) -> tuple[int, list[tuple[str, str | int]], bytes, bytes]:
    """Return the width of a row in bytes, the keywords of the columns, the rows, and the heap behind them.

    Parameters
    ----------
    columns : sequence of FitsColumn
        Of integers, floats, booleans or text; any shape of cell. An array of arrays of numbers is a column
        of variable length.
    rows : int

    Raises
    ------
    FormatError
        For an array of another kind, or masked integers that leave no value for a null.
    """
    import numpy as np

    keywords: list[tuple[str, str | int]] = []
    dtype: list[tuple[str, str, tuple[int, ...]]] = []
    stored = []
    heap = b""
    for number, column in enumerate(columns, 1):
        if column.array.dtype.kind == "O":
            cells, form, extra, more = _variable(np, column, len(heap))
            heap += more
        else:
            cells, form, extra = _stored(np, column)
        keywords.append((f"TTYPE{number}", column.name))
        keywords.append((f"TFORM{number}", form))
        keywords += [(f"{key}{number}", value) for key, value in extra]
        if column.unit:
            keywords.append((f"TUNIT{number}", column.unit))
        dtype.append((f"f{number}", cells.dtype.str, cells.shape[1:]))
        stored.append(cells)
    table = np.zeros(rows, dtype=dtype)
    for (name, _, _), cells in zip(dtype, stored, strict=True):
        table[name] = cells
    return table.dtype.itemsize, keywords, table.tobytes(), heap


def _variable(
    np: Any, column: FitsColumn, offset: int
) -> tuple[Any, str, list[tuple[str, str | int]], bytes]:
    """Return the descriptors (length, place in the heap) of a column of arrays, and its part of the heap."""
    from curator.formats.fits.fits import FitsColumn

    found = [np.zeros(0) if row is np.ma.masked else row for row in column.array]
    if not all(isinstance(row, np.ndarray) for row in found):
        raise FormatError(f"column {column.name} holds objects that are no arrays", keyword=column.name)
    lengths = [len(row) for row in found]
    rows = [row for row in found if len(row)]
    if len({row.dtype for row in rows}) > 1 or any(row.ndim != 1 or row.dtype.kind in "OU" for row in rows):
        raise FormatError(
            f"column {column.name} of objects cannot be written to a FITS table", keyword=column.name
        )
    whole = np.ma.concatenate(rows) if rows else np.zeros(0)
    if (kind := f"{whole.dtype.kind}{whole.dtype.itemsize}") in _UNSIGNED:
        # In a heap astropy does not undo the shift by which FITS holds unsigned numbers.
        if kind not in _SIGNED:
            raise FormatError(f"column {column.name}: no lists of uint64 in FITS", keyword=column.name)
        whole = whole.astype(_SIGNED[kind])
    cells, form, extra = _stored(np, FitsColumn(column.name, whole))
    places = offset + cells.dtype.itemsize * (np.cumsum(lengths) - lengths)
    if len(lengths) and places[-1] + lengths[-1] * cells.dtype.itemsize > np.iinfo("i4").max:
        raise FormatError(f"column {column.name} is too large", keyword=column.name)
    descriptors = np.column_stack([lengths, places]).astype(">i4")
    return descriptors, f"1P{form}({max(lengths, default=0)})", extra, cells.tobytes()


def _stored(np: Any, column: FitsColumn) -> tuple[Any, str, list[tuple[str, str | int]]]:
    """Return a column's big-endian cells, its TFORM, and what else describes it."""
    array = column.array
    if array.ndim == 0 or array.dtype.kind not in "biufcUS":
        raise FormatError(
            f"column {column.name} of {array.dtype} cannot be written to a FITS table", keyword=column.name
        )
    if array.dtype.kind in "US":
        return _text(np, column.name, array)
    extra: list[tuple[str, str | int]] = []
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    mask = (
        np.ma.getmaskarray(array) if isinstance(array, np.ma.MaskedArray) and np.ma.is_masked(array) else None
    )
    if mask is not None and kind == "b1":
        raise FormatError(
            f"column {column.name} has missing booleans, which FITS readers cannot tell from False",
            keyword=column.name,
            hint="write True or False in every row, or declare the column int8",
        )
    data = np.asarray(array)
    if kind in _WIDER:
        kind = _WIDER[kind]
    if mask is not None and kind in _SIGNED:
        kind = _SIGNED[kind]
    if kind in _UNSIGNED:
        if mask is not None:
            raise FormatError(f"column {column.name}: FITS has no null for uint64", keyword=column.name)
        kind, zero = _UNSIGNED[kind]
        extra.append(("TZERO", zero))
        data = (data ^ data.dtype.type(zero)).view(kind)
    if kind not in _LETTERS:
        raise FormatError(
            f"column {column.name} of {array.dtype} cannot be written to a FITS table", keyword=column.name
        )
    if kind == "b1":
        data = np.where(data, ord("T"), ord("F")).astype("u1")
    else:
        data = data.astype(">" + kind)
        if mask is not None:
            extra += _fill(np, column.name, data, mask)
    count = 1
    for size in data.shape[1:]:
        count *= size
    form = _LETTERS[kind] if data.ndim == 1 else f"{count}{_LETTERS[kind]}"
    return data, form, _dimensions(data.shape[1:]) + extra


def _fill(np: Any, name: str, data: Any, mask: Any) -> list[tuple[str, str | int]]:
    """Put NaN or a null value where cells are masked; return the keyword that says which."""
    if data.dtype.kind in "fc":
        data[mask] = np.nan
        return []
    limits = np.iinfo(data.dtype)
    present = data[~mask]
    for null in (
        int(limits.min),
        int(limits.max),
        *range(int(limits.min), int(limits.min) + len(present) + 2),
    ):
        if null <= limits.max and not (present == null).any():
            data[mask] = null
            return [("TNULL", null)]
    raise FormatError(f"column {name} has no value left for a null", keyword=name)


def _dimensions(shape: tuple[int, ...]) -> list[tuple[str, str | int]]:
    if len(shape) > 1 or shape == (1,):
        return [("TDIM", "(" + ",".join(str(size) for size in reversed(shape)) + ")")]
    return []


def _text(np: Any, name: str, array: Any) -> tuple[Any, str, list[tuple[str, str | int]]]:
    values = (
        array.filled("" if array.dtype.kind == "U" else b"")
        if isinstance(array, np.ma.MaskedArray)
        else array
    )
    flat = [one if isinstance(one, str) else one.decode("latin-1") for one in values.ravel().tolist()]
    joined = "|".join(flat) + "|"
    if joined.isascii() and joined.isprintable() and "\\" not in joined and " |" not in joined:
        data = np.array(flat, dtype="S").reshape(array.shape)  # nothing there to escape
    else:
        data = np.array([escape(one).encode("ascii") for one in flat], dtype="S").reshape(array.shape)
    width = data.dtype.itemsize
    if array.ndim == 1:
        return data, f"{width}A", []
    shape = (*array.shape[1:], width)
    total = 1
    for size in shape:
        total *= size
    return data, f"{total}A", [("TDIM", "(" + ",".join(str(size) for size in reversed(shape)) + ")")]
