"""The rows of an ECSV file by a strict grammar: what it accepts means the same to astropy, always.

A cell becomes a number only through `int` and `float`, which is also how numpy converts text; anything
that could be cut into cells in another way is not accepted here and goes to astropy.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import methodcaller

from curator.errors import FormatError
from curator.formats.document import MAX_COMMENTS, Comment
from curator.formats.ecsv.header_yaml import INTEGERS, Declaration, HeaderSyntax
from curator.formats.ecsv.numeric_rows import number_ranges, read_numbers, share_integers
from curator.formats.yaml.strict_line import NotCovered
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Converter: TypeAlias = Callable[[Sequence[str]], list[Any]]

__all__ = ["FLOATS", "Rows", "converter", "read_rows"]

# Longest cell that Python's csv module, and so astropy, reads.
LONGEST_CELL = 131072
FLOATS = frozenset(("float16", "float32", "float64"))
_BOOLS = {"True": True, "1": True, "False": False, "0": False}
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\n"
_CHUNK = 1 << 17
# From so many rows on equal integers are one object.
_MANY = 10_000


class Rows(NamedTuple):
    """Values by column, the line of each row, and the comments among them."""

    values: list[list[Any]]
    row_lines: Sequence[int]
    comments: tuple[Comment, ...]


def read_rows(path: str, text: str, offset: int, line: int, header: HeaderSyntax) -> Rows:
    """Return the values of every column.

    Parameters
    ----------
    path : str
    text : str
        The whole file, without carriage returns.
    offset, line : int
        Where the line of column names begins.
    header : HeaderSyntax

    Raises
    ------
    NotCovered
        Astropy must decide.
    FormatError
        ``CUR010`` or ``CUR011``: what astropy would refuse as well.
    """
    columns = header.columns
    converters = [converter(column) for column in columns]
    _check_characters(text, offset)
    end = text.find("\n", offset) if "\n" in text[offset:] else len(text)
    names = text[offset:end].strip()
    if not columns or _names(names, header.delimiter) != [column.name for column in columns]:
        raise NotCovered("names")
    values: list[list[Any]] = [[] for _ in columns]
    comments: list[Comment] = []
    scattered: array[int] | None = None  # lines of the rows, from the first line that is none on
    ranges = number_ranges(columns)
    known: dict[int, int] = {}
    for number, chunk in _chunks(text, end + 1, line + 1):
        if ranges and (read := read_numbers(chunk, ranges, header.delimiter)):
            if len(values[0]) > _MANY:
                share_integers(read, ranges, known)
            for found, some in zip(values, read, strict=True):
                found += some
            if scattered is not None:
                scattered.extend(range(number, number + len(read[0])))
            continue
        lines = chunk.removesuffix("\n").split("\n")
        numbers: range | list[int] = range(number, number + len(lines))
        by_column = _regular(chunk, lines, len(columns), header.delimiter)
        if by_column is None:
            lines, numbers = _rows_only(lines, number, len(values[0]), comments)
            rows = (_quoted if '"' in chunk else _split)(lines, header.delimiter)
            for row, at in zip(rows, numbers, strict=True):
                if len(row) != len(columns):
                    from curator.formats.ecsv.row_errors import wrong_width

                    raise wrong_width(path, len(row), len(columns), at, names)
            by_column = list(zip(*rows, strict=True))
            if scattered is None:
                scattered = array("Q", range(line + 1, number))
        if scattered is not None:
            scattered.extend(numbers)
        if len(chunk) > LONGEST_CELL and max(map(len, chain(*by_column)), default=0) > LONGEST_CELL:
            raise NotCovered("length")
        for column, convert, found, cells in zip(columns, converters, values, by_column, strict=False):
            try:
                found.extend(convert(cells))
            except (ValueError, OverflowError, KeyError):
                raise _wrong_cell(path, column, convert, cells, numbers) from None
    first, total = line + 1, len(values[0])
    if total == 0 and any(column.shape for column in columns):
        raise NotCovered("no rows, so no shape")
    return Rows(values, range(first, first + total) if scattered is None else scattered, tuple(comments))


def _check_characters(text: str, offset: int) -> None:
    rest = text[offset:].encode().translate(None, _PRINTABLE)
    if rest and not all(char.isprintable() for char in set(rest.decode())):
        raise NotCovered("characters")


def _names(line: str, delimiter: str) -> list[str]:
    if '"' in line:
        return _quoted([line], delimiter, strip=False)[0]
    return line.split() if delimiter == " " else [cell.lstrip(" ") for cell in line.split(",")]


def _chunks(text: str, start: int, number: int) -> Iterator[tuple[int, str]]:
    """Yield some of the text at a time, whole lines, and the number of the first."""
    while start < len(text):
        end = len(text) if len(text) - start <= _CHUNK else text.rfind("\n", start, start + _CHUNK) + 1
        if end <= start:
            end = text.find("\n", start) + 1 or len(text)
        chunk = text[start:end]
        yield number, chunk
        number += chunk.count("\n")
        start = end


_spaces = methodcaller("count", " ")


def _regular(chunk: str, lines: list[str], width: int, delimiter: str) -> Sequence[Sequence[str]] | None:
    """Return the cells by column where every line is a row of ``width`` cells with one blank between.

    A line with one blank less than that has no more cells than that, so that all lines together have
    ``width`` each only if every one has. Half of reading a table would be spent on looking at each by itself.
    """
    if delimiter != " " or '"' in chunk or "#" in chunk or set(map(_spaces, lines)) != {width - 1}:
        return None
    cells = chunk.split()
    return [cells[at::width] for at in range(width)] if len(cells) == width * len(lines) else None


def _split(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the cells of lines that have no quotes."""
    if delimiter == " ":
        return [line.split() for line in lines]
    return [[cell.strip() for cell in line.split(",")] if line.strip() else [] for line in lines]


