"""`curator fix`, as a user and as pre-commit runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import warm
from examples import EXAMPLE_FILES

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SENSOR = "ExampleCam/transmission_sensor/s00/20200101T000000.ecsv"


def spoil(root: Path, path: str, old: str = "{INSTRUME:", new: str = "{instrume:") -> bytes:
    raw = (root / path).read_bytes()
    assert old.encode() in raw
    (root / path).write_bytes(raw.replace(old.encode(), new.encode(), 1))
    return raw


def test_it_says_what_it_fixed_by_rule_and_what_is_left(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = [spoil(repository, path) for path in (DEFECTS, SENSOR)]
    spoil(repository, SENSOR, "{DETECTOR: 0}", "{DETECTOR: 1}")
    assert main(["-C", str(repository), "fix"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Fixed 2 findings in 2 files:",
        "  CUR104  standard keyword is not in upper case  2",
        "1 finding needs a decision; `curator check` lists it",
    ]
    assert (repository / DEFECTS).read_bytes() == clean[0]
    assert main(["-C", str(repository), "fix"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Nothing to fix in {EXAMPLE_FILES} files.",
        "1 finding needs a decision; `curator check` lists it",
    ]


def test_verbose_lists_every_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(repository, DEFECTS)
    assert main(["-C", str(repository), "fix", "--verbose"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        DEFECTS,
        "  CUR104 instrume is not in upper case",
    ]


def test_a_diff_writes_nothing_and_says_so_by_its_status(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(repository), "fix", "--diff"]) == 0
    assert capsys.readouterr().out == ""
    spoil(repository, DEFECTS)
    raw = (repository / DEFECTS).read_bytes()
    assert main(["-C", str(repository), "fix", "--diff"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [f"--- a/{DEFECTS}", f"+++ b/{DEFECTS}"]
    assert [line for line in lines[2:] if line[0] in "+-"] == [
        "-# - {instrume: 'ExampleCam'}",
        "+# - {INSTRUME: 'ExampleCam'}",
    ]
    assert (repository / DEFECTS).read_bytes() == raw


def test_what_it_shows_is_a_patch(repository: Path) -> None:
    clean = [spoil(repository, path) for path in (DEFECTS, SENSOR)]
    (repository / SENSOR).write_bytes((repository / SENSOR).read_bytes().replace(b"\n", b"\r\n")[:-2])
    words = [warm.python(), "-m", "curator", "fix", "--diff"]
    patch = subprocess.run(words, cwd=repository, capture_output=True, check=False).stdout
    subprocess.run(["git", "apply", "-"], cwd=repository, input=patch, check=True)
    assert [(repository / path).read_bytes() for path in (DEFECTS, SENSOR)] == clean


def test_only_the_paths_and_rules_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (DEFECTS, SENSOR):
        spoil(repository, path)
    assert main(["-C", str(repository), "fix", "ExampleCam/defects"]) == 0
    assert "in 1 file" in capsys.readouterr().out
    assert main(["-C", str(repository), "fix", "--select", "CUR2"]) == 0
    assert "Nothing to fix" in capsys.readouterr().out
    assert main(["-C", str(repository), "fix", "--select", "CUR104", "--ignore", "CUR1"]) == 0
    assert b"{instrume:" in (repository / SENSOR).read_bytes()
    assert main(["-C", str(repository), "fix", "--select", "XYZ"]) == 2
    assert main(["-C", str(repository), "fix", "nothing/here.ecsv"]) == 2


def test_what_would_lose_something_is_said_and_left(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, DEFECTS, "SOURCE: '", "SOURCE: 'a\tb")
    assert main(["-C", str(repository), "fix"]) == 0
    out = capsys.readouterr().out
    assert "CUR006 is not fixed: the tabs cannot be fixed safely: some are inside a text" in out


def test_a_migration_is_shown_and_then_done(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(repository), "fix", "--migrate", "obs_base", "--diff"]) == 1
    shown = capsys.readouterr().out
    assert "-profile: dmtn148" in shown
    assert "+profile: obs_base" in shown
    assert main(["-C", str(repository), "fix", "--migrate", "obs_base"]) == 0
    said = capsys.readouterr().out
    assert f"moves {EXAMPLE_FILES} files and curator.yaml to obs_base" in said
    assert max(map(len, said.splitlines())) <= 80
    assert main(["-C", str(repository), "fix", "--migrate", "obs_base"]) == 0
    assert capsys.readouterr().out == "Nothing to do: the profile is already obs_base.\n"
    assert main(["-C", str(repository), "check"]) == 0


def test_a_migration_takes_no_paths_and_no_dirty_tree(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["ExampleCam"], ["--select", "CUR1"], ["--ignore", "CUR1"]):
        assert main(["-C", str(repository), "fix", "--migrate", "obs_base", *words]) == 2
    spoil(repository, DEFECTS)
    assert main(["-C", str(repository), "fix", "--migrate", "obs_base"]) == 2
    assert "has changes that are not committed" in capsys.readouterr().err


def test_pre_commit_stops_a_commit_whose_files_it_fixed(repository: Path) -> None:
    (repository / ".pre-commit-config.yaml").write_text(
        "repos:\n- repo: local\n  hooks:\n  - id: curator-fix\n    name: fix\n    language: system\n"
        f"    entry: {sys.executable} -m curator fix\n    files: '\\.(ecsv|ya?ml)$'\n"
    )
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(repository.parent / "home"),
        "PRE_COMMIT_COLOR": "never",
    }
    clean = spoil(repository, DEFECTS)
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    words = [sys.executable, "-m", "pre_commit", "run"]
    first = subprocess.run(
        words, cwd=repository, env=environment, capture_output=True, text=True, check=False
    )
    assert first.returncode == 1, first.stdout
    assert "files were modified by this hook" in first.stdout
    assert (repository / DEFECTS).read_bytes() == clean
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    (repository / "more.yaml").write_text("a: 1\n")
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    second = subprocess.run(
        words, cwd=repository, env=environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 0, second.stdout
