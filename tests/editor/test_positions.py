"""Places in a text, as editors and as findings count them; and what is under a cursor of any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.editing.assist.completions import propose
from curator.editing.assist.cursor_context import surroundings_of
from curator.editing.assist.explain import explain
from curator.editor.project import Project
from curator.editor.text import Text
from curator.formats.edit.at_cursor import keys_beside, spot_at

from .conftest import CAMERA, DEFECTS, LINEARIZER

WIDTHS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
texts = st.text(st.sampled_from("a\N{LATIN SMALL LETTER E WITH ACUTE}\N{TELESCOPE}\r\n\u2028 "), max_size=40)
encodings = st.sampled_from(list(WIDTHS))


def client_lines(text: str) -> list[str]:
    """Return the lines as the protocol divides them, without their ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def units(text: str, encoding: str) -> int:
    name, width = WIDTHS[encoding]
    return len(text.encode(name)) // width


@given(texts, encodings)
def test_every_character_is_where_a_client_sees_it(text: str, encoding: str) -> None:
    buffer = Text(text, encoding)
    for number, line in enumerate(client_lines(text)):
        for column in range(len(line) + 1):
            counted = units(line[:column], encoding)
            offset = buffer.offset(number, counted)
            before = client_lines(text[:offset])
            assert (len(before) - 1, before[-1]) == (number, line[:column])
            assert buffer.position(offset) == (number, counted)


@given(texts, encodings, st.integers(-5, 60), st.integers(-5, 200))
def test_no_place_is_outside_the_text(text: str, encoding: str, line: int, column: int) -> None:
    buffer = Text(text, encoding)
    assert 0 <= buffer.offset(line, column) <= len(text)
    assert 0 <= buffer.place(line, column) <= len(text)
    row, character = buffer.position(line)
    assert 0 <= row < len(client_lines(text))
    assert 0 <= character <= units(client_lines(text)[row], encoding)


@given(texts)
def test_places_of_findings_go_there_and_back(text: str) -> None:
    buffer = Text(text)
    assert len(buffer) == text.count("\n") + 1
    for offset in range(len(text) + 1):
        line, column = buffer.where(offset)
        assert (line, column) == (text[:offset].count("\n") + 1, offset - text.rfind("\n", 0, offset))
        assert buffer.place(line, column) == offset
    assert [buffer.line(one) for one in range(1, len(buffer) + 1)] == [
        line.removesuffix("\r") for line in text.split("\n")
    ]


@given(texts, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), texts), max_size=4), encodings)
def test_changes_of_parts_add_up(text: str, changes: list[tuple[int, int, str]], encoding: str) -> None:
    buffer = Text(text, encoding)
    for one, other, new in changes:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        text = text[:start] + new + text[end:]
        buffer.replace(start, end, new)
        assert buffer.content == text
        assert buffer.position(len(text))[0] == len(client_lines(text)) - 1


yaml_like = st.text(st.sampled_from("ab:- {}[]'\"#,\n \\\N{TELESCOPE}"), max_size=80)


@given(yaml_like, st.booleans(), st.integers(1, 12), st.integers(0, 40))
def test_whatever_is_written_there_is_something_under_the_cursor(
    text: str, ecsv: bool, number: int, column: int
) -> None:
    buffer = Text(text)
    spot = spot_at(buffer.line, len(buffer), number, column, ecsv=ecsv)
    line = buffer.line(number)
    assert 0 <= spot.start <= spot.end <= max(len(line), spot.start)
    assert isinstance(keys_beside(buffer.line, len(buffer), number, spot, ecsv=ecsv), frozenset)


words = st.sampled_from(
    (
        *("metadata:\n  ", "# meta:\n# - {", "# datatype:\n# - {name: x0, ", "suppressions:\n- "),
        *("severities:\n  ", "OBSTYPE", "FILTER", "DETECTOR", "unit", "rule", "CUR301", "profile", "limits"),
        *("detectors", "1", "é", ": ", "'", '"', "{", "}", "[", "]", ", ", "- ", "\n", "\n  ", "\n# ", "\t"),
    )
)


@pytest.mark.parametrize("name", [DEFECTS, LINEARIZER, CAMERA, "curator.yaml", "notes.yaml", "a/b/c.ecsv"])
@given(parts=st.lists(words, max_size=12), number=st.integers(1, 6), column=st.integers(0, 40))
def test_whatever_is_written_can_be_explained_and_continued(
    made: dict[str, Path], name: str, parts: list[str], number: int, column: int
) -> None:
    buffer = Text("".join(parts))
    for here in (surroundings_of(name, Project(str(made["dmtn148"])).config()), surroundings_of(name, None)):
        spot = spot_at(buffer.line, len(buffer), number, column, ecsv=here.ecsv)
        assert isinstance(explain(spot, here), str)
        present = keys_beside(buffer.line, len(buffer), number, spot, ecsv=here.ecsv)
        offered = [one.text for one in propose(spot, here, present) if one.kind == "keyword"]
        assert not present.intersection(offered) or spot.path == ("datatype",)
