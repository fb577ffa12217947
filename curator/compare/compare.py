"""What differs between two calibrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from curator.compare.boxes import mask_change
from curator.compare.curves import curve_changes, is_curve
from curator.compare.difference import Difference, ordered
from curator.compare.kinds import KeywordChange, TypeChange
from curator.compare.many import MANY
from curator.compare.matrices import matrix_changes
from curator.compare.moves import moves, name_changes
from curator.compare.rows import BOX, compare_tables, whole
from curator.compare.tables import tables_of
from curator.compare.values import plain, typed

if TYPE_CHECKING:
    from curator.calibrations.types.base import Calibration
    from curator.calibrations.types.types import DatasetType
    from curator.compare.difference import Change
    from curator.compare.tables import Table
    from curator.formats.document import Document

__all__ = ["compare", "compare_documents"]


def compare(
    before: Calibration, after: Calibration, amplifiers: Sequence[str] = (), *, rows: bool = True
) -> Difference:
    """Return what differs between two calibrations; empty exactly where they are equal.

    Parameters
    ----------
    amplifiers : sequence of str
        The detector's, in order: crosstalk matrices do not name them. They are numbered without.
    rows : bool
        Tell every row that differs; without, the first of each table stands for all, and the summaries count.

    Notes
    -----
    Rows are found by the columns that `DatasetType.row_key` names, in time that is n log n in their number.

    Raises
    ------
    CalibrationError
        The header of one of them cannot be held: it has no content to compare.
    """
    changes: list[Change] = []
    if before._type is not after._type:
        changes.append(TypeChange(before._type.name, after._type.name))
    changes += _keywords(before, after)
    large = any(one.rows > MANY for calib in (before, after) for one in calib.tables())
    tables = [tables_of(calib, amplifiers, large=large) for calib in (before, after)]
    for mine, theirs in zip_longest(*tables):
        if mine is None or theirs is None:
            change = whole("added", theirs) if mine is None else whole("removed", mine)
            changes.append(change)
        else:
            # One name for both, whichever comes first.
            name = min(mine.name, theirs.name)
            changes += _tables(replace(mine, name=name), replace(theirs, name=name), rows)
    return Difference(after._type.name, ordered(changes))


def compare_documents(
    before: Document, after: Document, dataset_type: DatasetType, amplifiers: Sequence[str] = ()
) -> Difference:
    """Return what differs between two parsed files of one dataset type; see `compare`."""
    read = dataset_type.calibration.from_document
    return compare(read(before), read(after), amplifiers)


def _keywords(before: Calibration, after: Calibration) -> Iterator[KeywordChange]:
    from curator.calibrations.fits.cards import header_cards

    mine, theirs = (
        {name.lower(): (name, plain(value)) for name, value in header_cards(calib.getMetadata())}
        for calib in (before, after)
    )
    for key in sorted(mine.keys() | theirs.keys()):
        if key not in theirs:
            yield KeywordChange("removed", *mine[key], None)
        elif key not in mine:
            yield KeywordChange("added", theirs[key][0], None, theirs[key][1])
        elif typed(mine[key][1]) != typed(theirs[key][1]):
            # One name for both directions, where they are spelled otherwise.
            name = min(mine[key][0], theirs[key][0])
            yield KeywordChange("changed", name, mine[key][1], theirs[key][1])


def _tables(before: Table, after: Table, every_row: bool) -> Iterator[Change]:
    found: list[Change] = []
    match = compare_tables(before, after, found, every_row=every_row)
    yield from found
    yield from name_changes(before, after)
    if found:
        yield from moves(before, after)
        yield from matrix_changes(before, after)
    if found and _holds_boxes(before) and _holds_boxes(after):
        yield mask_change(before, after, match)
    if found and is_curve(before) and is_curve(after):
        yield from curve_changes(before, after)


def _holds_boxes(table: Table) -> bool:
    return {*BOX} <= {name.upper() for name in table.names}
