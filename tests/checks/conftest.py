"""Repositories that the tests of rules begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.cli.main import main


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A new repository in each profile; not to be changed."""
    folder = tmp_path_factory.mktemp("templates")
    for profile in ("dmtn148", "obs_base"):
        assert main(["-C", str(folder), "init", profile, "--camera", "ExampleCam", "--profile", profile]) == 0
    return {profile: folder / profile for profile in ("dmtn148", "obs_base")}
