"""YAML files: values, tags, places, and what is refused."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.yaml.reader import Box, PropertyList, load_yaml, read_yaml

HEAD = "metadata: {OBSTYPE: x}\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: *x\n", "CUR014", 2, 4),
        ("a: &x [1]\nb: [*x, *x]\n", "CUR014", 2, 5),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "CUR015", 4, 3),
        ("a: 1\n<<: {b: 2}\n", "CUR014", 2, 1),
        ("a: !!python/object/apply:os.system [ls]\n", "CUR012", 1, 4),
        ("a: !!python/object/new:subprocess.Popen\n- [ls]\n", "CUR012", 1, 4),
        ("a: !!python/name:os.system ''\n", "CUR012", 1, 4),
        ("a: !astropy.units.Unit {unit: nm}\n", "CUR012", 1, 4),
        ("a: 1\n---\nb: 2\n", "CUR001", 2, 1),
        ("a: 2020-13-01\n", "CUR001", 1, 4),
        ("? [a]\n: 1\n", "CUR001", 1, 3),
        ("a: [1,\n", "CUR001", 2, 1),
        ("a: !!python/object/apply:lsst.geom.Box2I [1]\n", "CUR001", 1, 4),
        ("a: !<lsst.daf.base.PropertyList>\n- [A, Int, 1, '']\n- [A, Int, 2, '']\n", "CUR015", 3, 3),
        ("a: !<lsst.daf.base.PropertyList>\n- [A, Nonsense, 1, '']\n", "CUR001", 1, 4),
        ("? 1152921504606846976\n: 1\n", "CUR014", 1, 3),
        ('a: "\\ud800"\n', "CUR001", 1, 7),
        ("metadata: [1]\n", "CUR001", 1, 1),
        ("metadata: {on: 1}\n", "CUR001", 1, 12),
        ("a: \x00\n", "CUR001", 1, 0),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", "CUR004", 1, 1),
    ],
)
def test_what_is_refused_is_named_with_its_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(FormatError) as caught:
        read_yaml("a.yaml", text.encode())
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)
    assert caught.value.path == "a.yaml"


def test_bytes_that_are_not_utf8_are_named_with_their_place() -> None:
    with pytest.raises(FormatError) as caught:
        read_yaml("a.yaml", "a: 1\nb: é".encode() + b"\xff\n")
    assert (caught.value.code, caught.value.line, caught.value.column) == ("CUR003", 2, 5)


BOMBS = {
    "brackets": b"[" * 30_000,
    "many brackets": b"[" * 300_000,
    "braces": b"{a: " * 30_000,
    "dashes": b"- " * 50_000,
    "indentation": b"".join(b" " * n + b"a:\n" for n in range(3000)),
    "question marks": b"? " * 50_000,
    "laughs": b"a: &a [x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (n + 1, n + 1, b"*%c," % n * 9) for n in b"abcdefg"),
    "colliding keys": b"".join(b"? %d\n: 1\n" % (n * (2**61 - 1)) for n in range(1, 5_000)),
    "sexagesimal": b"a: 1" + b":1" * 100_000,
    "digits": b"a: " + b"9" * 2_000_000,
    "anchors": b"".join(b"- &a%d x\n" % n for n in range(20_000)),
    "quotes": b"a: '" + b"''" * 200_000,
    "folded": b"a: >\n" + b"  x\n\n" * 200_000,
    "comments": b"#\n" * 200_000,
    "tags": b"a: " + b"!" * 200_000,
    "open flow": b"a: [\n" * 2000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_no_text_takes_long_or_much_memory(name: str) -> None:
    raw = BOMBS[name]
    tracemalloc.start()
    start = time.process_time()
    with contextlib.suppress(FormatError):
        load_yaml(raw, "bomb.yaml")
    taken = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 30
    assert peak < 30 * len(raw) + 20_000_000


def test_a_file_has_a_limited_number_of_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curator.formats.yaml.event_reader.MAX_NODES", 1000)
    assert len(load_yaml(b"&a [" + b"1," * 990 + b"]")) == 990
    with pytest.raises(FormatError, match="more than 1,000 values"):
        load_yaml(b"&a [" + b"1," * 1001 + b"]")


def test_tags_become_plain_values() -> None:
    text = """\
shape: !!python/tuple [2, 2]
box: !!python/object/apply:lsst.geom.Box2I
- !!python/object/apply:lsst.geom.Point2I [0, 1]
- !!python/object/apply:lsst.geom.Point2I
  - 1023
  - 4095
metadata: !<lsst.daf.base.PropertyList>
- - OBSTYPE
  - String
  - LINEARIZER
  - what it is
- - DETECTOR
  - Int
  - 35
  - ''
