"""``import curator``: it is light, and type checkers see what it has."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import curator

SOURCE = Path(curator.__file__)


def test_importing_loads_no_other_module() -> None:
    code = "import sys; before = set(sys.modules); import curator; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["curator"]


@pytest.mark.parametrize("name", curator.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert name in dir(curator)
    found = getattr(curator, name)
    assert name == "__version__" or found.__doc__


def test_type_checkers_see_the_names_that_are_loaded_when_they_are_used() -> None:
    (block,) = (node for node in ast.parse(SOURCE.read_text()).body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == curator._MODULES
    assert sorted({*seen, "__version__"}) == sorted(curator.__all__)
    assert SOURCE.with_name("py.typed").exists()


def test_no_other_name_is_offered() -> None:
    assert "TYPE_CHECKING" not in dir(curator)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'opne'"):
        curator.opne  # type: ignore[attr-defined]  # noqa: B018
