"""The type gain_table."""

from __future__ import annotations

import numpy as np
from calibrations.roundtrip import assert_blank_is_valid, assert_nothing_is_lost
from curator.calibrations.types.gain_table import TYPE, UNIT, GainTable
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.schema.schemas import violations

GAIN = {"datatype": "float64", "unit": UNIT}
GOOD = {"amp_name": {"datatype": "string"}, "gain": GAIN, "gain_error": GAIN}


def test_a_new_file_is_valid() -> None:
    made = assert_blank_is_valid(TYPE)
    assert [column.unit for column in made.tables()[0].columns] == [None, UNIT, UNIT]


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=16))
def test_made_files_lose_nothing(gains: list[float]) -> None:
    arrays = {
        "amp_name": np.array([f"C{number:02}" for number in range(len(gains))]),
        "gain": np.array(gains),
        "gain_error": np.array(gains) / 100,
    }
    assert_nothing_is_lost(GainTable.from_arrays({}, arrays, {"gain": UNIT, "gain_error": UNIT}))


def test_another_unit_is_named() -> None:
    wrong = {**GOOD, "gain": {"datatype": "float64", "unit": "adu"}}
    (found,) = violations(TYPE.schema, {"header": {}, "columns": wrong})
    assert found.message == "column gain.unit is 'adu', expected electron/adu or electron / adu"
    assert not violations(TYPE.schema, {"header": {}, "columns": GOOD})


def test_a_misspelled_column_is_suggested() -> None:
    wrong = {**{name: column for name, column in GOOD.items() if name != "gain"}, "gian": GAIN}
    (found,) = violations(TYPE.schema, {"header": {}, "columns": wrong})
    assert found.message == "column gain is missing; 'gian' may be a misspelling"
