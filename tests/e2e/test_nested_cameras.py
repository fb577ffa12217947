"""Calibrations that do not stand at the root of their repository go the whole line too."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import need_module
from examples import EXAMPLE_FILES

from curator.cli.main import main

FOLDER = "curated/myCam"
PATH = f"{FOLDER}/defects/s01/20250430T120000.ecsv"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert main(["init", str(tmp_path / "repository"), "--camera", "myCam"]) == 0
    root = tmp_path / "repository"
    (root / "curated").mkdir()
    (root / "myCam").rename(root / FOLDER)
    monkeypatch.chdir(root)
    return root


def declare(root: Path) -> None:
    config = root / "curator.yaml"
    declared = config.read_text().replace('- "myCam"', f"- {{name: myCam, directory: {FOLDER}}}")
    assert FOLDER in declared
    config.write_text(declared)
    for words in (["add", "-A"], ["commit", "-q", "-m", "Keep curated calibrations apart"]):
        subprocess.run(["git", *words], cwd=root, check=True)


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(words) == status
    return capsys.readouterr().out


def test_a_camera_that_moved_is_told_how_to_be_found(root, capsys):
    assert f"declare it in curator.yaml with its directory: {FOLDER}" in said(capsys, "check", status=1)


def test_the_whole_line_for_a_camera_below_another_directory(root, capsys, tmp_path):
    declare(root)
    assert f"{EXAMPLE_FILES} files checked: nothing found" in said(capsys, "check")
    new = ("new", "defects", "--detector", "S01", "--start", "2025-04-30T12:00:00")
    assert said(capsys, *new) == f"{PATH}\n"
    file = root / PATH
    file.write_text(file.read_text() + "9000 1 1 1\n")
    assert f"{PATH}:" in said(capsys, "check", PATH, status=1)
    file.write_text(file.read_text().replace("9000 1 1 1", "90 1 1 1"))
    declared = said(capsys, "check")
    assert f"{EXAMPLE_FILES + 1} files checked: nothing found" in declared
    for words in (["add", "-A"], ["commit", "-q", "-m", "Mask a pixel"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    assert f"{EXAMPLE_FILES + 1} files checked: nothing found" in said(capsys, "check", "--rev", "HEAD")
    export, target = str(tmp_path / "export"), f"butler:{tmp_path / 'butler'}"
    said(capsys, "export", export)
    (made,) = (tmp_path / "export" / FOLDER / "defects" / "s01").iterdir()
    assert "same as" in said(capsys, "verify", str(made))
    assert said(capsys, "restore", str(made)) == file.read_text()
    need_module("lsst.daf.butler")
    said(capsys, "ingest", "--create", export, target, "--label", "2025.1", "--prefer")
    ask = ("select", "--type", "defects", "--detector", "1", "--date", "2025-05-01")
    assert said(capsys, *ask) == said(capsys, *ask, "--registry", target) == f"{PATH}\n"
    assert said(capsys, "new", "--supersede", PATH, "--start", "2025-05-30T12:00:00").startswith(FOLDER)
    assert f"{EXAMPLE_FILES + 2} files checked: nothing found" in said(capsys, "check")


def test_a_wrong_type_below_it_is_named(root, capsys):
    declare(root)
    (root / FOLDER / "defects").rename(root / FOLDER / "defetcs")
    assert "no dataset type 'defetcs'" in said(capsys, "check", f"{FOLDER}/defetcs", status=1)
