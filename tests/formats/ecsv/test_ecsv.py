"""ECSV files say what astropy reads in them, and where it stands."""

from __future__ import annotations

import random
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.table import Column as AstropyColumn
from astropy.table import MaskedColumn, QTable, Table
from formats.oracle import astropy_table, difference
from formats.texts import BLANKS, BLOCK, COMMA, TEXTS, spoiled, with_row
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.document import Document
from curator.formats.ecsv.reader import read_ecsv

# What is refused though astropy reads it: aliases, repeated keys, conflict markers; sizes beyond memory.
OWN_REFUSALS = ("CUR003", "CUR004", "CUR014", "CUR015", "CUR022")
OWN_WORDS = ("is not text", "is not known", "has an invalid shape")


def test_every_real_file_is_read_as_astropy_reads_it(real: Path, tmp_path: Path) -> None:
    files = sorted(real.rglob("*.ecsv"))
    assert len(files) > 300
    for number, file in enumerate(files):
        raw = file.read_bytes()
        doc = read_ecsv(file.name, raw)
        assert not doc.by_astropy, file
        if number % 3 == 0 or len(raw) > 5000:
            assert difference(doc, astropy_table(raw, tmp_path)) == "", file


@pytest.mark.parametrize("raw", TEXTS)
@pytest.mark.parametrize("crlf", [False, True])
def test_every_form_is_read_without_astropy_and_alike(raw: bytes, crlf: bool, tmp_path: Path) -> None:
    raw = raw.replace(b"\n", b"\r\n") if crlf else raw
    doc = read_ecsv("a.ecsv", raw)
    # Missing elements of an array are for astropy to say.
    assert doc.by_astropy == (b"null]" in raw)
    assert difference(doc, astropy_table(raw, tmp_path)) == ""


def outcome(raw: bytes) -> Document | FormatError:
    try:
        return read_ecsv("a.ecsv", raw)
    except FormatError as error:
        return error


@given(st.integers(min_value=0))
def test_spoiled_files_are_read_or_refused_as_astropy_does(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    dice = random.Random(seed)
    for _ in range(4):
        raw = spoiled(dice.choice(TEXTS), dice)
        table = astropy_table(raw, folder)
        found = outcome(raw)
        if isinstance(found, FormatError):
            own = found.code in OWN_REFUSALS or any(words in found.message for words in OWN_WORDS)
            assert table is None or own, (raw, str(found))
        else:
            assert table is not None, raw
            assert difference(found, table) == "", raw


CELLS = [
    "1",
    "0",
    "-1",
    "+1",
    "300",
    "-129",
    "007",
    "1_0",
    "1.5",
    "1.",
    ".5",
    "1e3",
    "1e400",
    "1e39",
    "nan",
    "NaN",
    "inf",
    "-Infinity",
    "null",
    "None",
    "true",
    "True",
    "FALSE",
    "False",
    "0x10",
    "1,2",
    '""',
    '"1"',
    '"',
    "1",
    '"',
    "1d5",
    "9223372036854775808",
    "18446744073709551615",
    "١",
    "é",
    "--",
    "--1",
    "1e",
    "0b1",
]


@pytest.mark.parametrize(
    "datatype", ["int8", "int64", "uint8", "uint64", "float16", "float32", "float64", "bool", "string"]
)
def test_every_spelling_of_a_cell_means_what_astropy_makes_of_it(datatype: str, tmp_path: Path) -> None:
    for cell in CELLS:
        raw = with_row(datatype, cell)
        table = astropy_table(raw, tmp_path)
        found = outcome(raw)
        if isinstance(found, FormatError):
            assert table is None, cell
            assert (found.code, found.line) == ("CUR010" if cell == '"' else "CUR011", 8), cell
        else:
            assert difference(found, table) == "", cell


ARRAYS = ["[1.0,2.0]", "[1,2]", "[true,false]", "[1]", "[null,1.0]", "[1,null]", "[NaN,Infinity]",
          "[300,1]",
          "1", '"[1.5, 2.5]"', "[[1,2]]", "[1,2",
          '""', '"[""a"",""b""]"', "[1e400,-0.0]", "[" * 5000]  # fmt: skip


@pytest.mark.parametrize(
    "subtype", ["float64[2]", "int8[2]", "bool[2]", "float32[null]", "json", "string[2]"]
)
def test_every_array_means_what_astropy_makes_of_it(subtype: str, tmp_path: Path) -> None:
    for cell in ARRAYS:
        raw = with_row("string", cell, subtype=subtype)
        table = astropy_table(raw, tmp_path)
        found = outcome(raw)
        if isinstance(found, FormatError):
            assert table is None, cell
        else:
            assert difference(found, table) == "", cell


def columns(rows: int) -> st.SearchStrategy[Any]:
    def arrays(values: st.SearchStrategy[Any], dtype: Any, width: int = 1) -> st.SearchStrategy[Any]:
        many = st.lists(values, min_size=rows * width, max_size=rows * width)
        return many.map(lambda found: np.array(found, dtype))

    def integers(kind: str) -> st.SearchStrategy[Any]:
        limits = np.iinfo(kind)
        return arrays(st.integers(limits.min, limits.max), kind)

    text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
    return st.one_of(
        *map(integers, ("int8", "int32", "uint16", "uint64")),
        arrays(st.floats(width=32), "f4"),
        arrays(st.floats(), "f8"),
        arrays(st.booleans(), bool),
        arrays(text, str),
        arrays(st.floats(), "f8", 6).map(lambda found: found.reshape(rows, 2, 3)),
    )


METADATA = st.dictionaries(
    st.text("ABCDEFGHIJ_", min_size=1, max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("12:30:45"),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
        ),
        max_leaves=4,
    ),
    max_size=6,
)


