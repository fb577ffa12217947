"""Calibrations as values: which there are, and what one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

from curator.api import html, text
from curator.api.errors import for_python
from curator.api.tables import field_values, text_table
from curator.counts import counted
from curator.errors import CuratorError
from curator.export.show.cells import head_columns
from curator.export.show.show import Subject, subject_lines
from curator.formats.files.terminal_escape import escape
from curator.repository.selection.selection import validity

if TYPE_CHECKING:
    from astropy.table import QTable, Table

    from curator.calibrations.data_id import DataId
    from curator.calibrations.time.validity_range import ValidityRange
    from curator.calibrations.types.base import Calibration
    from curator.formats.fits.fits import TableData
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["CalibrationFile", "CalibrationList"]

# Rows of a table, and characters of a value, that are shown.
_ROWS = 10
_LONGEST = 200


@dataclass(frozen=True)
class CalibrationFile:
    """One calibration of a repository or a registry.

    Its file is read when its header or a table is first asked for, and not again.

    Parameters
    ----------
    entry : Entry
        What is known from its path and its header.
    snapshot : Snapshot or None
        The state of the repository that it is in; `None` of one in a registry.
    """

    entry: Entry = field(repr=False)
    snapshot: Snapshot | None = field(repr=False, compare=False)

    @property
    def path(self) -> str:
        """Path of its text, relative to the repository."""
        return str(self.entry.path)

    @property
    def data_id(self) -> DataId:
        """What it is for: dataset type, instrument, detector and physical filter."""
        return self.entry.data_id

    @property
    def camera(self) -> str:
        """Directory of its camera; of one in a registry, the instrument."""
        return self.entry.camera

    @property
    def dataset_type(self) -> str:
        """Name of its dataset type."""
        return self.entry.data_id.dataset_type

    @property
    def detector(self) -> str | None:
        """Name of its detector, `None` where its type has none."""
        return self.entry.data_id.detector_name or None

    @property
    def physical_filter(self) -> str | None:
        """Name of its physical filter, `None` where its type has none."""
        return self.entry.data_id.physical_filter or None

    @property
    def start(self) -> datetime:
        """Start of its validity range (UTC)."""
        return self.entry.start

    @property
    def end(self) -> datetime | None:
        """End of its validity range (UTC, excluded); `None` where it has none."""
        return self.entry.end

    @property
    def validity(self) -> ValidityRange:
        """Its validity range: start and end."""
        return self.entry.validity

    @property
    def ranges(self) -> tuple[ValidityRange, ...]:
        """When it is to be used: without what it is deprecated for, never unless it is certified."""
        return self.entry.ranges

    @property
    def status(self) -> Literal["certified", "uncertified", "deprecated"]:
        """Whether a person certified it."""
        return self.entry.status

    @property
    def state(self) -> str:
        """What messages call the state that it is in: a commit, ``working tree``, a label of a registry."""
        if self.snapshot is not None:
            return self.snapshot.label
        return self.entry.origin.label if self.entry.origin else ""

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields alone: what was read since is not part of the value."""
        return field_values(self)

    @cached_property
    @for_python
    def raw(self) -> bytes:
        """Its bytes: text of one in a repository, FITS of one in a registry."""
        if self.snapshot is not None:
            return self.snapshot.read(self.path)
        from curator.export.provenance.source import MAX_BYTES
        from curator.formats.files.bounded_io import read_bounded

        return read_bounded(self._file, MAX_BYTES)

    @property
    def _file(self) -> str:
        found = self.entry.origin.file if self.entry.origin else ""
        if not found:
            raise CuratorError(f"the registry does not say where the file of {self.path} is", path=self.path)
        return found

    @cached_property
    @for_python
    def header(self) -> Mapping[str, Any]:
        """Its header keywords with their values, read-only; lists are tuples."""
        if self.snapshot is None:
            found = self.content.getMetadata()
        else:
            from curator.formats.read import read_document

            found = read_document(self.path, self.raw, header_only=True).header
        return MappingProxyType({key: _fixed(value) for key, value in found.items()})

    @property
    @for_python
    def content(self) -> Calibration:
        """Its content as its class, with the methods of DMTN-148; a new object each time."""
        from curator.calibrations.types.read import read_fits, read_text
        from curator.calibrations.types.types import find_type

        kind = find_type(self.dataset_type)
        calibration = kind.calibration if kind else None
        found: Calibration = (
            read_fits(self.raw, calibration)
            if self.snapshot is None
            else read_text(self.path, self.raw, calibration)
        )
        return found

    @property
    @for_python
    def tables(self) -> dict[str, Table]:
        """Its tables by name, as `astropy.table.Table` with units; new ones each time.

        Lists of boxes and curves have one table; linearizers, kernels and coefficients may have several.
        """
        return {table.name: _astropy(table, self.header) for table in self.content.tables()}

    @property
    def table(self) -> Table:
        """Its first table, as `astropy.table.Table` with units; a new one each time.

        Numbers and their types are those of the file. `qtable` gives quantities.
        """
        return next(iter(self.tables.values()))

    @property
    def qtable(self) -> QTable:
        """Its first table, as `astropy.table.QTable`: columns with a unit are quantities of floats."""
        from astropy.table import QTable

        return QTable(self.table)

    def to_dict(self) -> dict[str, object]:
        """Return what it is for and when it is valid, as one row of a table."""
        return {
            "path": self.path,
            "camera": self.camera,
            "dataset_type": self.dataset_type,
            "detector": self.detector,
            "physical_filter": self.physical_filter,
            "start": self.start,
            "end": self.end,
            "status": self.status,
        }

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "path", f"{self.path} ({self.state})" if self.state else self.path
        yield "for", str(self.data_id)
        yield "valid", validity(self.entry) or "never used"
        if self.status != "certified":
            yield "status", self.status
        for one in self.entry.deprecations:
            yield "deprecated", f"{one.when}: {one.reason}"

    def __repr__(self) -> str:
        """Return where it stands and when it is valid, on one line; `print` shows what it says."""
        until = f"until {text.date_text(self.end)}" if self.end else "without end"
        status = "" if self.status == "certified" else f", {self.status}"
        return f"<CalibrationFile {escape(self.path)} from {text.date_text(self.start)} {until}{status}>"

    def __str__(self) -> str:
        """Return its facts, its header and the first rows of its tables, as `curator show` prints them."""
        try:
            header, tables = self.header, self.content.tables()
        except CuratorError as error:
            return "\n".join([repr(self), *text.error_lines(error, first="  ", rest="    ")])
        subject = Subject(self.dataset_type, header, list(self._facts()), (), tables)
        return "\n".join(subject_lines(subject, _ROWS))

    def _repr_html_(self) -> str:
        """Return its facts, its header and the first rows of its tables."""
        parts = [html.table((), self._facts())]
        try:
            header, tables = self.header, self.content.tables()
        except CuratorError as error:
            return html.titled(self.dataset_type, *parts, html.problem(error))
        rows = [(html.code(key), html.code(_cut(value))) for key, value in header.items()]
        parts.append(html.fold(f"header ({len(rows)} keywords)", html.table((), rows)))
        for table in tables:
            title = f"{table.name} ({counted(table.rows, 'row')})"
            parts.append(html.fold(title, _head(table), is_open=True))
        return html.titled(self.dataset_type, *parts)


