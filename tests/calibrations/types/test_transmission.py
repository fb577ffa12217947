"""The types of transmission curves."""

from __future__ import annotations

from pathlib import Path

import pytest
from calibrations.curves import GOOD, WRONG, contents
from calibrations.roundtrip import assert_blank_is_valid, assert_nothing_is_lost, assert_real_files_survive
from hypothesis import given, settings

from curator.calibrations.schema.schemas import violations
from curator.calibrations.types.transmission import TYPES
from curator.calibrations.types.types import DatasetType

REAL = {
    "transmission_sensor": 20,
    "transmission_filter": 14,
    "transmission_filter_detector": 12,
    "transmission_optics": 3,
    "transmission_atmosphere": 0,
    "transmission_system": 25,
}
every = pytest.mark.parametrize("one", TYPES, ids=lambda one: one.name)


@every
def test_real_files_fit_and_survive(one: DatasetType, real: Path) -> None:
    assert assert_real_files_survive(real, one.name) >= REAL[one.name]


@every
def test_a_new_file_is_valid(one: DatasetType) -> None:
    assert_blank_is_valid(one)


@every
@given(content=contents())
@settings(max_examples=settings.default.max_examples // 3 + 1)
def test_made_files_lose_nothing(one, content) -> None:  # type: ignore[no-untyped-def]
    assert_nothing_is_lost(one.calibration.from_arrays(*content))


@every
@pytest.mark.parametrize(("change", "message"), WRONG)
def test_wrong_columns_are_named(one, change, message: str) -> None:  # type: ignore[no-untyped-def]
    columns = {name: column for name, column in {**GOOD, **change}.items() if column}
    (found,) = violations(one.schema, {"header": {}, "columns": columns})
    assert message in found.message


@every
def test_an_unknown_mode_is_named(one: DatasetType) -> None:
    (found,) = violations(one.schema, {"header": {"MODE": "CHIP"}, "columns": GOOD})
    assert "MODE is 'CHIP'" in found.message
