"""CUR111 to CUR116: are the dates and the version in a header what they say they are?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from curator.calibrations.header.keywords import schema_keywords
from curator.calibrations.time.dates import parse_date
from curator.checks.fixing.build_fixes import setting
from curator.checks.fixing.parse_loose_dates import iso, read_moment, zone_of
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding, Fix
    from curator.formats.document import Document

__all__: list[str] = []

# Those that readers take dates from; the others are for people.
_READ = ("CALIBDATE", "VALIDSTART", "VALIDEND")
_DATES = (*_READ, "CALIB_CREATION_DATE", "DATE")


@rule("CUR111", "creation dates disagree", severity="warning")
def creation(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Several keywords contain the creation time. If they differ, the header was probably copied and not
    updated. Correct the wrong keyword.

    Bad (defects, obs_base)::

        # - {DATE: '2019-06-11T17:43:15'}
        # - {CALIB_CREATION_DATE: '2019-06-12'}
        # - {CALIB_CREATION_TIME: '17:43:15'}

    Good (defects, obs_base)::

        # - {DATE: '2019-06-11T17:43:15'}
        # - {CALIB_CREATION_DATE: '2019-06-11'}
        # - {CALIB_CREATION_TIME: '17:43:15'}
    """
    day, time = doc.header.get("CALIB_CREATION_DATE"), doc.header.get("CALIB_CREATION_TIME")
    if not isinstance(day, str) or ctx.blamed & {"CALIB_CREATION_DATE", "CALIB_CREATION_TIME"}:
        return
    day = day[:10] if moment(day) is not None else day  # CUR122 is about a time behind it
    others = ["DATE"]
    if ctx.profile.calibdate == "creation":
        others.append("CALIBDATE")
    for key in others:
        other = moment(doc.header.get(key))
        if other is None or key in ctx.blamed or moment(day) is None:
            continue
        if other.date().isoformat() != day:
            wrong, value = "CALIB_CREATION_DATE", day
        elif isinstance(time, str) and _seconds_apart(day, time, other) >= 1:
            wrong, value = "CALIB_CREATION_TIME", time
        else:
            continue
        yield ctx.finding(
            doc.value_at(wrong),
            f"{wrong} is {value}, but {key} is {doc.header[key]}",
            hint="correct the wrong one",
            topic=f"{wrong} disagrees with {key}",
            keyword=wrong,
        )
        return


def _seconds_apart(day: str, time: str, other: datetime) -> float:
    if len(str(other)) < 12:
        return 0  # a day without a time
    made = moment(f"{day}T{time}")
    return 0 if made is None else abs((made - other).total_seconds())