@dataclass(frozen=True)
class CalibrationList(Sequence[CalibrationFile]):
    """Calibrations, by path.

    Parameters
    ----------
    files : tuple of CalibrationFile
    problems : tuple of CuratorError
        Why other files that were asked for cannot be read or placed.
    """

    files: tuple[CalibrationFile, ...]
    problems: tuple[CuratorError, ...] = ()

    def __len__(self) -> int:
        """Return the number of calibrations."""
        return len(self.files)

    @overload
    def __getitem__(self, index: int) -> CalibrationFile: ...
    @overload
    def __getitem__(self, index: slice) -> CalibrationList: ...
    def __getitem__(self, index: int | slice) -> CalibrationFile | CalibrationList:
        """Return one by its number, or several."""
        found = self.files[index]
        return CalibrationList(found, self.problems) if isinstance(found, tuple) else found

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a row for each, as `pandas.DataFrame` takes them."""
        return [one.to_dict() for one in self.files]

    def to_table(self) -> Table:
        """Return a row for each, as `astropy.table.Table` of texts."""
        return text_table(_COLUMNS, self.to_dicts())

    def __repr__(self) -> str:
        """Return one line for each, and how many there are."""
        lines = [counted(len(self.files), "calibration")]
        lines += text.aligned(_HEADINGS, map(_cells, self.files)) if self.files else []
        return "\n".join(lines + (text.wrapped(text.unread(self.problems)) if self.problems else []))

    def _repr_html_(self) -> str:
        """Return a table with a row for each."""
        table = html.table(_HEADINGS, map(_shown, map(_cells, self.files)))
        title = counted(len(self.files), "calibration")
        return html.titled(title, *([table] if self.files else []), *map(html.problem, self.problems))


_COLUMNS = ("path", "camera", "dataset_type", "detector", "physical_filter", "start", "end", "status")
_HEADINGS = ("type", "detector", "filter", "from", "to", "status", "path")


def _cells(one: CalibrationFile) -> tuple[str, ...]:
    names = one.dataset_type, one.detector or "", one.physical_filter or ""
    return *names, text.date_text(one.start), text.date_text(one.end), one.status, one.path


def _shown(row: tuple[str, ...]) -> tuple[object, ...]:
    *names, start, end, status, path = row
    return *names, html.date(start), html.date(end), status, html.code(path)


def _fixed(value: Any) -> Any:
    """Return a value of a header that nobody can change."""
    if isinstance(value, list):
        return tuple(map(_fixed, value))
    if isinstance(value, dict):
        return MappingProxyType({key: _fixed(one) for key, one in value.items()})
    return value


def _cut(value: object) -> str:
    said = str(value)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _head(table: TableData) -> html.Markup:
    columns = head_columns(table, _ROWS)
    rows = list(zip(*(column[1:] for column in columns), strict=True))
    left = html.note(f"and {table.rows - _ROWS:,} more") if table.rows > _ROWS else ""
    return html.joined((html.table([column[0] for column in columns], rows), left))


def _astropy(table: TableData, meta: Mapping[str, Any]) -> Table:
    from astropy.table import Column, MaskedColumn, Table
    from astropy.units import Unit
    from numpy.ma import MaskedArray

    columns = []
    for one in table.columns:
        kind = MaskedColumn if isinstance(one.array, MaskedArray) else Column
        unit = Unit(one.unit, parse_strict="silent") if one.unit else None
        columns.append(kind(one.array, name=one.name, unit=unit, description=one.description))
    return Table(columns, meta=dict(meta), copy=True)
