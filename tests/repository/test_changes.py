"""What changed between two commits, in repositories made with plain git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from repository.made import Made, git

from curator.errors import FormatError, RepositoryError
from curator.repository.changes import Range
from curator.repository.repository import Repository
from curator.repository.snapshots.protocol import Commit

MANY = "".join(f"{number} {number * number}\n" for number in range(50))


@pytest.fixture(params=["sha1", "sha256"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    return Made.at(tmp_path / "r", f"--object-format={request.param}")


def kinds(found: Range) -> list[tuple[str, str, str]]:
    return [(one.kind, one.old_path, one.path) for one in found.changes]


def test_every_kind_of_change_is_told_and_renames_are_followed(made: Made) -> None:
    made.write("kept", MANY)
    made.write("gone", "gone\n")
    made.write("old name", MANY + "more\n")
    made.write("edited", "a\n")
    made.write("linked", "b\n")
    made.commit("Begin")
    made.git("checkout", "-q", "-b", "work")
    (made.root / "gone").unlink()
    (made.root / "old name").rename(made.root / "new name")
    made.write("new name", MANY + "other\n")
    made.write("edited", "c\n")
    made.write("fresh", "d\n")
    (made.root / "linked").unlink()
    (made.root / "linked").symlink_to("kept")
    made.commit("Change")
    assert kinds(Range(made.repo, "main", "work")) == [
        ("edited", "edited", "edited"),
        ("added", "", "fresh"),
        ("removed", "gone", "gone"),
        ("type", "linked", "linked"),
        ("renamed", "old name", "new name"),
    ]


def test_it_is_compared_with_where_they_parted(made: Made) -> None:
    made.commit("Begin", "a", "b")
    parted = made.git("rev-parse", "HEAD")
    made.git("checkout", "-q", "-b", "work")
    made.commit("Ours", "b")
    made.git("checkout", "-q", "main")
    made.commit("Theirs", "a")
    found = Range(made.repo, "main", "work")
    assert (found.parted, kinds(found)) == (parted, [("edited", "b", "b")])
    assert [one.subject for one in found.commits] == ["Ours"]


def test_nothing_changed_from_a_commit_to_itself(made: Made) -> None:
    made.commit("Begin", "a")
    found = Range(made.repo, "HEAD")
    assert (found.changes, found.commits) == ((), ())


def test_what_the_base_has_already_got_is_no_change_after_merges_across(made: Made) -> None:
    made.commit("Begin", "a", "b", "c")
    made.git("checkout", "-q", "-b", "work")
    made.commit("Ours", "a")
    ours = made.git("rev-parse", "HEAD")
    made.git("checkout", "-q", "main")
    made.commit("Theirs", "b")
    theirs = made.git("rev-parse", "HEAD")
    made.git("merge", "-q", "-m", "Merge ours", ours)
    made.git("checkout", "-q", "work")
    made.git("merge", "-q", "-m", "Merge theirs", theirs)
    made.commit("More", "c")
    assert len(made.git("merge-base", "--all", "main", "work").split()) == 2
    found = Range(made.repo, "main", "work")
    assert kinds(found) == [("edited", "c", "c")]
    merges = [one for one in found.commits if len(one.parents) > 1]
    assert [(one.subject, one.paths) for one in merges] == [("Merge theirs", ())]


def test_paths_and_subjects_of_odd_bytes_come_through(made: Made) -> None:
    made.commit("Begin", "a")
    odd = b"d\xff\n\t'\"/\xc3\xa9 x"
    folder = bytes(made.root) + b"/" + odd.rpartition(b"/")[0]
    subprocess.run([b"mkdir", b"-p", folder], check=True)
    with open(bytes(made.root) + b"/" + odd, "wb") as file:
        file.write(b"x\n")
    made.git("checkout", "-q", "-b", "work")
    made.commit("\x1b[31mred\x1b[0m `$(touch owned)` %H ::error::")
    found = Range(made.repo, "main", "work")
    path = odd.decode("utf-8", "surrogateescape")
    assert kinds(found) == [("added", "", path)]
    assert found.commits[0].paths == (path,)
    assert found.commits[0].subject == "\x1b[31mred\x1b[0m `$(touch owned)` %H ::error::"
    assert found.snapshot(found.head.sha).read(path) == b"x\n"


def test_a_subject_that_is_empty_is_empty(made: Made) -> None:
    made.commit("Begin", "a")
    made.write("b")
    made.git("add", "-A")
    made.git("commit", "-q", "--allow-empty-message", "-m", "")
    made.commit("More", "c")
    found = [(one.subject, one.paths) for one in Range(made.repo, "HEAD~2").commits]
    assert found == [("More", ("c",)), ("", ("b",))]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (
            "origin/main",
            "git fetch origin +refs/heads/main:refs/remotes/origin/main, then name origin/main",
        ),
        ("a" * 40, f"git fetch origin {'a' * 40}"),
        ("--upload-pack=x", "git fetch origin gets its branches"),
        ("HEAD~77", "git fetch origin gets its branches"),
    ],
)
def test_a_base_that_is_not_there_says_what_to_fetch(tmp_path: Path, name: str, hint: str) -> None:
    made = Made.at(tmp_path / "r")
    made.commit("Begin", "a")
    with pytest.raises(RepositoryError) as caught:
        Range(made.repo, name)
    assert caught.value.hint.startswith(hint)


def test_a_shallow_clone_says_how_to_deepen_it(tmp_path: Path) -> None:
    made = Made.at(tmp_path / "r")
    first = made.commit("Begin", "a")
    made.git("checkout", "-q", "-b", "work")
    made.commit("Ours", "b")
    made.git("checkout", "-q", "main")
    made.commit("Theirs", "c")
    url = made.root.as_uri()
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", url, "s")
    shallow = Repository.find(tmp_path / "s")
    with pytest.raises(RepositoryError, match="history is cut off") as caught:
        Range(shallow, "origin/main", "origin/work")
    assert caught.value.hint.startswith("git fetch --unshallow origin")
    with pytest.raises(RepositoryError) as caught:
        Range(shallow, first)
    assert caught.value.hint == f"git fetch --unshallow origin {first}"
    with pytest.raises(RepositoryError, match="'HEAD~1' is not a commit") as caught:
        Range(shallow, "HEAD~1")
    assert caught.value.hint.startswith("git fetch --unshallow origin (")
    git(tmp_path / "s", "fetch", "-q", "--unshallow", "origin")
    assert kinds(Range(shallow, "origin/main", "origin/work")) == [("added", "", "b")]


def test_histories_without_a_common_commit_are_refused(made: Made) -> None:
    made.commit("Begin", "a")
    made.git("checkout", "-q", "--orphan", "other")
    made.commit("Begin again", "b")
    with pytest.raises(RepositoryError, match="have no commit in common"):
        Range(made.repo, "main", "other")


def test_tags_that_hold_the_very_bytes_are_named_the_latest_first(made: Made) -> None:
    made.commit("Begin", "d/a")
    made.git("tag", "v1")
    made.commit("Other", "b")
    made.git("tag", "-m", "Release", "v2", GIT_COMMITTER_DATE="2040-01-01T00:00:00Z")
    made.git("tag", "a-file", made.git("rev-parse", "HEAD:b"))
    before = made.git("rev-parse", "HEAD:d/a")
    made.commit("Edit", "d/a")
    made.git("tag", "v3")
    found = Range(made.repo, "v2")
    assert found.tags_with("d/a", before) == ["v2", "v1"]
    assert found.tags_with("d", before) == found.tags_with("d/a/x", before) == []


def test_a_commit_read_bit_by_bit_is_the_commit(made: Made) -> None:
    made.commit("Begin", "a", "d/e/f", "d/g", "d.x/h")
    (made.root / "link").symlink_to("a")
    made.commit("Link")
    whole: Commit = made.repo.commit()
    part = Range(made.repo, "HEAD").snapshot(whole.sha)
    assert part.entries() == whole.entries()
    assert part.entries(["d"]) == whole.entries(["d"])
    for folder in ("", "d", "d/e", "none", "a"):
        assert part.listdir(folder) == whole.listdir(folder)
    for path in ("a", "d/e/f", "d", "link", "a/b", "none"):
        assert part.find(path) == whole.find(path)
    assert list(part.read_many(["a", "d/g"])) == list(whole.read_many(["a", "d/g"]))
    with pytest.raises(FormatError, match="symbolic link"):
        part.read("link")
    with pytest.raises(RepositoryError, match="no such file"):
        part.entries(["none"])
