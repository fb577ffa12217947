"""A repository and a configuration that would run code or change an answer."""

from __future__ import annotations

import os
from pathlib import Path


def _tripwires(marker: Path) -> list[tuple[str, str]]:
    trip = f"sh -c 'echo $0 >> {marker}; cat'"
    return [
        ("core.fsmonitor", f"touch {marker}; true"),
        ("core.hooksPath", str(marker.parent / "hooks")),
        ("core.pager", trip),
        ("core.sshCommand", trip),
        ("core.askPass", trip),
        ("filter.trap.clean", trip),
        ("filter.trap.smudge", trip),
        ("filter.trap.process", trip),
        ("filter.trap.required", "true"),
        ("diff.trap.textconv", trip),
        ("diff.trap.command", trip),
        ("diff.external", trip),
        ("gpg.program", trip),
        ("log.showSignature", "true"),
        ("log.diffMerges", "off"),
        ("log.follow", "true"),
        ("log.mailmap", "true"),
        ("diff.renames", "copies"),
        ("core.quotePath", "true"),
        ("core.attributesFile", str(marker.parent / "attributes")),
        ("i18n.logOutputEncoding", "latin1"),
        ("color.ui", "always"),
        ("log.date", "relative"),
        ("core.abbrev", "4"),
        ("status.showUntrackedFiles", "no"),
    ]


def test_no_configuration_runs_code_or_changes_the_exported_bytes(
    curator, git, repository, defects, tmp_path
):
    defects.write_text(defects.read_text() + "5 5 2 2\n")
    git(repository, "commit", "-qam", "Masquer une colonne \u00e9clair\u00e9e")
    sha = git(repository, "rev-parse", "HEAD")
    assert curator("-C", repository, "export", tmp_path / "plain").code == 0

    marker = tmp_path / "marker"
    (tmp_path / "attributes").write_text("* filter=trap diff=trap\n")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {marker}\n")
        (hooks / name).chmod(0o755)
    for key, value in _tripwires(marker):
        git(repository, "config", key, value)
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "attributes").write_text("* filter=trap diff=trap\n")
    (repository / ".mailmap").write_text("Somebody Else <x@example.org> <ada@example.org>\n")

    for verb in (
        ["check"],
        ["check", "--staged"],
        ["check", "--rev", sha],
        ["export", tmp_path / "hostile"],
        ["verify", *sorted((tmp_path / "plain").rglob("*.fits"))],
        ["restore", next(iter(sorted((tmp_path / "plain").rglob("*.fits"))))],
        ["note", defects, "-m", "column 5 again"],
    ):
        ran = curator("-C", repository, *verb, XDG_CACHE_HOME=str(tmp_path / f"cache-{verb[0]}"))
        assert ran.code == 0, (verb, ran.out, ran.err)
    assert not marker.exists(), marker.read_text()
    names = lambda root: {p.relative_to(root): p.read_bytes() for p in root.rglob("*.fits")}  # noqa: E731
    assert names(tmp_path / "plain") == names(tmp_path / "hostile")


def test_no_configuration_has_a_part_in_a_commit_that_a_program_makes(git, tmp_path, monkeypatch):
    from curator.repository.commits import commit_all
    from curator.repository.repository import Repository

    made, marker, hooks = tmp_path / "made", tmp_path / "marker", tmp_path / "hooks"
    repository = Repository.init(str(made))
    (tmp_path / "attributes").write_text("* filter=trap diff=trap\n")
    hooks.mkdir()
    for name in ("pre-commit", "commit-msg", "post-commit", "post-index-change", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {marker}\n")
        (hooks / name).chmod(0o755)
    for key, value in [*_tripwires(marker), ("commit.gpgSign", "true"), ("user.name", "Somebody Else")]:
        git(made, "config", key, value)
    own = tmp_path / "own"
    own.write_text(f"[core]\n\thooksPath = {hooks}\n\tfsmonitor = touch {marker}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    for number in range(2):
        (made / "a.ecsv").write_bytes(b"%d\r\n" % number)
        sha = commit_all(repository, "Go on", "Ada", "ada@example.org")
        assert repository.commit().sha == sha
        assert repository.commit().read("a.ecsv") == b"%d\r\n" % number
    assert not marker.exists()
    assert git(made, "log", "--no-show-signature", "--format=%an %cn", "-1") == "Ada Ada"


def test_replace_refs_do_not_change_what_is_exported(curator, git, repository, defects, tmp_path):
    assert curator("-C", repository, "export", tmp_path / "plain").code == 0
    sha = git(repository, "rev-parse", "HEAD")
    defects.write_text(defects.read_text() + "1 1 1 1\n")
    git(repository, "commit", "-qam", "Another content")
    git(repository, "replace", sha, git(repository, "rev-parse", "HEAD"))
    ran = curator(
        "-C", repository, "export", tmp_path / "replaced", "--rev", sha, XDG_CACHE_HOME=str(tmp_path / "c")
    )
    assert ran.code == 0
    names = lambda root: sorted(p.name for p in root.rglob("*.fits"))  # noqa: E731
    assert names(tmp_path / "plain") == names(tmp_path / "replaced")


def test_variables_of_another_repository_are_not_believed(curator, git, repository, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    ran = curator(
        "-C", repository, "export", tmp_path / "out", GIT_DIR=str(other / ".git"), GIT_WORK_TREE=str(other),
        GIT_OBJECT_DIRECTORY=str(other / ".git" / "objects"),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert list((tmp_path / "out").rglob("*.fits"))


def test_an_embedded_bare_repository_is_not_entered(curator, git, repository, tmp_path):
    trap = repository / "testCam" / "trap"
    git(repository, "init", "-q", "--bare", str(trap))
    git(trap, "config", "core.fsmonitor", f"touch {tmp_path / 'marker'}")
    git(trap, "config", "core.bare", "false")
    git(trap, "config", "core.worktree", str(tmp_path))
    for folder in (trap, repository):
        curator("-C", folder, "check")
        curator("-C", folder, "export", tmp_path / f"out-{os.path.basename(folder)}")
    assert not (tmp_path / "marker").exists()


def test_a_module_that_lies_in_the_repository_is_not_run(cold_curator, repository, tmp_path):
    for name in ("yaml", "argparse", "json"):
        (repository / f"{name}.py").write_text(f"open({str(tmp_path / 'marker')!r}, 'w')\n")
    assert cold_curator("check", cwd=repository).code == 0
    assert cold_curator("select", "--type", "defects", "--date", "2025-01-01", cwd=repository).code in (1, 2)
    assert not (tmp_path / "marker").exists()
