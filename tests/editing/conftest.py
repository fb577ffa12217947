"""Repositories to edit: made from the template, or by hand as other people's are."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from editing.texts import NOW, git


@pytest.fixture
def make_repository(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Return a function that puts files under git and gives their folder."""

    def make(files: Mapping[str, str], name: str = "obs_some_data") -> Path:
        folder = tmp_path / name
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        git(folder, "init", "-q", "-b", "trunk")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "--allow-empty", "-m", "Import")
        return folder

    return make


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    from functools import cache

    from curator.editing.new.init import init

    @cache
    def make(profile: str, camera: str) -> Path:
        folder = tmp_path_factory.mktemp("template") / f"obs_{camera.lower()}_data"
        init(folder, camera, profile, now=NOW)
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "Begin")
        return folder

    return make


@pytest.fixture
def template(_templates: Callable[[str, str], Path], tmp_path: Path) -> Callable[..., Path]:
    """Return a function that gives a separate repository, made and committed from the template."""

    def make(profile: str = "dmtn148", camera: str = "myCam") -> Path:
        made = _templates(profile, camera)
        return Path(shutil.copytree(made, tmp_path / profile / made.name))

    return make
