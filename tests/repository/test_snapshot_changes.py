"""What differs between two states of a repository, beside what git says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository.made import Made, git

from curator.repository.snapshot_changes import snapshot_changes

PATHS = ("a/x.ecsv", "a/y.ecsv", "b/x.ecsv", "b/c/z.yaml")
# Each step is done to the work tree, and some are staged or committed.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("write", "remove", "move", "link")),
        st.sampled_from(PATHS),
        st.sampled_from(PATHS),
        st.sampled_from(("", "stage", "commit")),
    ),
    max_size=6,
)


def _do(made: Made, number: int, what: str, path: str, other: str, then: str) -> None:
    file = made.root / path
    if what == "remove":
        file.unlink(missing_ok=True)
    elif what == "move" and file.exists() and not (made.root / other).exists():
        (made.root / other).parent.mkdir(parents=True, exist_ok=True)
        file.rename(made.root / other)
    elif what == "link":
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to("elsewhere")
    elif what == "write":
        if file.is_symlink():
            file.unlink()
        made.write(path, f"{path} {number}\n" * 20)
    if then:
        made.git("add", "-A")
    if then == "commit":
        made.git("commit", "-q", "--allow-empty", "-m", f"Step {number}")


def _touched(changes: list) -> set[str]:
    return {path for one in changes for path in (one.path, one.old_path) if path}


def _git_says(made: Made, *words: str) -> set[str]:
    said = git(made.root, "diff", "--no-renames", "--name-only", "-z", *words).decode()
    return {name for name in said.split("\0") if name}


@given(STEPS)
def test_the_paths_that_differ_are_those_of_git_diff(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, str]]
) -> None:
    made = Made.at(tmp_path_factory.mktemp("made") / "repo")
    made.commit("Begin", *PATHS[:2])
    for number, (what, path, other, then) in enumerate(steps):
        _do(made, number, what, path, other, then)
    repo = made.repo
    untracked = set(made.git("ls-files", "--others", "--exclude-standard").split())
    first = made.git("rev-list", "--max-parents=0", "HEAD")
    for before, after, words, extra in (
        (repo.index(), repo.worktree(), (), untracked),
        (repo.commit(), repo.worktree(), ("HEAD",), untracked),
        (repo.commit(), repo.index(), ("--cached",), set()),
        (repo.commit(first), repo.commit(), (first, "HEAD"), set()),
    ):
        found = snapshot_changes(before, after)
        # git looks no further than the index: what was removed there may lie here untracked.
        expected = _git_says(made, *words) | extra
        same = (
            {
                path
                for path in extra & _git_says(made, *words)
                if before.find(path) and after.find(path) and before.blob(path) == after.blob(path)
            }
            if extra
            else set()
        )
        assert _touched(found) == expected - same, words


def test_a_file_that_moved_with_its_bytes_is_renamed(tmp_path: Path) -> None:
    made = Made.at(tmp_path / "repo")
    made.commit("Begin", "a/x.ecsv", "b/y.ecsv")
    (made.root / "a" / "x.ecsv").rename(made.root / "b" / "x.ecsv")
    [change] = snapshot_changes(made.repo.commit(), made.repo.worktree())
    assert (change.kind, change.old_path, change.path) == ("renamed", "a/x.ecsv", "b/x.ecsv")


def test_the_only_file_that_came_to_a_directory_follows_the_only_one_that_went(tmp_path: Path) -> None:
    made = Made.at(tmp_path / "repo")
    made.commit("Begin", "a/1.ecsv", "a/2.ecsv", "b/1.ecsv")
    (made.root / "a" / "1.ecsv").unlink()
    made.write("a/3.ecsv", "edited and dated again\n")
    made.write("b/2.ecsv", "another\n")
    found = snapshot_changes(made.repo.commit(), made.repo.worktree())
    assert [(one.kind, one.old_path, one.path) for one in found] == [
        ("renamed", "a/1.ecsv", "a/3.ecsv"),
        ("added", "", "b/2.ecsv"),
    ]


def test_line_ends_that_git_converts_are_no_change(tmp_path: Path) -> None:
    made = Made.at(tmp_path / "repo")
    made.write(".gitattributes", "*.ecsv text eol=crlf\n")
    made.write("a/x.ecsv", "one\ntwo\n")
    made.commit("Begin")
    made.write("a/x.ecsv", b"one\r\ntwo\r\n")
    assert (
        snapshot_changes(made.repo.commit(), made.repo.worktree(), lambda path: path != ".gitattributes")
        == []
    )


def test_paths_that_nobody_asks_about_are_not_read(tmp_path: Path) -> None:
    made = Made.at(tmp_path / "repo")
    made.commit("Begin", "a/x.ecsv", "b/x.ecsv")
    made.write("a/x.ecsv", "new\n")
    made.write("b/x.ecsv", "new\n")
    tree = made.repo.worktree()
    [change] = snapshot_changes(made.repo.index(), tree, lambda path: path.startswith("a/"))
    assert change.path == "a/x.ecsv"
    assert tree.seen == {"a/x.ecsv"}
