"""Says in sentences which calibration applies, and why each other one does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from curator.repository.selection.selection import validity

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.selection.overrides import Overridden
    from curator.repository.selection.selection import Answer, Rejection, Request

__all__ = ["ExplanationLine", "answer_lines", "other_lines", "rejection_reason"]

# Calibrations that are named, before the rest is counted.
SHOWN = 8
_ELSEWHERE = {"detector": "for other detectors", "filter": "for other filters"}


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One line of an explanation.

    Parameters
    ----------
    text : str
        Not escaped.
    indent : str
    kind : {"chosen", "path", "sentence", "quote"}
        The path of a calibration that is chosen, another path, a sentence, or a reason that a person gave.
    """

    text: str
    indent: str = ""
    kind: Literal["chosen", "path", "sentence", "quote"] = "sentence"


def answer_lines(answer: Answer, absent: str = "") -> Iterator[ExplanationLine]:
    """Give the lines that say what applies.

    Parameters
    ----------
    absent : str
        What `curator.repository.selection.absence.absence` says.
    """
    from curator.repository.selection.overrides import Overridden

    if isinstance(answer, Overridden):
        yield from _overridden_lines(answer)
    elif absent:
        yield ExplanationLine(absent)
    else:
        yield from _certified_lines(answer)


def _certified_lines(answer: Answer) -> Iterator[ExplanationLine]:
    request = answer.request
    what = _what(request)
    if answer.status == "none":
        yield ExplanationLine(f"no certified {what} is valid {_when(request)}")
        return
    for entry in dict.fromkeys(answer.entries):
        yield _chosen(entry)
        ends = {"derived": ", when the next one begins", "written": ", as VALIDEND says"}
        why = ends.get(entry.end_source, "") if entry.ranges[-1][1] == entry.end else ""
        yield ExplanationLine(f"holds {validity(entry)}{why}", "  ")
        for one in entry.deprecations:
            yield ExplanationLine(f"must not be used {one.when}: {one.reason}", "  ")
        yield from _origin_lines(entry)
    if answer.status == "found":
        yield ExplanationLine(f"the only certified {what} that is valid {_when(request)}", "  ")
    else:
        yield ExplanationLine(f"ambiguous: {len(answer.entries)} certified {what} are valid {_when(request)}")


def _origin_lines(entry: Entry) -> Iterator[ExplanationLine]:
    """Say from which label a registry has a calibration, and who last changed its text, and why."""
    if entry.origin is None:
        return
    from curator.calibrations.fits.stamp_reader import Stamp, read_stamp

    known = entry.origin
    published = f" (published from {known.published[:12]})" if known.published else ""
    label = f"from label {known.label}{published}" if known.label else ""
    stamp = (read_stamp(known.file) if known.file else None) or Stamp()
    words = ", ".join(filter(None, (known.commit[:12], stamp.date[:10], stamp.author)))
    changed = f"the file was last changed in {words}" if known.commit else ""
    if said := "; ".join(filter(None, (label, changed))):
        subject = f": {stamp.subject}" if known.commit and stamp.subject else ""
        yield ExplanationLine(f"{said}{subject}", "  ")


def _overridden_lines(answer: Overridden) -> Iterator[ExplanationLine]:
    request = answer.request
    for one in answer.overrides:
        yield _chosen(one.entry)
        yield ExplanationLine(f"{one.place} chooses it {_interval(one.begin, one.end)}:", "  ")
        yield ExplanationLine(one.reason, "    ", "quote")
        if one.entry.status != "certified":
            yield ExplanationLine(f"it is {one.entry.status} itself", "  ")
    chosen = {one.entry.path for one in answer.overrides}
    for entry in answer.entries:
        if entry.path not in chosen:
            yield _chosen(entry)
            yield ExplanationLine(f"is valid {validity(entry)}, except where it is overridden", "  ")
    if answer.status == "ambiguous":
        yield ExplanationLine(f"ambiguous: {len(answer.entries)} are valid {_when(request)}")
    yield ExplanationLine("otherwise:" if answer.otherwise.entries else "otherwise nothing would be valid")
    for entry in answer.otherwise.entries:
        yield ExplanationLine(str(entry.path), "  ", "path")
        yield ExplanationLine(f"holds {validity(entry)}", "    ")


def _chosen(entry: Entry) -> ExplanationLine:
    return ExplanationLine(str(entry.path), kind="chosen")


def _what(request: Request) -> str:
    """Return what is asked for: dataset type, and detector and filter if it has them."""
    names = (("detector", request.detector), ("filter", request.physical_filter))
    of = " and ".join(f"{kind} {name}" for kind, name in names if name)
    return f"{request.dataset_type} of {of}" if of else request.dataset_type


def _interval(begin: datetime, end: datetime) -> str:
    words = [f"from {begin.isoformat()}"] if begin != datetime.min else []
    words += [f"until {end.isoformat()}"] if end != datetime.max else []
    return f"{' '.join(words)} UTC" if words else "at all times"


def _when(request: Request) -> str:
    begin = request.begin.isoformat()
    if request.end == request.begin:
        return f"at {begin} UTC"
    return f"from {begin} to {request.end.isoformat()} UTC"


def other_lines(
    others: Sequence[Rejection], *, all_of_them: bool = False, hint: str = ""
) -> Iterator[ExplanationLine]:
    """Give the lines that say why other calibrations do not apply.

    Parameters
    ----------
    all_of_them : bool
        Name each; else those of other detectors and filters, and those that are far, are counted.
    hint : str
        What lists those that are counted.
    """
    alike = [one for one in others if one.clause not in _ELSEWHERE]
    shown = others if all_of_them else alike[:SHOWN]
    if others:
        yield ExplanationLine("not chosen:")
    for one in shown:
        yield ExplanationLine(str(one.entry.path), "  ", "path")
        yield ExplanationLine(rejection_reason(one), "    ")
    named = set(map(id, shown))
    left = Counter(_ELSEWHERE.get(one.clause, "at other times") for one in others if id(one) not in named)
    for words, count in left.items():
        how = f" ({hint} {'it' if count == 1 else 'them'})" if hint else ""
        yield ExplanationLine(f"{count} {words}{how}", "  ")


def rejection_reason(one: Rejection) -> str:
    """Return why a calibration does not apply."""
    entry = one.entry
    if one.clause == "uncertified":
        return "would be valid, but is not certified: its header has no VALIDSTART"
    if one.clause == "deprecated":
        return f"is deprecated then: {one.reason}"
    date = one.date.isoformat() if one.date else ""
    if one.clause == "ended":
        how = {"derived": "when the next one began", "written": "as VALIDEND says"}.get(entry.end_source, "")
        how = how if one.date == entry.end else "when it no longer replaced another one"
        return f"ended {date} UTC, {how}: {_span(one.distance)} before"
    if one.clause == "begins":
        return f"begins {date} UTC: {_span(one.distance)} later"
    if one.clause == "detector":
        return f"is for detector {entry.data_id.detector_name or 'none'}"
    return f"is for filter {entry.data_id.physical_filter or 'none'}"


def _span(distance: timedelta) -> str:
    if distance.days:
        return f"{distance.days} day{'' if distance.days == 1 else 's'}"
    if distance.seconds >= 3600:
        return f"{distance.seconds / 3600:.1f} hours"
    seconds = distance.total_seconds()
    return f"{seconds:.6g} second{'' if seconds == 1 else 's'}"
