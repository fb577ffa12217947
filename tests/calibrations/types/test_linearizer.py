"""The type linearizer: coefficients per amplifier, a box each, perhaps a look-up table."""

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
from curator.calibrations.types.linearizer import TYPE, Linearizer
from curator.errors import CalibrationError
from curator.formats.yaml.reader import Box

numbers = st.lists(st.floats(), max_size=4)


def test_real_files_fit_and_survive(real: Path) -> None:
    assert assert_real_files_survive(real, TYPE.name, whole=1) == 5


def test_a_new_file_is_valid_and_its_boxes_cover_the_detector() -> None:
    calib = assert_blank_is_valid(TYPE)
    columns = {column.name: column.array for column in calib.tables()[0].columns}
    assert columns["BBOX_DX"].sum() == 4096
    assert set(columns["BBOX_DY"]) == {4004}


@st.composite
def amplifiers(draw: st.DrawFn) -> dict[str, Any]:
    x0, y0 = draw(st.integers(0, 4000)), draw(st.integers(0, 4000))
    entry: dict[str, Any] = {
        "linearityType": draw(st.sampled_from(["LookupTable", "Polynomial", "Spline", "None"])),
        "linearityCoeffs": draw(numbers),
    }
    if draw(st.booleans()):
        entry["linearityBBox"] = Box(x0, y0, x0 + draw(st.integers(0, 99)), y0 + draw(st.integers(0, 99)))
    for key in draw(
        st.sets(st.sampled_from(["fitParams", "fitParamsErr", "fitResiduals", "linearFit", "inputMask"]))
    ):
        entry[key] = draw(numbers)
    if draw(st.booleans()):
        entry["fitChiSq"] = draw(st.floats())
    return entry


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    names = st.from_regex(r"C[01][0-7]", fullmatch=True)
    tree = {
        "metadata": draw(metadata),
        "amplifiers": draw(st.dictionaries(names, amplifiers(), min_size=1, max_size=4)),
    }
    if draw(st.booleans()):
        width = draw(st.integers(1, 5))
        row = st.lists(st.floats(), min_size=width, max_size=width)
        tree["tableData"] = draw(st.lists(row, min_size=1, max_size=3))
    if draw(st.booleans()):
        tree["detectorSerial"] = draw(st.sampled_from(["35", 35, None]))
    return tree


@given(trees())
def test_made_files_lose_nothing(tree: dict[str, Any]) -> None:
    assert_nothing_is_lost(Linearizer.from_tree(tree), ("yaml",))


def test_lists_of_unequal_length_stay_as_long_as_they_are() -> None:
    entry = {"linearityType": "Polynomial", "linearityBBox": Box(0, 0, 9, 9)}
    tree = {
        "metadata": {},
        "amplifiers": {
            "A": {**entry, "linearityCoeffs": [1.0, 2.0, 3.0]},
            "B": {**entry, "linearityCoeffs": []},
        },
    }
    calib = Linearizer.from_tree(tree)
    assert_nothing_is_lost(calib)
    again = Linearizer.readText(calib.to_text(), "x.yaml").to_tree()["amplifiers"]
    assert again["A"]["linearityCoeffs"] == [1.0, 2.0, 3.0]
    assert again["B"]["linearityCoeffs"] == []
    assert again["B"]["linearityBBox"] == Box(0, 0, 9, 9)


def test_the_table_is_laid_out_as_its_readers_want(real: Path) -> None:
    calib = Linearizer.readText(real / "obs_decam_data/decam/linearizer/n4/1970-01-01T00:00:00.yaml")
    amplifiers, lookup = calib.tables()
    columns = {column.name: column.array for column in amplifiers.columns}
    assert list(columns)[:7] == [
        "AMPLIFIER_NAME",
        "TYPE",
        "COEFFS",
        "BBOX_X0",
        "BBOX_Y0",
        "BBOX_DX",
        "BBOX_DY",
    ]
    assert columns["BBOX_X0"].tolist() == [0, 1024]
    assert columns["BBOX_DX"].tolist() == [1024, 1024]
    assert columns["BBOX_DY"].tolist() == [4096, 4096]
    assert np.isnan(columns["RED_CHI_SQ"]).all()
    assert [column.name for column in lookup.columns] == ["LOOKUP_VALUES"]
    assert lookup.columns[0].array.shape == (2, 65536)
    assert calib.getMetadata()["HAS_LINEARITY"] is True


GOOD = {"linearityType": "Spline", "linearityCoeffs": [1.0]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"linearityType": "spline"}, "amplifiers.A.linearityType is 'spline'"),
        ({"linearityCoeffs": None}, "linearityCoeffs is None"),
        ({"linearityCoeffs": ["1"]}, "linearityCoeffs.0 is '1'"),
        ({"linearityBBox": [0, 0, 1, 1]}, "a Box2I of two inclusive corners"),
        ({"fitChiSq": "good"}, "fitChiSq is 'good'"),
    ],
)
def test_a_wrong_amplifier_is_named(change: dict[str, Any], message: str) -> None:
    tree = {"metadata": {}, "amplifiers": {"A": {**GOOD, **change}}}
    (found,) = violations("linearizer", {"header": {}, "tree": tree})
    assert message in found.message


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"amplifiers": []},
        {"amplifiers": {"A": 1}},
        {"amplifiers": {"A": {**GOOD, "linearityBBox": [0, 0]}}},
        {"amplifiers": {"A": {**GOOD, "linearityBBox": Box(0, 0, 2**31, 1)}}},
        {"amplifiers": {"A": GOOD}, "tableData": [[1.0], [1.0, 2.0]]},
        {"amplifiers": {"A": GOOD}, "tableData": [1.0]},
        {"amplifiers": {"A": {**GOOD, "fitParams": ["x"]}}},
        {"amplifiers": {"A": {**GOOD, "extra": {"a": 1}}}},
    ],
)
def test_a_tree_that_fits_no_table_is_refused(tree: dict[str, Any]) -> None:
    with pytest.raises(CalibrationError):
        Linearizer.from_tree(tree)
