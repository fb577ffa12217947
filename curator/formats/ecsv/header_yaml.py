"""What the header of an ECSV file declares: columns and keywords."""

from __future__ import annotations

from curator.errors import FormatError
from curator.formats.ecsv.header_text import FIRST_LINES, MAX_HEADER, HeaderText
from curator.formats.yaml.strict_line import Line, NotCovered
from curator.formats.yaml.strict_reader import read_blocks
from curator.formats.yaml.tags import ECSV_TAGS, ECSV_WRITTEN, Tagged
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "INTEGERS",
    "SERIALIZED",
    "Declaration",
    "HeaderSyntax",
    "declarations",
    "parse_header",
    "place_header",
    "read_header",
]

# Smallest and largest value of every integer datatype.
INTEGERS = {
    f"{sign}int{bits}": ((0, 2**bits - 1) if sign else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1))
    for bits in (8, 16, 32, 64)
    for sign in ("", "u")
}
SERIALIZED = "__serialized_columns__"
_MAX_LINES = 10_000
# The Python scanner that astropy uses takes seconds for more; libyaml differs from it only in oddities.
_MAX_PYTHON = 1 << 16
_PARTS = {"datatype", "delimiter", "meta", "schema"}
_ATTRIBUTES = {"name", "datatype", "unit", "description", "format", "subtype", "meta"}
_SIMPLE = {"name", "datatype", "unit", "description"}
# Headers hardly ever repeat, their lines do.
_MEMO: dict[str, Line] = {}
_MEMO_SIZE = 8192


class Declaration(NamedTuple):
    """One entry of ``datatype``; ``shape`` is empty for a scalar column."""

    name: str
    datatype: str
    unit: str | None
    description: str | None
    format: str | None
    subtype: str | None
    shape: tuple[int | None, ...]


class HeaderSyntax(NamedTuple):
    """What an ECSV header says.

    ``plain`` is false where only astropy can tell what the header makes of the columns. ``unread`` are the
    places of entries that nobody reads: ``("KEY",)`` beside ``meta``, ``("columns", name, "key")``.
    """

    version: str
    delimiter: str
    columns: tuple[Declaration, ...]
    meta: dict[str, Any]
    plain: bool
    unread: tuple[tuple[str, ...], ...]


def read_header(path: str, head: HeaderText) -> tuple[Any, bool, bool]:
    """Return the header's value, whether astropy must construct a part of it, whether its form is strict."""
    lines = head.lines
    if len(lines) > 2 and lines[0] in FIRST_LINES and lines[1] == "---" and len(lines) < _MAX_LINES:
        if len(_MEMO) > _MEMO_SIZE:
            _MEMO.clear()
        try:
            return read_blocks(lines[2:], ECSV_WRITTEN, _MEMO), False, True
        except NotCovered:
            pass
    value, _, inert = parse_header(path, head)
    return value, inert, False


def place_header(path: str, head: HeaderText) -> tuple[Any, Any]:
    """Return the header's value and the places in it."""
    from curator.formats.yaml.strict_positions import place_blocks

    if len(head.lines) > 2 and head.lines[0] in FIRST_LINES and head.lines[1] == "---":
        try:
            return place_blocks(head.lines[2:], ECSV_WRITTEN, head.origin[2:], _MEMO)
        except NotCovered:
            pass
    value, node, _ = parse_header(path, head, places=True)
    return value, node


def parse_header(path: str, head: HeaderText, *, places: bool = False) -> tuple[Any, Any, bool]:
    """Return the header's value, the places in it (if asked for), and whether astropy must construct it."""
    from curator.formats.yaml.event_reader import build

    text = "\n".join(head.lines)
    if len(text) > MAX_HEADER:
        raise FormatError(f"header of {len(text):,} characters", code="CUR002", path=path, line=1)
    python = len(text) <= _MAX_PYTHON
    if not python:
        text = "\n" + text.partition("\n")[2]  # libyaml refuses a directive that it does not know
    built = build(text, path, ECSV_TAGS, places=places, origin=head.origin, ecsv=True, python=python)
    return built.value, built.node, built.inert


def declarations(path: str, version: str, value: Any, inert: bool) -> HeaderSyntax:
    """Return the header's meaning.

    Raises
    ------
    FormatError
        Where it has no list of columns, so that astropy could not read it either.
    """
    entries = value.get("datatype") if isinstance(value, dict) else None
    if not isinstance(entries, list) or not all(isinstance(one, dict) and "name" in one for one in entries):
        raise FormatError(
            "the header declares no columns: 'datatype' is not a list of {name, datatype}", path=path, line=1
        )
    plain = not inert
    columns = []
    unread: list[tuple[str, ...]] = (
        [] if value.keys() <= _PARTS else [(str(key),) for key in value if key not in _PARTS]
    )
    for entry in entries:
        column, known = _declaration(path, entry)
        columns.append(column)
        plain = plain and known
        if not entry.keys() <= _ATTRIBUTES:
            unread += [("columns", column.name, str(key)) for key in entry if key not in _ATTRIBUTES]
    delimiter = value.get("delimiter", " ")
    if delimiter not in (" ", ","):
        raise FormatError(
            f"delimiter {delimiter!r:.40} is neither a space nor a comma", path=path, line=1, value=delimiter
        )
    meta = value.get("meta", {})
    if not isinstance(meta, dict):
        meta = {"meta": meta}
    plain = plain and not any(_holds_tag(one) for key, one in meta.items() if key != SERIALIZED)
    return HeaderSyntax(version, delimiter, tuple(columns), meta, plain, tuple(unread))


def _holds_tag(value: Any) -> bool:
    """Return whether astropy must construct something within a keyword's value."""
    if isinstance(value, dict):
        return any(map(_holds_tag, value.values()))
    return any(map(_holds_tag, value)) if isinstance(value, (list, tuple, set)) else isinstance(value, Tagged)


def _declaration(path: str, entry: dict[Any, Any]) -> tuple[Declaration, bool]:
    if entry.keys() <= _SIMPLE and set(map(type, entry.values())) == {str} and "datatype" in entry:
        simple = Declaration(
            entry["name"], entry["datatype"], entry.get("unit"), entry.get("description"), None, None, ()
        )
        return simple, True
    texts = [entry.get(key) for key in ("name", "datatype", "unit", "description", "format", "subtype")]
    plain = all(isinstance(text, str) for text in texts[:2]) and all(
        text is None or isinstance(text, str) for text in texts
    )
    name, datatype, unit, description, form, subtype = (None if text is None else str(text) for text in texts)
    shape: tuple[int | None, ...] = ()
    if subtype is not None and "[" in subtype:
        subtype, _, dimensions = subtype.partition("[")
        shape = _shape(path, str(name), "[" + dimensions)
    return Declaration(name or "", datatype or "", unit, description, form, subtype, shape), plain


def _shape(path: str, name: str, text: str) -> tuple[int | None, ...]:
    parts = [part.strip() for part in text[1:-1].split(",")] if text != "[]" else []
    if text[-1] != "]" or not all(part == "null" or (part.isascii() and part.isdigit()) for part in parts):
        raise FormatError(
            f"column {name} has an invalid shape (valid: [2,3]): {text[:60]!r}",
            path=path,
            line=1,
            keyword=name,
            value=text[:60],
        )
    return tuple(None if part == "null" else int(part[:18]) for part in parts)
