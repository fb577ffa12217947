"""The type crosstalk: ECSV with one row of matrices, YAML with other detectors' crosstalk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calibrations.roundtrip import (
    assert_blank_is_valid,
    assert_nothing_is_lost,
    assert_real_files_survive,
    metadata,
)
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.schema.schemas import violations
from curator.calibrations.types.crosstalk import TYPE, Crosstalk
from curator.errors import CalibrationError

finite = st.floats(allow_nan=True, allow_infinity=False)


def test_real_files_fit_and_survive(real: Path) -> None:
    assert assert_real_files_survive(real, TYPE.name) == 19


def test_a_new_file_is_valid() -> None:
    calib = assert_blank_is_valid(TYPE)
    assert calib.getMetadata()["NAMP"] == 4
    assert calib.tables()[0].columns[0].array.shape == (1, 16)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 3))
    matrix = st.lists(finite, min_size=count**2, max_size=count**2)
    tree: dict[str, Any] = {"metadata": draw(metadata), "coeffs": draw(matrix), "nAmp": count}
    for key in draw(st.sets(st.sampled_from(["coeffErr", "coeffsSqr", "ampGainRatios"]))):
        tree[key] = draw(matrix)
    if draw(st.booleans()):
        tree["coeffNum"] = draw(st.lists(st.integers(0, 10**9), min_size=count**2, max_size=count**2))
        tree["coeffValid"] = draw(st.lists(st.booleans(), min_size=count**2, max_size=count**2))
        tree["crosstalkShape"] = (count, count)
    if draw(st.booleans()):
        names = st.from_regex(r"[NS][0-9]{1,2}", fullmatch=True)
        tree["interChip"] = draw(st.dictionaries(names, matrix, max_size=3))
    return tree


@given(trees())
def test_made_files_lose_nothing(tree: dict[str, Any]) -> None:
    calib = Crosstalk.from_tree(tree)
    formats = ("yaml",) if tree.get("interChip") else ("yaml", "ecsv")
    assert_nothing_is_lost(calib, formats)


def test_both_forms_hold_the_same() -> None:
    tree = {
        "metadata": {"OBSTYPE": "CROSSTALK"},
        "coeffs": [0.0, 1e-4, 2e-4, 0.0],
        "hasCrosstalk": True,
        "nAmp": 2,
    }
    calib = Crosstalk.from_tree(tree)
    assert Crosstalk.readText(calib.to_text("ecsv"), "x.ecsv") == calib
    (column,) = calib.tables()[0].columns
    assert column.name == "CT_COEFFS"
    assert np.array_equal(column.array, [[0.0, 1e-4, 2e-4, 0.0]])


def test_what_the_readers_of_the_table_need_is_added() -> None:
    calib = Crosstalk.from_tree({"metadata": {}, "coeffs": [0.0, 1e-4, 2e-4, 0.0]})
    assert calib.getMetadata() == {"HAS_CROSSTALK": True, "NAMP": 2}


def test_ecsv_cannot_hold_other_detectors() -> None:
    tree = {"metadata": {}, "coeffs": [0.0], "interChip": {"N30": [1e-5]}}
    with pytest.raises(CalibrationError, match="one table"):
        Crosstalk.from_tree(tree).to_text("ecsv")


@pytest.mark.parametrize(
    "tree",
    [
        {"coeffs": ["a"]},
        {"coeffs": [[0.0], [1.0, 2.0]]},
        {"coeffs": [0.0], "interChip": {"N1": [0.0], "N2": [0.0, 1.0]}},
        {"coeffs": [0.0], "interChip": ["N1"]},
        {"coeffs": [0.0], "extra": {"a": 1}},
        {"nAmp": 2},
        {"coeffs": [0.0], "nAmp": 2, "metadata": {"NAMP": 4}},
    ],
)
def test_a_tree_that_fits_no_table_is_refused(tree: dict[str, Any]) -> None:
    with pytest.raises(CalibrationError):
        Crosstalk.from_tree(tree)


HEADER = {"HAS_CROSSTALK": True, "NAMP": 2}
COLUMN = {"datatype": "string", "unit": None, "subtype": "float64"}


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({**HEADER, "CROSSTALK_RATIOS_UNITS": "electrons"}, "is 'electrons', expected adu or electron"),
        ({"NAMP": 2}, "keyword HAS_CROSSTALK is missing"),
        ({**HEADER, "CROSSTALK_SHAPE": [16]}, "[n, n], n amplifiers"),
        ({**HEADER, "CROSSTALK_VERSION": "1.2"}, "CROSSTALK_VERSION is '1.2'"),
    ],
)
def test_a_wrong_header_is_named(header: dict[str, Any], message: str) -> None:
    (found,) = violations("crosstalk", {"header": header, "columns": {"CT_COEFFS": COLUMN}})
    assert message in found.message


def test_extra_columns_of_later_versions_are_legal() -> None:
    columns = {"CT_COEFFS": COLUMN, "CT_FIT_GAINS": COLUMN, "CT_NEW": COLUMN}
    assert not violations("crosstalk", {"header": HEADER, "columns": columns})
    (found,) = violations("crosstalk", {"header": HEADER, "columns": {"CT_ERRORS": COLUMN}})
    assert found.message == "column CT_COEFFS is missing"
