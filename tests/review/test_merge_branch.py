"""``curator merge``: what a forge calls conflicting, in a clone where git was never set up."""

from __future__ import annotations

from pathlib import Path

import pytest
from review.test_git_drivers import BOTH, HEADER, OURS, PATH, ROWS, THEIRS, Place

from curator.cli.main import main


@pytest.fixture
def parted(tmp_path: Path) -> Place:
    place = Place(tmp_path / "repository")
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    place.commit(ROWS)
    place.branch("side", "main", ROWS + THEIRS)
    place.git("checkout", "-q", "main")
    place.commit(ROWS + OURS)
    return place


def test_a_branch_is_merged_and_nothing_is_committed_or_set(
    parted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    config = (parted.root / ".git/config").read_bytes()
    head = parted.git("rev-parse", "HEAD")
    assert main(["-C", str(parted.root), "merge", "side"]) == 0
    assert parted.text == BOTH
    out, err = capsys.readouterr()
    assert err == ""
    assert out == f"merged: {PATH}\nNothing is committed. Next: `curator diff --staged`, then `git commit`.\n"
    assert parted.git("rev-parse", "HEAD") == head
    assert (parted.root / ".git/config").read_bytes() == config
    parted.git("commit", "-q", "--no-edit")
    assert parted.git("log", "-1", "--format=%s") == "Merge branch 'side'\n"
    assert main(["-C", str(parted.root), "merge", "side"]) == 0
    assert "There was nothing to merge" in capsys.readouterr().out


def test_conflicts_are_left_and_said(parted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    for branch, size in (("side", 7), ("main", 8)):
        parted.git("checkout", "-q", branch)
        parted.commit(f"10 1 1 {size}\n20 1 1 1\n")
    assert main(["-C", str(parted.root), "merge", "side"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"conflict: {PATH}\nNext: ")
    assert f"curator: {PATH}:{HEADER.count(chr(10)) + 1}: both changed x0=10 y0=1" in err
    assert parted.text == f"{HEADER}<<<<<<< ours\n10 1 1 8\n=======\n10 1 1 7\n>>>>>>> theirs\n20 1 1 1\n"
    assert main(["-C", str(parted.root), "merge", "side"]) == 2


def test_a_branch_that_is_ahead_is_taken(parted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    parted.git("checkout", "-q", "-b", "ahead")
    parted.commit(ROWS)
    parted.git("checkout", "-q", "main")
    assert main(["-C", str(parted.root), "merge", "ahead"]) == 0
    assert parted.text == HEADER + ROWS


@pytest.mark.parametrize("branch", ["none", "--abort", "-x"])
def test_what_is_no_branch_is_refused(parted: Place, branch: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(parted.root), "merge", branch]) == 2
    assert capsys.readouterr().err.count("\n") <= 2


def test_local_changes_stay(parted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    parted.write(ROWS + OURS + "99 1 1 1\n")
    assert main(["-C", str(parted.root), "merge", "side"]) == 2
    assert "would be overwritten by merge" in capsys.readouterr().err
    assert parted.text == HEADER + ROWS + OURS + "99 1 1 1\n"


def test_no_code_of_the_repository_is_run(parted: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (parted.root / "curator").mkdir()
    for name in ("curator/__init__.py", "curator/__main__.py", "re.py", "json.py"):
        (parted.root / name).write_text("open('ran', 'w')\n")
    (parted.root / ".gitattributes").write_text("*.txt merge=evil\n")
    (parted.root / "a.txt").write_text("1\n")
    parted.git("config", "merge.evil.driver", "touch ran; exit 0")
    hooks = parted.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-merge", "pre-merge-commit", "post-checkout", "prepare-commit-msg"):
        (hooks / name).write_text("#!/bin/sh\ntouch ran\n")
        (hooks / name).chmod(0o755)
    parted.git("-c", "core.hooksPath=/dev/null", "add", "-A")
    parted.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "code")
    parted.git("branch", "-q", "-f", "both", "HEAD")
    for branch, text in (("both", "2\n"), ("main", "3\n")):
        parted.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", branch)
        (parted.root / "a.txt").write_text(text)
        parted.write(f"{ROWS}{OURS}5{text[0]} 1 1 1\n")
        parted.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-a", "-m", "edit")
    assert main(["-C", str(parted.root), "merge", "both"]) == 1
    assert parted.text == f"{HEADER}{ROWS}{OURS}52 1 1 1\n53 1 1 1\n"
    assert "<<<<<<<" in (parted.root / "a.txt").read_text()
    assert not list(parted.root.rglob("ran"))
    assert capsys.readouterr().out.startswith(f"merged: {PATH}\nconflict: a.txt\n")
