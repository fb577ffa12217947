"""A folder stands for the calibrations below it, for each verb that edits headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.cli.main import main

FOLDER = "ExampleCam/defects"


@pytest.fixture
def root(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(repository)
    assert main(["new", "defects", "--detector", "S01", "--start", "2025-04-30T12:00:00"]) == 0
    (repository / FOLDER / "notes.txt").write_text("no calibration\n")
    capsys.readouterr()
    return repository


def files(root: Path) -> list[str]:
    return sorted(str(one.relative_to(root)) for one in (root / FOLDER).rglob("*.ecsv"))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("note", FOLDER, "-m", "checked by eye", "--author", "Ada"), "Ada: checked by eye"),
        (("deprecate", FOLDER, "--reason", "a light leak"), "a light leak"),
        (("certify", FOLDER, "--end", "2026-01-01"), "VALIDEND"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_folder_is_all_calibrations_below_it(root, capsys, words, written):
    each = files(root)
    assert len(each) >= 2
    assert main(list(words)) == 0
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if line.endswith(".ecsv")] == each
    assert err.startswith(f"{len(each)} calibrations below {FOLDER}\n")
    assert all(written in (root / one).read_text() for one in each)
    assert (root / FOLDER / "notes.txt").read_text() == "no calibration\n"


def test_a_folder_and_a_file_in_it_are_edited_once(root, capsys, monkeypatch):
    monkeypatch.chdir(root / "ExampleCam")
    assert (
        main(["note", "defects/", "defects/s01/20250430T120000.ecsv", "-m", "seen", "--author", "Ada"]) == 0
    )
    assert all((root / one).read_text().count("Ada: seen") == 1 for one in files(root))
    assert main(["deprecate", "defects/s01", "--undo"]) == 2
    assert "is not deprecated" in capsys.readouterr().err


def test_the_top_of_the_repository_is_a_folder_too(root, capsys):
    below = sorted(str(one.relative_to(root)) for one in root.glob("ExampleCam/**/*.[ey]*") if one.is_file())
    assert main(["note", ".", "-m", "seen", "--author", "Ada"]) == 0
    assert sorted(capsys.readouterr().out.split()) == below


def test_a_folder_without_calibrations_is_refused(root, capsys, tmp_path):
    (root / "empty").mkdir()
    for folder, why in (
        ("empty", "there are no calibrations"),
        (str(tmp_path.parent), "is not in the repository"),
    ):
        assert main(["note", folder, "-m", "x", "--author", "Ada"]) == 2
        assert f"{folder}: {why}" in capsys.readouterr().err


def test_if_one_file_below_cannot_be_edited_none_is(root, capsys):
    (root / FOLDER / "s01/20250430T120000.ecsv").write_text("no table\n")
    before = {one: (root / one).read_bytes() for one in files(root)}
    assert main(["note", FOLDER, "-m", "x", "--author", "Ada"]) == 2
    assert {one: (root / one).read_bytes() for one in files(root)} == before
