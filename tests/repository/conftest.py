"""Fixtures of this room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from repository.made import Made


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """An empty repository."""
    return Made.at(tmp_path / "repo")
