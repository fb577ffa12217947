"""Commits that a program makes."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from curator.errors import RepositoryError
from curator.repository.commits import commit_all
from curator.repository.repository import Repository


@pytest.fixture
def repository(tmp_path):
    return Repository.init(str(tmp_path / "made"), "main")


def _git(repository, *args):
    done = subprocess.run(["git", *args], cwd=repository.root, capture_output=True, check=True)
    return done.stdout.decode()


def test_every_file_is_committed_by_whom_it_should_be(repository, tmp_path):
    (tmp_path / "made" / "a.ecsv").write_bytes(b"one\r\n")
    first = commit_all(repository, "Begin", "Zoë Editor", "zoe@example.org")
    (tmp_path / "made" / "a.ecsv").unlink()
    (tmp_path / "made" / "b.ecsv").write_bytes(b"two\n")
    second = commit_all(repository, "Go on", "Ben", "ben@example.org")
    assert _git(repository, "log", "--format=%H %an %ae %cn %s").splitlines() == [
        f"{second} Ben ben@example.org Ben Go on",
        f"{first} Zoë Editor zoe@example.org Zoë Editor Begin",
    ]
    assert _git(repository, "ls-tree", "-r", "--name-only", "HEAD").split() == ["b.ecsv"]
    assert _git(repository, "status", "--porcelain") == ""
    assert _git(repository, "show", f"{first}:a.ecsv") == "one\r\n"


def test_no_hook_filter_or_signature_of_the_machine_has_a_part(repository, tmp_path):
    marker = tmp_path / "marker"
    hook = tmp_path / "hooks" / "pre-commit"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n")
    hook.chmod(0o755)
    for key, value in {
        "core.hooksPath": str(hook.parent),
        "commit.gpgSign": "true",
        "gpg.program": f"touch {marker}",
        "filter.trap.clean": f"touch {marker}; cat",
        "core.autocrlf": "input",
    }.items():
        _git(repository, "config", key, value)
    (tmp_path / "made" / ".gitattributes").write_text("* filter=trap\n")
    (tmp_path / "made" / "a.ecsv").write_bytes(b"one\r\n")
    sha = commit_all(repository, "Begin", "Ada", "ada@example.org")
    assert not marker.exists()
    assert _git(repository, "show", f"{sha}:a.ecsv") == "one\r\n"


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_DIR": ".git"},
        {"GIT_WORK_TREE": ""},
        {"GIT_COMMON_DIR": ".git"},
        {"GIT_INDEX_FILE": ".git/index"},
        {"GIT_OBJECT_DIRECTORY": ".git/objects"},
        {"GIT_DIR": ".git", "GIT_WORK_TREE": "", "GIT_OBJECT_DIRECTORY": ".git/objects"},
    ],
    ids=" ".join,
)
def test_variables_of_another_repository_are_not_believed(repository, tmp_path, monkeypatch, variables):
    other = Repository.init(str(tmp_path / "other"), "main")
    was = sorted(path for path in (tmp_path / "other").rglob("*"))
    (tmp_path / "made" / "a.ecsv").write_text("one\n")
    first = commit_all(repository, "Begin", "Ada", "ada@example.org")
    (tmp_path / "made" / "a.ecsv").write_text("two\n")
    with monkeypatch.context() as patch:
        for key, path in variables.items():
            patch.setenv(key, os.path.join(other.root, path))
        before = dict(os.environ)
        second = commit_all(repository, "Go on", "Ada", "ada@example.org")
        assert dict(os.environ) == before
    assert _git(repository, "rev-parse", "HEAD", "HEAD^").split() == [second, first]
    assert _git(repository, "fsck", "--strict") == ""
    assert _git(repository, "status", "--porcelain") == ""
    assert sorted(path for path in (tmp_path / "other").rglob("*")) == was


def test_every_git_that_is_started_has_the_guards(repository, tmp_path, monkeypatch):
    (tmp_path / "made" / "a.ecsv").write_text("one\n")
    commit_all(repository, "Begin", "Ada", "ada@example.org")
    log, real = tmp_path / "log", shutil.which("git")
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "git"
    script.write_text(
        f'#!/bin/sh\necho "$GIT_NO_LAZY_FETCH $GIT_ALLOW_PROTOCOL $*" >> {log}\nexec {real} "$@"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    (tmp_path / "made" / "a.ecsv").write_text("two\n")
    commit_all(repository, "Go on", "Ada", "ada@example.org")
    started = log.read_text().splitlines()
    assert any("cat-file" in line for line in started)
    assert all(line.startswith("1 none ") and "core.hooksPath=/dev/null" in line for line in started)


def test_what_cannot_be_written_is_an_error_of_one_line(repository, tmp_path):
    (tmp_path / "made" / "a.ecsv").write_text("one\n")
    (tmp_path / "made" / ".git" / "index.lock").write_text("")
    with pytest.raises(RepositoryError, match="cannot commit"):
        commit_all(repository, "Begin", "Ada", "ada@example.org")
