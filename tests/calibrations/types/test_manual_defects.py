"""The type manual_defects."""

from __future__ import annotations

from pathlib import Path

import pytest
from calibrations.boxes import contents
from calibrations.roundtrip import assert_blank_is_valid, assert_nothing_is_lost, assert_real_files_survive
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.schema.schemas import violations
from curator.calibrations.types.manual_defects import TYPE, ManualDefects


def test_real_files_fit_and_survive(real: Path) -> None:
    assert assert_real_files_survive(real, TYPE.name) > 30


def test_a_new_file_is_valid() -> None:
    assert_blank_is_valid(TYPE)


@given(contents())
def test_made_files_lose_nothing(content) -> None:  # type: ignore[no-untyped-def]
    assert_nothing_is_lost(ManualDefects.from_arrays(*content))


BOX = {name: {"datatype": "int32", "unit": "pix"} for name in ("x0", "y0", "width", "height")}


@given(st.sampled_from(sorted(BOX)), st.sampled_from(["int64", "float64", "float32", "uint16"]))
def test_any_kind_of_number_is_legal(name: str, datatype: str) -> None:
    columns = {
        **BOX,
        name: {"datatype": datatype, "unit": None},
        "note": {"datatype": "string", "unit": None},
    }
    assert not violations(TYPE.schema, {"header": {}, "columns": columns})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x0": {"datatype": "string", "unit": None}}, "column x0.datatype is 'string'"),
        ({"width": {"datatype": "int32", "unit": "mm"}}, "column width.unit is 'mm'"),
        ({"height": None}, "column height is missing"),
    ],
)
def test_other_columns_are_not(change, message: str) -> None:  # type: ignore[no-untyped-def]
    columns = {name: column for name, column in {**BOX, **change}.items() if column}
    (found,) = violations(TYPE.schema, {"header": {}, "columns": columns})
    assert message in found.message
