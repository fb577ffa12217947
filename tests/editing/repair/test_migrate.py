"""A move to another profile is one commit, loses nothing, and happens whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import warm
from editing.texts import git

from curator.checks.run.engine import check
from curator.editing.repair.migrate import Migration, plan_migration
from curator.editing.repair.migrate_commit import commit_migration, recover
from curator.errors import EditingError, RepositoryError
from curator.formats.read import read_document
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

DEFECTS = "myCam/defects/s00/20200101T000000.ecsv"
MATRIX = "myCam/crosstalk/s01/20200101T000000.yaml"
Template = Callable[..., Path]
Texts = dict[str, bytes]


def migrate(root: Path, profile: str) -> Migration:
    repository = Repository.find(root)
    migration = plan_migration(repository, profile)
    if migration.files:
        commit_migration(repository, migration)
    return migration


def contents(root: Path) -> dict[str, tuple[Any, Any]]:
    """Return what each calibration holds besides its header, and the header."""
    found = {}
    for file in sorted(root.rglob("*T*.*")):
        if file.suffix in (".ecsv", ".yaml") and file.is_file():
            doc = read_document(file.name, file.read_bytes())
            tree = {key: one for key, one in doc.tree.items() if key != "metadata"} if doc.tree else None
            columns = [(one.name, one.unit, repr(one.values)) for one in doc.columns.values()]
            found[str(file.relative_to(root))] = (
                (columns, repr(tree), [one.text for one in doc.comments]),
                doc.header,
            )
    return found


def passing(root: Path) -> set[str]:
    snapshot = Repository.find(root).worktree()
    report = check(snapshot, load_config(snapshot))
    wrong = {one.path for one in report.findings if one.severity == "error"}
    return {entry.path for entry in snapshot.entries()} - wrong


def files(root: Path) -> Texts:
    return {
        str(one.relative_to(root)): one.read_bytes()
        for one in root.rglob("*")
        if one.is_file() and ".git" not in one.relative_to(root).parts
    }


def test_there_and_back_leaves_every_file_passing_with_its_content(template: Template) -> None:
    root = template("obs_base")
    before, passed = contents(root), passing(root)
    migrate(root, "dmtn148")
    assert "profile: dmtn148" in (root / "curator.yaml").read_text()
    assert passing(root) >= passed
    there = contents(root)
    assert there[DEFECTS][1]["FILTER"] == "NONE"
    made = f"{before[DEFECTS][1]['CALIB_CREATION_DATE']}T{before[DEFECTS][1]['CALIB_CREATION_TIME']}"
    assert there[DEFECTS][1]["CALIBDATE"] == made
    assert there[DEFECTS][1]["VALIDSTART"] == "2020-01-01T00:00:00"
    migrate(root, "obs_base")
    after = contents(root)
    assert passing(root) >= passed
    assert {path: one[0] for path, one in after.items()} == {path: one[0] for path, one in before.items()}
    for path, (_, header) in after.items():
        assert header.pop("VALIDSTART") == "2020-01-01T00:00:00", path
        assert header == before[path][1], path


def test_from_the_note_to_practice_and_back(template: Template) -> None:
    root = template("dmtn148")
    before = contents(root)
    migrate(root, "obs_base")
    assert contents(root)[DEFECTS][1]["CALIBDATE"] == "2020-01-01T00:00:00"
    migrate(root, "dmtn148")
    assert contents(root) == before


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_real_repositories_go_there_and_back(real_repository: Callable[[str], Path], name: str) -> None:
    from curator.editing.adopt.adopt import adopt

    root = real_repository(name)
    large = [one for one in sorted(root.rglob("*T*.yaml")) if one.stat().st_size > 1_000_000]
    for one in large[1:]:  # one of them shows what all do
        one.unlink()
    git(root, "add", "-A")
    adopt(Repository.find(root))
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Adopt")
    assert load_config(Repository.find(root).worktree()).profile == "obs_base"
    before, passed = contents(root), passing(root)
    migrate(root, "dmtn148")
    mutual = contents(root)
    assert {path: one[0] for path, one in mutual.items()} == {path: one[0] for path, one in before.items()}
    migrate(root, "obs_base")
    after = contents(root)
    assert {path: one[0] for path, one in after.items()} == {path: one[0] for path, one in before.items()}
    assert passing(root) >= passed
    for path, (_, header) in before.items():
        for key in ("CALIBDATE", "DETECTOR", "INSTRUME", "SOURCE", "CALIB_CREATION_DATE", "DATE", "CALIBCLS"):
            assert after[path][1].get(key) == header.get(key), (path, key)
    assert git(root, "status", "--porcelain") == ""


def test_it_is_one_commit_by_its_user_and_one_that_lists_it(template: Template) -> None:
    root = template("obs_base")
    (root / ".git-blame-ignore-revs").write_text("# a reformat\n" + "0" * 40)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "List a reformat")
    migrate(root, "dmtn148")
    assert git(root, "log", "--format=%an %ae %s").splitlines()[:2] == [
        "Ada Editor ada@example.org Make git blame skip the move to profile dmtn148",
        "Ada Editor ada@example.org Move headers from profile obs_base to dmtn148",
    ]
    moved = git(root, "rev-parse", "HEAD~1").strip()
    assert (root / ".git-blame-ignore-revs").read_text().splitlines() == [
        "# a reformat",
        "0" * 40,
        "# Move headers from profile obs_base to dmtn148",
        moved,
    ]
    assert git(root, "diff", "--name-only", "HEAD~1", "HEAD").split() == [".git-blame-ignore-revs"]
    assert git(root, "status", "--porcelain") == ""
    assert "refs/curator" not in git(root, "for-each-ref")
    git(root, "fsck", "--strict")
    git(root, "blame", "--ignore-revs-file=.git-blame-ignore-revs", DEFECTS)


def test_there_is_nothing_to_do_twice(template: Template) -> None:
    root = template("obs_base")
    migrate(root, "dmtn148")
    assert migrate(root, "dmtn148").files == ()
    assert git(root, "rev-list", "--count", "HEAD").strip() == "3"


def test_modes_windows_line_ends_and_odd_names_stay(template: Template) -> None:
    root = template("obs_base")
    windows = (root / DEFECTS).read_bytes().replace(b"\n", b"\r\n")
    (root / DEFECTS).write_bytes(windows)
    (root / MATRIX).chmod(0o755)
    odd = root / 'myCam/transmission_filter/g_01/notes "é"\n.md'
    odd.write_text("a note\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Be odd")
    migrate(root, "dmtn148")
    raw = (root / DEFECTS).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert git(root, "ls-files", "-s", MATRIX).startswith("100755")
    assert (root / MATRIX).stat().st_mode & 0o111
    assert git(root, "status", "--porcelain") == ""


def test_no_hook_filter_or_signature_has_a_part(template: Template, tmp_path: Path) -> None:
    root = template("obs_base")
    marker = tmp_path / "marker"
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        hook = root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n")
        hook.chmod(0o755)
    git(root, "config", "commit.gpgSign", "true")
    git(root, "config", "gpg.program", f"touch {marker}")
    migrate(root, "dmtn148")
    assert not marker.exists()


@pytest.mark.parametrize("how", ["changed", "staged", "new", "gone", "list", "merge"])
def test_a_tree_with_changes_is_refused(template: Template, how: str) -> None:
    root = template("obs_base")
    if how in ("changed", "staged"):
        with (root / DEFECTS).open("a") as file:
            file.write("1 2 3 4\n")
    if how == "staged":
        git(root, "add", "-A")
        git(root, "show", f"HEAD:{DEFECTS}")
        (root / DEFECTS).write_bytes(
            subprocess.run(
                ["git", "show", f"HEAD:{DEFECTS}"], cwd=root, capture_output=True, check=True
            ).stdout
        )
    if how == "new":
        (root / DEFECTS).with_name("20210101T000000.ecsv").write_bytes((root / DEFECTS).read_bytes())
    if how == "gone":
        (root / DEFECTS).unlink()
    if how == "list":
        (root / ".git-blame-ignore-revs").write_text("mine\n")
    if how == "merge":
        (root / ".git" / "MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD"))
    before = files(root)
    with pytest.raises(EditingError):
        migrate(root, "dmtn148")
    assert files(root) == before
    assert git(root, "rev-list", "--count", "HEAD").strip() == "1"


def test_without_a_name_nothing_happens(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    root = template("obs_base")
    before = files(root)
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name)
    with pytest.raises(RepositoryError, match="does not know your name"):
        migrate(root, "dmtn148")
    assert files(root) == before


def test_where_the_index_is_locked_every_file_is_as_before(template: Template) -> None:
    root = template("obs_base")
    before = files(root)
    repository = Repository.find(root)
    migration = plan_migration(repository, "dmtn148")
    lock = root / ".git" / "index.lock"
    lock.write_text("")
    with pytest.raises(RepositoryError):
        commit_migration(repository, migration)
    lock.unlink()
    recover(repository)
    assert files(root) == before
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "rev-list", "--count", "HEAD").strip() == "1"


def test_where_a_file_cannot_be_written_every_other_is_as_before(template: Template) -> None:
    root = template("obs_base")
    before = files(root)
    repository = Repository.find(root)
    migration = plan_migration(repository, "dmtn148")
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 4; exec {sys.executable} -m curator fix --migrate dmtn148"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert files(root) == before
    assert len(migration.files) > 10
    assert git(root, "status", "--porcelain") == ""


def test_what_a_killed_migration_left_is_taken_back(template: Template) -> None:
    root = template("obs_base")
    before = files(root)
    script = f"""
