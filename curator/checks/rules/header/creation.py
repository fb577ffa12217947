"""CUR122 to CUR126: is the moment of creation written as DMTN-148 has it, and can dates be true?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from curator.checks.fixing.build_fixes import setting
from curator.checks.fixing.parse_loose_dates import iso, read_moment, zone_of
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding, Fix
    from curator.formats.document import Document

__all__: list[str] = []

_DAY, _TIME = "CALIB_CREATION_DATE", "CALIB_CREATION_TIME"
# No program wrote text before; a valid start may be a round date long ago.
_FIRST_START, _FIRST_MADE, _LAST = datetime(1900, 1, 1), datetime(1970, 1, 1), datetime(2100, 1, 1)


def _text(doc: Document, ctx: Context, key: str) -> str:
    value = doc.header.get(key)
    return value if isinstance(value, str) and value.strip() and key not in ctx.blamed else ""


@rule("CUR122", "creation date also contains a time", severity="warning")
def unsplit(doc: Document, ctx: Context) -> Iterator[Finding]:
    """DMTN-148 stores the day and the time of creation in two keywords, and programs join them. A time in the
    first keyword breaks this.

    `curator fix` fixes it if there is no other creation time.

    Bad (defects, obs_base)::

        # - {CALIB_CREATION_DATE: '2019-06-11T17:43:15'}
        # - {CALIB_CREATION_TIME: '17:43:15'}

    Good (defects, obs_base)::

        # - {CALIB_CREATION_DATE: '2019-06-11'}
        # - {CALIB_CREATION_TIME: '17:43:15'}
    """
    text = _text(doc, ctx, _DAY)
    if len(text.strip()) > 10 and moment(text) is not None:
        yield ctx.finding(
            doc.value_at(_DAY),
            f"{_DAY} {shown(text)} is a date and a time",
            hint=f"write the date here and the time in {_TIME}",
            topic=f"{_DAY} also contains a time",
            keyword=_DAY,
            fix=_split(text, doc),
        )


def _split(text: str, doc: Document) -> Fix | None:
    """Return the fix that writes day and time apart, unless another time stands there already."""
    found = read_moment(text)
    if found is None or found.utc is None or not found.has_time:
        return None
    day, _, time = iso(found).partition("T")
    there = doc.header.get(_TIME)
    if there in (None, ""):
        return setting(CALIB_CREATION_DATE=day, CALIB_CREATION_TIME=time)
    same = isinstance(there, str) and moment(f"{day}T{there}") == found.utc
    return setting(CALIB_CREATION_DATE=day) if same else None


@rule("CUR123", "creation time with a time zone", severity="warning")
def creation_zone(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Programs read this time as UTC and ignore the zone.

    `curator fix` fixes it if only one time is possible and no other keyword contradicts it.

    Bad (defects, obs_base)::

        # - {CALIB_CREATION_DATE: '2019-06-11'}
        # - {CALIB_CREATION_TIME: '17:43:15 HST'}

    Good (defects, obs_base)::

        # - {CALIB_CREATION_DATE: '2019-06-12'}
        # - {CALIB_CREATION_TIME: '03:43:15'}
    """
    for key in (_DAY, _TIME, "DATE"):
        text = _text(doc, ctx, key)
        whole = f"2000-01-01T{text}" if key == _TIME else text
        if not text or moment(whole) is not None or not (zone := zone_of(whole)):
            continue
        yield ctx.finding(
            doc.value_at(key),
            f"{key} {shown(text)} has the time zone {zone}",
            hint="write it in UTC, without a zone",
            topic=f"{key} has a time zone",
            keyword=key,
            fix=_in_utc(key, text, doc, ctx),
        )


def _in_utc(key: str, text: str, doc: Document, ctx: Context) -> Fix | None:
    if key == _DAY:
        return _split(text, doc)
    day = _text(doc, ctx, _DAY)
    found = read_moment(f"{day}T{text}" if key == _TIME else text)
    if found is None or found.utc is None:
        return None
    if key == "DATE":
        return setting(DATE=iso(found))
    others = [moment(doc.header.get("DATE"))]
    if ctx.profile.calibdate == "creation":
        others.append(moment(doc.header.get("CALIBDATE")))
    if any(other is not None and abs((other - found.utc).total_seconds()) >= 1 for other in others):
        return None  # another keyword says otherwise: which is right, a person knows
    day, _, time = iso(found).partition("T")
    return setting(**({_DAY: day} if found.ahead else {}), **{_TIME: time})


@rule("CUR126", "implausible date", severity="warning")
def absurd(doc: Document, ctx: Context) -> Iterator[Finding]:
    """A year such as 0218 or 2918 is probably a typing mistake. With it, a calibration would be valid for all
    nights or for none.

    Bad (defects, obs_base)::

        # (no CALIB_CREATION_DATE)
        # - {DATE: '0219-06-11T17:43:15'}

    Good (defects, obs_base)::

        # (no CALIB_CREATION_DATE)
        # - {DATE: '2019-06-11T17:43:15'}
    """
    start = ctx.start
    if start is not None and not _FIRST_START <= start < _LAST:
        yield ctx.finding(
            (1, 1, 0),
            f"the file name has the year {start.year}",
            hint="rename it to the date from which it is valid",
        )
    for key in (_DAY, "DATE", "VALIDSTART", "CALIBDATE"):
        when = moment(_text(doc, ctx, key))
        first = _FIRST_START if key == "VALIDSTART" or _is_start(key, ctx) else _FIRST_MADE
        # What repeats the file's name is wrong with it.
        if when is not None and when != start and not first <= when < _LAST:
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is {doc.header[key]}",
                hint="correct the year",
                topic=f"{key} is implausible",
                keyword=key,
            )


def _is_start(key: str, ctx: Context) -> bool:
    return key == "CALIBDATE" and ctx.profile.calibdate == "start"
