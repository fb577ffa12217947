"""CHECKSUM and DATASUM (FITS standard 4.0, appendix J), without a time in their comments."""

from __future__ import annotations

from functools import cache
from typing import Any

from curator.formats.fits.cards import header_block

__all__ = ["summed"]

_ZEROS = "0" * 16
# ASCII punctuation that an encoded checksum avoids.
_EXCLUDED = frozenset((*range(0x3A, 0x41), *range(0x5B, 0x61)))


def summed(cards: bytes, data: bytes) -> bytes:
    """Return an HDU whose header has its checksums at the end.

    Parameters
    ----------
    cards : bytes
        All other cards.
    data : bytes
        Padded to a multiple of 2880 bytes.
    """
    datasum = _sum32(data)
    total = f"DATASUM = '{datasum!s:8}'".ljust(80).encode("ascii")
    empty = f"CHECKSUM= '{_ZEROS}'".ljust(80).encode("ascii")
    header = header_block(cards + empty + total)
    whole = _fold(_sum32(header) + datasum)
    checksum = _encode(~whole & 0xFFFFFFFF)
    at = len(cards) + 11
    return header[:at] + checksum + header[at + 16 :] + data


def _sum32(data: bytes) -> int:
    import numpy as np

    return _fold(int(np.frombuffer(data, ">u4").sum(dtype=np.uint64))) if data else 0


def _fold(value: int) -> int:
    while value >> 32:
        value = (value & 0xFFFFFFFF) + (value >> 32)
    return value


@cache
def _quarters(byte: int) -> tuple[int, int, int, int]:
    """Return four printable characters' codes that sum up to ``byte`` plus four times 48."""
    quotient = byte // 4 + 0x30
    found: list[Any] = [quotient + byte % 4, quotient, quotient, quotient]
    while any(one in _EXCLUDED for one in found):
        for first in (0, 2):
            if found[first] in _EXCLUDED or found[first + 1] in _EXCLUDED:
                found[first] += 1
                found[first + 1] -= 1
    return found[0], found[1], found[2], found[3]


def _encode(value: int) -> bytes:
    text = bytearray(16)
    for place in range(4):
        for number, code in enumerate(_quarters(value >> (24 - 8 * place) & 0xFF)):
            text[4 * number + place] = code
    return bytes(text[-1:] + text[:-1])
