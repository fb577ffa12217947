"""ECSV files that the strict grammar does not cover, as astropy reads them."""

from __future__ import annotations

from typing import Any

from curator.errors import FormatError
from curator.formats.document import Column
from curator.formats.ecsv.header_yaml import Declaration, HeaderSyntax
from curator.formats.ecsv.row_errors import find_fault

__all__ = ["AstropyTable", "read_table"]

# An array of fixed-width text takes (longest cell x rows x 4) bytes, whatever the file's size.
MAX_TEXT_BYTES = 1 << 30
# Astropy takes a hundred times a file's size to read it.
MAX_CHARACTERS = 4 << 20
_KNOWN = frozenset(
    ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32",
     "float64", "float128", "string", "str", "object", "float", "int", "datetime64", "timedelta64",
     "complex64", "complex128", "complex256")
)  # fmt: skip


class AstropyTable:
    """What astropy makes of a file, in this package's own terms."""

    __slots__ = ("columns", "meta")

    def __init__(self, columns: dict[str, Column], meta: dict[str, Any]) -> None:
        self.columns = columns
        self.meta = meta


def read_table(path: str, text: str, header: HeaderSyntax) -> AstropyTable:
    """Return the table that astropy reads.

    Parameters
    ----------
    path : str
    text : str
        Without carriage returns; a line ends at a newline and nowhere else.
    header : HeaderSyntax

    Raises
    ------
    FormatError
        With astropy's reason where it refuses; for declared sizes that would take memory far beyond the file.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(
            f"a table of {len(text):,} characters with quoted cells, tabs or control characters",
            code="CUR002",
            path=path,
            line=1,
            hint="such tables may have up to 4 MiB",
        )
    lines = text.split("\n")
    _check_sizes(path, lines, len(text), header)
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from astropy.io import ascii as tables

        try:
            table: Any = tables.read(lines, format="ecsv", guess=False)
        except (Exception, RecursionError) as error:
            fault = find_fault(path, text, header)
            if fault is None:
                fault = FormatError(f"not a readable ECSV table: {_reason(error)}", path=path, line=1)
            raise fault from None
        declared = {column.name: column for column in header.columns}
        columns = {name: _column(name, table[name], declared.get(name)) for name in table.colnames}
    return AstropyTable(columns, dict(table.meta))


def _check_sizes(path: str, lines: list[str], size: int, header: HeaderSyntax) -> None:
    longest = max(map(len, lines), default=0)
    if len(lines) < 2:
        raise FormatError("no column names after the header", path=path, line=1)
    for column in header.columns:
        if column.datatype not in _KNOWN:
            raise FormatError(
                f"datatype {column.datatype[:40]!r} of column {column.name} is not known",
                path=path,
                line=1,
                keyword=column.name,
                value=column.datatype[:40],
                hint="bool, int8 to int64, uint8 to uint64, float16 to float64, or string",
            )
        elements = 1
        for one in column.shape:
            elements *= 1 if one is None else one
        too_wide = column.datatype in ("string", "str") and longest * len(lines) * 4 > MAX_TEXT_BYTES
        if elements > max(size, 1000) or too_wide:
            raise FormatError(
                f"column {column.name} would need far more memory than the size of the file",
                code="CUR014",
                path=path,
                line=1,
                keyword=column.name,
            )


def _reason(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 300 else text[:300] + "…"


def _column(name: str, column: Any, declared: Declaration | None) -> Column:
    import numpy as np

    unit = getattr(column, "unit", None)
    description = getattr(column.info, "description", None)
    values: Any = column
    if isinstance(column, np.ndarray):
        plain = _with_mask(np, column)
        values = [_plain(one) for one in plain.tolist()]
        kind = "string" if plain.dtype.kind == "U" else plain.dtype.name
        subtype, shape = None, None
        if declared is not None and declared.subtype and (declared.shape or declared.subtype == "json"):
            kind, subtype, shape = "string", declared.subtype, declared.shape or None
        elif plain.ndim > 1:
            kind, subtype, shape = "string", plain.dtype.name, plain.shape[1:]
    else:
        missing = np.broadcast_to(getattr(column, "mask", False), np.shape(column))
        values = [None if np.any(gone) else one for one, gone in zip(column, missing, strict=True)]
        kind, subtype, shape = "object", None, None
    return Column(
        name=name,
        datatype=kind,
        values=values,
        unit=None if unit is None else str(unit),
        description=None if description is None else str(description),
        format=getattr(column.info, "format", None),
        subtype=subtype,
        shape=shape,
    )


def _with_mask(np: Any, column: Any) -> Any:
    """Return a column as a plain array; masked where anything that astropy calls a mask says so.

    A `MaskedColumn` is one of numpy's masked arrays. A masked `Quantity` is not: its mask is lost in every
    conversion.
    """
    if isinstance(column, np.ma.MaskedArray):
        return np.ma.asarray(column)
    if hasattr(column, "mask") and hasattr(column, "unmasked"):
        return np.ma.array(np.asarray(column.unmasked), mask=np.asarray(column.mask))
    return np.asarray(column)


def _plain(value: Any) -> Any:
    """Return an object cell (an array of variable length) as nested lists."""
    return value.tolist() if hasattr(value, "tolist") and getattr(value, "shape", None) else value
