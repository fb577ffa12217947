"""A look at the structure of a FITS file before astropy reads it, which believes any count."""

from __future__ import annotations

import re

from curator.errors import FormatError
from curator.formats.cards import BLOCK

__all__ = ["MAX_HDUS", "check_structure", "header_end"]

MAX_HDUS = 1000
_LENGTH = 80
_END = b"END".ljust(_LENGTH)
_IS_END = re.compile(rb"END(?![A-Z0-9_-])")
_MOST = {"NAXIS": 999, "TFIELDS": 999}  # FITS standard 4.0, sections 4.4.1 and 7.3.1
_SIZES = re.compile(r"(BITPIX|NAXIS\d{0,3}|PCOUNT|GCOUNT|TFIELDS|GROUPS)\Z")
_NUMBER = re.compile(r" *([+-]?\d{1,19})(?= |/|\Z)")


def header_end(data: bytes, start: int = 0) -> int:
    """Return where the header that begins at ``start`` ends, a whole number of blocks; -1 if it does not.

    An END that is not written as it must be ends no header here, though astropy goes by it.
    """
    for at in range(start, len(data) - _LENGTH + 1, _LENGTH):
        if _IS_END.match(data, at):
            exact = data[at : at + _LENGTH] == _END
            return start + _padded(at + _LENGTH - start) if exact else -1
    return -1


def check_structure(data: bytes) -> int:
    """Walk from header to header, and return where the last HDU ends; what follows is none.

    Raises
    ------
    FormatError
        A header counts more axes, columns or bytes than there can be, there are too many HDUs, or none.
    """
    start = 0
    for _ in range(MAX_HDUS):
        end = header_end(data, start)
        if end < 0 and start:
            return start
        if end < 0:
            raise FormatError("the first header has no end")
        size = _data_size(_sizes(data[start:end]))
        if end + size > len(data):
            raise FormatError("cut off: a header counts more bytes than follow it")
        start = end + _padded(size)
        if start >= len(data):
            return len(data)
    raise FormatError(f"more than {MAX_HDUS} HDUs")


def _sizes(header: bytes) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(0, len(header), _LENGTH):
        card = header[at : at + _LENGTH].decode("latin-1").upper()
        if card.startswith("END     "):
            break
        key, equals, value = card.removeprefix("HIERARCH ").partition("=")
        key = key.strip()
        if not equals or not _SIZES.match(key):
            continue
        number = _NUMBER.match(value)
        if number is None or key == "GROUPS":
            raise FormatError(f"{key} is {value.strip()[:30]!r}", keyword=key)
        size = int(number[1])
        if not abs(size) <= _MOST.get(key, 1 << 40) or (size < 0 and key != "BITPIX"):
            raise FormatError(f"{key} is {size}", keyword=key, value=size)
        if found.setdefault(key, size) != size:
            raise FormatError(f"{key} is {found[key]} and {size}", keyword=key, value=size)
    return found


def _data_size(sizes: dict[str, int]) -> int:
    axes = sizes.get("NAXIS", 0)
    if not axes:
        return 0
    count = 1
    for axis in range(1, axes + 1):
        count *= sizes.get(f"NAXIS{axis}", 0)
    bits = abs(sizes.get("BITPIX", 8)) * sizes.get("GCOUNT", 1) * (sizes.get("PCOUNT", 0) + count)
    return bits // 8


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
