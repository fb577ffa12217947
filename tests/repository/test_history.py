from __future__ import annotations

import os
import random

import pytest
from conftest import FUZZ
from repository.dags import random_history, write_histories
from repository.made import Made, git

from curator.errors import IncompleteCloneError, RepositoryError
from curator.repository.git.history_simplification import edits_of_all
from curator.repository.git.log_reader import read_log
from curator.repository.history import CommitInfo, History


def history(made: Made, rev: str = "HEAD") -> History:
    return History.of(made.repo.git, made.repo.commit(rev).sha)


def assert_as_git(made: Made, *paths: str) -> None:
    """Compare every answer with the one of plain git."""
    found = history(made)
    for path in paths:
        expected = made.log(path)
        assert [edit.sha for edit in found.edits(path)] == expected, path
        last = found.last(path)
        assert ([last.sha] if last else []) == made.log(path, "-1"), path


@pytest.mark.parametrize("seed", range(8))
def test_every_path_of_random_histories_is_answered_as_git_answers(seed, made):
    rng = random.Random(seed)
    tips = write_histories(made, [random_history(rng) for _ in range(max(1, int(75 * FUZZ)))])
    layer = made.repo.git
    shown = forked = 0
    for tip in tips:
        log = read_log(layer, tip)
        edits = edits_of_all(log)
        for path, number in log.paths.items():
            told = git(made.root, "--literal-pathspecs", "log", "--format=%H", tip, "--", os.fsdecode(path))
            expected = told.decode().split()
            assert [log.facts[commit][:40].decode() for commit in edits.of(number)] == expected, (tip, path)
            shown += len(expected)
            forked += any(len(log.parents[commit]) > 1 for commit in edits.of(number))
    assert shown > 2 * len(tips), "histories this simple prove nothing"
    assert forked > len(tips) // 5, "too few paths were changed by a merge itself"


def test_a_change_on_a_side_branch_is_found_behind_its_merge(made):
    made.commit("first", "a", "b")
    made.git("checkout", "-q", "-b", "side")
    made.commit("on the side", "a")
    made.git("checkout", "-q", "main")
    made.commit("meanwhile", "b")
    made.git("merge", "-q", "side", "-m", "merge")
    assert_as_git(made, "a", "b")
    assert [edit.subject for edit in history(made).edits("a")] == ["on the side", "first"]


def test_the_same_change_on_both_sides_is_told_of_the_first_parent(made):
    made.commit("first", "a")
    made.git("checkout", "-q", "-b", "side")
    made.write("a", "same\n")
    made.commit("on the side")
    made.git("checkout", "-q", "main")
    made.write("a", "same\n")
    made.commit("on main")
    made.git("merge", "-q", "side", "-m", "merge")
    assert_as_git(made, "a")
    assert [edit.subject for edit in history(made).edits("a")] == ["on main", "first"]


def test_a_merge_that_agrees_with_no_parent_is_an_edit_and_both_sides_are_told(made):
    made.commit("first", "a")
    made.git("checkout", "-q", "-b", "side")
    made.commit("on the side", "a", GIT_COMMITTER_DATE="2020-01-03T00:00:00Z")
    made.git("checkout", "-q", "main")
    made.commit("on main", "a", GIT_COMMITTER_DATE="2020-01-02T00:00:00Z")
    made.git("merge", "-q", "-s", "ours", "--no-commit", "side")
    made.write("a", "both\n")
    made.commit("merge")
    assert_as_git(made, "a")
    assert len(history(made).edits("a")) == 4


def test_an_octopus_merge_is_aligned_with_its_parents(made):
    made.commit("first", "a", "b", "c")
    for name in ("b", "c"):
        made.git("checkout", "-q", "-b", f"side-{name}", "main")
        made.commit(f"{name} on a side", name)
    made.git("checkout", "-q", "main")
    made.git("merge", "-q", "side-b", "side-c", "-m", "octopus")
    assert_as_git(made, "a", "b", "c")


