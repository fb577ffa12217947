"""The type qe_curve."""

from __future__ import annotations

from pathlib import Path

import pytest
from calibrations.curves import GOOD, WRONG, contents
from calibrations.roundtrip import assert_blank_is_valid, assert_nothing_is_lost, assert_real_files_survive
from hypothesis import given, settings

from curator.calibrations.schema.schemas import violations
from curator.calibrations.types.qe_curve import TYPE, QuantumEfficiency


def test_real_files_fit_and_survive(real: Path) -> None:
    assert assert_real_files_survive(real, TYPE.name) >= 0


def test_a_new_file_is_valid() -> None:
    assert_blank_is_valid(TYPE)


@given(contents())
@settings(max_examples=settings.default.max_examples // 3 + 1)
def test_made_files_lose_nothing(content) -> None:  # type: ignore[no-untyped-def]
    assert_nothing_is_lost(QuantumEfficiency.from_arrays(*content))


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_wrong_columns_are_named(change, message: str) -> None:  # type: ignore[no-untyped-def]
    columns = {name: column for name, column in {**GOOD, **change}.items() if column}
    (found,) = violations(TYPE.schema, {"header": {}, "columns": columns})
    assert message in found.message


def test_an_unknown_mode_is_named() -> None:
    (found,) = violations(TYPE.schema, {"header": {"MODE": "CHIP"}, "columns": GOOD})
    assert "MODE is 'CHIP'" in found.message
