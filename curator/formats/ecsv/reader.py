"""ECSV files, versions 0.9 and 1.0: a strict grammar reads nearly all of them, astropy the rest.

Places of a header (`Document.at`): ``(KEY,)`` a keyword, ``(KEY, n)`` an item of its list,
``("columns", name)`` and ``("datatype", index)`` a column's declaration.
"""

from __future__ import annotations

from curator.errors import FormatError
from curator.formats.document import Column, Comment, Document, Place
from curator.formats.ecsv.header_text import (
    MAX_HEADER,
    HeaderText,
    header_text,
    refuse_odd_breaks,
    version_of,
)
from curator.formats.ecsv.header_yaml import SERIALIZED, HeaderSyntax, declarations, place_header, read_header
from curator.formats.ecsv.strict_rows import Rows, read_rows
from curator.formats.files.decode import decode
from curator.formats.yaml.positions import ListNode, MapNode, Places
from curator.formats.yaml.strict_line import NotCovered
from curator.formats.yaml.tags import Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["HeaderSyntax", "read_bare", "read_ecsv"]

_UNIT_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ./*%-")
_MAX_EXPLAINED = 4 << 20
_QUANTITY = "astropy.units.quantity.Quantity"


def read_ecsv(path: str, raw: bytes, *, header_only: bool = False) -> Document:
    """Return a parsed ECSV file.

    Parameters
    ----------
    path : str
        As errors name it.
    raw : bytes
    header_only : bool
        Read no rows: columns have no values.

    Raises
    ------
    FormatError
        ``CUR010`` a row of the wrong length, ``CUR011`` a cell that is not of its column's type, and those of
        `decode` and of the header; ``CUR022`` a line that ends with anything but a newline; ``CUR001`` where
        there is no better one.
    """
    text = decode(path, raw)
    unix = text.replace("\r\n", "\n") if "\r" in text else text
    try:
        return _read(path, raw, unix, header_only=header_only)
    except FormatError as error:
        if len(unix) > _MAX_EXPLAINED:
            raise
        from curator.formats.ecsv.diagnose import explained

        raise explained(path, unix, error) from None


def read_bare(path: str, text: str) -> None:
    """Read the header of a file without carriage returns, and no more; an error stands as it was raised."""
    _read(path, b"", text, header_only=True)


def _read(path: str, raw: bytes, unix: str, *, header_only: bool) -> Document:
    refuse_odd_breaks(path, unix)
    head = header_text(unix)
    if head.offset > MAX_HEADER:
        raise FormatError(f"header of more than {MAX_HEADER:,} characters", code="CUR002", path=path, line=1)
    version = version_of(path, head)
    value, inert, strict = read_header(path, head)
    header = declarations(path, version, value, inert)
    units = quantity_units(header)
    plain = header.plain and units is not None
    rows: Rows | None = None
    if plain and not header_only:
        try:
            rows = read_rows(path, unix, head.offset, head.line, header)
            # What a missing value becomes in a Quantity is for astropy to say.
            if units and any(
                None in found and (one.unit is not None or one.name in units)
                for one, found in zip(header.columns, rows.values, strict=True)
            ):
                raise NotCovered("a missing quantity")
        except NotCovered:
            plain = False
    meta, by_astropy = header.meta, False
    if plain or (header_only and header.plain and units is not None):
        columns = _columns(header, units or {}, rows)
    else:
        from curator.formats.ecsv.astropy_fallback import read_table

        table = read_table(path, unix, header)
        columns, meta, by_astropy = table.columns, table.meta, True
        rows = _lines_only(unix, head, len(next(iter(columns.values())).values) if columns else 0)
    keywords = {key: one for key, one in meta.items() if key != SERIALIZED}
    if not all(type(key) is str for key in keywords):
        raise _not_text(path, head, keywords)

    def trees() -> tuple[MapNode | ListNode, ...]:
        return _trees(path, unix)

    def quick(key: str) -> tuple[int, int] | None:
        from curator.formats.yaml.strict_positions import place_keyword

        if key not in keywords and key not in value:
            raise KeyError(key)
        return place_keyword(unix, head.offset, key) if strict and key in keywords else None

    return Document(
        path=path,
        format="ecsv",
        raw=raw,
        header=keywords,
        version=header.version,
        columns=columns,
        row_lines=rows.row_lines if rows else (),
        comments=rows.comments if rows else (),
        unread=header.unread,
        by_astropy=by_astropy,
        delimiter=header.delimiter,
        places=Places(trees, keys=True, quick=quick),
        value_places=Places(trees, keys=False, quick=quick),
    )


def quantity_units(header: HeaderSyntax) -> dict[str, str] | None:
    """Return the unit of every column serialized as a Quantity; `None` if astropy must construct one."""
    if SERIALIZED not in header.meta:
        return {}
    serialized = header.meta[SERIALIZED]
    if not isinstance(serialized, dict):
        return None
    declared = {
        column.name: column.unit for column in header.columns if column.datatype in ("float32", "float64")
    }
    if serialized and any(
        column.unit is not None and column.name not in declared for column in header.columns
    ):
        # Beside a Quantity, astropy makes one of every column with a unit, and floats of its integers.
        return None
    found = {}
    for name, spec in serialized.items():
        if (
            name not in declared
            or not isinstance(spec, dict)
            or spec.keys() != {"__class__", "unit", "value"}
        ):
            return None
        unit, column = spec["unit"], spec["value"]
        if spec["__class__"] != _QUANTITY or not isinstance(unit, Tagged) or not isinstance(column, Tagged):
            return None
        if (
            unit.tag != "!astropy.units.Unit"
            or unit.value.keys() != {"unit"}
            or column.value != {"name": name}
        ):
            return None
        text = unit.value["unit"]
        # Units that disagree may mean a conversion; a dash is no unit, so that it only stands instead.
        if declared[name] not in (None, text, "-") or not _UNIT_CHARACTERS.issuperset(text):
            return None
        found[name] = text
    return found


def _columns(header: HeaderSyntax, units: dict[str, str], rows: Rows | None) -> dict[str, Column]:
    return {
        one.name: Column(
            one.name,
            one.datatype,
            rows.values[number] if rows else [],
            # As astropy: what is declared wins, unless it is nothing.
            one.unit or units.get(one.name, one.unit),
            one.description,
            one.format,
            one.subtype,
            one.shape or None,
        )
        for number, one in enumerate(header.columns)
    }


def _lines_only(text: str, head: HeaderText, total: int) -> Rows:
    """Return the lines of rows and comments of a body that astropy read; line 1 where they do not tally."""
    lines: list[int] = []
    comments: list[Comment] = []
    for number, line in enumerate(text[head.offset :].split("\n")[1:], head.line + 1):
        content = line.strip()
        if content[:1] == "#":
            comments.append(Comment(number, content.lstrip("#").strip(), len(lines)))
        elif content:
            lines.append(number)
    return Rows([], lines if len(lines) == total else [1] * total, tuple(comments))


def _trees(path: str, text: str) -> tuple[MapNode | ListNode, ...]:
    """Return the places of columns, of the keywords, and of the header as a whole, in that order."""
    value, node = place_header(path, header_text(text))
    if not isinstance(node, MapNode):
        return ()
    declared = MapNode(node.place)
    entries = node.children.get("datatype")
    if isinstance(entries, ListNode):
        names = MapNode(entries.place)
        for number, place in enumerate(entries.values):
            name = value["datatype"][number].get("name")
            names.keys[name] = names.values[name] = place
            if number in entries.children:
                names.children[name] = entries.children[number]
        declared.children |= {"columns": names, "datatype": entries}
    meta = node.children.get("meta")
    return (declared, meta, node) if meta is not None else (declared, node)


def _not_text(path: str, head: HeaderText, keywords: dict[Any, Any]) -> FormatError:
    key = next(key for key in keywords if type(key) is not str)
    _, node = place_header(path, head)
    place = Places(lambda: (node.children["meta"],), keys=True).get((key,), Place(1))
    return FormatError(
        f"keyword {key!r:.80} is not text",
        path=path,
        line=place.line,
        column=place.column,
        value=key,
        hint="YAML reads it as a value of another type: quote it",
    )
