from __future__ import annotations

import os
from pathlib import Path

import pytest
from repository.made import Made

from curator.repository.git import history_cache as cache
from curator.repository.git import log_reader
from curator.repository.history import History


@pytest.fixture
def asked(made: Made, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commits whose history git was asked for."""
    found: list[str] = []
    read = log_reader.read_log

    def counted(git, sha, *args, **options):
        found.append(sha)
        return read(git, sha, *args, **options)

    monkeypatch.setattr(log_reader, "read_log", counted)
    made.commit("one", "a", "d/b")
    made.commit("two", "a")
    return found


def answers(made: Made) -> dict[str, list[str]]:
    found = History.of(made.repo.git, made.repo.commit().sha)
    return {path: [edit.subject for edit in found.edits(path)] for path in ("a", "d/b", "never")}


EXPECTED = {"a": ["two", "one"], "d/b": ["one"], "never": []}


def only_file() -> Path:
    (file,) = Path(cache.folder()).iterdir()
    return file


def test_git_is_asked_once_for_each_commit(made, asked):
    assert answers(made) == answers(made) == EXPECTED
    assert len(asked) == 1
    made.commit("three", "c")
    answers(made)
    assert len(asked) == 2


def test_it_is_kept_outside_the_repository_where_the_user_says(made, asked):
    answers(made)
    assert str(only_file()).startswith(os.environ["XDG_CACHE_HOME"])
    assert made.git("status", "--porcelain") == ""


def test_without_a_place_of_the_users_it_is_kept_at_home(monkeypatch):
    for value in ("", "relative/path"):
        monkeypatch.setenv("XDG_CACHE_HOME", value)
        assert cache.folder() == os.path.join(os.environ["HOME"], ".cache/curator/history")


def _spoil_end(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


@pytest.mark.parametrize(
    "spoil",
    [
        _spoil_end,
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"",
        lambda raw: b"\xff" * 100,
        lambda raw: raw.replace(b"curator-history-1", b"curator-history-0", 1),
        lambda raw: raw.replace(b"two\0", b"2wo\0", 1),
        lambda raw: raw.replace(b"little", b"midway", 1).replace(b"big", b"mid", 1),
        lambda raw: raw.partition(b"\n")[0] + b"\n",
        lambda raw: raw.replace(b" ", b",", 3),
        lambda raw: raw.replace(b"\n", b",1\n", 1),
    ],
)
def test_a_spoilt_file_is_not_believed_and_mended(spoil, made, asked):
    answers(made)
    good = only_file().read_bytes()
    only_file().write_bytes(spoil(good))
    assert only_file().read_bytes() != good
    assert answers(made) == EXPECTED
    assert len(asked) == 2
    assert only_file().read_bytes() == good


def test_a_file_of_another_commit_is_not_believed(made, asked):
    answers(made)
    first = only_file()
    made.commit("three", "a")
    first.rename(first.with_name(made.git("rev-parse", "HEAD")))
    assert answers(made)["a"] == ["three", "two", "one"]


def test_a_symbolic_link_is_not_believed(made, asked, tmp_path):
    answers(made)
    only_file().rename(tmp_path / "elsewhere")
    (Path(cache.folder()) / made.git("rev-parse", "HEAD")).symlink_to(tmp_path / "elsewhere")
    assert answers(made) == EXPECTED
    assert len(asked) == 2


def test_a_file_of_another_user_is_not_believed(made, asked):
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    answers(made)
    os.chown(only_file(), 12345, 12345)
    assert answers(made) == EXPECTED
    assert len(asked) == 2


@pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null"])
def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(place, made, asked, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert answers(made) == answers(made) == EXPECTED
    assert len(asked) == 2


def test_only_so_many_are_kept(made, asked):
    for number in range(20):
        made.git("commit", "-q", "--allow-empty", "-m", f"{number}")
        answers(made)
    kept = {file.name for file in Path(cache.folder()).iterdir()}
    assert len(kept) == 16
    assert made.git("rev-parse", "HEAD") in kept


def test_a_full_disk_leaves_no_part_of_a_file(made, asked, monkeypatch):
    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert answers(made) == EXPECTED
    assert list(Path(cache.folder()).iterdir()) == []
