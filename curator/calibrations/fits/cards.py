"""Metadata as FITS can hold it: which keyword, which value, and what cannot be held.

Look-up in FITS ignores case, so keywords that differ only in case must agree.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

from curator.errors import CalibrationError, FormatError
from curator.formats.fits.cards import card, check_keyword

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["NOT_CONTENT", "canonical_value", "fits_name", "header_cards", "holdable_cards"]

# Kept in text, never among the cards of a table: notes, and whether it is to be used, go to HDU0.
NOT_CONTENT = frozenset({"HISTORY", "DEPRECATED", "__serialized_columns__"})

_SIMPLE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def fits_name(key: str) -> str:
    """Return the keyword as FITS has it: short ones in upper case, longer ones as they are spelled.

    Examples
    --------
    >>> fits_name("raftName"), fits_name("bfk_VERSION")
    ('RAFTNAME', 'bfk_VERSION')
    """
    upper = key.upper()
    return upper if len(upper) <= 8 and _SIMPLE.issuperset(upper) else key


def canonical_value(key: str, value: object) -> Any:
    """Return a metadata value as FITS has it: a scalar, or a list of none or several.

    A list of one is its item: FITS has one card for both.

    Raises
    ------
    CalibrationError
        FITS headers cannot hold it: a mapping, a nested list, NaN or infinity, raw bytes.
    """
    if isinstance(value, list | tuple):
        if len(value) == 1:
            return _scalar(key, value[0])
        return [_scalar(key, one) for one in value]
    return _scalar(key, value)


def _scalar(key: str, value: object) -> Any:
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        raise _unfit(
            key,
            value,
            f"{value} is not a value that a FITS header can hold",
            "remove the keyword, or set it to null",
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        raise _unfit(
            key, value, "a mapping cannot be written to a FITS header", "write one keyword for each entry"
        )
    if isinstance(value, list | tuple):
        raise _unfit(
            key, value, "a list within a list cannot be written to a FITS header", "write a flat list"
        )
    raise _unfit(key, value, f"a value of type {type(value).__name__} cannot be written to a FITS header", "")


def _unfit(key: str, value: object, message: str, hint: str) -> CalibrationError:
    return CalibrationError(f"{key}: {message}", keyword=key, value=value, hint=hint)


def header_cards(metadata: Mapping[Any, object]) -> list[tuple[str, Any]]:
    """Return the keyword and value of every card, one spelling of each keyword.

    Raises
    ------
    CalibrationError
        Naming the keyword: it is no keyword of FITS, its value cannot be held, or two spellings of it have
        different values.
    """
    cards: dict[str, tuple[str, Any]] = {}
    for key, value in _content(metadata):
        name = fits_name(key)
        found = canonical_value(key, value)
        known = cards.get(name.lower())
        if known is None or _says_nothing(known[1]):
            cards[name.lower()] = (name, found)
        elif not _says_nothing(found) and known[1] != found:
            raise CalibrationError(
                f"{known[0]} is {known[1]!r}, but {key} is {found!r}",
                keyword=key,
                value=found,
                hint="FITS ignores case in keywords: keep one of the two",
            )
    return list(cards.values())


def holdable_cards(metadata: Mapping[Any, object]) -> list[tuple[str, Any]]:
    """Return what `header_cards` does, for metadata of which FITS holds every card.

    Raises
    ------
    CalibrationError
        As of `header_cards`.
    FormatError
        A number is too long for its card.
    """
    cards = header_cards(metadata)
    for key, value in cards:
        card(key, value)
    return cards


def _says_nothing(value: object) -> bool:
    return value is None or value == ""


def _content(metadata: Mapping[Any, object]) -> Iterator[tuple[str, object]]:
    for key, value in metadata.items():
        if isinstance(key, str) and (key in NOT_CONTENT or key.upper() in NOT_CONTENT):
            continue
        if not isinstance(key, str) or not key.strip():
            raise CalibrationError(
                f"{key!r} is not a keyword, because it is not text", keyword=str(key), value=value
            )
        try:
            check_keyword(key)
        except FormatError as error:
            raise CalibrationError(error.message, keyword=key, value=value, hint=error.hint) from None
        yield key, value
