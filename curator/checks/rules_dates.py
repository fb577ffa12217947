"""CUR110 to CUR116: do the dates, the identity and the version in a header agree?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from curator.calibrations.dates import parse_date
from curator.calibrations.header import parse_calib_id, schema_keywords
from curator.checks.context import shown
from curator.checks.expected import (
    NOTHING,
    is_detector_id,
    is_detector_name,
    is_filter,
    is_instrument,
    is_raft,
    is_slot,
)
from curator.checks.rule import rule
from curator.errors import CalibrationError

if TYPE_CHECKING:
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.formats.document import Document, Place

__all__: list[str] = []

_DATES = ("CALIBDATE", "VALIDSTART", "VALIDEND", "CALIB_CREATION_DATE", "DATE")


@rule("CUR110", "CALIB_ID contradicts the header", severity="warning")
def calib_id(doc: Document, ctx: Context) -> Iterator[Finding]:
    """CALIB_ID is what people and programs quote; it must name the same detector, filter and date as the
    other keywords.

    Bad::

        # - {CALIB_ID: detector=2 filter=NONE}

    Good::

        # - {CALIB_ID: detector=0 filter=NONE}
    """
    text = doc.header.get("CALIB_ID")
    if not isinstance(text, str) or not text.strip() or "CALIB_ID" in ctx.blamed:
        return
    try:
        parts = parse_calib_id(text)
    except CalibrationError as error:
        yield ctx.finding(doc.value_at("CALIB_ID"), error.message, hint=error.hint, keyword="CALIB_ID")
        return
    wrong = [
        (key, value, said) for key, value in parts.items() if (said := _contradicted(key, value, doc, ctx))
    ]
    if wrong:
        key, value, said = wrong[0]
        others = f", and {' and '.join(one for one, _, _ in wrong[1:])} with it" if wrong[1:] else ""
        yield ctx.finding(
            _part_place(doc, ctx, f"{key}={value}"),
            f"CALIB_ID says {key}={value}, but {said}{others}",
            hint="correct CALIB_ID: was it copied from another file?",
            topic=f"CALIB_ID contradicts the header about {' and '.join(one for one, _, _ in wrong)}",
            keyword="CALIB_ID",
        )


def _part_place(doc: Document, ctx: Context, part: str) -> Place | tuple[int, int, int]:
    place = doc.value_at("CALIB_ID")
    for number in range(place.line, place.line + 3):
        at = ctx.line(number).find(part)
        if at >= 0:
            return (number, at + 1, at + 1 + len(part))
    return place


def _contradicted(key: str, value: str, doc: Document, ctx: Context) -> str:
    """Return what the header, or the path where the header is silent, says against one part; else nothing."""
    entry = _PARTS.get(key.lower())
    if entry is None or (value.lower() in NOTHING and key.lower() != "filter"):
        return ""
    keyword, agrees, of_path = entry
    if keyword in ctx.blamed:
        return ""
    found = doc.header.get(keyword)
    if found is None or (isinstance(found, str) and not found.strip()):
        if of_path(ctx, value) or _of_other(key.lower(), value, doc, ctx):
            return ""
        return f"the file stands in {str(ctx.path).rpartition('/')[0]}/"
    if agrees(found, value):
        return ""
    if of_path(ctx, value) and (keyword == "INSTRUME" or not of_path(ctx, found)):
        return ""  # another name of the same instrument; or the keyword is wrong, and its own rule says so
    return f"{keyword} is {found}"


def _of_other(key: str, value: str, doc: Document, ctx: Context) -> bool:
    """Whether a name is that of the wrong detector that DETECTOR names: then that is the mistake."""
    number = doc.header.get("DETECTOR")
    other = ctx.camera.find_detector(number) if ctx.camera and type(number) is int else None
    if other is None or other is ctx.detector:
        return False
    if key == "raftname":
        return is_raft(ctx, value, other.directory)
    named = is_detector_name(ctx, value, other.directory)
    return key == "detectorname" and (named or ("_" in other.name and is_slot(ctx, value, other.directory)))


def _same_text(found: Any, value: str) -> bool:
    return str(found).strip().lower() == value.strip().lower()


def _same_date(found: Any, value: str) -> bool:
    if found == value:
        return True
    one, other = _date(found), _date(value)
    return one is not None and one == other


def _same_filter(found: Any, value: str) -> bool:
    return _same_text(found, value) or {str(found).lower(), value.lower()} <= set(NOTHING)


def _of_instrument(ctx: Context, value: Any) -> bool:
    return is_instrument(ctx, str(value))


def _of_detector(ctx: Context, value: Any) -> bool:
    text = str(value)
    return ctx.detector is None or (text.isascii() and text.isdigit() and is_detector_id(ctx, int(text)))


def _of_name(ctx: Context, value: Any) -> bool:
    return is_detector_name(ctx, str(value)) or (
        "_" in (ctx.path.detector or "") and is_slot(ctx, str(value))
    )


def _of_filter(ctx: Context, value: Any) -> bool:
    return is_filter(ctx, str(value))


def _of_start(ctx: Context, value: Any) -> bool:
    return ctx.profile.calibdate != "start" or _same_date(ctx.path.start.isoformat(), str(value))


_Part = tuple[str, Callable[[Any, str], bool], Callable[["Context", Any], bool]]


def _name_or_slot(found: Any, value: str) -> bool:
    return _same_text(found, value) or _same_text(str(found).rpartition("_")[2], value)


_PARTS: dict[str, _Part] = {
    "instrument": ("INSTRUME", _same_text, _of_instrument),
    "detector": ("DETECTOR", _same_text, _of_detector),
    "ccd": ("DETECTOR", _same_text, _of_detector),
    "ccdnum": ("DETECTOR", _same_text, _of_detector),
    "detectorname": ("DET_NAME", _name_or_slot, _of_name),
    "raftname": ("RAFTNAME", _same_text, lambda ctx, value: is_raft(ctx, str(value))),
    "filter": ("FILTER", _same_filter, _of_filter),
    "calibdate": ("CALIBDATE", _same_date, _of_start),
}


@rule("CUR111", "dates of creation disagree", severity="warning")
def creation(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The same moment stands in several keywords; where they differ, the header was copied and not
    brought up to date.

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
    others = ["DATE"]
    if ctx.profile.calibdate == "creation":
        others.append("CALIBDATE")
    for key in others:
        other = _date(doc.header.get(key))
        if other is None or key in ctx.blamed or _date(day) is None:
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
            hint="correct the one that was copied",
            topic=f"{wrong} disagrees with {key}",
            keyword=wrong,
        )
        return


def _date(value: Any) -> datetime | None:
    return _parsed(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> datetime | None:
    try:
        return parse_date(text)
    except CalibrationError:
        return None


def _seconds_apart(day: str, time: str, other: datetime) -> float:
    if len(str(other)) < 12:
        return 0  # a day without a time
    made = _date(f"{day}T{time}")
    return 0 if made is None else abs((made - other).total_seconds())


@rule("CUR112", "not a date")
def not_a_date(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Dates are written YYYY-MM-DDTHH:MM:SS, those of creation in two keywords, YYYY-MM-DD and HH:MM:SS.

    Bad (defects, obs_base)::

        # - {CALIBDATE: '2020-13-01T00:00:00'}

    Bad::

        # - {CALIB_CREATION_TIME: '25:00:00'}
    """
    for key, text in _dates(doc, ctx):
        day = text if key != "CALIB_CREATION_TIME" else f"2000-01-01T{text}"
        if _date(day) is not None:
            continue
        try:
            parse_date(day)
        except CalibrationError as error:
            if _zone(day):
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
            )


