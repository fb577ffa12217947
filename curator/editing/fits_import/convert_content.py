"""An imported calibration as text, proved to hold what the FITS file holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.errors import CuratorError, EditingError

if TYPE_CHECKING:
    import numpy as np

    from curator.calibrations.types.base import Calibration
    from curator.editing.fits_import.fits_reader import Foreign
    from curator.formats.fits.fits import TableData

__all__ = ["ConvertedText", "content_digest", "make_text", "same_content"]


class ConvertedText(NamedTuple):
    """A text.

    Parameters
    ----------
    format : {"ecsv", "yaml"}
    raw : bytes
    calibration : Calibration
        What reading it gives.
    columns : dict of str to str
        Columns that have another type than in the FITS file, and that type: YAML knows one kind of numbers.
    """

    format: str
    raw: bytes
    calibration: Calibration
    columns: dict[str, str]


def make_text(foreign: Foreign, header: Mapping[str, Any]) -> ConvertedText:
    """Return the text of a calibration with ``header``, read back and compared.

    The format is that of the text it was exported from, else the one its type prefers; another of the type's
    where that one would lose anything.

    Raises
    ------
    EditingError
        No format of its type holds it as it is.
    """
    kind = foreign.kind
    calib = kind.calibration(header, foreign.calibration.tables())
    formats = list(dict.fromkeys([*([foreign.origin.format] if foreign.origin else []), *kind.formats]))
    found: list[ConvertedText] = []
    reasons: list[CuratorError] = []
    for name in formats:
        if name not in kind.formats:
            continue
        try:
            found.append(_proved(calib, name))
        except CuratorError as error:
            reasons.append(error)
            continue
        if not found[-1].columns and same_content(found[-1].calibration, calib):
            return found[-1]
    if found:
        return found[0]
    # Of several tables, ECSV never is the form.
    first = reasons[-1 if len(calib.tables()) > 1 else 0]
    raise EditingError(
        f"text cannot represent this {kind.name} exactly: {first.message}",
        keyword=first.keyword,
        value=first.value,
        hint=first.hint,
    )


def _proved(calib: Calibration, text_format: str) -> ConvertedText:
    from curator.calibrations.types.read import read_text

    raw = calib.to_text(text_format)
    back: Calibration = read_text(f"calibration.{text_format}", raw, type(calib))
    lost = [key for key, value in _cards(calib).items() if _cards(back).get(key) != value]
    if lost:
        raise EditingError(f"{lost[0]!r:.60} would change when the text is read back", keyword=lost[0])
    if calib.getMetadata().get("HISTORY") != back.getMetadata().get("HISTORY"):
        raise EditingError("HISTORY would change when the text is read back", keyword="HISTORY")
    columns = dict(_widened(calib.tables(), back.tables()))
    back.fits_parts()  # it can be exported again
    return ConvertedText(text_format, raw, back, columns)


def content_digest(foreign: Foreign, text: ConvertedText) -> str:
    """Return the digest of what a file holds, its tables called as those of the text are.

    Readers ignore the names of HDUs, and foreign writers give none.
    """
    from dataclasses import replace

    names = [table.name for table in text.calibration.tables()]
    tables = [
        replace(table, name=name) for table, name in zip(foreign.calibration.tables(), names, strict=True)
    ]
    return str(foreign.kind.calibration(foreign.parts.kept, tables).content_digest())


def same_content(one: Calibration, other: Calibration) -> bool:
    """Whether two calibrations are the same but for the order of their keywords and their notes."""
    return one == other


def _cards(calib: Calibration) -> dict[str, Any]:
    from curator.calibrations.fits.cards import header_cards

    cards = header_cards(calib.getMetadata())
    # 1, 1.0 and True are equal in Python, and different cards.
    return {name.lower(): (type(value).__name__, value) for name, value in cards}


def _widened(mine: list[TableData], other: list[TableData]) -> Iterator[tuple[str, str]]:
    """Give the columns that have another type, once all are known to have the same values."""
    if len(mine) != len(other):
        raise EditingError(f"{len(mine)} tables would become {len(other)}")
    for table, read in zip(mine, other, strict=True):
        columns = {column.name: column for column in read.columns}
        if columns.keys() != {column.name for column in table.columns}:
            odd = sorted(columns.keys() ^ {column.name for column in table.columns})
            raise EditingError(
                f"column {odd[0]!r:.60} would be lost when the text is read back", keyword=odd[0]
            )
        for column in table.columns:
            there = columns[column.name]
            if (column.unit or "") != (there.unit or "") or not _equal(column.array, there.array):
                raise EditingError(
                    f"column {column.name!r:.60} would change when the text is read back", keyword=column.name
                )
            if column.array.dtype != there.array.dtype and column.array.dtype.kind not in "UO":
                yield column.name, there.array.dtype.name


def _equal(mine: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    import numpy as np

    if len(mine) != len(other):
        return False
    if "O" in (mine.dtype.kind, other.dtype.kind):
        rows = zip(mine, other, strict=True)
        return all(_equal(np.asarray(one), np.asarray(two)) for one, two in rows)
    if mine.size == 0 and other.size == 0:
        return True
    if mine.shape != other.shape or (mine.dtype.kind == "U") != (other.dtype.kind == "U"):
        return False
    if not np.array_equal(np.ma.getmaskarray(mine), np.ma.getmaskarray(other)):
        return False
    fill: Any = "" if mine.dtype.kind == "U" else 0
    numbers = "f" in (mine.dtype.kind, other.dtype.kind) or "c" in (mine.dtype.kind, other.dtype.kind)
    return np.array_equal(np.ma.filled(mine, fill), np.ma.filled(other, fill), equal_nan=numbers)
