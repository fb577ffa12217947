"""Transmission of the atmosphere."""

from __future__ import annotations

from curator.calibrations.types.curve import Curve, transmission_type

__all__ = ["TYPE", "AtmosphereTransmission"]


class AtmosphereTransmission(Curve):
    """Transmission of the atmosphere."""


TYPE = AtmosphereTransmission._type = transmission_type(
    "transmission_atmosphere",
    (),
    AtmosphereTransmission,
    "IntermediateAtmosphereTransmissionCurve",
    "transmission of the atmosphere",
)
