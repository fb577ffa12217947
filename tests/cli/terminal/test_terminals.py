"""Every verb on terminals of any width, without colour, without Unicode, in a pipe."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
import warm

from curator.cli.main import main
from curator.cli.terminal.console import table
from curator.cli.terminal.layout import filled, shell_lines
from curator.cli.terminal.progress import progress_bar
from curator.cli.verbs import verb_names

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
ASKED = ("--type", "defects", "--detector", "S00", "--date", "2021-01-01")
# A word that is longer than a line, or stands alone behind its indent, and a command that is copied whole.
UNBROKEN = re.compile(r"\s*(?:\S+ ?\\?|(?:\S+\s+)?(?:curator|source) .*)")
ESCAPES = re.compile(r"\x1b\[[\d;]*[A-Za-z]")


def too_wide(text: str, width: int) -> list[str]:
    """Return the lines that are wider than the terminal and could be broken."""
    return [line for line in text.splitlines() if len(line) > width and not UNBROKEN.fullmatch(line)]


def on_terminal(root: Path, width: int, *words: str, cold: bool = False, **environment: str) -> str:
    """Return what `curator` shows on a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    command = [sys.executable if cold else warm.python(), "-m", "curator", *words]
    streams = {"stdin": subprocess.DEVNULL, "stdout": theirs, "stderr": theirs}
    with subprocess.Popen(command, cwd=root, env={**env, "TERM": "xterm", **environment}, **streams) as run:
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
    os.close(ours)
    assert run.returncode in (0, 1, 2)
    assert b"Traceback" not in shown
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""


@pytest.fixture
def edited(repository: Path) -> Path:
    """A repository with findings of several rules."""
    file = repository / DEFECTS
    text = file.read_text().replace("INSTRUME:", "instrume:").replace(" detector=", " detector=7")
    file.write_text(f"{text}4090 17 12 3\n1022 8 2 4088\n")
    return repository


@pytest.mark.parametrize("width", [40, 200])
@pytest.mark.parametrize("verb", ["", *verb_names()])
def test_help_fits_the_terminal_and_is_ascii(
    verb: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main([verb, "--help"] if verb else []) == 0
    shown = capsys.readouterr().out
    assert too_wide(shown, width) == []
    assert shown.isascii()
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "--verbose"),
        ("check", "--statistics"),
        ("coverage",),
        ("select", *ASKED),
        ("why", *ASKED),
        ("rule",),
        ("rule", "CUR301"),
        ("adopt", "--dry-run", "--force"),
        ("chekc",),
        ("check", "--nope"),
    ],
)
def test_answers_fit_terminals_of_any_width_and_have_no_colour_where_none_is_wanted(
    words: tuple[str, ...], edited: Path
) -> None:
    for width in (40, 200):
        assert too_wide(ESCAPES.sub("", on_terminal(edited, width, *words)), width) == []
    for plain in ({"TERM": "dumb"}, {"NO_COLOR": "1"}):
        assert "\x1b" not in on_terminal(edited, 80, *words, **plain)


def test_a_terminal_without_unicode_shows_ascii(edited: Path) -> None:
    file = edited / DEFECTS
    file.write_text(file.read_text().replace("VALIDSTART:", "V\u00c4LIDSTART:"))
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = on_terminal(edited, 80, "check", "--no-cache", cold=True, **environment)
    assert shown.isascii()
    assert "V\\xc4LIDSTART" in shown


@pytest.mark.parametrize("words", [("check",), ("coverage",), ("rule",), ("--help",), ("chekc",)])
def test_a_pipe_gets_no_colour(words: tuple[str, ...], edited: Path) -> None:
    command = [warm.python(), "-m", "curator", *words]
    done = subprocess.run(command, cwd=edited, capture_output=True, text=True, check=False)
    assert "\x1b" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_commands_are_broken_as_a_shell_reads_them() -> None:
    text = 'curator note a/b.ecsv -m "Masked the hot column"\ncurator check     # all of it'
    assert shell_lines(text, "  ", 80) == [f"  {line}" for line in text.split("\n")]
    assert shell_lines(text, "  ", 30) == [
        "  curator note a/b.ecsv -m \\",
        '      "Masked the hot column"',
        "  # all of it",
        "  curator check",
    ]
    broken = "curator deprecate x.ecsv \\\n    --reason leak"
    assert shell_lines(broken, "", 24) == ["curator deprecate \\", "    x.ecsv --reason \\", "    leak"]


def test_explained_words_are_wrapped_behind_their_explanation_and_commands_stay() -> None:
    text = "  write   make the file, and name it\n  bash    curator completion bash > some/file"
    assert filled(text, 26) == (
        "  write   make the file,\n          and name it\n  bash    curator completion bash > some/file"
    )


def test_a_table_that_does_not_fit_stands_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert table([("CUR301", "a sentence that is longer than a line")]) == (
        "CUR301  a sentence that is longer than a\n        line"
    )
    rows = [("A" * 20, "1", "B" * 20)]
    assert table(rows, ("camera", "n", "name")) == f"camera  {'A' * 20}\nn       1\nname    {'B' * 20}"
    monkeypatch.setenv("COLUMNS", "80")
    assert table(rows, ("camera", "n", "name")).splitlines()[1] == f"{'A' * 20}  1  {'B' * 20}"


def test_progress_fits_its_line_and_is_wiped_without_escape_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((40, 24)))
    monkeypatch.setattr(sys.stderr, "fileno", lambda: 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("curator.cli.terminal.progress.DELAY", 0.0)
    monkeypatch.setattr("curator.cli.terminal.progress.INTERVAL", 0.0)
    with progress_bar("a label that is long") as progress:
        assert progress is not None
        progress(1, 10)
        progress(10, 10)
    shown = capsys.readouterr().err
    assert "10/10" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.split("\r"))) <= 40
    assert shown.endswith(f"\r{' ' * max(map(len, shown.split(chr(13))))}\r")
