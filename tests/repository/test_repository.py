from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from repository.made import Made, git

from curator.errors import RepositoryError
from curator.repository.repository import Repository


def test_a_repository_is_found_from_anywhere_inside_it(made):
    made.commit("one", "cam/defects/x.ecsv")
    for start in ("", "cam", "cam/defects", "cam/defects/x.ecsv"):
        assert Repository.find(made.root / start).root == str(made.root)


def test_a_repository_is_found_through_a_symbolic_link(made, tmp_path):
    (tmp_path / "link").symlink_to(made.root)
    assert Repository.find(tmp_path / "link").root == str(made.root)


@pytest.mark.parametrize("start", [".", "sub", "nowhere"])
def test_where_there_is_none_it_is_said_in_one_line(start, tmp_path):
    (tmp_path / "sub").mkdir()
    with pytest.raises(RepositoryError) as caught:
        Repository.find(tmp_path / start)
    assert "\n" not in caught.value.message


def test_an_empty_git_directory_is_none(made):
    made.commit("one", "sub/a")
    (made.root / "sub/.git").mkdir()
    assert Repository.find(made.root / "sub").root == str(made.root)
    assert Repository.find(made.root / "sub").commit().entries()


def test_a_linked_work_tree_has_its_own_index_and_the_common_objects(made, tmp_path):
    made.commit("one", "a")
    made.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    linked = Made(tmp_path / "linked")
    linked.write("b")
    linked.git("add", "b")
    repo = linked.repo
    assert (repo.root, repo.commondir) == (str(linked.root), str(made.root / ".git"))
    assert repo.gitdir != repo.commondir
    assert [entry.path for entry in repo.index().entries()] == ["a", "b"]
    assert [entry.path for entry in made.repo.index().entries()] == ["a"]
    assert repo.commit().sha == made.repo.commit().sha
    assert repo.worktree().blob("a") == repo.commit().blob("a")


def test_a_linked_work_tree_whose_repository_is_gone_is_one_line(made, tmp_path):
    made.commit("one", "a")
    made.git("worktree", "add", "-q", str(tmp_path / "linked"))
    made.root.rename(tmp_path / "moved")
    with pytest.raises(RepositoryError, match="does not name a git directory") as caught:
        Repository.find(tmp_path / "linked")
    assert "repair" in caught.value.hint


def test_a_submodule_is_a_repository_of_its_own(made, tmp_path):
    inner = Made.at(tmp_path / "inner")
    inner.commit("inside", "file.ecsv")
    made.commit("one", "a")
    made.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "cam")
    made.git("commit", "-q", "-m", "with a submodule")
    assert Repository.find(made.root / "cam/file.ecsv").root == str(made.root / "cam")
    assert [entry.path for entry in Repository.find(made.root / "cam").commit().entries()] == ["file.ecsv"]
    for snapshot in (made.repo.commit(), made.repo.index(), made.repo.worktree()):
        assert snapshot.find("cam").mode == 0o160000
        assert "cam/file.ecsv" not in [entry.path for entry in snapshot.entries()]
        with pytest.raises(RepositoryError, match=r"separate repository|no such file"):
            snapshot.read("cam/file.ecsv")


def test_a_bare_repository_gives_commits_and_says_what_it_has_not(made, tmp_path):
    sha = made.commit("one", "a")
    made.git("clone", "-q", "--bare", str(made.root), str(tmp_path / "bare.git"))
    repo = Repository.find(tmp_path / "bare.git")
    assert repo.bare
    assert repo.commit().sha == sha
    assert repo.commit("main").read("a") == b"a one\n"
    for ask in (repo.worktree, repo.index, repo.uncommitted):
        with pytest.raises(RepositoryError, match="bare repository") as caught:
            ask()
        assert "--rev" in caught.value.hint


def test_no_commits_yet_is_said(made):
    with pytest.raises(RepositoryError, match="there are no commits yet"):
        made.repo.commit()
    assert made.repo.worktree().entries() == []


def test_a_detached_head_is_a_commit_like_any(made):
    first = made.commit("one", "a")
    made.commit("two", "a")
    made.git("checkout", "-q", "--detach", first)
    assert made.repo.commit().sha == first


@pytest.mark.parametrize("rev", ["main", "HEAD", "HEAD~0", "v1", "v-annotated", "HEAD^{commit}", ":/one"])
def test_a_commit_goes_by_every_name_git_gives_it(rev, made):
    sha = made.commit("one", "a")
    made.git("tag", "v1")
    made.git("tag", "-m", "annotated", "v-annotated")
    assert made.repo.commit(rev).sha == sha
    assert made.repo.commit(sha[:10]).sha == sha