@given(st.data(), st.integers(1, 4), METADATA, st.sampled_from([" ", ","]))
def test_tables_that_astropy_writes_are_read_alike(
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    rows: int,
    meta: dict[str, Any],
    delimiter: str,
) -> None:
    folder = tmp_path_factory.getbasetemp()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = QTable(meta=meta)
        for number in range(data.draw(st.integers(1, 4))):
            values = data.draw(columns(rows))
            unit = data.draw(st.sampled_from([None, "nm", "%", "pix", ""]))
            if data.draw(st.booleans()):
                mask = data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows))
                table[f"c {number}"] = MaskedColumn(
                    values,
                    mask=np.reshape(mask, (rows,) + (1,) * (values.ndim - 1)) | np.zeros(values.shape, bool),
                )
            elif unit is not None and values.dtype.kind == "f":
                from astropy import units

                table[f"q{number}"] = values * units.Unit(unit)
            else:
                table[f"c{number}"] = AstropyColumn(
                    values, unit=unit, description=data.draw(st.sampled_from([None, "it's"]))
                )
        file = folder / "written.ecsv"
        table.write(file, format="ascii.ecsv", delimiter=delimiter, overwrite=True)
    raw = file.read_bytes()
    wanted = astropy_table(raw, folder)
    found = outcome(raw)
    if isinstance(found, FormatError):
        assert wanted is None or b"&id" in raw, str(found)
    else:
        assert difference(found, wanted) == ""


def test_places_of_keywords_columns_and_cells() -> None:
    doc = read_ecsv("a.ecsv", BLOCK)
    assert doc.at("OBSTYPE") == (10, 5, 12)
    assert doc.value_at("OBSTYPE") == (10, 14, 21)
    assert doc.at("DETECTOR") == (11, 6, 14)
    assert doc.value_at("DETECTOR") == (11, 16, 18)
    assert doc.value_at("LIST", 2) == (14, 20, 21)
    assert doc.value_at("HISTORY", 1) == (17, 7, 14)
    assert doc.at("columns", "x0").line == 4
    assert doc.value_at("columns", "x0", "datatype") == (5, 15, 20)
    assert doc.value_at("datatype", 2, "datatype") == (8, 39, 46)
    assert list(doc.row_lines) == [25, 27, 29]
    assert doc.cell(1, "y0") == (27, 3, 4)
    assert doc.cell(1, "gain") == (27, 5, 10)
    assert doc.cell(7, "gain") == (1, 1, 0)
    assert doc.comments == ((26, "found by Ada", 1),)
    assert doc.line(27) == "3 4 -2e-3"
    comma = read_ecsv("a.ecsv", COMMA)
    assert comma.at("y") == (13, 21, 22)
    assert comma.cell(1, "b") == (17, 3, 9)
    assert comma.cell(2, "b") == (19, 2, 2)
    assert comma.cell(2, "d") == (19, 4, 15)


