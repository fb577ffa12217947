"""What fits a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
import warm
from hypothesis import given
from hypothesis import strategies as st

from curator.cli.terminal.console import complain
from curator.cli.terminal.layout import beside_or_below, wrap
from curator.cli.terminal.width import is_read, terminal_width

WORDS = st.lists(st.text("ab/.(:`\u00e9", min_size=1, max_size=60), max_size=30)


@given(WORDS, st.integers(40, 100), st.sampled_from(["", "  ", "path:1:2: "]), st.sampled_from(["", "    "]))
def test_lines_hold_all_words_whole_and_are_too_long_only_for_one_word(words, width, first, rest):
    lines = wrap(" ".join(words), first=first, rest=rest, width=width)
    assert "".join(lines).replace(" ", "") == (first + "".join(words)).replace(" ", "")
    assert [word for line in lines for word in line.split()] == [*first.split(), *words]
    for line in lines:
        assert len(line) <= width or len(line.split()) == 1


def test_commands_stay_whole_and_styles_take_no_room():
    text = f"{'x' * 30} `curator coverage --type defects` shows what is there"
    assert wrap(text, width=60) == ["x" * 30, "`curator coverage --type defects` shows what is there"]
    red = f"\x1b[1;31m{'x' * 38}\x1b[0m"
    assert wrap(f"{red} y", width=40) == [f"{red} y"]
    assert wrap("a  b\nc", width=40) == ["a  b c"]
    assert wrap("", width=40) == [""]
    assert wrap("word", first=f"{'p' * 40}:1: ", rest="    ", width=40) == [f"{'p' * 40}:1:", "    word"]


def test_what_does_not_fit_beside_stands_below():
    rows = [
        ("1970-01-01", "-", "decam/a.ecsv"),
        ("1970-01-01T12:00:00", "-", ""),
        ("now", "-", "decam/b\x1b.ecsv"),
    ]
    assert beside_or_below(rows, indent="  ", width=60).splitlines() == [
        "  1970-01-01           -  decam/a.ecsv",
        "  1970-01-01T12:00:00  -",
        "  now                  -  decam/b\\x1b.ecsv",
    ]
    assert beside_or_below(rows, indent="  ", width=40).splitlines() == [
        "  1970-01-01           -",
        "    decam/a.ecsv",
        "  1970-01-01T12:00:00  -",
        "  now                  -",
        "    decam/b\\x1b.ecsv",
    ]
    assert beside_or_below([]) == ""


@pytest.mark.parametrize(
    ("columns", "width"),
    [("100", 100), ("7", 40), ("0", 80), ("-5", 80), ("x", 80), ("9" * 99, 80), ("\u0661", 80)],
)
def test_columns_say_how_wide_a_line_is(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_width() == width
    assert is_read() == (columns in ("100", "7"))


def test_complaints_are_wrapped_where_they_are_read(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "40")
    complain(f"{'a' * 30} {'b' * 30}", f"{'c' * 31} d {'e' * 30}")
    assert capsys.readouterr().err.splitlines() == [
        f"curator: {'a' * 30}",
        f"    {'b' * 30}",
        f"  hint: {'c' * 31}",
        f"    d {'e' * 30}",
    ]


def test_a_check_is_wrapped_on_a_terminal_and_keeps_a_line_for_each_sentence_in_a_pipe(repository):
    defects = next((repository / "ExampleCam/defects").rglob("*.ecsv"))
    defects.write_text(defects.read_text().replace(" detector=", " detector=7"))
    command = [warm.python(), "-m", "curator", "check"]
    piped = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False).stdout
    assert max(map(len, piped.splitlines())) > 80
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=repository, stdout=theirs, stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
        process.wait()
    os.close(ours)
    lines = shown.decode().splitlines()
    assert max(map(len, lines)) <= 80
    path = str(Path(defects).relative_to(repository))
    assert any(line.startswith(f"{path}:") for line in lines)
    assert "contradicts the header" in " ".join(shown.decode().split())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""
