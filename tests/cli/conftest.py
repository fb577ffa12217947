"""A new repository for the verbs to work on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

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
