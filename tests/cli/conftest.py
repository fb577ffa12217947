"""A new repository for the verbs to work on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import without

from curator.cli.main import main


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    assert main(["-C", str(folder), "init", "new", "--camera", "ExampleCam", "--profile", "dmtn148"]) == 0
    return folder / "new"


@pytest.fixture
def repository(template: Path, tmp_path: Path) -> Path:
    """A new repository with one commit."""
    root = Path(shutil.copytree(template, tmp_path / "repository"))
    for words in (["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


@pytest.fixture(scope="session")
def hooks_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place for all processes of a run where pre-commit keeps what it installs, which takes long.

    Where nothing can be downloaded, tests that install are skipped outside CI.
    """
    folder = tmp_path_factory.mktemp("pip")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), "hatchling"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if done.returncode:
        without("no package index can be reached")
    shared = tmp_path_factory.getbasetemp()
    return (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "hooks"


@pytest.fixture
def run(hooks_home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs a command in a folder, with pre-commit in its own home."""

    def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PRE_COMMIT_HOME": str(hooks_home / "home"),
            "PIP_CACHE_DIR": str(hooks_home / "cache"),
            "PIP_NO_COMPILE": "0",  # means no compiling: pip reads this option backwards
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_COLOR": "never",
        }
        return subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True, check=False)

    return run
