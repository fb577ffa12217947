"""CUR110: does CALIB_ID agree with the rest of the header?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from curator.calibrations.cameras.camera import detector_id
from curator.calibrations.header.keywords import parse_calib_id
from curator.checks.fixing.build_fixes import setting
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment
from curator.checks.rules.shared.path_agreement import (
    NOTHING,
    is_detector_id,
    is_detector_name,
    is_filter,
    is_instrument,
    is_raft,
    is_slot,
)
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding, Fix
    from curator.formats.document import Document, Place

__all__: list[str] = []

_DATES = ("CALIBDATE", "VALIDSTART", "VALIDEND", "CALIB_CREATION_DATE", "DATE")


@rule("CUR110", "CALIB_ID contradicts the header", severity="warning")
def calib_id(doc: Document, ctx: Context) -> Iterator[Finding]:
    """People and programs quote CALIB_ID to identify a calibration. It must name the same detector, filter
    and date as the other keywords.

    `curator fix` fixes it if path and header agree.

    Bad::

        # - {CALIB_ID: detector=2 filter=NONE}

    Good::

        # - {CALIB_ID: detector=0 filter=NONE}
    """
    text = doc.header.get("CALIB_ID")
    if not isinstance(text, str) or not text.strip() or "CALIB_ID" in ctx.blamed:
        return
    if ctx.camera is None:
        return  # its own file cannot be used: what instrument and detector are called is not known
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
        right = _all_right(text, {one: parts[one] for one, _, _ in wrong}, parts, doc, ctx)
        yield ctx.finding(
            _part_place(doc, ctx, f"{key}={value}"),
            f"CALIB_ID says {key}={value}{_of_creation(key, value, doc)}, but {said}{others}",
            hint=f"write {' and '.join(f'{one}={found}' for one, found in right.items())}"
            if right
            else "correct CALIB_ID: check whether it was copied from another file",
            topic=f"CALIB_ID contradicts the header about {' and '.join(one for one, _, _ in wrong)}",
            keyword="CALIB_ID",
            fix=_corrected(text, parts, right) if right else None,
            subject=key,
        )


def _of_creation(key: str, value: str, doc: Document) -> str:
    """Return where a wrong date comes from, if it is when the file was made: files often mix these up."""
    day, time = (doc.header.get(f"CALIB_CREATION_{name}") for name in ("DATE", "TIME"))
    found = moment(value) if key.lower() == "calibdate" else None
    if found is None or not isinstance(day, str):
        return ""
    return ", the creation time" if found in (moment(f"{day}T{time}"), moment(day)) else ""


def _all_right(
    text: str, wrong: dict[str, str], parts: dict[str, str], doc: Document, ctx: Context
) -> dict[str, str]:
    """Return what path and header both say of the wrong parts; nothing where one of them is not sure."""
    right = {key: _right(key.lower(), parts, doc, ctx) for key in wrong}
    once = all(f" {text} ".count(f" {key}={value} ") == 1 for key, value in wrong.items())
    sure = {key: value for key, value in right.items() if value is not None}
    return sure if once and len(sure) == len(wrong) else {}


def _corrected(text: str, parts: dict[str, str], right: dict[str, str]) -> Fix:
    """Return the fix that writes what is right into the wrong parts."""
    new = f" {text} "
    for key, value in right.items():
        new = new.replace(f" {key}={parts[key]} ", f" {key}={value} ")
    return setting(CALIB_ID=new[1:-1])


def _right(key: str, parts: dict[str, str], doc: Document, ctx: Context) -> str | None:
    """Return what a part of CALIB_ID must say, `None` where header and path do not agree about it."""
    found = doc.header.get(_PARTS[key][0])
    detector = ctx.detector
    if key in ("detector", "ccd", "ccdnum"):
        sure = detector is not None and found in (None, detector.id) and type(found) is not bool
        return str(detector.id) if detector is not None and sure else None
    if key in ("detectorname", "raftname"):
        if detector is None or doc.header.get("DETECTOR") not in (None, detector.id):
            return None
        raft, between, slot = detector.name.partition("_")
        if key == "raftname":
            return raft if between else None
        return slot if between and any(part.lower() == "raftname" for part in parts) else detector.name
    if key == "filter":
        if not ctx.type.has_filter:
            return "NONE"
        sure = ctx.filter is not None and (found is None or is_filter(ctx, str(found)))
        return ctx.filter.name if ctx.filter is not None and sure else None
    if key == "instrument":
        return found if isinstance(found, str) and is_instrument(ctx, found) else None
    return _right_date(found, doc, ctx)


def _right_date(found: Any, doc: Document, ctx: Context) -> str | None:
    if not isinstance(found, str) or moment(found) is None:
        return None
    if ctx.profile.calibdate == "start":
        # The date in CALIB_ID may be that of creation, and nowhere else.
        told = any(isinstance(doc.header.get(key), str) for key in ("CALIB_CREATION_DATE", "DATE"))
        return found if told and moment(found) == ctx.start else None
    made = f"{doc.header.get('CALIB_CREATION_DATE')}T{doc.header.get('CALIB_CREATION_TIME')}"
    return found if moment(made) == moment(found) else None


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
        return f"the file is in {str(ctx.path).rpartition('/')[0]}/"
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
    one, other = moment(found), moment(value)
    return one is not None and one == other


def _same_filter(found: Any, value: str) -> bool:
    return _same_text(found, value) or {str(found).lower(), value.lower()} <= set(NOTHING)


def _of_instrument(ctx: Context, value: Any) -> bool:
    return is_instrument(ctx, str(value))


def _of_detector(ctx: Context, value: Any) -> bool:
    number = detector_id(str(value))
    return ctx.detector is None or (number is not None and is_detector_id(ctx, number))


def _of_name(ctx: Context, value: Any) -> bool:
    return is_detector_name(ctx, str(value)) or (
        "_" in (ctx.path.detector or "") and is_slot(ctx, str(value))
    )


def _of_filter(ctx: Context, value: Any) -> bool:
    return is_filter(ctx, str(value))


def _of_start(ctx: Context, value: Any) -> bool:
    if ctx.profile.calibdate != "start":
        return True
    if ctx.start is None:
        return moment(value) is not None
    return _same_date(ctx.start.isoformat(), str(value))


if TYPE_CHECKING:
    _Part = tuple[str, Callable[[Any, str], bool], Callable[[Context, Any], bool]]


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
