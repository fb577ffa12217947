"""A new repository, as a notebook opens it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import curator
from curator.cli.main import main


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    assert main(["-C", str(folder), "init", "new", "--camera", "ExampleCam", "--profile", "dmtn148"]) == 0
    return folder / "new"


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """A new repository with one commit."""
    root = Path(shutil.copytree(template, tmp_path / "obs_example_data"))
    for words in (["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


@pytest.fixture
def git(root: Path) -> Callable[..., None]:
    """Return a function that runs git in the repository."""
    return lambda *words: subprocess.run(["git", *words], cwd=root, check=True, capture_output=True) and None


@pytest.fixture
def repo(root: Path) -> curator.CalibrationRepository:
    return curator.open(root)
