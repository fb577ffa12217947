"""What git compares by lines: the same for files that say the same, and a line for each value."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review.test_git_drivers import HEADER, OURS, ROWS, THEIRS

from curator.errors import FormatError
from curator.review.git.textconv import normal_form

LINES = normal_form("a.ecsv", (HEADER + ROWS).encode())


def test_blanks_and_quotes_say_nothing_and_comments_stand_before_their_row() -> None:
    other = (HEADER + ROWS).replace("{OBSTYPE: defects}", "{ OBSTYPE: 'defects' }").replace("1 1 1", "1  1 1")
    assert normal_form("a.ecsv", other.encode()) == LINES
    found = normal_form("a.ecsv", f"{HEADER}# seen by eye\n{ROWS}".encode())
    assert "\nseen by eye\nx0=10 y0=1 width=1 height=1\n" in found


def test_the_content_tells_the_format_where_the_name_does_not() -> None:
    assert normal_form("/tmp/x", (HEADER + ROWS).encode()) == LINES
    assert normal_form("/tmp/x", b"a: [1, 2]\n") == "a: 1 2\n"


def test_a_matrix_is_a_line_for_each_amplifier() -> None:
    head = "# - {NAMP: 2}\n# schema"
    text = HEADER.replace("# schema", head)
    text = (
        text[: text.index("# - {name")]
        + "# - {name: M, datatype: string, subtype: 'float64[4]'}\n"
        + text[text.index("# meta") :]
    )
    text = text.replace("x0 y0 width height\n", "M\n[0.0,1e-4,2e-4,0.0]\n")
    assert normal_form("a.ecsv", text.encode()).endswith(
        "M to amplifier 0: 0.0 0.0001\nM to amplifier 1: 0.0002 0.0\n"
    )
    assert normal_form("a.yaml", b"metadata: {NAMP: 2}\ncoeffs: [0.0, 1.0, 2.0, 0.0]\n") == (
        "metadata.NAMP: 2\ncoeffs to amplifier 0: 0.0 1.0\ncoeffs to amplifier 1: 2.0 0.0\n"
    )


def test_conflicts_are_shown_as_values() -> None:
    text = f"{HEADER}{ROWS}<<<<<<< ours\n{OURS}||||||| base\n=======\n{THEIRS}>>>>>>> theirs\n"
    assert normal_form("a.ecsv", text.encode()) == (
        f"{LINES}<<<<<<<\nx0=30 y0=1 width=1 height=1\n=======\nx0=31 y0=1 width=1 height=1\n>>>>>>>\n"
    )


def test_no_escape_reaches_a_terminal() -> None:
    found = normal_form("a.yaml", b'a: "\\e[31m\\n"\n')
    assert found == "a: \\x1b[31m\\n\n"


@given(st.binary(max_size=300), st.sampled_from(["a.ecsv", "a.yaml", "a"]))
def test_any_bytes_are_shown_or_refused(raw: bytes, path: str) -> None:
    try:
        assert normal_form(path, raw) == normal_form(path, raw)
    except FormatError:
        with pytest.raises(FormatError):
            normal_form(path, raw)


def test_real_files_are_shown(real: Path) -> None:
    for path in sorted(real.rglob("*.ecsv"))[::12] + sorted(real.rglob("*.yaml"))[::6]:
        lines = normal_form(path.name, path.read_bytes()).splitlines()
        assert lines
        assert max(map(len, lines)) < 1000, path
