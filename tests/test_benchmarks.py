"""The benchmarks, which CI does not run, import what there is: also in the programs that they start."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

JOBS = sorted((Path(__file__).parents[1] / "benchmarks").glob("*.py"))


def imports(source: str) -> Iterator[tuple[str, str]]:
    """Yield module and name of each import from curator, in a program and in the programs that it holds."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "curator":
            yield from ((node.module or "", one.name) for one in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "import " in node.value:
            try:
                yield from imports(node.value)
            except SyntaxError:
                continue


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.stem)
def test_what_a_benchmark_imports_is_there(job: Path) -> None:
    missing = [
        f"{module}.{name}"
        for module, name in imports(job.read_text())
        if not hasattr(import_module(module), name) and find_spec(f"{module}.{name}") is None
    ]
    assert missing == []
