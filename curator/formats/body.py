"""The rows of an ECSV file by a strict grammar: what it accepts means the same to astropy, always.

A cell becomes a number only through `int` and `float`, which is also how numpy converts text; anything
that could be cut into cells in another way is not accepted here and goes to astropy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from curator.errors import FormatError
from curator.formats.document import Comment
from curator.formats.header import Declaration, HeaderSyntax
from curator.formats.lines import NotCovered

__all__ = ["FLOATS", "INTEGERS", "Rows", "read_rows", "wrong_value"]

# Longest cell that Python's csv module, and so astropy, reads.
LONGEST_CELL = 131072
INTEGERS = {
    f"{sign}int{bits}": ((0, 2**bits - 1) if sign else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1))
    for bits in (8, 16, 32, 64)
    for sign in ("", "u")
}
FLOATS = frozenset(("float16", "float32", "float64"))
_BOOLS = {"True": True, "1": True, "False": False, "0": False}
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\n"
_CHUNK = 1 << 20


class Rows(NamedTuple):
    values: list[list[Any]]
    row_lines: range | list[int]
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
    converters = [_converter(column) for column in columns]
    _check_characters(text, offset)
    end = text.find("\n", offset)
    names = text[offset : end if end >= 0 else len(text)]
    if _cells(names.strip(), header.delimiter) != [column.name for column in columns]:
        raise NotCovered("names")
    values: list[list[Any]] = [[] for _ in columns]
    comments: list[Comment] = []
    skipped: list[int] = []
    first = line + 1
    for number, lines in _chunks(text, end + 1 if end >= 0 else len(text), first):
        rows = _rows(lines, header.delimiter)
        numbers: range | list[int] = range(number, number + len(rows))
        if not _uniform(rows, len(columns)):
            rows, numbers = _without_comments(
                lines, rows, number, len(values[0]) if values else 0, comments, skipped
            )
            if not _uniform(rows, len(columns)):
                raise _wrong_width(path, rows, numbers, len(columns), names)
        for column, converter, found, cells in zip(
            columns, converters, values, zip(*rows, strict=True), strict=False
        ):
            try:
                found.extend(converter(cells))
            except (ValueError, OverflowError, KeyError):
                raise _wrong_cell(path, column, converter, cells, numbers) from None
    total = len(values[0]) if values else 0
    if not skipped:
        return Rows(values, range(first, first + total), tuple(comments))
    gone = set(skipped)
    row_lines = [n for n in range(first, first + total + len(skipped)) if n not in gone]
    return Rows(values, row_lines, tuple(comments))


def _check_characters(text: str, offset: int) -> None:
    rest = text[offset:].encode().translate(None, _PRINTABLE)
    if rest and not all(char.isprintable() for char in set(rest.decode())):
        raise NotCovered("characters")
    if '"' in text[offset:]:
        raise NotCovered("quotes")


def _chunks(text: str, start: int, number: int) -> Iterator[tuple[int, list[str]]]:
    while start < len(text):
        end = len(text) if len(text) - start <= _CHUNK else text.rfind("\n", start, start + _CHUNK) + 1
        if end <= start:
            end = text.find("\n", start) + 1 or len(text)
        lines = text[start:end].split("\n")
        if not lines[-1]:
            lines.pop()
        if max(map(len, lines)) > LONGEST_CELL:
            raise NotCovered("length")
        yield number, lines
        number += len(lines)
        start = end


def _cells(line: str, delimiter: str) -> list[str]:
    return line.split() if delimiter == " " else [cell.strip() for cell in line.split(",")]


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    if delimiter == " ":
        return [line.split() for line in lines]
    return [[cell.strip() for cell in line.split(",")] for line in lines]


def _uniform(rows: list[list[str]], width: int) -> bool:
    return all(len(row) == width and row[0][:1] != "#" for row in rows) if width else not rows


def _without_comments(
    lines: list[str],
    rows: list[list[str]],
    number: int,
    row: int,
    comments: list[Comment],
    skipped: list[int],
) -> tuple[list[list[str]], list[int]]:
    kept: list[list[str]] = []
    numbers: list[int] = []
    for at, (line, cells) in enumerate(zip(lines, rows, strict=True), number):
        content = line.strip()
        if not content:
            skipped.append(at)
        elif content[0] == "#":
            skipped.append(at)
            comments.append(Comment(at, content.lstrip("#").strip(), row + len(kept)))
        else:
            kept.append(cells)
            numbers.append(at)
    return kept, numbers


def _converter(column: Declaration) -> Callable[[tuple[str, ...]], list[Any]]:
    datatype = column.datatype
    if datatype == "string" and column.subtype is None:
        return _strings
    if datatype == "string":
        from curator.formats.cells import array_converter

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


def _strings(cells: tuple[str, ...]) -> list[Any]:
    return list(cells) if "" not in cells else [cell or None for cell in cells]


def _floats(cells: tuple[str, ...]) -> list[Any]:
    if "" in cells:
        return [float(cell) if cell else None for cell in cells]
    return list(map(float, cells))


def _integers(cells: tuple[str, ...], low: int, high: int) -> list[Any]:
    if "" in cells:
        found: list[Any] = [int(cell) if cell else None for cell in cells]
        present = [one for one in found if one is not None]
    else:
        found = list(map(int, cells))
        present = found
    if present and (min(present) < low or max(present) > high):
        raise ValueError("out of range")
    return found


def _booleans(cells: tuple[str, ...]) -> list[Any]:
    return [_BOOLS[cell] if cell else None for cell in cells]


def _wrong_width(
    path: str, rows: list[list[str]], numbers: range | list[int], width: int, names: str
) -> FormatError:
    at = next(n for n, row in enumerate(rows) if len(row) != width)
    found = len(rows[at])
    return FormatError(
        f"row has {found} value{'s' if found != 1 else ''}, the header declares {width} columns",
        code="CUR010",
        path=path,
        line=numbers[at],
        column=1,
        value=found,
        hint=f"the columns are: {names.strip():.200}",
    )


def _wrong_cell(
    path: str,
    column: Declaration,
    converter: Callable[[tuple[str, ...]], list[Any]],
    cells: tuple[str, ...],
    numbers: range | list[int],
) -> FormatError:
    for cell, number in zip(cells, numbers, strict=True):
        try:
            converter((cell,))
        except (ValueError, OverflowError, KeyError):
            return wrong_value(path, column, cell, number)
    raise AssertionError("one cell at least was refused")


def wrong_value(path: str, column: Declaration, cell: str, line: int, at: int = 1) -> FormatError:
    """Return the error for one cell that is not what its column declares."""
    return FormatError(
        f"{cell[:60]!r} in column {column.name} is not {_describe(column)}",
        code="CUR011",
        path=path,
        line=line,
        column=at,
        keyword=column.name,
        value=cell[:60],
        hint=_advice(column, cell),
    )


def _describe(column: Declaration) -> str:
    if column.subtype is not None:
        shape = ",".join("any" if one is None else str(one) for one in column.shape)
        return f"a JSON array of {column.subtype}[{shape}]"
    if column.datatype == "bool":
        return "True or False"
    article = "an" if column.datatype.startswith("i") else "a"
    return f"{article} {column.datatype}"


def _advice(column: Declaration, cell: str) -> str:
    if cell.lower() in ("null", "none", "na", "masked", "-", "--"):
        return 'a missing value is written ""'
    if column.datatype in INTEGERS:
        try:
            number = int(cell)
        except ValueError:
            return "write a whole number, or declare the column float64"
        low, high = INTEGERS[column.datatype]
        return f"{number} is outside {low} to {high}" if not low <= number <= high else ""
    return "True and False are written with a capital" if column.datatype == "bool" else ""
