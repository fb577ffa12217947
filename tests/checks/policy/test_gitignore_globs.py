"""Globs of suppressions, against git's own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.checks.policy.gitignore_globs import Glob

NAMES = st.sampled_from(["a", "b", "ab", "x.ecsv", "r22_s11", "]", "a-b"])
PATHS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)
WILD = st.sampled_from(
    ["*", "**", "?", "a*", "*.ecsv", "[ab]", "[!a]", "r[0-9]?_*", "*b", "a?", "[]]", "[a-]*", "\\*"]
)
PATTERNS = st.tuples(
    st.sampled_from(["", "/"]),
    st.lists(NAMES | WILD, min_size=1, max_size=4).map("/".join),
    st.sampled_from(["", "/", "/**"]),
).map("".join)


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("cam/**/x.ecsv", ["cam/x.ecsv", "cam/a/b/x.ecsv"], ["x.ecsv", "a/cam/x.ecsv"]),
        ("cam/*.ecsv", ["cam/x.ecsv"], ["cam/a/x.ecsv"]),
        ("cam/defects", ["cam/defects/s00/x.ecsv"], ["cam/defects_old/x", "other/cam/defects/x"]),
        ("cam/defects/", ["cam/defects/s00/x.ecsv"], ["cam/defects"]),
        ("cam/defects/**", ["cam/defects/s00/x.ecsv"], ["cam/defects"]),
        ("*.ecsv", ["x.ecsv", "cam/a/x.ecsv"], ["x.yaml"]),
        ("*", ["x", "cam/a/x.ecsv"], []),
        ("**", ["x", "cam/a/x.ecsv"], []),
        ("**/", ["cam/x", "cam/a/x.ecsv"], ["x"]),
        ("/**/", ["cam/x"], ["x"]),
        ("cam/**/", ["cam/a/x"], ["cam", "cam/x", "x"]),
        ("/x", ["x", "x/y"], ["a/x"]),
        ("cam/r[0-2]?_s*/x", ["cam/r12_s00/x"], ["cam/r32_s00/x"]),
    ],
)
def test_a_glob_is_what_gitignore_says_it_is(pattern: str, inside: list[str], outside: list[str]) -> None:
    assert [path for path in inside if not Glob(pattern).matches(path)] == []
    assert [path for path in outside if Glob(pattern).matches(path)] == []


@pytest.fixture(scope="module")
def git(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("globs")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


@settings(max_examples=40)
@given(pattern=PATTERNS, paths=st.sets(PATHS, min_size=5, max_size=40))
def test_git_agrees(pattern: str, paths: set[str], git: Path) -> None:
    (git / ".git" / "info" / "exclude").write_text(f"{pattern}\n")
    command = ["git", "check-ignore", "--no-index", "--stdin", "-z"]
    said = subprocess.run(
        command, input="\0".join(paths), capture_output=True, text=True, cwd=git, check=False
    )
    assert said.returncode in (0, 1), said.stderr
    glob = Glob(pattern)
    assert {path for path in paths if glob.matches(path)} == set(said.stdout.split("\0")[:-1])


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not Glob("a*" * 400 + "b").matches("a" * 4000)
    assert not Glob("**/a/" * 200 + "b").matches("a/" * 2000 + "c")
