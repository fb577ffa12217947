"""How one camera's calibrations stand in a Gen2 registry: its columns, tables and paths.

Written by people in ``curator.yaml``, carried by the manifest, and used by the Gen2 registry. Every name
becomes part of an SQL statement or of a path, so nothing is taken that is not checked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from curator.values import dataclass

__all__ = ["COLUMN_FIELDS", "Gen2Layout", "fields_of", "layout_from"]

COLUMN_FIELDS = ("detector", "detector_name", "filter", "band", "instrument", "digest")
_PATH_FIELDS = (*COLUMN_FIELDS, "calibDate", "type")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}", re.ASCII)
_FIELD = re.compile(r"\{(\w+)(?::(0?[1-9])d)?\}", re.ASCII)
_LITERAL = re.compile(r"[A-Za-z0-9_+,=@~.-]*", re.ASCII)
_MAX_TEXT = 200
_MAX_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class Gen2Layout:
    """The layout of one camera; the defaults are those of the stack's ``ingestCalibs``.

    Parameters
    ----------
    columns : tuple of (str, str)
        Columns besides the dates, in order, and what stands in them: a text with fields of `COLUMN_FIELDS`.
        ``"{detector}"`` alone makes an integer column.
    calib_date, valid_start, valid_end : str
        Columns of the dates.
    increment_valid_end : bool
        Whether a range ends with the day on which the next begins (``incrementValidEnd`` of the stack, right
        where times of observation have a time of day), or with the day before.
    same_day : {"refuse", "last"}
        What becomes of a range that begins and ends on one day, which no row can say.
    tables : tuple of (str, str)
        Dataset type to table, where they have other names.
    template, templates : str, tuple of (str, str)
        Path of a file below the registry's folder, for all dataset types and for one.
    """

    columns: tuple[tuple[str, str], ...] = (("filter", "{filter}"), ("ccd", "{detector}"))
    calib_date: str = "calibDate"
    valid_start: str = "validStart"
    valid_end: str = "validEnd"
    increment_valid_end: bool = True
    same_day: str = "refuse"
    tables: tuple[tuple[str, str], ...] = ()
    template: str = ""
    templates: tuple[tuple[str, str], ...] = ()

    @property
    def dates(self) -> tuple[str, str, str]:
        """The names of the three columns of dates."""
        return self.calib_date, self.valid_start, self.valid_end

    def table(self, dataset_type: str) -> str:
        """Return the table of a dataset type."""
        return dict(self.tables).get(dataset_type, dataset_type)

    def path(self, dataset_type: str) -> str:
        """Return the template of a dataset type's files, empty for the one that its dimensions give."""
        return dict(self.templates).get(dataset_type, self.template)

    def to_mapping(self) -> dict[str, Any]:
        """Return what `layout_from` takes."""
        return {
            "columns": dict(self.columns),
            "calib_date": self.calib_date,
            "valid_start": self.valid_start,
            "valid_end": self.valid_end,
            "increment_valid_end": self.increment_valid_end,
            "same_day": self.same_day,
            "tables": dict(self.tables),
            "template": self.template,
            "templates": dict(self.templates),
        }


def layout_from(given: Mapping[str, object]) -> Gen2Layout:
    """Return the layout that a mapping describes; what it leaves out is as by default.

    Raises
    ------
    ValueError
        In one line, what cannot be.
    """
    default = Gen2Layout()
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in Gen2Layout.__slots__:
            raise ValueError(f"there is no {name!r}")
        values[name] = _value(name, value, getattr(default, name))
    layout = Gen2Layout(**values)
    _check_columns(layout)
    _check_tables(layout)
    for text in (layout.template, *dict(layout.templates).values()):
        if text:
            _check_path(text)
    return layout


def fields_of(text: str) -> list[str]:
    """Return the fields that a text has."""
    return [found[0] for found in _FIELD.findall(text)]


def _value(name: str, value: object, default: object) -> object:
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"{name} is neither true nor false")
        return value
    if isinstance(default, str):
        if not isinstance(value, str) or len(value) > _MAX_TEXT:
            raise ValueError(f"{name} is not a short text")
        return value
    if not isinstance(value, Mapping) or len(value) > _MAX_COLUMNS:
        raise ValueError(f"{name} is not a short mapping")
    for one, text in value.items():
        if not isinstance(one, str) or not isinstance(text, str) or len(text) > _MAX_TEXT:
            raise ValueError(f"{name}: {one!r:.60} is not a name with a short text")
    return tuple(value.items())


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"{name!r:.80} is not a valid name in a database: use letters, digits and _, not "
            "starting with a digit"
        )
    if name.lower().startswith(("curator_", "sqlite_")):
        raise ValueError(f"{name!r} starts like tables of other programs")


def _check_columns(layout: Gen2Layout) -> None:
    names = [name for name, _ in layout.columns] + list(layout.dates)
    for name in names:
        _check_name(name)
    if len({name.lower() for name in (*names, "id")}) != len(names) + 1:
        raise ValueError("two columns have one name, or one is called id")
    for name, text in layout.columns:
        if not text.isprintable() or "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
            raise ValueError(f"column {name}: {text!r} cannot be read")
        _check_fields(text, COLUMN_FIELDS)
    if layout.same_day not in ("refuse", "last"):
        raise ValueError(f"same_day is {layout.same_day!r}, not refuse or last")


def _check_tables(layout: Gen2Layout) -> None:
    for dataset_type, table in layout.tables:
        _check_name(dataset_type)
        _check_name(table)
    if len({table.lower() for _, table in layout.tables}) != len(layout.tables):
        raise ValueError("two dataset types have one table")


def _check_fields(text: str, known: tuple[str, ...]) -> None:
    for field, width in _FIELD.findall(text):
        if field not in known:
            raise ValueError(f"there is no {{{field}}}: known are {', '.join(known)}")
        if width and field != "detector":
            raise ValueError(f"{{{field}}} is not a number")


def _check_path(text: str) -> None:
    if not _LITERAL.fullmatch(_FIELD.sub("", text).replace("/", "")):
        raise ValueError(f"template {text!r} has characters that are not safe in a path")
    if not text.endswith(".fits") or not all(part and part[0] != "." for part in text.split("/")):
        raise ValueError(f"template {text!r} is not the path of a .fits file in the folder of the registry")
    _check_fields(text, _PATH_FIELDS)
