"""Units as text files write them and as FITS does."""

from __future__ import annotations

from functools import lru_cache

from curator.errors import CalibrationError

__all__ = ["fits_unit", "is_known_unit", "text_unit"]

# FITS has no percent sign: astropy writes 10**-2 and reads it back without a word. A dash says "none".
_KNOWN: dict[str, str | None] = {
    "": None,
    "-": None,
    "%": "10**-2",
    "percent": "10**-2",
    "nm": "nm",
    "Angstrom": "Angstrom",
    "angstrom": "Angstrom",
    "um": "um",
    "micron": "um",
    "pix": "pix",
    "pixel": "pix",
    "adu": "adu",
    "ph": "ph",
    "photon": "ph",
    "s": "s",
}
# No unit of the FITS standard, which allows others: a gain would lose what it is of. Astropy keeps it as an
# unrecognized unit of this spelling, and says so.
_GAIN = "electron/adu"
_KNOWN.update(dict.fromkeys((_GAIN, "electron / adu"), _GAIN))


def is_known_unit(unit: str | None) -> bool:
    """Return whether `fits_unit` knows a unit, or none, without asking astropy."""
    return unit is None or unit in _KNOWN


def fits_unit(unit: str | None) -> str | None:
    """Return what ``TUNITn`` has for a unit, `None` for none.

    Raises
    ------
    CalibrationError
        FITS knows no such unit.

    Examples
    --------
    >>> fits_unit("%"), fits_unit("")
    ('10**-2', None)
    """
    if unit is None or not unit.strip() or unit in _KNOWN:
        return _KNOWN[(unit or "").strip()]
    return _spelled(unit)


@lru_cache(maxsize=256)
def _spelled(unit: str) -> str | None:
    import warnings

    from astropy.units import Unit

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = Unit(unit)
            if found == Unit(_GAIN):
                return _GAIN
            text = found.to_string("fits")
            Unit(text, format="fits")
    except Exception as error:
        raise CalibrationError(
            f"{unit!r} is not a FITS unit",
            value=unit,
            hint="examples of valid units: nm, Angstrom, %, pix, adu, electron/adu",
        ) from error
    return text or None


def text_unit(unit: str | None) -> str | None:
    """Return how text files write a unit found in FITS.

    Examples
    --------
    >>> text_unit("10**-2")
    '%'
    """
    return "%" if unit == "10**-2" else unit or None
