"""Work tree, index and commit answer the same questions in the same way."""

from __future__ import annotations

import os
import pickle
import zlib
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

import pytest
from repository.made import Made

from curator.checks.policy.baseline import load_baseline
from curator.errors import CuratorError, FormatError, RepositoryError
from curator.formats.files.bounded_io import MAX_BYTES
from curator.repository.snapshots.protocol import (
    GITLINK,
    SYMLINK,
    Commit,
    Index,
    Snapshot,
    TreeEntry,
    WorkTree,
)

NAMES = [
    "two words",
    "new\nline",
    '"quoted"',
    "a:b",
    ":(glob)x",
    "-dash",
    "*",
    "[x]",
    "é",
    "\udcff",
    "\\",
    "d/-e",
    "d.e",
]


@pytest.fixture
def named(made: Made) -> Made:
    """A repository whose files have awkward names."""
    for name in NAMES:
        file = os.path.join(os.fsencode(made.root), os.fsencode(name))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as stream:
            stream.write(os.fsencode(name))
    made.commit("all")
    return made


def snapshots(made: Made) -> list[Snapshot]:
    return [made.repo.worktree(), made.repo.index(), made.repo.commit()]


def test_names_of_any_bytes_are_listed_and_read_by_all(named):
    expected = sorted(NAMES, key=os.fsencode)
    for snapshot in snapshots(named):
        assert [entry.path for entry in snapshot.entries()] == expected
        assert dict(snapshot.read_many(NAMES)) == {name: os.fsencode(name) for name in NAMES}
        for name in NAMES:
            assert [entry.path for entry in snapshot.entries([name])] == [name]
            assert snapshot.find(name).path == name


def test_ids_of_raw_bytes_are_the_ones_git_gives(named):
    worktree, index, commit = snapshots(named)
    for name in NAMES:
        assert worktree.blob(name) == index.blob(name) == commit.blob(name)


def test_a_repository_with_long_ids_is_read_alike(tmp_path):
    made = Made.at(tmp_path / "new", "--object-format=sha256")
    made.commit("one", "a", "d/b")
    worktree, index, commit = snapshots(made)
    assert len(commit.sha) == len(commit.blob("a")) == 64
    assert worktree.blob("d/b") == index.blob("d/b") == commit.blob("d/b")
    assert commit.read("d/b") == index.read("d/b") == b"d/b one\n"


def test_directories_are_listed_alike(named):
    for snapshot in snapshots(named):
        assert snapshot.listdir("d") == ["-e"]
        assert snapshot.listdir("") == sorted({name.partition("/")[0] for name in NAMES})
        for directory in ("nowhere", "d.e", "d/-e", "d/-e/x", "e"):
            assert snapshot.listdir(directory) == []


def test_a_directory_stands_for_what_is_below_it(named):
    for snapshot in snapshots(named):
        assert [entry.path for entry in snapshot.entries(["d"])] == ["d/-e"]
        assert [entry.path for entry in snapshot.entries(["d", "d/-e", "d.e"])] == ["d.e", "d/-e"]
        assert snapshot.entries([""]) == snapshot.entries()
        assert snapshot.find("d") is None
        assert snapshot.find("d/nothing") is None


def test_what_is_named_and_not_there_is_an_error(named):
    for snapshot in snapshots(named):
        for path in ("nowhere", "d/nothing", "d.e/below"):
            with pytest.raises(CuratorError, match=r"(?i)no such file"):
                snapshot.entries([path])
            with pytest.raises(CuratorError, match=r"(?i)no such file"):
                snapshot.read(path)


def test_a_symbolic_link_is_listed_and_never_followed(made, tmp_path):
    (tmp_path / "secret").write_text("secret")
    made.write("d/real.ecsv")
    (made.root / "link.ecsv").symlink_to(tmp_path / "secret")
    (made.root / "folder").symlink_to(made.root / "d")
    made.commit("links")
    for snapshot in snapshots(made):
        assert {entry.path: entry.mode for entry in snapshot.entries()} == {
            "d/real.ecsv": 0o100644,
            "folder": SYMLINK,
            "link.ecsv": SYMLINK,
        }
        for path in ("link.ecsv", "folder"):
            with pytest.raises(FormatError) as caught:
                snapshot.read(path)
            assert (caught.value.code, caught.value.path) == ("CUR013", path)
        with pytest.raises(RepositoryError):
            snapshot.read("folder/real.ecsv")
        assert snapshot.listdir("folder") == []


@pytest.mark.parametrize(
    "path", ["../outside", "/etc/passwd", "d/../../outside", "d//x", "./x", ".git/config", "a/.git/x"]
)
def test_no_path_leads_out_of_the_tree(path, made, tmp_path):
    made.commit("one", "d/x", "a/x")
    (tmp_path / "outside").write_text("secret")
    for snapshot in snapshots(made):
        with pytest.raises(RepositoryError):
            snapshot.read(path)


