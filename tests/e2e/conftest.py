"""The verbs as a user runs them: whole processes on whole repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import warm

Git = Callable[..., str]


@dataclass(frozen=True)
class Ran:
    """What a verb printed and how it ended."""

    code: int
    out: str
    err: str

    def one_line_error(self, code: int = 2) -> str:
        """Assert that this failed as an error should: its status, one message (and hint), no traceback."""
        assert self.code == code, f"{self.code}\n{self.out}\n{self.err}"
        assert "Traceback" not in self.out + self.err
        lines = [
            line for line in self.err.splitlines() if line.strip() and not line.lstrip().startswith("hint:")
        ]
        assert len(lines) == 1, self.err
        return self.err


@pytest.fixture
def curator() -> Callable[..., Ran]:
    """Return a function that runs a verb in a process of its own, which has loaded everything before."""
    return partial(run_curator, warm.python())


@pytest.fixture
def cold_curator() -> Callable[..., Ran]:
    """Return a function that runs a verb in a process that starts as a user's does."""
    return partial(run_curator, sys.executable)


def run_curator(python: str, *args: object, cwd: Path | None = None, **environment: str) -> Ran:
    """Run a verb and assert that it meets no bug."""
    done = subprocess.run(
        [python, "-m", "curator", *map(str, args)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert ran.code != 3, f"a bug: {ran.err}"
    assert "Traceback" not in ran.err, ran.err
    return ran


@pytest.fixture
def git() -> Git:
    """Return a function that runs git in a folder."""

    def run(folder: Path, *args: str, **more: object) -> str:
        done = subprocess.run(["git", *args], cwd=folder, capture_output=True, check=True, **more)  # type: ignore[call-overload]
        return str(done.stdout.decode("utf-8", "replace")).strip()

    return run


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "obs_test_data"
    subprocess.run(
        [warm.curator(), "init", str(folder), "--camera", "testCam"],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def repository(_template: Path, tmp_path: Path, git: Git) -> Path:
    """Return a fresh repository made by ``curator init``, with one commit."""
    folder = tmp_path / "obs_test_data"
    shutil.copytree(_template, folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Start from the template")
    return folder


@pytest.fixture
def defects(repository: Path) -> Path:
    """Return one defect list of the template's repository."""
    return next(iter(sorted(repository.rglob("defects/*/*.ecsv"))))
