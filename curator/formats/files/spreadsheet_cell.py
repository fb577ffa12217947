"""Text from a file that nobody vouches for, made safe for a spreadsheet."""

from __future__ import annotations

from curator.formats.files.terminal_escape import escape

__all__ = ["spreadsheet_cell"]

# What spreadsheets take for the start of a formula.
_FORMULA = ("=", "+", "-", "@")


def spreadsheet_cell(value: object) -> object:
    """Return a cell for CSV: control characters are escaped, and text that looks like a formula gets a ``'``.

    Numbers stay as they are, also those written as text.

    Examples
    --------
    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("-1.5"), spreadsheet_cell("Mask a column")
    ("'=1+1", '-1.5', 'Mask a column')
    """
    if not isinstance(value, str):
        return value
    text = escape(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
