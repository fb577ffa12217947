"""Transmission of a filter."""

from __future__ import annotations

from curator.calibrations.types.curve import Curve, transmission_type

__all__ = ["TYPE", "FilterTransmission"]


class FilterTransmission(Curve):
    """Transmission of a filter."""


TYPE = FilterTransmission._type = transmission_type(
    "transmission_filter",
    ("physical_filter",),
    FilterTransmission,
    "IntermediateFilterTransmissionCurve",
    "transmission of a filter",
)