def test_a_named_pipe_does_not_stop_a_reader(made):
    made.commit("one", "a")
    os.mkfifo(made.root / "pipe.ecsv")
    worktree = made.repo.worktree()
    assert "pipe.ecsv" not in [entry.path for entry in worktree.entries()]
    assert [entry.path for entry in worktree.entries(["pipe.ecsv"])] == ["pipe.ecsv"]
    with pytest.raises(FormatError, match="regular file"):
        worktree.read("pipe.ecsv")


def test_the_work_tree_has_what_is_tracked_or_new_and_not_what_is_ignored_or_gone(made):
    made.commit("one", "tracked", "gone", "ignored-but-tracked.log")
    made.write(".gitignore", "*.log\nbuild/\n")
    made.write("new")
    made.write("new.log")
    made.write("build/deep/x")
    (made.root / "gone").unlink()
    worktree = made.repo.worktree()
    assert [entry.path for entry in worktree.entries()] == [
        ".gitignore",
        "ignored-but-tracked.log",
        "new",
        "tracked",
    ]
    assert [entry.path for entry in worktree.entries(["new.log"])] == ["new.log"]
    assert [entry.path for entry in worktree.entries(["build"])] == ["build/deep/x"]
    assert [entry.path for entry in worktree.entries(["build/deep", "new"])] == ["build/deep/x", "new"]


def test_an_embedded_repository_is_one_entry_and_is_not_entered(made):
    made.commit("one", "a")
    inner = Made.at(made.root / "inner")
    inner.commit("inside", "x.ecsv")
    worktree = made.repo.worktree()
    assert worktree.entries() == [TreeEntry("a", 0o100644), TreeEntry("inner", GITLINK)]
    with pytest.raises(RepositoryError, match="separate repository") as caught:
        worktree.read("inner/x.ecsv")
    assert "-C inner" in caught.value.hint


def test_the_index_is_what_is_staged_and_not_what_lies_there(made):
    made.commit("one", "a", "b")
    made.write("a", "staged\n")
    made.git("add", "a")
    made.write("a", "later\n")
    made.git("rm", "-q", "--cached", "b")
    made.write("only-there")
    index = made.repo.index()
    assert [entry.path for entry in index.entries()] == ["a"]
    assert index.read("a") == b"staged\n"


def test_a_file_that_is_only_in_the_index_is_read_from_there(made):
    made.write("a", "staged\n")
    made.git("add", "a")
    (made.root / "a").unlink()
    assert made.repo.index().read("a") == b"staged\n"
    assert made.repo.worktree().entries() == []


def test_an_announced_file_is_not_staged_but_an_empty_one_is(made):
    made.commit("one", "a")
    made.write("announced")
    made.write("empty", "")
    made.git("add", "--intent-to-add", "announced")
    made.git("add", "empty")
    assert [entry.path for entry in made.repo.index().entries()] == ["a", "empty"]


def test_paths_in_conflict_are_told_apart(made):
    made.commit("one", "a", "b")
    made.git("checkout", "-q", "-b", "side")
    made.commit("on the side", "a")
    made.git("checkout", "-q", "main")
    made.commit("on main", "a")
    with pytest.raises(Exception, match="returned non-zero"):
        made.git("merge", "-q", "side")
    index = made.repo.index()
    assert index.unmerged == ("a",)
    assert [entry.path for entry in index.entries()] == ["b"]
    assert index.entries(["a"]) == []
    assert made.repo.uncommitted() == []
    assert b"<<<<<<<" in made.repo.worktree().read("a")


def test_a_commit_is_read_as_it_was_whatever_lies_there_now(made):
    first = made.commit("one", "a", "b", GIT_COMMITTER_DATE="2021-06-01T02:00:00+05:00")
    made.commit("two", "a")
    (made.root / "b").unlink()
    commit = made.repo.commit(first)
    assert commit.read("a") == b"a one\n"
    assert commit.date == "2021-05-31T21:00:00"
    assert commit.label == f"commit {first[:12]}"
    assert [entry.path for entry in commit.entries()] == ["a", "b"]


def test_bytes_come_without_filters_or_line_ends_changed(made):
    made.write(".gitattributes", "* text eol=crlf ident working-tree-encoding=UTF-16\n")
    sha = made.git("hash-object", "-w", "--no-filters", "--stdin", input=b"$Id$\nx\r\n")
    made.git("update-index", "--add", "--cacheinfo", f"100644,{sha},a")
    made.git("commit", "-q", "-m", "raw")
    assert made.repo.index().read("a") == made.repo.commit().read("a") == b"$Id$\nx\r\n"