def _dates(doc: Document, ctx: Context) -> Iterator[tuple[str, str]]:
    for key in (*_DATES, "CALIB_CREATION_TIME"):
        value = doc.header.get(key)
        if isinstance(value, str) and value.strip() and key not in ctx.blamed:
            yield key, value


def _zone(text: str) -> str:
    """Return the time zone at the end of what is a date without it, such as ``Z`` or ``+02:00``."""
    text = text.strip()
    for start in range(len(text) - 1, max(9, len(text) - 8), -1):
        zone = text[start:]
        if (zone[0] in "+-" and zone[1:2].isdigit()) or zone.strip().upper() in (
            "Z",
            "UTC",
            "TAI",
            "UT",
            "GMT",
        ):
            return zone.strip() if _date(text[:start].strip()) else ""
    return ""


@rule("CUR113", "date with a time zone")
def zone(doc: Document, ctx: Context) -> Iterator[Finding]:
    """All dates are UTC and say nothing of it; a zone makes readers fail, or shift the start of validity.

    Bad (defects, obs_base)::

        # - {CALIBDATE: '2020-01-01T00:00:00+02:00'}

    Good (defects, obs_base)::

        # - {CALIBDATE: '2020-01-01T00:00:00'}
    """
    for key, text in _dates(doc, ctx):
        day = text if key != "CALIB_CREATION_TIME" else f"2000-01-01T{text}"
        if _date(day) is None and (found := _zone(day)):
            yield ctx.finding(
                doc.value_at(key),
                f"{key} {shown(text)} carries the time zone {found}",
                hint="write it in UTC, without a zone",
                topic=f"{key} carries a time zone",
                keyword=key,
            )


@rule("CUR114", "time scale is not UTC")
def time_scale(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Dates are UTC, always; the same string taken as TAI is 37 s away.

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
    """The version tells readers which columns and keywords to expect; of one they do not know they expect
    nothing.

    Bad::

        # - {DEFECTS_VERSION: 7.0}
    """
    if ctx.type.name not in _versions:
        _versions[ctx.type.name] = [pair[1] for pair in schema_keywords(ctx.type)]
    key = next((one for one in _versions[ctx.type.name] if one in doc.header), None)
    if key is None or key in ctx.blamed or not ctx.type.versions:
        return
    value = doc.header[key]
    if type(value) in (int, float) and value not in ctx.type.versions:
        yield ctx.finding(
            doc.value_at(key),
            f"{key} is {value}, which nobody knows",
            hint=f"known are {', '.join(str(one) for one in ctx.type.versions)}",
            keyword=key,
        )


@rule("CUR116", "validity ends before it starts")
def validity(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Such a calibration is never valid, and registries accept it without a word.

    Bad (defects, dmtn148)::

        # - {VALIDSTART: '2020-01-01T00:00:00'}
        # - {VALIDEND: '2019-01-01T00:00:00'}
    """
    end = _date(doc.header.get("VALIDEND"))
    if end is None or "VALIDEND" in ctx.blamed:
        return
    start = _date(doc.header.get("VALIDSTART")) or ctx.path.start
    if end <= start:
        yield ctx.finding(
            doc.value_at("VALIDEND"),
            f"VALIDEND is {doc.header['VALIDEND']}, not after the start of validity {start.isoformat()}",
            hint="validity is from the start up to, but not including, the end",
            topic="VALIDEND is not after the start of validity",
            keyword="VALIDEND",
        )
