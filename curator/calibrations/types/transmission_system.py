"""Transmission of everything: atmosphere, optics, filter and detector."""

from __future__ import annotations

from curator.calibrations.types.curve import Curve, transmission_type

__all__ = ["TYPE", "SystemTransmission"]


class SystemTransmission(Curve):
    """Transmission of everything: atmosphere, optics, filter and detector."""


TYPE = SystemTransmission._type = transmission_type(
    "transmission_system",
    ("detector", "physical_filter"),
    SystemTransmission,
    "IntermediateSystemTransmissionCurve",
    "transmission of everything: atmosphere, optics, filter and detector",
)
