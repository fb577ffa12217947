"""A camera's entries as tables, and as the lines of its own file."""

from __future__ import annotations

from collections.abc import Mapping

from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.formats.fits.fits import TableData

__all__ = ["DETECTOR", "FILTER", "are_plain", "camera_text", "entries", "table"]

# Entry of a detector or filter: what stands for one that is absent.
DETECTOR: dict[str, Any] = {
    "name": "",
    "id": 0,
    "width": 0,
    "height": 0,
    "serial": "",
    "amplifiers": [],
    "type": "",
    "size_from": "",
    "amplifiers_from": "",
}
# No column where no detector has it, so that the content of a camera without it is what it was.
_OPTIONAL = frozenset({"size_from", "amplifiers_from"})
FILTER: dict[str, Any] = {"name": "", "band": "", "aliases": []}


def camera_text(tree: Mapping[str, Any]) -> bytes:
    """Return the file of a camera: one line per detector and filter, names always quoted."""
    from curator.formats.edit.new_file import FlowMap, write_yaml

    lines = {
        key: [FlowMap(_quoted(entry)) for entry in tree.get(key) or []] for key in ("detectors", "filters")
    }
    names = {key: _quoted(tree.get(key)) for key in ("name", "aliases", "start")}
    return write_yaml({"metadata": tree["metadata"], **names, **lines})


def _quoted(value: Any) -> Any:
    from curator.formats.edit.new_file import Quoted

    if isinstance(value, Mapping):
        return {key: _quoted(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_quoted(one) for one in value]
    return Quoted(value) if isinstance(value, str) else value


_INT64 = 1 << 63


def are_plain(entry: Mapping[str, Any], rows: Any) -> bool:
    """Whether a look tells that `table` takes these rows."""
    return (not rows or isinstance(rows, list)) and all(
        isinstance(row, dict) and all(_is_plain(default, row.get(name)) for name, default in entry.items())
        for row in rows or ()
    )


def _is_plain(default: Any, value: Any) -> bool:
    if isinstance(default, list):
        return value is None or (type(value) is list and all(type(one) is str for one in value))
    return value is None or (type(value) is type(default) and (default != 0 or -_INT64 <= value < _INT64))


def table(key: str, entry: Mapping[str, Any], tree: Mapping[str, Any]) -> TableData:
    """Return a list of the tree as a table with a column for each key of ``entry``."""
    import numpy as np

    from curator.formats.fits.fits import FitsColumn, TableData

    rows = tree.get(key.lower()) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise CalibrationError(f"{key.lower()} must be a list of mappings", keyword=key.lower())
    columns = []
    for name, default in entry.items():
        if name in _OPTIONAL and not any(row.get(name) for row in rows):
            continue
        values = [default if row.get(name) is None else row[name] for row in rows]
        if isinstance(default, list):
            values = [_json(value) for value in values]
        if not all(_fits(value, int if default == 0 else str) for value in values):
            raise CalibrationError(
                f"{name} of a row of {key.lower()} has the wrong type", keyword=key.lower()
            )
        columns.append(FitsColumn(name.upper(), np.array(values, np.int64 if default == 0 else np.str_)))
    return TableData(key, columns)


def _json(value: Any) -> Any:
    """Return a list of names as text, anything else as it is."""
    import json

    names = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return json.dumps(list(value), ensure_ascii=False) if names else value


def _fits(value: object, kind: type) -> bool:
    """Return whether a column can hold a value; one of whole numbers has 64 bits."""
    return isinstance(value, kind) and (not isinstance(value, int) or -(1 << 63) <= value < 1 << 63)


def entries(found: TableData, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the list of the tree that a table holds."""
    import json

    columns = {column.name.lower(): column.array.tolist() for column in found.columns}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for row in rows:
        for name, default in entry.items():
            if isinstance(default, list):
                row[name] = json.loads(row[name])
            elif name in _OPTIONAL and not row.get(name):
                row.pop(name, None)
    return rows