@pytest.mark.parametrize(
    "change",
    [
        (b"# - {name: y0", b"\xc2\xa0# - {name: y0"),
        (b"# - {name: y0", b"  # - {name: y0"),
        (b"# - {name: y0", b"\n#\n# - {name: y0"),
        (b"# - {name: y0", b"#\xe3\x80\x80\n# - {name: y0"),
        (b"# LIST", b"#\t LIST"),
        (b"\n# ", b"\n#   "),
        (b"# ", b"#"),
        (b"\n1 2 1.5", b"\n\n# one\n 1  2   1.5  "),
    ],
)
def test_odd_spacing_is_read_as_astropy_reads_it(change: tuple[bytes, bytes], tmp_path: Path) -> None:
    raw = BLOCK.replace(*change)
    table, found = astropy_table(raw, tmp_path), outcome(raw)
    if isinstance(found, FormatError):
        assert table is None
    else:
        assert difference(found, table) == ""


ODD_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def test_there_are_no_other_characters_that_python_ends_a_line_at() -> None:
    found = {char for char in map(chr, range(sys.maxunicode + 1)) if len(f"a{char}b".splitlines()) > 1}
    assert found == {"\n", *ODD_BREAKS}


@given(st.sampled_from(ODD_BREAKS), st.floats(0, 1), st.booleans())
def test_a_line_ends_at_a_newline_and_nowhere_else(mark: str, where: float, crlf: bool) -> None:
    text = BLANKS.decode()
    at = int(where * len(text))
    text = f"{text[:at]}x{mark}x{text[at:]}"
    found = outcome((text.replace("\n", "\r\n") if crlf else text).encode())
    assert isinstance(found, FormatError)
    line, column = text.count("\n", 0, at) + 1, at + 2 - (text.rfind("\n", 0, at) + 1)
    assert (found.code, found.line, found.column) == ("CUR022", line, column)


def test_rows_that_stand_on_several_lines_have_a_line(tmp_path: Path) -> None:
    raw = BLANKS.replace(b'"x y" True', b'"x\ny" True')
    doc = read_ecsv("a.ecsv", raw)
    assert doc.by_astropy
    assert difference(doc, astropy_table(raw, tmp_path)) == ""
    assert len(doc.row_lines) == len(doc.columns["name"].values)
    assert doc.cell(1, "f") == (1, 1, 0)


def test_the_header_alone_has_columns_without_values() -> None:
    doc = read_ecsv("a.ecsv", BLOCK.replace(b"3 4 -2e-3", b"3 4"), header_only=True)
    assert [column.values for column in doc.columns.values()] == [[], [], []]
    assert doc.header["DETECTOR"] == 62
    assert doc.columns["gain"].unit == "%"


def test_a_unit_that_disagrees_with_its_serialized_column_is_what_astropy_says(tmp_path: Path) -> None:
    for declared in (b"unit: '%', ", b"unit: -, ", b"unit: nm, ", b"unit: '', ", b""):
        raw = BLOCK.replace(b"unit: '%', ", declared)
        assert difference(read_ecsv("a.ecsv", raw), astropy_table(raw, tmp_path)) == ""


