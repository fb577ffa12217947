"""Units between text and FITS."""

from __future__ import annotations

import warnings

import pytest
from astropy.units import Unit, UnitsWarning

from curator.calibrations.fits.units import _KNOWN, fits_unit, text_unit
from curator.errors import CalibrationError


@pytest.mark.parametrize(
    "unit", [*_KNOWN, "um", "micron", "AA", "pixel", "electron / s", "Jy", "electron adu-1"]
)
def test_what_is_written_astropy_reads_as_the_same_unit(unit: str) -> None:
    if unit == "electron / s":
        with pytest.raises(CalibrationError, match="not a FITS unit"):
            fits_unit(unit)
        return
    written = fits_unit(unit)
    if written == "electron/adu":
        with pytest.warns(UnitsWarning, match="electron"):
            assert Unit(written, format="fits", parse_strict="warn").to_string() == written
        assert Unit(written) == Unit(unit)
        assert fits_unit(text_unit(written)) == written
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = Unit(written or "", format="fits")
    assert read == (Unit("") if unit in ("", "-") else Unit(unit))
    assert fits_unit(text_unit(written)) == written


def test_a_percentage_comes_back_as_people_write_it() -> None:
    assert fits_unit("%") == "10**-2"
    assert text_unit("10**-2") == "%"


@pytest.mark.parametrize("unit", [None, "", "-", " "])
def test_no_unit_is_none(unit: str | None) -> None:
    assert fits_unit(unit) is None


@pytest.mark.parametrize("unit", ["electron", "furlong", "nm per", "%%"])
def test_a_unit_that_fits_does_not_know_is_refused(unit: str) -> None:
    with pytest.raises(CalibrationError, match="not a FITS unit"):
        fits_unit(unit)
