"""Quantum efficiency of a detector, in the older form that ``transmission_sensor`` succeeded."""

from __future__ import annotations

from curator.calibrations.types.curve import CURVE_KEY, Curve
from curator.calibrations.types.types import DatasetType

__all__ = ["TYPE", "QuantumEfficiency"]


class QuantumEfficiency(Curve):
    """Quantum efficiency of a detector."""


TYPE = QuantumEfficiency._type = DatasetType(
    name="qe_curve",
    obstype="qe_curve",
    dimensions=("detector",),
    formats=("ecsv",),
    storage_class="QECurve",
    calibration=QuantumEfficiency,
    pytype="lsst.meas.algorithms.Curve",
    row_key=CURVE_KEY,
    schema_values=("QE curve", 1.0),
    summary="quantum efficiency of a detector; use transmission_sensor for new files",
)
