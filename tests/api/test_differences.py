"""What a change means, as a value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import curator
from curator.cli.main import main
from curator.errors import RepositoryError, UsageError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
Git = Callable[..., None]


@pytest.fixture
def edit(root: Path) -> Callable[[int], None]:
    """Return a function that gives a column defect another height."""
    text = (root / DEFECTS).read_text()
    return lambda height: (root / DEFECTS).write_text(text.replace("2896", str(height))) and None


def test_nothing_differs_in_a_new_repository(repo: curator.CalibrationRepository) -> None:
    for given in ((), ("HEAD",), ("HEAD", "HEAD"), ("HEAD..HEAD",), (None, repo.staged)):
        found = repo.diff(*given)
        assert (len(found), repr(found)) == (0, "No calibration differs")
    assert "No calibration differs" in repo.diff()._repr_html_()


def test_the_states_are_those_of_git_diff(
    repo: curator.CalibrationRepository, git: Git, edit: Callable[[int], None]
) -> None:
    edit(2000)
    git("commit", "-qam", "Commit")
    edit(1000)
    git("add", "-A")
    edit(500)
    head = repo.at("HEAD")
    for given, pixels in (
        ((), "500 pixels no longer"),
        ((None, repo.staged), "1,000 pixels no longer"),
        (("HEAD~", repo.staged), "1,896 pixels no longer"),
        (("HEAD",), "1,500 pixels no longer"),
        ((head,), "1,500 pixels no longer"),
        ((head, repo.working_tree), "1,500 pixels no longer"),
        (("HEAD~..HEAD",), "896 pixels no longer"),
        (("HEAD~...HEAD",), "896 pixels no longer"),
        (("HEAD~", head), "896 pixels no longer"),
        ((head, "HEAD~"), "896 pixels newly"),
    ):
        (file,) = repo.diff(*given)  # type: ignore[arg-type]
        assert f"{pixels} masked" in file.statements[0].text
    for (file,), pixels in (
        (head.diff(), "1,500 pixels no longer"),
        (head.diff(repo.staged), "1,000 pixels no longer"),
        (head.diff("HEAD~"), "896 pixels newly"),
        (repo.staged.diff(), "500 pixels no longer"),
        (repo.staged.diff(head, paths=DEFECTS), "1,000 pixels newly"),
        (repo.working_tree.diff("HEAD"), "1,500 pixels newly"),
    ):
        assert f"{pixels} masked" in file.statements[0].text


def test_statements_come_first_and_then_files(
    repo: curator.CalibrationRepository, edit: Callable[[int], None]
) -> None:
    edit(2000)
    found = repo.diff()
    assert (found.before, found.after) == ("index", "working tree")
    assert found.statements[0][0] == DEFECTS
    assert found.to_dicts()[0]["kind"] == "pixels"
    shown = found._repr_html_()
    assert shown.index("Masked pixels") < shown.index("files (1)") < shown.index("boxes: 1 resized")
    assert "<!-- curator" in found.to_markdown()
    assert "**Check: " in found.to_markdown(repo.check())


def test_the_text_is_what_the_verb_prints(
    repo: curator.CalibrationRepository,
    root: Path,
    edit: Callable[[int], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    edit(2000)
    assert main(["-C", str(root), "diff"]) == 1
    assert repr(repo.diff()) == capsys.readouterr().out.rstrip("\n")


def test_paths_restrict_what_is_compared(
    repo: curator.CalibrationRepository, root: Path, edit: Callable[[int], None]
) -> None:
    edit(2000)
    assert len(repo.diff(paths="ExampleCam/defects")) == 1
    assert len(repo.diff(paths=["ExampleCam/crosstalk", "ExampleCam/bfk"])) == 0
    assert len(repo.diff(paths="./ExampleCam/defects/")) == len(repo.diff(paths=".")) == 1
    (root / DEFECTS).unlink()
    assert len(repo.diff(paths=DEFECTS)) == 1


def test_mistakes_are_errors(repo: curator.CalibrationRepository) -> None:
    with pytest.raises(RepositoryError, match="nowhere"):
        repo.diff("nowhere")
    with pytest.raises(RepositoryError, match="nowhere"):
        repo.diff("HEAD", "nowhere")
    with pytest.raises(UsageError, match="names both sides"):
        repo.diff("HEAD~..HEAD", "HEAD")
    with pytest.raises(UsageError, match="does not exist in the working tree") as raised:
        repo.diff(paths=["ExampleCam/defect"])
    assert raised.value.hint == "did you mean ExampleCam/defects?"
    with pytest.raises(UsageError, match="does not exist"):
        repo.at("HEAD").diff(paths="nope")
    with pytest.raises(UsageError, match="this is the working tree itself"):
        repo.working_tree.diff()
