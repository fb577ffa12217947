"""Since when pixels and regions of a detector are masked, and by which edits."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from repository.made import Made
from review.history.boxes import Box

from curator.cli.main import main
from curator.errors import UsageError
from curator.review.history.as_of import AsOf
from curator.review.history.ledger import Ledger, ledger
from curator.review.history.pixel import PixelBlame, blame_pixel

FIRST, SECOND = (f"ExampleCam/defects/s00/{year}0101T000000.ecsv" for year in (2020, 2022))
MANUAL = "ExampleCam/manual_defects/s00/20200101T000000.ecsv"
NOW = datetime(2025, 1, 1)
COLUMN: Box = (1600, 100, 2, 8)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of which S00 has no box yet."""
    folder = tmp_path_factory.mktemp("template")
    assert main(["-C", str(folder), "init", "new", "--camera", "ExampleCam", "--profile", "obs_base"]) == 0
    made = Made.at(folder / "new")
    for path in (FIRST, MANUAL):
        write(made, path, [])
    made.commit("Begin")
    return made.root


@pytest.fixture
def made(template: Path, tmp_path: Path) -> Made:
    return Made(Path(shutil.copytree(template, tmp_path / "repo")))


def write(made: Made, path: str, boxes: Sequence[Box], like: str = "", *, note: str = "") -> None:
    lines = (made.root / (like or path)).read_text().split("\n")
    head = lines[: next(number for number, line in enumerate(lines) if line.startswith("x0 ")) + 1]
    made.write(path, "\n".join([*head, *(" ".join(map(str, box)) for box in boxes), ""]))
    if note:
        assert main(["-C", str(made.root), "note", path, "-m", note]) == 0


def commit(made: Made, path: str, boxes: Sequence[Box], subject: str, like: str = "") -> str:
    write(made, path, boxes, like)
    return made.commit(subject)


def pixel(made: Made, x: int, y: int, date: datetime = NOW, rev: str | None = None) -> PixelBlame:
    return blame_pixel(AsOf(made.repo, rev), "S00", (x, y), date=date)


def book(made: Made) -> Ledger:
    return ledger(AsOf(made.repo), "S00")


def test_a_box_has_the_columns_from_x0_to_x0_plus_width_minus_1(made: Made) -> None:
    commit(made, FIRST, [COLUMN], "Mask")
    for x, y in ((1600, 100), (1601, 107)):
        assert pixel(made, x, y).is_applied
    for x, y in ((1599, 100), (1602, 100), (1600, 99), (1600, 108)):
        found = pixel(made, x, y)
        assert not found.is_applied
        assert found.files == ()
        assert found.never == {"defects": 1, "manual_defects": 1}


def test_an_edit_and_a_validity_range_are_two_things(made: Made) -> None:
    mask = commit(made, FIRST, [COLUMN], "Mask it")
    commit(made, FIRST, [(1600, 100, 9, 9)], "Mask more")
    found = pixel(made, 1600, 100)
    [file] = found.files
    assert (file.since.commit, file.since.note) == (mask, "Mask it"), "the pixel, not the box"
    assert [one.start for one in found.masked["defects"]] == [datetime(2020, 1, 1)]
    assert not found.masked["manual_defects"]
    assert pixel(made, 1600, 100, datetime(2019, 1, 1)).applied == ()


def test_ranges_of_files_that_follow_each_other_are_one(made: Made) -> None:
    commit(made, FIRST, [COLUMN], "Mask")
    commit(made, SECOND, [COLUMN], "Go on", FIRST)
    third = SECOND.replace("2022", "2024")
    last = commit(made, third, [], "It has healed", FIRST)
    found = pixel(made, 1600, 100)
    [masked] = found.masked["defects"]
    assert (masked.start.year, masked.end and masked.end.year) == (2020, 2024)
    assert (found.applied, found.is_applied) == ((third,), False)
    assert pixel(made, 1600, 100, datetime(2023, 1, 1)).is_applied
    [row] = book(made).rows
    assert (row.status, row.path, row.added.note) == ("ended", FIRST, "Mask")
    assert (row.removed and row.removed.commit) == last


def test_what_unmasked_a_pixel_is_told(made: Made) -> None:
    mask = commit(made, FIRST, [COLUMN], "Mask")
    unmask = commit(made, FIRST, [], "It was the moon")
    [file] = pixel(made, 1601, 107).files
    assert (file.boxes, file.since.commit, file.until and file.until.commit) == ((), mask, unmask)
    [row] = book(made).rows
    assert (row.status, row.added.commit, row.removed and row.removed.commit) == ("removed", mask, unmask)
    again = commit(made, FIRST, [COLUMN], "It was not")
    [file] = pixel(made, 1601, 107).files
    assert (bool(file.boxes), file.since.commit, file.until) == (True, again, None)
    [row] = book(made).rows
    assert (row.status, row.added.commit, row.removed) == ("masked", again, None)


def test_a_file_that_is_gone_is_told(made: Made) -> None:
    commit(made, SECOND, [COLUMN], "Mask", FIRST)
    made.git("rm", "-q", SECOND)
    gone = made.commit("Take it back")
    [file] = pixel(made, 1600, 100).files
    assert (file.status, file.path, file.until and file.until.commit) == ("gone", SECOND, gone)
    [row] = book(made).rows
    assert (row.status, row.start, row.end) == ("removed", datetime(2022, 1, 1), None)
    assert pixel(made, 1600, 100, rev="HEAD~").is_applied


