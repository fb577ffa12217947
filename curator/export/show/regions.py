"""A list of bad pixels, text or FITS, as a DS9 region file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from curator.calibrations.types.box_list import BOX_COLUMNS, BoxList, box_lists
from curator.errors import CalibrationError, CuratorError
from curator.formats.regions.regions import MAX_REGIONS, RegionBox, write_regions

if TYPE_CHECKING:
    from curator.formats.document import Document

__all__ = ["regions"]


def regions(path: str | PathLike[str]) -> Iterator[str]:
    """Yield the lines of a region file in image coordinates, a box a row.

    Comments before a row of a text become the text of its region; those behind the last row are comments.

    Parameters
    ----------
    path : path
        An ``.ecsv`` or ``.fits`` file.

    Raises
    ------
    CuratorError
        It cannot be read, is no list of boxes, or has a box that is not made of whole pixels.
    """
    name = fspath(path)
    if name.lower().endswith((".fits", ".fit")):
        return write_regions(_boxes(name, _fits(name)))
    return write_regions(*_from_text(name))


def _fits(name: str) -> BoxList:
    from curator.calibrations.types.base import read_fits
    from curator.export.provenance.source import read_stamped

    try:
        return _require_list(name, read_fits(read_stamped(name)))
    except CuratorError as error:
        error.path = error.path or name
        raise


def _from_text(name: str) -> tuple[list[RegionBox], tuple[str, ...]]:
    from os.path import realpath

    from curator.calibrations.types.base import read_text
    from curator.formats.files.bounded_io import read_bounded
    from curator.formats.read import read_document

    raw = read_bounded(realpath(name))
    boxes = _boxes(name, _require_list(name, read_text(name, raw)))
    notes = _notes(read_document(name, raw))
    boxes = [box._replace(notes=tuple(notes.get(row, ()))) for row, box in enumerate(boxes)]
    return boxes, tuple(notes.get(len(boxes), ()))


def _notes(document: Document) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for comment in document.comments:
        if text := " ".join(comment.text.split()):
            found.setdefault(comment.row, []).append(text)
    return found


def _require_list(name: str, calibration: Any) -> BoxList:
    if not isinstance(calibration, BoxList):
        raise CalibrationError(
            f"a {calibration._type.name} is not a list of boxes",
            path=name,
            hint=f"--regions works for {' and '.join(box_lists())}",
        )
    return calibration


def _boxes(name: str, calibration: BoxList) -> list[RegionBox]:
    columns = {column.name: column.array for column in calibration.tables()[0].columns}
    if missing := [one for one in BOX_COLUMNS if one not in columns]:
        raise CalibrationError(
            f"there is no column {missing[0]}", path=name, hint="`curator check` explains the mistake"
        )
    if (count := len(columns["x0"])) > MAX_REGIONS:
        raise CalibrationError(f"{count:,} boxes are too many; the limit is {MAX_REGIONS:,} ", path=name)
    rows = zip(*(columns[one].tolist() for one in BOX_COLUMNS), strict=True)
    return [_box(name, number, row) for number, row in enumerate(rows, 1)]


def _box(name: str, number: int, row: Sequence[Any]) -> RegionBox:
    if not all(isinstance(one, int | float) and one == one // 1 for one in row) or min(row[2:]) < 1:
        shown = " ".join(str(one) for one in row)
        raise CalibrationError(
            f"row {number} ({shown}) is not a box of whole pixels",
            path=name,
            hint="`curator check` explains the mistake",
        )
    x0, y0, width, height = map(int, row)
    return RegionBox(x0, y0, width, height)