def _quoted(lines: list[str], delimiter: str, *, strip: bool = True) -> list[list[str]]:
    """Return the cells as Python's csv module, and so astropy, divides lines with quotes."""
    from _csv import Error, reader

    try:
        rows = list(
            reader(
                [line.strip() + "\n" for line in lines],
                delimiter=delimiter,
                skipinitialspace=True,
                strict=True,
            )
        )
    except Error:
        raise NotCovered("quotes") from None
    if len(rows) != len(lines):
        raise NotCovered("a cell on several lines")
    return [[cell.strip(" \t") for cell in row] for row in rows] if strip else rows


def _rows_only(
    lines: list[str], number: int, row: int, comments: list[Comment]
) -> tuple[list[str], list[int]]:
    """Return the lines that are rows, and their numbers; collect the comments between them."""
    kept: list[str] = []
    numbers: list[int] = []
    for at, line in enumerate(lines, number):
        content = line.strip()
        if content and content[0] != "#":
            kept.append(line)
            numbers.append(at)
            continue
        if content:
            if len(comments) >= MAX_COMMENTS:
                raise NotCovered("comments")
            comments.append(Comment(at, content.lstrip("#").strip(), row + len(kept)))
    return kept, numbers


def converter(column: Declaration) -> Converter:
    """Return the function that turns a column's cells into values; it raises where one is none."""
    datatype = column.datatype
    if datatype == "string" and column.subtype is None:
        return _strings
    if datatype == "string":
        from curator.formats.ecsv.array_cells import array_converter

        return array_converter(column)
    if column.subtype is not None:
        raise NotCovered("subtype")
    if datatype in FLOATS:
        return _floats
    if datatype in INTEGERS:
        low, high = INTEGERS[datatype]
        return lambda cells: _integers(cells, low, high)
    if datatype == "bool":
        return _booleans
    raise NotCovered("datatype")


def _strings(cells: Sequence[str]) -> list[Any]:
    return list(cells) if "" not in cells else [cell or None for cell in cells]


def _floats(cells: Sequence[str]) -> list[Any]:
    if "" in cells:
        return [float(cell) if cell else None for cell in cells]
    return list(map(float, cells))


def _integers(cells: Sequence[str], low: int, high: int) -> list[Any]:
    if "" in cells:
        found: list[Any] = [int(cell) if cell else None for cell in cells]
        present = [one for one in found if one is not None]
    else:
        found = list(map(int, cells))
        present = found
    if present and (min(present) < low or max(present) > high):
        raise ValueError("out of range")
    return found


def _booleans(cells: Sequence[str]) -> list[Any]:
    return [_BOOLS[cell] if cell else None for cell in cells]


def _wrong_cell(
    path: str, column: Declaration, convert: Converter, cells: Sequence[str], numbers: range | list[int]
) -> FormatError:
    from curator.formats.ecsv.row_errors import wrong_value

    for cell, number in zip(cells, numbers, strict=True):
        try:
            convert((cell,))
        except (ValueError, OverflowError, KeyError):
            return wrong_value(path, column, cell, number)
    raise AssertionError("one cell at least was refused")
