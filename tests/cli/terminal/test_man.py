"""Man pages made from the parsers of the verbs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from curator.cli.terminal.helps import build_parser
from curator.cli.terminal.man import man_page, man_pages, write_man_pages
from curator.cli.verbs import summary_of, verb_names

# The requests and macros of man(7) that the pages use.
MACROS = {"B", "PP", "SH", "SS", "TH", "TP", "fi", "nf"}
ESCAPES = re.compile(r"\\(?:-|e|&|fB|fI|fR|\(ga|\(aq|\(dq|\[u[0-9A-F]{4,5}\])")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("man") / "man1"
    write_man_pages(str(folder))
    return folder


def test_every_verb_has_a_page_of_known_macros(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "curator.1",
        *(f"curator-{name}.1" for name in verb_names()),
    }
    for path in folder.iterdir():
        text = path.read_text(encoding="ascii")
        lines = text.splitlines()
        assert lines[0].startswith(".TH ")
        assert {line[1:].split()[0] for line in lines if line.startswith(".")} <= MACROS
        assert not [line for line in lines if line.startswith("'")]
        assert "\\" not in ESCAPES.sub("", text)
        assert text.count(".nf\n") == text.count(".fi\n")


@pytest.mark.parametrize("name", verb_names())
def test_a_page_says_what_the_help_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = man_page(name)
    shown = text.replace(r"\-", "-").replace(r"\fB", "").replace(r"\fR", "")
    assert f"curator-{name} - {summary_of(name)}".replace("'", r"\(aq") in shown
    for action in build_parser(name)._actions:
        assert all(option in shown for option in action.option_strings)
    monkeypatch.setenv("COLUMNS", "40")
    assert man_page(name) == text


def test_the_overview_lists_every_verb() -> None:
    assert all(f"curator\\-{name}\\fR(1)" in man_pages()["curator.1"] for name in verb_names())


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff")
def test_groff_has_no_warning_for_a_page_and_shows_its_options(folder: Path) -> None:
    files = sorted(folder.iterdir())
    command = ["groff", "-man", "-Tascii", "-ww", "-P-c", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    shown = re.sub(".\b", "", done.stdout)
    assert "-q, --quiet" in shown
    assert "curator completion fish > ~/.config/fish/completions/curator.fish" in shown
