"""Columns between text, memory and FITS."""

from __future__ import annotations

from collections.abc import Sequence

from curator.calibrations.fits.units import fits_unit, text_unit
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from curator.formats.document import Column
    from curator.formats.fits.fits import FitsColumn, TableData

__all__ = ["fits_column", "from_fits", "same_tables", "text_column", "to_fits"]

# FITS tables know neither; the next wider type holds every value. Unsigned ones have no null there.
_WIDER = {"f2": "float32", "i1": "int16"}
_WIDER_MASKED = {**_WIDER, "u2": "int32", "u4": "int64"}
_NARROWER = {"f16": "float64", "f12": "float64"}


def fits_column(column: Column) -> FitsColumn:
    """Return a column of a text file as an array that FITS can hold.

    An empty cell is NaN among floats and empty text among texts, for FITS has no other sign; whole numbers
    stay masked.

    Raises
    ------
    CalibrationError
        It holds objects, or numbers too large for FITS.
    """
    from curator.calibrations.fits.text_column import TextColumn
    from curator.formats.fits.fits import FitsColumn

    if TextColumn.can_hold(column):
        return TextColumn(column)
    return FitsColumn(column.name, _held(column.array(), column.name), column.unit, column.description)


def _held(array: np.ndarray[Any, Any], label: str) -> np.ndarray[Any, Any]:
    import numpy as np

    kind = array.dtype.kind
    if kind == "O":
        return _held_objects(array, label)
    if kind not in "biufcU":
        raise CalibrationError(f"column {label} holds {array.dtype}, which FITS cannot hold", keyword=label)
    wider = _WIDER
    if isinstance(array, np.ma.MaskedArray):
        if not np.ma.is_masked(array):
            array = array.data
        elif kind in "fcU":
            array = array.filled("" if kind == "U" else np.nan)
        else:
            wider = _WIDER_MASKED
    size = array.dtype.str[1:]
    wanted = wider.get(size) or _NARROWER.get(size)
    if wanted is None:
        return array
    with np.errstate(all="ignore"):
        held = array.astype(wanted)
        if not np.array_equal(held.astype(array.dtype), array, equal_nan=kind == "f"):
            raise CalibrationError(
                f"column {label} holds numbers that FITS cannot hold exactly", keyword=label
            )
    return held


def _held_objects(array: np.ndarray[Any, Any], label: str) -> np.ndarray[Any, Any]:
    import numpy as np

    found = np.empty(len(array), dtype=object)
    for index, row in enumerate(array):
        if not isinstance(row, np.ndarray) or row.dtype.kind in "OU" or row.ndim != 1:
            raise CalibrationError(f"column {label} holds objects, which FITS cannot hold", keyword=label)
        found[index] = _held(row, label)
    return found


def text_column(column: FitsColumn) -> Column:
    """Return a column as a text file has it."""
    import numpy as np

    from curator.formats.document import Column

    array = column.array
    facts: dict[str, Any] = {"unit": column.unit, "description": column.description}
    if array.dtype.kind == "O":
        kind = array[0].dtype if len(array) else np.dtype("float64")
        return Column(
            column.name,
            "string",
            [row.tolist() for row in array],
            subtype=_datatype(kind),
            shape=(None,),
            **facts,
        )
    if array.ndim > 1:
        shape = array.shape[1:]
        return Column(
            column.name, "string", array.tolist(), subtype=_datatype(array.dtype), shape=shape, **facts
        )
    return Column(column.name, _datatype(array.dtype), array.tolist(), **facts)


def _datatype(dtype: np.dtype[Any]) -> str:
    return "string" if dtype.kind == "U" else dtype.name


def to_fits(table: TableData, name: str) -> TableData:
    """Return a table with units as FITS writes them, one kind of NaN, and another ``name``.

    Raises
    ------
    CalibrationError
        Naming the column whose unit FITS does not know.
    """
    from curator.formats.fits.fits import FitsColumn, TableData

    columns = []
    for column in table.columns:
        try:
            unit = fits_unit(column.unit)
        except CalibrationError as error:
            raise CalibrationError(
                f"column {column.name}: {error.message}",
                keyword=column.name,
                value=column.unit,
                hint=error.hint,
            ) from None
        columns.append(FitsColumn(column.name, _one_nan(column.array), unit))
    return TableData(name, columns)


def _one_nan(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # NaN has many bit patterns, all of them equal: digests must not tell them apart.
    import numpy as np

    if array.dtype.kind == "O":
        found = np.empty(len(array), dtype=object)
        for index, row in enumerate(array):
            found[index] = _one_nan(row)
        return found
    if array.dtype.kind in "fc" and (unknown := np.isnan(array)).any():
        return np.where(unknown, array.dtype.type(np.nan), array)
    return array


def from_fits(table: TableData) -> TableData:
    """Return a table read from FITS with units as text writes them."""
    from curator.formats.fits.fits import FitsColumn, TableData

    return TableData(
        table.name,
        [
            FitsColumn(
                column.name, _held(column.array, column.name), text_unit(column.unit), column.description
            )
            for column in table.columns
        ],
    )


def same_tables(mine: Sequence[TableData], other: Sequence[TableData]) -> bool:
    """Return whether two lists of tables hold the same columns in the same order; NaN equals NaN."""
    return len(mine) == len(other) and all(
        len(left.columns) == len(right.columns) and all(map(_same_column, left.columns, right.columns))
        for left, right in zip(mine, other, strict=True)
    )


def _same_column(mine: FitsColumn, other: FitsColumn) -> bool:
    return (
        mine.name == other.name
        and fits_unit(mine.unit) == fits_unit(other.unit)
        and _same_array(mine.array, other.array)
    )


def _same_array(mine: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    import numpy as np

    kind = mine.dtype.kind
    if kind != other.dtype.kind or mine.shape != other.shape:
        return False
    if kind == "O":
        return all(map(_same_array, mine, other))
    if kind != "U" and mine.dtype.itemsize != other.dtype.itemsize:
        return False
    if not np.array_equal(np.ma.getmaskarray(mine), np.ma.getmaskarray(other)):
        return False
    if isinstance(mine, np.ma.MaskedArray):
        fill: Any = "" if kind == "U" else 0
        mine, other = mine.filled(fill), np.ma.filled(other, fill)
    return np.array_equal(mine, other, equal_nan=kind in "fc")
