"""Two commits are named as git names them, and a path stays a path."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.cli.terminal.revision_range import parse_range, take_range

NAMES = st.from_regex(r"[a-z0-9]+([/.-][a-z0-9]+)*", fullmatch=True)


@given(NAMES, NAMES)
def test_a_range_names_both_commits(base: str, head: str) -> None:
    assert parse_range(f"{base}..{head}") == (base, head)
    assert parse_range(f"{base}..") == (base, "HEAD")


@given(NAMES, NAMES)
def test_a_path_that_goes_up_is_no_range(folder: str, name: str) -> None:
    for path in (f"../{name}", f"{folder}/../{name}", f"{folder}/..", f"../../{name}", "..", name):
        assert parse_range(path) is None


@pytest.mark.parametrize("text", ["a...b", "a..b..c", "..b", "a../b"])
def test_what_git_reads_otherwise_is_no_range(text: str) -> None:
    assert parse_range(text) is None


def test_a_file_of_that_name_is_meant_before_a_range(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert take_range(["a..b", "file"]) == (("a", "b"), ["file"])
    (tmp_path / "a..b").touch()
    assert take_range(["a..b", "file"]) == (None, ["a..b", "file"])
