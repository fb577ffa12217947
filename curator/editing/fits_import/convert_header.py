"""Makes the header of an imported calibration what the profile asks for, and says what it changed.

What is right stays, in its order: the content of a file that lacks nothing is, as text, what it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from curator.calibrations.header.keywords import compose_header, find_keyword, schema_keywords
from curator.calibrations.time.dates import format_date
from curator.editing.fits_import.infer_validity import made_at
from curator.editing.fits_import.split_header import says_nothing
from curator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType
    from curator.editing.fits_import.fits_reader import Foreign
    from curator.editing.fits_import.infer_data_id import InferredDataId
    from curator.editing.fits_import.infer_validity import InferredRange

__all__ = ["CREATION", "Header", "make_header"]

# Keywords that say nothing where they are empty text, as ip_isr has those it does not know.
_EMPTY = ("DETECTOR", "DET_NAME", "DETECTOR_NAME", "CALIB_ID", "CALIBCLS")
CREATION = ("CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "CALIBDATE", "CALIB_ID")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a text, and where it is not that of its FITS file.

    Parameters
    ----------
    values : dict
        All keywords, ``HISTORY`` last.
    added : tuple of str
        Keywords that the file lacked.
    changed : dict
        Keywords with another value, and the one they had.
    left_out : dict
        Keywords that the text does not have.
    made_up : bool
        Whether nobody said when it was made, so that the moment of the import stands there.
    """

    values: dict[str, Any]
    added: tuple[str, ...]
    changed: dict[str, Any]
    left_out: dict[str, Any]
    made_up: bool = False


def make_header(
    foreign: Foreign,
    place: InferredDataId,
    validity: InferredRange,
    profile: Profile,
    created: datetime | None,
    now: datetime,
) -> Header:
    """Return the header for a calibration that belongs to ``place`` and holds as ``validity`` says.

    Parameters
    ----------
    created : datetime.datetime or None
        When it was made at the latest (UTC), for a header that does not say.
    now : datetime.datetime
        Stands in for that where nobody says.
    """
    old = foreign.parts.kept
    left_out = dict(foreign.parts.left_out)
    made = made_at(foreign, profile) or created
    composed = compose_header(
        foreign.kind,
        place.camera,
        place.detector,
        place.filter,
        validity.start,
        made or now,
        profile,
    )
    values = dict(old)
    for key, value in list(_wanted(foreign, place, validity.start, profile, composed, values)):
        values[find_keyword(values, key) or key] = value
    for key in _EMPTY:
        if key in values and values[key] == "":
            left_out[key] = values.pop(key)
    for key, value in _dates(foreign, validity, profile, values):
        if value is None:
            left_out[key] = values.pop(key)
        else:
            values[key] = value
    scale = find_keyword(values, "TIMESYS")
    if scale and str(values[scale] or "UTC").strip().upper() != "UTC":
        left_out[scale] = values.pop(scale)
    if foreign.parts.history:
        values["HISTORY"] = list(foreign.parts.history)
    added = tuple(key for key in values if key not in old and key != "HISTORY")
    changed = {key: value for key, value in old.items() if key in values and not _same(values[key], value)}
    made_up = made is None and not {*added, *changed}.isdisjoint(CREATION)
    return Header(values, added, changed, left_out, made_up)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _wanted(
    foreign: Foreign,
    place: InferredDataId,
    start: datetime,
    profile: Profile,
    composed: Mapping[str, Any],
    values: Mapping[str, Any],
) -> Iterator[tuple[str, Any]]:
    """Give the keywords that must say something else than they do."""
    kind = foreign.kind
    yield from _names(kind, place, profile, composed, values)
    pair = {name for names in schema_keywords(kind) for name in names}
    has_pair = any(name in values for name in pair)
    asked = [*profile.keywords(kind), *_classes(kind, profile)]
    for key in asked:
        if key in ("FILTER", "DETECTOR", "OBSTYPE", "CALIBDATE", "CALIB_ID") or (key in pair and has_pair):
            continue
        if key in CREATION or says_nothing(values.get(find_keyword(values, key) or key)):
            if key in CREATION and _is_moment(key, values):
                continue
            yield key, composed[key]
    calibdate = _calibdate(profile, start, composed, values)
    if calibdate is not None:
        yield "CALIBDATE", calibdate
    if (identified := _identified(profile, calibdate, composed, values)) is not None:
        yield "CALIB_ID", identified


