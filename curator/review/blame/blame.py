"""Which edit gave each part of a calibration its present value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from curator.compare.rows import match_tables, same_unit
from curator.compare.values import Value, encoded, same, typed
from curator.errors import CuratorError, RepositoryError
from curator.repository.git.command import printable
from curator.repository.layout.paths import CalibPath, PathError
from curator.review.blame.contents import NOTHING, Content
from curator.review.blame.replay import NotedEdit, UnreadVersion, replay
from curator.values import dataclass

if TYPE_CHECKING:
    import numpy as np

    from curator.compare.tables import Table
    from curator.repository.snapshots.protocol import Snapshot
    from curator.review.blame.as_of import AsOf
    from curator.review.history.versions import FileHistory

__all__ = ["ROW", "Blamed", "FileBlame", "TableBlame", "blame", "blame_path", "blamed"]

# The slot of a row itself: since when it is there, known by this key.
ROW = ""


@dataclass(frozen=True, slots=True, eq=False)
class TableBlame:
    """A table, and which edits its parts are from, by number.

    Parameters
    ----------
    table : Table
    columns : tuple of int
        For each column the edit that it, or its unit, is from.
    slots : tuple of str
        `ROW`, which stands for the row as it is known by its key, and the names of the columns with values.
    edits : array of int
        A row for each row, a column for each slot.
    """

    table: Table
    columns: tuple[int, ...]
    slots: tuple[str, ...]
    edits: np.ndarray[Any, Any]

    def to_json(self, commits: Sequence[str | None]) -> dict[str, Any]:
        """Return the table as ``schemas/output/blame.schema.json`` describes it."""
        key = self.table.key
        values = zip(*map(self.table.column, key), strict=True) if key else [()] * len(self.table.rows)
        return {
            "name": self.table.name,
            "columns": [
                {"name": one.name, "unit": one.unit, "commit": commits[edit]}
                for one, edit in zip(self.table.columns, self.columns, strict=True)
            ],
            "rows": [
                {
                    "row": row,
                    "key": {name: encoded(one) for name, one in zip(key, cells, strict=True)},
                    "commit": commits[min(edits)],
                    "cells": {
                        name: commits[one] for name, one in zip(self.slots[1:], edits[1:], strict=True)
                    },
                }
                for row, (cells, edits) in enumerate(zip(values, self.edits.tolist(), strict=True))
            ],
        }


@dataclass(frozen=True, slots=True, eq=False)
class FileBlame:
    """A calibration, and which edit each part of it is from.

    Parameters
    ----------
    path : str
    edits : tuple of NotedEdit
        All versions of the file, newest first; everything else has their numbers.
    keywords : mapping of str to (value, int)
        By the keyword as it is spelled.
    tables : tuple of TableBlame
    history : tuple of (str, int)
        The lines of ``HISTORY``, in their order.
    problems : tuple of UnreadVersion
        Versions that cannot be read.
    is_cut : bool
        A shallow clone does not have what was before: what seems to be from its oldest commit may be older.
    """

    path: str
    edits: tuple[NotedEdit, ...]
    keywords: Mapping[str, tuple[Value, int]]
    tables: tuple[TableBlame, ...]
    history: tuple[tuple[str, int], ...] = ()
    problems: tuple[UnreadVersion, ...] = ()
    is_cut: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return what ``schemas/output/blame.schema.json`` describes, without its version."""
        commits = [one.commit or None for one in self.edits]
        used = {edit for _, edit in (*self.keywords.values(), *self.history)}
        for table in self.tables:
            used.update(table.columns, table.edits.ravel().tolist())
        return {
            "path": self.path,
            "keywords": [
                {"keyword": name, "value": encoded(value), "commit": commits[edit]}
                for name, (value, edit) in self.keywords.items()
            ],
            "history": [{"text": text, "commit": commits[edit]} for text, edit in self.history],
            "tables": [one.to_json(commits) for one in self.tables],
            "edits": [self.edits[number].to_json() for number in sorted(used)],
            "problems": [one.to_json() for one in self.problems],
            "is_cut": self.is_cut,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Blamed:
    """The content of one version, and which edits its parts are from, by number.

    Parameters
    ----------
    content : Content
    keywords : mapping of str to int
        By the lower-case name.
    columns : mapping of (str, str) to int
        By table and column.
    rows : mapping of str to array
        By table; see `TableBlame.edits`.
    history : sequence of (str, int)
        The lines of ``HISTORY`` with their edits.
    """

    content: Content
    keywords: Mapping[str, int]
    columns: Mapping[tuple[str, str], int]
    rows: Mapping[str, np.ndarray[Any, Any]]
    history: Sequence[tuple[str, int]] = ()


def blame(
    history: FileHistory, path: str, *, current: Content | None = None, amplifiers: Sequence[str] = ()
) -> FileBlame:
    """Return which edit each keyword, line of ``HISTORY``, row and cell of a file is from.

    Rows are found by the key of the dataset type: their order and their spelling do not count. A merge is
    the edit of what differs from all of its parents.

    Parameters
    ----------
    history : FileHistory
    path : str
        Where the file is.
    current : Content, optional
        The file in the working tree, where that is not as the newest version.
    amplifiers : sequence of str
        Names of the detector's amplifiers, in order.

    Raises
    ------
    CuratorError
        The newest version cannot be read.
    """
    found = replay(history, path, blamed, current=current, amplifiers=amplifiers)
    newest = found.newest
    if newest is None:
        raise CuratorError(found.problems[0].problem, path=path)
    return FileBlame(
        path,
        found.edits,
        {name: (value, newest.keywords[key]) for key, (name, value) in newest.content.keywords.items()},
        tuple(
            TableBlame(
                table,
                tuple(newest.columns[name, column.name] for column in table.columns),
                _slots(table),
                newest.rows[name],
            )
            for name, table in newest.content.tables.items()
        ),
        tuple(newest.history),
        found.problems,
        found.is_cut,
    )


def blame_path(as_of: AsOf, path: str) -> FileBlame:
    """Return which edit each part of a file is from, as of a commit or the working tree; see `blame`.

    Raises
    ------
    CuratorError
        There is no such file, or it cannot be read.
    """
    _require_calibration(as_of.snapshot, path)
    history = as_of.history(path)
    amplifiers = as_of.amplifiers(path)
    current = as_of.current(path, history, amplifiers)
    if current is NOTHING or not (current or history.versions[0].blob):
        raise RepositoryError(f"no such file in {as_of.snapshot.label}", path=printable(path))
    return blame(history, path, current=current, amplifiers=amplifiers)


def _require_calibration(snapshot: Snapshot, path: str) -> None:
    """Raise `RepositoryError` where a folder stands, or a file that its path says is no calibration."""
    if snapshot.find(path) is None:
        if path and snapshot.listdir(path):
            raise RepositoryError(
                "this is a folder", path=printable(path), hint="name the file of one calibration"
            )
        return
    try:
        CalibPath.parse(path)
    except PathError as error:
        if error.reason in ("suffix", "depth"):
            raise RepositoryError(
                "this file is not a calibration", path=printable(path), hint=error.hint or error.message
            ) from None


def blamed(number: int, content: Content, parents: Sequence[Blamed]) -> Blamed:
    """Return which edits the parts of a version are from: that of this number, or those that a parent has."""
    keywords = {}
    for key, (_, value) in content.keywords.items():
        same_in = (
            one
            for one in parents
            if key in one.keywords and typed(one.content.keywords[key][1]) == typed(value)
        )
        keywords[key] = next((one.keywords[key] for one in same_in), number)
    columns = {}
    rows = {}
    for name, table in content.tables.items():
        having = [(one.content.tables[name], one) for one in parents if name in one.rows]
        for column in table.columns:
            place = name, column.name
            as_here = (one for old, one in having if _has_unit(old, column.name, column.unit))
            columns[place] = next((one.columns[place] for one in as_here), number)
        rows[name] = _rows(number, table, [(old, one.rows[name]) for old, one in having])
    return Blamed(content, keywords, columns, rows, _lines(number, content.history, parents))


def _lines(number: int, lines: Sequence[str], parents: Sequence[Blamed]) -> list[tuple[str, int]]:
    """Return lines with their edits; a line is known by its text, the second of equal ones as the second."""
    known = [
        dict(zip(_counted(text for text, _ in one.history), one.history, strict=True)) for one in parents
    ]
    return [
        (line[0], next((each[line][1] for each in known if line in each), number)) for line in _counted(lines)
    ]


def _counted(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line] += 1
        yield line, seen[line]


def _has_unit(table: Table, column: str, unit: str) -> bool:
    found = next((one.unit for one in table.columns if one.name == column), None)
    return found is not None and (found == unit or same_unit(found, unit))


def _slots(table: Table) -> tuple[str, ...]:
    return (ROW, *(name for name in table.names if name not in table.key))


def _rows(
    number: int, table: Table, parents: Sequence[tuple[Table, np.ndarray[Any, Any]]]
) -> np.ndarray[Any, Any]:
    import numpy as np

    found = np.full((len(table.rows), len(_slots(table))), -1, np.int32)
    for before, edits in parents:
        found = np.where(found < 0, _kept(before, table, edits), found)
    return np.where(found < 0, np.int32(number), found)


def _kept(before: Table, after: Table, edits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the edits of what a version left as one before it had it, -1 elsewhere."""
    import numpy as np

    shared, key, match = match_tables(before, after)
    old, new = _slots(before), _slots(after)
    found = np.full((len(after.rows), len(new)), -1, np.int32)
    mine = np.delete(np.arange(len(before.rows)), np.asarray(match.gone, np.intp))
    theirs = np.delete(np.arange(len(after.rows)), np.asarray(match.new, np.intp))
    if len(match.order):
        mine = mine[np.asarray(match.order, np.intp)]
    for at, name in enumerate(new):
        if name in old and (name == ROW or name in shared):
            found[theirs, at] = edits[mine, old.index(name)]
    was, now = (np.asarray(one, np.intp) for one in match.changed)
    if len(now):
        found[now[_differ(before, after, key, was, now)]] = -1
        for at, name in enumerate(new):
            if name in shared:
                found[now[_differ(before, after, [name], was, now)], at] = -1
    return found


def _differ(
    before: Table, after: Table, names: Sequence[str], was: np.ndarray[Any, Any], now: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Return of which rows, given by their numbers in both tables, one of the cells differs."""
    import numpy as np

    found = np.zeros(len(now), bool)
    for name in names:
        mine, theirs = before.column(name), after.column(name)
        pairs = zip(was.tolist(), now.tolist(), strict=True)
        found |= np.array([not same(mine[one], theirs[other]) for one, other in pairs], bool)
    return found
