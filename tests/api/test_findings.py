"""What a check finds, as a value."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import curator
from curator.cli.main import main
from curator.errors import CuratorError, RepositoryError, UsageError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def file(root: Path) -> Path:
    """A calibration with a box that is too wide."""
    file = root / DEFECTS
    file.write_text(file.read_text().replace("1517 3301 4 6", "1517 3301 4000 6"))
    return file


def test_nothing_is_found_in_a_new_repository(repo: curator.CalibrationRepository) -> None:
    found = repo.check()
    assert (len(found), found.checked, list(found)) == (0, 14, [])
    assert repr(found) == "14 files checked: nothing found"
    assert "nothing found" in found._repr_html_()


def test_a_finding_has_place_message_and_hint(repo: curator.CalibrationRepository, file: Path) -> None:
    (one,) = repo.check()
    assert (one.code, one.severity, one.path) == ("CUR301", "error", DEFECTS)
    assert "extends" in repr(repo.check())
    (row,) = repo.check().to_dicts()
    assert row["line"] == one.line
    assert list(repo.check().to_table()["code"]) == ["CUR301"]
    assert f"{DEFECTS}:{one.line}" in repo.check()._repr_html_()


def test_the_text_is_what_the_verb_prints(
    repo: curator.CalibrationRepository, root: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(root), "check"]) == 1
    assert repr(repo.check()).split() == capsys.readouterr().out.partition(" [*]")[0].split()


def test_no_option_of_a_command_line_is_named(
    repo: curator.CalibrationRepository, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in sorted((root / "ExampleCam").rglob("*.ecsv")):
        file.write_text(file.read_text().replace("OBSTYPE", "OBSTYP"))
    assert main(["-C", str(root), "check"]) == 1
    assert "--verbose" in capsys.readouterr().out
    assert "--verbose" not in repr(repo.check())
    assert "more" in repr(repo.check())


def test_states_and_paths_restrict_a_check(
    repo: curator.CalibrationRepository, file: Path, git: Callable[..., None]
) -> None:
    assert len(repo.at("HEAD").check()) == 0
    assert len(repo.staged.check()) == 0
    assert len(repo.check("ExampleCam/crosstalk")) == 0
    assert len(repo.check(["ExampleCam/crosstalk", DEFECTS])) == 1
    assert len(repo.check(ignore="CUR301")) == 0
    assert len(repo.check(select=["CUR1", "CUR2"]).errors) == 0
    git("add", "-A")
    assert len(repo.staged.check(base="HEAD").errors) == 1
    git("commit", "-m", "Widen")
    assert len(repo.at("HEAD").check(base="HEAD~").errors) == 1
    assert len(repo.at("HEAD~").check(base="HEAD~")) == 0


def test_mistakes_are_errors_with_a_hint(repo: curator.CalibrationRepository) -> None:
    with pytest.raises(UsageError, match="a change ends with a commit") as raised:
        repo.check(base="HEAD")
    assert 'repo.at("HEAD").check(base=…)' in raised.value.hint
    with pytest.raises(UsageError, match="select CUR9: no rule has a code"):
        repo.check(select="CUR9")
    with pytest.raises(CuratorError):
        repo.check("nowhere")
    with pytest.raises(RepositoryError):
        repo.at("HEAD").check(base="nowhere")


def test_a_repository_that_was_never_adopted_is_checked_by_an_assumed_configuration(
    repo: curator.CalibrationRepository, root: Path, file: Path
) -> None:
    (root / "curator.yaml").unlink()
    shutil.rmtree(root / ".git")
    import subprocess

    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    found = repo.check()
    assert "CUR301" in {one.code for one in found}
    assert found.report.asides[0].startswith("there is no curator.yaml: assumed profile")
    with pytest.raises(RepositoryError, match=r"there is no curator\.yaml") as raised:
        repo.calibrations()
    assert "curator adopt" in raised.value.hint
