"""Lists of pixel boxes: defects found by programs, and those that people add."""

from __future__ import annotations

from curator.calibrations.types.base import Calibration
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from curator.calibrations.cameras.camera import Detector

__all__ = ["BOX_COLUMNS", "BoxList", "box_lists"]

BOX_COLUMNS = ("x0", "y0", "width", "height")


class BoxList(Calibration):
    """Boxes of bad pixels in the trimmed, assembled detector.

    ``x0`` and ``y0`` are the lower-left pixel, counted from 0, ``width`` and ``height`` are in pixels; the
    masked area is the union of the boxes.
    """

    _marks = BOX_COLUMNS
    _family = "box_list"

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return a list without a box."""
        import numpy as np

        arrays = {name: np.zeros(0, np.int32) for name in BOX_COLUMNS}
        return cls.from_arrays(metadata, arrays, dict.fromkeys(BOX_COLUMNS, "pix"))

    def masks(self, x: int, y: int) -> bool:
        """Whether a box covers the pixel (x, y)."""
        return bool(self.rows_masking(x, y))

    def rows_masking(self, x: int, y: int) -> list[int]:
        """Return the rows, counted from 0, whose boxes cover the pixel (x, y)."""
        import numpy as np

        columns = {one.name.lower(): one.array for table in self.tables()[:1] for one in table.columns}
        if not columns.keys() >= set(BOX_COLUMNS):
            raise CalibrationError(f"a list of boxes has the columns {', '.join(BOX_COLUMNS)}")
        # As floating point nothing overflows, and a missing number is NaN, which covers nothing.
        x0, y0, width, height = (np.ma.filled(columns[name].astype(float), np.nan) for name in BOX_COLUMNS)
        inside = (x0 <= x) & (x < x0 + width) & (y0 <= y) & (y < y0 + height)
        found: list[int] = np.flatnonzero(inside).tolist()
        return found


def box_lists() -> list[str]:
    """Return the names of the dataset types that are lists of boxes."""
    from curator.calibrations.types.types import all_types

    return [one.name for one in all_types() if issubclass(one.calibration, BoxList)]
