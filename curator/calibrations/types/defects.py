"""Boxes of pixels found bad."""

from __future__ import annotations

from curator.calibrations.types.box_list import BOX_COLUMNS, BoxList
from curator.calibrations.types.types import DatasetType

__all__ = ["TYPE", "Defects"]


class Defects(BoxList):
    """Boxes of pixels found bad."""


TYPE = Defects._type = DatasetType(
    name="defects",
    obstype="defects",
    dimensions=("detector",),
    formats=("ecsv",),
    storage_class="Defects",
    calibration=Defects,
    row_key=BOX_COLUMNS,
    calibcls="lsst.ip.isr.defects.Defects",
    schema_values=("Defects", 2.0),
    versions=(1.0, 2.0),
    summary="boxes of bad pixels",
)
