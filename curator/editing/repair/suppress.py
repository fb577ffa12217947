"""An entry for `curator.yaml` that records a finding as known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.errors import CuratorError
from curator.formats.yaml.reader import read_yaml
from curator.repository.layout.config import NAME

if TYPE_CHECKING:
    from curator.checks.fixing.apply_fixes import TextEdit

__all__ = ["suppression_edit"]

REASON = "say here why this stays"


def suppression_edit(raw: bytes, code: str, path: str) -> TextEdit | None:
    """Return the edit that adds a suppression, `None` where that takes more than three lines in a list.

    Parameters
    ----------
    raw : bytes
        What ``curator.yaml`` holds.
    code, path : str
        Of the finding.

    Raises
    ------
    FormatError
        ``raw`` is not readable.
    """
    from curator.checks.fixing.apply_fixes import TextEdit

    if any(mark in path for mark in "*?[]\\!"):
        return None  # in a pattern these stand for others
    doc = read_yaml(NAME, raw)
    if not isinstance(doc.tree, dict) or raw.lstrip()[:1] == b"{":
        return None
    lines = raw.decode("utf-8").split("\n")
    present = doc.tree.get("suppressions")
    if "suppressions" not in doc.tree:
        begin = "" if not lines[-1] else "\n"
        end = len(lines), len(lines[-1]) + 1
        return TextEdit(*end, *end, f"{begin}suppressions:\n{_entry('', code, path)}")
    if not isinstance(present, list) or not present:
        return None
    first = doc.at("suppressions", 0).line
    indent, dash, _ = lines[first - 1].partition("-")
    if not dash or indent.strip():
        return None
    return TextEdit(first, 1, first, 1, _entry(indent, code, path))


def _entry(indent: str, code: str, path: str) -> str:
    written = path.replace("\\", "\\\\").replace('"', '\\"')
    if not written.isprintable():
        raise CuratorError("the path cannot be written in one line", path=path)
    rows = (f"- rule: {code}", f'  path: "{written}"', f'  reason: "{REASON}"')
    return "".join(f"{indent}{row}\n" for row in rows)
