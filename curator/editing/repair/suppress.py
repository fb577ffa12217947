"""An entry for `curator.yaml` that records a finding as known."""

from __future__ import annotations

from curator.formats.edit.splice import append_item, set_value
from curator.formats.yaml.reader import load_yaml
from curator.formats.yaml.writer import Quoted
from curator.repository.layout.config import NAME

__all__ = ["suppressed"]

REASON = "give the reason here"
_KEY = "suppressions"


def suppressed(raw: bytes, code: str, path: str) -> bytes:
    """Return `curator.yaml` with one more suppression; unchanged where ``path`` is a pattern.

    Parameters
    ----------
    raw : bytes
        What `curator.yaml` holds.
    code, path : str
        Of the finding.

    Raises
    ------
    FormatError
        ``raw`` is not readable, or cannot be changed safely.
    """
    if any(mark in path for mark in "*?[]\\!"):
        return raw
    entry = {"rule": code, "path": Quoted(path), "reason": Quoted(REASON)}
    tree = load_yaml(raw, NAME)
    if isinstance(tree, dict) and tree.get(_KEY):
        return append_item(NAME, raw, (_KEY,), entry)
    return set_value(NAME, raw, (_KEY,), [entry])
