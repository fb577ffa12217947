"""The rows and paths by which look-ups in a Gen2 registry find calibrations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from curator.calibrations.data_id import DataId
from curator.registries.gen2.lookups.days import Days, end_text
from curator.registries.gen2.store.items import STORE, Kept
from curator.registries.model.model import Reason
from curator.repository.layout.gen2_layout import Gen2Layout, fields_of

__all__ = ["LookupRow", "Value", "key_columns", "rows_of", "sql_type", "values_of"]

# What the stack writes for a filter where there is none.
NO_FILTER = "NONE"
_FIELD = re.compile(r"\{(\w+)(?::(0?[1-9])d)?\}", re.ASCII)
_LONGEST = 255

Value: TypeAlias = "str | int"


@dataclass(frozen=True, slots=True)
class LookupRow:
    """A row of a table that look-ups read, and the file that they are led to.

    Parameters
    ----------
    table : str
    values : tuple of (str, str or int)
        By column, the dates included.
    key : tuple of str
        Columns that identify the data ID.
    path : str
        Relative to the folder of the registry.
    item : Kept
    """

    table: str
    values: tuple[tuple[str, Value], ...]
    key: tuple[str, ...]
    path: str
    item: Kept

    @property
    def data_id(self) -> tuple[str, ...]:
        """What identifies the data ID, as texts: columns of others may have other types."""
        values = dict(self.values)
        return tuple(str(values[name]) for name in self.key)


def values_of(layout: Gen2Layout, item: Kept) -> dict[str, Value]:
    """Return the columns of an item besides the dates; what it has no value for is left out."""
    fields = _fields(item)
    values: dict[str, Value] = {}
    for name, text in layout.columns:
        if fields.keys() >= set(fields_of(text)):
            values[name] = item.data_id.detector or 0 if text == "{detector}" else _rendered(text, fields)
    return values


def key_columns(layout: Gen2Layout, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the columns that say which data ID a row is of: those that depend on it."""
    return tuple(
        name
        for name, text in layout.columns
        if name in values and not {"digest", "instrument"}.issuperset(fields_of(text))
    )


def sql_type(text: str) -> str:
    """Return the type of the column that has this text."""
    return "int" if text == "{detector}" else "text"


def rows_of(layout: Gen2Layout, days: Iterable[Days]) -> tuple[list[LookupRow], list[Reason]]:
    """Return the rows by which look-ups find calibrations, and why some cannot be found."""
    rows: list[LookupRow] = []
    differences: list[Reason] = []
    paths: dict[str, LookupRow] = {}
    for one in days:
        row = _row(layout, one)
        problem = _path_problem(row.path)
        other = paths.setdefault(row.path, row)
        if not problem and other is not row:
            problem = (
                f"the template gives {other.item.gitpath} and {row.item.gitpath} the same path: {row.path}"
            )
        if problem:
            differences.append(Reason("path", str(row.item), problem))
        rows.append(row)
    differences += _folders(paths)
    differences += _one_data_id(rows)
    return rows, differences


def _folders(paths: Mapping[str, LookupRow]) -> Iterator[Reason]:
    """Yield rows whose file would lie in what is itself the file of another."""
    for path, row in paths.items():
        parts = path.split("/")
        for folder in ("/".join(parts[:length]) for length in range(1, len(parts))):
            if folder in paths:
                said = (
                    f"the template puts it into {folder}, which is also the path of the file of "
                    f"{paths[folder].item.gitpath}"
                )
                yield Reason("path", str(row.item), said)


def _one_data_id(rows: Iterable[LookupRow]) -> Iterator[Reason]:
    """Yield rows of different types or data IDs that look-ups could not tell apart."""
    seen: dict[tuple[str, ...], DataId] = {}
    types: dict[str, str] = {}
    for row in rows:
        first = types.setdefault(row.table.lower(), row.item.data_id.dataset_type)
        if first != row.item.data_id.dataset_type:
            yield Reason("table", str(row.item), f"table {row.table} is that of {first}")
            continue
        place = (row.table.lower(), *row.data_id)
        if seen.setdefault(place, row.item.data_id) != row.item.data_id:
            yield Reason(
                "columns",
                str(row.item),
                f"table {row.table} has no column that distinguishes it from another row",
            )


def _row(layout: Gen2Layout, one: Days) -> LookupRow:
    calib_date = one.first.isoformat()
    table = layout.table(one.item.data_id.dataset_type)
    values = values_of(layout, one.item)
    key = key_columns(layout, values)
    ends = end_text(one.end, increment=layout.increment_valid_end)
    values |= dict(zip(layout.dates, (calib_date, calib_date, ends), strict=True))
    fields = _fields(one.item) | {"calibDate": calib_date, "type": table}
    template = layout.path(one.item.data_id.dataset_type)
    if not template or not fields.keys() >= set(fields_of(template)):
        template = _template(one.item.data_id)
    return LookupRow(table, tuple(values.items()), key, _rendered(template, fields), one.item)


def _template(data_id: DataId) -> str:
    detector = "-{detector:03d}" if data_id.detector is not None else ""
    physical_filter = "-{filter}" if data_id.physical_filter else ""
    return f"{{type}}/{{calibDate}}/{{type}}-{{calibDate}}{detector}{physical_filter}.fits"


def _fields(item: Kept) -> dict[str, Value]:
    data_id = item.data_id
    fields: dict[str, Value] = {
        "filter": data_id.physical_filter or NO_FILTER,
        "band": item.band or NO_FILTER,
        "instrument": data_id.instrument,
        "digest": item.content[:12],
    }
    if data_id.detector is not None:
        fields |= {"detector": data_id.detector, "detector_name": data_id.detector_name}
    return fields


def _rendered(text: str, fields: Mapping[str, Value]) -> str:
    def value(found: re.Match[str]) -> str:
        one = fields[found[1]]
        return format(one, f"{found[2]}d") if found[2] and isinstance(one, int) else str(one)

    return _FIELD.sub(value, text)


def _path_problem(path: str) -> str:
    from curator.export.manifest.validate import is_inside

    parts = path.split("/")
    if not is_inside(path) or not path.isprintable() or max(map(len, map(os.fsencode, parts))) > _LONGEST:
        return f"{path!r} cannot be the path of a file in the folder of a registry"
    if parts[0].lower() == STORE:
        return f"{path!r} is in the folder where curator keeps the files of all labels"
    return ""