def test_other_serialized_columns_are_left_to_astropy(tmp_path: Path) -> None:
    from astropy.time import Time

    table = Table({"t": Time(["2020-01-01", "2021-01-01"]), "x": [1, 2]})
    table.write(tmp_path / "a.ecsv", format="ascii.ecsv")
    doc = read_ecsv("a.ecsv", (tmp_path / "a.ecsv").read_bytes())
    assert doc.by_astropy
    assert list(doc.columns) == ["t", "x"]
    assert doc.columns["x"].values == [1, 2]
    assert list(doc.row_lines) == [23, 24] or len(doc.row_lines) == 2


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        (b"3 4 -2e-3", b"3 4", "CUR010", 27, "row has 2 values, the header declares 3 columns"),
        (b"3 4 -2e-3", b"3 4 1 2", "CUR010", 27, "row has 4 values"),
        (b"3 4 -2e-3", b'3 "4 1', "CUR010", 27, "a quoted cell does not end"),
        (b"3 4 -2e-3", b"3.5 4 1", "CUR011", 27, "'3.5' in column x0 is not an int32"),
        (b"3 4 -2e-3", b"3 null 1", "CUR011", 27, "'null' in column y0 is not an int64"),
        (b"3 4 -2e-3", b"3 9223372036854775808 1", "CUR011", 27, "'9223372036854775808' in column y0"),
        (b"3 4 -2e-3", b"3 4 1\tx", "CUR011", 27, "in column gain is not a float32"),
        (b"x0 y0 gain\n", b"x0 y gain\n", "CUR001", 24, "names 'x0 y gain' differ from those"),
        (b"# %ECSV 0.9\n", b"", "CUR001", 1, "does not begin with the line '# %ECSV 1.0'"),
        (b"# %ECSV", b"\xef\xbb\xbf# %ECSV", "CUR001", 1, "does not begin with the line"),
        (b"datatype: int32", b"datatype: quaternion", "CUR001", 1, "datatype 'quaternion' of column x0"),
        (b"# - OBSTYPE: defects\n", b"# - OBSTYPE: x\n# - OBSTYPE: x\n", "CUR015", 11, "'OBSTYPE' is a d"),
        (b"# - OBSTYPE: defects\n", b"# - on: defects\n", "CUR001", 10, "keyword True is not text"),
        (b"# - OBSTYPE: defects\n", b"# - OBSTYPE: &a [x]\n# - O: *a\n", "CUR014", 11, "alias *a"),
        (b"# - OBSTYPE: defects\n", b"# - OBSTYPE: !!python/object:os.system\n", "CUR012", 10, "would run"),
        (b"# - OBSTYPE: defects\n", b"# - OBSTYPE: [x\n", "CUR001", 11, "not YAML"),
        (b"# datatype:", b"# columns:", "CUR001", 1, "declares no columns"),
        (b"name: y0", b"name: x0", "CUR001", 24, "column names"),
        (b"3 4 -2e-3", b"3 4 \xff", "CUR003", 27, "not UTF-8"),
        (b"3 4 -2e-3\n", b"<<<<<<< a\n3 4 1\n=======\n3 4 2\n>>>>>>> b\n", "CUR004", 27, "merge conflict"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_line_and_value(
    old: bytes, new: bytes, code: str, line: int, words: str
) -> None:
    assert old in BLOCK
    with pytest.raises(FormatError) as caught:
        read_ecsv("a.ecsv", BLOCK.replace(old, new, 1))
    assert words in caught.value.message
    assert (caught.value.code, caught.value.line) == (code, line)


def test_a_declared_shape_cannot_make_a_small_file_take_much_memory() -> None:
    raw = with_row("string", '""', subtype="float64[1000000000]").replace(b"a [1.0,2.0]\n", b"")
    with pytest.raises(FormatError, match="far more memory"):
        read_ecsv("a.ecsv", raw)
    long = with_row("string", "x" * 100_000) + b"a b\n" * 10_000
    doc = read_ecsv("a.ecsv", long)
    with pytest.raises(FormatError, match="too much memory"):
        doc.columns["v"].array()
    with pytest.raises(FormatError, match="far more memory"):
        read_ecsv("a.ecsv", long + "\xa0\n".encode())


def test_many_rows_are_read_in_linear_time_and_little_memory() -> None:
    import time
    import tracemalloc

    raw = (
        with_row("int64", "1")
        .replace(b"datatype: string", b"datatype: float32")
        .replace(b"a 1\nb 1\n", b"1234.5 67890\n" * 60_000)
    )
    tracemalloc.start()
    start = time.process_time()
    doc = read_ecsv("a.ecsv", raw)
    taken = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(doc.columns["v"].values) == 60_000
    assert taken < 5
    assert peak < 20 * len(raw)
