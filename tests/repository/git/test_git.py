"""Each guard against a repository or configuration that would, without it, run code or change an answer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from repository.made import Made, git

from curator.errors import IncompleteCloneError, RepositoryError
from curator.repository.git.command import Git, printable, to_bytes, to_text
from curator.repository.history import History
from curator.repository.repository import Repository


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A file that exists only after something ran that must not."""
    return tmp_path / "marker"


@pytest.fixture
def script(tmp_path: Path, marker: Path) -> str:
    """A program that makes the marker and passes its input on, where it is a filter."""
    path = tmp_path / "trap.sh"
    path.write_text(f"#!/bin/sh\ntouch {marker}\n[ $# = 0 ] && exec cat\nexit 1\n")
    path.chmod(0o755)
    return str(path)


def everything(made: Made, start: Path | None = None) -> dict[str, object]:
    """Ask all there is to ask, the history from git and not from the cache."""
    repo = Repository.find(start or made.root)
    commit, index, worktree = repo.commit(), repo.index(), repo.worktree()
    paths = [entry.path for entry in commit.entries()]
    history = History.of(repo.git, commit.sha)
    for file in Path(os.environ["XDG_CACHE_HOME"], "curator", "history").iterdir():
        file.unlink()
    return {
        "commit": (commit.sha, commit.date, commit.entries()),
        "bytes": dict(commit.read_many(paths)),
        "staged": (index.entries(), dict(index.read_many(entry.path for entry in index.entries()))),
        "worktree": [(entry.path, worktree.blob(entry.path)) for entry in worktree.entries()],
        "uncommitted": repo.uncommitted(),
        "history": {path: history.edits(path) for path in paths},
        "refs": repo.release_refs(commit.sha),
    }


@pytest.fixture
def busy(made: Made) -> Made:
    """A repository with a merge, a rename, a name that is not ASCII, and a change not committed."""
    made.commit("one", "cam/a.yaml", "cam/é.yaml", "b.ecsv")
    made.git("checkout", "-q", "-b", "side")
    made.commit("on the side", "cam/a.yaml")
    made.git("checkout", "-q", "main")
    made.git("mv", "b.ecsv", "c.ecsv")
    made.commit("renamed")
    made.git("merge", "-q", "side", "-m", "merge")
    made.git("tag", "v1")
    made.write("cam/a.yaml", "changed, not committed\n")
    made.write("new.yaml")
    return made


def trip(made: Made, *args: str) -> None:
    """Run plain git, which falls into the trap."""
    subprocess.run(
        ["git", *args], cwd=made.root, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False
    )


# What is set, and the plain git command that shows the trap is real.
PROGRAMS: dict[str, tuple[Callable[[str], dict[str, str]], tuple[str, ...]]] = {
    "a file-system monitor": (lambda script: {"core.fsmonitor": script}, ("status",)),
    "a clean filter": (lambda script: {"filter.trap.clean": script}, ("status",)),
    "a process filter": (lambda script: {"filter.trap.process": script}, ("status",)),
    "a text conversion": (lambda script: {"diff.trap.textconv": script}, ("log", "-p")),
    "an external diff": (lambda script: {"diff.external": script}, ("diff",)),
    "a diff command": (lambda script: {"diff.trap.command": script}, ("diff",)),
}


@pytest.mark.parametrize("trap", PROGRAMS)
def test_no_program_of_the_configuration_runs(trap, busy, marker, script):
    before = everything(busy)
    settings, plain = PROGRAMS[trap]
    for key, value in settings(script).items():
        busy.git("config", key, value)
    (busy.root / ".git/info/attributes").write_text("* filter=trap diff=trap\n")
    os.utime(busy.root / "c.ecsv")
    assert everything(busy) == before
    assert not marker.exists()
    trip(busy, *plain)
    assert marker.exists(), "the trap itself does not work"


def test_an_included_configuration_file_runs_nothing(busy, marker, script, tmp_path):
    before = everything(busy)
    (tmp_path / "included").write_text(f"[core]\n\tfsmonitor = {script}\n")
    busy.git("config", f"includeIf.gitdir:{busy.root}/.path", str(tmp_path / "included"))
    assert everything(busy) == before
    assert not marker.exists()
    trip(busy, "status")
    assert marker.exists()


