"""What others have in the way of rows and files by which look-ups are to find calibrations."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.lookups.rows import LookupRow
from curator.registries.gen2.lookups.tables import layout_problem, overlaps
from curator.registries.gen2.store.items import Kept
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.gen2.store.records import Owned
from curator.registries.gen2.store.sqlite_schema import obstacles_of, tables_of
from curator.registries.model.model import Reason
from curator.repository.layout.gen2_layout import Gen2Layout

__all__ = ["file_conflicts", "table_conflicts"]


def table_conflicts(
    connection: sqlite3.Connection, owned: Iterable[Owned], layout: Gen2Layout, rows: Iterable[LookupRow]
) -> Iterator[Reason]:
    """Yield tables that cannot take the rows, and rows of others for the same data ID; ``owned`` are not."""
    groups: defaultdict[str, list[LookupRow]] = defaultdict(list)
    for row in rows:
        groups[row.table].append(row)
    mine: defaultdict[str, set[int]] = defaultdict(set)
    for one in owned:
        mine[one.table.lower()].add(one.row)
    there = {name.lower(): columns for name, columns in tables_of(connection).items()}
    obstacles = obstacles_of(connection)
    for table, group in groups.items():
        name = table.lower()
        if what := obstacles.get(name) or obstacles.get(f"{name}_visit"):
            yield Reason(
                "table", table, f"other tables have the name, or triggers change what is written ({what})"
            )
        elif name not in there:
            continue
        elif problem := layout_problem(there[name], layout, group):
            yield Reason("table", table, problem)
        else:
            yield from overlaps(connection, layout, group, mine[name])


def file_conflicts(
    ledger: Ledger, files: Files, rows: Iterable[LookupRow], sources: Mapping[Kept, str]
) -> Iterator[Reason]:
    """Yield the files of others: also of those who put theirs where curator had laid one.

    Parameters
    ----------
    sources : mapping of Kept to str
        Files (absolute) of calibrations that are not in the registry yet.
    """
    paths = ledger.paths() if ledger.exists else {}
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for one in ledger.items().values():
        kept[one.content].append(files.at(one.store))
    for row in rows:
        source = sources.get(row.item) or files.at(row.item.store)
        if not os.path.exists(source):
            yield Reason("file", str(row.item), f"its file is missing: {source}")
        elif not files.there(row.path) or files.holds(row.path, source):
            continue
        elif row.path not in paths or not _is_kept(files, row.path, kept):
            said = f"{files.at(row.path)} exists, and curator did not write it"
            yield Reason("file", str(row.item), said)


def _is_kept(files: Files, path: str, kept: Mapping[str, list[str]]) -> bool:
    """Whether a file is that of a calibration that is kept: of any, after a run that was killed."""
    stamp = read_stamp(files.at(path))
    return stamp is not None and any(files.holds(path, one) for one in kept.get(stamp.content, ()))
