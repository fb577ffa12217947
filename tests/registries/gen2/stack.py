"""A Gen2 look-up as the stack made it, and a registry as the stack made one: written from its behaviour.

``lsst.obs.base.mapping.CalibrationMapping`` and ``lsst.daf.persistence.registries.SqlRegistry`` asked for the
columns that a path template needs, in the tables of the policy, where the columns that the data ID has are
equal and the time of the observation is ``BETWEEN`` the two of the range, as texts. None or several answers
are an error.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TEMPLATE = "%(table)s/%(calibDate)s/%(table)s-%(calibDate)s-%(ccd)03d.fits"


class NoResults(Exception):
    """No unique calibration."""


def look_up(folder: Path, table: str, observed: str, template: str = TEMPLATE, **data_id: Any) -> Path:
    """Return the file that a look-up leads to.

    Parameters
    ----------
    observed : str
        ``taiObs`` or ``dateObs`` of the exposure, as its registry has it: a day, or a day and a time.
    """
    where = [f"{name} = ?" for name in data_id] + ["(? BETWEEN validStart AND validEnd)"]
    with closing(sqlite3.connect(f"file:{folder}/calibRegistry.sqlite3?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute(
                f"SELECT DISTINCT calibDate FROM {table} WHERE {' AND '.join(where)}",
                (*data_id.values(), observed),
            ).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            found = []
    if len(found) != 1:
        raise NoResults(f"No unique lookup: {len(found)} matches")
    return folder / (template % {"table": table, "calibDate": found[0][0], **data_id})


def ingest_calibs(folder: Path, table: str, *rows: tuple[str, int | None, str]) -> None:
    """Make a registry, or add a table to one, as ``ingestCalibs`` does: filter, ccd and date of each row."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = "filter text, ccd int, calibDate text, validStart text, validEnd text"
    with closing(sqlite3.connect(folder / "calibRegistry.sqlite3")) as connection, connection:
        connection.execute(
            f"create table if not exists {table} (id integer primary key autoincrement, {columns}, "
            "unique(filter,ccd,calibDate))"
        )
        connection.execute(
            f"create table if not exists {table}_visit (calibDate text, filter text, "
            "unique(calibDate,filter))"
        )
        for one in rows:
            connection.execute(f"insert into {table} values (NULL, ?, ?, ?, NULL, NULL)", one)
        _date(connection, table)


def _date(connection: sqlite3.Connection, table: str) -> None:
    """Set the ranges of all rows: each until the next of the same detector, the last without an end."""
    for key in connection.execute(f"select distinct filter, ccd from {table}").fetchall():
        found = connection.execute(
            f"select id, calibDate from {table} where filter = ? and ccd = ? order by calibDate", key
        ).fetchall()
        for (number, start), following in zip(found, [*found[1:], None], strict=False):
            end = "2037-12-31" if following is None else following[1]
            connection.execute(
                f"update {table} set validStart = ?, validEnd = ? where id = ?", (start, end, number)
            )


def day(number: int) -> str:
    """Return a day of 2020 and after."""
    return (date(2020, 1, 1) + timedelta(days=number)).isoformat()
