"""Printing for people."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.cli.main import main
from curator.cli.terminal.console import colourful, complain, escape, is_quiet, paint, relative, table

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_escaped_can_be_printed_anywhere(text: str) -> None:
    shown = escape(text)
    assert shown.isprintable()
    shown.encode("utf-8")


def test_bytes_of_names_that_are_no_text_are_shown_as_bytes() -> None:
    assert escape(os.fsdecode(b"a\xff\x1b.ecsv")) == "a\\xff\\x1b.ecsv"
    assert escape("a\nb", keep="\n") == "a\nb"
    assert escape("\u5929\u6587") == "\u5929\u6587"


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert paint("x", "bold", "red", stream=Terminal()) == "\x1b[1;31mx\x1b[0m"
    assert paint("x", stream=Terminal()) == paint("x", "red", stream=io.StringIO()) == "x"
    monkeypatch.setenv("TERM", "dumb")
    assert not colourful(Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert colourful(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("x", "red", stream=Terminal()) == "x"


def test_a_stream_without_unicode_gets_the_nearest_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(out, encoding="ascii"))
    assert main(["rule", "\u5929\u2026\u00d7"]) == 2
    sys.stderr.flush()
    assert out.getvalue().splitlines()[0] == rb"curator: there is no rule \u5929...x"


def test_tables_align_their_columns_and_escape_their_cells() -> None:
    assert table([("a", 1), ("bb\x07", 22)], ("name", "n"), indent="  ") == (
        "  name    n\n  a       1\n  bb\\x07  22"
    )
    assert table([]) == ""


def test_paths_are_shown_as_seen_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert relative(tmp_path / "a" / "b") == "b"
    assert relative(tmp_path / "c") == os.path.join(os.pardir, "c")
    assert relative("/etc/hostname") == "/etc/hostname"


def test_complaints_are_one_line_and_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    complain("it\nfails", "fix it")
    assert capsys.readouterr().err == "curator: it\\nfails\n  hint: fix it\n"


QUIET_VERBS = [
    ("check",),
    ("coverage",),
    ("select", "--type", "defects", "--detector", "S00", "--date", "2021-01-01"),
    ("fix",),
    ("rule",),
    ("adopt", "--force"),
    ("note", "ExampleCam/defects", "-m", "text", "--author", "Ada"),
]


@pytest.mark.parametrize("words", QUIET_VERBS)
def test_quiet_verbs_print_nothing_where_nothing_is_wrong(
    words: tuple[str, ...], repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = tuple(one.replace("ExampleCam/defects", DEFECTS) for one in words)
    capfd.readouterr()
    assert main(["-C", str(repository), *words, "-q"]) == 0
    assert capfd.readouterr() == ("", "")
    assert main(["-C", str(repository), *words]) == 0
    assert capfd.readouterr().out


def test_quiet_verbs_print_errors_answers_for_programs_and_bytes(
    repository: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    at = ["-C", str(repository)]
    assert main([*at, "export", str(tmp_path / "out"), DEFECTS, "--quiet"]) == 0
    [made] = map(str, (tmp_path / "out").rglob("*.fits"))
    capfd.readouterr()
    assert main([*at, "restore", made, "-q"]) == 0
    assert capfd.readouterr().out == (repository / DEFECTS).read_text()
    assert main([*at, "coverage", "-q", "--format", "json"]) == 0
    assert '"coverage"' in capfd.readouterr().out
    assert main([*at, "select", "-q", "--type", "defects", "--detector", "S00", "--date", "1990-01-01"]) == 1
    assert capfd.readouterr() == ("", "")
    assert main([*at, "check", "-q", "nowhere.ecsv"]) == 2
    assert capfd.readouterr().err.startswith("curator: ")
    with (repository / DEFECTS).open("a") as file:
        file.write("4090 17 12 3\n")
    assert main([*at, "check", "-q"]) == 1
    assert "CUR301" in capfd.readouterr().out
    assert not is_quiet()
