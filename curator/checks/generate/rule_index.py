"""Write the index of the rules' modules, so that a check imports only those that it asks.

Run ``python -m curator.checks.generate.rule_index``.
"""

from __future__ import annotations

import os

from curator.checks.model.rule import all_rules, modules
from curator.generators import run_generator

__all__ = ["index_file", "write"]


def index_file() -> str:
    """Return the text of ``model/_rule_index.py``: what the rules of each module are about."""
    found: dict[str, set[str]] = {module: set() for module in modules()}
    for rule in all_rules():
        module = rule.function.__module__.removeprefix("curator.checks.rules.")
        found[module].update(rule.subjects)
    lines = [
        '"""Written by `python -m curator.checks.generate.rule_index`."""',
        "",
        "INDEX: dict[str, tuple[str, ...]] = {",
    ]
    for module, subjects in sorted(found.items()):
        said = ", ".join(f'"{subject}"' for subject in sorted(subjects))
        lines.append(f'    "{module}": ({said}{"," if len(subjects) == 1 else ""}),')
    return "\n".join([*lines, "}", ""])


def write() -> None:
    """Write the index, or leave it as it is where a rule or a dataset type is wrong."""
    text = index_file()
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "model")
    with open(os.path.join(folder, "_rule_index.py"), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    run_generator(write)
