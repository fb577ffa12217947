"""Values as YAML text that YAML 1.1 reads back as the same values."""

from __future__ import annotations

from typing import Any

from curator.errors import FormatError
from curator.formats.yaml.resolve_scalar import resolve

__all__ = ["FlowMap", "Literal", "Quoted", "as_quoted", "flow", "key_text", "literal_lines", "scalar"]

_PLAIN_START = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.(")
_FLOW_MARKS = frozenset(",[]{}?:")
_LONGEST_KEY = 1000
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Quoted(str):
    """Text that is always written in double quotes, as names like ``1_04`` must be."""

    __slots__ = ()


class Literal(str):
    """Text of several lines that is written as they are, below a ``|``, where YAML can hold them so."""

    __slots__ = ()


class FlowMap(dict[str, Any]):
    """A map that is written on one line, in braces."""

    __slots__ = ()


def scalar(value: Any, *, in_flow: bool = False) -> str:
    """Return one value on one line; quoted if YAML 1.1 would read the plain text as anything else.

    Raises
    ------
    FormatError
        For a value that has no YAML form here.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value, in_flow)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _float(float(value))
    import datetime

    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise FormatError(f"a {type(value).__name__} cannot be written as YAML", value=value)


def as_quoted(value: Any, style: str) -> str:
    """Return text in the quotes of what it replaces; nothing where it had none, or they do not suit."""
    if not isinstance(value, str) or not value.isprintable() or not value.isascii():
        return ""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"' if style == '"' and not {'"', "\\"} & set(value) else ""


def literal_lines(text: str) -> list[str]:
    """Return the lines of a text for a block of YAML, none where a block would not read back as the same."""
    lines = text.split("\n")
    plain = all(line.isprintable() or line.replace("\t", "").isprintable() for line in lines)
    # One line break at the end, and an indentation that the first line shows.
    if not plain or len(lines) < 2 or lines[-1] or not lines[-2] or lines[0][:1] in ("", " ", "\t"):
        return []
    return lines[:-1]


def flow(value: Any, depth: int = 0) -> str:
    """Return a value of lists and maps on one line."""
    if depth > 100:
        raise FormatError("nested deeper than 100")
    if isinstance(value, dict):
        entries = (f"{key_text(key, in_flow=True)}: {flow(one, depth + 1)}" for key, one in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one, depth + 1) for one in value) + "]"
    if isinstance(value, tuple):
        return "!!python/tuple [" + ", ".join(flow(one, depth + 1) for one in value) + "]"
    return scalar(value, in_flow=True)


def key_text(key: Any, *, in_flow: bool = False) -> str:
    """Return a map's key."""
    if isinstance(key, (list, dict, tuple)):
        raise FormatError(f"a {type(key).__name__} cannot be a key", value=key)
    text = scalar(key, in_flow=in_flow)
    if len(text) > _LONGEST_KEY:
        raise FormatError(f"a key of {len(text)} characters", value=text[:60])
    return text


def _float(value: float) -> str:
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    # YAML 1.1 reads 1e-05 as text: a float has a point.
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def _text(text: str, in_flow: bool) -> str:
    if not isinstance(text, Quoted):
        if _may_be_plain(text, in_flow):
            return text
        if text.isprintable():
            return "'" + text.replace("'", "''") + "'"
    try:
        text.encode()
    except UnicodeEncodeError:
        raise FormatError("half of a character pair is not text", value=ascii(text[:60])) from None
    return '"' + "".join(_escape(char) for char in text) + '"'


def _may_be_plain(text: str, in_flow: bool) -> bool:
    if not (text and text.isascii() and text.isprintable()) or text[-1] in " :":
        return False
    negative = text[0] in "-+" and text[1:2].isalnum()
    if not (text[0] in _PLAIN_START or negative) or ": " in text or " #" in text or text.startswith("..."):
        return False
    if in_flow and not _FLOW_MARKS.isdisjoint(text):
        return False
    try:
        return type(resolve(text)) is str
    except ValueError:
        return False


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