def test_a_new_start_is_no_new_file(made: Made) -> None:
    mask = commit(made, FIRST, [COLUMN], "Mask")
    made.git("mv", FIRST, SECOND)
    made.commit("It starts later")
    [file] = pixel(made, 1600, 100).files
    assert (file.path, file.since.commit) == (SECOND, mask)
    [row] = book(made).rows
    assert (row.start, row.added.commit) == (datetime(2022, 1, 1), mask)


def test_a_pixel_of_manual_defects_that_defects_do_not_contain_is_said_to_be_not_merged(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(made, MANUAL, [COLUMN], "A person saw it")
    assert [one.path for one in pixel(made, 1600, 100).not_merged] == [MANUAL]
    capsys.readouterr()
    assert main(["-C", str(made.root), "blame", "--pixel", "1600,100", "--detector", "0"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "the defects that apply do not: exposures are not masked there until a pipeline merges" in said
    assert "defects: not masked" in said
    commit(made, FIRST, [COLUMN], "Merge")
    assert pixel(made, 1600, 100).not_merged == []


def test_what_is_not_committed_counts_unless_a_commit_is_named(made: Made) -> None:
    write(made, FIRST, [COLUMN])
    [file] = pixel(made, 1600, 100).files
    assert (file.since.commit, len(file.boxes)) == ("", 1)
    assert pixel(made, 1600, 100, rev="HEAD").files == ()
    [row] = book(made).rows
    assert row.added.commit == ""


def test_a_file_that_cannot_be_read_hides_no_other(made: Made) -> None:
    commit(made, FIRST, [COLUMN], "Mask")
    commit(made, MANUAL, [COLUMN], "Mask")
    made.write(FIRST, "broken\n")
    made.commit("Break")
    found = pixel(made, 1600, 100)
    assert [file.path for file in found.files] == [MANUAL]
    assert [one.path for one in found.problems] == [FIRST]
    assert [row.dataset_type for row in book(made).rows] == ["manual_defects"]


def test_history_of_a_merge_knows_who_removed_a_box(made: Made) -> None:
    mask = commit(made, FIRST, [COLUMN, (1, 1, 1, 1)], "Mask two")
    made.git("checkout", "-q", "-b", "side")
    removed = commit(made, FIRST, [(1, 1, 1, 1)], "Unmask")
    made.git("checkout", "-q", "main")
    commit(made, FIRST, [COLUMN, (1, 1, 1, 1), (5, 5, 1, 1)], "Mask three")
    subprocess.run(["git", "merge", "-q", "side"], cwd=made.root, capture_output=True)
    commit(made, FIRST, [(1, 1, 1, 1), (5, 5, 1, 1)], "Merge")
    [file] = pixel(made, 1600, 100).files
    assert (file.since.commit, file.until and file.until.commit) == (mask, removed)
    [row] = [row for row in book(made).rows if row.status == "removed"]
    assert (row.added.commit, row.removed and row.removed.commit) == (mask, removed)


@pytest.mark.parametrize(
    ("detector", "place", "message"),
    [
        ("S77", (0, 0), "has no detector 'S77'"),
        ("S00", (2048, 0), r"no pixel 2048,0: S00 of ExampleCam is 2048 x \d+ pixels"),
        ("S00", (0, 999_999), "no pixel 0,999999"),
        ("S00", (-1, 0), "no pixel -1,0"),
    ],
)
def test_what_is_not_there_is_refused(
    made: Made, detector: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        blame_pixel(AsOf(made.repo), detector, place, date=NOW)


def test_words_that_do_not_go_together_are_refused(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    for words, message in (
        ((), "no file given"),
        (("--pixel", "1,2"), "--pixel needs a detector"),
        (("--pixel", "1", "--detector", "S00"), "not a pixel"),
        (("--pixel", "1,9999999999", "--detector", "S00"), "no detector is that large"),
        ((FIRST, "--detector", "S00"), "--detector needs --pixel"),
        ((FIRST, "--pixel", "1,2", "--detector", "S00"), "--pixel cannot be used with a file"),
        ((f"HEAD:{FIRST}", "--rev", "HEAD"), "remove --rev"),
        (("nothing.ecsv",), "does not exist"),
        (("HEAD:nothing.ecsv",), "no such file"),
    ):
        assert main(["-C", str(made.root), "blame", *words]) == 2
        assert message in capsys.readouterr().err
    assert main(["-C", str(made.root), "ledger", "--detector", "S77"]) == 2
    assert "has no detector" in capsys.readouterr().err


def test_no_cell_of_the_table_is_a_formula(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    write(made, FIRST, [COLUMN])
    made.git("add", "-A")
    made.git("commit", "-q", "--author", "@SUM(1) <eve@example.org>", "-m", "=cmd|' /C calc'!A0\x1b[2J")
    capsys.readouterr()
    assert main(["-C", str(made.root), "ledger", "--detector", "S00", "--format", "csv"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["x0"], row["pixels"], row["masked_from"]) == ("1600", "16", "2020-01-01T00:00:00")
    assert row["added_note"].startswith("'=cmd")
    assert row["added_editor"] == "'@SUM(1)"
    assert "\x1b" not in row["added_note"]
    assert main(["-C", str(made.root), "ledger", "--detector", "S00"]) == 0
    said = capsys.readouterr().out
    assert "1600,100 2x8" in said
    assert "\x1b" not in said