def test_a_file_too_large_is_refused_before_it_is_read(made):
    with open(made.root / "large.ecsv", "wb") as file:
        file.truncate(MAX_BYTES + 1)
    made.commit("large")
    made.commit("small", "a")
    for snapshot in snapshots(made):
        with pytest.raises(FormatError) as caught:
            snapshot.read("large.ecsv")
        assert (caught.value.code, caught.value.path) == ("CUR002", "large.ecsv")
        assert snapshot.read("a") == b"a small\n"


def test_a_missing_object_is_one_line_and_the_next_is_read(made):
    made.commit("one", "a", "b", "c")
    commit = made.repo.commit()
    blob = commit.blob("b")
    (made.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(RepositoryError, match="missing") as caught:
        commit.read("b")
    assert caught.value.path == "b"
    assert "\n" not in caught.value.message
    assert commit.read("c") == b"c one\n"
    reading = commit.read_many(["a", "b", "c"])
    assert next(reading) == ("a", b"a one\n")
    with pytest.raises(RepositoryError, match="missing"):
        next(reading)


def test_a_damaged_object_is_one_line(made):
    made.write("a", "x" * 100_000)
    made.commit("one", "b")
    commit = made.repo.commit()
    blob = commit.blob("a")
    file = made.root / ".git/objects" / blob[:2] / blob[2:]
    whole = zlib.decompress(file.read_bytes())
    file.chmod(0o644)
    file.write_bytes(zlib.compress(whole)[:40])
    with pytest.raises(RepositoryError) as caught:
        commit.read("a")
    assert "\n" not in caught.value.message
    assert commit.read("b") == b"b one\n"


def _read_all(snapshot: Snapshot) -> list[tuple[str, bytes]]:
    return [(entry.path, snapshot.read(entry.path)) for entry in snapshot.entries()]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_snapshot_may_be_handed_to_other_processes(method, named):
    commit = named.repo.commit()
    expected = _read_all(commit)
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
        for result in pool.map(_read_all, [commit] * 4):
            assert result == expected
        assert _read_all(commit) == expected
    assert _read_all(pickle.loads(pickle.dumps(commit))) == expected  # noqa: S301


def test_threads_may_share_a_snapshot(named):
    commit = named.repo.commit()
    expected = _read_all(commit)
    with ThreadPoolExecutor(4) as pool:
        assert all(result == expected for result in pool.map(_read_all, [commit] * 16))


def test_all_three_are_snapshots(made):
    made.commit("one", "a")
    worktree, index, commit = snapshots(made)
    assert isinstance(worktree, WorkTree)
    assert isinstance(index, Index)
    assert isinstance(commit, Commit)
    assert [snapshot.root for snapshot in (worktree, index, commit)] == [str(made.root)] * 3
    assert [worktree.label, index.label] == ["working tree", "index"]


def test_a_file_system_that_names_otherwise_is_read_alike(made, monkeypatch):
    """With a locale that is not UTF-8 Python decodes names otherwise; ours stay as git has them."""
    made.commit("one", "é.ecsv")
    code = (
        "import sys; from curator.repository.repository import Repository\n"
        "worktree = Repository.find('.').worktree()\n"
        "assert worktree.listdir('') == [entry.path for entry in worktree.entries()] == ['\\xe9.ecsv']\n"
        "assert worktree.read('\\xe9.ecsv')\n"
        "print(sys.getfilesystemencoding())\n"
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", code],
        cwd=made.root,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "LC_ALL": "POSIX",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() != "utf-8"


def test_a_file_that_only_the_work_tree_has_is_named_with_the_command_that_adds_it(made):
    made.commit("before")
    Path(made.root, "it's new.txt").write_text("new")
    quoted = "git add 'it'\"'\"'s new.txt'"
    index, commit = made.repo.index(), made.repo.commit()
    for snapshot, hint in (
        (index, f"the working tree has it, but it is not staged: {quoted}"),
        (commit, f"the working tree has it, but this commit does not: {quoted}, then git commit"),
    ):
        for read in (snapshot.read, lambda path, of=snapshot: of.entries([path])):
            with pytest.raises(CuratorError, match=r"no such file") as caught:
                read("it's new.txt")
            assert caught.value.hint == hint
        with pytest.raises(CuratorError, match=r"no such file") as caught:
            snapshot.read("nowhere")
        assert caught.value.hint == ""


def test_a_baseline_that_nobody_committed_is_to_be_added(made):
    made.commit("before")
    config = SimpleNamespace(baseline="curator-baseline.txt", path="curator.yaml")
    Path(made.root, "curator.yaml").write_text("baseline: curator-baseline.txt\n")
    made.commit("name a baseline")
    with pytest.raises(RepositoryError, match="there is no baseline") as caught:
        load_baseline(made.repo.commit(), config)
    assert caught.value.hint == "`curator baseline write` makes it"
    Path(made.root, "curator-baseline.txt").write_text("")
    with pytest.raises(RepositoryError, match="there is no baseline") as caught:
        load_baseline(made.repo.commit(), config)
    assert caught.value.hint.endswith("git add curator-baseline.txt, then git commit")
