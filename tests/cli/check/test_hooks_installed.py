"""Our hooks, as pre-commit installs them, in a new repository and in one with a history."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from curator.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


def take_from_here(root: Path) -> None:
    """Let the hooks of a new repository's configuration come from this checkout's last commit."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    config = root / ".pre-commit-config.yaml"
    lines = config.read_text().splitlines()
    config.write_text(
        "\n".join(f"  rev: {head.stdout.strip()}" if line.startswith("  rev: ") else line for line in lines)
    )


def commit(root: Path, message: str) -> None:
    for words in (["add", "-A"], ["commit", "-q", "--no-verify", "-m", message]):
        subprocess.run(["git", *words], cwd=root, check=True)


def test_hooks_mend_and_check_a_new_repository(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    root = tmp_path / "new"
    words = ["init", str(root), "--camera", "ExampleCam", "--profile", "dmtn148", "--hooks", f"file://{ROOT}"]
    assert main(words) == 0
    take_from_here(root)
    commit(root, "Begin")
    passed = run(root, "pre-commit", "run", "--all-files")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert passed.stdout.count("Passed") == 2
    file = root / DEFECTS
    text = file.read_text()
    lower = text.replace("# - {INSTRUME:", "# - {instrume:")
    assert lower != text
    file.write_text(lower)
    mended = run(root, "pre-commit", "run", "--all-files")
    assert (mended.returncode, "files were modified by this hook" in mended.stdout) == (1, True)
    assert file.read_text() == text
    file.write_text(f"{text}4090 17 12 3\n")
    stopped = run(root, "pre-commit", "run", "--all-files")
    assert (stopped.returncode, "CUR301" in stopped.stdout) == (1, True)
    commit(root, "Mask the edge")
    words = ("--hook-stage", "pre-push", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    pushed = run(root, "pre-commit", "run", *words)
    assert (pushed.returncode, "CUR301" in pushed.stdout) == (1, True), pushed.stdout + pushed.stderr
    assert "fix calibrations" not in pushed.stdout


def test_hooks_let_a_history_be_and_stop_what_is_new(
    adopted_repository: Callable[[str], Path], run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    root = adopted_repository("obs_lsst_data")
    assert main(["-C", str(root), "baseline", "write"]) == 0
    (root / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: file://{ROOT}\n  rev: x\n  hooks:\n  - id: curator-check\n    args: [--strict]\n"
    )
    take_from_here(root)
    commit(root, "Adopt")
    passed = run(root, "pre-commit", "run", "--all-files")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    file = sorted((root / "latiss" / "defects").rglob("*.ecsv"))[0]
    text = file.read_text()
    file.write_text(text.replace("OBSTYPE: defects", "OBSTYPE: flats"))
    assert file.read_text() != text
    stopped = run(root, "pre-commit", "run", "--all-files")
    assert (stopped.returncode, "OBSTYPE" in stopped.stdout) == (1, True), stopped.stdout
