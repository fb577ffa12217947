"""FITS files: written as bytes laid out here, read by astropy.

The bytes are a function of the values alone: no time, no version, no machine. HDU0 is an empty image with
CHECKSUM and DATASUM. Tables have none, nor comments on columns: readers take every keyword of a table that
they do not know for a part of its metadata.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from curator.errors import FormatError
from curator.formats.fits.cards import BLOCK, card, cards_bytes, escape, header_block, string_cards, unescape
from curator.values import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import numpy as np

__all__ = [
    "FitsColumn",
    "FitsHdu",
    "TableData",
    "card",
    "escape",
    "header_block",
    "image_hdu0",
    "read_fits",
    "table_hdu",
    "unescape",
]

_LONGEST_NAME = 64
# A fifth of what is read back: stamp and notes take the rest.
MAX_HEADER = 20_000 * 80


@dataclass(frozen=True, slots=True, eq=False)
class FitsColumn:
    """One column of a binary table.

    Parameters
    ----------
    name : str
    array : numpy.ndarray or numpy.ma.MaskedArray
        Of shape (rows, …). Masked cells become NaN, a null value (``TNULL``) or empty text. Of objects where
        every row is an array of its own length.
    unit : str, optional
        As FITS spells it (``10**-2`` for a percentage); `None` and empty text write no ``TUNIT``.
    description : str, optional
        Read from FITS, and not written to it.
    """

    name: str
    array: np.ndarray[Any, Any]
    unit: str | None = None
    description: str | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.array)


@dataclass(frozen=True, slots=True, eq=False)
class TableData:
    """A table: its name and its columns, all of the same number of rows."""

    name: str
    columns: list[FitsColumn] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.columns[0].rows if self.columns else 0


@dataclass(frozen=True, slots=True, eq=False)
class FitsHdu:
    """One HDU as read: its keywords apart from FITS's own, and its table if it has one.

    A repeated keyword is a list; ``HISTORY`` and ``COMMENT`` always are. An undefined value is `None`.
    """

    header: dict[str, Any]
    table: TableData | None = None


def image_hdu0(cards: Iterable[tuple[Any, ...]]) -> bytes:
    """Return an empty primary HDU.

    Parameters
    ----------
    cards : iterable of (key, value) or (key, value, comment)
        As for `card`.
    """
    from curator.formats.fits.checksum import summed

    structure = [("SIMPLE", "T"), ("BITPIX", "8"), ("NAXIS", "0"), ("EXTEND", "T")]
    lead = b"".join([_structural(key, value) for key, value in structure])
    return summed(lead + cards_bytes(cards), b"")


def table_hdu(table: TableData, cards: Iterable[tuple[Any, ...]] = ()) -> bytes:
    """Return a binary table HDU; ``EXTNAME`` is its name, if it has one.

    Raises
    ------
    FormatError
        Naming the column or keyword that FITS cannot hold.
    """
    from curator.formats.fits.table_layout import layout

    for column in table.columns:
        if not isinstance(column.name, str):
            raise FormatError(f"{column.name!r:.60} cannot name a column: it is not text")
    names = [column.name.upper() for column in table.columns]
    if len(set(names)) != len(names):
        raise FormatError(f"table {table.name} has two columns of one name", value=names)
    if len({len(column.array) for column in table.columns}) > 1:
        raise FormatError(f"the columns of table {table.name} have different numbers of rows")
    width, fields, data, heap = layout(table.columns, table.rows)
    structure = [
        ("XTENSION", "'BINTABLE'"),
        ("BITPIX", "8"),
        ("NAXIS", "2"),
        ("NAXIS1", str(width)),
        ("NAXIS2", str(table.rows)),
        ("PCOUNT", str(len(heap))),
        ("GCOUNT", "1"),
        ("TFIELDS", str(len(table.columns))),
    ]
    lead = [_structural(key, value) for key, value in structure]
    lead += [
        _structural_text(key, value) if isinstance(value, str) else _structural(key, str(value))
        for key, value in fields
    ]
    if table.name:
        lead.append(_structural_text("EXTNAME", table.name))
    data += heap
    header = b"".join(lead) + cards_bytes(cards)
    if len(header) > MAX_HEADER:
        raise FormatError(f"a header of {len(header) // 80:,} cards is too long for readers of FITS")
    return header_block(header) + data + b"\0" * (-len(data) % BLOCK)


@lru_cache(maxsize=4096)
def _structural(key: str, value: str) -> bytes:
    text = f"{value:20}" if value[0] == "'" else f"{value:>20}"
    return f"{key:8}= {text}".ljust(80).encode("ascii")


@lru_cache(maxsize=4096)
def _structural_text(key: str, value: str) -> bytes:
    text = escape(value)
    if len(text) > _LONGEST_NAME:
        raise FormatError(f"{value[:60]!r} is too long for {key}", keyword=key, value=value)
    return string_cards(key, text)


def read_fits(source: str | Path | bytes) -> list[FitsHdu]:
    """Return the HDUs of a FITS file, in order.

    Parameters
    ----------
    source : str, Path or bytes
        A file's name or its content.

    Raises
    ------
    FormatError
        If astropy cannot read it; with the file's name if there is one.
    """
    from curator.formats.fits.reader import read_hdus

    return read_hdus(source)
