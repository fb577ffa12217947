"""``curator diff``: what is compared, and what its words may be."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
BOX = "310 1200 1 2896"


def git(repository: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=repository, check=True, capture_output=True)


def edit(repository: Path, new: str, old: str = BOX) -> None:
    file = repository / DEFECTS
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


class Diff:
    """Runs ``curator diff`` in a repository."""

    def __init__(self, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._repository = repository
        self._capsys = capsys

    def __call__(self, *words: str, status: int = 1) -> str:
        """Return the output as one line."""
        self._capsys.readouterr()
        assert main(["-C", str(self._repository), "diff", *words]) == status
        captured = self._capsys.readouterr()
        return " ".join((captured.err if status == 2 else captured.out).split())


@pytest.fixture
def diff(repository: Path, capsys: pytest.CaptureFixture[str]) -> Diff:
    return Diff(repository, capsys)


def test_nothing_differs(diff: Diff) -> None:
    for words in ((), ("--staged",), ("HEAD",), ("HEAD", "HEAD"), ("HEAD..HEAD",), ("HEAD...HEAD",)):
        assert diff(*words, status=0) == ""


def test_the_states_are_those_of_git_diff(diff: Diff, repository: Path) -> None:
    edit(repository, "310 1200 1 2000")
    git(repository, "commit", "-qam", "Commit")
    edit(repository, "310 1200 1 1000", "310 1200 1 2000")
    git(repository, "add", "-A")
    edit(repository, "310 1200 1 500", "310 1200 1 1000")
    assert "500 pixels no longer masked" in diff()
    assert "1,000 pixels no longer masked" in diff("--staged")
    assert "1,896 pixels no longer masked" in diff("--staged", "HEAD~")
    assert "1,500 pixels no longer masked" in diff("HEAD")
    assert "2,396 pixels no longer masked" in diff("HEAD~")
    for words in (("HEAD~", "HEAD"), ("HEAD~..HEAD",), ("HEAD~..",), ("HEAD~...HEAD",)):
        assert "896 pixels no longer masked" in diff(*words)
    assert "896 pixels newly masked" in diff("HEAD", "HEAD~")


def test_three_dots_leave_out_what_the_other_branch_did(diff: Diff, repository: Path) -> None:
    git(repository, "branch", "other")
    edit(repository, "310 1200 1 2000")
    git(repository, "commit", "-qam", "Commit")
    assert "896 pixels" in diff("other...HEAD")
    assert diff("HEAD...other", status=0) == ""
    assert "896 pixels" in diff("HEAD..other")


def test_paths_restrict_what_is_compared(diff: Diff, repository: Path) -> None:
    edit(repository, "310 1200 1 2000")
    for words in ((DEFECTS,), ("ExampleCam/defects",), ("HEAD", "--", "ExampleCam"), ("--", DEFECTS)):
        assert "896 pixels" in diff(*words)
    assert diff("ExampleCam/crosstalk", status=0) == ""


def test_a_file_that_is_gone_can_be_named(diff: Diff, repository: Path) -> None:
    (repository / DEFECTS).unlink()
    assert "removed: from 2020-01-01T00:00:00 on, nothing applies instead" in diff("--", DEFECTS)


def test_a_new_calibration_is_compared_with_the_one_it_follows(diff: Diff, repository: Path) -> None:
    text = (repository / DEFECTS).read_text()
    new = repository / DEFECTS.replace("2020", "2024")
    new.write_text(text.replace(BOX, "310 1200 1 2000"))
    said = diff()
    assert "new: from 2024-01-01T00:00:00 on, instead of 20200101T000000.ecsv" in said
    assert "896 pixels no longer masked" in said
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Add")
    new.unlink()
    assert "from 2024-01-01T00:00:00 on, 20200101T000000.ecsv applies instead" in diff()
    assert "896 pixels newly masked" in diff()


def test_the_first_calibration_says_what_it_holds(diff: Diff, repository: Path) -> None:
    first = repository / "ExampleCam/defects/s01/20200101T000000.ecsv"
    if first.exists():
        git(repository, "rm", "-q", str(first))
        git(repository, "commit", "-qm", "Remove")
    first.parent.mkdir(exist_ok=True)
    first.write_text((repository / DEFECTS).read_text())
    said = diff()
    assert "new: from 2020-01-01T00:00:00 on, where nothing applied" in said
    assert "holds 4 rows in table DEFECTS" in said


def test_reformatting_is_no_change_in_content(diff: Diff, repository: Path) -> None:
    file = repository / DEFECTS
    lines = file.read_text().splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("x0 ")) + 1
    file.write_text("".join([*lines[:first], *reversed(lines[first:])]))
    assert "rows or columns in another order: no change in content" in diff()
    git(repository, "commit", "-qam", "Reorder")
    file.write_text(file.read_text().replace(BOX, f"  {BOX}"))
    assert diff() == f"no change in content: {DEFECTS}"


def test_a_broken_file_hides_no_other(diff: Diff, repository: Path) -> None:
    crosstalk = next(repository.glob("ExampleCam/crosstalk/*/*"))
    crosstalk.write_bytes(b"\xff\xfe\0")
    edit(repository, "310 1200 1 2000")
    said = diff()
    assert "cannot be compared" in said
    assert "896 pixels" in said


def test_a_link_is_no_calibration(diff: Diff, repository: Path) -> None:
    file = repository / DEFECTS
    file.unlink()
    file.symlink_to("/etc/passwd")
    said = diff()
    assert "is a link or a submodule now" in said
    assert "root:" not in said


def test_two_files_are_compared_whatever_they_are(diff: Diff, repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "export"
    assert main(["-C", str(repository), "export", str(out)]) == 0
    [fits] = out.glob("**/defects/s00/*.fits")
    assert "no change in content" in diff(str(fits), str(repository / DEFECTS), status=0)
    edit(repository, "310 1200 1 2000")
    assert "896 pixels no longer masked" in diff(str(fits), str(repository / DEFECTS))


def test_wrong_words(diff: Diff, repository: Path) -> None:
    assert "HAED" in diff("HAED", status=2)
    assert "is not a commit" in diff("HEAD~99", status=2)
    assert "are 3 commits: name two at most" in diff("HEAD", "HEAD", "HEAD", status=2).replace(" hint:", ":")
    git(repository, "branch", "ExampleCam")
    assert "ExampleCam is both a commit and a file" in diff("ExampleCam", status=2)
    assert diff("ExampleCam", "--", "ExampleCam", status=0) == ""


def test_what_files_say_steers_no_terminal(diff: Diff, repository: Path) -> None:
    file = repository / DEFECTS
    file.write_text(file.read_text().replace(BOX, f"# \x9b31m note \u202e\n{BOX}"))
    assert not {"\x1b", "\x9b", "\u202e"} & set(diff())


def test_a_comment_says_what_check_finds(
    diff: Diff, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository, f"{BOX}\n2047 0 5 1")
    message = "Mask the edge\n\nCurator-Intended: CUR503 the edge glows"
    git(repository, "commit", "-qam", message)
    said = diff("HEAD~..HEAD", "--format", "markdown")
    assert "the edge glows" in said.partition("| Masked pixels |")[0]
    assert "**Check: 1 error" in said
    assert "- error CUR301" in said
    assert "Check" not in diff("HEAD~", "--format", "markdown")


def test_two_exports(diff: Diff, repository: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    assert main(["-C", str(repository), "export", str(old)]) == 0
    edit(repository, "310 1200 1 2000")
    (repository / DEFECTS.replace("2020", "2024")).write_text((repository / DEFECTS).read_text())
    git(repository, "rm", "-q", next(str(path) for path in repository.glob("ExampleCam/bfk/*/*")))
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Change")
    assert main(["-C", str(repository), "export", str(new)]) == 0
    said = diff(str(old), str(new))
    assert "896 pixels no longer masked" in said
    assert "applies from 2020-01-01T00:00:00 to 2024-01-01T00:00:00; before, it applied" in said
    assert "new: applies from 2024-01-01T00:00:00 to no end" in said
    assert "removed: it applied from 2020-01-01T00:00:00 to no end" in said
    assert diff(str(new), str(new), status=0) == ""
    assert "--staged compares" in diff("--staged", str(old), str(new), status=2)


def test_two_labels(diff: Diff, repository: Path, tmp_path: Path) -> None:
    target = f"gen2:{tmp_path / 'registry'}"
    for label in ("2025-04", "2025-05"):
        out = tmp_path / label
        assert main(["-C", str(repository), "export", str(out)]) == 0
        words = ["ingest", str(out), target, "--label", label, "--create", "--prefer"]
        assert main(["-C", str(repository), *words]) == 0
        if label == "2025-04":
            edit(repository, "310 1200 1 2000")
        git(repository, "commit", "-qam", "Change", "--allow-empty")
    said = diff("--registry", target, "2025-04..2025-05")
    assert "896 pixels no longer masked" in said
    assert "1 file" not in said
    assert diff("--registry", target, "2025-05..", status=0) == ""
    assert "name two labels" in diff("--registry", target, "2025-05", status=2)
    assert "--staged compares" in diff("--staged", "--registry", target, "2025-04..2025-05", status=2)


def test_the_files_of_a_bare_repository_are_no_words_of_the_reader(
    diff: Diff,
    repository: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit(repository, "310 1200 1 2000")
    git(repository, "commit", "-qam", "Commit")
    bare = tmp_path / "bare.git"
    git(repository, "clone", "-q", "--bare", ".", str(bare))
    monkeypatch.chdir(bare)
    capsys.readouterr()
    assert main(["diff", "HEAD~", "HEAD"]) == 1
    assert "896 pixels no longer masked" in " ".join(capsys.readouterr().out.split())


def test_a_ledger_as_csv_names_beside_it_what_it_could_not_read(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository, "<<<<<<< ours")
    capsys.readouterr()
    assert main(["-C", str(repository), "ledger", "--detector", "S00", "--format", "csv"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("camera,detector,dataset_type,")
    assert "cannot be read" in captured.err