def _classes(kind: DatasetType, profile: Profile) -> tuple[str, ...]:
    needed = profile.name == "obs_base" and kind.storage_class == "TransmissionCurve" and kind.calibcls
    return ("CALIBCLS",) if needed else ()


def _names(
    kind: DatasetType,
    place: InferredDataId,
    profile: Profile,
    composed: Mapping[str, Any],
    values: Mapping[str, Any],
) -> Iterator[tuple[str, Any]]:
    obstype = values.get("OBSTYPE")
    if not isinstance(obstype, str) or obstype.lower() not in (kind.name, kind.obstype.lower()):
        yield "OBSTYPE", kind.obstype
    instrument = values.get("INSTRUME")
    if isinstance(instrument, str) and not profile.is_instrument(instrument, place.camera):
        yield "INSTRUME", profile.instrument_of(place.camera)
    if place.detector is not None:
        number = values.get("DETECTOR")
        if type(number) is not int or number != place.detector.id:
            yield "DETECTOR", place.detector.id
        if "DET_NAME" in values and says_nothing(values["DET_NAME"]):
            yield "DET_NAME", place.detector.name
    found = values.get("FILTER")
    if place.filter is not None:
        if not isinstance(found, str) or not profile.is_filter(found, place.filter, place.camera):
            yield "FILTER", place.filter.name
    elif found not in profile.unfiltered:
        yield "FILTER", profile.no_filter


def _is_moment(key: str, values: Mapping[str, Any]) -> bool:
    """Whether a keyword of creation has the form that it must have."""
    from curator.checks.rules.shared.header_dates import moment

    text = values.get(key)
    if not isinstance(text, str):
        return False
    return moment(f"2000-01-01T{text}" if key == "CALIB_CREATION_TIME" else text) is not None


def _calibdate(
    profile: Profile, start: datetime, composed: Mapping[str, Any], values: Mapping[str, Any]
) -> str | None:
    from curator.checks.rules.shared.header_dates import moment

    found, wanted = values.get("CALIBDATE"), str(composed["CALIBDATE"])
    if profile.calibdate == "start":
        return None if moment(found) == moment(wanted) else wanted
    # The other profile has the start there.
    is_start = moment(found) == start and find_keyword(values, "VALIDSTART") is None
    if is_start and _is_moment("CALIB_CREATION_DATE", values):
        return None if moment(wanted) == start else wanted
    return None if _is_moment("CALIBDATE", values) else wanted


def _identified(
    profile: Profile, calibdate: str | None, composed: Mapping[str, Any], values: Mapping[str, Any]
) -> str | None:
    """Return a new CALIB_ID where there must be one and is none, or where the date in it was changed."""
    found = values.get("CALIB_ID")
    if says_nothing(found):
        asked = "CALIB_ID" in profile.required or "CALIB_ID" in values
        if not asked:
            return None
        date = calibdate or values.get("CALIBDATE")
        return str(composed["CALIB_ID"]).replace(f"calibDate={composed['CALIBDATE']}", f"calibDate={date}")
    old = values.get("CALIBDATE")
    if calibdate is None or not isinstance(found, str) or not isinstance(old, str) or not old:
        return None
    renewed = found.replace(f"calibDate={old}", f"calibDate={calibdate}")
    return None if renewed == found else renewed


def _dates(
    foreign: Foreign, validity: InferredRange, profile: Profile, values: Mapping[str, Any]
) -> Iterator[tuple[str, str | None]]:
    """Give VALIDSTART and VALIDEND as they must be; `None` takes one out."""
    from curator.checks.rules.shared.header_dates import moment

    start, end = find_keyword(values, "VALIDSTART"), find_keyword(values, "VALIDEND")
    if not validity.certified:
        for key in (start, end):
            if key is not None and not says_nothing(values[key]):
                yield key, None
        return
    needed = profile.certified_by == "VALIDSTART" or start is not None
    if needed and (start is None or moment(values[start]) != validity.start):
        yield start or "VALIDSTART", format_date(validity.start)
    written = moment(values[end]) if end is not None else None
    if validity.end is not None and written != validity.end and (written or not validity.followed):
        yield end or "VALIDEND", _precise(validity.end)
    elif validity.end is None and end is not None and not says_nothing(values[end]):
        yield end, None


def _precise(when: datetime) -> str:
    return when.isoformat(timespec="auto" if when.microsecond else "seconds")