"""
    doc = read_yaml("a.yaml", text.encode())
    assert doc.tree["shape"] == (2, 2)
    assert doc.tree["box"] == Box(0, 1, 1023, 4095)
    assert (doc.tree["box"].width, doc.tree["box"].height) == (1024, 4095)
    metadata = doc.tree["metadata"]
    assert isinstance(metadata, PropertyList)
    assert metadata.types == {"OBSTYPE": "String", "DETECTOR": "Int"}
    assert metadata.comments["OBSTYPE"] == "what it is"
    assert doc.header == {"OBSTYPE": "LINEARIZER", "DETECTOR": 35}
    assert doc.at("DETECTOR")[:2] == (12, 5)
    assert doc.value_at("DETECTOR") == (14, 5, 7)
    assert doc.at("metadata", "OBSTYPE") == doc.at("OBSTYPE")
    assert doc.at("box")[:2] == (2, 1)


def test_boxes_do_not_change() -> None:
    with pytest.raises(AttributeError, match="does not change"):
        Box(0, 0, 1, 1).x0 = 3


def test_every_part_of_a_tree_has_its_place() -> None:
    text = "a:\n  b: [x, {c: yy}]\n  d: 'two\n    lines'\n# note\nnumbers:\n" + "- 1.5\n" * 50
    doc = read_yaml("a.yaml", text.encode())
    assert doc.at("a", "b") == (2, 3, 4)
    assert doc.value_at("a", "b", 0) == (2, 7, 8)
    assert doc.at("a", "b", 1, "c") == (2, 11, 12)
    assert doc.value_at("a", "b", 1, "c") == (2, 14, 16)
    assert doc.value_at("a", "d")[:2] == (3, 6)
    assert doc.value_at("numbers", 49) == (56, 3, 6)
    assert doc.at("numbers", 99) == doc.at("numbers") == (6, 1, 8)
    assert doc.at("absent") == (1, 1, 0)
    assert len(doc.places) == len(list(doc.places)) == 57
    assert [comment.text for comment in doc.comments] == ["note"]


def test_a_file_without_metadata_has_its_plain_entries_as_header() -> None:
    doc = read_yaml("a.yaml", b"name: x\nlist: [1]\nmap: {a: 1}\nnumber: 2\n")
    assert doc.header == {"name": "x", "number": 2}
    assert doc.at("number") == (4, 1, 7)


def test_the_header_alone_leaves_the_tree_out(real: Path) -> None:
    file = next(real.rglob("linearizer/*/*.yaml"))
    doc = read_yaml("a.yaml", file.read_bytes(), header_only=True)
    assert doc.tree is None
    assert doc.header["OBSTYPE"] == "LINEARIZER"


def test_the_header_alone_is_the_header_of_the_whole(real: Path) -> None:
    texts = [file.read_bytes()[:20_000].rpartition(b"\n")[0] for file in sorted(real.rglob("*.yaml"))]
    texts.append(
        b"list:\n" + b"- 1\n" * 9 + b"- a: 1\n  b: 2\n- 3\nmetadata:\n  A: [1, 2]\n  LIST:\n" + b"  - 1\n" * 9
    )
    for raw in texts:
        whole, head = read_yaml("a.yaml", raw), read_yaml("a.yaml", raw, header_only=True)
        assert head.header == whole.header


def test_line_numbers_count_newlines_only() -> None:
    doc = read_yaml("a.yaml", 'a: "x\u2028y"\r\nb: 1\r\n'.encode())
    assert doc.at("b").line == 2


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(st.characters(codec="utf-8"))
        | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text(max_size=5) | st.integers(0, 9), inner, max_size=4)
        ),
        max_leaves=12,
    ),
    st.sampled_from([None, False, True]),
)
def test_what_pyyaml_writes_is_read_as_its_safe_loader_reads_it(value: Any, style: bool | None) -> None:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump(value, Dumper=Dumper, default_flow_style=style, allow_unicode=True)
    wanted = yaml.safe_load(text)
    try:
        found = load_yaml(text.encode())
    except (FormatError, UnicodeEncodeError):
        # Keys that are equal though of different types, and nothing else.
        assert "1" in text or "0" in text or "\\ud" in text
        return
    assert repr(found) == repr(wanted)


def test_a_list_of_a_hundred_thousand_numbers_is_read_quickly(real: Path) -> None:
    raw = next(real.rglob("linearizer/*/*.yaml")).read_bytes()
    start = time.process_time()
    doc = read_yaml("a.yaml", raw)
    assert time.process_time() - start < 1.5
    assert len(doc.tree["tableData"]) == 2
    assert doc.value_at("tableData", 0, 70).line > 70


@pytest.mark.parametrize(
    "text", ["a: !\n", "a: ! \nb: 1\n", 'a: ! "12"\n', "a: ! x\n", "- !\n- ! 1.5\n", "! a: 1\n"]
)
def test_a_tag_without_a_name_means_what_pyyaml_makes_of_it(text: str) -> None:
    assert load_yaml(text.encode()) == yaml.safe_load(text)
