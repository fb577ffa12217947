"""What is in a Gen2 registry, as people ask for it: labels of curator's, or the tables of others."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curator.calibrations.data_id import DataId
from curator.calibrations.fits.stamp_reader import Stamp, read_stamp
from curator.calibrations.time.validity_range import ValidityRange
from curator.export.manifest.validate import is_inside
from curator.registries.gen2.lookups.days import range_of
from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.lookups.serve import LookupTables
from curator.registries.gen2.lookups.tables import stored
from curator.registries.gen2.store.items import Kept
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.gen2.store.records import Label
from curator.registries.gen2.store.sqlite_schema import tables_of
from curator.registries.model.model import Holding

__all__ = ["foreign_holdings", "instrument_of", "label_holdings"]

if TYPE_CHECKING:
    from curator.export.manifest.manifest import InstrumentRecord

# Columns as cameras of the stack call them.
_NUMBERS = ("detector", "ccd", "ccdnum")
_NAMES = ("detectorname", "ccdname")
_RAFTS = ("raftname", "raft")
_TABLES = {"defect": "defects", "bfkernel": "bfk", "brighterfatterkernel": "bfk"}


def label_holdings(label: Label, ledger: Ledger, server: LookupTables, files: Files) -> Iterator[Holding]:
    """Yield the days that a label serves its calibrations for; of the preferred one, what look-ups find."""
    preferred = ledger.preferred == label.name
    found: list[tuple[Kept, Mapping[str, object], str]]
    if preferred:
        items = ledger.items()
        found = [(items[one.item], values, one.path) for one, values in server.served()]
    else:
        found = [
            (row.item, {name.lower(): value for name, value in row.values}, row.item.store)
            for row in server.rows(label)
        ]
    _, start, end = (name.lower() for name in label.layout.dates)
    for item, values, path in found:
        days = range_of(values.get(start), values.get(end), increment=label.layout.increment_valid_end)
        if days is not None:
            file = files.at(item.store)
            if path != item.store and not files.holds(path, file):  # others put theirs there, or removed it
                file = files.at(path)
                item = replace(item, content=(read_stamp(file) or Stamp()).content)
            yield _holding(item, days, label, file, preferred=preferred)


def _holding(item: Kept, days: ValidityRange, label: Label, file: str, *, preferred: bool) -> Holding:
    return Holding(
        data_id=item.data_id,
        range=days,
        run=item.run,
        label=label.name,
        preferred=preferred,
        repository=item.repository,
        source=item.gitpath,
        commit=item.gitsha,
        file=file,
        content=item.content,
        lost=not os.path.isfile(file),
        published=label.commit,
    )


def instrument_of(ledger: Ledger) -> InstrumentRecord:
    """Return the detectors and filters of which anything is kept: it knows of no others."""
    from curator.export.manifest.manifest import DetectorRecord, FilterRecord, InstrumentRecord

    items = ledger.items().values()
    ids = [one.data_id for one in items]
    detectors = {one.detector: one.detector_name for one in ids if one.detector is not None}
    filters = {one.data_id.physical_filter: one.band for one in items if one.data_id.physical_filter}
    return InstrumentRecord(
        ledger.instrument,
        tuple(DetectorRecord(number, name) for number, name in sorted(detectors.items())),
        tuple(FilterRecord(name, band) for name, band in sorted(filters.items())),
    )


def foreign_holdings(connection: sqlite3.Connection, instrument: str, files: Files) -> Iterator[Holding]:
    """Yield what look-ups find in tables that the stack made, as far as their columns say it.

    Rows that no look-up can match are left out: those with a NULL in a column that says which detector.
    """
    for table, columns in tables_of(connection).items():
        lower = {name.lower() for name in columns}
        if not {"id", "validstart", "validend"} <= lower:
            continue
        rows = list(stored(connection, table).values())
        key = sorted(lower - {"id", "calibdate", "validstart", "validend"})
        increment = _increments(rows, key)
        for row in rows:
            days = range_of(row["validstart"], row["validend"], increment=increment)
            data_id = _data_id(table, instrument, row, key)
            if days is not None and data_id is not None:
                yield _of_others(data_id, days, _file(files, table, row, data_id))


def _increments(rows: list[dict[str, Any]], key: list[str]) -> bool:
    """Whether ranges end on the day that the next of the same data ID begins, as the later stack has it."""
    starts: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for row in rows:
        starts[tuple(row[name] for name in key)].add(str(row["validstart"]))
    return any(
        str(row["validend"]) in starts[tuple(row[name] for name in key)]
        and row["validend"] != row["validstart"]
        for row in rows
    )


def _data_id(table: str, instrument: str, row: Mapping[str, Any], key: list[str]) -> DataId | None:
    """Return what a row is for, `None` where there is a NULL among the columns of its detector."""
    from curator.calibrations.types.types import find_type

    detectors = [name for name in key if name != "filter"]
    if any(row[name] is None for name in detectors):
        return None
    number = next((row[name] for name in _NUMBERS if isinstance(row.get(name), int)), None)
    name = next((str(row[one]) for one in (*_NAMES, *_NUMBERS) if isinstance(row.get(one), str)), "")
    raft = next((str(row[one]) for one in _RAFTS if one in key), "")
    if not name and number is None:
        name = "_".join(str(row[one]) for one in detectors)
    if raft and name and not name.startswith(f"{raft}_"):
        name = f"{raft}_{name}"
    said = str(row.get("filter") or "")
    physical_filter = "" if said == "NONE" else said
    called = _TABLES.get(table.lower(), table)
    kind = find_type(called)
    if kind is None:
        return DataId(called, instrument, number, physical_filter, name)
    return DataId(
        kind.registry_name or kind.name,
        instrument,
        number if kind.has_detector else None,
        physical_filter if kind.has_filter else "",
        name if kind.has_detector else "",
    )


def _file(files: Files, table: str, row: Mapping[str, Any], data_id: DataId) -> str:
    """Return the file that a template as curator's own leads to, empty if it does not exist.

    Which template others use is in the camera's package, and not in the registry.
    """
    number, physical_filter = data_id.detector, data_id.physical_filter
    date = str(row.get("calibdate"))
    parts = [table, date, f"{number:03d}" if number is not None else "", physical_filter]
    for some in (parts, parts[:3], [table, date, "", physical_filter]):
        path = f"{table}/{date}/{'-'.join(filter(None, some))}.fits"
        if is_inside(path) and os.path.isfile(files.at(path)):
            return files.at(path)
    return ""


def _of_others(data_id: DataId, days: ValidityRange, file: str) -> Holding:
    stamp = (read_stamp(file) if file else None) or Stamp()
    return Holding(
        data_id=data_id,
        range=days,
        run="",
        label="",
        preferred=True,
        repository=stamp.repository,
        source=stamp.path,
        commit=stamp.commit,
        file=file,
        content=stamp.content,
    )
