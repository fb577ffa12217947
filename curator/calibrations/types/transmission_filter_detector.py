"""Transmission of a filter in front of one detector."""

from __future__ import annotations

from curator.calibrations.types.curve import Curve, transmission_type

__all__ = ["TYPE", "FilterDetectorTransmission"]


class FilterDetectorTransmission(Curve):
    """Transmission of a filter in front of one detector."""


TYPE = FilterDetectorTransmission._type = transmission_type(
    "transmission_filter_detector",
    ("detector", "physical_filter"),
    FilterDetectorTransmission,
    "IntermediateFilterDetectorTransmissionCurve",
    "transmission of a filter in front of one detector",
)
