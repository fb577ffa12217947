"""Renames count within one data ID only: no deletion hides behind a file for something else."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from random import Random

import pytest
from checks.overlay import addressed
from conftest import FUZZ
from repository.made import Made

from curator.checks.run.check_change import check_change

STARTS = ("20200101T000000", "20200301T000000", "20210101T000000", "20220101T000000")
FOLDERS = [f"ExampleCam/{kind}/{name}" for kind in ("defects", "manual_defects") for name in ("s00", "s01")]
ROUNDS = max(1, int(12 * FUZZ))


@pytest.fixture
def made(templates: dict[str, Path], tmp_path: Path) -> Made:
    shutil.copytree(templates["dmtn148"], tmp_path / "r", ignore=shutil.ignore_patterns(".git"))
    return Made.at(tmp_path / "r")


def dated(text: str, start: str) -> str:
    """Return a calibration as it stands at another start: only its VALIDSTART differs."""
    moment = f"{start[:4]}-{start[4:6]}-{start[6:8]}T00:00:00"
    return text.replace("VALIDSTART: '2020-01-01T00:00:00'", f"VALIDSTART: '{moment}'")


def test_no_certified_deletion_is_hidden(made: Made) -> None:
    """Random trees, and random deletions, additions, moves and swaps of files that read much alike."""
    rng = Random(510)
    originals = {folder: addressed(f"{folder}/{STARTS[0]}.ecsv", made.root) for folder in FOLDERS}
    places = [f"{folder}/{start}.ecsv" for folder, start in itertools.product(FOLDERS, STARTS)]

    def content(path: str) -> str:
        """Return what stands at a path: its own text, or a copy of another detector's."""
        source = path.rpartition("/")[0] if rng.random() < 0.7 else rng.choice(FOLDERS)
        return dated(originals[source], path.rpartition("/")[2].removesuffix(".ecsv"))

    for number in range(ROUNDS):
        before = {path: content(path) for path in places if rng.random() < 0.5}
        after = {path: text for path, text in before.items() if rng.random() < 0.6}
        for path in rng.sample(places, 3):
            texts = list(before.values()) or [content(path)]
            after[path] = rng.choice(texts) if rng.random() < 0.5 else content(path)
        for branch, texts in ((f"before-{number}", before), (f"after-{number}", after)):
            made.git("checkout", "-q", "-B", branch)
            for path in places:
                (made.root / path).unlink(missing_ok=True)
            for path, text in texts.items():
                made.write(path, text)
            made.commit("Rearrange what the detectors have")
        report = check_change(made.repo, f"before-{number}", f"after-{number}", select=["CUR510", "CUR511"])
        told = {one.path for one in report.findings if one.code == "CUR510" and one.severity == "error"}
        moved = {one.message.split("'")[1]: one.path for one in report.findings if one.code == "CUR511"}
        gone = before.keys() - after.keys()
        assert told | moved.keys() == gone
        assert not told & moved.keys()
        for old, new in moved.items():
            assert old.rpartition("/")[0] == new.rpartition("/")[0]
            assert new in after.keys() - before.keys()
        assert len({*moved.values()}) == len(moved)


def test_a_deletion_is_told_beside_a_new_file_of_another_detector(made: Made) -> None:
    first = f"{FOLDERS[0]}/{STARTS[0]}.ecsv"
    text = (made.root / first).read_text()
    made.commit("Begin with the template")
    made.git("checkout", "-q", "-b", "work")
    (made.root / first).unlink()
    made.write(f"{FOLDERS[1]}/{STARTS[2]}.ecsv", text)
    made.commit("Give the mask to the detector that it is of")
    [found] = check_change(made.repo, "main", "work", select=["CUR51"]).findings
    assert (found.code, found.path, found.severity) == ("CUR510", first, "error")
    assert f"'{FOLDERS[1]}/{STARTS[2]}.ecsv' now has the same content" in found.message


def test_a_move_between_hundreds_of_files_is_found_without_a_limit_of_git(made: Made) -> None:
    """More files change than git compares: it would then call all of them deleted and added."""
    text = (made.root / FOLDERS[0] / f"{STARTS[0]}.ecsv").read_text()
    folder = made.root / FOLDERS[0]
    for day in range(1, 29):
        made.write(f"{FOLDERS[0]}/202301{day:02}T000000.ecsv", f"{text}{day} {day} 1 1\n")
    made.commit("Mask more every day")
    made.git("config", "diff.renameLimit", "1")
    made.git("checkout", "-q", "-b", "work")
    for day in range(1, 29):
        old = folder / f"202301{day:02}T000000.ecsv"
        old.write_text(f"{text}{day} {day} 1 1\n{day} 90 1 1\n")
        old.rename(folder / f"202401{day:02}T000000.ecsv")
    made.commit("Begin a year later")
    report = check_change(made.repo, "main", "work", select=["CUR510", "CUR511"])
    moves = {(one.message.split("'")[1][-14:-12], one.path[-14:-12]) for one in report.findings}
    assert {one.code for one in report.findings} == {"CUR511"}
    assert len(report.findings) == 28
    assert all(old == new for old, new in moves)
