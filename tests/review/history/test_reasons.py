"""Why an edit was made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.header.history_lines import HistoryLine, parse_history_line, superseding
from curator.review.history.reasons import first_notes, plain_notes, reason

EDITOR, DATE = "Ada Editor", "2025-03-04T05:06:07"
SUPERSEDES = str(HistoryLine("2025-03-04", EDITOR, superseding("cam/defects/s00/20200101T000000.ecsv")))
words = (
    st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1).map(str.strip).filter(bool)
)


@given(name=words.filter(lambda name: ": " not in name), text=words, day=st.dates())
def test_a_line_has_the_parts_that_it_was_made_of(name: str, text: str, day: object) -> None:
    line = HistoryLine(str(day), name, text)
    assert parse_history_line(str(line)) == line
    assert plain_notes([str(line)], name, f"{day}T00:00:00") == [text]


@given(st.text())
def test_a_line_of_any_origin_keeps_its_text(line: str) -> None:
    assert str(parse_history_line(line)) == line


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ([], "Column 2000 died"),
        ([SUPERSEDES], "Column 2000 died (supersedes cam/defects/s00/20200101T000000.ecsv)"),
        (
            [SUPERSEDES.replace("03-04", "03-03")],
            "Column 2000 died (supersedes cam/defects/s00/20200101T000000.ecsv)",
        ),
        (["2025-03-04 Ada Editor: seen in darks"], "seen in darks"),
        (["2025-03-04 Ada Editor: one.", "2025-03-04 Ada Editor: one.", "two"], "one.\ntwo"),
        (["2025-03-03 Ada Editor: seen in darks"], "2025-03-03: seen in darks"),
        (["2025-03-04 Bo: seen in darks"], "Bo: seen in darks"),
        ([SUPERSEDES, "hot"], "supersedes cam/defects/s00/20200101T000000.ecsv\nhot"),
        (["supersedes the old flat field.ecsv"], "supersedes the old flat field.ecsv"),
    ],
)
def test_notes_of_curator_hide_no_subject(notes: list[str], expected: str) -> None:
    assert reason(notes, "Column 2000 died", EDITOR, DATE) == expected


def test_a_new_file_has_the_notes_since_it_superseded_another() -> None:
    assert first_notes(["old", "older"]) == ["older"]
    assert first_notes(["old", SUPERSEDES, "hot", "cold"]) == [SUPERSEDES, "hot", "cold"]
    assert first_notes([]) == []
