"""Since when pixels and regions of a detector are masked, and by which edits."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from itertools import count, product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository.made import Made
from review.history.boxes import Box, write_history

from curator.cli.main import main
from curator.errors import UsageError
from curator.review.blame.as_of import AsOf
from curator.review.blame.lives import Spell
from curator.review.blame.mask_ledger import MaskLedger, ledger
from curator.review.blame.pixel import PixelBlame, blame_pixel

FIRST, SECOND = (f"ExampleCam/defects/s00/{year}0101T000000.ecsv" for year in (2020, 2022))
MANUAL = "ExampleCam/manual_defects/s00/20200101T000000.ecsv"
SCHEMAS = Path(__file__).resolve().parents[3] / "schemas" / "output"
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


def text_of(made: Made, path: str, boxes: Sequence[Box]) -> str:
    """Return a list of boxes with the header of a file."""
    lines = (made.root / path).read_text().split("\n")
    head = lines[: next(number for number, line in enumerate(lines) if line.startswith("x0 ")) + 1]
    return "\n".join([*head, *(" ".join(map(str, box)) for box in boxes), ""])


def write(made: Made, path: str, boxes: Sequence[Box], like: str = "", *, note: str = "") -> None:
    made.write(path, text_of(made, like or path, boxes))
    if note:
        assert main(["-C", str(made.root), "note", path, "-m", note]) == 0


def commit(made: Made, path: str, boxes: Sequence[Box], subject: str, like: str = "") -> str:
    write(made, path, boxes, like)
    return made.commit(subject)


def pixel(made: Made, x: int, y: int, date: datetime = NOW, rev: str | None = None) -> PixelBlame:
    return blame_pixel(AsOf(made.repo, rev), "S00", (x, y), date=date)


def book(made: Made) -> MaskLedger:
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
    assert [(one.added.commit, one.removed.commit) for one in file.earlier] == [(mask, unmask)]
    [row] = book(made).rows
    assert (row.status, row.added.commit, row.removed) == ("masked", again, None)
    assert [(one.added.commit, one.removed.commit) for one in row.earlier] == [(mask, unmask)]


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


def test_of_a_box_that_two_branches_added_the_older_edit_counts(made: Made) -> None:
    base = made.git("rev-parse", "main")
    texts = [
        text_of(made, FIRST, boxes)
        for boxes in ([], [(1, 1, 1, 1), COLUMN], [COLUMN], [COLUMN, (1, 1, 1, 1)])
    ]
    for parents in ([1, 2], [2, 1]):
        history = list(zip([[], [0], [0], parents], texts, strict=True))
        shas = write_history(made, history, f"two{parents[0]}", FIRST, base)
        [file] = blame_pixel(AsOf(made.repo, shas[-1]), "S00", (1600, 100), date=NOW).files
        row = next(row for row in ledger(AsOf(made.repo, shas[-1]), "S00").rows if row.box == COLUMN)
        assert (file.since.commit, row.added.commit) == (shas[1], shas[1])
        assert (file.earlier, row.earlier) == ((), ())


def test_a_branch_from_before_a_revert_hides_no_earlier_time(made: Made) -> None:
    base = made.git("rev-parse", "main")
    other = (1, 1, 1, 1)
    boxes = [[COLUMN], [], [COLUMN], [COLUMN, other], [other, COLUMN, (5, 5, 1, 1)]]
    texts = [text_of(made, FIRST, one) for one in boxes]
    for parents in ([2, 3], [3, 2]):
        history = list(zip([[], [0], [1], [0], parents], texts, strict=True))
        shas = write_history(made, history, f"revert{parents[0]}", FIRST, base)
        [file] = blame_pixel(AsOf(made.repo, shas[-1]), "S00", (1600, 100), date=NOW).files
        row = next(row for row in ledger(AsOf(made.repo, shas[-1]), "S00").rows if row.box == COLUMN)
        assert (file.since.commit, row.added.commit) == (shas[2], shas[2])
        assert commits(file.earlier) == commits(row.earlier) == [(shas[0], shas[1])]


def test_every_time_of_a_box_is_told_in_text_and_as_rows(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, boxes in enumerate(([COLUMN], [], [COLUMN])):
        commit(made, FIRST, boxes, f"Edit {number}")
    said = text(made, capsys, "ledger", "--detector", "S00")
    assert said.index("Edit 0") < said.index("Edit 1") < said.index("Edit 2")
    rows = list(
        csv.DictReader(io.StringIO(text(made, capsys, "ledger", "--detector", "S00", "--format", "csv")))
    )
    assert [(row["status"], row["added_note"], row["removed_note"]) for row in rows] == [
        ("earlier", "Edit 0", "Edit 1"),
        ("masked", "Edit 2", ""),
    ]
    [region] = validated(made, capsys, "ledger", "--detector", "S00")["regions"]
    assert [(one["added"]["note"], one["removed"]["note"]) for one in region["earlier"]] == [
        ("Edit 0", "Edit 1")
    ]
    told = " ".join(text(made, capsys, "blame", "--pixel", "1600,100", "--detector", "S00").split())
    assert "Edit 2 masked before: from " in told
    assert "Ada Editor: Edit 0) to " in told
    assert ", removed by " in told
    validated(made, capsys, "blame", "--pixel", "1600,100", "--detector", "S00")


def test_a_pixel_that_another_box_masks_meanwhile_has_one_life(made: Made) -> None:
    wide = (1590, 90, 40, 40)
    first = commit(made, FIRST, [COLUMN, wide], "Mask twice")
    for boxes in ([wide], [COLUMN, wide], [COLUMN]):
        commit(made, FIRST, boxes, "Change")
    [file] = pixel(made, 1600, 100).files
    assert (file.since.commit, file.earlier) == (first, ())


def test_the_end_of_a_box_that_the_next_file_never_had_is_no_removal(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(made, FIRST, [COLUMN], "Mask")
    commit(made, SECOND, [], "Measure again", FIRST)
    said = " ".join(text(made, capsys, "ledger", "--detector", "S00").split())
    assert "until 2022-01-01: the next file, 20220101T000000.ecsv, does not have it: " in said
    assert " - " not in said
    [region] = validated(made, capsys, "ledger", "--detector", "S00")["regions"]
    assert region["next_path"] == SECOND


def test_a_row_number_is_told_only_where_all_files_have_it(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    write(made, FIRST, [COLUMN])
    write(made, SECOND, [(1, 1, 1, 1), COLUMN], FIRST)
    made.commit("Mask")
    said = text(made, capsys, "blame", "--pixel", "1600,100", "--detector", "S00")
    assert "in the same way\n  x0=1600" in said
    commit(made, SECOND, [COLUMN], "Unmask another")
    assert "in the same way\n  row 1: x0=1600" in text(
        made, capsys, "blame", "--pixel", "1600,100", "--detector", "S00"
    )


def test_words_fit_what_is_not_committed_and_where_no_defects_apply(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    write(made, MANUAL, [COLUMN])
    said = " ".join(text(made, capsys, "blame", "--pixel", "1600,100", "--detector", "S00").split())
    assert "in git since" not in said
    assert "not committed yet" in said
    made.git("rm", "-q", FIRST)
    made.commit("No defects")
    said = " ".join(text(made, capsys, "blame", "--pixel", "1600,100", "--detector", "S00").split())
    assert "contains it, but no defects apply: exposures" in said


def text(made: Made, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(["-C", str(made.root), *words]) == 0
    return capsys.readouterr().out


def validated(made: Made, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text(made, capsys, *words, "--format", "json"))
    schema = json.loads((SCHEMAS / f"{words[0]}.schema.json").read_text())
    jsonschema.validate(found, schema, jsonschema.Draft7Validator)
    return found


@pytest.mark.parametrize(
    ("detector", "place", "message"),
    [
        ("S77", (0, 0), "has no detector 'S77'"),
        ("S00", (2048, 0), r"S00 has 2048 x \d+ pixels: there is no pixel 2048,0"),
        ("S00", (0, 999_999), "no pixel 0,999999"),
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
        (("--pixel=-1,0", "--detector", "S00"), "not a pixel"),
        (("--pixel", "1,9999999999", "--detector", "S00"), "not a pixel"),
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


def test_a_version_without_a_column_hides_no_other(made: Made) -> None:
    mask = commit(made, FIRST, [COLUMN], "Mask")
    text = (made.root / FIRST).read_text()
    made.write(FIRST, text.replace("width", "widht"))
    wrong = made.commit("Misspell a column")
    made.write(FIRST, text)
    made.commit("Spell it right")
    found = pixel(made, 1600, 100)
    assert ([one.since.commit for one in found.files], [one.commit for one in found.problems]) == (
        [mask],
        [wrong],
    )


def test_a_file_that_came_back_has_its_last_note(made: Made) -> None:
    write(made, FIRST, [COLUMN], note="first")
    assert main(["-C", str(made.root), "note", FIRST, "-m", "second"]) == 0
    made.commit("Mask")
    made.git("mv", FIRST, "elsewhere.txt")
    made.commit("Remove")
    made.git("mv", "elsewhere.txt", FIRST)
    made.commit("Put it back")
    [file] = pixel(made, 1600, 100).files
    assert file.since.note == "first\nsecond"


_branches = count()
lists = st.lists(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 3), st.integers(1, 2)),
        unique=True,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)


@given(versions=lists)
def test_answers_are_those_of_the_history_read_forward(template: Path, versions: list[list[Box]]) -> None:
    made = Made(template)
    texts = [text_of(made, FIRST, boxes) for boxes in versions]
    chain = [([number - 1] if number else [], text) for number, text in enumerate(texts)]
    shas = write_history(made, chain, f"b{next(_branches)}", FIRST, made.git("rev-parse", "main"))
    added: dict[Box, str] = {}
    removed: dict[Box, tuple[str, str]] = {}
    since: dict[tuple[int, int], str] = {}
    until: dict[tuple[int, int], tuple[str, str]] = {}
    every: dict[Box, list[tuple[str, str]]] = {}
    all_of: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for sha, boxes in zip(shas, versions, strict=True):
        removed.update({box: (added[box], sha) for box in added if box not in boxes})
        for box in added:
            if box not in boxes:
                every.setdefault(box, []).append((added[box], sha))
        added = {box: added.get(box, sha) for box in boxes}
        masked = {(x, y) for box in boxes for x, y in product(range(6), range(4)) if contains(box, x, y)}
        until.update({one: (since[one], sha) for one in since if one not in masked})
        for one in since:
            if one not in masked:
                all_of.setdefault(one, []).append((since[one], sha))
        since = {one: since.get(one, sha) for one in masked}
    rows = ledger(AsOf(made.repo, shas[-1]), "S00").rows
    assert {row.box: row.added.commit for row in rows if row.status == "masked"} == added
    assert {
        row.box: (row.added.commit, row.removed and row.removed.commit)
        for row in rows
        if row.status == "removed"
    } == {box: edits for box, edits in removed.items() if box not in added}
    assert {row.box: commits(row.earlier) for row in rows if row.earlier} == {
        box: told for box, known in every.items() if (told := known if box in added else known[:-1])
    }
    as_of = AsOf(made.repo, shas[-1])
    for x, y in ((0, 0), (1, 1), (3, 2), (5, 3)):
        files = blame_pixel(as_of, "S00", (x, y), date=NOW).files
        told = [(bool(one.boxes), one.since.commit, one.until and one.until.commit) for one in files]
        known = all_of.get((x, y), [])
        assert [one for file in files for one in commits(file.earlier)] == (
            known if (x, y) in since else known[:-1]
        )
        if (x, y) in since:
            assert told == [(True, since[x, y], None)]
        else:
            assert told == [(False, *until[x, y])] if (x, y) in until else told == []


def commits(spells: Sequence[Spell]) -> list[tuple[str, str]]:
    return [(one.added.commit, one.removed.commit) for one in spells]


def contains(box: Box, x: int, y: int) -> bool:
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]
