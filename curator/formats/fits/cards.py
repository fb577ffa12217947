"""FITS header cards as bytes (FITS standard 4.0, section 4), with the conventions CONTINUE and HIERARCH.

FITS headers are printable ASCII and lose trailing spaces. Text is therefore written with backslashes:
``\\xNN`` for every byte of its UTF-8 form that cannot stand there, and then ``\\\\`` for a backslash. Text
that can stand there as it is, backslashes or not, does so unless it would be read as something else. Names of
people survive, and readers that know nothing of it see something readable.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from curator.errors import FormatError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "BLOCK",
    "NO_ITEMS",
    "ONE_ITEM",
    "card",
    "cards_bytes",
    "check_keyword",
    "escape",
    "header_block",
    "is_left_behind",
    "is_structural",
    "string_cards",
    "unescape",
]

BLOCK = 2880
_LENGTH = 80
# Comments that tell an empty list, and a list of one, from no value and from one value.
NO_ITEMS, ONE_ITEM = "list of none", "list of one"

_STRUCTURE = frozenset(
    ("SIMPLE", "XTENSION", "BITPIX", "NAXIS", "PCOUNT", "GCOUNT", "TFIELDS", "THEAP", "EXTEND", "END",
     "GROUPS", "EXTNAME", "EXTVER", "EXTLEVEL", "CHECKSUM", "DATASUM", "CONTINUE", "HIERARCH", "COMMENT",
     "BLANK", "BSCALE", "BZERO", "INHERIT", "BLOCKED", "ZIMAGE", "ZTABLE")
)  # fmt: skip
_OF_TABLES = frozenset(
    ("XTENSION", "BITPIX", "NAXIS", "PCOUNT", "GCOUNT", "TFIELDS", "THEAP", "EXTNAME", "EXTVER", "EXTLEVEL",
     "CHECKSUM", "DATASUM", "INHERIT")
)  # fmt: skip
_INDEXED = frozenset(
    ("NAXIS", "TTYPE", "TFORM", "TUNIT", "TNULL", "TSCAL", "TZERO", "TDIM", "TDISP", "TBCOL", "TCOMM",
     "TDMIN", "TDMAX", "TLMIN", "TLMAX", "TCTYP", "TCUNI", "TCRPX", "TCRVL", "TCDLT", "TRPOS")
)  # fmt: skip
_SHORT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
_LONG = _SHORT | frozenset("abcdefghijklmnopqrstuvwxyz.")
_LONGEST_KEY = 48
_TEXT = 72  # of one HISTORY card


def is_left_behind(key: object) -> bool:
    """Return whether a keyword is one that the writer of a FITS table says of the table.

    Where such a table is written as text, readers of FITS leave them among the metadata.
    """
    return isinstance(key, str) and (key in _OF_TABLES or (key.isupper() and _is_indexed(key)))


def is_structural(key: str) -> bool:
    """Return whether a keyword is reserved in FITS, so that metadata cannot use it."""
    upper = key.upper()
    return upper in _STRUCTURE or _is_indexed(upper)


def _is_indexed(upper: str) -> bool:
    return (stem := upper.rstrip("0123456789")) != upper and stem in _INDEXED


def escape(text: str) -> str:
    """Return text as printable ASCII without trailing spaces; `unescape` undoes it."""
    if text.isascii() and text.isprintable() and text[-1:] != " " and ("\\" not in text or _is_plain(text)):
        return text
    data = text.encode("utf-8", "surrogateescape")
    body = data.rstrip(b" ")
    found = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else "\\\\" if byte == 0x5C else f"\\x{byte:02x}"
        for byte in body
    )
    return found + "\\x20" * (len(data) - len(body))


def _is_plain(text: str) -> bool:
    """Whether the backslashes of a text are read as they are, by themselves and before what follows them."""
    return text[-1:] != "\\" and text[-2:] != "\\&" and unescape(text) == text


def unescape(text: str) -> str:
    """Return the text that `escape` was given; other backslashes stay."""
    if "\\" not in text:
        return text
    import re

    data = re.sub(
        rb"\\(\\|x[0-9a-f]{2})",
        lambda match: b"\\" if match[1] == b"\\" else bytes((int(match[1][1:], 16),)),
        text.encode("utf-8", "surrogateescape"),
    )
    return data.decode("utf-8", "surrogateescape")


def card(key: str, value: Any, comment: str = "") -> bytes:
    """Return the card, or cards, of one keyword.

    Parameters
    ----------
    key : str
        Up to 8 letters, digits, ``-`` or ``_`` become upper case; anything longer a HIERARCH card, case kept.
    value : None, bool, int, float, str, or list of them
        `None` is an undefined value, a list repeated cards. ``HISTORY`` takes text or a list of texts.
    comment : str, optional
        Left out where there is no room for it.

    Raises
    ------
    FormatError
        Naming the keyword: it is FITS's own, has illegal characters, or its value cannot be held.
    """
    check_keyword(key)
    return _card(key, value, comment)


def cards_bytes(cards: Iterable[tuple[Any, ...]]) -> bytes:
    """Return ``(key, value)`` or ``(key, value, comment)`` tuples as cards."""
    return b"".join([_often(*one) if _is_short(one[1]) else card(*one) for one in cards])


def _is_short(value: Any) -> bool:
    kind = type(value)
    return len(value) < 200 if kind is str else kind is int or kind is bool or value is None


@lru_cache(maxsize=4096, typed=True)
def _often(key: str, value: str | int | None, comment: str = "") -> bytes:
    """Return what `card` does; from file to file most cards are the same."""
    return card(key, value, comment)


def header_block(cards: bytes) -> bytes:
    """Return cards as a whole header: with END, filled up to a multiple of 2880 bytes."""
    size = len(cards) + _LENGTH
    return cards + b"END".ljust(_LENGTH) + b" " * (-size % BLOCK)


@lru_cache(maxsize=4096)
def check_keyword(key: str) -> None:
    """Refuse what is no keyword of FITS, or one that has a meaning of its own there.

    Raises
    ------
    FormatError
        Naming the keyword.
    """
    if not isinstance(key, str) or not key:
        raise FormatError(f"{key!r:.60} is not a keyword", keyword=str(key))
    if is_structural(key):
        raise FormatError(f"{key} is reserved in FITS", keyword=key, hint="give the keyword another name")
    if not all(map(_LONG.issuperset, words := key.split(" "))) or "" in words or len(key) > _LONGEST_KEY:
        raise FormatError(
            f"{key[:60]!r} is not a FITS keyword",
            keyword=key,
            hint=f"up to {_LONGEST_KEY} letters, digits, '-', '_' or '.', with single spaces between",
        )


def _card(key: str, value: Any, comment: str) -> bytes:
    if isinstance(value, (list, tuple)):
        return _list(key, value, comment)
    if len(key) == 7 and key.upper() == "HISTORY":
        return _history(value)
    if isinstance(value, float):
        return _scalar_card(key, _float(key, value), comment)
    if value is None or isinstance(value, (str, bool, int)):
        return _plain_card(key, value, comment)
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return _card(key, value.item(), comment)
    raise FormatError(
        f"{key}: a {type(value).__name__} cannot be written to a FITS header", keyword=key, value=value
    )


def _plain_card(key: str, value: str | int | None, comment: str) -> bytes:
    if isinstance(value, str):
        return string_cards(key, escape(value), escape(comment))
    if value is None:
        return _scalar_card(key, "", comment)
    if isinstance(value, bool):
        return _scalar_card(key, "T" if value else "F", comment)
    return _scalar_card(key, _int(key, value), comment)


def _list(key: str, values: Any, comment: str) -> bytes:
    if key.upper() == "HISTORY":
        return b"".join([_history(one) for one in values])
    if any(isinstance(one, (list, tuple)) for one in values):
        raise FormatError(
            f"{key}: a list within a list cannot be written to a FITS header", keyword=key, value=values
        )
    if not values:
        return _card(key, None, NO_ITEMS)
    if len(values) == 1:
        return _card(key, values[0], ONE_ITEM)
    return b"".join([_card(key, one, comment) for one in values])


def _history(text: Any) -> bytes:
    if not isinstance(text, str):
        raise FormatError(f"HISTORY is text, not {text!r:.60}", keyword="HISTORY", value=text)
    return _history_often(text) if len(text) < 200 else _history_cards(text)


@lru_cache(maxsize=4096)
def _history_often(text: str) -> bytes:
    """Return what `_history_cards` does; one commit edits many files."""
    return _history_cards(text)


def _history_cards(text: str) -> bytes:
    rest = escape(text)
    pieces = []
    while len(rest) > _TEXT:
        cut = _whole_escapes(rest, _TEXT - 1)
        # A lone backslash at the end: the next card goes on.
        pieces.append(rest[:cut] + "\\")
        rest = rest[cut:]
    pieces.append(rest)
    return b"".join([f"HISTORY {piece}".ljust(_LENGTH).encode("ascii") for piece in pieces])


def _whole_escapes(text: str, end: int) -> int:
    """Return the last position up to ``end`` that is not within an escape."""
    start = text.rfind("\\x", max(0, end - 3), end)
    run = len(text[:end]) - len(text[:end].rstrip("\\"))
    if run % 2:
        return end - 1
    if start < 0 or start + 4 <= end:
        return end
    before = len(text[:start]) - len(text[:start].rstrip("\\"))
    return start if before % 2 == 0 else end


def _lead(key: str) -> str:
    upper = key.upper()
    return f"{upper:8}= " if len(key) <= 8 and _SHORT.issuperset(upper) else f"HIERARCH {key} = "


def _scalar_card(key: str, text: str, comment: str) -> bytes:
    lead = _lead(key)
    found = f"{lead}{text:>20}" if len(lead) == 10 else lead + text
    if len(found) > _LENGTH:
        raise FormatError(f"{key}: {text} is too long for a FITS card", keyword=key, value=text)
    return _with_comment(found, escape(comment)).ljust(_LENGTH).encode("ascii")


def _with_comment(text: str, comment: str) -> str:
    if comment and len(text) + 3 + len(comment) <= _LENGTH:
        return f"{text} / {comment}"
    return text


def string_cards(key: str, text: str, comment: str = "") -> bytes:
    """Return the cards of a text that is escaped already, whatever the keyword."""
    lead = _lead(key)
    if "'" in text and "/" in text:
        # Behind a quote, with or without blanks, astropy takes a slash for the beginning of the comment.
        pieces = text.split("/")
        text = (
            "".join(piece + ("\\x2f" if piece.rstrip(" ").endswith("'") else "/") for piece in pieces[:-1])
            + pieces[-1]
        )
    quoted = text.replace("'", "''")
    if len(lead) + 2 + len(quoted) <= _LENGTH:
        padded = f"{lead}'{quoted:8}'" if len(lead) == 10 else f"{lead}'{quoted}'"
        return _with_comment(f"{padded:30}", comment).ljust(_LENGTH).encode("ascii")
    if quoted[-1] == "&":
        quoted = quoted[:-1] + "\\x26"  # at the end of a long text it would be read as "to be continued"
    found = []
    while True:
        room = _LENGTH - len(lead) - 2
        if len(quoted) <= room:
            found.append(_with_comment(f"{lead}'{quoted}'", comment))
            break
        cut = room - 1
        if (len(quoted[:cut]) - len(quoted[:cut].rstrip("'"))) % 2:
            cut -= 1  # the two halves of a doubled quote stay together
        found.append(f"{lead}'{quoted[:cut]}&'")
        quoted, lead = quoted[cut:], "CONTINUE  "
    return b"".join([line.ljust(_LENGTH).encode("ascii") for line in found])


def _float(key: str, value: float) -> str:
    text = repr(float(value)).upper()
    if "N" in text:
        raise FormatError(
            f"{key}: {value} is not a value that a FITS header can hold", keyword=key, value=value
        )
    return text.replace("E", ".0E") if "E" in text and "." not in text else text


def _int(key: str, value: int) -> str:
    if abs(value) >= 10**60:
        raise FormatError(f"{key}: a number of more than 60 digits", keyword=key)
    return str(int(value))
