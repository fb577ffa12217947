"""The columns of curves, and the units that readers know for them."""

from __future__ import annotations

__all__ = ["FRACTIONS", "NANOMETRES", "VALUES"]

# What one of a unit of wavelength is [nm].
NANOMETRES = {
    "nm": 1.0,
    "Angstrom": 0.1,
    "angstrom": 0.1,
    "AA": 0.1,
    "Angstroms": 0.1,
    "um": 1000.0,
    "micron": 1000.0,
}
# Units of a share of the light that are not the fraction itself; the last is how astropy writes % into FITS.
FRACTIONS = {"%": 0.01, "percent": 0.01, "pct": 0.01, "10**-2": 0.01}
VALUES = ("efficiency", "throughput")
