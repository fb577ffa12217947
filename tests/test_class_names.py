from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import curator


def test_no_public_class_has_the_name_of_another_one() -> None:
    root = Path(curator.__file__).parent
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(root.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(str(path.relative_to(root)))
    assert len(modules) > 200
    assert {name: where for name, where in modules.items() if len(where) > 1} == {}
