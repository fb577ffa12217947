"""Whether FITS can hold what a text file says: one answer, which checks and exports both go by.

It is the answer of what writes FITS. That takes numpy, so it is asked only where a look at the values leaves
a doubt; a look never passes what cannot be written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from curator.calibrations.fits.cards import NOT_CONTENT, holdable_cards
from curator.calibrations.fits.units import is_known_unit
from curator.calibrations.header.keywords import rename
from curator.errors import CalibrationError, CuratorError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.calibrations.types.base import Calibration
    from curator.formats.document import Column, Document

__all__ = [
    "MAX_NOTES",
    "MAX_NOTE_TEXT",
    "are_numbers",
    "content_problem",
    "fits_tables",
    "keyword_problem",
    "own_notes",
    "plain_columns",
    "plain_header",
    "plain_scalars",
    "takes_text",
]

MAX_NOTES = 20_000
# Escaped, each may become six; a file whose headers have more than 100,000 cards is not read back.
MAX_NOTE_TEXT = 800_000

_SCALARS = frozenset((str, int, float, bool, type(None)))
_NUMBERS = frozenset((int, float))
# Read as what they are, and kept by FITS as they are.
_COLUMNS = frozenset(("uint8", "int16", "int32", "int64", "float32", "float64", "string"))
_CELLS = frozenset((int, float, bool))
_ELEMENTS = frozenset(("bool", "int32", "int64", "float32", "float64"))
# With so many letters there is room for every number of so many digits on one card.
_ROOMY = 32
_MAX_INT = 10**20
_MOST_ITEMS = 1000
_MOST_TEXT = 60_000
_LONGEST_NAME = 64
_INT64 = 1 << 63


def fits_tables(
    document: Document, calibration: type[Calibration], names: Mapping[str, str] | None = None
) -> bytes:
    """Return HDU1, HDU2, … of what a text file says, with ``names`` in place of those in its header.

    Raises
    ------
    CuratorError
        FITS cannot hold it; with file, line and keyword.
    """
    try:
        own_notes(document)
        made = calibration.from_document(document)
        rename(made.getMetadata(), names or {})
        return made.fits_parts()
    except CuratorError as error:
        document.locate(error)
        raise


def content_problem(document: Document, calibration: type[Calibration]) -> CuratorError | None:
    """Say why FITS cannot hold what a text file says, `None` if it can.

    Its keywords are not looked at one by one: `keyword_problem` does that.
    """
    if plain_header(document) and calibration.is_plain(document):
        return None
    try:
        fits_tables(document, calibration)
    except CuratorError as error:
        return error
    return None


def keyword_problem(key: object, value: object) -> CuratorError | None:
    """Say why FITS cannot hold a keyword with this value, `None` if it can."""
    if _is_plain(key, value):
        return None
    try:
        holdable_cards({key: value})
    except CuratorError as error:
        return error
    return None


def _is_plain(key: object, value: object) -> bool:
    kind = type(value)
    if kind not in _SCALARS or not takes_text(key):
        return False
    if kind is float:
        return len(key) <= _ROOMY and math.isfinite(value)  # type: ignore[arg-type]
    return kind is not int or (len(key) <= _ROOMY and -_MAX_INT < value < _MAX_INT)  # type: ignore[arg-type,operator]


@lru_cache(1024)
def takes_text(key: object) -> bool:
    """Whether FITS has this keyword; then it can hold every text."""
    try:
        return bool(holdable_cards({key: ""})) and isinstance(key, str)
    except CuratorError:
        return False


def own_notes(document: Document) -> list[str]:
    """Return the notes that a file holds itself: its HISTORY.

    Raises
    ------
    CalibrationError
        HISTORY is no list of text, or there are more notes and comments than a FITS header takes.
    """
    own = document.header.get("HISTORY")
    lines = [own] if isinstance(own, str) else ([] if own is None else own)
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise CalibrationError(
            "HISTORY is not a list of strings",
            keyword="HISTORY",
            hint="write one quoted string per line, as `curator note` does",
        )
    count = len(lines) + len(document.comments)
    if count > MAX_NOTES:
        raise CalibrationError(
            f"{count} notes and comments are too many for a FITS header; the limit is {MAX_NOTES}"
        )
    said = [one.description or "" for one in document.columns.values()]
    size = sum(map(len, [*lines, *said])) + sum(len(comment.text) for comment in document.comments)
    if size > MAX_NOTE_TEXT:
        raise CalibrationError(
            f"notes of {size:,} characters are more than the {MAX_NOTE_TEXT:,} a FITS header takes"
        )
    return lines


def plain_header(document: Document) -> bool:
    """Whether a look tells that no keywords contradict each other, and that there are not too many."""
    header = document.header
    if not _are_distinct(header):
        return False
    lists = [one for one in header.values() if type(one) is list]
    if len(document.raw) < _MOST_TEXT and not document.comments:
        return not lists or sum(map(len, lists)) <= _MOST_ITEMS
    texts = [one for one in header.values() if type(one) is str]
    if sum(map(len, lists)) + len(document.comments) > _MOST_ITEMS:
        return False
    texts += [one for many in lists for one in many if type(one) is str]
    texts += [comment.text for comment in document.comments]
    texts += [one.description for one in document.columns.values() if one.description]
    return sum(map(len, texts)) <= _MOST_TEXT


def _are_distinct(header: Mapping[Any, object]) -> bool:
    """Whether no two keywords that FITS takes for one have different values."""
    try:
        if len(set(map(str.upper, header))) == len(header):
            return True
    except TypeError:  # one is no text
        return False
    said: dict[str, object] = {}
    for key, value in header.items():
        found = said.setdefault(key.upper(), value)
        if found != value and None not in (found, value):
            return False
    return True


def plain_columns(columns: Mapping[str, Column]) -> bool:
    """Whether a look tells that FITS holds the columns of a table that was read without astropy."""
    return (
        bool(columns)
        and len({name.upper() for name in columns}) == len(columns)
        and all(_is_plain_name(one.name) and _is_plain_column(one) for one in columns.values())
    )


def _is_plain_name(name: str) -> bool:
    return 0 < len(name) < _LONGEST_NAME and name.isascii() and name.isprintable() and name.strip() == name


def _is_plain_column(column: Column) -> bool:
    if not is_known_unit(column.unit):
        return False
    if column.subtype is not None or column.shape:
        return column.subtype in _ELEMENTS and all(map(_is_cell, column.values))
    if column.datatype == "bool":
        return None not in column.values
    if column.datatype == "string":
        longest = max((len(one) for one in set(column.values) if one), default=1)
        return longest * len(column.values) < _MOST_TEXT * 100
    return column.datatype in _COLUMNS


def _is_cell(value: Any) -> bool:
    return type(value) is list and bool(value) and _CELLS.issuperset(map(type, value))


def are_numbers(values: Any, kinds: frozenset[type] = _NUMBERS) -> bool:
    """Whether a value is a flat list of numbers that arrays of numpy hold."""
    if type(values) is not list or not kinds.issuperset(found := set(map(type, values))):
        return False
    return int not in found or all(-_INT64 <= one < _INT64 for one in values if type(one) is int)


def plain_scalars(
    tree: Mapping[Any, Any],
    header: Mapping[str, Any],
    known: Iterable[str],
    keywords: Mapping[str, str],
) -> bool:
    """Whether a look tells that what a tree says besides its tables can stand among the ``header``.

    ``keywords`` are what entries of the tree are called there.
    """
    said = {key.upper(): value for key, value in header.items()}
    for key, value in tree.items():
        if key == "metadata" or key in known:
            continue
        if type(key) is not str or (keyword := keywords.get(key, key)) in NOT_CONTENT:
            return False
        several = list(value) if isinstance(value, list | tuple) else value
        items = several if type(several) is list else [value]
        if not (takes_text(keyword) and all(_is_plain(keyword, one) for one in items)):
            return False
        found = said.setdefault(keyword.upper(), several)
        if found != several or type(found) is not type(several):
            return False
    return True
