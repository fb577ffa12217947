"""Rules that fail, for tests of what becomes of a bug in curator."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from curator.checks.model.finding import Edit, Fix
from curator.checks.model.rule import RULES, Rule, change_rules, file_rules, path_rules

__all__ = ["CODE", "TARGET", "environment", "register", "rule_of"]

CODE = "CUR299"
TARGET = "ExampleCam/crosstalk/s01/20200101T000000.yaml"
TESTS = Path(__file__).resolve().parent.parent


def rule_of(scope: str, error: type[BaseException] = TypeError) -> Rule:
    """Return a rule that says one thing about the target and then fails."""

    def of_file(doc: Any, ctx: Any) -> Iterator[Any]:
        if ctx.name == TARGET:
            yield ctx.finding((1, 1, 0), "said before")
            raise error("no good")

    def of_path(problem: Any, ctx: Any) -> Iterator[Any]:
        yield ctx.finding((1, 1, 0), "said before")
        raise error("no good")

    def of_tree(tree: Any, ctx: Any) -> Iterator[Any]:
        yield ctx.finding((1, 1, 0), "said before", path=TARGET)
        raise error("no good")

    def of_set(sets: Any, ctx: Any) -> Iterator[Any]:
        for members in sets.groups.values():
            for member in members:
                if member.path == TARGET and sets.facts(member):
                    yield ctx.finding((1, 1, 0), "said before", path=TARGET)
                    raise error("no good")

    def of_change(change: Any, ctx: Any) -> Iterator[Any]:
        for file, own in change.each(ctx):
            yield own.finding((1, 1, 0), "said before")
            if file.change.path == TARGET:
                raise error("no good")

    functions = {"file": of_file, "path": of_path, "tree": of_tree, "set": of_set, "change": of_change}
    return Rule(CODE, "said of the target", "warning", scope, functions[scope])  # type: ignore[arg-type]


def badly_fixed() -> Rule:
    """Return a rule whose fix cannot be carried out, in a way that nobody thought of."""

    def function(doc: Any, ctx: Any) -> Iterable[Any]:
        if ctx.name == TARGET:
            edit = Edit("text", value="\ud800", line=1, start=1, end=1)
            yield ctx.finding((1, 1, 0), "to be fixed", fix=Fix("write half a character", (edit,)))

    return Rule(CODE, "fix that fails", "warning", "file", function)


def register(rule: Rule) -> None:
    """Let a rule be asked from now on."""
    RULES[rule.code] = rule
    forget()


def forget() -> None:
    """Have the rules of each scope looked up anew."""
    for known in (file_rules, path_rules, change_rules):
        known.cache_clear()


def environment(folder: Path) -> dict[str, str]:
    """Return what lets every Python process begun with it have the failing rule of files."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import curator.checks.run.engine\n"
        "from checks.failing import register, rule_of\n"
        "curator.checks.run.engine.CHUNK = 2\n"
        "register(rule_of('file'))\n"
    )
    return {"PYTHONPATH": f"{folder}{os.pathsep}{TESTS}"}