def test_trees_that_differ_without_a_difference_do_not_move_an_answer(made):
    """A tree may hold an empty directory: its id differs, no diff shows anything."""
    base = made.commit("first", "a", "b")
    made.git("checkout", "-q", "-b", "side")
    side = made.commit("b on the side", "b")
    empty = made.git("mktree", input=b"")
    listed = made.git("ls-tree", base).encode() + f"\n040000 tree {empty}\tempty\n".encode()
    odd = made.git("mktree", input=listed)
    parent = made.git("commit-tree", odd, "-p", base, "-m", "an empty directory")
    same = made.git("rev-parse", f"{base}^{{tree}}")
    for first, second in ((parent, side), (side, parent)):
        merge = made.git("commit-tree", same, "-p", first, "-p", second, "-m", "drop the change of b")
        made.git("reset", "-q", "--hard", merge)
        made.commit("on top", "c")
        assert_as_git(made, "a", "b", "c")


def test_a_commit_that_names_a_parent_twice_is_walked_once(made):
    base = made.commit("first", "a")
    tree = made.git("rev-parse", f"{made.commit('second', 'a', 'b')}^{{tree}}")
    raw = (
        f"tree {tree}\nparent {base}\nparent {base}\n"
        "author A <a@x> 1600000000 +0000\ncommitter A <a@x> 1600000000 +0000\n\ntwice\n"
    )
    twice = made.git("hash-object", "-t", "commit", "-w", "--stdin", input=raw.encode())
    made.git("reset", "-q", "--hard", twice)
    assert_as_git(made, "a", "b")


def test_a_file_that_was_a_directory_shows_the_edits_below_it_as_git_does(made):
    made.commit("directory", "a/x", "a/y")
    made.commit("below", "a/x")
    made.git("rm", "-q", "-r", "a")
    made.commit("file", "a")
    made.commit("on", "a")
    assert_as_git(made, "a", "a/x", "a/y")
    assert len(history(made).edits("a")) == 4


def test_a_directory_is_answered_as_git_answers(made):
    made.commit("one", "d/x", "e")
    made.commit("two", "d/deep/y")
    made.commit("three", "e")
    assert_as_git(made, "d", "d/deep")
    assert_as_git(Made(made.root), "d")  # from the cache


def test_a_path_that_never_was_has_no_edits(made):
    made.commit("one", "a")
    assert history(made).last("b") is None
    assert history(made).edits("b") == []


def test_deleted_and_added_again_and_a_changed_mode_are_edits(made):
    made.commit("one", "a")
    (made.root / "a").unlink()
    made.commit("gone")
    made.commit("back", "a")
    (made.root / "a").chmod(0o755)
    made.commit("executable")
    made.commit("nothing")
    assert_as_git(made, "a")
    assert [edit.subject for edit in history(made).edits("a")] == ["executable", "back", "gone", "one"]


NAMES = [
    "two words",
    "new\nline",
    "tab\t",
    '"quoted"',
    "a:b",
    ":(glob)x",
    "-dash",
    "*",
    "é",
    "\udcff",
    "\\",
    " ",
]


def test_names_of_any_bytes_are_told_apart(made):
    for number, name in enumerate(NAMES):
        file = os.path.join(os.fsencode(made.root), os.fsencode(name))
        with open(file, "wb") as stream:
            stream.write(b"%d" % number)
        made.commit(f"number {number}")
    assert_as_git(made, *NAMES)
    assert [history(made).last(name).subject for name in NAMES] == [f"number {n}" for n in range(len(NAMES))]


def test_who_and_when_are_told_as_the_commit_has_them(made):
    made.write(".mailmap", "Somebody Else <else@example.org> <oda@example.org>\n")
    made.write("a")
    made.commit(
        "Masque éclairé\non two lines\n\nand a body",
        GIT_AUTHOR_NAME="天文 Øde",
        GIT_AUTHOR_EMAIL="oda@example.org",
        GIT_AUTHOR_DATE="2021-06-01T02:00:00+05:00",
    )
    sha = made.git("rev-parse", "HEAD")
    expected = CommitInfo(
        sha, "天文 Øde", "oda@example.org", "2021-05-31T21:00:00", "Masque éclairé on two lines"
    )
    assert history(made).last("a") == expected


