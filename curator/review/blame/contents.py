"""The content of one version of a calibration, in the parts that people edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.types.base import Calibration
    from curator.compare.tables import Table
    from curator.compare.values import Value

__all__ = ["NOTHING", "Content", "read_content"]


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """Keywords, tables and notes.

    Parameters
    ----------
    keywords : mapping
        Name as spelled and value, by the lower-case name.
    tables : mapping of str to Table
        By their names.
    notes : tuple of str
        ``HISTORY``, ``DEPRECATED`` and comments.
    history : tuple of str
        ``HISTORY`` alone.
    calibration : Calibration, optional
        All of it; `None` of a file that was removed.
    """

    keywords: Mapping[str, tuple[str, Value]]
    tables: Mapping[str, Table]
    notes: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    calibration: Calibration | None = None


# The content of a file that was removed.
NOTHING = Content({}, {})


def read_content(path: str, raw: bytes, amplifiers: Sequence[str] = ()) -> Content:
    """Read one version.

    Parameters
    ----------
    path : str
        Tells the format and the dataset type.
    raw : bytes
    amplifiers : sequence of str
        Names of the detector's amplifiers, in order: crosstalk matrices do not name them.

    Raises
    ------
    CuratorError
        The bytes cannot be read, or are no calibration.
    """
    from curator.calibrations.fits.cards import header_cards
    from curator.calibrations.header.keywords import get_keyword
    from curator.calibrations.types.read import calibration_of
    from curator.calibrations.types.types import find_type
    from curator.compare.tables import tables_of
    from curator.compare.values import plain
    from curator.formats.read import read_document
    from curator.repository.layout.paths import CalibPath
    from curator.review.reviewed import notes_of

    place = CalibPath.try_parse(path)
    kind = find_type(place.dataset_type) if place else None
    doc = read_document(path, raw)
    calibration = calibration_of(doc, kind.calibration if kind else None)
    header = calibration.getMetadata()
    history = get_keyword(header, "HISTORY")
    return Content(
        {name.lower(): (name, plain(value)) for name, value in header_cards(header)},
        {table.name: table for table in tables_of(calibration, amplifiers, large=True)},
        notes_of(doc),
        tuple(map(str, history)) if isinstance(history, list) else (str(history),) if history else (),
        calibration,
    )
