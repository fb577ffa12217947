"""Rows of an ECSV file that were pasted: separated by tabs or commas where the file has spaces.

Only files that cannot be read come here. A row is divided again only where no value can be meant otherwise:
its cells are joined by the separator of the file, and no character of a cell changes.
"""

from __future__ import annotations

import re

from curator.errors import FormatError
from curator.formats.ecsv.header_text import header_text, version_of
from curator.formats.ecsv.header_yaml import HeaderSyntax, declarations, read_header
from curator.values import NamedTuple

__all__ = ["Pasted", "divided_otherwise", "pasted_row", "read_declarations", "with_own_separators"]

# As a sentence names them.
NAMES = {
    "\t": "tabs",
    ";": "semicolons",
    ",": "commas",
    "|": "bars",
    "\xa0": "no-break spaces",
    " ": "spaces",
}
_GROUPED_BY_POINTS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d*$")
_BLANKS = " \t\xa0"
_ENDS = " \t\xa0,;"


class Pasted(NamedTuple):
    """A row with other separators than its file.

    Parameters
    ----------
    separator : str
        What stands between its cells, empty where only its end has separators too many.
    row : str
        The row with the separators of the file; empty where its cells cannot be told for certain.
    """

    separator: str
    row: str


def read_declarations(text: str) -> tuple[HeaderSyntax, int] | None:
    """Return what the header of a file declares and where the rows begin; `None` if it cannot be read."""
    try:
        head = header_text(text)
        value, inert, _ = read_header("", head)
        return declarations("", version_of("", head), value, inert), head.offset
    except FormatError:
        return None


def pasted_row(row: str, header: HeaderSyntax, *, first: bool = False, names: str = "") -> Pasted | None:
    """Return how a row would read with the separators of its file; `None` where it has them, or none at all.

    Parameters
    ----------
    row : str
        Without its line end.
    header : HeaderSyntax
    first : bool
        It is the line of column names.
    names : str
        The line of column names as it stands in the file.
    """
    own, width = header.delimiter, len(header.columns)
    divided = _divided(row, own)
    if _fits(divided, header, first=first):
        return None
    ended = row.rstrip(_ENDS)
    if ended != row and _fits(_divided(ended, own), header, first=first):
        return Pasted("", ended)
    for separator in NAMES:
        if separator == own or separator not in row.strip():
            continue
        if separator in "\xa0 ":
            cells = ended.replace("\xa0", " ").split()
        else:
            cells = [cell.strip(_BLANKS) for cell in ended.split(separator)]
        if len(cells) != width or not all(cells):
            continue
        plain = not any(set(cell) & {*_BLANKS, *",;\"'#"} for cell in cells)
        sure = plain and not _may_be_one_number(row, separator, width, names or row)
        if sure and _fits(cells, header, first=first):
            return Pasted(separator, own.join(cells))
        # Where the row has its cells already, one of them is wrong, not what stands between them.
        return Pasted(separator, "") if len(divided) != width else None
    return None


def divided_otherwise(row: str, header: HeaderSyntax) -> tuple[str, list[str]] | None:
    """Return the separator that makes most cells of a row, and the cells; `None` if that of its file does."""
    found = None
    most = len(_divided(row, header.delimiter))
    for separator in NAMES:
        if separator == header.delimiter or separator in "\xa0 ":
            continue
        cells = [cell.strip(_BLANKS) for cell in row.rstrip(_ENDS).split(separator)]
        if len(cells) > most:
            found, most = (separator, cells), len(cells)
    return found


def _may_be_one_number(row: str, separator: str, width: int, names: str) -> bool:
    """Return whether a comma may belong to a number: the names of the columns have none between them.

    Of two numbers, a decimal point in one says that no comma is one.
    """
    from curator.formats.ecsv.row_errors import GROUPED

    if separator != "," or "," in names:
        return False
    row = row.strip()
    few = width < 3 and ("." not in row or _GROUPED_BY_POINTS.match(row) is not None)
    return few or GROUPED.match(row) is not None


def _divided(row: str, delimiter: str) -> list[str]:
    from _csv import Error, reader

    try:
        return next(reader([row.strip() + "\n"], delimiter=delimiter, skipinitialspace=True, strict=True), [])
    except Error:
        return []


def _fits(cells: list[str], header: HeaderSyntax, *, first: bool) -> bool:
    """Return whether cells are the names of the columns, or values that the columns can hold."""
    from curator.formats.ecsv.row_errors import fits

    if first:
        return cells == [column.name for column in header.columns]
    return len(cells) == len(header.columns) and all(map(fits, header.columns, cells))


def with_own_separators(raw: bytes) -> bytes:
    """Return a file in which pasted rows have the separators of the others; all else stays as it is."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return raw
    found = read_declarations(text.replace("\r\n", "\n"))
    if found is None:
        return raw
    header, _ = found
    lines = text.split("\n")
    names = ""
    for number, line in enumerate(lines):
        row = line.removesuffix("\r")
        if not row.strip() or row.lstrip()[0] == "#":
            continue
        first, names = not names, names or row
        pasted = pasted_row(row, header, first=first, names=names)
        if pasted is not None and pasted.row:
            lines[number] = pasted.row + line[len(row) :]
    return "\n".join(lines).encode()
