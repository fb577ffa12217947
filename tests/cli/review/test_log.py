"""``curator log``: who edited which calibration, when and why, and what it meant."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
LATER = "ExampleCam/defects/s00/20200301T000000.ecsv"
BOX = "310 1200 1 2896"
SCHEMA = Path(__file__).resolve().parents[3] / "schemas" / "output" / "log.schema.json"


def git(repository: Path, *words: str, date: str = "2025-03-04T05:06:07+00:00") -> str:
    command = ["git", "-c", "core.quotePath=false", *words]
    environment = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    done = subprocess.run(
        ["env", *(f"{key}={value}" for key, value in environment.items()), *command],
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def edit(repository: Path, new: str, old: str = BOX, path: str = DEFECTS) -> None:
    file = repository / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


class Log:
    """Runs ``curator log`` in a repository."""

    def __init__(self, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.repository = repository
        self._capsys = capsys

    def __call__(self, *words: str, status: int = 0) -> str:
        self._capsys.readouterr()
        assert main(["-C", str(self.repository), "log", *words]) == status
        captured = self._capsys.readouterr()
        if "json" not in words:
            assert all(len(line) <= 80 or " " not in line.strip() for line in captured.out.split("\n"))
        return captured.err if status else captured.out

    def subjects(self, *words: str) -> list[str]:
        return [entry["subject"] for entry in self.json(*words)]

    def json(self, *words: str) -> list[dict[str, Any]]:
        found = json.loads(self("--format", "json", *words))
        jsonschema.validate(found, json.loads(SCHEMA.read_text()), jsonschema.Draft7Validator)
        edits: list[dict[str, Any]] = found["edits"]
        return edits


@pytest.fixture
def log(repository: Path, capsys: pytest.CaptureFixture[str]) -> Log:
    edit(repository, "310 1200 1 2000")
    git(repository, "commit", "-qam", "Mask less")
    assert main(["-C", str(repository), "note", DEFECTS, "-m", "the column is short"]) == 0
    git(repository, "commit", "-qam", "Say why", date="2025-03-05T00:00:00+00:00")
    git(repository, "mv", DEFECTS, LATER)
    git(repository, "commit", "-qm", "Start in March", date="2025-03-06T12:00:00+00:00")
    return Log(repository, capsys)


def test_one_calibration_is_told_across_a_new_start_with_notes_and_meaning(log: Log) -> None:
    first, *others = log(LATER).split("\n\n")
    sha = git(log.repository, "rev-parse", "HEAD")
    assert first.split("\n") == [
        f"2025-03-06 12:00  Ada Editor  {sha[:12]}",
        "  Start in March",
        f"  renamed from {DEFECTS}",
        "  starts 2020-03-01T00:00:00 instead of 2020-01-01T00:00:00",
        "  from 2020-01-01T00:00:00 to 2020-03-01T00:00:00, nothing applies",
    ]
    assert "Say why\n  note: " in others[0]
    assert "the column is short" in others[0]
    assert "896 pixels no longer masked" in others[1]
    assert "new: from 2020-01-01T00:00:00 on" in others[2]
    assert others[3] == ""


def test_json_has_editor_date_note_and_files(log: Log) -> None:
    renamed, noted, masked, begun = log.json(LATER)
    assert (renamed["editor"], renamed["date"]) == ("Ada Editor", "2025-03-06T12:00:00")
    assert renamed["commit"] == git(log.repository, "rev-parse", "HEAD")
    assert [(one["old_path"], one["path"]) for one in renamed["files"]] == [(DEFECTS, LATER)]
    assert "the column is short" in noted["note"]
    assert renamed["note"] == "Start in March"
    assert masked["files"][0]["difference"] is None
    assert begun["files"][0]["change"] == "added"
    assert log.json("-p", LATER)[2]["files"][0]["difference"]["dataset_type"] == "defects"


def test_a_folder_and_the_whole_repository_are_told_by_commit(log: Log) -> None:
    everything = ["Start in March", "Say why", "Mask less", "Begin"]
    assert log.subjects() == everything
    assert log.subjects("ExampleCam/defects") == everything
    assert log.subjects("ExampleCam/crosstalk") == ["Begin"]
    assert log.subjects(LATER, "ExampleCam/crosstalk") == everything
    begun = log("-n", "1", "ExampleCam/crosstalk")
    assert "ExampleCam/crosstalk/s00/" in begun
    (log.repository / "README.md").write_text("another text\n")
    git(log.repository, "commit", "-qam", "Nothing of a calibration")
    assert log.subjects() == everything
    assert "2 files edited" not in log()


def test_edits_are_chosen_by_number_date_and_range(log: Log) -> None:
    assert log.subjects("-n", "2", LATER) == ["Start in March", "Say why"]
    assert log.subjects("-n", "0", LATER) == []
    assert log.subjects("--since", "2025-03-05", "--until", "2025-03-05") == ["Say why"]
    assert log.subjects("--until", "2025-03-05T00:00:00", "--since", "2025-03-01") == ["Mask less"]
    assert log.subjects("HEAD~3..HEAD~1") == ["Say why", "Mask less"]
    assert log.subjects("HEAD~1..", "--", LATER) == ["Start in March"]
    assert log.subjects("HEAD~2", "--", DEFECTS) == ["Mask less", "Begin"]
    assert log("HEAD..HEAD") == ""


def test_edits_of_branches_are_listed_newest_first(log: Log) -> None:
    repository = log.repository
    for number in range(4):
        branch = ("main", "side")[number % 2]
        if number != 1:
            git(repository, "checkout", "-q", branch)
        else:
            git(repository, "checkout", "-qb", branch, "HEAD~1")
        path = (LATER, "ExampleCam/crosstalk")[number % 2]
        [file] = [repository / path] if number % 2 == 0 else sorted((repository / path).rglob("*.*"))[:1]
        text = file.read_text()
        new = f"{text}{number} 1 1 1\n" if number % 2 == 0 else text + f"# {number}\n"
        file.write_text(new)
        git(repository, "commit", "-qam", f"Edit {number}", date=f"2025-04-0{number + 1}T00:00:00+00:00")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "-m", "Merge", "side", date="2025-04-06T00:00:00+00:00")
    assert log.subjects()[:4] == ["Edit 3", "Edit 2", "Edit 1", "Edit 0"]
    assert log.subjects("-n", "1") == ["Edit 3"]
    assert log.subjects("-n", "1", LATER) == ["Edit 2"]
    assert log.subjects("-n", "2", "ExampleCam/defects", "ExampleCam/crosstalk") == ["Edit 3", "Edit 2"]


def test_edits_are_chosen_by_author(log: Log) -> None:
    edit(log.repository, "310 1200 1 1000", "310 1200 1 2000", LATER)
    git(log.repository, "commit", "-qam", "Less", "--author", "Bo (x) <bo@example.org>")
    for name in ("Bo (x)", "bo@", "Bo (x) <bo"):
        assert log.subjects("--author", name) == ["Less"]
    assert log.subjects("--author", "Ada", "-n", "1", LATER) == ["Start in March"]
    assert log.subjects("--author", "B.") == []
    edit(log.repository, "310 1200 1 900", "310 1200 1 1000", LATER)
    assert "not committed" not in log("--author", "Bo")


def test_the_subject_is_told_where_curator_wrote_the_only_note(log: Log) -> None:
    words = ["new", "--supersede", LATER, "--start", "2021-03-04T16:00:00"]
    assert main(["-C", str(log.repository), *words]) == 0
    git(log.repository, "add", "-A")
    git(log.repository, "commit", "-qm", "Column 2000 died")
    assert log.json()[0]["note"].startswith("Column 2000 died (")
    assert log.json()[0]["note"].endswith(f"supersedes {LATER})")


def test_what_is_not_committed_comes_first(log: Log) -> None:
    edit(log.repository, "310 1200 1 1000", "310 1200 1 2000", LATER)
    assert log(LATER).startswith("not committed yet\n  1,000 pixels no longer masked")
    assert log.json(LATER)[0]["commit"] is None
    assert "not committed yet" not in log("HEAD", "--", LATER)
    (log.repository / LATER).rename(log.repository / "ExampleCam/defects/s00/20200501T000000.ecsv")
    found = log.json("ExampleCam/defects/s00/20200501T000000.ecsv")
    assert [one["subject"] for one in found] == ["", "Start in March", "Say why", "Mask less", "Begin"]
    assert found[0]["files"][0]["old_path"] == LATER


def test_a_patch_says_of_each_commit_what_diff_says(
    log: Log, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = log("-p", "HEAD~3..HEAD").split("\n\n")
    for number, entry in enumerate(told[:3]):
        monkeypatch.setenv("COLUMNS", "78")
        capsys.readouterr()
        assert main(["-C", str(log.repository), "diff", f"HEAD~{number + 1}..HEAD~{number}"]) == 1
        said = capsys.readouterr().out.rstrip("\n").split("\n")
        assert entry.split("\n")[2:] == [f"  {line}" for line in said]
        monkeypatch.delenv("COLUMNS")


def test_a_path_that_is_gone_is_known_and_one_that_never_was_is_not(log: Log) -> None:
    assert log.subjects(DEFECTS) == ["Start in March", "Say why", "Mask less", "Begin"]
    told = log(DEFECTS).split("\n\n")[0].split("\n")[1:]
    assert told == [
        "  Start in March",
        f"  renamed to {LATER}",
        "  starts 2020-03-01T00:00:00 instead of 2020-01-01T00:00:00",
        "  from 2020-01-01T00:00:00 to 2020-03-01T00:00:00, nothing applies",
    ]
    assert log.json(DEFECTS)[0]["files"] == log.json("ExampleCam/defects")[0]["files"]
    git(log.repository, "rm", "-q", LATER)
    git(log.repository, "commit", "-qm", "Remove")
    assert "removed: from 2020-03-01T00:00:00 on" in log(LATER)
    assert "does not exist" in log("ExampleCam/defects/s77", status=2)
    assert "is not in the repository" in log("/tmp", status=2)


def test_wrong_words_are_explained(log: Log) -> None:
    assert "three dots" in log("HEAD~1...HEAD", status=2)
    assert "2 commits" in log("HEAD~1", "HEAD", status=2)
    assert "cannot be negative" in log("-n", "-1", status=2)
    assert "is not a commit" in log("HEAD~99", status=2)
    assert "is not a date" in log("--since", "yesterday", status=2)


def test_a_merge_is_told_only_where_it_differs_from_both_sides(log: Log) -> None:
    repository = log.repository
    git(repository, "checkout", "-qb", "side", "HEAD~1")
    edit(repository, "310 1200 1 1500", "310 1200 1 2000")
    git(repository, "commit", "-qam", "On the side")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "-m", "Merge the side", "side")
    merged, *others = log.json(LATER)
    assert merged["is_merge"]
    assert merged["subject"] == "Merge the side"
    assert {one["subject"] for one in others} == {
        "On the side",
        "Start in March",
        "Say why",
        "Mask less",
        "Begin",
    }
    assert "merge\n" in log(LATER)
    git(repository, "checkout", "-q", "--detach", "HEAD~1")
    git(repository, "merge", "-q", "-m", "A merge of nothing", "-s", "ours", "side")
    assert "A merge of nothing" not in log.subjects(LATER)


def test_the_end_of_a_shallow_clone_is_said(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    shallow = log.repository.parent / "shallow"
    git(log.repository, "clone", "-q", "--depth=2", f"file://{log.repository}", str(shallow))
    for words in ([LATER], []):
        told = Log(shallow, capsys)(*words)
        assert told.count("older history is not here") == 1
        assert "new: from" not in told
    assert [one["is_cut"] for one in Log(shallow, capsys).json(LATER)] == [False, True]


def test_contents_that_a_partial_clone_lacks_are_named(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    git(log.repository, "config", "uploadpack.allowFilter", "true")
    partial = log.repository.parent / "partial"
    git(
        log.repository,
        "clone",
        "-q",
        "--bare",
        "--filter=blob:none",
        f"file://{log.repository}",
        str(partial),
    )
    for words in ([LATER], [], ["-p", "HEAD~1..HEAD"]):
        told = Log(partial, capsys)(*words)
        assert "Start in March\n  the files of this commit are not in this partial clone" in told


def test_hostile_notes_names_and_subjects_do_not_steer_a_terminal_or_a_workflow(log: Log) -> None:
    edit(log.repository, "\\e[2J ::error::x", "the column is short", LATER)
    git(
        log.repository,
        "-c",
        "user.name=\x1b[31mEve",
        "commit",
        "-qam",
        "\x1b]0;title\x07\n::warning::subject",
    )
    for words in ((LATER,), ("-p",), ()):
        told = log(*words)
        assert "\x1b" not in told
        assert "\x07" not in told
        assert not any(line.startswith("::") for line in told.split("\n"))


def test_no_line_is_a_command_where_a_workflow_reads_it(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    edit(log.repository, "::error::x", "the column is short", LATER)
    git(log.repository, "commit", "-qam", "::warning::subject ##[error]y")
    for words in ((LATER,), ("-p",), ()):
        told = log(*words)
        assert ": :warning::subject ## [error]y" in told
        assert not any(line.lstrip().startswith("::") for line in told.split("\n"))


def test_a_broken_version_is_named_and_all_others_are_compared(log: Log) -> None:
    whole = (log.repository / LATER).read_text()
    (log.repository / LATER).write_bytes(b"\0\xff nothing")
    git(log.repository, "commit", "-qam", "Break it")
    (log.repository / LATER).write_text(whole)
    git(log.repository, "commit", "-qam", "Mend it")
    told = log(LATER)
    assert told.count("cannot be compared") == 2
    assert "\\n" not in told
    assert "896 pixels no longer masked" in told


def test_the_marker_of_a_conflict_is_told_once_with_its_line(log: Log) -> None:
    text = (log.repository / LATER).read_text()
    (log.repository / LATER).write_text(f"{text}<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    number = text.count("\n") + 1
    assert log("-n", "1", LATER).split("\n")[:2] == [
        "not committed yet",
        f"  cannot be compared: line {number}: marker of a merge conflict",
    ]


def test_another_file_has_edits_and_nothing_to_compare(log: Log) -> None:
    for name in ("README.md", "curator.yaml"):
        header, *lines = log(name).rstrip("\n").split("\n")
        assert "Ada Editor" in header
        assert lines == ["  Begin"]
