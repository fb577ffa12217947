"""Gains of a detector: how many electrons one ADU stands for, per amplifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.calibrations.types.base import Calibration
from curator.calibrations.types.types import DatasetType

if TYPE_CHECKING:
    from typing import Any, Self

    from curator.calibrations.cameras.camera import Detector

__all__ = ["TYPE", "GainTable"]

UNIT = "electron/adu"


class GainTable(Calibration):
    """``gain`` and ``gain_error`` of each amplifier [electron/adu]."""

    _marks = ("amp_name", "gain")

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return a gain of 1 for every amplifier."""
        import numpy as np

        names = np.array(detector.amplifiers if detector else ("A",), dtype=np.str_)
        arrays = {"amp_name": names, "gain": np.ones(len(names)), "gain_error": np.zeros(len(names))}
        return cls.from_arrays(metadata, arrays, {"gain": UNIT, "gain_error": UNIT})


TYPE = GainTable._type = DatasetType(
    name="gain_table",
    obstype="gain_table",
    dimensions=("detector",),
    formats=("ecsv",),
    storage_class="GainTable",
    calibration=GainTable,
    row_key=("amp_name",),
    schema_values=("Gain table", 1.0),
    versions=(1.0,),
    summary="gain of each amplifier, with its error",
)