def test_hooks_do_not_run(busy, marker, script, tmp_path):
    (tmp_path / "hooks").mkdir()
    for name in ("post-index-change", "reference-transaction"):
        os.link(script, tmp_path / "hooks" / name)
    before = everything(busy)
    busy.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    os.utime(busy.root / "c.ecsv")
    assert everything(busy) == before
    assert not marker.exists()
    trip(busy, "status")
    assert marker.exists()


def test_templates_and_hooks_of_the_user_do_not_reach_a_new_repository(tmp_path, marker, script):
    (tmp_path / "template/hooks").mkdir(parents=True)
    os.link(script, tmp_path / "template/hooks/pre-commit")
    git(tmp_path, "config", "--global", "init.templateDir", str(tmp_path / "template"))
    git(tmp_path, "config", "--global", "init.defaultBranch", "other")
    repo = Repository.init(tmp_path / "new", "trunk")
    assert (Path(repo.gitdir) / "HEAD").read_text() == "ref: refs/heads/trunk\n"
    assert not (Path(repo.gitdir) / "hooks").exists()
    git(tmp_path, "init", "-q", "plain")
    assert (tmp_path / "plain/.git/hooks/pre-commit").exists()


def test_signatures_are_not_verified(busy, marker, script):
    tree, parent = busy.git("rev-parse", "HEAD^{tree}"), busy.git("rev-parse", "HEAD")
    raw = (
        f"tree {tree}\nparent {parent}\nauthor A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\nsigned\n"
    )
    busy.git(
        "update-ref", "HEAD", busy.git("hash-object", "-t", "commit", "-w", "--stdin", input=raw.encode())
    )
    before = everything(busy)
    busy.git("config", "log.showSignature", "true")
    busy.git("config", "gpg.program", script)
    assert everything(busy) == before
    assert not marker.exists()
    trip(busy, "log", "-1")
    assert marker.exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"remote.origin.url": "ssh://nowhere.invalid/x", "core.sshCommand": "TRAP"},
        {"remote.origin.url": "ext::TRAP now", "protocol.ext.allow": "always"},
        {"remote.origin.uploadpack": "TRAP", "protocol.file.allow": "always"},
    ],
)
def test_missing_objects_of_a_partial_clone_are_not_fetched(settings, busy, marker, script, tmp_path):
    busy.git("config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{busy.root}", "partial")
    partial = Made(tmp_path / "partial")
    for key, value in settings.items():
        partial.git("config", key, value.replace("TRAP", script))
    commit = partial.repo.commit()
    with pytest.raises(IncompleteCloneError, match=r"^cam/a\.yaml: ") as caught:
        commit.read("cam/a.yaml")
    assert "\n" not in caught.value.message
    assert "refetch" in caught.value.hint
    with pytest.raises(IncompleteCloneError):
        commit.read("c.ecsv")
    assert not marker.exists()
    trip(partial, "cat-file", "-p", "HEAD:cam/a.yaml")
    assert marker.exists()


def test_a_bare_repository_inside_a_tree_is_not_used(busy, marker, script):
    trap = busy.root / "cam/trap"
    busy.git("init", "-q", "--bare", str(trap))
    git(trap, "config", "core.fsmonitor", script)
    git(trap, "config", "core.worktree", str(busy.root / "cam"))
    git(trap, "config", "core.bare", "false")
    assert Repository.find(trap).root == str(busy.root)
    assert Repository.find(trap / "refs").root == str(busy.root)
    everything(busy, trap)
    assert not marker.exists()
    trip(Made(trap), "status")
    assert marker.exists()


