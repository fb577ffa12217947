"""Rows read all at once have the values that each cell has by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.formats.ecsv.header_yaml import INTEGERS, Declaration
from curator.formats.ecsv.numeric_rows import number_ranges, read_numbers, share_integers
from curator.formats.ecsv.reader import read_ecsv

KINDS = ("int8", "uint8", "int32", "int64", "uint64", "float32", "float64")
whole = st.integers(-(2**70), 2**70).map(str)
odd = st.sampled_from(
    ["0", "-0", "00", "-01", "+1", "1_0", ".5", "5.", "-.5", "1e5", "1E+5", "1e400", "-1e400", "1e-400", "-",
     "e", "0.0", "-0.0", "nan", "inf", "true", "null", "0x1", "1,2", "[1]", "''", "\u0661",
     "9" * 400, "9" * 5000]
)  # fmt: skip
cells = (
    whole
    | st.floats().map(repr)
    | st.integers(0, 300).map(str)
    | odd
    | st.text("0123456789+-.eE", min_size=1)
)
blanks = st.sampled_from([" "] * 20 + ["", "  ", "\t", "\n"])


def declared(*kinds: str) -> list[Declaration]:
    return [Declaration(f"c{n}", kind, None, None, None, None, ()) for n, kind in enumerate(kinds)]


def one_by_one(text: str, kinds: list[str]) -> list[list[object]]:
    """The values by the definition: `int` and `float` of every cell; `ValueError` where one is none."""
    rows = [line.split(" ") for line in text.removesuffix("\n").split("\n")]
    if any(len(row) != len(kinds) or not all(row) for row in rows):
        raise ValueError("not regular")
    columns = []
    for kind, column in zip(kinds, zip(*rows, strict=True), strict=True):
        values = [(float if kind.startswith("float") else int)(cell) for cell in column]
        if kind in INTEGERS and not all(INTEGERS[kind][0] <= one <= INTEGERS[kind][1] for one in values):
            raise ValueError("out of range")
        columns.append(values)
    return columns


@given(st.data(), st.lists(st.sampled_from(KINDS), min_size=1, max_size=4), st.integers(1, 5), st.booleans())
def test_what_is_accepted_has_the_value_of_every_cell(data, kinds, rows, ends):
    text = ""
    for _ in range(rows):
        for number in range(len(kinds)):
            text += data.draw(cells) + ("\n" if number == len(kinds) - 1 else data.draw(blanks))
    text = text if ends else text[:-1]
    found = read_numbers(text, number_ranges(declared(*kinds)), " ")
    if found is not None:
        assert repr(found) == repr(one_by_one(text, kinds))


@given(st.lists(st.tuples(st.integers(1000, 1003), st.floats(allow_nan=False)), min_size=1))
def test_equal_integers_become_one_object_of_the_same_value(rows):
    found = [[int(str(one)) for one, _ in rows], [other for _, other in rows]]
    expected = repr(found)
    known = {}
    share_integers(found, number_ranges(declared("int32", "float64")), known)
    assert repr(found) == expected
    assert len(set(map(id, found[0]))) == len(set(found[0])) == len(known)


def test_rows_of_many_chunks_have_their_values():
    numbers = [(n % 3000, n * 7 % 5003) for n in range(30_000)]
    head = "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int32}\n# - {name: b, datatype: int64}\n"
    doc = read_ecsv("a.ecsv", (head + "a b\n" + "".join(f"{a} {b}\n" for a, b in numbers)).encode())
    assert list(zip(doc.columns["a"].values, doc.columns["b"].values, strict=True)) == numbers
    # The first chunks may each have objects of their own.
    assert len(set(map(id, doc.columns["b"].values))) < 20_000


@pytest.mark.parametrize("last", ["\n", ""])
def test_what_programs_write_is_accepted(last):
    text = "1 2.5 -3\n400 0.1 5\n-7 1e-05 6" + last
    found = read_numbers(text, number_ranges(declared("int32", "float64", "float32")), " ")
    assert repr(found) == "[[1, 400, -7], [2.5, 0.1, 1e-05], [-3.0, 5.0, 6.0]]"


def test_an_integer_out_of_its_range_is_left_to_others():
    ranges = number_ranges(declared("uint8"))
    assert read_numbers("255\n", ranges, " ") == [[255]]
    assert read_numbers("256\n", ranges, " ") is None
    assert read_numbers("-1\n", ranges, " ") is None


def test_a_negative_zero_stays_one():
    assert read_numbers("-0\n", number_ranges(declared("float64")), " ") is None
    assert repr(read_numbers("-0.0\n", number_ranges(declared("float64")), " ")) == "[[-0.0]]"


@pytest.mark.parametrize("other", [("string", None, ()), ("bool", None, ()), ("string", "float64", (2,))])
def test_columns_of_anything_else_are_left_to_others(other):
    column = Declaration("c", other[0], None, None, None, *other[1:])
    assert number_ranges([*declared("int32"), column]) == []
