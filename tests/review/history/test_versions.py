"""The versions of a file are those that git shows, and from one name to the next those that git follows."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from conftest import FUZZ
from hypothesis import given
from hypothesis import strategies as st
from repository.dags import random_history, write_histories
from repository.made import Made, git

from curator.errors import CuratorError, FormatError, IncompleteCloneError, RepositoryError
from curator.review.history.versions import FileHistory, Histories, file_history

OLD, NEW = "cam/defects/s01/20200101T000000.ecsv", "cam/defects/s01/20210101T000000.ecsv"
# Paths of the random histories that never were a directory: of one that was, git shows what was below it.
FILES = [b"a", b"b c", b"d/x", b"d/y", b"e/f/g", b"\xffz"]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made.at(tmp_path / "repo")


def history(made: Made, path: str, rev: str = "HEAD") -> FileHistory:
    return file_history(made.repo, rev, path)


def subjects(found: FileHistory) -> list[str]:
    return [version.commit.subject for version in found.versions]


def told(found: FileHistory) -> dict[str, list[str]]:
    """Return the commits of a history, each with those of its parents."""
    return {
        version.commit.sha: [found.versions[parent].commit.sha for parent in version.parents]
        for version in found.versions
    }


def text(*rows: int) -> str:
    return "".join(f"{row} {row} 1 1\n" for row in rows)


@pytest.mark.parametrize("seed", range(2))
def test_versions_without_renames_are_those_of_git_log_with_the_parents_that_git_gives(seed, made):
    rng = random.Random(seed)
    tips = write_histories(made, [random_history(rng) for _ in range(max(1, int(70 * FUZZ)))])
    shown = merged = 0
    for tip in tips:
        histories = Histories(made.repo, tip)
        for path in FILES:
            found = histories.of(os.fsdecode(path), follow=False)
            command = ["rev-list", "--parents", tip, "--", os.fsdecode(path)]
            lines = git(made.root, "--literal-pathspecs", *command).decode().split("\n")
            expected = {sha: parents for sha, *parents in map(str.split, filter(None, lines))}
            log = git(made.root, "--literal-pathspecs", "log", "--format=%H", tip, "--", os.fsdecode(path))
            assert {version.commit.sha for version in found.versions} == set(log.decode().split())
            assert told(found) == expected, (tip, path)
            assert [version.blob for version in found.versions] == blobs(made, found)
            alone, among_all = (
                file_history(made.repo, tip, os.fsdecode(path)),
                histories.of(os.fsdecode(path)),
            )
            assert told(alone) == told(among_all), (tip, path)
            for number, version in enumerate(found.versions):
                assert all(parent > number for parent in version.parents), "a parent stands before its child"
            shown += len(expected)
            merged += any(len(parents) > 1 for parents in expected.values())
    assert shown > 2 * len(tips), "histories this simple prove nothing"
    assert merged, "no version comes from two others"


def blobs(made: Made, found: FileHistory) -> list[str]:
    """Return what git says of every version: its object id, or nothing where the commit removed it."""
    asked = "".join(f"{version.commit.sha}:{version.path}\n" for version in found.versions)
    said = git(made.root, "cat-file", "--batch-check", input=os.fsencode(asked)).decode("utf-8", "replace")
    return ["" if line.endswith(" missing") else line.split()[0] for line in said.splitlines()]


@given(seed=st.integers(0, 1 << 32), length=st.integers(1, 14))
def test_pure_renames_in_a_line_are_followed_as_git_follows_them(seed, length, tmp_path_factory):
    made = Made.at(tmp_path_factory.mktemp("line") / "repo")
    rng = random.Random(seed)
    names = [
        f"{camera}/defects/{detector}/20{year}0101T000000.ecsv"
        for camera in ("cam", "deep/camera")
        for detector in ("s01", "S02", "s02")
        for year in (19, 20, 21)
    ]
    names += ["notes.txt", "deep/a b", "x.ecsv"]
    content: dict[str, str] = {}
    for name in rng.sample(names, 4):
        content[name] = "".join(f"{rng.random()}\n" for _ in range(20))
    stream = commit(1, "first", content)
    for number in range(2, length + 2):
        name = rng.choice(sorted(content))
        free = [one for one in names if one not in content]
        if rng.random() < 0.6:
            content[rng.choice(free)] = content.pop(name)
        else:
            content[name] += f"{rng.random()}\n"
        stream += commit(number, f"number {number}", content)
    git(made.root, "fast-import", "--quiet", input=stream.encode())
    for name in content:
        expected = made.git("log", "--follow", "--format=%H", "--name-only", "main", "--", name).split("\n")
        found = history(made, name, "main")
        commits = [line for line in expected if len(line) == 40]
        assert [version.commit.sha for version in found.versions] == commits, name
        followed = [line for line in expected if line and len(line) != 40]
        assert [version.path for version in found.versions] == followed


def commit(number: int, subject: str, content: dict[str, str]) -> str:
    date = 1_600_000_000 + 100 * number
    lines = [
        "commit refs/heads/main",
        f"author A <a@example.org> {date} +0000",
        f"committer A <a@example.org> {date} +0000",
        f"data {len(subject)}",
        subject,
        "deleteall",
    ]
    for name, value in content.items():
        lines.append(f'M 100644 inline "{name}"\ndata {len(value)}\n{value}')
    return "\n".join(lines) + "\n"


def test_a_new_start_a_new_camera_folder_and_another_case_are_followed(made: Made) -> None:
    made.write("old/defects/S01/20200101T000000.ecsv", text(*range(9)))
    made.commit("first")
    for old, new, subject in (
        ("old/defects/S01/20200101T000000.ecsv", "cam/defects/S01/20200101T000000.ecsv", "another folder"),
        ("cam/defects/S01/20200101T000000.ecsv", OLD, "another case"),
        (OLD, NEW, "another start"),
    ):
        (made.root / new).parent.mkdir(parents=True, exist_ok=True)
        made.git("mv", old, new)
        made.commit(subject)
    made.write(NEW, text(*range(8)))
    made.commit("edit")
    found = history(made, NEW)
    assert subjects(found) == ["edit", "another start", "another case", "another folder", "first"]
    assert [version.path for version in found.versions[1:3]] == [NEW, OLD]
    assert [version.parents for version in found.versions] == [(1,), (2,), (3,), (4,), ()]
    assert found.raw(found.versions[4]) == text(*range(9)).encode()


def test_a_new_start_is_followed_though_the_same_commit_rewrote_the_file(made: Made) -> None:
    made.write(OLD, text(1, 2, 3))
    made.commit("first")
    (made.root / OLD).unlink()
    made.write(NEW, text(7, 8, 9))
    made.commit("again")
    assert subjects(history(made, NEW)) == ["again", "first"]


def test_files_that_changed_their_starts_together_are_not_confused(made: Made) -> None:
    """All detectors have the same masks, and two start at each date."""
    paths = [
        f"{camera}/defects/{detector}/{year}0101T000000.ecsv"
        for camera in ("one", "two")
        for detector in ("s01", "s02")
        for year in (2020, 2021)
    ]
    for path in paths:
        made.write(path, text(1, 2))
    made.commit("first")
    for path in paths:
        made.git("mv", path, path.replace("0101T", "0202T"))
    made.commit("all start later")
    histories = Histories(made.repo, made.git("rev-parse", "HEAD"))
    for path in paths:
        found = histories.of(path.replace("0101T", "0202T"))
        assert {version.path.split("/")[0] for version in found.versions} == {path.split("/")[0]}
        assert {version.path.split("/")[2] for version in found.versions} == {path.split("/")[2]}
        assert subjects(found) == ["all start later", "first"]
    assert len({histories.of(path.replace("0101T", "0202T")).versions[1].path for path in paths}) == len(
        paths
    )


def test_a_moved_camera_folder_keeps_each_file_at_its_start(made: Made) -> None:
    for year in (2020, 2021, 2022):
        made.write(f"one/defects/s01/{year}0101T000000.ecsv", text(1, 2))
    made.commit("first")
    made.git("mv", "one", "two")
    made.commit("moved")
    for year in (2020, 2021, 2022):
        found = history(made, f"two/defects/s01/{year}0101T000000.ecsv")
        assert [version.path for version in found.versions] == [
            f"{camera}/defects/s01/{year}0101T000000.ecsv" for camera in ("two", "one")
        ]


def test_another_detector_with_much_the_same_masks_is_another_file(made: Made) -> None:
    made.write("cam/defects/s01/20200101T000000.ecsv", text(*range(20)))
    made.commit("first")
    made.git("rm", "-q", "cam/defects/s01/20200101T000000.ecsv")
    made.write("cam/defects/s02/20200101T000000.ecsv", text(*range(21)))
    made.commit("second")
    assert subjects(history(made, "cam/defects/s02/20200101T000000.ecsv")) == ["second"]


def test_a_new_file_beside_a_removed_one_of_another_type_is_new(made: Made) -> None:
    made.write("cam/defects/s01/20200101T000000.ecsv", text(1))
    made.commit("first")
    made.git("rm", "-q", "cam/defects/s01/20200101T000000.ecsv")
    made.write("cam/manual_defects/s01/20200101T000000.ecsv", text(2))
    made.commit("second")
    assert subjects(history(made, "cam/manual_defects/s01/20200101T000000.ecsv")) == ["second"]


def test_a_file_that_was_removed_and_added_again_is_told_as_a_whole(made: Made) -> None:
    made.write(OLD, text(1))
    made.commit("first")
    made.git("rm", "-q", OLD)
    made.commit("gone")
    made.write(OLD, text(1, 2))
    made.commit("back")
    found = history(made, OLD)
    assert subjects(found) == ["back", "gone", "first"]
    assert [bool(version.blob) for version in found.versions] == [True, False, True]
    with pytest.raises(RepositoryError, match="removed this file"):
        found.raw(found.versions[1])
    made.git("rm", "-q", OLD)
    made.commit("gone again")
    assert subjects(history(made, OLD))[0] == "gone again"


def test_a_rename_on_one_side_of_a_merge_meets_an_edit_on_the_other(made: Made) -> None:
    made.write(OLD, text(*range(9)))
    made.commit("first")
    made.git("checkout", "-q", "-b", "side")
    made.git("mv", OLD, NEW)
    made.commit("starts later")
    made.git("checkout", "-q", "main")
    made.write(OLD, text(*range(10)))
    made.commit("edited meanwhile")
    made.git("merge", "-q", "--no-edit", "side")
    found = history(made, NEW)
    assert sorted(subjects(found)[1:]) == ["edited meanwhile", "first", "starts later"]
    assert found.versions[0].path == NEW
    main, side = (found.versions[parent] for parent in found.versions[0].parents)
    assert (main.commit.subject, main.path) == ("edited meanwhile", OLD)
    assert (side.commit.subject, side.path) == ("starts later", NEW)
    first = len(found.versions) - 1
    assert [version.parents for version in (main, side)] == [(first,), (first,)]


def test_the_same_file_added_on_both_sides_has_two_first_versions(made: Made) -> None:
    made.commit("first", "a")
    made.git("checkout", "-q", "-b", "side")
    made.write(OLD, text(1))
    made.commit("on the side")
    made.git("checkout", "-q", "main")
    made.write(OLD, text(2))
    made.commit("on main")
    made.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    made.write(OLD, text(1, 2))
    made.commit("both")
    found = history(made, OLD)
    assert told(found)[made.git("rev-parse", "HEAD")] == made.git("rev-parse", "HEAD^1", "HEAD^2").split("\n")
    assert [bool(version.parents) for version in found.versions] == [True, False, False]


def test_a_shallow_clone_tells_what_it_has_and_where_it_ends(made: Made) -> None:
    for rows in range(1, 5):
        made.write(OLD, text(*range(rows)))
        made.commit(f"number {rows}")
    made.git("clone", "-q", "--depth=2", f"file://{made.root}", "../shallow")
    found = history(Made(made.root.parent / "shallow"), OLD)
    assert subjects(found) == ["number 4", "number 3"]
    assert [version.is_cut for version in found.versions] == [False, True]


def test_a_clone_without_contents_tells_all_but_the_contents(made: Made) -> None:
    made.write(OLD, text(1, 2, 3))
    made.commit("first")
    made.git("mv", OLD, NEW)
    made.commit("starts later")
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{made.root}", "../partial")
    partial = Made(made.root.parent / "partial")
    before = partial.git("count-objects", "-v")
    found = history(partial, NEW)
    assert subjects(found) == ["starts later", "first"]
    with pytest.raises(IncompleteCloneError):
        found.raw(found.versions[0])
    assert partial.git("count-objects", "-v") == before


def test_a_path_that_never_was_has_no_versions_and_a_link_no_bytes(made: Made) -> None:
    (made.root / "link").symlink_to("elsewhere")
    made.commit("first")
    assert history(made, "never").versions == ()
    found = history(made, "link")
    with pytest.raises(FormatError, match="link"):
        found.raw(found.versions[0])
    with pytest.raises(CuratorError):
        history(made, "link", "no-such-commit")
