"""Sizes of sensors that a serial number gives away."""

from __future__ import annotations

__all__ = ["sensor_size"]

# Trimmed, assembled pixels (width, height), as obs_lsst's policy/lsst/{ITL,E2V,ITL_WF}.yaml have them:
# 8 by 2 segments of 509 by 2000, of 512 by 2002, and 8 by 1 of 509 by 2000 on the corner wavefront sensors.
_SIZES = {
    "ITL-3800C": (4072, 4000),
    "E2V-CCD250": (4096, 4004),
    "ITL-4400B": (4072, 2000),
}


def sensor_size(serial: str) -> tuple[int, int]:
    """Return the width and height in pixels of the sensor with this serial number, (0, 0) if it does not say.

    Examples
    --------
    >>> sensor_size("ITL-3800C-229")
    (4072, 4000)
    """
    for prefix, size in _SIZES.items():
        if serial.upper().startswith(prefix + "-"):
            return size
    return (0, 0)
