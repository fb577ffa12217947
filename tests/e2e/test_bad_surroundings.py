"""Repositories and machines in every state they are met in."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest


def test_a_folder_that_is_no_repository_is_one_line_of_error(curator, tmp_path):
    for verb in (["check"], ["export", tmp_path / "out"], ["adopt"], ["note", "x.ecsv", "-m", "text"]):
        curator("-C", tmp_path, *verb).one_line_error()


def test_a_folder_that_does_not_exist_is_one_line_of_error(curator, tmp_path):
    curator("-C", tmp_path / "nowhere", "check").one_line_error()


def test_a_repository_without_commits_is_checked_but_not_exported(curator, git, repository, tmp_path):
    shutil.rmtree(repository / ".git")
    git(repository, "init", "-q", "-b", "main")
    assert curator("-C", repository, "check").code == 0
    ran = curator("-C", repository, "export", tmp_path / "out")
    assert ran.code in (1, 2)
    assert "commit" in ran.err
    assert len(ran.err.splitlines()) <= 30


def test_a_shallow_clone_is_checked_but_its_history_is_not_guessed(
    curator, git, repository, defects, tmp_path
):
    defects.write_text(defects.read_text() + "5 5 2 2\n")
    git(repository, "commit", "-qam", "Mask a pixel")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    assert curator("-C", tmp_path / "shallow", "check").code == 0
    error = curator("-C", tmp_path / "shallow", "export", tmp_path / "out").one_line_error()
    assert "unshallow" in error


def test_a_detached_head_is_exported_like_any_commit(curator, git, repository, tmp_path):
    git(repository, "checkout", "-q", "--detach")
    assert curator("-C", repository, "check").code == 0
    assert curator("-C", repository, "export", tmp_path / "out").code == 0


def test_a_bare_repository_serves_its_commits(curator, git, repository, tmp_path):
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    bare = tmp_path / "bare.git"
    assert curator("-C", bare, "check", "--rev", "main").code == 0
    assert curator("-C", bare, "export", tmp_path / "out", "--rev", "main").code == 0
    assert "bare" in curator("-C", bare, "check").one_line_error()


def test_a_submodule_where_a_calibration_should_be_is_a_finding(curator, git, repository, defects):
    other = repository.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "x")
    sha = git(other, "rev-parse", "HEAD")
    path = str(defects.relative_to(repository).with_name("20300101T000000.ecsv"))
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{sha},{path}")
    ran = curator("-C", repository, "check", "--staged", "--format", "json")
    assert ran.code == 1
    assert any(one["path"] == path and one["code"] == "CUR013" for one in json.loads(ran.out)["findings"])


def test_an_unmerged_file_is_a_finding(curator, git, repository, defects):
    path = str(defects.relative_to(repository))
    text = defects.read_text()
    git(repository, "checkout", "-q", "-b", "other")
    defects.write_text(text + "7 7 1 1\n")
    git(repository, "commit", "-qam", "One")
    git(repository, "checkout", "-q", "main")
    defects.write_text(text + "9 9 1 1\n")
    git(repository, "commit", "-qam", "Two")
    with pytest.raises(Exception, match="returned non-zero"):
        git(repository, "merge", "-q", "other")
    for options in ([], ["--staged"]):
        ran = curator("-C", repository, "check", "--format", "json", *options)
        assert ran.code == 1
        assert {one["path"] for one in json.loads(ran.out)["findings"]} == {path}


def test_a_file_only_in_the_index_is_checked_when_staged_and_not_missed_otherwise(
    curator, git, repository, defects
):
    staged = defects.with_name("20310101T000000.ecsv")
    staged.write_text("not ecsv\n")
    git(repository, "add", "-A")
    staged.unlink()
    assert curator("-C", repository, "check", "--staged").code == 1
    assert curator("-C", repository, "check").code == 0


def test_names_that_are_not_utf8_are_findings_printed_safely(curator, git, repository, defects):
    folder = os.fsencode(defects.parent)
    shutil.copy(os.fsencode(defects), os.path.join(folder, b"2030\xff\x1b[31m.ecsv"))
    for format_ in ("text", "json", "github"):
        ran = curator("-C", repository, "check", "--format", format_)
        assert ran.code == 1
        assert "\x1b" not in ran.out


def test_names_of_people_that_are_not_ascii_come_back_as_written(curator, git, repository, defects, tmp_path):
    defects.write_text(defects.read_text() + "5 5 2 2\n")
    git(
        repository,
        "commit",
        "-qam",
        "Masque la colonne \u00e9clair\u00e9e",
        "--author",
        "\u5929\u6587 \u00d8degaard <a@example.org>",
    )
    assert curator("-C", repository, "export", tmp_path / "out").code == 0
    fits = [path for path in (tmp_path / "out").rglob("*.fits") if "/defects/" in str(path)]
    shown = [curator("-C", repository, "show", path).out for path in fits]
    assert any("\u5929\u6587 \u00d8degaard" in text and "\u00e9clair\u00e9e" in text for text in shown)


def test_a_target_that_cannot_be_written_is_one_line_of_error(curator, repository, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for target in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/curator-out")):
        ran = curator("-C", repository, "export", target)
        assert ran.code in (1, 2)
        assert len(ran.err.strip().splitlines()) <= 2


def test_revisions_that_look_like_options_or_are_unknown_are_one_line_of_error(curator, repository, tmp_path):
    for revision in ("--upload-pack=touch pwned", "no-such-branch", "HEAD~999", "-x", ""):
        curator("-C", repository, "check", f"--rev={revision}").one_line_error()
        curator("-C", repository, "export", tmp_path / "out", f"--rev={revision}").one_line_error()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "a: [",
        "schema_version: 99\n",
        "x: !!python/object/apply:os.system [id]\n",
        "\xff\x00",
    ],
)
def test_a_broken_configuration_is_one_line_of_error(curator, repository, text):
    (repository / "curator.yaml").write_bytes(text.encode("latin-1"))
    assert "curator.yaml" in curator("-C", repository, "check").one_line_error()


def test_a_configuration_of_another_form_has_a_line_for_each_mistake(curator, repository):
    (repository / "curator.yaml").write_text("cameras: ../../etc\n")
    ran = curator("-C", repository, "check")
    assert ran.code == 2
    lines = ran.err.strip().splitlines()
    assert len(lines) == 4
    assert all(line.startswith("curator: curator.yaml:1:1: ") for line in lines)


def test_a_configuration_that_is_a_symlink_is_refused(curator, repository, tmp_path):
    (tmp_path / "outside.yaml").write_text((repository / "curator.yaml").read_text())
    (repository / "curator.yaml").unlink()
    (repository / "curator.yaml").symlink_to(tmp_path / "outside.yaml")
    curator("-C", repository, "check").one_line_error()


def test_a_calibration_that_is_a_symlink_is_a_finding_and_not_followed(
    curator, repository, defects, tmp_path
):
    secret = tmp_path / "secret"
    secret.write_text("password = hunter2\n")
    defects.unlink()
    defects.symlink_to(secret)
    for options in ([], [str(defects)]):
        ran = curator("-C", repository, "check", "--format", "json", *options)
        assert ran.code == 1
        assert "hunter2" not in ran.out + ran.err
        assert [one["code"] for one in json.loads(ran.out)["findings"]] == ["CUR013"]


def test_a_camera_folder_that_is_a_symlink_is_not_walked(curator, git, repository, tmp_path):
    shutil.move(repository / "testCam", tmp_path / "elsewhere")
    (repository / "testCam").symlink_to(tmp_path / "elsewhere")
    ran = curator("-C", repository, "check")
    assert ran.code in (1, 2)


def test_a_repository_of_another_kind_is_told_what_was_looked_for_and_found(curator, git, tmp_path):
    git(tmp_path, "init", "-q")
    for verb in ("check", "adopt"):
        ran = curator("-C", tmp_path, verb)
        assert ran.code == 2
        assert "no file at <camera>/<dataset type>/[<detector>/][<filter>/]<date>.ecsv or .yaml" in ran.err
        assert "it has no files" in ran.err
        assert "`curator init`" in ran.err
    (tmp_path / "program.py").write_text("pass\n")
    for verb in ("check", "adopt"):
        assert "found program.py" in curator("-C", tmp_path, verb).err
    for verb in (["coverage"], ["new", "defects"], ["owners"], ["fix"]):
        said = curator("-C", tmp_path, *verb)
        assert said.code == 2
        assert "there is no curator.yaml" in said.err
        assert "`curator adopt`" in said.err
        assert "`curator init`" in said.err


@pytest.mark.parametrize(
    "words", [["--help"], ["check", "--help"], ["help", "plan"], ["rule", "CUR301"], ["schema"]]
)
def test_help_needs_no_repository(curator, tmp_path, words):
    ran = curator("-C", tmp_path, *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out
