"""A refused ECSV file looked at again: what a person most likely did, and the exact place.

Only files that cannot be read come here, so that nothing in this module decides what is accepted.
"""

from __future__ import annotations

import re

from curator.errors import FormatError
from curator.formats.cell_spans import cell_spans, each_cell_span
from curator.formats.ecsv.reader import read_bare
from curator.formats.ecsv.separators import NAMES, divided_otherwise, pasted_row, read_declarations
from curator.formats.yaml.slips import error_of, find_slip, tab_slip

__all__ = ["explained"]

# What can only be a line of the header's YAML, and no line of column names.
_HEADER_LINE = re.compile(r"\s*(?:-(?: .*|--)|[^\s:,\"]+:(?: .*)?)$")


def explained(path: str, text: str, error: FormatError) -> FormatError:
    """Return the error with a better place or hint, or a plainer one for the same mistake.

    Parameters
    ----------
    path, text : str
        The file, without carriage returns before newlines.
    error : FormatError
    """
    lines = text.split("\n")
    if error.code == "CUR001" and not error.keyword:
        return (
            _lost_shape(path, lines, error)
            or _no_entry(path, lines, error)
            or _tabs_between_names(path, lines)
            or _pasted_names(path, text, lines)
            or find_slip(path, lines, _header_end(lines), error, lambda text: read_bare(path, text))
            or error
        )
    if error.code in ("CUR010", "CUR011") and 0 < error.line <= len(lines):
        if _is_pasted(text, lines, error) or _has_other_cells(text, lines, error):
            return error
        names = lines[_header_end(lines) :][:1]
        (_place_cell if error.code == "CUR011" else _advise)(names[0] if names else "", lines, error)
    return error


def _header_end(lines: list[str]) -> int:
    """Return how many lines stand before the first that is neither blank nor begins with ``#``."""
    return next((at for at, line in enumerate(lines) if line.strip()[:1] not in ("", "#")), len(lines))


def _lost_shape(path: str, lines: list[str], error: FormatError) -> FormatError | None:
    end = _header_end(lines)
    if end == 0 or not lines[0].startswith("# "):
        return None
    wrong = "line does not begin with '# '"
    for number, line in enumerate(lines[:end], 1):
        if line.strip() not in ("", "#") and not line.startswith("# "):
            hint = "start every line of the header with '# '"
            return FormatError(wrong, path=path, line=number, column=1, value=line[:60], hint=hint)
    if end < len(lines) and _HEADER_LINE.match(lines[end]) and not 1 < error.line < end:
        hint = "the '# ' of a header line is missing"
        return FormatError(wrong, path=path, line=end + 1, column=1, value=lines[end][:60], hint=hint)
    return None


def _no_entry(path: str, lines: list[str], error: FormatError) -> FormatError | None:
    """Return the error for an entry of the ``!!omap`` of keywords that has no key."""
    end = _header_end(lines)
    meta = next((at for at, line in enumerate(lines[:end]) if re.match(r"# meta: *!!omap\s*$", line)), end)
    dashes = -1
    for number, line in enumerate(lines[meta + 1 : end], meta + 2):
        content = line[2:].lstrip(" ")
        column = len(line) - len(content)
        if content[:2] != "- ":
            if content and column == 2:
                break
            continue
        dashes = column if dashes < 0 else dashes
        entry = content[2:].partition(" #")[0].strip()
        if column != dashes or not entry or entry[0] in "{['\"!#&*?" or ": " in entry or entry[-1] == ":":
            continue
        if error.line not in (meta + 1, meta + 2, number):
            return None
        start = line.index(entry, column) + 1
        return FormatError(
            f"{entry[:60]!r} is not of the form 'KEY: value'",
            path=path,
            line=number,
            column=start,
            end=start + len(entry),
            value=entry[:60],
            hint="write a space after the colon"
            if ":" in entry
            else "write a colon and a space after the keyword",
        )
    return None


def _tabs_between_names(path: str, lines: list[str]) -> FormatError | None:
    at = _header_end(lines)
    if at == len(lines) or "\t" not in lines[at].strip():
        return None
    return error_of(tab_slip(at + 1, lines[at]), path, "\t")


def _pasted_names(path: str, text: str, lines: list[str]) -> FormatError | None:
    """Return the error for a line of column names that other separators divide than the header declares."""
    at = _header_end(lines)
    found = read_declarations(text)
    if found is None or at == len(lines):
        return None
    header, _ = found
    pasted = pasted_row(lines[at], header, first=True)
    if pasted is None or not pasted.row:
        return None
    hint = f"`curator fix` writes {NAMES[header.delimiter]}"
    if pasted.separator == ",":
        hint += "; or declare `delimiter: ','` in the header"
    message = _told("the column names are", pasted.separator, header.delimiter)
    return FormatError(message, path=path, line=at + 1, column=1, value=lines[at][:60], hint=hint)


