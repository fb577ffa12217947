"""The hook, as pre-commit installs and runs it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from curator.checks.generate.hooks import HOOKS, hooks_file
from curator.editing.new.automation_files import HOOKS_FILE, automation_files
from curator.repository.layout.paths import ALL_RECORDS

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., subprocess.CompletedProcess[str]]
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


def test_the_list_for_pre_commit_is_current() -> None:
    assert (ROOT / ".pre-commit-hooks.yaml").read_text() == hooks_file(), (
        "run `python -m curator.checks.generate.hooks` and commit what it wrote"
    )


def test_pre_commit_accepts_the_list() -> None:
    from pre_commit.clientlib import load_manifest

    assert [one["id"] for one in load_manifest(ROOT / ".pre-commit-hooks.yaml")] == [one.id for one in HOOKS]


def test_every_hook_and_git_know_all_files_that_are_written_here(repository: Path, run: Run) -> None:
    # A record that a hook does not know is not checked; one whose line ends git converts is another record.
    written = [DEFECTS, *(f"ExampleCam/defects/s00/20200101T000000{one}" for one in ALL_RECORDS)]
    own = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text())
    adopted = automation_files(hooks=True, ci="", address="", branch="main", strict=True)
    printed = yaml.safe_load(adopted[HOOKS_FILE])
    found = [
        one["files"]
        for each in (own, printed)
        for repo in each["repos"]
        for one in repo["hooks"]
        if "files" in one
    ]
    found += [one.files for one in HOOKS]
    assert len(found) == 7
    assert [(files, path) for files in found for path in written if not re.search(files, path)] == []
    said = run(repository, "git", "check-attr", "text", *written).stdout
    assert re.findall(r": text: (.*)", said) == ["unset"] * len(written)


def spoil(root: Path) -> str:
    file = root / DEFECTS
    text = file.read_text()
    file.write_text(text.replace("310 1200 1 2896", "310 1200 1 2897"))
    return text


def test_a_wrong_edit_is_stopped_at_commit_and_a_right_one_is_not(repository: Path, run: Run) -> None:
    head = run(ROOT, "git", "rev-parse", "HEAD").stdout.strip()
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: file://{ROOT}\n  rev: {head}\n  hooks:\n  - id: curator-check\n"
    )
    installed = run(repository, "pre-commit", "install")
    assert installed.returncode == 0, installed.stderr
    text = spoil(repository)
    stopped = run(repository, "git", "commit", "-qam", "Mask a column")
    assert stopped.returncode == 1, stopped.stderr
    line = text.split("\n").index("310 1200 1 2896") + 1
    assert f"{DEFECTS}:{line}:12: CUR301 defect extends outside the sensor" in stopped.stderr
    assert "y0 + height = 4097, but S00 is 4096 pixels high" in stopped.stderr
    (repository / DEFECTS).write_text(text.replace("310 1200 1 2896", "310 1200 1 2890"))
    passed = run(repository, "git", "commit", "-qam", "Mask a column")
    assert passed.returncode == 0, passed.stderr
    all_files = run(repository, "pre-commit", "run", "--all-files")
    assert (all_files.returncode, "Passed" in all_files.stdout) == (0, True), all_files.stdout


def test_a_warning_is_shown_at_the_commit_and_stops_it_only_with_strict(repository: Path, run: Run) -> None:
    assert run(repository, "pre-commit", "install").returncode == 0
    with (repository / "curator.yaml").open("a") as config:
        config.write("severities: {CUR301: warning}\n")
    silent = run(repository, "git", "commit", "-qam", "Say that boxes may extend outside")
    assert (silent.returncode, "nothing found" in silent.stderr) == (0, False), silent.stderr
    text = spoil(repository)
    shown = run(repository, "git", "commit", "-qam", "Mask a column")
    assert (shown.returncode, "CUR301 (warning)" in shown.stderr) == (0, True), shown.stderr
    strict = automation_files(hooks=True, ci="", address="", branch="main", strict=True)
    (repository / HOOKS_FILE).write_bytes(strict[HOOKS_FILE])
    (repository / DEFECTS).write_text(text.replace("310 1200 1 2896", "310 1200 1 2898"))
    stopped = run(repository, "git", "commit", "-qam", "Mask more")
    assert (stopped.returncode, "CUR301 (warning)" in stopped.stderr) == (1, True), stopped.stderr


def test_the_hook_can_be_tried_from_this_checkout(repository: Path, run: Run) -> None:
    spoil(repository)
    words = ("pre-commit", "try-repo", str(ROOT), "curator-check", "--files", DEFECTS, "README.md")
    tried = run(repository, *words)
    assert tried.returncode == 1, tried.stderr
    assert "CUR301" in tried.stdout


def test_what_a_push_changes_is_checked_before_it(repository: Path, run: Run) -> None:
    head = run(ROOT, "git", "rev-parse", "HEAD").stdout.strip()
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: file://{ROOT}\n  rev: {head}\n  hooks:\n  - id: curator-check-change\n"
    )
    subprocess.run(["git", "checkout", "-q", "-b", "work"], cwd=repository, check=True)
    text = spoil(repository)
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    subprocess.run(["git", "commit", "-q", "-m", "Mask a column to its end"], cwd=repository, check=True)
    words = ("pre-commit", "run", "--hook-stage", "pre-push", "--from-ref", "main", "--to-ref")
    stopped = run(repository, *words, "work")
    assert stopped.returncode == 1, stopped.stderr
    assert f"{DEFECTS}:" in stopped.stdout
    passed = run(repository, *words, "main")
    assert passed.returncode == 0, passed.stdout
    # A warning fails nothing, and a branch that only removes has no file to run a hook with: both are shown.
    with (repository / "curator.yaml").open("a") as config:
        config.write("severities: {CUR510: warning}\n")
    (repository / DEFECTS).write_text(text)
    for made in (["commit", "-qam", "Say that removals are no errors here"], ["rm", "-q", DEFECTS]):
        subprocess.run(["git", *made], cwd=repository, check=True)
    subprocess.run(["git", "commit", "-qm", "Drop a mask that nobody needs"], cwd=repository, check=True)
    words = (*words[:5], "work~1", "--to-ref")
    shown = run(repository, *words, "work")
    assert (shown.returncode, "CUR510 (warning)" in shown.stdout) == (0, True), shown.stdout + shown.stderr
