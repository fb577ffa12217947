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
from curator.compare.throughput import BandChange, band_changes, first_curve

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
    "curve",
    [
        (np.array([1050.0, 1051.0, 1200.0]), np.array([0.0, 1.0, 1.0])),
        (np.array([500.0, 600.0]), np.array([0.0, 0.0])),
        (np.array([500.0]), np.array([1.0])),
    ],
    ids=["beyond the sensor", "dark", "one point"],
)
def test_filters_that_tell_nothing_are_left_out(curve: tuple[np.ndarray, np.ndarray]) -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    assert list(band_changes(sensor(values), sensor(values * 0.9), {"odd": curve})) == []


def test_the_curve_of_a_filter_needs_no_other() -> None:
    values = np.full_like(WAVELENGTHS, 80.0)
    [found] = band_changes(sensor(values), sensor(values / 2), {"g": None})
    assert found.low == pytest.approx(-2500 * log10(2))
    assert first_curve(sensor(values)) is not None
    assert first_curve(sensor(values, ("A", "B"))) is None
