"""The units that an ECSV header declares for its columns: read twice, and changed in place."""

from __future__ import annotations

from curator.errors import FormatError
from curator.formats.ecsv.header_text import header_text, version_of
from curator.formats.edit.source_spans import Span, header_spans
from curator.formats.yaml.writer import scalar

__all__ = ["serialized_units", "unit_text"]

Offsets = list[int]


def serialized_units(path: str, raw: bytes) -> dict[str, tuple[str, str]]:
    """Return the declared unit, and the one in ``__serialized_columns__``, of every column that has both.

    The file is one that `read_ecsv` has read.
    """
    from curator.formats.ecsv.header_yaml import SERIALIZED, declarations, read_header

    head = header_text(raw.decode().replace("\r\n", "\n"))
    value, inert, _ = read_header(path, head)
    header = declarations(path, version_of(path, head), value, inert)
    serialized = header.meta.get(SERIALIZED)
    found: dict[str, tuple[str, str]] = {}
    specs = serialized if isinstance(serialized, dict) else {}
    for column in header.columns:
        spec = specs.get(column.name)
        unit = spec.get("unit") if isinstance(spec, dict) else None
        inner = getattr(unit, "value", unit)
        text = inner.get("unit") if isinstance(inner, dict) else inner
        if column.unit and isinstance(text, str) and text:
            found[column.name] = column.unit, text
    return found


def unit_text(path: str, raw: bytes, column: str, unit: str | None) -> bytes:
    """Return a file whose header declares another unit for ``column``, or none; all other bytes stay.

    Raises
    ------
    FormatError
        The declaration has a form in which that cannot be done.
    """
    text = raw.decode()
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    declared = _declaration(path, text, column)
    number = next(
        (n for n, (key, _) in enumerate(declared.entries) if key is not None and key.text == "unit"), -1
    )
    if number < 0:
        raise FormatError(f"column {column} declares no unit", path=path, keyword=column)
    key, value = declared.entries[number]
    assert key is not None  # else it would not have been found
    if value.kind != "scalar":
        raise _odd(path, column)
    if unit is not None:
        start, end, new = _at(starts, value.start), _at(starts, value.end), scalar(unit, in_flow=True)
    else:
        new = ""
        start, end = _extent(path, column, declared, number, starts)
    return (text[:start] + new + text[end:]).encode()


def _declaration(path: str, text: str, column: str) -> Span:
    head = header_text(text.replace("\r\n", "\n"))
    root = header_spans("\n".join(head.lines), "datatype", head.origin, ecsv=True)
    columns = root.get("datatype") if root is not None else None
    for _, one in columns.entries if columns is not None else ():
        name = one.get("name")
        if name is not None and name.text == column:
            return one
    raise _odd(path, column)


def _extent(path: str, column: str, declared: Span, number: int, starts: Offsets) -> tuple[int, int]:
    """Return the characters that the unit and what separates it from its neighbours take."""
    entries = declared.entries
    key, value = entries[number]
    assert key is not None
    if number:
        before = entries[number - 1][1]
        if declared.flow:
            return _at(starts, before.end), _at(starts, value.end)
        if key.start[0] > before.end[0]:
            return starts[key.start[0]], starts[value.end[0] + 1]
    elif declared.flow and len(entries) > 1:
        following = entries[1][0]
        assert following is not None
        return _at(starts, key.start), _at(starts, following.start)
    raise _odd(path, column)


def _at(starts: Offsets, position: tuple[int, int]) -> int:
    return starts[position[0]] + position[1]


def _odd(path: str, column: str) -> FormatError:
    return FormatError(
        f"the declaration of column {column} is written in a form that curator cannot edit",
        path=path,
        keyword=column,
        hint="use a text editor",
    )