@rule("CUR112", "invalid date")
def not_a_date(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Write dates as YYYY-MM-DDTHH:MM:SS, and the creation date in two keywords, YYYY-MM-DD and HH:MM:SS.

    `curator fix` fixes it if only one time is possible.

    Bad (defects, obs_base)::

        # - {CALIBDATE: '2020-13-01T00:00:00'}

    Bad::

        # - {CALIB_CREATION_TIME: '25:00:00'}
    """
    for key, text in _dates(doc, ctx):
        day = text if key != "CALIB_CREATION_TIME" else f"2000-01-01T{text}"
        if moment(day) is not None:
            continue
        try:
            parse_date(day)
        except CalibrationError as error:
            if zone_of(day):
                continue
            reason = error.message.partition(": ")[2]
            yield ctx.finding(
                doc.value_at(key),
                f"{key} {shown(text)} is not a {'time' if day != text else 'date'}"
                + (f": {reason}" if reason else ""),
                hint="times are written HH:MM:SS, in UTC"
                if day != text
                else error.hint or "dates are written YYYY-MM-DDTHH:MM:SS, in UTC",
                topic=f"{key} is not a date",
                keyword=key,
                fix=_normal(key, day, ctx),
            )


def _dates(doc: Document, ctx: Context) -> Iterator[tuple[str, str]]:
    for key in (*_DATES, "CALIB_CREATION_TIME"):
        value = doc.header.get(key)
        if isinstance(value, str) and value.strip() and key not in ctx.blamed:
            yield key, value


def _normal(key: str, day: str, ctx: Context) -> Fix | None:
    """Return the fix for a date that is written in another form, and can mean one moment only.

    A start of validity that the file's name contradicts may be meant otherwise.
    """
    found = read_moment(day)
    if found is None or found.utc is None:
        return None
    start = "CALIBDATE" if ctx.profile.calibdate == "start" else "VALIDSTART"
    if key == start and found.utc != ctx.start:
        return None
    return setting(**{key: iso(found)[11:] if key == "CALIB_CREATION_TIME" else iso(found)})


@rule("CUR113", "date with a time zone")
def zone(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All dates are UTC and are written without a time zone. With a zone, readers fail, or shift the start of
    validity.

    `curator fix` fixes it if only one time is possible.

    Bad (defects, obs_base)::

        # - {CALIBDATE: '2020-01-01T02:00:00+02:00'}

    Good (defects, obs_base)::

        # - {CALIBDATE: '2020-01-01T00:00:00'}
    """
    for key, text in _dates(doc, ctx):
        if key in _READ and moment(text) is None and (found := zone_of(text)):
            yield ctx.finding(
                doc.value_at(key),
                f"{key} {shown(text)} has the time zone {found}",
                hint="write it in UTC, without a zone",
                topic=f"{key} has a time zone",
                keyword=key,
                fix=_normal(key, text, ctx),
            )


@rule("CUR114", "time scale is not UTC")
def time_scale(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All dates are UTC. The same date in TAI is 37 s away. Convert the dates to UTC.

    Bad::

        # - {TIMESYS: TAI}

    Good::

        # - {TIMESYS: UTC}
    """
    value = doc.header.get("TIMESYS")
    if (
        isinstance(value, str)
        and value.strip()
        and value.strip().upper() != "UTC"
        and "TIMESYS" not in ctx.blamed
    ):
        yield ctx.finding(
            doc.value_at("TIMESYS"),
            f"TIMESYS is {shown(value)}, not UTC",
            hint="convert the dates to UTC; `curator new --scale tai` does it for new files"
            if value.strip().upper() == "TAI"
            else "convert the dates to UTC",
            keyword="TIMESYS",
        )


# Version keywords of each type, in all spellings.
_versions: dict[str, list[str]] = {}


@rule("CUR115", "unknown schema version")
def version(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The schema version tells readers which columns and keywords to expect. Readers cannot interpret an
    unknown version.

    Bad::

        # - {DEFECTS_VERSION: 7.0}
    """
    if ctx.type.name not in _versions:
        _versions[ctx.type.name] = [pair[1] for pair in schema_keywords(ctx.type)]
    key = next((name for name in _versions[ctx.type.name] if name in doc.header), None)
    if key is None or key in ctx.blamed or not ctx.type.versions:
        return
    value = doc.header[key]
    if type(value) in (int, float) and value not in ctx.type.versions:
        known = ", ".join(str(each) for each in ctx.type.versions)
        later = value > max(ctx.type.versions)
        yield ctx.finding(
            doc.value_at(key),
            f"{key} is {value}, "
            + ("newer than this version of curator" if later else "which does not exist"),
            hint=f"known are {known}" + ("; if it is right, install a newer curator" if later else ""),
            keyword=key,
        )


@rule("CUR116", "validity ends before it starts")
def validity(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The end of validity is not after its start, so the calibration is never valid. Registries accept such a
    range silently.

    Bad (defects, dmtn148)::

        # - {VALIDSTART: '2020-01-01T00:00:00'}
        # - {VALIDEND: '2019-01-01T00:00:00'}
    """
    end = moment(doc.header.get("VALIDEND"))
    if end is None or "VALIDEND" in ctx.blamed:
        return
    start = moment(doc.header.get("VALIDSTART")) or ctx.start
    if start is not None and end <= start:
        yield ctx.finding(
            doc.value_at("VALIDEND"),
            f"VALIDEND is {doc.header['VALIDEND']}, not after the start of validity {start.isoformat()}",
            hint="validity is from the start up to, but not including, the end",
            topic="VALIDEND is not after the start of validity",
            keyword="VALIDEND",
        )
