"""A commit, its export and a registry that it was published in have one fingerprint."""

from __future__ import annotations

from conftest import need_module


def test_a_commit_an_export_and_two_registries_serve_the_same(repository, defects, curator, git, tmp_path):
    need_module("lsst.daf.butler")
    export, here, there = tmp_path / "export", f"butler:{tmp_path / 'here'}", f"butler:{tmp_path / 'there'}"
    curator("export", export, cwd=repository)
    curator("ingest", "--create", export, here, "--label", "one", "--prefer", cwd=repository)
    first = curator("fingerprint", cwd=repository).out
    alike = curator("fingerprint", "HEAD", export, here, cwd=repository)
    assert alike.code == 0
    assert {line.split()[0] for line in alike.out.splitlines()} == {first.strip()}

    name = defects.relative_to(repository)
    curator("note", name, "-m", "said more", "--author", "Ada", cwd=repository)
    git(repository, "commit", "-qam", "Say more of it")
    assert curator("fingerprint", cwd=repository).out == first, "a note is no content"

    defects.write_text(defects.read_text() + "17 17 1 1\n")
    git(repository, "commit", "-qam", "Mask one more")
    curator("export", export, cwd=repository)
    curator("ingest", "--create", export, there, "--label", "two", "--prefer", cwd=repository)
    differ = curator("fingerprint", export, here, there, cwd=repository)
    now, before, after = [line.split()[0] for line in differ.out.splitlines()]
    assert differ.code == 1
    assert (before, after) == (first.strip(), now) != (now, now)
    assert curator("fingerprint", there, "--label", "two").out.strip() == now


def test_what_cannot_be_compared_is_one_line(repository, curator, tmp_path):
    assert "nothing" in curator("fingerprint", "nothing", cwd=repository).one_line_error(2)
    assert "--label" in curator("fingerprint", "--label", "x", cwd=repository).one_line_error(2)
    (tmp_path / "empty").mkdir()
    assert "manifest" in curator("fingerprint", tmp_path / "empty", cwd=repository).err


def test_a_branch_is_not_taken_for_a_folder_of_its_name(repository, curator, git):
    first = curator("fingerprint", cwd=repository).out
    git(repository, "branch", "production")
    (repository / "production").mkdir()
    assert curator("fingerprint", "production", cwd=repository).out == first, "no export is there"

    curator("export", "production", cwd=repository)
    both = curator("fingerprint", "production", cwd=repository).one_line_error(2)
    assert "./production" in both
    assert "heads/production" in both
    alike = curator(
        "fingerprint", "./production", "heads/production", "production/manifest.ecsv", cwd=repository
    )
    assert alike.code == 0


def test_uncertified_calibrations_do_not_count(repository, curator, git):
    first = curator("fingerprint", cwd=repository).out
    made = curator("new", "defects", "--detector", "S10", cwd=repository).out.split()[0]
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Begin")
    assert curator("fingerprint", cwd=repository).out == first
    curator("certify", made, cwd=repository)
    git(repository, "commit", "-qam", "Certify")
    assert curator("fingerprint", cwd=repository).out != first
