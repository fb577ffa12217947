"""New text files: ECSV 1.0 and YAML in the form that people here edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from curator.errors import FormatError
from curator.formats.document import Column
from curator.formats.yaml.tags import Box, Point, PropertyList
from curator.formats.yaml.writer import FlowMap, Literal, Quoted, flow, key_text, literal_lines, scalar

__all__ = ["FlowMap", "Literal", "Quoted", "keyword_lines", "property_type", "write_ecsv", "write_yaml"]

_MAX_DEPTH = 100
# Rows that are written at once.
_BLOCK = 10_000
_GEOM = "!!python/object/apply:lsst.geom."


def write_ecsv(
    header: Mapping[str, Any],
    columns: Sequence[Column],
    *,
    comments: Mapping[int, Sequence[str]] | None = None,
    delimiter: str = " ",
) -> bytes:
    """Return an ECSV 1.0 file.

    Parameters
    ----------
    header : mapping
        Keywords in order; values are scalars, lists or maps.
    columns : sequence of Column
        `None` is an empty cell, which reads as masked; so does empty text.
    comments : mapping of int to sequence of str, optional
        Lines to stand before a row, by the row's index.
    delimiter : str
        A blank, as tables that people edit have it, or a comma, which needs no quotes round empty cells
        and names with blanks.

    Raises
    ------
    FormatError
        For what astropy could not read back: text with line breaks or surrounding blanks, columns of unequal
        length, a repeated name.
    """
    names = [column.name for column in columns]
    if len(set(names)) != len(names) or not names:
        raise FormatError(f"columns need different names, not {names!r:.200}")
    if len({len(column.values) for column in columns}) != 1:
        raise FormatError("columns have different numbers of rows")
    lines = ["# %ECSV 1.0", "# ---", *(["# delimiter: ','"] if delimiter == "," else []), "# datatype:"]
    lines += [f"# - {flow(_declared(column))}" for column in columns]
    if header:
        lines.append("# meta: !!omap")
        for key, value in header.items():
            lines += [f"# {line}" for line in keyword_lines(key, value)]
    lines.append("# schema: astropy-2.0")
    lines.append(delimiter.join(_quoted(name, "a column name", delimiter) for name in names))
    parts = ["\n".join([*lines, ""]).encode()]
    parts += _rows(columns, comments or {}, delimiter)
    return b"".join(parts)


def _rows(columns: Sequence[Column], notes: Mapping[int, Sequence[str]], delimiter: str) -> Iterator[bytes]:
    """Give the lines of some rows at a time: the cells of a large table take much room."""
    total = len(columns[0].values)
    for start in range(0, total, _BLOCK):
        cells = [_cells(column, column.values[start : start + _BLOCK], delimiter) for column in columns]
        lines: list[str] = []
        for number, row in enumerate(zip(*cells, strict=True), start):
            lines += [f"# {text}" for text in notes.get(number, ())]
            lines.append(delimiter.join(row))
        yield "\n".join([*lines, ""]).encode()
    yield "".join(f"# {text}\n" for text in notes.get(total, ())).encode()


def keyword_lines(key: str, value: Any) -> list[str]:
    """Return the lines of one keyword as an item of an ordered map; a list of texts has a line for each."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return [f"- {key_text(key)}:", *(f"  - {scalar(one)}" for one in value)]
    return [f"- {key_text(key)}: {flow(value) if isinstance(value, (list, dict, tuple)) else scalar(value)}"]


def _declared(column: Column) -> dict[str, Any]:
    declared: dict[str, Any] = {"name": column.name}
    if column.unit is not None:
        declared["unit"] = column.unit
    declared["datatype"] = column.datatype
    if column.format is not None:
        declared["format"] = column.format
    if column.description is not None:
        declared["description"] = column.description
    if column.subtype is not None:
        shape = ",".join("null" if one is None else str(one) for one in column.shape or ())
        declared["subtype"] = f"{column.subtype}[{shape}]" if shape else column.subtype
    return declared


def _cells(column: Column, values: Sequence[Any], delimiter: str) -> list[str]:
    empty = _quoted("", column.name, delimiter)
    if column.subtype is not None:
        from json import dumps

        return [_quoted(dumps(value, separators=(",", ":")), column.name, delimiter) for value in values]
    if column.datatype == "string":
        return [_quoted(value or "", column.name, delimiter) for value in values]
    if column.datatype in ("float16", "float32"):
        return [empty if value is None else _short(value, column.datatype) for value in values]
    if column.datatype.startswith("float"):
        return [empty if value is None else repr(float(value)) for value in values]
    return [empty if value is None else str(value) for value in values]


