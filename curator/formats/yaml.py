"""YAML files: values by the rules of YAML 1.1, tags by safe constructors of our own."""

from __future__ import annotations

from typing import Any

from curator.errors import FormatError
from curator.formats.blocks import NotCovered, read_blocks
from curator.formats.document import Comment, Document
from curator.formats.places import MapNode, Places
from curator.formats.tags import YAML_TAGS, YAML_WRITTEN, Box, Point, PropertyList
from curator.formats.text import decode

__all__ = ["Box", "Point", "PropertyList", "load_yaml", "read_yaml"]


def read_yaml(path: str, raw: bytes, *, header_only: bool = False) -> Document:
    """Return a parsed YAML file.

    Parameters
    ----------
    path : str
        As errors name it.
    raw : bytes
    header_only : bool
        The caller needs the header alone: ``tree`` is left out.

    Raises
    ------
    FormatError
    """
    text = decode(path, raw)
    tree = _value(path, text)
    header = _header(path, tree)

    def trees() -> tuple[Any, ...]:
        from curator.formats.events import build

        node = build(text, path, YAML_TAGS, places=True).node
        inner = node.children.get("metadata") if isinstance(node, MapNode) else None
        return tuple(one for one in (inner, node) if one is not None)

    return Document(
        path=path,
        format="yaml",
        raw=raw,
        header=header,
        tree=None if header_only else tree,
        comments=_comments(text) if "#" in text else (),
        places=Places(trees, keys=True),
        value_places=Places(trees, keys=False),
    )


def load_yaml(raw: bytes, path: str = "") -> Any:
    """Return the value of a YAML file; see `read_yaml`."""
    return _value(path, decode(path, raw))


def _value(path: str, text: str) -> Any:
    try:
        return read_blocks(text.split("\n"), YAML_WRITTEN)
    except NotCovered:
        from curator.formats.events import build

        return build(text, path, YAML_TAGS).value


def _header(path: str, tree: Any) -> dict[str, Any]:
    if not isinstance(tree, dict):
        return {}
    metadata = tree.get("metadata")
    if isinstance(metadata, dict):
        header = dict(metadata)
    elif metadata is None:
        header = {
            key: value for key, value in tree.items() if not isinstance(value, (list, dict, tuple, Box, set))
        }
    else:
        raise FormatError(
            f"metadata is not a mapping but {type(metadata).__name__}", path=path, keyword="metadata"
        )
    return {key: value for key, value in header.items() if isinstance(key, str)}


def _comments(text: str) -> tuple[Comment, ...]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("#"):
            found.append(Comment(number, stripped.lstrip("#").strip(), -1))
    return tuple(found)
