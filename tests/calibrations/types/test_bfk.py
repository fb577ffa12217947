"""The type bfk: kernels per amplifier or detector, and the measurements they were made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
from curator.calibrations.types.bfk import TYPE, BrighterFatterKernel
from curator.errors import CalibrationError


def test_real_files_fit_and_survive(real: Path) -> None:
    assert assert_real_files_survive(real, TYPE.name) == 3


def test_a_new_file_is_valid() -> None:
    calib = assert_blank_is_valid(TYPE)
    assert calib.tables()[1].columns[1].array.shape == (1, 289)


AMPLIFIERS = ["C00", "C01", "C10"]
VERSIONS = {1.0: ["means", "variances"], 1.1: ["rawMeans", "rawVariances"]}


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    level = draw(st.sampled_from(["AMP", "DETECTOR"]))
    version = draw(st.sampled_from([1.0, 1.1]))
    header = {**draw(metadata), "LEVEL": level, "KERNEL_DX": 3, "KERNEL_DY": 3, "bfk_VERSION": version}
    kernel = st.lists(st.floats(), min_size=9, max_size=9)
    names = draw(st.lists(st.sampled_from(AMPLIFIERS), unique=True))
    measured = st.lists(st.floats(), max_size=3)
    tree: dict[str, Any] = {"metadata": header, "ampKernels": {}, "detKernels": {}, "badAmps": []}
    for key in ("rawXcorrs", *VERSIONS[version]):
        tree[key] = {name: draw(measured) for name in names}
    if version == 1.1:
        tree["expIdMask"] = {name: draw(st.lists(st.booleans(), max_size=3)) for name in names}
    for key in ("gain", "noise"):
        tree[key] = {name: draw(st.floats()) for name in names}
    tree["valid"] = {name: draw(st.booleans()) for name in names}
    tree["badAmps"] = [name for name in names if not tree["valid"][name]]
    if level == "AMP":
        tree["ampKernels"] = {name: draw(kernel) for name in names}
        tree["meanXcorrs"] = {name: draw(kernel) for name in names}
    if level == "DETECTOR" or draw(st.booleans()):
        tree["detKernels"] = {"R22_S11": draw(kernel)}
    return tree


@given(trees())
def test_made_files_lose_nothing(tree: dict[str, Any]) -> None:
    assert_nothing_is_lost(BrighterFatterKernel.from_tree(tree), ("yaml",))


def test_a_kernel_may_be_written_as_a_square() -> None:
    flat, square = [float(number) for number in range(4)], [[0.0, 1.0], [2.0, 3.0]]
    header = {"LEVEL": "DETECTOR", "KERNEL_DX": 2, "KERNEL_DY": 2}
    one, other = (
        BrighterFatterKernel.from_tree({"metadata": header, "ampKernels": {}, "detKernels": {"D": kernel}})
        for kernel in (flat, square)
    )
    assert one == other


def test_no_amplifier_stands_in_the_first_table_at_level_detector(real: Path) -> None:
    calib = BrighterFatterKernel.readText(real / "obs_lsst_data/imsim/bfk/r22_s00/19700101T000000.yaml")
    amplifiers, detectors, left = calib.tables()
    assert amplifiers.rows == 0
    assert {
        "AMPLIFIER",
        "MEANS",
        "VARIANCES",
        "RAW_XCORRS",
        "GAIN",
        "NOISE",
        "MEAN_XCORRS",
        "KERNEL",
        "VALID",
    } == {column.name for column in amplifiers.columns}
    assert [column.name for column in detectors.columns] == ["DETECTOR", "KERNEL"]
    assert detectors.columns[1].array.shape == (1, 289)
    assert left.rows == 16
    tree = calib.to_tree()
    assert tree["valid"]["C17"] is True
    assert tree["means"]["C00"] == []
    assert tree["badAmps"] == []


def test_a_list_of_bad_amplifiers_that_says_more_is_kept() -> None:
    header = {"LEVEL": "DETECTOR", "KERNEL_DX": 1, "KERNEL_DY": 1}
    tree = {
        "metadata": header,
        "ampKernels": {},
        "detKernels": {"D": [0.0]},
        "badAmps": ["C00"],
        "valid": {"C00": True},
    }
    calib = BrighterFatterKernel.from_tree(tree)
    assert_nothing_is_lost(calib)
    assert calib.to_tree()["badAmps"] == ["C00"]


@pytest.mark.parametrize(
    ("header", "tree", "message"),
    [
        ({"LEVEL": "CCD"}, {}, "LEVEL is 'CCD', expected AMP or DETECTOR"),
        ({"KERNEL_DX": 0}, {}, "KERNEL_DX is 0"),
        ({}, {"valid": {"C00": "yes"}}, "valid.C00 is 'yes'"),
        ({}, {"detKernels": {"D": ["a"]}}, "detKernels.D.0 is 'a'"),
        ({}, {"gain": {"C00": [1.0]}}, "gain.C00 is [1.0]"),
        ({"bfk_VERSION": "1.0"}, {}, "bfk_VERSION is '1.0'"),
    ],
)
def test_what_is_wrong_is_named(header: dict[str, Any], tree: dict[str, Any], message: str) -> None:
    whole = {"metadata": {}, "ampKernels": {}, "detKernels": {}, **tree}
    (found,) = violations("bfk", {"header": header, "tree": whole})
    assert message in found.message


@pytest.mark.parametrize("tree", [{"detKernels": [1.0]}, {"detKernels": {"D": ["a"]}}, {"valid": 5}])
def test_a_tree_that_fits_no_table_is_refused(tree: dict[str, Any]) -> None:
    with pytest.raises(CalibrationError):
        BrighterFatterKernel.from_tree({"metadata": {}, **tree})
