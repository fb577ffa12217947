"""Writes the page of every rule: ``python -m curator.checks.generate.docs``."""

from __future__ import annotations

import os
from collections.abc import Iterator

from curator.checks.model.rule import Rule, all_rules
from curator.checks.model.rule_examples import Example, parse_text
from curator.generators import run_generator

__all__ = ["pages", "write"]

_FAMILIES = {
    "0": ("CUR0xx file", "Can every reader read the file?"),
    "1": ("CUR1xx header", "Is the header complete, and does it agree with itself?"),
    "2": ("CUR2xx layout", "Does the header agree with the path of the file, and is the path valid?"),
    "3": ("CUR3xx content", "Is the content of the file possible?"),
    "4": ("CUR4xx set", "Do the calibrations fit together?"),
    "5": ("CUR5xx change", "Did somebody intend each change?"),
}


def pages() -> dict[str, str]:
    """Return the text of every page, by file name."""
    rules = all_rules()
    return {"index.md": _index(rules), **{f"{rule.code}.md": _page(rule) for rule in rules}}


_FILES = (
    "In the examples, `file:` begins a file that is good but for the lines below it; `text:` begins one of",
    "just these lines.",
)


def _index(rules: tuple[Rule, ...]) -> str:
    lines = [
        "# Rules",
        "",
        "What `curator check` looks for. `curator rule CODE` shows a page on the terminal. A severity is set",
        "per rule under `severities` in `curator.yaml`; findings that stay are listed there, with a reason,",
        "under `suppressions`.",
    ]
    for digit, (title, question) in _FAMILIES.items():
        lines += ["", f"## {title}", "", question, "", "| rule | | severity |", "|---|---|---|"]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} |"
            for rule in rules
            if rule.code[3] == digit
        ]
    return "\n".join(lines) + "\n"


def _page(rule: Rule) -> str:
    text = parse_text(rule.text)
    about = ", ".join(f"`{name}`" for name in rule.dataset_types) or "all calibrations"
    lines = [
        f"# {rule.code}: {rule.name}",
        "",
        f"Severity {rule.severity}. Applies to {about}.",
        "",
        text.explanation,
    ]
    if any(line.startswith("file: ") for example in text.examples for line in example.lines):
        lines += ["", *_FILES]
    for example in text.examples:
        lines += ["", *_example(example)]
    return "\n".join(lines) + "\n"


def _example(example: Example) -> Iterator[str]:
    yield f"{example.kind}{f' ({example.about})' if example.about else ''}:"
    yield ""
    yield from (f"    {line}" for line in example.lines)


def write(folder: str) -> None:
    """Write every page, and remove those of rules that are gone."""
    os.makedirs(folder, exist_ok=True)
    texts = pages()
    for name in os.listdir(folder):
        if name.startswith("CUR") and name not in texts:
            os.unlink(os.path.join(folder, name))
    for name, text in texts.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
    run_generator(lambda: write(os.path.join(root, "docs", "rules")))
