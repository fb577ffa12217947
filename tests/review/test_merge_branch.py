"""``curator merge``: what a forge calls conflicting, in a clone where git was never set up."""

from __future__ import annotations

import subprocess
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


def test_each_file_that_a_merge_would_overwrite_is_named(
    parted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place = parted
    many = [f"a{number:02}.txt" for number in range(13)]
    for branch in ("side", "main"):
        place.git("checkout", "-q", branch)
        for name in many:
            (place.root / name).write_text(f"{branch}\n")
        place.git("add", "-A")
        place.git("commit", "-q", "-m", "text")
    for name in many[:2]:
        (place.root / name).write_text("edited\n")
    assert main(["-C", str(place.root), "merge", "side"]) == 2
    assert capsys.readouterr().err == (
        "curator: a00.txt: has local changes that would be overwritten by merge\n"
        "curator: a01.txt: has local changes that would be overwritten by merge\n"
        "  hint: commit them, or `git stash` them\n"
    )
    for name in many:
        (place.root / name).write_text("edited\n")
    assert main(["-C", str(place.root), "merge", "side"]) == 2
    err = capsys.readouterr().err
    assert err.count("curator: a") == 10
    assert "curator: 3 more files: each has local changes" in err


def test_a_file_that_is_not_in_git_is_named_and_stays(
    parted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.git("checkout", "-q", "side")
    (parted.root / "new file.txt").write_text("theirs\n")
    parted.git("add", "-A")
    parted.git("commit", "-q", "-m", "new")
    parted.git("checkout", "-q", "main")
    (parted.root / "new file.txt").write_text("mine\n")
    assert main(["-C", str(parted.root), "merge", "side"]) == 2
    assert capsys.readouterr().err == (
        "curator: new file.txt: is not in git, and would be overwritten by merge\n"
        "  hint: move or remove it, or `git add` and commit it\n"
    )
    assert (parted.root / "new file.txt").read_text() == "mine\n"


def test_a_branch_of_another_history_is_refused_with_the_reason(
    parted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.git("checkout", "-q", "--orphan", "other")
    parted.git("commit", "-q", "-m", "other")
    assert main(["-C", str(parted.root), "merge", "main"]) == 2
    assert "this branch and main have no commit in common" in capsys.readouterr().err


@pytest.fixture
def kinds(tmp_path: Path) -> Place:
    """Two branches with every kind of conflict that leaves no markers."""
    place = Place(tmp_path / "repository")
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    for name in ("ours gone", "theirs-gone", "moved", "moved-or-gone", "linked"):
        (place.root / name).write_text("".join(f"{name} {line}\n" for line in range(30)))
    (place.root / "link").symlink_to("base")
    place.commit(ROWS)
    for branch, mine, other in (("side", "ours gone", "theirs-gone"), ("main", "theirs-gone", "ours gone")):
        if branch == "side":
            place.git("checkout", "-q", "-b", "side")
            place.git("rm", "-q", "moved-or-gone", "linked")
            (place.root / "linked").symlink_to("moved")
            (place.root / "tree").mkdir()
            (place.root / "tree/file").write_text("1\n")
        else:
            place.git("checkout", "-q", "main")
            place.git("mv", "moved-or-gone", "now-here")
            (place.root / "linked").write_text("no link\n")
            (place.root / "tree").write_text("1\n")
        with (place.root / mine).open("a") as file:
            file.write("more\n")
        place.git("rm", "-q", other)
        place.git("mv", "moved", f"moved-{branch}")
        (place.root / "link").unlink()
        (place.root / "link").symlink_to(branch)
        (place.root / "added.bin").write_bytes(b"\0" + branch.encode())
        place.commit(f"10 1 1 {len(branch)}{branch == 'side':d}\n")
    return place


def test_a_conflict_without_markers_says_its_kind_and_the_commands_that_settle_it(
    kinds: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(kinds.root), "merge", "side"]) == 1
    out = capsys.readouterr().out
    assert (
        "conflict: ours gone (deleted here, changed in side)\n  to keep the file: `git add 'ours gone'`\n"
        in out
    )
    assert "  to delete it: `git rm 'ours gone'`\n" in out
    for conflict in (
        "theirs-gone (deleted in side, changed here)",
        "now-here (deleted in side, renamed here)",
        "moved (renamed here and in side to two names)",
        "moved-main (renamed here to this name)",
        "moved-side (renamed in side to this name)",
        "added.bin (added here and in side; it is not text that git can merge)",
        "link (changed here and in side; it is a link)",
        "tree~HEAD (a file on one side, a folder on the other)",
        "linked (a file on one side, a link or a submodule on the other)",
    ):
        assert f"conflict: {conflict}\n" in out
    assert f"conflict: {PATH}\n" in out
    assert "merged:" not in out
    assert out.endswith(
        "Next: edit what is between the markers, `git add` the files, "
        "run one of the commands above for each other file, and `git commit`.\n"
    )


def test_the_commands_that_are_printed_settle_the_merge(
    kinds: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (kinds.root / "below").mkdir()
    monkeypatch.chdir(kinds.root / "below")
    assert main(["merge", "side"]) == 1
    told = capsys.readouterr().out.split("\nconflict: ")
    for one in told:
        if "`" in one.split("Next:")[0]:
            command = one.split("`")[1]
            subprocess.run(["sh", "-c", command], cwd=kinds.root / "below", check=True, capture_output=True)
    kinds.git("add", PATH)
    kinds.git("commit", "-q", "-m", "merged")
    assert (kinds.root / "added.bin").read_bytes() == b"\0main"
    assert (kinds.root / "link").readlink() == Path("main")


def test_without_any_markers_no_markers_are_spoken_of(
    parted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.git("checkout", "-q", "side")
    parted.git("rm", "-q", PATH)
    parted.git("commit", "-q", "-m", "delete")
    parted.git("checkout", "-q", "main")
    assert main(["-C", str(parted.root), "merge", "side"]) == 1
    out = capsys.readouterr().out
    assert out == (
        f"conflict: {PATH} (deleted in side, changed here)\n"
        f"  to keep the file: `git add {PATH}`\n"
        f"  to delete it: `git rm {PATH}`\n"
        "Next: run one of the commands above for each file, and `git commit`.\n"
    )


def test_what_was_nothing_to_merge_is_told_from_a_branch_that_went_ahead(
    parted: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    parted.branch("ahead", "main", ROWS)
    parted.git("checkout", "-q", "main")
    assert main(["-C", str(parted.root), "merge", "ahead"]) == 0
    assert capsys.readouterr().out == ("This branch had no commits of its own, and now has all of ahead.\n")
    assert main(["-C", str(parted.root), "merge", "ahead"]) == 0
    assert capsys.readouterr().out == "There was nothing to merge: this branch already has all of ahead.\n"
