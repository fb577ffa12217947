"""FITS files through astropy, as the values that were written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from curator.errors import FormatError
from curator.formats.files.bounded_io import read_bounded
from curator.formats.fits.cards import NO_ITEMS, ONE_ITEM, is_structural, unescape
from curator.formats.fits.check_structure import check_structure
from curator.formats.fits.fits import FitsColumn, FitsHdu, TableData

__all__ = ["read_hdus"]

_COMMENTARY = ("HISTORY", "COMMENT")
_MAX_FITS = 1 << 28


def read_hdus(source: str | Path | bytes) -> list[FitsHdu]:
    """Return every HDU; see `curator.formats.fits.fits.read_fits`."""
    import io
    import warnings

    path = "" if isinstance(source, bytes) else os.fspath(source)
    data = source if isinstance(source, bytes) else read_bounded(path, _MAX_FITS)
    try:
        data = data[: check_structure(data)]
    except FormatError as error:
        error.path = path
        raise
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from astropy.io import fits

        try:
            # A compressed image is a table that could be of any size when it is taken apart.
            with fits.open(
                io.BytesIO(data), memmap=False, lazy_load_hdus=False, disable_image_compression=True
            ) as hdus:
                return [_hdu(fits, hdu) for hdu in hdus]
        except FormatError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise FormatError(f"not a readable FITS file: {reason:.300}", path=path) from None


def _hdu(fits: Any, hdu: Any) -> FitsHdu:
    table = _table(hdu) if isinstance(hdu, fits.BinTableHDU) else None
    return FitsHdu(_header(fits, hdu.header), table)


def _header(fits: Any, header: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    notes: dict[str, list[str]] = {}
    for card in header.cards:
        key = card.keyword
        if key in _COMMENTARY:
            notes.setdefault(key, []).append(str(card.value))
            continue
        if not key or is_structural(key):
            continue
        value = _value(fits, card.value)
        if key not in found:
            found[key] = [] if card.comment == NO_ITEMS else [value] if card.comment == ONE_ITEM else value
        else:
            earlier = found[key]
            found[key] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
    for key, lines in notes.items():
        found[key] = _notes(lines)
    return found


def _value(fits: Any, value: Any) -> Any:
    if isinstance(value, fits.card.Undefined):
        return None
    return unescape(value) if isinstance(value, str) else value


def _notes(lines: list[str]) -> list[str]:
    """Return commentary with the lines put together that end in a lone backslash."""
    found = []
    parts: list[str] = []
    for line in lines:
        # What stands before ends in pairs of backslashes, if in any: this line's own decide.
        goes_on = (len(line) - len(line.rstrip("\\"))) % 2
        parts.append(line[:-1] if goes_on else line)
        if not goes_on:
            found.append(unescape("".join(parts)))
            parts = []
    if any(parts):
        found.append(unescape("".join(parts)))
    return found


def _table(hdu: Any) -> TableData:
    header = hdu.header
    columns = []
    for number, column in enumerate(hdu.columns, 1):
        array = _array(hdu.data, column, number - 1) if hdu.data is not None else None
        if array is None:
            continue
        description = header.get(f"TCOMM{number}")
        columns.append(
            FitsColumn(
                unescape(column.name),
                array,
                unescape(column.unit) if column.unit else None,
                unescape(description) if isinstance(description, str) else None,
            )
        )
    return TableData(unescape(str(header.get("EXTNAME", ""))), columns)


def _array(data: Any, column: Any, number: int) -> Any:
    import re

    import numpy as np

    array = np.asarray(data.field(number))
    if array.dtype.kind in "SU":
        texts = [
            unescape(one if isinstance(one, str) else one.decode("latin-1")) for one in array.ravel().tolist()
        ]
        if texts:
            return np.array(texts, dtype=np.str_).reshape(array.shape)
        # Without rows astropy forgets the shape of texts.
        sizes = [int(size) for size in re.findall(r"\d+", column.dim or "")]
        return np.empty((len(array), *reversed(sizes[1:])), "<U1")
    if array.dtype.kind == "O":
        found = np.empty(len(array), dtype=object)
        for number, row in enumerate(array):
            found[number] = _native(np, np.asarray(row), column.null)
        return found
    return _native(np, array, column.null)


def _native(np: Any, array: Any, null: Any) -> Any:
    array = array.astype(array.dtype.newbyteorder("="))
    if null is not None and array.dtype.kind in "iu" and (array == null).any():
        return np.ma.array(array, mask=array == null)
    return array
