"""`curator check --from BASE`, as a user and as pre-commit runs it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def branch(repository: Path) -> Path:
    """A repository whose branch ``work`` has one wrong edit."""
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2896", "310 1200 1 2897"))
    for words in (["checkout", "-q", "-b", "work"], ["commit", "-qam", "Mask a column to its very end"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    return repository


def test_what_changed_is_checked(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["-C", str(branch), "check", "--format", "json"]
    ranges = (["main..work"], ["main.."], ["main..HEAD", DEFECTS], [DEFECTS, "main..", "--strict"])
    options = (["--from", "main"], ["--from", "main", "--to", "work"], ["--from", "main", DEFECTS])
    for words in (*ranges, *options):
        assert main([*where, *words]) == 1
        report = json.loads(capsys.readouterr().out)
        assert report["checked"] == 1
        assert "CUR301" in [one["code"] for one in report["findings"]]
    assert main([*where, "--from", "main", "ExampleCam/crosstalk"]) == 0
    subprocess.run(["git", "rm", "-q", DEFECTS], cwd=branch, check=True)
    capsys.readouterr()
    for words in (["--from", "main"], ["--from", "main", DEFECTS.rpartition("/")[0]], ["--from", "work"]):
        assert main([*where, *words, "--staged"]) == 1
        found = [one["code"] for one in json.loads(capsys.readouterr().out)["findings"]]
        assert found == ["CUR510"]
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=branch, check=True)
    assert main([*where, "--from", "work", "--to", "main"]) == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--to", "work"],
        ["--from", "main", "--rev", "work"],
        ["--from", "main", "--to", "work", "--staged"],
        ["--rev", "work", "--staged"],
        ["--from-hook", "--staged"],
        ["--from", "main", "--config", "curator.yaml"],
        ["--from", "main", "--from-hook"],
        ["--from-hook"],
        ["main..work", "--rev", "work"],
        ["main..work", "--from", "main"],
        ["main..work", "--from-hook"],
        ["main..work", "--staged"],
        ["main..work", "work..main"],
        ["main..gone"],
        ["main...work"],
        ["--from", "main", "gone.ecsv"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(words: list[str], branch: Path) -> None:
    assert main(["-C", str(branch), "check", *words]) == 2


def test_a_base_that_is_not_there_says_what_to_fetch(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(branch), "check", "--from", "origin/main"]) == 2
    said = capsys.readouterr().err
    assert "'origin/main' is not a commit" in said
    assert "hint: git fetch origin +refs/heads/main:refs/remotes/origin/main" in said


def test_relaxed_rules_are_said_first(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (branch / "curator.yaml").open("a") as config:
        config.write('severities: {CUR301: "off"}\n')
    subprocess.run(["git", "commit", "-qam", "Do not ask where defects end"], cwd=branch, check=True)
    assert main(["-C", str(branch), "check", "--from", "main"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("note: this change edits its own rules: the severity of CUR301 is off")
    assert "CUR301 defect extends outside the sensor" in said


def test_the_hook_takes_the_range_that_pre_commit_names(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["-C", str(branch), "check", "--from-hook"]
    assert main(where) == 2
    assert "pre-commit run --hook-stage pre-push --from-ref" in capsys.readouterr().err
    monkeypatch.setenv("PRE_COMMIT_REMOTE_NAME", "origin")
    assert main(where) == 1  # the other side has nothing yet: all is new
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "main")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "main")
    assert main(where) == 0
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "work")
    assert main(where) == 1


def test_edits_that_are_not_committed_are_said_to_be_left_out(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> str:
        capsys.readouterr()
        assert main(["-C", str(branch), "check", *words]) in (0, 1)
        return capsys.readouterr().err

    git = ["git", "-C", str(branch)]
    file = branch / DEFECTS
    file.touch()
    (branch / "notes.txt").write_text("No calibration.\n")
    assert said("--from", "main") == ""
    text = file.read_text()
    file.write_text(text.replace("310 1200 1 2897", "310 1200 1 2895"))
    edited = "curator: 1 edited file is not committed and was not looked at; "
    for words in (["--from", "main"], ["main..work"], ["--from", "HEAD"], ["main..", DEFECTS]):
        assert said(*words) == f"{edited}`git add` it and add --staged, or run `curator check`\n", words
    for words in (["main..main"], ["--from", "main", "ExampleCam/crosstalk"]):
        assert said(*words) == "", words
    new = file.with_name("20250430T120000.ecsv")
    new.write_text(text)
    assert said("--from", "main") == (
        "curator: 2 new or edited files are not committed and were not looked at; "
        "`git add` them and add --staged, or run `curator check`\n"
    )
    new.unlink()
    subprocess.run([*git, "add", DEFECTS], check=True)
    assert said("--from", "main") == f"{edited}add --staged, or run `curator check`\n"
    assert said("--from", "main", "--staged") == ""
    file.unlink()
    assert said("--from", "main", "--staged") == (
        "curator: 1 edited file is not staged and was not looked at; `git add` it, or run `curator check`\n"
    )


def test_looking_for_edits_runs_no_filter_of_the_repository(
    branch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = tmp_path / "ran"
    (branch / ".git/info").mkdir(exist_ok=True)
    (branch / ".git/info/attributes").write_text("*.ecsv filter=evil\n")
    subprocess.run(["git", "config", "filter.evil.clean", f"touch {ran}; cat"], cwd=branch, check=True)
    file = branch / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2897", "310 1200 1 2895"))
    assert main(["-C", str(branch), "check", "--from", "main"]) == 1
    assert "1 edited file is not committed" in capsys.readouterr().err
    assert not ran.exists()


def test_a_note_on_the_change_is_shown_without_being_asked_for(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = branch / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2897", "310 1200 1 2895"))
    subprocess.run(["git", "commit", "-qam", "Mask less"], cwd=branch, check=True)
    assert main(["-C", str(branch), "check", "main.."]) == 0
    assert "CUR513 (info) content changed without a new date or version" in capsys.readouterr().out


def test_quiet_shows_a_note_on_the_change_and_no_note_on_a_file(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = branch / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2897", "310 1200 1 2895"))
    subprocess.run(["git", "commit", "-qam", "Mask less"], cwd=branch, check=True)
    assert main(["-C", str(branch), "check", "main..", "--quiet"]) == 0
    assert "CUR513" in capsys.readouterr().out
    assert main(["-C", str(branch), "check", "main..", "--quiet", "--ignore", "CUR513"]) == 0
    assert capsys.readouterr().out == ""
