"""Quantum efficiency of a detector, per amplifier or as a whole."""

from __future__ import annotations

from curator.calibrations.types.curve import Curve, transmission_type

__all__ = ["TYPE", "SensorTransmission"]


class SensorTransmission(Curve):
    """Quantum efficiency of a detector, per amplifier or as a whole."""


TYPE = SensorTransmission._type = transmission_type(
    "transmission_sensor",
    ("detector",),
    SensorTransmission,
    "IntermediateSensorTransmissionCurve",
    "quantum efficiency of a detector, per amplifier or as a whole",
)
