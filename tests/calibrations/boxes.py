"""Box lists that hypothesis makes, for the tests of the types that are box lists."""

from __future__ import annotations

from typing import Any

import numpy as np
from calibrations.roundtrip import metadata, words
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from curator.calibrations.types.box_list import BOX_COLUMNS

DTYPES = ("int16", "int32", "int64", "uint8", "uint16", "uint32", "float32", "float64")


@st.composite
def contents(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]], dict[str, str]]:
    """Metadata, columns and units of a box list, of every legal kind of number."""
    rows = draw(st.integers(0, 4))
    dtype = draw(st.sampled_from(DTYPES))
    numbers = st.integers(0, 100)
    arrays = {
        name: np.array(draw(st.lists(numbers, min_size=rows, max_size=rows)), dtype) for name in BOX_COLUMNS
    }
    if draw(st.booleans()):
        stripped = words.map(str.strip)
        arrays["reason"] = draw(npst.arrays(object, rows, elements=stripped)).astype(np.str_)
    units = draw(st.sampled_from([{}, dict.fromkeys(BOX_COLUMNS, "pix")]))
    return draw(metadata), arrays, units
