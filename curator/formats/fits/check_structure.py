"""A look at the structure of a FITS file before astropy reads it, which believes any count."""

from __future__ import annotations

import re

from curator.errors import FormatError
from curator.formats.fits.cards import BLOCK
from curator.formats.fits.check_table import check_table

__all__ = ["MAX_CARDS", "MAX_HDUS", "check_structure", "data_blocks", "header_end"]

MAX_HDUS = 1000
# Astropy takes some 40 us for each; the headers of one file together have no more.
MAX_CARDS = 100_000
_LENGTH = 80
_END = b"END".ljust(_LENGTH)
_IS_END = re.compile(rb"END(?![A-Z0-9_-])")
_MOST = {"NAXIS": 999, "TFIELDS": 999}  # FITS standard 4.0, sections 4.4.1 and 7.3.1
_SIZES = re.compile(r"(BITPIX|NAXIS\d{0,3}|PCOUNT|GCOUNT|TFIELDS|GROUPS)\Z")
_EXTENSION = re.compile(rb"XTENSION= *'([A-Z0-9_-]+) *'")
_NUMBER = re.compile(r" *([+-]?\d{1,19})(?= |/|\Z)")


def header_end(data: bytes, start: int = 0) -> int:
    """Return where the header that begins at ``start`` ends, a whole number of blocks; -1 if it does not.

    An END that is not written as it must be ends no header here, though astropy goes by it; neither does one
    behind more than `MAX_CARDS` cards.
    """
    for at in range(start, min(len(data) - _LENGTH, start + MAX_CARDS * _LENGTH) + 1, _LENGTH):
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
    start = size = 0
    for _ in range(MAX_HDUS):
        end = header_end(data, start)
        size += (end if end > 0 else len(data)) - start
        if size > MAX_CARDS * _LENGTH and (end > 0 or data.startswith((b"SIMPLE", b"XTENSION"), start)):
            raise FormatError(f"headers of more than {MAX_CARDS:,} cards")
        if end < 0 and start:
            return start
        if end < 0:
            raise FormatError("the first header has no end")
        header = data[start:end]
        sizes = _sizes(header)
        behind = _data_size(sizes)
        if end + behind > len(data):
            raise FormatError("cut off: a header counts more bytes than follow it")
        if _is_table(header):
            check_table(header, sizes, data, end)
        start = end + _padded(behind)
        if start >= len(data):
            return len(data)
    raise FormatError(f"more than {MAX_HDUS} HDUs")


def data_blocks(header: bytes) -> int:
    """Return how many bytes lie between the end of a header and the next HDU.

    Raises
    ------
    FormatError
        The header counts more axes or bytes than there can be.
    """
    return _padded(_data_size(_sizes(header)))


def _is_table(header: bytes) -> bool:
    if not header.startswith(b"XTENSION"):
        return False
    found = _EXTENSION.match(header, 0, _LENGTH)
    if found is None:
        raise FormatError("XTENSION is not a word", keyword="XTENSION")
    return found[1] in (b"BINTABLE", b"A3DTABLE")


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
