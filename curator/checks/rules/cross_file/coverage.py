"""CUR40x: is there a calibration for everything that needs one?"""

from __future__ import annotations

from datetime import datetime

from curator.calibrations.time.dates import format_date
from curator.checks.model.rule import rule
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curator.calibrations.cameras.camera import Camera, Detector
    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.layout.path_parser import Member, TypeFolder

__all__: list[str] = []

_HERE = (1, 1, 0)
# Fewer are no set: some of them may do without.
_SET = 4
_NAMED = 5


@rule(
    "CUR404",
    "no calibration at the start of operations",
    severity="info",
    scope="set",
    given="complete",
)
def beginning(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """The camera file contains the start of operations. Data from before the first calibration of a type
    cannot be processed with it.

    A start of 1970-01-01 means that the start is unknown; there is no finding then.

    Bad::

        file: ExampleCam/defects/s00/20200301T000000.ecsv
        file: ExampleCam/defects/s01/20200301T000000.ecsv
        x0 y0 width height
        10 0 2 4096
    """
    for group, members in _complete(sets):
        first = min(members, key=lambda member: (member.start, member.path))
        camera = sets.camera(group.camera, first.start)
        if camera is None or camera.start is None or camera.start.year <= 1970 or group.type == "camera":
            continue
        if first.start > camera.start and sets.concern(first.path):
            yield ctx.finding(
                _HERE,
                f"no {group.type} is valid before {format_date(first.start)}, but {camera.name} began on "
                f"{format_date(camera.start)}",
                hint="if the first files are valid from then on, rename them to that date",
                path=first.path,
                topic=f"no {group.type} is valid at the start of operations",
            )


@rule("CUR405", "detectors missing from a set", severity="warning", scope="set", given="complete")
def missing(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Nearly all similar detectors have a calibration from this date on, but a few have none, not even an
    older one. Data of these detectors cannot be processed.

    Detectors are similar if the camera file gives them the same type, size and number of amplifiers.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        file: ExampleCam/defects/s01/20200101T000000.ecsv
        x0 y0 width height
        10 0 2 4096
        file: ExampleCam/defects/s10/20200101T000000.ecsv
        x0 y0 width height
        20 0 2 4096
    """
    said: set[tuple[str, str, str, str]] = set()
    for lack in _incomplete(sets, ctx):
        begin = lack.batch[0].start
        gone = [
            one
            for one in lack.absent
            if lack.thing(one) not in said and lack.starts.get(one.directory, (datetime.max,))[0] > begin
        ]
        said.update(map(lack.thing, gone))
        if gone and sets.concern(*(member.path for member in lack.batch)):
            yield _absence(lack, gone, "have none", ctx)


@rule("CUR406", "new set does not replace all detectors", severity="info", scope="set", given="complete")
def left_behind(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Nearly all similar detectors got a new calibration on the same date, but a few still use an older one.
    This is right if nothing changed for them; else a file is missing.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        file: ExampleCam/defects/s01/20200101T000000.ecsv
        x0 y0 width height
        10 0 2 4096
        file: ExampleCam/defects/s10/20200101T000000.ecsv
        x0 y0 width height
        20 0 2 4096
        file: ExampleCam/defects/s11/20200101T000000.ecsv
        x0 y0 width height
        30 0 2 4096
        file: ExampleCam/defects/s00/20210101T000000.ecsv
        file: ExampleCam/defects/s01/20210101T000000.ecsv
        x0 y0 width height
        10 0 3 4096
        file: ExampleCam/defects/s10/20210101T000000.ecsv
        x0 y0 width height
        20 0 3 4096
    """
    said: set[tuple[str, str, str, str]] = set()
    for lack in reversed(_incomplete(sets, ctx)):
        begin = lack.batch[0].start
        older = [
            one
            for one in lack.absent
            if lack.thing(one) not in said and lack.starts.get(one.directory, (datetime.max,))[-1] < begin
        ]
        said.update(map(lack.thing, older))
        if older and sets.concern(*(member.path for member in lack.batch)):
            yield _absence(lack, older, "still use an older one", ctx)


class _Lack(NamedTuple):
    """A set that lacks a few detectors: its files, those detectors, and all starts of every detector."""

    batch: list[Member]
    absent: list[Detector]
    starts: dict[str, list[datetime]]

    def thing(self, detector: Detector) -> tuple[str, str, str, str]:
        one = self.batch[0]
        return one.camera, one.type, one.filter, detector.directory


def _absence(lack: _Lack, absent: Sequence[Detector], what: str, ctx: Context) -> Finding:
    one = lack.batch[0]
    which = f"{one.type} for {one.filter}" if one.filter else one.type
    names = ", ".join(detector.name for detector in absent[:_NAMED])
    more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
    return ctx.finding(
        _HERE,
        f"{len(lack.batch)} of {len(lack.batch) + len(lack.absent)} similar detectors have {which} "
        f"from {format_date(one.start)} on; {names}{more} {what}",
        hint=f"check whether {'a file is' if len(absent) == 1 else 'files are'} missing",
        path=one.path,
        topic=f"{one.type}: a few detectors of a set {what}",
    )


def _incomplete(sets: CalibrationSets, ctx: Context) -> list[_Lack]:
    """Return the sets that lack a few detectors, by type and start."""
    found: list[_Lack] | None = ctx.memo.get("incomplete")
    if found is None:
        found = ctx.memo["incomplete"] = list(_find_incomplete(sets))
    return found


def _find_incomplete(sets: CalibrationSets) -> Iterator[_Lack]:
    """Give the files of a type, filter, start and kind of detector that lack a few."""
    kinds = _Kinds(sets)
    for _, members in _complete(sets):
        if not members[0].detector:
            continue
        batches: dict[tuple[str, datetime], dict[str, Member]] = {}
        starts: dict[str, dict[str, list[datetime]]] = {}
        for member in sorted(members, key=lambda member: (member.start, member.path)):
            batches.setdefault((member.filter, member.start), {}).setdefault(member.detector, member)
            starts.setdefault(member.filter, {}).setdefault(member.detector, []).append(member.start)
        for (physical_filter, _), batch in batches.items():
            if len(batch) >= _SET - 1:
                for equal, absent in kinds.lacking(batch):
                    yield _Lack(equal, absent, starts[physical_filter])


class _Kinds:
    """Which detectors of a camera are alike."""

    def __init__(self, sets: CalibrationSets) -> None:
        self._sets = sets
        self._known: dict[int, dict[object, list[Detector]]] = {}

    def lacking(self, batch: dict[str, Member]) -> Iterator[tuple[list[Member], list[Detector]]]:
        """Give the files of a batch by kind of detector, where a few of the kind are missing, and these."""
        one = next(iter(batch.values()))
        camera = self._sets.camera(one.camera, one.start)
        if camera is None:
            return
        for equal in self._of(camera).values():
            absent = [detector for detector in equal if detector.directory not in batch]
            if len(equal) >= _SET and 0 < len(absent) <= max(1, len(equal) // 10):
                yield [batch[each.directory] for each in equal if each.directory in batch], absent

    def _of(self, camera: Camera) -> dict[object, list[Detector]]:
        kinds = self._known.get(id(camera))
        if kinds is None:
            kinds = self._known[id(camera)] = {}
            for detector in camera.detectors:
                kind = (detector.type, detector.width, detector.height, len(detector.amplifiers))
                kinds.setdefault(kind, []).append(detector)
        return kinds


@rule("CUR407", "filters missing from a set", severity="info", scope="set", given="complete")
def filters(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Nearly all filters with a band have a calibration of this type, but a few have none. Check whether a
    file is missing.

    Bad::

        file: ExampleCam/camera/20200101T000000.yaml
        filters:
        - {name: "g_01", band: "g", aliases: []}
        - {name: "r_01", band: "r", aliases: []}
        - {name: "i_01", band: "i", aliases: []}
        - {name: "z_01", band: "z", aliases: []}
        file: ExampleCam/transmission_filter/g_01/20200101T000000.ecsv
        file: ExampleCam/transmission_filter/r_01/20200101T000000.ecsv
        file: ExampleCam/transmission_filter/i_01/20200101T000000.ecsv
    """
    for group, members in _complete(sets):
        if not members[0].filter:
            continue
        camera = sets.camera(group.camera, max(member.start for member in members))
        if camera is None:
            continue
        found = {camera.filter_at(name) for name in {member.filter for member in members}}
        expected = [each for each in camera.filters if each.band]
        absent = [each.name for each in expected if each not in found]
        few = len(expected) >= _SET and 0 < len(absent) <= max(1, len(expected) // 10)
        if few and sets.concern(*(member.path for member in members)):
            yield ctx.finding(
                _HERE,
                f"{len(expected) - len(absent)} of {len(expected)} filters have {group.type}; "
                f"{', '.join(absent)} {'has' if len(absent) == 1 else 'have'} none",
                hint="check whether a file is missing",
                path=members[0].path,
                topic=f"{group.type}: a few filters have none",
            )


def _complete(sets: CalibrationSets) -> Iterator[tuple[TypeFolder, list[Member]]]:
    """Give the types of which all files are known and in their place."""
    for group in sorted(sets.complete):
        if group not in sets.misplaced:
            yield group, sets.groups[group]
