"""Commits that a program makes."""

from __future__ import annotations

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


def test_what_cannot_be_written_is_an_error_of_one_line(repository, tmp_path):
    (tmp_path / "made" / "a.ecsv").write_text("one\n")
    (tmp_path / "made" / ".git" / "index.lock").write_text("")
    with pytest.raises(RepositoryError, match="cannot commit"):
        commit_all(repository, "Begin", "Ada", "ada@example.org")
