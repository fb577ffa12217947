"""No module needs another one that needs it: what a module imports when it is imported forms no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import curator

ROOT = Path(curator.__file__).parent


def _modules() -> dict[str, Path]:
    """Return the file of every module by its name."""
    found = {}
    for path in ROOT.rglob("*.py"):
        parts = ("curator", *path.relative_to(ROOT).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imports(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports that run when a module is imported: none for types only, none in functions."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            is_for_types = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
            parts = ("orelse",) if is_for_types else ("body", "orelse", "finalbody")
            for part in parts:
                yield from _imports(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _imports(handler.body)


def _names(node: ast.Import | ast.ImportFrom, module: str, *, is_package: bool) -> Iterator[str]:
    """Yield what an import may name, a module or something in one."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    package = module.split(".")[: None if is_package else -1]
    base = package[: len(package) - node.level + 1] if node.level else []
    start = ".".join((*base, *((node.module,) if node.module else ())))
    for alias in node.names:
        yield f"{start}.{alias.name}"
        yield start


def _needed(sources: Mapping[str, Path], text: str, module: str, *, is_package: bool) -> set[str]:
    found = set()
    for node in _imports(ast.parse(text).body):
        names = _names(node, module, is_package=is_package)
        # A package is there before what is in it: only what is imported from it counts.
        if isinstance(node, ast.Import):
            found |= {name for name in names if name in sources}
        else:
            pairs = list(names)
            for name, start in zip(pairs[::2], pairs[1::2], strict=True):
                found |= {name} if name in sources else {start} & sources.keys()
    return found - {module}


def _require_no_circle(graph: Mapping[str, set[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" needs ".join(reversed(error.args[1])))


def test_no_modules_import_each_other() -> None:
    sources = _modules()
    assert len(sources) > 400
    graph = {
        module: _needed(sources, path.read_text("utf-8"), module, is_package=path.name == "__init__.py")
        for module, path in sources.items()
    }
    assert "curator.errors" in graph["curator.name_lookup"]
    _require_no_circle(graph)


def test_a_circle_is_named_and_one_for_types_or_in_a_function_is_none() -> None:
    sources = {"curator.a": Path("a.py"), "curator.b": Path("b.py")}
    back = {
        "import curator.b": True,
        "from curator import b": True,
        "from .b import name": True,
        "from . import b": True,
        "try:\n    import curator.b\nexcept ImportError:\n    pass": True,
        "class A:\n    from curator.b import name": True,
        "if TYPE_CHECKING:\n    from curator.b import name": False,
        "def f():\n    from curator.b import name": False,
    }
    for text, is_circle in back.items():
        graph = {
            "curator.a": _needed(sources, text, "curator.a", is_package=False),
            "curator.b": {"curator.a"},
        }
        if is_circle:
            with pytest.raises(pytest.fail.Exception, match=r"curator\.[ab] needs curator\.[ab]"):
                _require_no_circle(graph)
        else:
            _require_no_circle(graph)
