"""The past of a calibration, as values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import curator
from curator.cli.main import main
from curator.errors import CuratorError, UsageError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def repo(
    root: Path, git: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> curator.CalibrationRepository:
    """A repository in which somebody made a column defect shorter, and somebody else adds a box."""
    file = root / DEFECTS
    file.write_text(file.read_text().replace("2896", "2000"))
    assert main(["-C", str(root), "note", str(file), "-m", "Masked too much", "--author", "Bo"]) == 0
    git("commit", "-qam", "Shorten", "--author", "Bo <bo@example.org>", "--date", "2025-05-01T12:00:00Z")
    file.write_text(file.read_text() + "40 200 2 30\n")
    capsys.readouterr()
    return curator.open(root)


def test_the_history_of_a_file_is_its_edits_newest_first(repo: curator.CalibrationRepository) -> None:
    found = repo.history(DEFECTS)
    assert [one.editor for one in found] == ["", "Bo", "Ada Editor"]
    assert [bool(one.commit) for one in found] == [False, True, True]
    assert found[1].date == "2025-05-01T12:00:00"
    assert "Masked too much" in found[1].note
    assert found[2].note == "Begin"
    lines = repr(found).splitlines()
    assert lines[0] == "not committed yet"
    assert any("Masked too much" in line for line in lines)
    assert list(found[:1]) == [found[0]]
    shown = found._repr_html_()
    assert shown.index("not committed yet") < shown.index("Masked too much") < shown.index("Ada Editor")
    assert "896 pixels no longer masked" in shown
    assert shown.count("Masked too much") == 1
    assert f'white-space:nowrap">{str(found[1].commit)[:12]}<' in shown


def test_a_history_is_a_table(repo: curator.CalibrationRepository) -> None:
    rows = repo.at("HEAD").history(DEFECTS).to_dicts()
    assert {row["editor"] for row in rows} == {"Bo", "Ada Editor"}
    assert any("896 pixels" in str(row["statement"]) for row in rows)
    table = repo.at("HEAD").history(DEFECTS).to_table()
    assert list(table["path"]) == [DEFECTS] * len(rows)


def test_a_history_follows_a_file_that_starts_at_another_date(
    repo: curator.CalibrationRepository, root: Path, git: Callable[..., None]
) -> None:
    git("commit", "-qam", "Add a box")
    git("mv", DEFECTS, "ExampleCam/defects/s00/20210101T000000.ecsv")
    git("commit", "-qm", "Start later")
    (defects,) = repo.calibrations(type="defects")
    assert [one.subject for one in repo.history(defects)] == ["Start later", "Add a box", "Shorten", "Begin"]
    assert len(repo.history(defects, most=2)) == 2
    assert len(repo.history("ExampleCam/defects")) == 4
    assert len(repo.history()) == 4
    assert len(repo.history("ExampleCam/crosstalk/")) == 1
    assert repo.history(DEFECTS)[0].subject == "Start later"


def test_blame_names_the_edit_of_each_row(repo: curator.CalibrationRepository) -> None:
    found = repo.blame(DEFECTS)
    assert found.path == DEFECTS
    rows = {row["text"]: row for row in found.to_dicts() if row["part"] == "table DEFECTS"}
    shortened = next(row for text, row in rows.items() if "2000" in str(text))
    added = next(row for text, row in rows.items() if "30" in str(text) and "40" in str(text))
    assert (shortened["editor"], shortened["date"]) == ("Bo", "2025-05-01T12:00:00")
    assert "Masked too much" in str(shortened["note"])
    assert added["commit"] is None
    assert "not committed yet" in repr(found)
    assert "Masked too much" in found._repr_html_()
    assert len(found.to_table()) == len(found.to_dicts())


def test_blame_of_a_commit_does_not_know_what_is_not_committed(repo: curator.CalibrationRepository) -> None:
    (defects,) = repo.calibrations(type="defects")
    for found in (repo.at("HEAD").blame(DEFECTS), repo.at("HEAD").blame(defects)):
        assert "not committed yet" not in repr(found)
    assert {row["editor"] for row in repo.at("HEAD~").blame(DEFECTS).to_dicts()} == {"Ada Editor"}


def test_blame_is_what_the_verb_prints(
    repo: curator.CalibrationRepository, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(root), "blame", DEFECTS, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, **repo.blame(DEFECTS).to_dict()}


def test_mistakes_are_errors(repo: curator.CalibrationRepository) -> None:
    with pytest.raises(CuratorError, match="no such file"):
        repo.blame("ExampleCam/defects/s09/20200101T000000.ecsv")
    with pytest.raises(CuratorError, match="no commit ever had this") as raised_by_history:
        repo.history("ExampleCam/nothing")
    assert raised_by_history.value.path == "ExampleCam/nothing"
    with pytest.raises(CuratorError, match="this is a folder"):
        repo.blame("ExampleCam")
    for state in (repo, repo.at("HEAD")):
        with pytest.raises(CuratorError, match="this file is not a calibration"):
            state.blame("curator.yaml")
    with pytest.raises(UsageError, match="cannot be negative"):
        repo.history(most=-1)
    assert len(repo.history(most=0)) == 0
    with pytest.raises(UsageError):
        repo.staged.history()
    with pytest.raises(UsageError, match="what is staged has no history") as raised:
        repo.staged.blame(DEFECTS)
    assert raised.value.hint == 'ask repo, or repo.at("HEAD")'


def test_no_option_of_a_command_line_is_named(
    repo: curator.CalibrationRepository, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in sorted((root / "ExampleCam").rglob("*.ecsv")):
        file.write_text(file.read_text().replace("# - {SOURCE:", "# - {EXTRA: 1}\n# - {SOURCE:"))
    file = root / DEFECTS
    file.write_text(file.read_text().replace("1022 8 2 4088", "1022 8 1 4000"))
    assert "(-p)" not in repr(repo.history())
    assert "and" in repr(repo.history())
    assert main(["-C", str(root), "log"]) == 0
    assert "(-p)" in capsys.readouterr().out
