"""Exposures as a person or a table gives them: what was observed when, through what."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from curator.calibrations.time.time_scales import after
from curator.errors import CalibrationError, FormatError
from curator.repository.selection.exposure_columns import MEANINGS, TAI, meaning_of, plain
from curator.repository.selection.exposure_dates import (
    DateReading,
    agreed,
    day_of,
    read_date,
    read_mjd,
    read_time,
    time_texts,
)

__all__ = ["Exposure", "check_range", "read_exposures"]

_LONGEST = timedelta(days=366)


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


def read_exposures(
    path: str, raw: bytes, *, scale: str = "utc", notify: Callable[[str], None] = lambda _: None
) -> list[Exposure]:
    """Return the exposures of a table: ECSV by its name or its first line, else CSV.

    Parameters
    ----------
    scale : {"utc", "tai"}
        Of its dates, unless a column says it.
    notify : callable
        Told in one line which columns are not used.

    Raises
    ------
    FormatError
        With the line: there is no column of dates, a row does not fit, a date is none, two columns that mean
        the same disagree.
    """
    is_ecsv = path.endswith(".ecsv") or raw.startswith(b"# %ECSV ")
    header, rows = _read_ecsv(path, raw, scale) if is_ecsv else _read_csv(path, raw)
    table = _Table(path, header, scale)
    table.settle(rows)
    if unused := table.unused():
        notify(f"columns of {path} that are not used: {', '.join(unused)}")
    return [table.exposure(line, cells) for line, cells in rows]


def _read_csv(path: str, raw: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader if row and not row[0].startswith("#")]
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"this is not a CSV table: {error}", path=path) from None
    if not rows:
        raise FormatError("the table is empty", path=path, line=1)
    header = rows[0][1]
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise FormatError(f"{len(row)} cells, but {len(header)} columns", path=path, line=line)
    return header, rows[1:]


def _read_ecsv(path: str, raw: bytes, scale: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    from curator.formats.ecsv.reader import read_ecsv

    doc = read_ecsv(path, raw)
    columns = [
        time_texts(path, column.values, scale) if _holds_times(column.values) else column.values
        for column in doc.columns.values()
    ]
    rows = zip(doc.row_lines, zip(*columns, strict=True), strict=True)
    return list(doc.columns), [(line, ["" if one is None else str(one) for one in row]) for line, row in rows]


def _holds_times(values: list[Any]) -> bool:
    return bool(values) and hasattr(values[0], "jd1") and hasattr(values[0], "scale")


class _Table:
    """The columns of a table by what they mean, and what its rows say."""

    def __init__(self, path: str, header: Sequence[str], scale: str) -> None:
        self._path = path
        self._names = [name.strip() for name in header]
        self._scale = scale
        self._at: dict[str, list[int]] = {}
        for at, name in enumerate(self._names):
            self._at.setdefault(meaning_of(name), []).append(at)
        for meaning, columns in self._at.items():
            if meaning in MEANINGS:
                columns.sort(key=lambda at: MEANINGS[meaning].index(plain(self._names[at])))
        self._refuse_doubles()
        self._refuse_missing()

    def _refuse_doubles(self) -> None:
        seen: dict[str, str] = {}
        for name in self._names:
            if (key := plain(name)) in seen and meaning_of(name) in MEANINGS:
                raise FormatError(f"there are several columns {seen[key]}", path=self._path, line=1)
            seen[key] = name

    def _refuse_missing(self) -> None:
        if not any(self._at.get(one) for one in ("begin", "begin_mjd", "date", "mjd")):
            raise FormatError(
                f"no column of dates among {', '.join(self._names)}",
                path=self._path,
                line=1,
                hint="call it date (2025-04-30T12:00:00, UTC) or mjd (Modified Julian Dates)",
            )
        for half, other in (("raft", "slot"), ("slot", "raft")):
            if self._at.get(half) and not (self._at.get(other) or self._at.get("detector")):
                raise FormatError(
                    f"{self._name(half)} is half of a detector's name, and no column has the other half",
                    path=self._path,
                    line=1,
                    hint="add a column detector",
                )

    def _name(self, meaning: str) -> str:
        return self._names[self._at[meaning][0]]

    @property
    def _is_dated(self) -> bool:
        """Whether a column says when the observation began: ``DATE`` and ``MJD`` are of the file then."""
        return bool(self._at.get("begin") or self._at.get("begin_mjd"))

    def settle(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        """Decide by the cells what a column ``exposure`` is: a number of an exposure, or its seconds."""
        for at in list(self._at.get("name", ())):
            if plain(self._names[at]) != "exposure" or not any(_is_fraction(cells[at]) for _, cells in rows):
                continue
            times = self._at.get("exptime", ())
            for line, cells in rows:
                if not (times and _same_number(cells[at], cells[times[0]])):
                    raise FormatError(
                        f"{self._names[at]} is {cells[at]}: a time in seconds, or the number of an exposure?",
                        path=self._path,
                        line=line,
                        hint="call the column exptime or expnum",
                    )
            self._at["name"].remove(at)

    def unused(self) -> list[str]:
        """Return the columns that say what nobody asks, or what others say already, for people."""
        found = [self._names[at] for at in self._at.get("", ())]
        found += [f"{self._names[at]} ({self._name('name')} is)" for at in self._at.get("name", ())[1:]]
        found += [
            f"{self._names[at]} ({self._name('detector')} is)" for at in self._at.get("detector", ())[1:]
        ]
        if self._is_dated:
            files = [*self._at.get("date", ()), *self._at.get("mjd", ())]
            found += [f"{self._names[at]} (of the file)" for at in files]
        if self._at.get("exptime"):
            found += [
                f"{self._names[at]} ({self._name('exptime')} is)" for at in self._at.get("darktime", ())
            ]
        return found

    def exposure(self, line: int, cells: list[str]) -> Exposure:
        """Return what a row says.

        Raises
        ------
        FormatError
            With the line.
        """
        try:
            scale = self._scale_of(cells)
            begin = agreed(self._begins(cells, scale))
            end = self._end(cells, begin, scale)
            names = (
                self._text(cells, "name", compares=False),
                self._text(cells, "camera"),
                self._detector(cells),
                self._text(cells, "filter"),
            )
        except CalibrationError as error:
            raise FormatError(error.message, path=self._path, line=line, hint=error.hint) from None
        check_range(begin.moment, end, path=self._path, line=line)
        return Exposure(*names, begin.moment, end, self._path, line)

    def _cells(self, cells: list[str], *meanings: str) -> Iterator[tuple[str, str]]:
        """Yield name and text of the cells of some meanings that are not empty."""
        for meaning in meanings:
            for at in self._at.get(meaning, ()):
                if text := cells[at].strip():
                    yield self._names[at], text

    def _scale_of(self, cells: list[str]) -> str:
        for name, text in self._cells(cells, "scale"):
            said = text.lower()
            if said not in ("utc", "tai", "ut") or (said != "tai" and self._scale == "tai"):
                raise CalibrationError(
                    f"{name} is {text}, and dates are read as {self._scale.upper()}",
                    hint="give dates in UTC or TAI, and set --scale to match",
                )
            return "tai" if said == "tai" else "utc"
        return self._scale

    def _begins(self, cells: list[str], scale: str) -> list[DateReading]:
        dates, numbers = ("begin", "begin_mjd") if self._is_dated else ("date", "mjd")
        found = list(self._moments(cells, dates, numbers, "time", scale))
        if not found:
            column = self._name(dates if self._at.get(dates) else numbers)
            raise CalibrationError(f"{column} is empty: the row has no date")
        return found

    def _moments(
        self, cells: list[str], dates: str, numbers: str, times: str, scale: str, day: str = ""
    ) -> Iterator[DateReading]:
        for name, text in self._cells(cells, dates):
            said = read_date(name, text, "tai" if plain(name) in TAI else scale)
            day = day or day_of(said.text[:10])
            yield said
        for name, text in self._cells(cells, numbers):
            said = read_mjd(name, text, scale)
            day = day or said.moment.isoformat()[:10]
            yield said
        for name, text in self._cells(cells, times):
            own = "tai" if plain(name) in TAI else scale
            if day_of(text[:10]):
                yield read_date(name, text, own)
            elif day:
                yield read_time(f"{day} with {name}", day, text, own, in_seconds=plain(name) == "utc")

    def _end(self, cells: list[str], begin: DateReading, scale: str) -> datetime:
        _, exptime = next(self._cells(cells, "exptime", "darktime"), ("", ""))
        last = _end(begin.moment, exptime)
        clock = begin.text[:10] if day_of(begin.text[:10]) else begin.moment.isoformat()[:10]
        is_timed = not any(True for _ in self._cells(cells, "end", "end_mjd"))
        found = list(self._moments(cells, "end", "end_mjd", "time_end", scale, clock if is_timed else ""))
        if not found:
            return last
        end = agreed(found)
        moment = end.moment
        if is_timed and moment < begin.moment:
            moment = _day_later(moment)  # it went on past midnight
        if last - moment > max(begin.slack, end.slack) and moment >= begin.moment:
            raise CalibrationError(
                f"{exptime} seconds from {begin.text} reach beyond {end.columns}, {end.text}",
                hint="remove the exposure time or the end",
            )
        return moment

    def _text(self, cells: list[str], meaning: str, *, compares: bool = True) -> str:
        found = list(self._cells(cells, meaning))
        return _same(found) if compares else next((text for _, text in found), "")

    def _detector(self, cells: list[str]) -> str:
        """Return what the detector is called, by its name rather than by its number."""
        found = list(self._cells(cells, "detector"))
        raft, slot = (next(self._cells(cells, half), ("", "")) for half in ("raft", "slot"))
        if raft[1] and slot[1]:
            found.append((f"{raft[0]} with {slot[0]}", f"{raft[1]}_{slot[1]}"))
        named = [(name, text) for name, text in found if not text.isdigit()]
        numbered = [(name, text) for name, text in found if text.isdigit()]
        number = _same([(name, text.lstrip("0")) for name, text in numbered])
        return _same(named) or next((text for _, text in numbered if text.lstrip("0") == number), "")


def _same(found: Sequence[tuple[str, str]]) -> str:
    """Return what several columns say alike.

    Raises
    ------
    CalibrationError
        Two of them disagree.
    """
    for name, text in found[1:]:
        if text.lower() != found[0][1].lower():
            raise CalibrationError(
                f"{found[0][0]} is {found[0][1]}, but {name} is {text}",
                hint="remove the wrong column",
            )
    return found[0][1] if found else ""


def _is_fraction(text: str) -> bool:
    try:
        return "." in text and float(text) >= 0
    except ValueError:
        return False


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _end(begin: datetime, exptime: str) -> datetime:
    try:
        return after(begin, float(exptime or 0))
    except (ValueError, OverflowError):
        raise CalibrationError(f"{exptime!r} is not an exposure time in seconds", value=exptime) from None


def _day_later(moment: datetime) -> datetime:
    try:
        return moment + timedelta(days=1)
    except OverflowError:
        raise CalibrationError(f"{moment.isoformat()} is the latest possible date") from None


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