# One at a time, so that each is shown to matter; the plain command answers differently with it.
ANSWERS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "merges shown otherwise": ({"log.diffMerges": "off"}, ("log", "-m", "--name-only")),
    "the first commit not shown": ({"log.showRoot": "false"}, ("log", "--name-only", "--format=%H")),
    "renames followed": ({"log.follow": "true"}, ("log", "--format=%H", "--", "c.ecsv")),
    "renames found": ({"diff.renames": "false"}, ("log", "--raw")),
    "names quoted": ({"core.quotePath": "false"}, ("ls-files",)),
    "short ids": ({"core.abbrev": "4"}, ("log", "--raw")),
    "another order of names": ({"diff.orderFile": "ORDER"}, ("log", "--raw")),
    "colour": ({"color.ui": "always"}, ("log",)),
    "another format": ({"format.pretty": "oneline"}, ("log",)),
    "dates otherwise": ({"log.date": "unix"}, ("log",)),
    "notes": ({"notes.displayRef": "refs/notes/*"}, ("log",)),
    "people renamed": ({"log.mailmap": "true", "mailmap.file": "MAILMAP"}, ("log",)),
    "another encoding": ({"i18n.logOutputEncoding": "ISO-8859-1"}, ("log",)),
    "another work tree": ({"core.worktree": "ELSEWHERE"}, ("ls-files", "--others")),
    "no work tree": ({"core.bare": "true"}, ("rev-parse", "--is-bare-repository")),
    "a command replaced": ({"alias.unheard": "log"}, ("unheard",)),
}


@pytest.mark.parametrize("change", ANSWERS)
def test_no_setting_changes_an_answer(change, busy, tmp_path):
    busy.write("cam/a.yaml", "by someone else\n")
    busy.commit("Éclair", GIT_AUTHOR_NAME="Øde")
    busy.git("notes", "--ref", "other", "add", "-m", "a note")
    (tmp_path / "order").write_text("cam/*\n")
    (tmp_path / "mailmap").write_text("New Name <new@x> <ada@example.org>\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/intruder.yaml").write_text("x")
    before = everything(busy)
    settings, plain = ANSWERS[change]
    told = subprocess.run(["git", *plain], cwd=busy.root, capture_output=True, check=False).stdout
    for key, value in settings.items():
        for name, path in (("ORDER", "order"), ("MAILMAP", "mailmap"), ("ELSEWHERE", "elsewhere")):
            value = value.replace(name, str(tmp_path / path))
        busy.git("config", key, value)
    assert everything(busy) == before
    now = subprocess.run(["git", *plain], cwd=busy.root, capture_output=True, check=False).stdout
    assert now != told, "the setting changes nothing for plain git either"


def test_replaced_objects_are_not_believed(busy):
    busy.git("checkout", "-q", "--force", "main")
    before = everything(busy)
    blob, other = busy.git("rev-parse", "HEAD:cam/a.yaml"), busy.git("rev-parse", "HEAD:c.ecsv")
    busy.git("replace", blob, other)
    busy.git("replace", busy.git("rev-parse", "HEAD~1"), busy.git("rev-parse", "HEAD~2"))
    assert "renamed" not in busy.git("log", "--format=%s")
    assert everything(busy) == before


def test_grafts_are_not_believed(busy):
    before = everything(busy)
    (busy.root / ".git/info/grafts").write_text(busy.git("rev-parse", "HEAD") + "\n")
    assert busy.git("rev-list", "--count", "HEAD") == "1"
    assert everything(busy) == before


def test_variables_that_name_another_repository_are_dropped(busy, tmp_path, monkeypatch):
    before = everything(busy)
    other = Made.at(tmp_path / "other")
    other.commit("elsewhere", "intruder.yaml")
    for key, value in {
        "GIT_DIR": ".git",
        "GIT_WORK_TREE": "",
        "GIT_INDEX_FILE": ".git/index",
        "GIT_OBJECT_DIRECTORY": ".git/objects",
        "GIT_COMMON_DIR": ".git",
    }.items():
        monkeypatch.setenv(key, str(other.root / value))
    monkeypatch.setenv("GIT_NAMESPACE", "other")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(busy.root))
    monkeypatch.setenv("GIT_REPLACE_REF_BASE", "refs/heads/")
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert everything(busy) == before


