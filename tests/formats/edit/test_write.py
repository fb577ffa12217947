"""What is written is read back as the same values, by this package and by astropy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from formats.oracle import astropy_table, difference
from formats.texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.document import Column
from curator.formats.ecsv.reader import read_ecsv
from curator.formats.edit.new_file import FlowMap, Literal, write_ecsv, write_yaml
from curator.formats.yaml.reader import Box, PropertyList, load_yaml
from curator.formats.yaml.resolve_scalar import resolve
from curator.formats.yaml.writer import Quoted, flow, scalar

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
MOMENTS = st.datetimes().map(lambda moment: moment.replace(fold=0))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.dates() | MOMENTS
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXT, inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=10,
)


@given(SCALARS)
def test_a_scalar_is_read_back_the_same(value: Any) -> None:
    for text in (f"k: {scalar(value)}\n", f"{{k: {scalar(value, in_flow=True)}}}\n"):
        assert repr(yaml.safe_load(text)["k"]) == repr(value)
        assert repr(load_yaml(text.encode())["k"]) == repr(value)


@pytest.mark.parametrize(
    "text", ["1_04", "on", "12:30:45", "1e3", "~", "a: b", "- x", "#", "é", "a\n", "'", "--- a", ""]
)
def test_text_that_would_be_read_otherwise_is_quoted(text: str) -> None:
    assert load_yaml(f"k: {scalar(text)}\n".encode()) == {"k": text}
    assert scalar(Quoted("plain")) == '"plain"'


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\t #|-"), max_size=60))
def test_a_text_of_several_lines_is_read_back_the_same(text: str) -> None:
    for tree in ({"text": Literal(text)}, {"files": [{"name": "a", "text": Literal(text)}, {"name": "b"}]}):
        raw = write_yaml(tree)
        assert load_yaml(raw) == tree == yaml.safe_load(raw)
    lines = f"config.a = 1\n\n  # {len(text)}\n"
    assert write_yaml({"text": Literal(lines)}) == f"text: |\n  config.a = 1\n\n    # {len(text)}\n".encode()


@given(TREES)
def test_a_tree_is_read_back_the_same(tree: Any) -> None:
    found = load_yaml(write_yaml(tree))
    assert repr(found) == repr(tree)
    assert repr(load_yaml(f"k: {flow(tree)}\n".encode())) == repr({"k": tree})


def test_every_real_yaml_file_is_written_as_it_was(real: Path) -> None:
    files = sorted(real.rglob("*.yaml"), key=lambda file: file.stat().st_size)[:10]
    assert files
    for file in files:
        raw = file.read_bytes()
        assert write_yaml(load_yaml(raw)) == raw


def test_tags_and_one_line_maps_are_written_again() -> None:
    properties = PropertyList(
        {"OBSTYPE": "x", "N": 3, "F": 1.5, "B": True, "U": None, "L": [1, 2], "BIG": 2**40}
    )
    properties.comments["N"] = "how many"
    tree = {
        "box": Box(0, 1, 2, 3),
        "shape": (2, 2),
        "nothing": (),
        "metadata": properties,
        "detectors": [FlowMap({"name": Quoted("1_04"), "id": 4, "amplifiers": ["C10", "C11"]})],
    }
    raw = write_yaml(tree)
    assert b'- {name: "1_04", id: 4, amplifiers: [C10, C11]}\n' in raw
    assert load_yaml(raw) == tree
    again = load_yaml(raw)["metadata"]
    assert again.types == {
        "OBSTYPE": "String", "N": "Int", "F": "Double", "B": "Bool", "U": "Undef", "L": "Int",
        "BIG": "LongLong",
    }  # fmt: skip
    assert again.comments["N"] == "how many"


@pytest.mark.parametrize("tree", [{"a": object()}, {(1, 2): 3}, {"a": b"x"}, "\ud800", {"k" * 2000: 1}])
def test_what_has_no_form_is_refused(tree: Any) -> None:
    with pytest.raises(FormatError):
        write_yaml(tree)


def test_nesting_without_end_is_refused() -> None:
    tree: list[Any] = []
    tree.append(tree)
    for write in (write_yaml, flow):
        with pytest.raises(FormatError, match="nested deeper"):
            write(tree)


@pytest.mark.parametrize("raw", TEXTS)
@pytest.mark.parametrize("delimiter", [" ", ","])
def test_a_table_is_written_and_read_back_by_astropy(raw: bytes, delimiter: str, tmp_path: Path) -> None:
    doc = read_ecsv("a.ecsv", raw)
    written = write_ecsv(doc.header, list(doc.columns.values()), delimiter=delimiter)
    again = read_ecsv("a.ecsv", written)
    assert difference(again, astropy_table(written, tmp_path)) == ""
    assert repr(again.header) == repr(doc.header)
    for name, column in doc.columns.items():
        one, other = column.array(), again.columns[name].array()
        assert repr(np.ma.asarray(one).tolist()) == repr(np.ma.asarray(other).tolist())
        assert one.dtype == other.dtype


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]) | st.just(" "), max_size=8
)


@given(
    st.lists(CELL, min_size=1, max_size=5),
    st.lists(st.floats(width=32), min_size=5, max_size=5),
    st.sampled_from(" ,"),
)
def test_cells_survive_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], numbers: list[float], delimiter: str
) -> None:
    columns = [Column("text", "string", texts), Column("a b", "float32", numbers[: len(texts)])]
    try:
        raw = write_ecsv({}, columns, delimiter=delimiter)
    except FormatError:
        assert any(text != text.strip() or not text.isprintable() for text in texts)
        return
    doc = read_ecsv("a.ecsv", raw)
    assert doc.columns["text"].values == [text or None for text in texts]
    assert np.array_equal(doc.columns["a b"].array(), np.array(numbers[: len(texts)], "f4"), equal_nan=True)
    assert difference(doc, astropy_table(raw, tmp_path_factory.getbasetemp())) == ""


@pytest.mark.parametrize("rows", range(6))
def test_rows_written_some_at_a_time_are_those_written_at_once(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = [
        Column("x", "int32", [7, None, 9, 10, 11][:rows]),
        Column("y", "string", ["a", "b c", None, "", "d"][:rows]),
    ]
    comments = {number: [f"before {number}", "#"] for number in (0, 2, 3, rows)}
    expected = write_ecsv({}, columns, comments=comments)
    monkeypatch.setattr("curator.formats.edit.new_file._BLOCK", 2)
    assert write_ecsv({}, columns, comments=comments) == expected
    assert expected.count(b"\n# before") == len({one for one in comments if one <= rows})


def test_comments_stand_before_their_rows() -> None:
    columns = [Column("x", "int32", [1, 2])]
    raw = write_ecsv({}, columns, comments={0: ["first"], 2: ["last"]})
    assert [(comment.text, comment.row) for comment in read_ecsv("a.ecsv", raw).comments] == [
        ("first", 0),
        ("last", 2),
    ]


@pytest.mark.parametrize(
    "columns",
    [
        [],
        [Column("a", "int32", [1]), Column("a", "int32", [1])],
        [Column("a", "int32", [1]), Column("b", "int32", [])],
        [Column(" a", "int32", [1])],
        [Column("a", "string", ["two\nlines"])],
    ],
)
def test_tables_that_could_not_be_read_back_are_refused(columns: list[Column]) -> None:
    with pytest.raises(FormatError):
        write_ecsv({}, columns)


def test_floats_keep_their_shortest_form() -> None:
    raw = write_ecsv({"A": 1e-05}, [Column("x", "float64", [0.1, 1e-05, float("nan"), None])])
    assert raw.endswith(b'x\n0.1\n1e-05\nnan\n""\n')
    assert b"# - A: 1.0e-05\n" in raw
    assert resolve("1.0e-05") == 1e-05
