"""Edits of a header change what they must and not a byte more."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from formats.texts import BLANKS, BLOCK, COMMA, SHORT
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.edit.edit_header import (
    append_to_list,
    remove_header,
    rename_header,
    set_header,
    set_unit,
)
from curator.formats.read import read_document

PLAIN_YAML = b"""\
# a note
metadata:
  OBSTYPE: bfk   # what it is
  DETECTOR: 3
  LIST:
  - one
  - two
values:
- 1.50
- 2.0
"""
PROPERTIES = b"""\
crosstalkShape: !!python/tuple
- 2
- 2
metadata: !<lsst.daf.base.PropertyList>
- - OBSTYPE
  - String
  - CROSSTALK
  - ''
- - DETECTOR
  - Int
  - 35
  - its number
nAmp: 2
"""
FLOW_YAML = b"{a: [1, 2], metadata: {OBSTYPE: x, DETECTOR: 3}}\n"
FILES = {
    "block.ecsv": BLOCK,
    "comma.ecsv": COMMA,
    "blanks.ecsv": BLANKS,
    "short.ecsv": SHORT,
    "plain.yaml": PLAIN_YAML,
    "properties.yaml": PROPERTIES,
    "flow.yaml": FLOW_YAML,
    "top.yaml": b"a: 1\nb: x\nlist: [1]\n",
    "empty.ecsv": BLANKS.replace(b"# meta:\n", b"# meta: {}\n# other:\n"),
    "null.ecsv": BLANKS.replace(b"# meta:\n", b"# meta:\n# other:\n"),
}
TEXT = st.text(st.characters(codec="utf-8"), max_size=10)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT, st.lists(TEXT, max_size=3),
    st.lists(st.integers(), max_size=3),
)  # fmt: skip
KEYS = st.sampled_from(["OBSTYPE", "DETECTOR", "LIST", "HISTORY", "NEW", "A_KEY", "x", "y", "FILTER", "a"])


def changed(before: bytes, after: bytes) -> list[str]:
    lines = difflib.ndiff(before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


@given(st.sampled_from(sorted(FILES)), st.booleans(), st.dictionaries(KEYS, VALUES, max_size=3))
def test_an_edit_gives_the_old_header_with_the_changes_or_is_refused(
    name: str, crlf: bool, changes: dict[str, Any]
) -> None:
    raw = FILES[name].replace(b"\n", b"\r\n") if crlf else FILES[name]
    before = read_document(name, raw)
    try:
        data = set_header(raw, name, changes)
    except FormatError:
        # An empty list has no type in a PropertyList, and a file without metadata has no place for a list.
        assert name in ("properties.yaml", "top.yaml")
        assert any(isinstance(value, list) for value in changes.values())
        return
    after = read_document(name, data)
    # Where nothing stands behind "meta:", astropy keeps that as a keyword.
    wanted = {**({} if name == "null.ecsv" and changes else before.header), **changes}
    assert repr(after.header) == repr(wanted)
    assert list(after.comments) == [
        comment._replace(line=comment.line + after.raw.count(b"\n") - raw.count(b"\n"))
        if name.endswith("ecsv")
        else comment
        for comment in before.comments
    ] or name.endswith("yaml")
    if name.endswith(".ecsv"):
        assert repr(after.columns) == repr(before.columns)
        assert data.endswith(
            raw[raw.rindex(b"# schema") if b"# schema" in raw else raw.rindex(b"\n", 0, -5) :]
        )
    if crlf:
        assert data.count(b"\n") == data.count(b"\r\n")
    else:
        assert b"\r" not in data or any("\r" in str(value) for value in changes.values())


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_keyword_set_and_removed_again_leaves_every_byte(name: str) -> None:
    raw = FILES[name]
    if name in ("short.ecsv", "null.ecsv", "empty.ecsv"):
        return
    lists = [] if name == "top.yaml" else [["a", "b"], [1, 2]]
    for value in (1, "x", "it's: # odd", *lists):
        data = set_header(raw, name, {"NEW": value})
        assert data != raw
        assert remove_header(data, name, "NEW") == raw
    key, old = next(
        (key, value) for key, value in read_document(name, raw).header.items() if isinstance(value, str)
    )
    data = set_header(raw, name, {key: "something else"})
    assert len(changed(raw, data)) <= 3
    assert read_document(name, set_header(data, name, {key: old})).header == read_document(name, raw).header
    assert set_header(raw, name, {key: old}) == raw


@pytest.mark.parametrize("name", sorted(set(FILES) - {"top.yaml"}))
def test_notes_are_appended_one_line_each(name: str) -> None:
    raw = FILES[name]
    once = append_to_list(raw, name, "HISTORY", "2024-01-01 Ada: one")
    twice = append_to_list(once, name, "HISTORY", "2024-01-02 Zoë: it's # two")
    header = read_document(name, twice).header
    assert header["HISTORY"][-2:] == ["2024-01-01 Ada: one", "2024-01-02 Zoë: it's # two"]
    assert all(
        line.startswith("+") or "HISTORY" in line or "[" in line or "{" in line or "meta" in line
        for line in changed(raw, twice)
    )
    if name == "block.ecsv":
        assert changed(raw, twice) == [
            "+ #   - '2024-01-01 Ada: one'\n",
            "+ #   - '2024-01-02 Zoë: it''s # two'\n",
        ]


def test_a_file_without_metadata_has_no_place_for_a_list() -> None:
    with pytest.raises(FormatError, match="cannot be edited safely"):
        append_to_list(FILES["top.yaml"], "top.yaml", "HISTORY", "a note")


def test_a_note_that_was_text_becomes_the_first_of_a_list() -> None:
    raw = set_header(PLAIN_YAML, "a.yaml", {"HISTORY": "first"})
    assert read_document("a.yaml", append_to_list(raw, "a.yaml", "HISTORY", "second")).header["HISTORY"] == [
        "first",
        "second",
    ]


def test_new_keywords_stand_where_they_are_asked_for() -> None:
    for name in ("block.ecsv", "blanks.ecsv", "comma.ecsv", "plain.yaml", "properties.yaml", "flow.yaml"):
        old = list(read_document(name, FILES[name]).header)
        data = set_header(FILES[name], name, {"A": 1, "B": "x"}, after=old[0])
        assert list(read_document(name, data).header) == [old[0], "A", "B", *old[1:]]
    with pytest.raises(FormatError, match="no keyword NONE"):
        set_header(BLOCK, "a.ecsv", {"A": 1}, after="NONE")


def test_the_form_of_the_neighbours_is_kept() -> None:
    braces = BLOCK.replace(b"# - OBSTYPE: defects\n", b"# - {OBSTYPE: defects}\n")
    assert changed(braces, set_header(braces, "a.ecsv", {"NEW": 1}, after="OBSTYPE")) == ["+ # - {NEW: 1}\n"]
    assert changed(BLANKS, set_header(BLANKS, "a.ecsv", {"NEW": 1})) == ["+ #   NEW: 1\n"]
    assert changed(PROPERTIES, set_header(PROPERTIES, "a.yaml", {"DETECTOR": 36})) == [
        "-   - 35\n",
        "+   - 36\n",
    ]
    assert changed(PROPERTIES, set_header(PROPERTIES, "a.yaml", {"DETECTOR": "N4"})) == [
        "-   - Int\n", "-   - 35\n", "+   - String\n", "+   - N4\n"
    ]  # fmt: skip
    assert changed(PLAIN_YAML, set_header(PLAIN_YAML, "a.yaml", {"OBSTYPE": "x"})) == [
        "-   OBSTYPE: bfk   # what it is\n", "+   OBSTYPE: x   # what it is\n"
    ]  # fmt: skip


def test_long_flow_headers_are_continued_on_new_lines() -> None:
    data = set_header(COMMA, "a.ecsv", {f"KEY{n}": "some text " * 4 for n in range(6)})
    assert max(map(len, data.decode().splitlines())) < 140


@given(st.sampled_from(sorted(FILES)), st.booleans(), st.integers(0, 9), KEYS | TEXT)
def test_a_new_name_keeps_place_value_and_comments_or_is_refused(
    name: str, crlf: bool, which: int, new: str
) -> None:
    raw = FILES[name].replace(b"\n", b"\r\n") if crlf else FILES[name]
    before = read_document(name, raw)
    if not before.header:
        return
    key = list(before.header)[which % len(before.header)]
    try:
        data = rename_header(raw, name, key, new)
    except FormatError:
        assert (
            new in before.header
            or not new.isascii()
            or not new.isprintable()
            or name == "null.ecsv"
            or not new
        )
        return
    after = read_document(name, data)
    assert repr(list(after.header.items())) == repr(
        [(new if one == key else one, value) for one, value in before.header.items()]
    )
    assert [one.text for one in after.comments] == [one.text for one in before.comments]
    assert data.count(b"\n") == raw.count(b"\n")
    assert len(changed(raw, data)) in (0, 2)
    if new in ("OBSTYPE", "DETECTOR", "LIST", "HISTORY", "NEW", "A_KEY", "FILTER"):
        assert rename_header(data, name, new, key) == raw


@given(
    st.sampled_from(["block.ecsv", "comma.ecsv"]),
    st.booleans(),
    st.sampled_from([None, "", "s", "m / s"]),
)
def test_a_unit_is_changed_alone_or_not_at_all(name: str, crlf: bool, unit: str | None) -> None:
    raw = FILES[name].replace(b"\n", b"\r\n") if crlf else FILES[name]
    column = {"block.ecsv": "gain", "comma.ecsv": "e"}[name]
    try:
        data = set_unit(raw, name, column, unit)
    except FormatError:
        assert name == "block.ecsv"  # its unit stands once more, in __serialized_columns__
        return
    before, after = read_document(name, raw), read_document(name, data)
    assert (after.columns[column].unit or None) == (unit or None)
    assert repr(after.header) == repr(before.header)
    for one in before.columns:
        assert repr(after.columns[one].values) == repr(before.columns[one].values)
        assert one == column or after.columns[one].unit == before.columns[one].unit
    assert len(changed(raw, data)) == 2


def test_a_unit_is_taken_out_of_every_form_of_declaration() -> None:
    forms = {
        b"# - {name: y0, unit: s, datatype: int64}\n": b"# - {name: y0, datatype: int64}\n",
        b"# - {unit: s, name: y0, datatype: int64}\n": b"# - {name: y0, datatype: int64}\n",
        b"# - {name: y0, datatype: int64, unit: s}\n": b"# - {name: y0, datatype: int64}\n",
        b"# - name: y0\n#   unit: s\n#   datatype: int64\n": b"# - name: y0\n#   datatype: int64\n",
    }
    plain = BLOCK.replace(b"unit: '%', ", b"").replace(
        BLOCK[BLOCK.index(b"# - __ser") : BLOCK.index(b"# schema")], b""
    )
    old = b"# - {name: y0, datatype: int64}\n"
    assert old in plain
    for form, without in forms.items():
        assert set_unit(plain.replace(old, form), "a.ecsv", "y0", None) == plain.replace(old, without)
    first = b"# - unit: s\n#   name: y0\n#   datatype: int64\n"
    with pytest.raises(FormatError, match="is written in a form that curator cannot edit"):
        set_unit(plain.replace(old, first), "a.ecsv", "y0", None)
    with pytest.raises(FormatError, match="no column z"):
        set_unit(plain, "a.ecsv", "z", None)
    with pytest.raises(FormatError, match="declares no unit"):
        set_unit(plain, "a.ecsv", "y0", "s")


def test_a_value_written_at_a_line_end_stands_before_what_is_put_behind_it() -> None:
    raw = b"metadata:\n  A: 1\n  B:\n"
    assert set_header(raw, "a.yaml", {"B": "x", "C": 2}) == b"metadata:\n  A: 1\n  B: x\n  C: 2\n"
    assert set_header(raw, "a.yaml", {"B": "x", "C": 2}, after="A") == b"metadata:\n  A: 1\n  C: 2\n  B: x\n"
    block = BLOCK.replace(b"# - {DETECTOR: 62}\n", b"# - DETECTOR:\n")
    assert changed(block, set_header(block, "a.ecsv", {"DETECTOR": 1, "NEW": 2}, after="DETECTOR")) == [
        "- # - DETECTOR:\n", "+ # - DETECTOR: 1\n", "+ # - NEW: 2\n"
    ]  # fmt: skip


def test_quotes_stay_with_the_text_that_is_replaced() -> None:
    quoted = b"metadata:\n  A: 'x=1'\n  B: \"y=1\"\n  C: z=1\n"
    for key, old in (("A", b"x=1"), ("B", b"y=1"), ("C", b"z=1")):
        assert set_header(quoted, "a.yaml", {key: f"{old[:1].decode()}=2"}) == quoted.replace(
            old, old[:-1] + b"2"
        )


@pytest.mark.parametrize("mark", ["\r", "\x85", "\u2028"])
def test_a_header_among_odd_line_ends_is_refused(mark: str) -> None:
    raw = PLAIN_YAML.replace(b"# a note\n", f"# a note{mark}# more\n".encode())
    assert read_document("a.yaml", raw).header == read_document("a.yaml", PLAIN_YAML).header
    with pytest.raises(FormatError, match="line endings are mixed"):
        set_header(raw, "a.yaml", {"NEW": 1})


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(FormatError, match="no keyword NONE"):
        remove_header(BLOCK, "a.ecsv", "NONE")


def test_real_files_are_edited_in_their_own_form(real: Path) -> None:
    files = [file for kind in sorted(real.glob("*/*/*")) for file in sorted(kind.rglob("*T*.*"))[:1]]
    assert len(files) > 12
    for file in files:
        raw = file.read_bytes()
        if len(raw) > 1_000_000:
            continue
        name = file.name
        once = append_to_list(raw, name, "HISTORY", "2024-01-01 Ada: a note")
        data = append_to_list(set_header(once, name, {"OBSTYPE": "other"}), name, "HISTORY", "another")
        header = read_document(name, data).header
        assert header["HISTORY"] == ["2024-01-01 Ada: a note", "another"]
        assert remove_header(once, name, "HISTORY") == raw
        assert len(changed(raw, data)) <= 9
