"""A check that takes long shows how far it is, to whoever looks on at a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest
import warm

from curator.checks.run.engine import check
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

PROGRAM = """\
import sys
from curator.cli.terminal import progress
if sys.argv[1] == "at once":
    progress.DELAY = progress.INTERVAL = 0.0
from curator.cli.main import main
sys.exit(main(sys.argv[2:]))
"""


def on_terminal(root: Path, *words: str, when: str, columns: int = 80) -> tuple[str, str]:
    """Run a command whose standard error is a terminal; return what it wrote there, and to a pipe."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [warm.python(), "-c", PROGRAM, when, "-C", str(root), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            shown += piece
        assert process.stdout is not None
        out = process.stdout.read()
        assert process.wait(60) in (0, 1)
    os.close(ours)
    return shown.decode(), out.decode()


@pytest.mark.parametrize("words", [["check"], ["check", "--no-cache"], ["check", "ExampleCam"]])
def test_a_bar_counts_the_files_and_is_wiped(words: list[str], repository: Path) -> None:
    shown, out = on_terminal(repository, *words, when="at once")
    counts = [tuple(map(int, found)) for found in re.findall(r"check \[[#.]+\] (\d+)/(\d+)", shown)]
    assert counts
    assert counts == [(number, counts[0][1]) for number in range(1, counts[0][1] + 1)]
    last = shown.rstrip("\r").rpartition("\r")[2]
    assert set(last) == {" "}
    assert "check [" not in out


def test_a_bar_is_shown_for_a_change(repository: Path) -> None:
    file = repository / "ExampleCam/defects/s00/20200101T000000.ecsv"
    git = ["git", "-C", str(repository)]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "Begin", "--allow-empty"], check=True)
    file.write_text(file.read_text() + "5 5 1 1\n")
    subprocess.run([*git, "commit", "-qam", "Mask a pixel"], check=True)
    shown, _ = on_terminal(repository, "check", "--from", "HEAD~1", when="at once")
    assert "1/1" in shown


def test_a_bar_fits_into_a_narrow_terminal(repository: Path) -> None:
    shown, _ = on_terminal(repository, "check", when="at once", columns=20)
    assert shown
    assert all(len(text) < 20 for text in shown.split("\r"))


def test_what_is_over_soon_shows_no_bar(repository: Path) -> None:
    assert on_terminal(repository, "check", "ExampleCam/defects", when="later")[0] == ""


def test_one_named_file_shows_no_bar(repository: Path) -> None:
    file = str(repository / "ExampleCam/defects/s00/20200101T000000.ecsv")
    assert on_terminal(repository, "check", file, when="at once")[0] == ""


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_engine_tells_of_every_file(jobs: int, repository: Path) -> None:
    told: list[tuple[int, int]] = []
    snapshot = Repository.find(repository).worktree()
    report = check(
        snapshot, load_config(snapshot), jobs=jobs, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(number, report.checked) for number in range(1, report.checked + 1)]
