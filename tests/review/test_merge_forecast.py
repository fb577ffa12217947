"""What the scoreboard says of a merge: git's conflicts, and what ``curator merge`` makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from review.test_git_drivers import HEADER, OURS, PATH, ROWS, THEIRS, Place

from curator.cli.main import main
from curator.repository.repository import Repository
from curator.review.forge.received import require_ours
from curator.review.git.merge_forecast import MergeForecast, forecast_merge
from curator.review.markdown import LINES, scoreboard
from curator.review.report import ReviewReport

CONFIG = "schema_version: 1\ncameras: [myCam]\nprofile: obs_base\nrepository: obs_x_data\n"


@pytest.fixture
def parted(tmp_path: Path) -> Place:
    """A repository whose branches main and side both added a row at the end of one list."""
    place = Place(tmp_path / "repository")
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    (place.root / "curator.yaml").write_text(CONFIG)
    (place.root / "notes.txt").write_text("1\n")
    place.commit(ROWS)
    place.branch("side", "main", ROWS + THEIRS)
    place.git("checkout", "-q", "main")
    place.commit(ROWS + OURS)
    return place


def forecast(place: Place, target: str = "side", head: str = "main") -> MergeForecast:
    return forecast_merge(Repository.find(str(place.root)), target, head)


def state(place: Place) -> tuple[str, ...]:
    kept = ("status", "--porcelain"), ("for-each-ref",), ("rev-parse", "HEAD"), ("config", "--list")
    return tuple(place.git(*words) for words in kept)


def test_what_curator_merges_is_told_and_nothing_changes(parted: Place) -> None:
    parted.write(ROWS + "99 1 1 1\n")
    before = state(parted)
    assert forecast(parted) == MergeForecast("side", (PATH,))
    assert forecast(parted, "main", "side") == MergeForecast("main", (PATH,))
    assert state(parted) == before
    assert parted.text == f"{HEADER}{ROWS}99 1 1 1\n"


def test_the_forecast_is_what_the_merge_then_does(parted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    for branch, size in (("side", 7), ("main", 8)):
        parted.git("checkout", "-q", branch)
        (parted.root / "notes.txt").write_text(f"{size}\n")
        other = parted.root / PATH.replace("s00", "s01")
        other.parent.mkdir()
        other.write_text(HEADER + f"1{size} 1 1 1\n")
        parted.commit(f"10 1 1 {size}\n20 1 1 1\n")
    found = forecast(parted)
    assert found.merged == (PATH.replace("s00", "s01"),)
    assert found.left == (
        (PATH, "both changed x0=10 y0=1 width=1 height=1: this branch 10 1 1 8, side 10 1 1 7"),
        ("notes.txt", "not a calibration: both sides changed the same lines"),
    )
    assert main(["-C", str(parted.root), "merge", "side"]) == 1
    out = capsys.readouterr().out
    assert [line[10:] for line in out.splitlines() if line.startswith("conflict: ")] == [PATH, "notes.txt"]
    assert f"merged: {PATH.replace('s00', 's01')}" in out


def test_a_removed_and_a_renamed_file(parted: Place) -> None:
    parted.git("rm", "-q", PATH)
    parted.git("commit", "-q", "-m", "Remove")
    assert forecast(parted).left == ((PATH, "one side removed or renamed it, the other changed it"),)
    parted.git("checkout", "-q", "-b", "renamed", "main~1")
    new = PATH.replace("2020", "2021")
    parted.git("mv", PATH, new)
    parted.git("commit", "-q", "-m", "Rename")
    assert forecast(parted, "side", "renamed") == MergeForecast("side", (new,))


def test_a_link_is_no_calibration(parted: Place) -> None:
    for branch in ("main", "side"):
        parted.git("checkout", "-q", branch)
        parted.file.unlink()
        parted.file.symlink_to(branch)
        parted.git("commit", "-q", "-a", "-m", "Link")
    assert [path for path, _ in forecast(parted).left] == [PATH]


def test_without_a_conflict_nothing_is_said(parted: Place) -> None:
    parted.git("checkout", "-q", "-b", "ahead", "side")
    (parted.root / "notes.txt").write_text("2\n")
    parted.commit(ROWS + THEIRS)
    assert forecast(parted, "side", "ahead") == MergeForecast("side")
    text = scoreboard(ReviewReport("a", "b", (), ()), None, forecast(parted, "side", "ahead"))
    assert "merge" not in text


def test_what_cannot_be_known_is_said(parted: Place, tmp_path: Path) -> None:
    parted.git("checkout", "-q", "--orphan", "new")
    parted.commit(ROWS + "40 1 1 1\n")
    assert "unrelated histories" in forecast(parted, "side", "new").unknown
    assert "none" in forecast(parted, "none").unknown
    clone = Place(tmp_path / "clone")
    url = parted.root.as_uri()
    parted.git("clone", "-q", "--depth=1", "--no-single-branch", "-b", "main", url, str(clone.root))
    found = forecast(clone, "origin/side", "main")
    assert found.unknown
    text = scoreboard(ReviewReport("a", "b", (), ()), None, found)
    require_ours(text)
    assert "Whether it merges into `origin/side` is unknown: `" in text


def test_a_shallow_clone_is_told_how_to_get_the_rest(
    parted: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    url = parted.root.as_uri()
    parted.git("clone", "-q", "--depth=1", "--no-single-branch", "-b", "main", url, str(clone))
    assert main(["-C", str(clone), "diff", "origin/side...HEAD", "--format", "markdown"]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err


def test_no_program_of_the_settings_is_run(parted: Place, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    (parted.root / ".git/info/attributes").write_text("*.txt merge=evil\n*.ecsv merge=curator\n")
    for name in ("evil", "curator"):
        parted.git("config", f"merge.{name}.driver", f"touch {ran}; exit 0")
    for branch in ("main", "side"):
        parted.git("checkout", "-q", branch)
        (parted.root / "notes.txt").write_text(branch)
        parted.git("commit", "-q", "-a", "-m", "edit")
    found = forecast(parted)
    assert (found.merged, [path for path, _ in found.left]) == ((PATH,), ["notes.txt"])
    assert not ran.exists()


@pytest.mark.parametrize("form", ["markdown", "github"])
def test_the_scoreboard_of_a_branch_says_it(
    parted: Place, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    words = ["-C", str(parted.root), "diff", "--format", form]
    assert main([*words, "side...main"]) == 1
    said = "**git reports a conflict with `side` in 1 file**: `curator merge side` merges it"
    assert said in capsys.readouterr().out.splitlines()
    assert main([*words, "side..main"]) == 1
    assert "git reports" not in capsys.readouterr().out


def test_conflicts_leave_room_for_the_rest() -> None:
    left = tuple((f"cam/defects/{number}.ecsv", "both changed x0=1") for number in range(9))
    text = scoreboard(ReviewReport("a", "b", (), ()), None, MergeForecast("main", ("a", "b"), left))
    require_ours(text)
    assert "in 11 files**: `curator merge main` merges 2 of them; a person decides" in text
    assert text.rstrip().endswith("- `cam/defects/2.ecsv`: `both changed x0=1` and 6 more")
    assert len(text.splitlines()) <= LINES
    text = scoreboard(ReviewReport("a", "b", (), ()), None, MergeForecast("main", (), left[:1]))
    assert "in 1 file**: `curator merge main` does not merge it; a person decides" in text
