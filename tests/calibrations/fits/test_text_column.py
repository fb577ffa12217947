"""Columns whose arrays are made when they are asked for hold what the arrays do."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.fits.columns import fits_column
from curator.calibrations.fits.text_column import TextColumn
from curator.formats.document import Column

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "int16": st.integers(-(1 << 15), (1 << 15) - 1),
    "int64": st.integers(-(1 << 63), (1 << 63) - 1),
    "float32": st.floats(),
    "float64": st.floats(),
    "string": st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    "bool": st.booleans(),
}
columns = st.sampled_from(sorted(VALUES)).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(VALUES[kind], max_size=5))
)


@given(columns)
def test_cells_are_those_of_the_array(column: tuple[str, list[Any]]) -> None:
    kind, values = column
    found = fits_column(Column("x", kind, values, "nm", "what it is"))
    assert isinstance(found, TextColumn)
    assert repr(found.cells) == repr(found.array.tolist())
    assert found.type == ("string" if found.array.dtype.kind == "U" else found.array.dtype.name)
    assert (found.rows, found.name, found.unit, found.description) == (len(values), "x", "nm", "what it is")


def test_cells_may_be_arrays() -> None:
    values = [[[1.0, math.nan], [2.0, -0.0]]]
    found = fits_column(Column("x", "string", values, subtype="float64", shape=(2, 2)))
    assert isinstance(found, TextColumn)
    assert (found.type, repr(found.cells)) == ("float64[2,2]", repr(found.array.tolist()))
    assert repr(found.flat) == repr(found.array.ravel().tolist())


@pytest.mark.parametrize(
    "column",
    [
        Column("x", "int8", [1]),
        Column("x", "int32", [1, None]),
        Column("x", "string", [], subtype="json"),
        Column("x", "string", [], subtype="float64", shape=(2,)),
        Column("x", "string", ["[1.0]"], subtype="json"),
        Column("x", "string", [[1.0], [2.0, 3.0]], subtype="float64", shape=(None,)),
        Column("x", "string", [[1, 2.5]], subtype="float64", shape=(2,)),
        Column("x", "string", [[1.0, None]], subtype="float64", shape=(2,)),
        Column("x", "string", [[1.5]], subtype="float32", shape=(1,)),
    ],
    ids=str,
)
def test_numpy_looks_at_the_others(column: Column) -> None:
    assert not TextColumn.can_hold(column)


def test_a_copy_is_a_plain_column() -> None:
    found = copy.deepcopy(fits_column(Column("x", "int32", [1, 2])))
    assert found.array.tolist() == [1, 2]
    assert found.array.dtype == np.int32
