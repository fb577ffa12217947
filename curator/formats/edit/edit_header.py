"""Changes to a file's header that touch only the lines they must; every other byte stays as it is.

An edit is made on the characters that a value takes, and proven before it is returned: read again, the
result must hold the old header with the changes, and nothing else may differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curator.errors import FormatError
from curator.formats.document import Document
from curator.formats.edit.declared_units import unit_text
from curator.formats.edit.header_editor import HeaderEditor
from curator.formats.read import read_document

__all__ = ["append_to_list", "remove_header", "rename_header", "set_header", "set_unit"]


def set_header(
    raw: bytes | Document, path: str, changes: Mapping[str, object], *, after: str | None = None
) -> bytes:
    """Return a file with keywords of its header set.

    Parameters
    ----------
    raw : bytes or Document
    path : str
        Its suffix is the format.
    changes : mapping of str to object
        What is there keeps its place, anything new comes behind.
    after : str, optional
        Put new keywords behind this one instead of at the end.

    Raises
    ------
    FormatError
        If it cannot be done without losing something.
    """
    before = _document(raw, path)
    if not changes:
        return before.raw
    wanted = {} if _has_no_meta(before) else dict(before.header)
    new = {key: value for key, value in changes.items() if key not in wanted}
    if after is not None and after not in wanted:
        raise FormatError(f"there is no keyword {after} to insert others after", path=path, keyword=after)
    wanted.update({key: value for key, value in changes.items() if key in wanted})
    other = {
        key: value
        for key, value in changes.items()
        if key in before.header and not _same(before.header[key], value)
    }
    data = before.raw
    if other or new:
        data = HeaderEditor(path, data).set(other, new, after)
    order = list(wanted)
    at = order.index(after) + 1 if after is not None else len(order)
    order[at:at] = list(new)
    return _proven(before, data, {key: {**wanted, **new}[key] for key in order})


def remove_header(raw: bytes | Document, path: str, key: str) -> bytes:
    """Return a file without one keyword; see `set_header`."""
    before = _document(raw, path)
    if key not in before.header:
        raise FormatError(f"there is no keyword {key}", path=path, keyword=key)
    data = HeaderEditor(path, before.raw).remove(key)
    return _proven(before, data, {name: value for name, value in before.header.items() if name != key})


def rename_header(raw: bytes | Document, path: str, key: str, new: str) -> bytes:
    """Return a file with another name for one keyword, which keeps its place, value and comments.

    Raises
    ------
    FormatError
        There is no such keyword, one of the new name is there already, or it cannot be done without losing
        something.
    """
    before = _document(raw, path)
    if key not in before.header:
        raise FormatError(f"there is no keyword {key}", path=path, keyword=key)
    if new in before.header:
        raise FormatError(f"there is already a keyword {new}", path=path, keyword=new)
    data = HeaderEditor(path, before.raw).rename(key, new)
    return _proven(before, data, {new if name == key else name: one for name, one in before.header.items()})


def set_unit(raw: bytes | Document, path: str, column: str, unit: str | None) -> bytes:
    """Return an ECSV file with another unit declared for a column, or none; see `set_header`."""
    before = _document(raw, path)
    if column not in before.columns:
        raise FormatError(f"there is no column {column}", path=path, keyword=column)
    return _proven(before, unit_text(path, before.raw, column, unit), before.header, {column: unit})


def append_to_list(raw: bytes | Document, path: str, key: str, item: object) -> bytes:
    """Return a file with one item more in the list under a keyword, which is made if need be.

    Text that stands there becomes the list's first item.
    """
    before = _document(raw, path)
    present = before.header.get(key)
    if present is None or not isinstance(present, list):
        return set_header(before, path, {key: [item] if present is None else [present, item]})
    data = HeaderEditor(path, before.raw).append(key, item)
    return _proven(before, data, {**before.header, key: [*present, item]})


def _has_no_meta(doc: Document) -> bool:
    """Return whether ``meta:`` stands there with nothing behind it, which astropy keeps as a keyword."""
    return doc.format == "ecsv" and doc.header == {"meta": None}


def _document(raw: bytes | Document, path: str) -> Document:
    return raw if isinstance(raw, Document) else read_document(path, raw)


def _proven(
    before: Document, data: bytes, wanted: dict[str, Any], units: Mapping[str, str | None] | None = None
) -> bytes:
    """Return ``data`` if it holds ``wanted``, and the ``units`` of columns, and all else of ``before``."""
    try:
        after = read_document(before.path, data)
    except FormatError as error:
        raise _impossible(before, f"the result would not be readable: {error.message}") from error
    if not _same(after.header, wanted) or list(after.header) != list(wanted):
        wrong = next((key for key in wanted if not _same(after.header.get(key), wanted[key])), "")
        raise _impossible(before, "the result would mean something else", wrong)
    if before.format == "ecsv":
        from curator.formats.ecsv.header_text import header_text

        bodies = [_body(text.decode(), header_text) for text in (before.raw, data)]
        kept = bodies[0] == bodies[1] and _declared(before, units) == _declared(after, units)
        kept = kept and all(
            (after.columns[one].unit or "") == (unit or "")
            and _same(after.columns[one].values, before.columns[one].values)
            for one, unit in (units or {}).items()
        )
    else:
        kept = _same(_without_header(before), _without_header(after))
    if not kept:
        raise _impossible(before, "something besides the header would change")
    return data


def _body(text: str, cut: Any) -> str:
    """Return what follows the header; `header_text` counts characters without carriage returns."""
    unix = text.replace("\r\n", "\n")
    return unix[cut(unix).offset :]


def _declared(doc: Document, units: Mapping[str, str | None] | None) -> list[tuple[Any, ...]]:
    """Return what is declared of every column, but for the units of those in ``units``."""
    return [
        (
            one.name,
            one.datatype,
            None if units and one.name in units else one.unit,
            one.description,
            one.format,
            one.subtype,
            one.shape,
        )
        for one in doc.columns.values()
    ]


def _without_header(doc: Document) -> Any:
    if not isinstance(doc.tree, dict):
        return doc.tree
    header = ("metadata",) if "metadata" in doc.tree else doc.header
    return {key: value for key, value in doc.tree.items() if key not in header}


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are equal and of the same types throughout; NaN equals NaN."""
    return repr(one) == repr(other)


def _impossible(doc: Document, reason: str, key: str = "") -> FormatError:
    return FormatError(
        f"the header cannot be edited safely: {reason}",
        path=doc.path,
        line=doc.at(key).line if key else 0,
        keyword=key,
        hint="change it in a text editor",
    )
