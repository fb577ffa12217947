"""Explain why this calibration applies and no other."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say
from curator.cli.terminal.exposure_arguments import (
    add_exposure,
    add_overrides,
    add_place,
    catalogue_of,
    exposure_of,
    selector_of,
    warn_of_problems,
)
from curator.cli.terminal.json_output import add_format, say_json
from curator.cli.terminal.layout import tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.selection.overrides import Overridden
    from curator.repository.selection.selection import Answer, Rejection, Request

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Explain which calibration applies to an exposure, and why each other calibration of the same type does not.
The closest candidate comes first. The arguments are those of `curator select`. For an override, print its
line and reason, and the calibration that would apply without it.

Exit status: 0 one calibration applies, 1 none or several apply, 2 wrong usage."""
SHOWN = 8
_ELSEWHERE = {"detector": "for other detectors", "filter": "for other filters"}
EXAMPLES = """\
curator why --type defects --detector S29 --date 2025-05-14T03:30:00
curator why --type defects --detector S29 --date 2025-05-14 \\
    --registry butler:/repo/main"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--type", metavar="T", required=True, help="dataset type")
    add_exposure(parser)
    add_place(parser)
    add_overrides(parser)
    parser.add_argument("-v", "--verbose", action="store_true", help="list all other calibrations")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.repository.selection.absence import absence
    from curator.repository.selection.overrides import Overridden
    from curator.repository.selection.resolve_names import request_of

    exposure = exposure_of(args)
    catalogue, names = catalogue_of(args)
    warn_of_problems(catalogue)
    selector = selector_of(args, catalogue, names)
    request = request_of(exposure, names, args.type)
    answer = selector.select(request)
    if args.format == "json":
        _print_json(answer, list(selector.explain(request)))
        return int(answer.status != "found")
    if isinstance(answer, Overridden):
        _say_overridden(answer)
    elif absent := absence(request, catalogue):
        tell(escape(absent))
    else:
        _say_answer(answer)
    _say_others(list(selector.explain(request)), verbose=args.verbose)
    return int(answer.status != "found")


def _print_json(answer: Answer, others: list[Rejection]) -> None:
    """Print the answer as `curator select` does, and each calibration that does not apply with the reason."""
    from curator.cli.ask._answers import json_facts

    request = answer.request
    asked = {
        "camera": request.camera,
        "dataset_type": request.dataset_type,
        "detector": request.detector,
        "physical_filter": request.physical_filter,
        "begin": request.begin.isoformat(),
        "end": request.end.isoformat(),
    }
    rejected = [
        {
            "path": str(one.entry.path),
            "clause": one.clause,
            "date": one.date.isoformat() if one.date else None,
            "distance": one.distance.total_seconds(),
            "reason": _because(one),
        }
        for one in others
    ]
    say_json(request=asked, status=answer.status, **json_facts(answer), not_chosen=rejected)


def _say_answer(answer: Answer) -> None:
    from curator.repository.selection.selection import validity

    request = answer.request
    what = escape(_what(request))
    if answer.status == "none":
        tell(f"no certified {what} is valid {_when(request)}")
        return
    for entry in dict.fromkeys(answer.entries):
        _say_path(entry)
        ends = {"derived": ", when the next one begins", "written": ", as VALIDEND says"}
        why = ends.get(entry.end_source, "") if entry.ranges[-1][1] == entry.end else ""
        tell(f"holds {validity(entry)}{why}", "  ")
        for one in entry.deprecations:
            tell(f"must not be used {one.when}: {escape(one.reason)}", "  ")
        _say_origin(entry)
    if answer.status == "found":
        tell(f"the only certified {what} that is valid {_when(request)}", "  ")
    else:
        tell(f"ambiguous: {len(answer.entries)} certified {what} are valid {_when(request)}")


def _say_origin(entry: Entry) -> None:
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
        tell(escape(f"{said}{f': {stamp.subject}' if known.commit and stamp.subject else ''}"), "  ")


def _say_overridden(answer: Overridden) -> None:
    from curator.repository.selection.selection import validity

    request = answer.request
    for one in answer.overrides:
        _say_path(one.entry)
        tell(f"{escape(one.place)} chooses it {_interval(one.begin, one.end)}:", "  ")
        tell(escape(one.reason), "    ", hang="")
        if one.entry.status != "certified":
            say(f"  it is {one.entry.status} itself")
    chosen = {one.entry.path for one in answer.overrides}
    for entry in answer.entries:
        if entry.path not in chosen:
            _say_path(entry)
            tell(f"is valid {validity(entry)}, except where it is overridden", "  ")
    if answer.status == "ambiguous":
        tell(f"ambiguous: {len(answer.entries)} are valid {_when(request)}")
    say("otherwise:" if answer.otherwise.entries else "otherwise nothing would be valid")
    for entry in answer.otherwise.entries:
        say(f"  {escape(str(entry.path))}")
        tell(f"holds {validity(entry)}", "    ")


def _say_path(entry: Entry) -> None:
    say(paint(escape(str(entry.path)), "bold"))


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


def _say_others(others: list[Rejection], *, verbose: bool) -> None:
    alike = [one for one in others if one.clause not in _ELSEWHERE]
    shown = others if verbose else alike[:SHOWN]
    if others:
        say("not chosen:")
    for one in shown:
        say(f"  {escape(str(one.entry.path))}")
        tell(_because(one), "    ")
    left = Counter(_ELSEWHERE.get(one.clause, "at other times") for one in others if one not in shown)
    for words, count in left.items():
        say(f"  {count} {words} (--verbose lists {'it' if count == 1 else 'them'})")


def _because(one: Rejection) -> str:
    entry = one.entry
    if one.clause == "uncertified":
        return "would be valid, but is not certified: its header has no VALIDSTART"
    if one.clause == "deprecated":
        return f"is deprecated then: {escape(one.reason)}"
    date = one.date.isoformat() if one.date else ""
    if one.clause == "ended":
        how = {"derived": "when the next one began", "written": "as VALIDEND says"}.get(entry.end_source, "")
        how = how if one.date == entry.end else "when it no longer replaced another one"
        return f"ended {date} UTC, {how}: {_span(one.distance)} before"
    if one.clause == "begins":
        return f"begins {date} UTC: {_span(one.distance)} later"
    if one.clause == "detector":
        return f"is for detector {escape(entry.data_id.detector_name or 'none')}"
    return f"is for filter {escape(entry.data_id.physical_filter or 'none')}"


def _span(distance: timedelta) -> str:
    if distance.days:
        return f"{distance.days} day{'' if distance.days == 1 else 's'}"
    if distance.seconds >= 3600:
        return f"{distance.seconds / 3600:.1f} hours"
    seconds = distance.total_seconds()
    return f"{seconds:.6g} second{'' if seconds == 1 else 's'}"
