"""Tables for people: the first rows, what an array cell holds in a few words, no line too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curator.formats.fits.fits import FitsColumn, TableData

__all__ = ["escape", "head", "head_columns", "plain"]

MAX_CELL = 32
MAX_ITEMS = 4


def escape(text: str) -> str:
    """Return text on one line, with whatever could steer a terminal made visible."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape", "backslashreplace").decode("ascii")
        for one in text.encode("utf-8", "backslashreplace").decode("utf-8")
    )


def plain(value: Any) -> Any:
    """Return a value of a header or a table for JSON; what is masked or not finite is `None`."""
    import numpy as np

    if value is None or value is np.ma.masked:
        return None
    if isinstance(value, np.ndarray | list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace").rstrip()
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, bool | int | str):
        return value
    return (value if np.isfinite(value) else None) if isinstance(value, float) else str(value)


def head(table: TableData, rows: int, width: int) -> Iterator[str]:
    """Yield the first ``rows`` rows of a table, aligned, in blocks of at most ``width`` characters.

    Cells that are arrays are summed up by shape and range.
    """
    if not table.columns:
        return
    total = len(table.columns[0].array)
    if total == 1 and rows:
        yield from _record(table, width)
        return
    columns = head_columns(table, rows)
    block: list[list[str]] = []
    used = 0
    for column in columns:
        size = max(map(len, column)) + 2
        if block and used + size > width:
            yield from _lines(block)
            yield ""
            block, used = [], 0
        block.append(column)
        used += size
    yield from _lines(block)
    if total > rows:
        yield f"  … {total - rows} more"


def head_columns(table: TableData, rows: int) -> list[list[str]]:
    """Return the name, with the unit, and the first ``rows`` cells of each column of a table."""
    return [_text_column(column, min(rows, table.rows)) for column in table.columns]


def _record(table: TableData, width: int) -> Iterator[str]:
    """Yield a table of one row as a line for each column."""
    names = [_cut(escape(_title(column))) for column in table.columns]
    size = max(map(len, names))
    for name, column in zip(names, table.columns, strict=True):
        yield f"  {name.ljust(size)}  {_cut(escape(_cell(column.array[0])), width - size - 4)}".rstrip()


def _title(column: FitsColumn) -> str:
    return f"{column.name} [{column.unit}]" if column.unit else column.name


def _lines(columns: list[list[str]]) -> Iterator[str]:
    sizes = [max(map(len, column)) for column in columns]
    for cells in zip(*columns, strict=True):
        padded = (
            cell.rjust(size) if _is_number(column[-1]) else cell.ljust(size)
            for cell, size, column in zip(cells, sizes, columns, strict=True)
        )
        yield ("  " + "  ".join(padded)).rstrip()


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text[:1] in "-+." or text == "nan"


def _text_column(column: FitsColumn, rows: int) -> list[str]:
    cells = [_title(column), *(_cell(column.array[row]) for row in range(rows))]
    return [_cut(escape(cell)) for cell in cells]


def _cut(text: str, size: int = MAX_CELL) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"


def _cell(value: Any) -> str:
    import numpy as np

    if value is np.ma.masked:
        return "—"
    if np.ndim(value) == 0:
        return _scalar(value)
    array = np.ma.asarray(value)
    if array.size <= MAX_ITEMS and array.ndim == 1:
        return "[" + ", ".join(_scalar(one) for one in array) + "]"
    shape = " x ".join(map(str, array.shape))
    if array.dtype.kind == "b":
        return f"{shape}, {int(array.sum())} true"
    if array.dtype.kind not in "iuf":
        return f"{shape} values"
    finite = array[np.isfinite(array)].compressed() if array.dtype.kind == "f" else array.compressed()
    if not finite.size:
        return f"{shape}, nothing finite"
    low, high = finite.min(), finite.max()
    span = f"all {low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"
    missing = array.size - finite.size
    return f"{shape}, {span}" + (f", {missing} nan" if missing else "")


def _scalar(value: Any) -> str:
    import numpy as np

    if value is np.ma.masked:
        return "—"
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace").rstrip()
    if isinstance(value, float | np.floating):
        return repr(float(value)) if np.asarray(value).dtype.itemsize == 8 else f"{value:.7g}"
    return str(value)
