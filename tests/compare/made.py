"""Pairs of calibrations that hypothesis makes: alike enough that their rows meet."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st

from curator.calibrations.types.base import Calibration
from curator.calibrations.types.bfk import BrighterFatterKernel
from curator.calibrations.types.camera import CameraCalibration
from curator.calibrations.types.crosstalk import Crosstalk
from curator.calibrations.types.defects import Defects
from curator.calibrations.types.linearizer import Linearizer
from curator.calibrations.types.transmission import SensorTransmission
from curator.formats.yaml.reader import Box

numbers = st.sampled_from([0.0, 1.0, 2.5, -3.25, math.nan, math.inf])
metadata = st.dictionaries(
    st.sampled_from(["SOURCE", "VERSION", "source", "MODE", "FLAG"]).filter(str.isupper),
    st.sampled_from([None, "", "x", 1, 1.0, True, [1, 2], ["x", "y"]]),
    max_size=3,
)
names = st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True)


def whole_boxes() -> st.SearchStrategy[Calibration]:
    """Give boxes whose coordinates are integers: few, so that corners meet."""
    return boxes(dtypes=("int32", "int64", "uint8"), most=12)


@st.composite
def boxes(draw: st.DrawFn, *, dtypes: tuple[str, ...] = ("int32", "float64"), most: int = 6) -> Calibration:
    rows = draw(st.lists(st.tuples(*[st.integers(0, 3)] * 4), max_size=most))
    dtype = draw(st.sampled_from(dtypes))
    columns = dict(zip(("x0", "y0", "width", "height"), zip(*rows, strict=True), strict=False))
    arrays = {name: np.array(columns.get(name, ()), dtype) for name in ("x0", "y0", "width", "height")}
    if draw(st.booleans()):
        arrays["reason"] = np.array([draw(st.sampled_from(["", "hot", "dead"])) for _ in rows], dtype=np.str_)
    if draw(st.booleans()):
        arrays = dict(reversed(arrays.items()))
    return Defects.from_arrays(draw(metadata), arrays, draw(st.sampled_from([{}, {"x0": "pix"}])))


@st.composite
def curves(draw: st.DrawFn) -> Calibration:
    rows = draw(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from([300.0, 400.0, 500.0]), numbers)))
    parts: Any = list(zip(*rows, strict=True)) or [(), (), ()]
    arrays = {
        "wavelength": np.array(parts[1], np.float64),
        draw(st.sampled_from(["efficiency", "throughput"])): np.array(parts[2], np.float64),
    }
    if draw(st.booleans()):
        arrays["amp_name"] = np.array(parts[0], dtype=np.str_)
    units = {"wavelength": draw(st.sampled_from(["nm", "Angstrom"]))}
    return SensorTransmission.from_arrays(draw(metadata), arrays, units)


@st.composite
def crosstalk(draw: st.DrawFn) -> Calibration:
    count = draw(st.integers(1, 3))
    values = st.lists(numbers, min_size=count * count, max_size=count * count)
    tree: dict[str, Any] = {"metadata": draw(metadata), "coeffs": np.reshape(draw(values), (count, count))}
    tree["coeffs"] = tree["coeffs"].tolist()
    if draw(st.booleans()):
        tree["coeffErr"] = draw(values)
    if draw(st.booleans()):
        tree["fitGains"] = draw(st.lists(numbers, min_size=count, max_size=count))
    if draw(st.booleans()):
        tree["interChip"] = {
            name: draw(st.lists(numbers, min_size=2, max_size=2)) for name in sorted(draw(names))
        }
    return Crosstalk.from_tree(tree)


@st.composite
def linearizers(draw: st.DrawFn) -> Calibration:
    amplifiers = {
        name: {
            "linearityType": draw(st.sampled_from(["Spline", "Polynomial"])),
            "linearityCoeffs": draw(st.lists(numbers, min_size=1, max_size=2)),
            "linearityBBox": Box(0, 0, draw(st.integers(1, 2)), 3),
        }
        for name in draw(names)
    }
    tree: dict[str, Any] = {"metadata": draw(metadata), "amplifiers": amplifiers}
    if draw(st.booleans()):
        tree["tableData"] = draw(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=1, max_size=3))
    return Linearizer.from_tree(tree)


@st.composite
def kernels(draw: st.DrawFn) -> Calibration:
    level = draw(st.sampled_from(["AMP", "DETECTOR"]))
    mine = draw(names)
    kernel = st.lists(numbers, min_size=1, max_size=1)
    return BrighterFatterKernel.from_tree(
        {
            "metadata": {"LEVEL": level, "KERNEL_DX": 1, "KERNEL_DY": 1},
            "gain": {name: draw(numbers) for name in mine},
            "valid": {name: draw(st.booleans()) for name in mine},
            "ampKernels": {name: draw(kernel) for name in mine},
            "badAmps": [],
            "detKernels": {name: draw(kernel) for name in draw(names)} if level == "DETECTOR" else {},
        }
    )


@st.composite
def cameras(draw: st.DrawFn) -> Calibration:
    detectors = [
        {"name": name, "id": place, "amplifiers": draw(names)} for place, name in enumerate(draw(names))
    ]
    filters = [{"name": name, "band": draw(st.sampled_from("gr"))} for name in draw(names)]
    return CameraCalibration.from_tree(
        {"metadata": draw(metadata), "name": "x", "detectors": detectors, "filters": filters}
    )


KINDS = (boxes(), curves(), crosstalk(), linearizers(), kernels(), cameras())
pairs = st.one_of(*(st.tuples(kind, kind) for kind in KINDS))