def _short(value: float, datatype: str) -> str:
    """Return the shortest text that reads back as the same float of 32 bits or fewer."""
    text = repr(float(value))
    if len(text) < 10:
        return text
    import numpy as np

    with np.errstate(all="ignore"):
        return str(np.dtype(datatype).type(value))


def _quoted(text: str, what: str, delimiter: str) -> str:
    if not text:
        return "" if delimiter == "," else '""'
    if text != text.strip() or not text.isprintable():
        raise FormatError(
            f"{text[:60]!r} of {what} cannot be written to a row",
            value=text,
            hint="no line breaks, tabs or surrounding spaces",
        )
    if text[0] in '"#' or delimiter in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def write_yaml(tree: Any) -> bytes:
    """Return a value as a YAML file in block style; `PropertyList`, `Box` and `tuple` keep their tags.

    Raises
    ------
    FormatError
        For a value that has no YAML form here, or nested deeper than 100.
    """
    lines = list(_block(tree, 0))
    return ("\n".join(lines) + "\n").encode()


def _block(value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of a value, not indented; its tag, if it has one, is the first."""
    if depth > _MAX_DEPTH:
        raise FormatError(f"nested deeper than {_MAX_DEPTH}")
    tag, content = _tagged(value)
    if tag and not content:
        yield f"{tag} {flow(content)}"
        return
    if tag:
        yield tag
    if isinstance(content, FlowMap) or not content or not isinstance(content, (list, dict)):
        yield flow(content) if isinstance(content, (list, dict)) else scalar(content)
    elif isinstance(content, dict):
        for key, one in content.items():
            yield from _entry(f"{key_text(key)}:", one, "  ", depth)
    elif depth < _MAX_DEPTH and set(map(type, content)) <= {float, int}:
        yield from (f"- {scalar(one)}" for one in content)
    else:
        for one in content:
            yield from _entry("-", one, "  ", depth)


def _entry(lead: str, value: Any, indent: str, depth: int) -> Iterator[str]:
    if isinstance(value, Literal) and (block := literal_lines(value)):
        yield f"{lead} |"
        yield from (indent + line if line else "" for line in block)
        return
    lines = list(_block(value, depth + 1))
    tag, content = _tagged(value)
    nested = isinstance(content, (list, dict)) and bool(content) and not isinstance(content, FlowMap)
    if not nested:
        yield f"{lead} {lines[0]}"
        return
    if tag:
        yield f"{lead} {lines.pop(0)}"
    elif lead == "-":
        yield f"- {lines[0]}"
        yield from (indent + line for line in lines[1:])
        return
    else:
        yield lead
    # A list may begin in its key's own column, and here does; in a list it is indented.
    inner = "" if isinstance(content, list) and lead != "-" else indent
    yield from (inner + line for line in lines)


def _tagged(value: Any) -> tuple[str, Any]:
    """Return the tag of a value and the plain list or map that follows it."""
    if isinstance(value, Box):
        return _GEOM + "Box2I", [Point((value.x0, value.y0)), Point((value.x1, value.y1))]
    if isinstance(value, Point):
        return _GEOM + "Point2I", list(value)
    if isinstance(value, tuple):
        return "!!python/tuple", list(value)
    if isinstance(value, PropertyList):
        return "!<lsst.daf.base.PropertyList>", [
            [name, value.types.get(name) or property_type(name, one), one, value.comments.get(name, "")]
            for name, one in value.items()
        ]
    return "", value


def property_type(name: str, value: Any) -> str:
    """Return the type name of a PropertyList's entry for a value, or for a list by its first item."""
    first = value[0] if isinstance(value, list) and value else value
    if first is None:
        return "Undef"
    if isinstance(first, int) and not isinstance(first, bool):
        return "Int" if -(2**31) <= first < 2**31 else "LongLong"
    for kind, known in ((bool, "Bool"), (float, "Double"), (str, "String")):
        if isinstance(first, kind):
            return known
    raise FormatError(
        f"{name} has no PropertyList type for a {type(first).__name__}", keyword=name, value=value
    )
