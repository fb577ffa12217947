"""Transmission of the detector, of filters, of mirrors and lenses, of the atmosphere, and of all together."""

from __future__ import annotations

from collections.abc import Callable

from curator.calibrations.types.curve import CURVE_KEY, Curve
from curator.calibrations.types.types import DatasetType

__all__ = [
    "TYPES",
    "AtmosphereTransmission",
    "FilterDetectorTransmission",
    "FilterTransmission",
    "OpticsTransmission",
    "SensorTransmission",
    "SystemTransmission",
]


def _declared(name: str, *dimensions: str) -> Callable[[type[Curve]], type[Curve]]:
    """Give a class its dataset type: a curve that Butlers keep as a transmission curve."""

    def declare(calibration: type[Curve]) -> type[Curve]:
        said = calibration.__doc__ or ""
        calibration._type = DatasetType(
            name=name,
            obstype=name,
            dimensions=dimensions,
            formats=("ecsv",),
            storage_class="TransmissionCurve",
            calibration=calibration,
            pytype="lsst.afw.image.TransmissionCurve",
            row_key=CURVE_KEY,
            calibcls=f"lsst.ip.isr.Intermediate{calibration.__name__}Curve",
            schema_values=("Transmission curve", 1.0),
            summary=said[:1].lower() + said[1:].rstrip("."),
        )
        return calibration

    return declare


@_declared("transmission_sensor", "detector")
class SensorTransmission(Curve):
    """Quantum efficiency of a detector, per amplifier or as a whole."""


@_declared("transmission_filter", "physical_filter")
class FilterTransmission(Curve):
    """Transmission of a filter."""


@_declared("transmission_filter_detector", "detector", "physical_filter")
class FilterDetectorTransmission(Curve):
    """Transmission of a filter in front of one detector."""


@_declared("transmission_optics")
class OpticsTransmission(Curve):
    """Transmission of mirrors and lenses."""


@_declared("transmission_atmosphere")
class AtmosphereTransmission(Curve):
    """Transmission of the atmosphere."""


@_declared("transmission_system", "detector", "physical_filter")
class SystemTransmission(Curve):
    """Transmission of everything: atmosphere, optics, filter and detector."""


TYPES = tuple(
    one._type
    for one in (
        SensorTransmission,
        FilterTransmission,
        FilterDetectorTransmission,
        OpticsTransmission,
        AtmosphereTransmission,
        SystemTransmission,
    )
)
