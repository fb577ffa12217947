"""Boxes of pixels that a person marked as bad."""

from __future__ import annotations

from curator.calibrations.types.box_list import BOX_COLUMNS, BoxList
from curator.calibrations.types.types import DatasetType

__all__ = ["TYPE", "ManualDefects"]


class ManualDefects(BoxList):
    """Boxes of pixels that a person marked as bad."""


TYPE = ManualDefects._type = DatasetType(
    name="manual_defects",
    obstype="manual_defects",
    dimensions=("detector",),
    formats=("ecsv",),
    storage_class="Defects",
    calibration=ManualDefects,
    row_key=BOX_COLUMNS,
    calibcls="lsst.ip.isr.defects.Defects",
    schema_keys=("DEFECTS_SCHEMA", "DEFECTS_VERSION"),
    schema_values=("Defects", 2.0),
    versions=(1.0, 2.0),
    summary="boxes of pixels that a person marked as bad",
)
