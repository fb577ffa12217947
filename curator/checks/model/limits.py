"""Numbers that content rules compare with; ``limits`` in ``curator.yaml`` sets them per camera."""

from __future__ import annotations

from collections.abc import Mapping

from curator.errors import RepositoryError
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.layout.config import Config

__all__ = ["LIMITS", "Limit", "camera_limits"]


@dataclass(frozen=True, slots=True)
class Limit:
    """What holds unless a camera says otherwise."""

    default: float
    meaning: str


LIMITS = {
    "curve_low": Limit(-0.01, "smallest possible fraction of a curve"),
    "curve_high": Limit(1.1, "largest possible fraction of a curve"),
    "curve_dip": Limit(-0.001, "smallest plausible fraction of a curve"),
    "curve_overshoot": Limit(1.0, "largest plausible fraction of a curve"),
    "curve_samples": Limit(10, "smallest number of samples of a curve"),
    "curve_deviation": Limit(
        0.15, "largest mean distance, as a fraction, of an amplifier's curve from the median of its sensor"
    ),
    "curve_faint": Limit(0.02, "smallest maximum, as a fraction, of a curve in percent"),
    "curve_glitch": Limit(0.1, "largest distance, as a fraction, of a single sample from its neighbours"),
    "curve_gap": Limit(10, "largest gap in an even grid of wavelengths, in steps"),
    "wavelength_low": Limit(100, "shortest plausible wavelength [nm]"),
    "wavelength_high": Limit(3000, "longest plausible wavelength [nm]"),
    "crosstalk": Limit(0.01, "largest plausible size of a crosstalk coefficient"),
    "kernel_asymmetry": Limit(1e-6, "largest relative difference between mirrored elements of a kernel"),
    "kernel_sum": Limit(1e-4, "largest plausible size of the sum of the elements of a kernel"),
    "linearity": Limit(0.3, "largest plausible size of a polynomial correction at 20,000 adu, as a fraction"),
    "mask_change": Limit(
        0.02, "largest fraction of a sensor that a change may mask or unmask without a finding"
    ),
    # Less than one amplifier of sixteen (0.0625): who masks a whole one says so.
    "mask_growth": Limit(0.05, "fraction of a sensor above which more masking is an error"),
    "curve_change": Limit(0.1, "smallest change of a curve, as a fraction, that is reported"),
    "crosstalk_change": Limit(1e-3, "smallest change of a crosstalk coefficient that is reported"),
}


def camera_limits(config: Config, camera: str) -> Mapping[str, float]:
    """Return every limit as it holds for the camera in directory ``camera``.

    Raises
    ------
    RepositoryError
        ``curator.yaml`` sets one that does not exist.
    """
    entry = config.camera(camera)
    own = config.limits.get(entry.name if entry else camera) or config.limits.get(camera) or {}
    for name in own:
        if name not in LIMITS:
            from curator.name_lookup import did_you_mean, nearest

            raise RepositoryError(
                f"limits of {camera}: there is no {name!r}",
                path=config.path,
                keyword=f"limits.{camera}.{name}",
                hint=did_you_mean(nearest(name, LIMITS, 0.6), f"known are {', '.join(sorted(LIMITS))}"),
            )
    return {name: own.get(name, limit.default) for name, limit in LIMITS.items()}
