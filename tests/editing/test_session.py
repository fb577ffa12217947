"""One writer at a time, and nobody's edits lost where one of them was killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import warm
from editing.killing import FILES, VERBS, contents, forked, killed_at, leftovers
from editing.texts import git

from curator.cli.main import main
from curator.editing.session import editing, exclusive
from curator.errors import CuratorError, EditingError
from curator.repository.repository import Repository

Template = Callable[..., Path]
HOLD = """
import sys, time
from curator.editing.session import editing
from curator.repository.repository import Repository
with editing(Repository.find(sys.argv[1]), "certify"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def root(template: Template) -> Path:
    return template()


@pytest.fixture
def holder(root: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock of ``root``."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_other_writer_is_named_also_in_another_work_tree(
    root: Path, holder: subprocess.Popen[str]
) -> None:
    git(root, "worktree", "add", "-q", "../beside")
    for place in (root, root.parent / "beside"):
        with (
            pytest.raises(
                EditingError, match=rf"`curator certify` \(process {holder.pid}\) is writing"
            ) as caught,
            editing(Repository.find(place), "note", wait=0.1),
        ):
            pytest.fail("two at once")
        assert "run this again" in caught.value.hint


def test_a_killed_writer_holds_nothing(root: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    with editing(Repository.find(root), "note", wait=20):
        assert (root / ".git/curator-edit.lock").read_text() == f"`curator note` (process {os.getpid()})"


def test_a_verb_that_calls_another_one_does_not_wait_for_itself(root: Path) -> None:
    repo = Repository.find(root)

    @exclusive("inner")
    def inner(repo: Repository) -> str:
        with editing(repo.worktree(), "innermost", wait=0) as session:
            return session.verb

    with editing(repo, "outer", wait=0):
        assert inner(repo) == "outer"
    assert inner(repo) == "inner"


def test_a_git_process_that_outlives_its_writer_keeps_the_lock(root: Path) -> None:
    repo = Repository.find(root)
    with editing(repo, "note"):
        orphan = repo.git.start("cat-file", "--batch")
    with pytest.raises(EditingError, match="curator note"), editing(repo, "note", wait=0.1):
        pytest.fail("the orphan may still write")
    orphan.communicate()
    with editing(repo, "note", wait=5):
        assert orphan.returncode == 0


def test_of_several_who_certify_one_file_one_does_it_and_the_others_are_told(root: Path) -> None:
    words = [[FILES[0], "--start", f"2023-0{month}-05T00:00:00"] for month in (1, 2, 3)]
    started = [
        subprocess.Popen(
            [warm.python(), "-m", "curator", "certify", *each], cwd=root, stderr=subprocess.PIPE, text=True
        )
        for each in words
    ]
    said = [process.communicate()[1] for process in started]
    statuses = [process.returncode for process in started]
    assert sorted(statuses) == [0, 2, 2], said
    assert all("there is no such file" in err for err, status in zip(said, statuses, strict=True) if status)
    folder = (root / FILES[0]).parent
    assert [path.name for path in folder.iterdir()] == [f"20230{statuses.index(0) + 1}05T000000.ecsv"]


def killed_while_writing(root: Path, verb: str) -> None:
    """Kill a verb when all is prepared and nothing is in its place."""
    work = VERBS[verb][0]
    for number in range(1, 100):
        killed_at(number, work, root)
        if (root / ".git/curator-edit.ready").exists():
            return
        with editing(Repository.find(root), "nothing"):
            assert not leftovers(root)


@pytest.mark.parametrize("verb", ["note", "certify"])
def test_what_somebody_edits_after_a_kill_is_never_written_over(root: Path, verb: str) -> None:
    killed_while_writing(root, verb)
    edited = (root / FILES[1]).read_bytes() + b"# mine\n"
    (root / FILES[1]).write_bytes(edited)
    repo = Repository.find(root)
    with pytest.raises(EditingError, match=f"`curator {verb}` was interrupted; this file changed") as caught:
        VERBS["note"][0](repo)
    assert caught.value.path == FILES[1]
    assert (root / FILES[1]).read_bytes() == edited
    assert not leftovers(root)
    assert not list(root.rglob("*.tmp"))
    changed = git(root, "status", "--porcelain").split()
    assert FILES[0] in changed
    with editing(repo, "nothing"):
        assert (root / FILES[1]).read_bytes() == edited


def test_what_was_completed_is_said(root: Path, caplog) -> None:
    killed_while_writing(root, "note")
    assert main(["-C", str(root), "owners", "--check"]) == 2  # it only reads
    assert not caplog.messages
    assert main(["-C", str(root), "baseline", "write"]) == 0
    assert caplog.messages == ["completed an interrupted `curator note`: " + ", ".join(FILES)]


@pytest.mark.parametrize("name", ["curator-edit.ready", "curator-edit.prepared"])
def test_a_list_that_nobody_here_wrote_does_no_harm(root: Path, name: str) -> None:
    (root.parent / "outside.ecsv").write_text("mine")
    before = contents(root)
    steps: list[object] = [
        ["../outside.ecsv", "../.outside.ecsv.1123456789.tmp", "", "0" * 64, ""],
        ["", "", "0" * 64, "", "../outside.ecsv"],
        [FILES[0], FILES[1], "", "", ""],
        [".git/config", ".git/.config.1123456789.tmp", "", "", ""],
        [1, 2, 3, 4, 5],
        "abcde",
        None,
    ]
    lists = [
        json.dumps({"version": 1, "folders": ["../x", 1], "steps": [step], "discard": [FILES[0]]})
        for step in steps
    ]
    for text in ("", "nonsense", "[]", "{}", '{"version": 1}', "[" * 100_000, *lists):
        (root / ".git" / name).write_text(text)
        try:
            with editing(Repository.find(root), "nothing"):
                pass
        except CuratorError as error:
            assert "was interrupted" in error.message  # noqa: PT017  # some of them only
        assert contents(root) == before, text
        assert (root.parent / "outside.ecsv").read_text() == "mine"
        assert not leftovers(root)


def test_what_fails_half_way_is_taken_back_and_what_cannot_be_is_completed_later(
    root: Path, monkeypatch
) -> None:
    before, real, calls = contents(root), os.replace, []

    def failing(old: str, new: str) -> None:
        calls.append(new)
        if len(calls) >= 3:
            raise OSError(28, "No space left on device")
        real(old, new)

    repo = Repository.find(root)
    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(EditingError, match="cannot be restored"):
        VERBS["note"][0](repo)
    assert contents(root) != before
    monkeypatch.undo()
    VERBS["note"][0](repo)
    for path in FILES:
        assert (root / path).read_text().count("Ada: why") == 1
    assert not leftovers(root)


def test_what_cannot_be_completed_now_is_completed_later(root: Path, monkeypatch) -> None:
    killed_while_writing(root, "note")

    def failing(old: str, new: str) -> None:
        raise OSError(28, "No space left on device", new)

    repo = Repository.find(root)
    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(EditingError, match="cannot be completed: No space left on device"):
        VERBS["note"][0](repo)
    monkeypatch.undo()
    VERBS["note"][0](repo)
    for path in FILES:
        assert (root / path).read_text().count("Ada: why") == 1
    assert not leftovers(root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_list_that_cannot_be_read_is_kept(root: Path) -> None:
    """Two people share a clone, and one of them has files that only she reads."""
    with TemporaryDirectory() as folder:
        shared = Path(shutil.copytree(root, Path(folder) / "shared"))
        killed_while_writing(shared, "note")
        listed = shared / ".git/curator-edit.ready"
        before = listed.read_bytes()
        for path in [Path(folder), shared, *shared.rglob("*")]:
            path.chmod(0o777)
        listed.chmod(0o600)

        def as_somebody_else() -> None:
            os.setresuid(65534, 65534, 65534)
            with editing(Repository.find(shared), "nothing"):
                pass

        assert "cannot be read: Permission denied" in forked(as_somebody_else)[1]
        assert listed.read_bytes() == before
