"""What is wrong with a row or a cell of an ECSV file, in words a person can act on."""

from __future__ import annotations

import re
from collections.abc import Callable

from curator.errors import FormatError
from curator.formats.ecsv.header_text import header_text
from curator.formats.ecsv.header_yaml import INTEGERS, Declaration, HeaderSyntax

__all__ = ["DECLARE_FLOAT", "GROUPED", "count_told", "find_fault", "fits", "wrong_value", "wrong_width"]


def wrong_width(path: str, found: int, width: int, line: int, names: str) -> FormatError:
    """Return the error for a row that has not one value for each column."""
    return FormatError(
        count_told(found, width),
        code="CUR010",
        path=path,
        line=line,
        column=1,
        value=found,
        hint=f"the columns are: {names:.200}",
    )


def count_told(found: int, width: int) -> str:
    """Return how many values a row has, and how many the header declares."""
    has, declares = (
        f"{n} {what}{'s' if n != 1 else ''}" for n, what in ((found, "value"), (width, "column"))
    )
    return f"row has {has}, the header declares {declares}"


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
        return 'write "" for a missing value'
    if odd := _odd_character(cell):
        return odd
    if column.subtype is None and cell[-1:] in (",", ";") and cell[:1] != '"':
        return f"remove the {cell[-1]!r} behind the value: it separates no columns in this file"
    if column.subtype is None and column.datatype.startswith("float") and _is_number(cell.replace(",", ".")):
        return "write a decimal point"
    if column.datatype.startswith(("float", *INTEGERS)) and GROUPED.match(cell):
        return "write the digits without commas"
    if column.datatype in INTEGERS:
        try:
            number = int(cell)
        except ValueError:
            if "," in cell and _is_number(cell.replace(",", ".")):
                return "write a whole number; or decimals with a point, and declare the column float64"
            return f"write a whole number{DECLARE_FLOAT}"
        low, high = INTEGERS[column.datatype]
        return f"{number} is outside {low} to {high}" if not low <= number <= high else ""
    return "write True or False with a capital letter" if column.datatype == "bool" else ""


# What spreadsheets and word processors write, and what it is called.
_ODD = {
    "\u2212": "the minus sign here is U+2212: write -",
    "\u2013": "the dash here is U+2013: write -",
    "\u201c": 'these are typographic quotes: write ", or none',
    "\u201d": 'these are typographic quotes: write ", or none',
    "\u2018": 'these are typographic quotes: write ", or none',
    "\u2019": 'these are typographic quotes: write ", or none',
    "\xa0": "a no-break space (U+00A0) is in this value: delete it",
    "\u200b": "an invisible character (U+200B) is in this value: delete it",
    "\ufeff": "an invisible character (U+FEFF) is in this value: delete it",
}
# For columns that need no whole numbers.
DECLARE_FLOAT = ", or declare the column float64"
GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")


def _odd_character(cell: str) -> str:
    return next((said for character, said in _ODD.items() if character in cell), "")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def find_fault(path: str, text: str, header: HeaderSyntax) -> FormatError | None:
    """Return the first plain fault in a file that astropy has refused, `None` if there is none to name."""
    from _csv import Error, reader

    from curator.formats.yaml.strict_line import NotCovered

    head = header_text(text)
    names = [column.name for column in header.columns]
    converters = [(column, _convert(column)) for column in header.columns]
    number = -1
    for at, raw in enumerate(text[head.offset :].split("\n"), head.line):
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        number += 1
        try:
            cells = next(
                reader([line + "\n"], delimiter=header.delimiter, skipinitialspace=True, strict=True)
            )
        except (Error, StopIteration):
            return FormatError(
                "a quoted cell does not end where it should", code="CUR010", path=path, line=at, column=1
            )
        if number == 0 and cells != names:
            return _wrong_names(path, cells, names, at)
        if len(cells) != len(names):
            return wrong_width(path, len(cells), len(names), at, " ".join(names))
        for (column, convert), cell in zip(converters, cells if number else (), strict=False):
            try:
                convert((cell.strip(" \t"),))
            except NotCovered as reason:
                if str(reason).startswith(("array", "JSON")):
                    return wrong_value(path, column, cell, at)
            except (ValueError, OverflowError, KeyError):
                return wrong_value(path, column, cell, at)
    if number < 0:
        return FormatError(
            "the line of column names is missing after the header", path=path, line=max(1, head.line - 1)
        )
    return None


def fits(column: Declaration, cell: str) -> bool:
    """Return whether a cell is what its column declares, as far as that is known."""
    from curator.formats.yaml.strict_line import NotCovered

    try:
        _convert(column)((cell.strip(" \t"),))
    except NotCovered as reason:
        return not str(reason).startswith(("array", "JSON"))
    except (ValueError, OverflowError, KeyError):
        return False
    return True


def _convert(column: Declaration) -> Callable[[tuple[str, ...]], object]:
    from curator.formats.ecsv.strict_rows import converter
    from curator.formats.yaml.strict_line import NotCovered

    try:
        return converter(column)
    except NotCovered:
        return len  # nothing is known of its cells


def _wrong_names(path: str, found: list[str], names: list[str], line: int) -> FormatError:
    return FormatError(
        f"column names {' '.join(found)[:100]!r} differ from those in the header",
        path=path,
        line=line,
        column=1,
        value=" ".join(found)[:100],
        hint=f"the header declares: {' '.join(names):.200}",
    )
