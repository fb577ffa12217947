"""The header keyword ``DEPRECATED``: for which observations a calibration is not to be used, and why.

A flat list of text, for nested metadata breaks readers: ``<from>/<to>: <reason>``, or with `` fall-back``
before the colon where the calibration before it is to be used instead. Dates are UTC and half-open as
validity ranges are; ``..`` is an open side. Whether a calibration is used is no part of its content, as
``HISTORY`` is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.time.dates import format_date, parse_date
from curator.errors import CalibrationError
from curator.values import NamedTuple

__all__ = ["DEPRECATED", "Deprecation", "deprecations_of", "entries_of", "parse_deprecation"]

DEPRECATED = "DEPRECATED"
# Of one file; more is no decision of a person.
MOST = 100
LONGEST = 1000
_OPEN = ".."
_FORM = re.compile(r"([^/\s]+)/([^/\s]+?)( fall-back)?:(?: (.*))?", re.DOTALL)
_HINT = "`curator deprecate` writes it: '2025-01-01T00:00:00/2025-02-01T00:00:00: what is wrong'"


class Deprecation(NamedTuple):
    """An interval of observations that a calibration is not to be used for.

    Parameters
    ----------
    start, end : datetime or None
        UTC, half-open; `None` is an open side.
    reason : str
        One line of plain text.
    fall_back : bool
        The calibration before it is used instead; else nothing is valid.

    Examples
    --------
    >>> str(Deprecation(None, datetime(2025, 1, 1), "light leak"))
    '../2025-01-01T00:00:00: light leak'
    """

    start: datetime | None
    end: datetime | None
    reason: str
    fall_back: bool = False

    def __str__(self) -> str:
        start, end = (_OPEN if one is None else format_date(one) for one in self.interval)
        return f"{start}/{end}{' fall-back' if self.fall_back else ''}: {self.reason}"

    @property
    def interval(self) -> tuple[datetime | None, datetime | None]:
        return self.start, self.end

    @property
    def when(self) -> str:
        """The interval in words."""
        start = f"from {format_date(self.start)}" if self.start else ""
        end = f"until {format_date(self.end)}" if self.end else ""
        return " ".join(filter(None, (start, end))) or "at all"

    def meets(self, begin: datetime, end: datetime | None) -> bool:
        """Whether it has a moment of [begin, end), or ``begin`` itself where these are equal."""
        before = end is None or self.start is None or self.start < end or self.start <= begin == end
        return before and (self.end is None or begin < self.end)


def parse_deprecation(text: object) -> Deprecation:
    """Return what one entry of ``DEPRECATED`` says.

    Raises
    ------
    CalibrationError
        It has another form, names no dates, an empty or reversed interval, or no reason.

    Examples
    --------
    >>> parse_deprecation("../.. fall-back: measured with the wrong gain")
    Deprecation(start=None, end=None, reason='measured with the wrong gain', fall_back=True)
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise _wrong(text, f"is of type {kind}, not text")
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise _wrong(text, f"{text[:60]!r} is not <from>/<to>: <reason>")
    start, end = _date(text, found[1]), _date(text, found[2])
    if start and end and end <= start:
        raise _wrong(text, f"{found[1]}/{found[2]} is {'empty' if start == end else 'reversed'}")
    reason = (found[4] or "").strip()
    if not reason:
        raise _wrong(text, "gives no reason")
    if len(reason) > LONGEST or not reason.isprintable():
        raise _wrong(text, f"needs a reason in one line of at most {LONGEST} printable characters")
    return Deprecation(start, end, reason, bool(found[3]))


def _date(text: str, date: str) -> datetime | None:
    if date == _OPEN:
        return None
    try:
        return parse_date(date)
    except CalibrationError as error:
        raise _wrong(text, error.message, error.hint) from None


def _wrong(value: object, message: str, hint: str = "") -> CalibrationError:
    return CalibrationError(message, keyword=DEPRECATED, value=value, hint=hint or _HINT)


def deprecations_of(header: Mapping[str, object]) -> tuple[Deprecation, ...]:
    """Return what a header's ``DEPRECATED`` says, as it stands there.

    Raises
    ------
    CalibrationError
        It is no list of text, or one of its entries is none; the message says which.
    """
    key = find_keyword(header, DEPRECATED)
    if key is None:
        return ()
    found = []
    for number, text in enumerate(entries_of(header[key]), 1):
        try:
            found.append(parse_deprecation(text))
        except CalibrationError as error:
            error.message = f"{key} entry {number} {error.message}"
            raise
    return tuple(found)


def entries_of(value: object) -> Sequence[object]:
    """Return the entries under ``DEPRECATED``; text by itself is one.

    Raises
    ------
    CalibrationError
        It is no list, or an endless one.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise _wrong(value, f"{DEPRECATED} is of type {type(value).__name__}, not a list of text")
    if len(value) > MOST:
        raise _wrong(value, f"{DEPRECATED} has {len(value)} entries; the limit is {MOST}")
    return value