def _is_pasted(text: str, lines: list[str], error: FormatError) -> bool:
    """Say of a row with other separators than its file what they are; return whether it is one."""
    found = read_declarations(text)
    row, names = lines[error.line - 1], lines[_header_end(lines) :][:1]
    pasted = pasted_row(row, found[0], names="".join(names)) if found else None
    if found is None or pasted is None:
        return False
    own = found[0].delimiter
    error.message = _told("this row is", pasted.separator, own)
    error.code, error.column, error.end = "CUR010", 1, 0
    error.hint = f"`curator fix` writes {NAMES[own]}"
    if not pasted.row:
        decimals = pasted.separator != "," and "," in row
        error.hint = f"write {NAMES[own]}" + (", and decimals with a point" if decimals else "")
    _count_alike("".join(names), lines, own, error)
    return True


def _has_other_cells(text: str, lines: list[str], error: FormatError) -> bool:
    """Say of a row with other separators than its file which cells are too many or empty, if any are."""
    from curator.formats.ecsv.row_errors import GROUPED, count_told, fits

    row, names = lines[error.line - 1], lines[_header_end(lines) :][:1]
    found = read_declarations(text) if error.code == "CUR010" and '"' not in row else None
    divided = divided_otherwise(row, found[0]) if found else None
    if found is None or divided is None or GROUPED.match(row.strip()):
        return False
    header, (separator, cells) = found[0], divided
    columns, own = header.columns, header.delimiter
    empty = [column.name for column, cell in zip(columns, cells, strict=False) if not cell]
    if len(cells) == len(columns) and empty:
        error.message = (
            f"the value of {' and '.join(empty)} is missing; {_told('the row is', separator, own)}"
        )
        error.hint = f"write {NAMES[own]}, and every value"
    else:
        extra = [cell for cell in cells[len(columns) :] if cell]
        error.message = f"{count_told(len(cells), len(columns))}; {_told('the row is', separator, own)}"
        if len(extra) == 1 and not any(fits(column, extra[0]) for column in columns):
            error.message = f"{count_told(len(cells), len(columns))}; the extra is {extra[0][:60]!r}"
        error.hint = f"write {NAMES[own]}; the columns are: {''.join(names):.200}"
    _count_alike("".join(names), lines, own, error)
    return True


def _told(what: str, separator: str, own: str) -> str:
    if not separator:
        return f"{what} followed by separators with no value between them"
    return f"{what} separated by {NAMES[separator]}, this file by {NAMES[own]}"


def _place_cell(names: str, lines: list[str], error: FormatError) -> None:
    """Give the error the place of its cell, if the row divides as the line of column names does."""
    row = lines[error.line - 1]
    for delimiter in " ,":
        declared = [_unquoted(names[start:end]) for start, end in cell_spans(names, delimiter)]
        cells = cell_spans(row, delimiter)
        if error.keyword in declared and len(cells) == len(declared):
            start, end = cells[declared.index(error.keyword)]
            error.column, error.end = start + 1, end + 1
            return


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell


def _advise(names: str, lines: list[str], error: FormatError) -> None:
    row = lines[error.line - 1]
    delimiter = "," if "," in names else " "
    cells = (row[start:end] for start, end in each_cell_span(row, delimiter))
    if any("#" in cell and cell[0] != '"' for cell in cells):
        error.hint = "write a comment in a line of its own"
    elif delimiter == " " and "\t" in row.strip():
        error.hint = "separate columns with spaces, not with tabs"
    elif (alone := _count(row, delimiter) == 1) and row.strip()[:1] == '"' and row.strip()[-1:] == '"':
        error.hint = "the quotes make one value of the whole row: remove them"
    elif delimiter == " " and alone and ("," in row or ";" in row):
        error.hint = f"separate columns with spaces, not with {',' if ',' in row else ';'!r}"
    _count_alike(names, lines, delimiter, error)


def _count(line: str, delimiter: str) -> int:
    return sum(1 for _ in each_cell_span(line, delimiter))


def _count_alike(names: str, lines: list[str], delimiter: str, error: FormatError) -> None:
    """Say how many rows below have as many cells as a row, unless it has one for each column."""
    row, *below = (line.strip() for line in lines[error.line - 1 :])
    wrong = _count(row, delimiter)
    if wrong == _count(names, delimiter):
        return
    more = sum(_count(one, delimiter) == wrong for one in below if one and one[0] != "#")
    if more:
        error.message += f"; {more} more row{' is' if more == 1 else 's are'} like it"
