"""Begins a list of bad pixels with the regions that somebody drew in DS9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from curator.calibrations.types.box_list import BOX_COLUMNS, BoxList, box_lists
from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType

__all__ = ["boxes_from_regions", "require_boxes"]


def require_boxes(dataset_type: DatasetType) -> None:
    """Raise a `UsageError` unless the type is a list of boxes."""
    if not issubclass(dataset_type.calibration, BoxList):
        raise UsageError(
            f"a {dataset_type.name} does not contain boxes",
            keyword="type",
            hint=f"{' and '.join(box_lists())} are lists of boxes",
        )


def boxes_from_regions(source: str, header: Mapping[str, object]) -> bytes:
    """Return an ECSV list of the boxes in a region file, in its order.

    The text of a region, and comment lines before it, stand as a comment before its row.

    Parameters
    ----------
    source : str
        A DS9 region file on disk, in image coordinates.
    header : mapping
        Keywords of the new file.

    Raises
    ------
    FormatError
        With the line: what a list of boxes cannot hold.
    """
    from curator.formats.document import Column
    from curator.formats.edit.new_file import write_ecsv
    from curator.formats.files.bounded_io import read_bounded
    from curator.formats.regions.regions import MAX_REGION_BYTES, read_regions

    found = read_regions(source, read_bounded(source, MAX_REGION_BYTES))
    columns = [
        Column(name, "int32", [getattr(box, name) for box in found.boxes], unit="pix") for name in BOX_COLUMNS
    ]
    comments = {number: box.notes for number, box in enumerate(found.boxes) if box.notes}
    if found.after:
        comments[len(found.boxes)] = found.after
    return write_ecsv(header, columns, comments=comments)
