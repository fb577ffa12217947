"""Astropy's reading of an ECSV text, and whether a Document says the same."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
from astropy import units
from astropy.table import Column as AstropyColumn
from astropy.table import MaskedColumn, Table

from curator.formats.document import Document

__all__ = ["astropy_table", "difference"]


def astropy_table(raw: bytes, folder: Path) -> Any:
    """Return what ``Table.read`` makes of the bytes, `None` where it refuses them."""
    file = folder / "oracle.ecsv"
    file.write_bytes(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Table.read(file, format="ascii.ecsv")
        except Exception:
            return None


def difference(doc: Document, table: Any) -> str:
    """Return the first difference in names, keywords, values, dtypes, shapes, masks and units."""
    meta = {key: value for key, value in table.meta.items() if key != "__serialized_columns__"}
    if repr(meta) != repr(doc.header):
        return f"keywords {doc.header} are {meta}"
    if list(doc.columns) != table.colnames:
        return f"columns {list(doc.columns)} are {table.colnames}"
    for name in table.colnames:
        if isinstance(table[name], np.ndarray) and (found := _column_difference(doc, name, table[name])):
            return f"column {name}: {found}"
    return ""


def _column_difference(doc: Document, name: str, wanted: Any) -> str:
    column = doc.columns[name]
    array = column.array()
    if doc.by_astropy and np.ma.is_masked(wanted) and array.dtype.kind == wanted.dtype.kind == "U":
        wanted = wanted.astype(array.dtype)  # texts below a mask may be longer
    if array.dtype != wanted.dtype or array.shape != wanted.shape:
        return f"{array.dtype} {array.shape} is {wanted.dtype} {wanted.shape}"
    if hasattr(wanted, "unmasked"):  # a masked Quantity is none of numpy's masked arrays
        mask = np.broadcast_to(wanted.mask, wanted.shape)
        data, unit = np.asarray(wanted.unmasked), getattr(wanted, "unit", None)
        wanted = MaskedColumn(data, mask=mask, unit=unit) if mask.any() else AstropyColumn(data, unit=unit)
    if not doc.by_astropy and isinstance(array, np.ma.MaskedArray) != isinstance(wanted, np.ma.MaskedArray):
        return "masked or not"
    if not np.array_equal(np.ma.getmaskarray(array), np.ma.getmaskarray(wanted)):
        return "mask"
    # What stands below a mask is nobody's value.
    if repr(array.tolist()) != repr(wanted.tolist()):
        return f"{array!r} is {wanted!r}"
    if column.description != wanted.description or column.format != wanted.format:
        return f"{column.description!r} {column.format!r} are {wanted.description!r} {wanted.format!r}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        unit = None if column.unit is None else str(units.Unit(column.unit, parse_strict="silent"))
    return (
        "" if unit == (None if wanted.unit is None else str(wanted.unit)) else f"unit {unit} is {wanted.unit}"
    )