def test_a_commit_in_another_encoding_is_told_in_unicode(made):
    made.write("a")
    made.git("config", "i18n.commitEncoding", "ISO-8859-1")
    made.git("config", "i18n.logOutputEncoding", "ISO-8859-1")
    made.git("add", "-A")
    made.git("commit", "-q", "-F", "-", input="éclair".encode("latin-1"))
    assert history(made).last("a").subject == "éclair"


def test_bytes_of_no_encoding_are_shown_escaped(made):
    tree = made.git("rev-parse", f"{made.commit('x', 'a')}^{{tree}}")
    raw = f"tree {tree}\nauthor J".encode() + b"\xe9 <j@x> 1 +0000\ncommitter J <j@x> 1 +0000\n\n\xff\n"
    made.git("reset", "-q", "--hard", made.git("hash-object", "-t", "commit", "-w", "--stdin", input=raw))
    last = history(made).last("a")
    assert (last.author, last.subject, last.date) == ("J\\xe9", "\\xff", "1970-01-01T00:00:01")


@pytest.mark.parametrize(
    "lines",
    [
        "author A <a@x> 99999999999999999999 +0000\ncommitter A <a@x> 99999999999999999999 +0000",
        "author A <a@x>\ncommitter A <a@x>",
        "author A <a@x> -5 +0000\ncommitter A <a@x> -5 +0000",
        "author\ncommitter",
        "committer A <a@x> 5 +0000",
    ],
)
def test_a_commit_with_broken_facts_is_still_answered_as_git_answers(made, lines):
    base = made.commit("first", "a", "b")
    made.commit("second", "b")
    tree = made.git("rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nparent {base}\n{lines}\n\nodd\n".encode()
    odd = made.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", input=raw)
    made.git(
        "update-ref", "refs/heads/main", made.git("commit-tree", tree, "-p", odd, "-p", "HEAD", "-m", "top")
    )
    assert_as_git(made, "a", "b")


def test_a_shallow_clone_is_refused_where_its_history_is_cut(made):
    made.commit("one", "a")
    made.commit("two", "b")
    made.git("clone", "-q", "--depth=1", f"file://{made.root}", "../shallow")
    shallow = Made(made.root.parent / "shallow")
    with pytest.raises(RepositoryError, match="shallow") as caught:
        history(shallow)
    assert "--unshallow" in caught.value.hint
    shallow.git("fetch", "-q", "--unshallow")
    assert_as_git(shallow, "a", "b")


def test_a_shallow_clone_answers_the_same_whatever_another_clone_left_in_the_cache(made):
    made.commit("one", "a")
    second = made.commit("two", "b")
    assert [edit.subject for edit in history(made).edits("a")] == ["one"]
    made.git("clone", "-q", "--depth=1", f"file://{made.root}", "../shallow")
    shallow = Made(made.root.parent / "shallow")
    with pytest.raises(RepositoryError, match="shallow"):
        history(shallow)
    found = History.of(shallow.repo.git, second, shallow=True)
    assert found.is_cut
    assert [edit.sha for edit in found.edits("a")] == [second]
    full = history(made)
    assert not full.is_cut
    assert [edit.subject for edit in full.edits("a")] == ["one"]


def test_a_clone_without_trees_is_a_one_line_error_and_fetches_nothing(made):
    made.commit("one", "d/a")
    made.commit("two", "d/b")
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("clone", "-q", "--no-checkout", "--filter=tree:0", f"file://{made.root}", "../treeless")
    treeless = Made(made.root.parent / "treeless")
    before = treeless.git("count-objects", "-v")
    with pytest.raises(IncompleteCloneError) as caught:
        history(treeless)
    assert "\n" not in caught.value.message
    assert treeless.git("count-objects", "-v") == before


def test_a_history_of_a_sha256_repository_is_told(tmp_path):
    made = Made.at(tmp_path / "new", "--object-format=sha256")
    made.commit("one", "a", "b")
    made.commit("two", "b")
    assert_as_git(made, "a", "b")
