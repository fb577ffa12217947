"""Gather the fragments of ``changes/`` into a changelog: ``python changes/gather.py > CHANGELOG.md``."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["gather"]

FOLDER = Path(__file__).resolve().parent
KINDS = {"removal": "Removed", "feature": "New", "fix": "Fixed", "doc": "Documentation"}
FRAGMENT = re.compile(rf"[a-z0-9][a-z0-9-]*\.({'|'.join(KINDS)})\.md")


def gather(folder: Path = FOLDER) -> str:
    """Return the changelog of the version to come, as Markdown.

    Raises
    ------
    ValueError
        If a file is not called ``<topic>.<kind>.md``.
    """
    from curator import __version__

    entries: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        if not (name := FRAGMENT.fullmatch(path.name)):
            raise ValueError(f"{path}: not called <topic>.<kind>.md, kind one of {', '.join(KINDS)}")
        paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
        text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
        entries[name[1]].append("- " + text.replace("\n\n", "\n\n  "))
    parts = [f"## {KINDS[kind]}\n\n" + "\n".join(found) for kind, found in entries.items() if found]
    return "\n\n".join([f"# Changes in {__version__}", *parts]) + "\n"


if __name__ == "__main__":
    print(gather(), end="")
