"""Transmission of mirrors and lenses."""

from __future__ import annotations

from curator.calibrations.types.curve import Curve, transmission_type

__all__ = ["TYPE", "OpticsTransmission"]


class OpticsTransmission(Curve):
    """Transmission of mirrors and lenses."""


TYPE = OpticsTransmission._type = transmission_type(
    "transmission_optics",
    (),
    OpticsTransmission,
    "IntermediateOpticsTransmissionCurve",
    "transmission of mirrors and lenses",
)
