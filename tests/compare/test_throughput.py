"""Brightness in a filter, from curves."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.transmission import SensorTransmission
from curator.compare.curves import curves_of
from curator.compare.tables import tables_of
from curator.compare.throughput import BandChange, UnjudgedBand, any_band_change, band_changes, first_curve

WAVELENGTHS = np.linspace(300.0, 1100.0, 81)
TOP_HAT = (np.array([499.0, 500.0, 600.0, 601.0]), np.array([0.0, 1.0, 1.0, 0.0]))


def sensor(values: np.ndarray, amplifiers: tuple[str, ...] = ("",)) -> SensorTransmission:
    arrays = {
        "amp_name": np.repeat(list(amplifiers), len(WAVELENGTHS)),
        "wavelength": np.tile(WAVELENGTHS, len(amplifiers)),
        "efficiency": np.concatenate([values] * len(amplifiers)),
    }
    return SensorTransmission.from_arrays({}, arrays, {"wavelength": "nm", "efficiency": "%"})


@given(st.floats(0.5, 2.0).filter(lambda factor: abs(factor - 1) > 1e-3))
def test_a_factor_is_the_same_in_every_filter(factor: float) -> None:
    values = 50 + 20 * np.sin(WAVELENGTHS / 90)
    [found] = band_changes(sensor(values), sensor(values * factor), {"g": TOP_HAT})
    assert found.low == pytest.approx(2500 * log10(factor), abs=1e-6)
    assert found.high == found.low


def test_what_changed_outside_a_filter_has_no_part_in_it() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    changed = np.where(WAVELENGTHS > 700, 40.0, values)
    infrared = (np.array([800.0, 801.0, 899.0, 900.0]), np.array([0.0, 1.0, 1.0, 0.0]))
    found = list(band_changes(sensor(values), sensor(changed), {"g": TOP_HAT, "z": infrared}))
    assert found[0] == BandChange("g", 0.0, 0.0)
    assert found[1].low == pytest.approx(-2500 * log10(2))


def test_amplifiers_that_did_not_change_do_not_count() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    before, after = sensor(values, ("A", "B")), sensor(values, ("A", "B"))
    table = after.tables()[0]
    next(one for one in table.columns if one.name == "efficiency").array[:81] *= 0.5
    [found] = band_changes(before, after, {"g": TOP_HAT})
    assert found.low == found.high == pytest.approx(-2500 * log10(2))
    assert {name: len(curve[0]) for name, curve in curves_of(tables_of(after)[0]).items()} == {
        "A": 81,
        "B": 81,
    }


@pytest.mark.parametrize(
    ("curve", "problem", "covered"),
    [
        ((np.array([1050.0, 1051.0, 1200.0]), np.array([0.0, 1.0, 1.0])), "", 0.34),
        ((np.array([500.0, 600.0]), np.array([0.0, 0.0])), "filter", 0.0),
        ((np.array([500.0]), np.array([1.0])), "filter", 0.0),
        ((np.empty(0), np.empty(0)), "filter", 0.0),
    ],
    ids=["beyond the sensor", "dark", "one point", "cannot be read"],
)
def test_filters_that_tell_nothing_are_named(
    curve: tuple[np.ndarray, np.ndarray], problem: str, covered: float
) -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    [found] = band_changes(sensor(values), sensor(values * 0.9), {"odd": curve})
    assert isinstance(found, UnjudgedBand)
    assert (found.physical_filter, found.problem, found.amplifiers) == ("odd", problem, ())
    assert found.before == found.after == found.common == pytest.approx(covered, abs=0.02)


def test_a_filter_that_is_covered_but_for_a_little_is_judged_over_the_rest() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    changed = np.where(WAVELENGTHS < 345, 60.0, values)
    blue = (np.array([294.9, 295.0, 395.0, 395.1]), np.array([0.0, 1.0, 1.0, 0.0]))
    [found] = band_changes(sensor(values), sensor(changed), {"u": blue})
    assert isinstance(found, BandChange)
    assert found.covered == pytest.approx(0.94, abs=0.01)
    assert -170 < found.low == found.high < -130


def test_a_curve_that_goes_dark_in_a_filter_is_not_silent() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    [found] = band_changes(sensor(values), sensor(values * (WAVELENGTHS > 700)), {"g": TOP_HAT})
    assert isinstance(found, UnjudgedBand)
    assert found.problem == "dark"


def test_amplifiers_that_cannot_be_judged_are_named_where_others_can() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    before, after = sensor(values, ("A", "B")), sensor(values * 0.5, ("A", "B"))
    column = next(one for one in after.tables()[0].columns if one.name == "wavelength")
    column.array[81:] += 400
    judged, unjudged = band_changes(before, after, {"g": TOP_HAT})
    assert isinstance(judged, BandChange)
    assert isinstance(unjudged, UnjudgedBand)
    assert judged.high == pytest.approx(-2500 * log10(2))
    assert (unjudged.before, unjudged.after, unjudged.amplifiers) == (pytest.approx(1), 0.0, ("B",))


def test_a_factor_holds_for_any_filter_if_the_curve_covers_what_it_did() -> None:
    values = 50 + 20 * np.sin(WAVELENGTHS / 90)
    found = any_band_change(sensor(values), sensor(values * 1.03), [1.03])
    assert found == BandChange("", 2500 * log10(1.03), 2500 * log10(1.03))
    shorter = sensor(values * 1.03)
    for column in shorter.tables()[0].columns:
        if column.name == "wavelength":
            column.array[-1] = 1099.0
    assert any_band_change(sensor(values), shorter, [1.03]) is None


def test_the_curve_of_a_filter_needs_no_other() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    [found] = band_changes(sensor(values), sensor(values / 2), {"g": None})
    assert found.low == pytest.approx(-2500 * log10(2))
    assert first_curve(sensor(values)) is not None
    assert first_curve(sensor(values, ("A", "B"))) is None
