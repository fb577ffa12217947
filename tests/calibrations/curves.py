"""Curves that hypothesis makes, for the tests of the types that are curves."""

from __future__ import annotations

from typing import Any

import numpy as np
from calibrations.roundtrip import metadata
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst


@st.composite
def contents(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]], dict[str, str]]:
    """Metadata, columns and units of a curve, in both names and units, with and without amplifiers."""
    rows = draw(st.integers(0, 5))
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    width = np.dtype(dtype).itemsize * 8
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    if draw(st.booleans()):
        arrays["amp_name"] = np.array([f"C{draw(st.integers(0, 17)):02}" for _ in range(rows)], dtype=np.str_)
    arrays["wavelength"] = np.linspace(300, 1100, rows).astype(dtype)
    name = draw(st.sampled_from(["efficiency", "throughput"]))
    arrays[name] = draw(npst.arrays(dtype, rows, elements=st.floats(width=width)))
    units = {
        "wavelength": draw(st.sampled_from(["nm", "Angstrom"])),
        name: draw(st.sampled_from(["%", "", "-"])),
    }
    return draw(metadata), arrays, units


GOOD = {
    "wavelength": {"datatype": "float32", "unit": "nm"},
    "efficiency": {"datatype": "float64", "unit": "%"},
}
WRONG = [
    ({"wavelength": {"datatype": "float32", "unit": None}}, "column wavelength.unit is None"),
    ({"wavelength": {"datatype": "float32", "unit": "parsec"}}, "column wavelength.unit is 'parsec'"),
    ({"efficiency": None}, "column efficiency or throughput is missing"),
    ({"efficiency": {"datatype": "string", "unit": "%"}}, "column efficiency.datatype is 'string'"),
    ({"efficiency": {"datatype": "float64", "unit": "percent"}}, "column efficiency.unit is 'percent'"),
    ({"amp_name": {"datatype": "int64", "unit": None}}, "column amp_name.datatype is 'int64'"),
]
