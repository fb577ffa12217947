"""YAML files: values by the rules of YAML 1.1, tags by safe constructors of our own."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from curator.errors import FormatError
from curator.formats.document import MAX_COMMENTS, Comment, Document, Place
from curator.formats.files.decode import decode
from curator.formats.yaml.positions import MapNode, Places
from curator.formats.yaml.strict_reader import NotCovered, read_blocks
from curator.formats.yaml.tags import YAML_TAGS, YAML_WRITTEN, Box, Point, PropertyList

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Box", "Point", "PropertyList", "load_yaml", "read_yaml"]

# Where YAML 1.1 breaks lines besides newlines and carriage returns.
_MAX_EXPLAINED = 1 << 20
_MOST_LINES = 1_500_000
_BREAKS = "\x85\u2028\u2029"


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
    try:
        tree = _value(path, text, skim=header_only)
        header = _header(path, text, tree)
    except FormatError as error:
        raise _explained(path, text, error) from None
    metadata = tree.get("metadata") if isinstance(tree, dict) else None

    @cache
    def trees() -> tuple[Any, ...]:
        node = _node(path, text)
        inner = node.children.get("metadata") if isinstance(node, MapNode) else None
        return tuple(one for one in (inner, node) if one is not None)

    @cache
    def block() -> MapNode | None:
        from curator.formats.yaml.strict_positions import place_metadata

        return place_metadata(text, metadata) if _origin(text) is None else None

    def quick(key: str) -> tuple[int, int] | None:
        node = block()
        inner = node.children["metadata"] if node else None
        found = inner if isinstance(inner, MapNode) and key in inner.keys else node
        return (found.keys[key], found.values[key]) if found and key in found.keys else None

    return Document(
        path=path,
        format="yaml",
        raw=raw,
        header=header,
        tree=None if header_only else tree,
        comments=_comments(path, text) if "#" in text else (),
        places=Places(trees, keys=True, quick=quick),
        value_places=Places(trees, keys=False, quick=quick),
    )


def _explained(path: str, text: str, error: FormatError) -> FormatError:
    """Return the error with the place and the name of the slip that caused it, if that is known."""
    if error.code != "CUR001" or len(text) > _MAX_EXPLAINED:
        return error
    from curator.formats.yaml.slips import find_slip

    lines = text.replace("\r\n", "\n").split("\n")

    def read(mended: str) -> object:
        return _header(path, mended, _value(path, mended))

    return find_slip(path, lines, len(lines), error, read) or error


def load_yaml(raw: bytes, path: str = "") -> Any:
    """Return the value of a YAML file; see `read_yaml`."""
    return _value(path, decode(path, raw))


def _value(path: str, text: str, *, skim: bool = False) -> Any:
    with suppress(NotCovered):
        return read_blocks(_split(text), YAML_WRITTEN, skim=skim)
    # Out of reach of the exception, which would keep what was read so far.
    from curator.formats.yaml.event_reader import build

    return build(text, path, YAML_TAGS, origin=_origin(text)).value


def _split(text: str) -> list[str]:
    """Return the lines, unless there are so many that a list of them takes many times the text's memory."""
    if text.count("\n") > _MOST_LINES:
        raise NotCovered("lines")
    return text.split("\n")


def _header(path: str, text: str, tree: Any) -> dict[str, Any]:
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
        place = Places(lambda: (_node(path, text),), keys=True).get(("metadata",), Place(1))
        is_list = isinstance(metadata, list)
        raise FormatError(
            f"metadata is {'a list' if is_list else type(metadata).__name__}, not keywords with values",
            path=path,
            line=place.line,
            column=place.column,
            end=place.end,
            hint=f"write one KEY: value per line{', without dashes' if is_list else ''}",
        )
    if metadata is not None and not all(isinstance(key, str) for key in header):
        raise _not_text(path, text, next(key for key in header if not isinstance(key, str)))
    return {key: value for key, value in header.items() if isinstance(key, str)}


def _not_text(path: str, text: str, key: Any) -> FormatError:
    node = _node(path, text)
    place = Places(lambda: (node,), keys=True).get(("metadata", key), Place(1))
    return FormatError(
        f"keyword {key!r:.80} is not text",
        path=path,
        line=place.line,
        column=place.column,
        value=key,
        hint="YAML reads it as a value of another type: quote it",
    )


def _node(path: str, text: str) -> Any:
    """Return the places of all parts of a file."""
    from curator.formats.yaml.strict_positions import place_blocks

    with suppress(NotCovered):
        return place_blocks(_split(text), YAML_WRITTEN)[1]
    from curator.formats.yaml.event_reader import build

    return build(text, path, YAML_TAGS, places=True, origin=_origin(text)).node


def _origin(text: str) -> list[tuple[int, int]] | None:
    """Return the file's line and column of every YAML line, if YAML breaks lines elsewhere than the file."""
    if not any(mark in text for mark in _BREAKS) and text.count("\r") == text.count("\r\n"):
        return None
    import re

    found, number, column = [(1, 0)], 1, 0
    for match in re.finditer(f"[^\r\n{_BREAKS}]*(\r\n|[\r\n{_BREAKS}])", text):
        column += len(match[0])
        if match[1].endswith("\n"):
            number, column = number + 1, 0
        found.append((number, column))
    return found


def _comments(path: str, text: str) -> tuple[Comment, ...]:
    found: list[Comment] = []
    number = counted = 0
    at = text.find("#")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if not text[start:at].strip():
            number += text.count("\n", counted, start)
            counted = start
            if len(found) >= MAX_COMMENTS:
                raise FormatError(
                    f"more than {MAX_COMMENTS:,} comments", code="CUR014", path=path, line=number + 1
                )
            found.append(Comment(number + 1, text[at:end].strip().lstrip("#").strip(), -1))
        at = text.find("#", end)
    return tuple(found)
