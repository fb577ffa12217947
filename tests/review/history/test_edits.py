"""Which commits edited calibrations, of a folder or of several files."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FUZZ
from repository.dags import random_history, write_histories
from repository.made import Made, git

from curator.repository.git.log_reader import Log, read_log
from curator.repository.git.path_walk import walk_below
from curator.review.history.edits import edits

FOLDER = "cam/defects/s01"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made.at(tmp_path / "repo")


@pytest.mark.parametrize("seed", range(2))
def test_the_commits_of_folders_are_those_of_git_log(seed: int, made: Made) -> None:
    rng = random.Random(seed)
    tips = write_histories(made, [random_history(rng) for _ in range(max(1, int(40 * FUZZ)))])
    for tip in tips:
        log = read_log(made.repo.git, tip)
        for folders in (["e"], ["d", "e"]):
            names = [os.fsencode(folder) for folder in folders]
            found = [log.facts[commit][:40].decode() for commit in walk_below(log, names)]
            # With a slash behind it, what once was a file of this name does not count.
            slashed = [f"{folder}/" for folder in folders]
            expected = git(made.root, "log", "--format=%H", tip, "--", *slashed).decode().split()
            assert sorted(found) == sorted(expected), (tip, folders)
            dates = [log.dates[commit] for commit in walk_below(log, names)]
            if all(log.dates[one] >= log.dates[at] for at, many in _children(log) for one in many):
                assert dates == sorted(dates, reverse=True)


def _children(log: Log) -> Iterator[tuple[int, list[int]]]:
    for number in range(len(log.parents)):
        yield number, [child for child, parents in enumerate(log.parents) if number in parents]


def told(made: Made, *paths: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    head = made.git("rev-parse", "HEAD")
    return [
        (
            edit.commit.subject if edit.commit else "",
            [(one.kind, one.old_path, one.path) for one in edit.changes],
        )
        for edit in edits(made.repo, head, paths)
    ]


def test_a_folder_tells_each_change_with_its_former_name_and_nothing_else(made: Made) -> None:
    old, new, other = f"{FOLDER}/20200101T000000.ecsv", f"{FOLDER}/20210101T000000.ecsv", "cam/defects/s02"
    made.commit("first", old, f"{other}/20200101T000000.ecsv", "README.md")
    made.commit("elsewhere", f"{other}/20200101T000000.ecsv", "README.md")
    made.git("mv", old, new)
    made.commit("starts later")
    made.git("rm", "-q", new)
    made.commit("gone")
    assert told(made, FOLDER) == [
        ("gone", [("removed", new, new)]),
        ("starts later", [("renamed", old, new)]),
        ("first", [("added", "", old)]),
    ]
    assert [subject for subject, _ in told(made)] == ["gone", "starts later", "elsewhere", "first"]
    assert len(told(made)[-1][1]) == 2, "README.md is no calibration"


def test_a_file_that_left_a_folder_is_told_with_where_it_went(made: Made) -> None:
    old, new = "old/defects/s01/20200101T000000.ecsv", "new/defects/s01/20200101T000000.ecsv"
    made.commit("first", old)
    (made.root / "new/defects/s01").mkdir(parents=True)
    made.git("mv", old, new)
    made.commit("moved")
    assert told(made, "old")[0] == ("moved", [("renamed", old, new)])
    assert told(made, new, "old") == told(made)


def test_files_and_folders_are_told_together_by_commit(made: Made) -> None:
    one, two = f"{FOLDER}/20200101T000000.ecsv", "cam/defects/s02/20200101T000000.ecsv"
    made.commit("one", one)
    made.commit("two", two)
    made.commit("both", one, two)
    assert [subject for subject, _ in told(made, one, two)] == ["both", "two", "one"]
    assert len(told(made, one, "cam/defects/s02")[0][1]) == 2
