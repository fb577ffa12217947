"""CUR40x: do the calibrations for one thing follow one another?"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from curator.calibrations.time.dates import format_date
from curator.checks.model.context import shown
from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.layout.path_parser import Member

__all__: list[str] = []

# A last second or minute that was written as if it still belonged to the range.
_SHORT = 60


@rule("CUR401", "validity ranges overlap", scope="set", given="related")
def overlap(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """While two calibrations are valid at once, the choice between them is arbitrary, and a registry refuses
    to certify both. Remove VALIDEND, or set it to the start of the next calibration.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VALIDEND: '2022-01-01T00:00:00'}
        file: ExampleCam/defects/s00/20210101T000000.ecsv

    Good::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VALIDEND: '2021-01-01T00:00:00'}
        file: ExampleCam/defects/s00/20210101T000000.ecsv
    """
    for line in sets.timelines:
        last: Entry | None = None
        said: set[str] = set()
        for entry in line:
            if (
                last
                and last.end
                and last.start < entry.start < last.end
                and str(last.path) not in said
                and _share(last, entry)
            ):
                path, other = str(last.path), str(entry.path)
                said.add(path)
                if sets.concern(path, other):
                    yield sets.finding_in(
                        ctx,
                        path,
                        "VALIDEND",
                        f"VALIDEND is {format_date(last.end)}, but {other} holds from "
                        f"{format_date(entry.start)} on",
                        f"write {format_date(entry.start)}, or remove VALIDEND: validity then ends "
                        "when the next calibration starts",
                        "VALIDEND is after the start of the next calibration",
                    )
            if entry.end_source == "written" and (last is None or not last.end or entry.end > last.end):  # type: ignore[operator]
                last = entry


def _share(one: Entry, other: Entry) -> bool:
    """Whether two are used at one time; what is deprecated is not."""
    return any(
        begin < (end or datetime.max) and start < (stop or datetime.max)
        for start, end in one.ranges
        for begin, stop in other.ranges
    )


@rule("CUR402", "calibrations of one filter under two names", scope="set", given="related")
def two_names(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """A filter and its alias are the same filter. If two files for it start at the same time, the choice
    between them is arbitrary. Keep one file, in the directory of the filter's name.

    Bad::

        file: ExampleCam/camera/20200101T000000.yaml
        filters:
        - {name: "g_01", band: "g", aliases: ["green"]}
        file: ExampleCam/transmission_filter/g_01/20200101T000000.ecsv
        file: ExampleCam/transmission_filter/green/20200101T000000.ecsv
    """
    for members in sets.groups.values():
        filtered = (member for member in members if member.filter)
        at_once: dict[tuple[str, datetime], list[Member]] = {}
        for one in filtered:
            at_once.setdefault((one.detector, one.start), []).append(one)
        for several in at_once.values():
            if len(several) > 1:
                yield from _twins(several, sets, ctx)


def _twins(members: list[Member], sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    camera = sets.camera(members[0].camera, members[0].start)
    if camera is None:
        return
    first: dict[str, Member] = {}
    for member in members:
        known = camera.filter_at(member.filter)
        if known is None:
            continue
        other = first.setdefault(known.name, member)
        if other.filter != member.filter and sets.concern(member.path, other.path):
            yield ctx.finding(
                (1, 1, 0),
                f"{other.path} is for the same filter {shown(known.name)} and starts at the same time",
                hint=f"keep one of the files, in {known.directory}/",
                path=member.path,
                topic="another file is for the same filter and begins at the same moment",
            )


@rule("CUR403", "gap between validity ranges", severity="warning", scope="set", given="related")
def gap(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """VALIDEND is the end of validity (excluded). Between it and the next start no calibration is valid, and
    data from that time cannot be processed.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VALIDEND: '2020-12-31T23:59:59'}
        file: ExampleCam/defects/s00/20210101T000000.ecsv
    """
    for line in sets.timelines:
        reach = line[0]
        for entry in line[1:]:
            if reach.end is None:
                break
            if reach.end < entry.start and not sets.may_hold(reach, entry.start):
                path, other = str(reach.path), str(entry.path)
                if sets.concern(path, other):
                    seconds = (entry.start - reach.end).total_seconds()
                    yield sets.finding_in(
                        ctx,
                        path,
                        "VALIDEND",
                        f"VALIDEND is {format_date(reach.end)}, but the next, {other}, holds only from "
                        f"{format_date(entry.start)} on",
                        f"write {format_date(entry.start)}"
                        if seconds <= _SHORT
                        else "if it is valid until then, remove VALIDEND",
                        "VALIDEND is before the start of the next calibration",
                    )
            if entry.end is None or entry.end > reach.end:
                reach = entry


@rule("CUR409", "same SOURCE and VERSION, different data", severity="warning", scope="set", given="related")
def same_source(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """SOURCE and VERSION name the measurement from which a calibration was made. Two calibrations of the same
    type and data ID with the same measurement cannot differ. Probably the header was copied, and the origin
    of the later data is unknown.

    Bad (transmission_filter)::

        file: ExampleCam/transmission_filter/g_01/20200101T000000.ecsv
        # - {SOURCE: scan by the maker}
        # - {VERSION: 1.0}
        file: ExampleCam/transmission_filter/g_01/20210101T000000.ecsv
        # - {SOURCE: scan by the maker}
        # - {VERSION: 1.0}
        wavelength efficiency
        360.0 0.0
        480.0 96.0
        600.0 0.0

    Good (transmission_filter)::

        file: ExampleCam/transmission_filter/g_01/20200101T000000.ecsv
        # - {SOURCE: scan by the maker}
        # - {VERSION: 1.0}
        file: ExampleCam/transmission_filter/g_01/20210101T000000.ecsv
        # - {SOURCE: scan by the maker}
        # - {VERSION: 1.1}
        wavelength efficiency
        360.0 0.0
        480.0 96.0
        600.0 0.0
    """
    for members in sets.groups.values():
        ordered = sorted(
            sets.compared(members),
            key=lambda member: (member.detector, member.filter, member.start, member.path),
        )
        for _, same in groupby(ordered, key=lambda member: (member.detector, member.filter)):
            first: dict[tuple[str, str], Member] = {}
            for member in _sourced(list(same), sets):
                known = sets.facts(member)
                if known is None or not known.source or not known.version:
                    continue
                other = first.setdefault((known.source, known.version), member)
                contents = sets.content(other), sets.content(member)
                if contents[0] != contents[1] and all(contents) and sets.concern(member.path, other.path):
                    yield sets.finding_in(
                        ctx,
                        member.path,
                        "VERSION",
                        f"SOURCE {shown(known.source)} and VERSION {known.version} are also those of "
                        f"{other.path}, whose data differ",
                        "give the file with other data its own SOURCE or VERSION",
                        "another file with the same SOURCE and VERSION has other data",
                    )


def _sourced(same: list[Member], sets: CalibrationSets) -> list[Member]:
    """Return files for one thing if any that is checked names SOURCE and VERSION, else nothing."""
    named = (sets.facts(member) for member in same if len(same) > 1 and sets.concern(member.path))
    return same if any(known and known.source and known.version for known in named) else []