def test_the_index_a_hook_is_given_is_read(busy, monkeypatch):
    """``git commit FILE`` makes an index of its own for the commit and tells its hooks where."""
    own = busy.root / ".git/next-index"
    own.write_bytes((busy.root / ".git/index").read_bytes())
    busy.git("add", "new.yaml", GIT_INDEX_FILE=str(own))
    assert "new.yaml" not in [entry.path for entry in busy.repo.index().entries()]
    for value in (str(own), ".git/next-index"):
        monkeypatch.setenv("GIT_INDEX_FILE", value)
        assert "new.yaml" in [entry.path for entry in busy.repo.index().entries()]


def test_traces_are_not_written(busy, tmp_path, monkeypatch):
    git(tmp_path, "config", "--global", "trace2.eventTarget", str(tmp_path / "events"))
    for name in ("GIT_TRACE", "GIT_TRACE_SETUP"):
        monkeypatch.setenv(name, str(tmp_path / "trace"))
    everything_traced = {"events", "trace"}
    before = {name for name in everything_traced if (tmp_path / name).exists()}
    for name in before:
        (tmp_path / name).unlink()
    repo = busy.repo
    repo.commit().entries()
    repo.worktree().entries()
    assert not any((tmp_path / name).exists() for name in everything_traced)
    trip(busy, "status")
    assert all((tmp_path / name).exists() for name in everything_traced)


def test_a_repository_of_another_user_is_refused_with_what_to_do(busy):
    if os.geteuid() != 0:
        pytest.skip("only root can give a repository away")
    os.chown(busy.root, 12345, 12345)
    os.chown(busy.root / ".git", 12345, 12345)
    for ask in (busy.repo.commit, busy.repo.worktree().entries, busy.repo.index().entries):
        with pytest.raises(RepositoryError, match="belongs to another user") as caught:
            ask()
        assert "safe.directory" in caught.value.hint
    git(busy.root.parent, "config", "--global", "safe.directory", str(busy.root))
    assert busy.repo.commit().entries()


def test_a_git_directory_that_git_refuses_is_one_line_and_its_surroundings_are_not_used(busy):
    inner = busy.root / "cam"
    (inner / ".git/objects").mkdir(parents=True)
    (inner / ".git/refs").mkdir()
    (inner / ".git/HEAD").write_text("nonsense\n")
    repo = Repository.find(inner)
    assert repo.root == str(inner)
    with pytest.raises(RepositoryError) as caught:
        repo.commit()
    assert "\n" not in caught.value.message


def test_git_that_is_not_installed_is_one_line(busy, monkeypatch):
    repo = busy.repo
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(RepositoryError, match="git is not installed"):
        repo.commit()


def test_a_failing_stream_says_what_git_said(busy):
    layer = busy.repo.git
    with (
        pytest.raises(RepositoryError, match="git log failed: bad object"),
        layer.stream("log", "0" * 40) as output,
    ):
        output.read()


def test_a_stream_that_is_left_early_leaves_no_process(busy):
    class LeftError(Exception):
        pass

    with pytest.raises(LeftError), busy.repo.git.stream("cat-file", "--batch-check", "--batch-all-objects"):
        raise LeftError


def test_complaints_without_end_do_not_stop_a_stream(busy):
    """Git complains of every missing object; nobody must wait for a pipe that is full."""
    ids = "".join(f"{number:040x}\n" for number in range(1, 4000))
    (busy.root / ".git/packed-refs").write_text(
        "".join(f"{line} refs/heads/gone{number}\n" for number, line in enumerate(ids.split()))
    )
    with busy.repo.git.stream("for-each-ref", "--format=%(refname)") as output:
        assert output.read()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain é.yaml", "plain é.yaml"),
        ("line\nbreak\x1b[31m", "line\\nbreak\\x1b[31m"),
        (to_text(b"\xff\xc3\xa9"), "\\xffé"),
        ("\u202ereversed", "\\u202ereversed"),
    ],
)
def test_a_name_is_shown_on_one_line_of_any_terminal(name, shown):
    assert printable(name) == shown
    assert to_text(to_bytes(name)) == name


def test_the_root_must_be_a_directory(tmp_path):
    with pytest.raises(RepositoryError, match="is not a directory"):
        Git(str(tmp_path / "nowhere")).run("log")