@pytest.mark.parametrize(
    "rev",
    [
        "",
        "nope",
        "--all",
        "-x",
        "--output=pwned",
        "HEAD:a",
        "HEAD^{tree}",
        "HEAD..HEAD",
        "HEAD~9",
        "a\nb",
        "\0",
        "0" * 40,
    ],
)
def test_what_names_no_commit_is_refused_in_one_line(rev, made):
    made.commit("one", "a")
    with pytest.raises(RepositoryError, match="is not a commit") as caught:
        made.repo.commit(rev)
    assert "\n" not in caught.value.message
    assert not Path("pwned").exists()


def test_uncommitted_names_every_calibration_that_is_not_as_committed(made):
    kept, changed, gone, linked = (f"cam/{name}.ecsv" for name in ("kept", "changed", "gone", "linked"))
    made.commit("one", kept, changed, gone, linked, "README.md", "other/x.yaml", ".gitignore")
    assert made.repo.uncommitted() == []
    made.write(changed, "other\n")
    (made.root / gone).unlink()
    (made.root / linked).unlink()
    (made.root / linked).symlink_to("kept.ecsv")
    made.write("cam/new.yaml")
    made.write("README.md", "not a calibration\n")
    made.write("other/y.yaml")
    made.write(".gitignore", "ignored.yaml\n")
    made.write("cam/ignored.yaml")
    made.write("curator.yaml")
    cameras = [changed, gone, linked, "cam/new.yaml", "curator.yaml"]
    assert made.repo.uncommitted(["cam"]) == sorted(cameras)
    assert made.repo.uncommitted() == sorted([*cameras, "other/y.yaml"])


def test_what_is_only_staged_is_uncommitted(made):
    made.commit("one", "cam/a.ecsv")
    made.write("cam/b.ecsv")
    made.git("add", "-A")
    assert made.repo.uncommitted() == ["cam/b.ecsv"]


def test_a_change_that_keeps_size_and_time_is_seen(made):
    file = made.write("cam/a.ecsv", "1\n")
    made.commit("one")
    before = file.stat()
    file.write_text("2\n")
    import os

    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert made.repo.uncommitted() == ["cam/a.ecsv"]


def test_a_file_marked_as_never_changing_is_compared_all_the_same(made):
    made.commit("one", "cam/a.ecsv")
    made.git("update-index", "--assume-unchanged", "cam/a.ecsv")
    made.write("cam/a.ecsv", "changed\n")
    assert made.repo.uncommitted() == ["cam/a.ecsv"]


def test_release_refs_are_the_release_branch_and_all_tags_that_have_the_commit(made):
    first = made.commit("one", "a")
    made.git("tag", "v1")
    second = made.commit("two", "a")
    made.git("tag", "-m", "annotated", "v2")
    made.git("checkout", "-q", "-b", "work")
    third = made.commit("three", "a")
    repo = made.repo
    assert repo.release_refs(first) == ["main", "v1", "v2"]
    assert repo.release_refs(second) == ["main", "v2"]
    assert repo.release_refs(third) == []
    assert repo.release_refs(third, "work") == ["work"]
    assert repo.release_refs(first, "main*") == ["v1", "v2"]


def test_a_release_branch_is_known_from_where_a_clone_came_from(made, tmp_path):
    sha = made.commit("one", "a")
    made.git("clone", "-q", str(made.root), str(tmp_path / "clone"))
    clone = Made(tmp_path / "clone")
    clone.git("checkout", "-q", "--detach")
    clone.git("branch", "-q", "-D", "main")
    assert clone.repo.release_refs(sha) == ["main"]


def test_a_new_repository_is_made_and_an_old_one_left_alone(tmp_path):
    repo = Repository.init(tmp_path / "deep/new")
    assert Path(repo.gitdir, "HEAD").read_text() == "ref: refs/heads/main\n"
    made = Made(tmp_path / "deep/new")
    sha = made.commit("one", "a")
    assert Repository.init(made.root, "other").commit().sha == sha
    assert git(made.root, "symbolic-ref", "HEAD") == b"refs/heads/main\n"


HEAVY = (
    "git",
    "numpy",
    "astropy",
    "yaml",
    "pathlib",
    "subprocess",
    "tempfile",
    "json",
    "jsonschema",
    "logging",
)


def test_looking_at_a_named_file_runs_no_git_and_imports_nothing_heavy(made):
    made.commit("one", "cam/a.ecsv")
    code = (
        "import sys\n"
        "from curator.repository.repository import Repository\n"
        "worktree = Repository.find('cam').worktree()\n"
        "assert [entry.path for entry in worktree.entries(['cam/a.ecsv'])] == ['cam/a.ecsv']\n"
        "assert worktree.read('cam/a.ecsv') == b'cam/a.ecsv one\\n'\n"
        "assert worktree.listdir('cam') == ['a.ecsv']\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=made.root,
        capture_output=True,
        text=True,
        env={"PATH": "/nonexistent", "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")
