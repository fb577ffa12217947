"""The revision of curator that hooks and CI install."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from editing.texts import git

from curator import __version__
from curator.editing.new.curator_revision import Installed, curator_revision, installed_commit
from curator.errors import UsageError
from curator.repository.git.remote_refs import list_remote_refs

TAG = f"v{__version__}"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone with two commits."""
    folder = tmp_path / "curator"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for message in ("One", "Two"):
        git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return folder


def commit_of(folder: Path, revision: str = "HEAD") -> str:
    return git(folder, "rev-parse", revision).strip()


def revision_of(clone: Path, installed: Installed) -> tuple[str, str]:
    found = curator_revision(f"file://{clone}", "--hooks", installed)
    return found.name, found.sentence


def test_the_commit_that_is_installed_is_taken_if_the_address_has_it(clone: Path) -> None:
    older = Installed(commit_of(clone, "HEAD~1"), checkout=str(clone))
    assert revision_of(clone, older)[0] == older.commit
    newest = Installed(commit_of(clone), address="https://mirror.example/curator")
    assert revision_of(clone, newest)[0] == newest.commit


def test_a_commit_that_pip_installed_from_the_address_is_not_looked_for(tmp_path: Path) -> None:
    installed = Installed("a" * 40, address=f"file://{tmp_path}/gone.git")
    name, sentence = revision_of(tmp_path / "gone", installed)
    assert (name, "not be verified" in sentence) == ("a" * 40, False)


def test_a_commit_that_was_never_pushed_gives_way_to_the_newest_commit_or_the_tag(
    clone: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    subprocess.run(["git", "clone", "-q", str(clone), str(mine)], check=True)
    git(mine, "commit", "-q", "--allow-empty", "-m", "Not pushed")
    installed = Installed(commit_of(mine), checkout=str(mine))
    name, sentence = revision_of(clone, installed)
    assert name == commit_of(clone)
    assert f"no branch with commit {installed.commit[:12]}" in sentence
    git(clone, "tag", TAG)
    assert revision_of(clone, installed)[0] == TAG


def test_the_tag_of_this_version_is_taken_only_if_the_address_has_it(clone: Path) -> None:
    name, sentence = revision_of(clone, Installed())
    assert (name, f"has no tag {TAG}" in sentence) == (commit_of(clone), True)
    git(clone, "tag", TAG)
    assert revision_of(clone, Installed())[0] == TAG


def test_what_could_not_be_verified_is_said(tmp_path: Path) -> None:
    name, sentence = revision_of(tmp_path / "gone", Installed())
    assert name == TAG
    assert f"whether file://{tmp_path}/gone has it could not be verified, because git says" in sentence
    assert curator_revision("", "--hooks", Installed()).sentence == f"CI installs curator at tag {TAG}"


def test_an_address_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "ssh"
    silent.write_text("#!/bin/sh\nsleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(silent))
    found = list_remote_refs("ssh://git@example.invalid/x", seconds=0.3)
    assert (dict(found.commits), found.problem) == ({}, "it did not answer within 0.3 s")


def test_this_checkout_knows_its_commit() -> None:
    root = Path(__file__).resolve().parents[3]
    found = installed_commit()
    assert (found.commit, found.checkout) == (commit_of(root), str(root))


def test_an_unusable_address_names_its_option() -> None:
    with pytest.raises(UsageError, match="--hooks 'x' is not a git address"):
        curator_revision("x", "--hooks")
