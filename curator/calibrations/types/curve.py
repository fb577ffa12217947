"""Curves over wavelength: quantum efficiency, and the transmission of everything in the light's way."""

from __future__ import annotations

from curator.calibrations.types.base import Calibration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from curator.calibrations.cameras.camera import Detector

__all__ = ["CURVE_KEY", "Curve"]

CURVE_KEY = ("amp_name", "wavelength")


class Curve(Calibration):
    """Samples of a curve: ``wavelength`` [nm or Angstrom] and ``efficiency`` [%] or ``throughput``.

    Where ``amp_name`` is there, one curve per amplifier follows another.
    """

    _family = "curve"

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return the curve that lets everything through, at ten wavelengths from 300 to 1200 nm."""
        import numpy as np

        wavelengths = np.linspace(300.0, 1200.0, 10)
        arrays = {"wavelength": wavelengths, "efficiency": np.full(len(wavelengths), 100.0)}
        return cls.from_arrays(
            {**metadata, "MODE": "DETECTOR"}, arrays, units={"wavelength": "nm", "efficiency": "%"}
        )
