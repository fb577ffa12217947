"""Dates as they stand in headers and file names: UTC, always, and without a zone.

Inside the program they are naive `datetime.datetime` in UTC.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

from curator.errors import CalibrationError

__all__ = ["format_date", "format_start", "parse_date", "parse_start"]

_FORMS = "YYYYMMDDTHHMMSS, YYYYMMDDTHHMM or YYYY-MM-DDTHH:MM:SS"


def parse_start(stem: str) -> datetime:
    """Return the valid start that a file is named by.

    The form follows from the length: ``strptime("%H%M%S")`` would read ``0130`` as 01:03:00.

    Raises
    ------
    CalibrationError
        The stem has none of the four forms, or names no date of the calendar.

    Examples
    --------
    >>> parse_start("20130115t0130")
    datetime.datetime(2013, 1, 15, 1, 30)
    >>> parse_start("1970-01-01T00:00:00")
    datetime.datetime(1970, 1, 1, 0, 0)
    """
    size = len(stem)
    if size in (13, 15) and stem[8] in "Tt":
        digits = stem[:8] + stem[9:]
    elif size == 19 and stem[4] == stem[7] == "-" and stem[10] == "T" and stem[13] == stem[16] == ":":
        digits = stem[:4] + stem[5:7] + stem[8:10] + stem[11:13] + stem[14:16] + stem[17:]
    else:
        raise CalibrationError(f"{stem!r} is not a date", value=stem, hint=f"file names are {_FORMS}, in UTC")
    return _from_digits(digits, stem)


def _from_digits(digits: str, text: str) -> datetime:
    if digits.isascii() and digits.isdigit():
        day = (int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        time = (int(digits[8:10]), int(digits[10:12]), int(digits[12:14] or 0))
        try:
            return datetime(*day, *time)
        except ValueError as error:
            raise CalibrationError(f"{text!r} is not a date: {error}", value=text) from None
    raise CalibrationError(f"{text!r} is not a date", value=text, hint=f"file names are {_FORMS}, in UTC")


def parse_date(value: object) -> datetime:
    """Return the date that a header value names.

    Parameters
    ----------
    value : str or datetime.date
        ``YYYY-MM-DD``, with a time to the minute, second or fraction behind ``T`` or a blank; or what YAML
        makes of one that is written without quotes.

    Raises
    ------
    CalibrationError
        It is not a date, or one with a time zone.

    Examples
    --------
    >>> parse_date("2019-06-11T17:43:15.528716")
    datetime.datetime(2019, 6, 11, 17, 43, 15, 528716)
    """
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise _zoned(value.isoformat())
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, str):
        raise CalibrationError(f"{value!r} is not a date", value=value, hint="dates are quoted text in UTC")
    text = value.strip()
    if (
        len(text) < 10
        or not text.isascii()
        or text[4] != "-"
        or text[7] != "-"
        or text[10:11] not in ("", "T", " ")
    ):
        raise CalibrationError(
            f"{value!r} is not a date", value=value, hint="dates are written YYYY-MM-DDTHH:MM:SS, in UTC"
        )
    if any(sign in text[10:] for sign in "Zz+-") or text.endswith("UTC"):
        raise _zoned(value)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise CalibrationError(f"{value!r} is not a date: {error}", value=value) from None


def _zoned(text: str) -> CalibrationError:
    hint = "write the date in UTC, without a time zone"
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(text.strip().removesuffix("UTC").rstrip())
        hint += f": {(found.astimezone(UTC) if found.tzinfo else found).replace(tzinfo=None).isoformat()}"
    return CalibrationError(f"{text!r} has a time zone", value=text, hint=hint)


def format_start(start: datetime) -> str:
    """Return the name new files have for a valid start: ``YYYYMMDDTHHMMSS``.

    Examples
    --------
    >>> format_start(datetime(2025, 4, 30, 12))
    '20250430T120000'
    """
    return f"{start.year:04}{start:%m%dT%H%M%S}"


def format_date(when: datetime) -> str:
    """Return a date as headers have it: to the second, and with a fraction only if it has one.

    Examples
    --------
    >>> format_date(datetime(2025, 4, 30, 12))
    '2025-04-30T12:00:00'
    """
    return when.isoformat()
