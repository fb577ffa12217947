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
    "curve_low": Limit(-0.01, "fraction below which a curve is wrong"),
    "curve_high": Limit(1.1, "fraction above which a curve is wrong"),
    "curve_dip": Limit(-0.001, "fraction below which a curve is doubtful"),
    "curve_overshoot": Limit(1.0, "fraction above which a curve is doubtful"),
    "curve_samples": Limit(10, "samples that a curve has at least"),
    "curve_deviation": Limit(
        0.15, "mean distance, as a fraction, of an amplifier's curve from its sensor's median"
    ),
    "curve_faint": Limit(0.02, "fraction that a curve given in percent reaches at least"),
    "curve_glitch": Limit(0.1, "distance, as a fraction, of a single sample from those around it"),
    "curve_gap": Limit(10, "steps of an even grid of wavelengths that may be missing in a row"),
    "wavelength_low": Limit(100, "shortest wavelength that makes sense [nm]"),
    "wavelength_high": Limit(3000, "longest wavelength that makes sense [nm]"),
    "crosstalk": Limit(0.01, "size above which a crosstalk coefficient is doubtful"),
    "kernel_asymmetry": Limit(1e-6, "relative difference allowed between mirrored elements of a kernel"),
    "kernel_sum": Limit(1e-4, "size of the sum of a kernel's elements above which it is doubtful"),
    "linearity": Limit(0.3, "size of a polynomial correction at 20,000 adu, as a fraction, that is doubtful"),
    "mask_change": Limit(0.02, "fraction of a sensor that a change may mask or unmask unremarked"),
    # Less than one amplifier of sixteen (0.0625): who masks a whole one says so.
    "mask_growth": Limit(0.05, "fraction of a sensor above which masking more is an error"),
    "curve_change": Limit(0.1, "change of a curve, as a fraction, that is remarkable"),
    "crosstalk_change": Limit(1e-3, "change of a crosstalk coefficient that is remarkable"),
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