import os, signal
from curator.editing.repair import migrate_commit
from curator.editing.repair.migrate import plan_migration
from curator.repository.repository import Repository

repository = Repository.find({str(root)!r})
migration = plan_migration(repository, "dmtn148")
write, count = migrate_commit.replace, 0

def stop(*words):
    global count
    count += 1
    if count == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    write(*words)

migrate_commit.replace = stop
migrate_commit.commit_migration(repository, migration)
"""
    done = subprocess.run([warm.python(), "-c", script], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert files(root) != before
    assert git(root, "rev-list", "--count", "HEAD").strip() == "1"
    assert recover(Repository.find(root))
    assert files(root) == before
    assert git(root, "status", "--porcelain") == ""
    assert not recover(Repository.find(root))


def test_what_a_person_edited_after_the_kill_is_not_taken_back(template: Template) -> None:
    root = template("obs_base")
    migrate(root, "dmtn148")
    head, target = git(root, "rev-parse", "HEAD~2").strip(), git(root, "rev-parse", "HEAD").strip()
    git(root, "reset", "-q", "--soft", head)
    with (root / DEFECTS).open("a") as file:
        file.write("1 2 3 4\n")
    (root / ".git" / "curator-migration").write_text(f"{head} {target}\n")
    assert recover(Repository.find(root))
    assert git(root, "status", "--porcelain").split() == ["M", DEFECTS]
    assert (root / DEFECTS).read_text().endswith("1 2 3 4\n")


def test_a_foreign_journal_does_no_harm(template: Template) -> None:
    root = template("obs_base")
    before = files(root)
    head = git(root, "rev-parse", "HEAD").strip()
    for text in ("", "nonsense", "../../etc passwd", "0" * 40 + " " + "1" * 40, f"{head} {'1' * 40}", "\xff"):
        (root / ".git" / "curator-migration").write_text(text, encoding="latin-1")
        recover(Repository.find(root))
        assert files(root) == before
        assert not (root / ".git" / "curator-migration").exists()


def test_what_nobody_can_know_is_listed_and_not_made_up(template: Template) -> None:
    root = template("obs_base")
    text = (root / DEFECTS).read_text()
    (root / DEFECTS).write_text("".join(one for one in text.splitlines(True) if "CALIB_CREATION" not in one))
    git(root, "commit", "-qam", "Forget when it was made")
    migration = migrate(root, "dmtn148")
    header = read_document(DEFECTS, (root / DEFECTS).read_bytes()).header
    assert header["VALIDSTART"] == "2020-01-01T00:00:00"
    assert not header.keys() & {"CALIBDATE", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME"}
    [note] = migration.notes
    assert note.paths == (DEFECTS,)
    assert note.text.split(" in ")[0].split("; ") == [
        "CALIB_CREATION_DATE is missing",
        "CALIB_CREATION_TIME is missing",
        "CALIBDATE is missing",
    ]
    migrate(root, "obs_base")
    assert DEFECTS in passing(root)


def test_files_that_become_certified_are_listed(template: Template) -> None:
    root = template("dmtn148")
    text = (root / DEFECTS).read_text()
    (root / DEFECTS).write_text("".join(one for one in text.splitlines(True) if "VALIDSTART" not in one))
    git(root, "commit", "-qam", "Do not certify")
    [note] = migrate(root, "obs_base").notes
    assert note.paths == (DEFECTS,)
    assert "not certified" in note.text


def test_a_profile_that_does_not_exist_is_refused(template: Template) -> None:
    with pytest.raises(Exception, match="dmtn") as caught:
        plan_migration(Repository.find(template("obs_base")), "dmtn999")
    assert "profile" in str(caught.value)


def test_the_line_of_the_profile_keeps_its_form(template: Template) -> None:
    root = template("obs_base")
    config = root / "curator.yaml"
    text = config.read_text().replace("profile: obs_base", 'profile:  "obs_base"')
    config.write_text(text)
    git(root, "commit", "-qam", "Quote it")
    migrate(root, "dmtn148")
    assert config.read_text() == text.replace('"obs_base"', '"dmtn148"')
    assert os.path.basename(config) == "curator.yaml"
