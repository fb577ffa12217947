"""Exposures as a person or a table gives them: what was observed when, through what."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from curator.calibrations.scales import after, parse_moment
from curator.errors import CalibrationError, FormatError
from curator.repository.exposure_dates import normalise, time_texts

__all__ = ["Exposure", "check_range", "read_exposures"]

_LONGEST = timedelta(days=366)
# What a column may be called, in lower case.
_COLUMNS = {
    "name": ("exposure", "id", "name", "visit"),
    "camera": ("camera", "instrument", "instrume"),
    "detector": ("detector", "det_name", "ccd"),
    "physical_filter": ("filter", "physical_filter"),
    "begin": (
        "date",
        "date-obs",
        "date_obs",
        "begin",
        "obs_start",
        "mjd",
        "mjd-obs",
        "mjd_obs",
        "mjd-beg",
        "mjd_beg",
    ),
    "end": ("end", "date-end", "date_end", "obs_end", "mjd-end", "mjd_end"),
    "exptime": ("exptime", "exposure_time", "darktime"),
}


@dataclass(frozen=True, slots=True)
class Exposure:
    """One observation.

    Parameters
    ----------
    name : str
        What the table calls it.
    camera, detector, physical_filter : str
        Empty where nobody said.
    begin, end : datetime
        UTC; equal where only a moment is given.
    path, line : str, int
        Of the table, empty and 0 if it is not from one.
    """

    name: str
    camera: str
    detector: str
    physical_filter: str
    begin: datetime
    end: datetime
    path: str = ""
    line: int = 0


def read_exposures(path: str, raw: bytes, *, scale: str = "utc") -> list[Exposure]:
    """Return the exposures of a table: ECSV by its name or its first line, else CSV.

    Parameters
    ----------
    scale : {"utc", "tai"}
        Of its dates.

    Raises
    ------
    FormatError
        With the line: there is no column of dates, a row does not fit, a date is none.
    """
    is_ecsv = path.endswith(".ecsv") or raw.startswith(b"# %ECSV ")
    header, rows = _read_ecsv(path, raw, scale) if is_ecsv else _read_csv(path, raw)
    columns = _columns(path, header)
    normalise(path, header, rows, [columns[what] for what in ("begin", "end") if what in columns], scale)
    return [_exposure(path, line, cells, columns, scale) for line, cells in rows]


def _read_csv(path: str, raw: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader if row and not row[0].startswith("#")]
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"this is no CSV table: {error}", path=path) from None
    if not rows:
        raise FormatError("the table is empty", path=path, line=1)
    header = rows[0][1]
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise FormatError(f"{len(row)} cells, but {len(header)} columns", path=path, line=line)
    return header, rows[1:]


def _read_ecsv(path: str, raw: bytes, scale: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    from curator.formats.ecsv import read_ecsv

    doc = read_ecsv(path, raw)
    columns = [
        time_texts(path, column.values, scale) if _holds_times(column.values) else column.values
        for column in doc.columns.values()
    ]
    rows = zip(doc.row_lines, zip(*columns, strict=True), strict=True)
    return list(doc.columns), [(line, ["" if one is None else str(one) for one in row]) for line, row in rows]


def _holds_times(values: list[Any]) -> bool:
    return bool(values) and hasattr(values[0], "jd1") and hasattr(values[0], "scale")


def _columns(path: str, header: list[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    found = {
        what: names.index(name)
        for what, known in _COLUMNS.items()
        if (name := next((one for one in known if one in names), None)) is not None
    }
    for at in found.values():
        if names.count(names[at]) > 1:
            raise FormatError(f"there are several columns {header[at].strip()}", path=path, line=1)
    if "begin" not in found:
        raise FormatError(
            f"no column of dates among {', '.join(header)}", path=path, line=1, hint="call it date"
        )
    return found


def _exposure(
    path: str,
    line: int,
    cells: list[str],
    columns: dict[str, int],
    scale: str,
) -> Exposure:
    def cell(what: str) -> str:
        return cells[columns[what]].strip() if what in columns else ""

    try:
        begin = parse_moment(cell("begin"), scale, is_question=True)
        end = _end(begin, cell("exptime"))
        if cell("end"):
            end = parse_moment(cell("end"), scale, is_question=True)
    except CalibrationError as error:
        raise FormatError(error.message, path=path, line=line, hint=error.hint) from None
    check_range(begin, end, path=path, line=line)
    camera, detector, physical_filter = cell("camera"), cell("detector"), cell("physical_filter")
    return Exposure(cell("name"), camera, detector, physical_filter, begin, end, path, line)


def _end(begin: datetime, exptime: str) -> datetime:
    try:
        return after(begin, float(exptime or 0))
    except (ValueError, OverflowError):
        raise CalibrationError(f"{exptime!r} is no exposure time in seconds", value=exptime) from None


def check_range(begin: datetime, end: datetime, *, path: str = "", line: int = 0) -> None:
    """Refuse an exposure that ends before it begins, or takes a year.

    Raises
    ------
    FormatError
    """
    if end < begin:
        raise FormatError(f"the exposure ends {end} before it begins {begin}", path=path, line=line)
    if end - begin > _LONGEST:
        raise FormatError(f"the exposure lasts {(end - begin).days} days", path=path, line=line)
