from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import need_module
from examples import EXAMPLE_FILES

from curator.cli.main import main


@pytest.fixture
def played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    need_module("lsst.daf.butler")
    folder = tmp_path / "stage"
    assert main(["demo", "--keep", str(folder)]) == 0
    return folder, capsys.readouterr().out


def test_the_demonstration_shows_every_step_in_80_columns(played: tuple[Path, str]) -> None:
    folder, said = played
    assert [line for line in said.splitlines() if len(line) > 80 and str(folder) not in line] == []
    for shown in (
        "$ curator init",
        "$ curator new defects",
        "$ curator note",
        "CUR301 defect extends",
        "x0 + width = 2052, but S00 is 2048 pixels wide",
        "$ curator export",
        "$ curator ingest",
        ">>> butler.get(",
        "1022 0 2 4096",
        "$ curator verify",
        "Ada Novák: Mask two hot columns of S01",
    ):
        assert shown in said
    assert "All steps worked" in said


def test_what_it_leaves_is_what_it_says(played: tuple[Path, str]) -> None:
    from curator.registries.publish.ingest import holdings

    folder, _ = played
    assert sorted(os.listdir(folder)) == ["butler", "export", "obs_democam_data"]
    command = ["git", "log", "--format=%an"]
    authors = subprocess.run(command, cwd=folder / "obs_democam_data", capture_output=True, check=True).stdout
    assert authors.decode().split("\n") == ["Ben Okafor", "Ada Novák", "Ada Novák", ""]
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=folder / "obs_democam_data", capture_output=True
    )
    assert status.stdout == b""
    held = holdings(f"butler:{folder / 'butler'}")
    assert len(held) == len(list((folder / "export").rglob("*.fits"))) == EXAMPLE_FILES + 1
    assert all(one.preferred for one in held)


def test_nothing_is_left_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["demo"]) == 0
    assert list(tmp_path.iterdir()) == []
    assert "All steps worked" in capsys.readouterr().out


def test_a_user_who_signs_commits_or_has_hooks_sees_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[commit]\n gpgSign = true\n[core]\n autocrlf = true\n hooksPath = /nowhere\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("LC_ALL", "C")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    assert main(["demo", "--keep", str(tmp_path / "stage")]) == 0


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("")
    assert main(["demo", "--keep", str(tmp_path)]) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert os.listdir(tmp_path) == ["mine"]


def test_without_a_butler_it_says_what_is_left_out(tmp_path: Path) -> None:
    # A module of this name that cannot be imported, found before any that can.
    (tmp_path / "lsst").mkdir()
    (tmp_path / "lsst/__init__.py").write_text("raise ImportError('no stack here')\n")
    command = [sys.executable, "-m", "curator", "demo"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "skipped: a Butler needs lsst-daf-butler, which is not installed" in done.stdout
    assert "$ curator verify" in done.stdout
    assert "butler.get" not in done.stdout


def test_a_step_that_cannot_be_done_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["demo"]) == 2
    assert list(tmp_path.iterdir()) == []
