"""CUR41x: do the files of a camera fit one another, and its calibrations?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.time.dates import format_date, parse_date
from curator.checks.context import shown
from curator.checks.rule import rule
from curator.errors import CalibrationError
from curator.repository.layout.path_parser import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.calibrations.cameras.camera import Camera
    from curator.checks.context import Context
    from curator.checks.finding import Finding
    from curator.checks.sets import Sets
    from curator.repository.layout.path_parser import Member

__all__: list[str] = []

_HERE = (1, 1, 0)
_NAMED = 5
# Whose content names amplifiers.
_AMPLIFIERS = ("bfk", "crosstalk", "linearizer", "transmission_sensor")


class _Step(NamedTuple):
    """Two camera files of which one follows the other."""

    earlier: Member
    before: Camera
    later: Member
    after: Camera


def _steps(sets: Sets) -> Iterator[_Step]:
    for group, members in list(sets.groups.items()):
        if group.type == "camera":
            ordered = sorted(members, key=lambda one: (one.start, one.path))
            for earlier, later in pairwise(ordered):
                before = sets.camera(group.camera, earlier.start)
                after = sets.camera(group.camera, later.start)
                if before and after and sets.concern(earlier.path, later.path):
                    yield _Step(earlier, before, later, after)


@rule(
    "CUR413", "detector changes its id or filter its band", severity="warning", scope="set", given="cameras"
)
def identity(sets: Sets, ctx: Context) -> Iterator[Finding]:
    """Ids of detectors and bands of filters are fixed in headers and registries: if a name means something
    else from one day on, older data are taken for those of another detector.

    Bad::

        file: ExampleCam/camera/20210101T000000.yaml
        detectors:
        - {name: "S00", id: 1, width: 2048, height: 4096, serial: "CCD-011", amplifiers: ["A", "B"]}
        - {name: "S01", id: 0, width: 2048, height: 4096, serial: "CCD-012", amplifiers: ["A", "B"]}
        - {name: "S10", id: 2, width: 2048, height: 4096, serial: "CCD-013", amplifiers: ["A", "B"]}
        - {name: "S11", id: 3, width: 2048, height: 4096, serial: "CCD-014", amplifiers: ["A", "B"]}
    """
    for step in _steps(sets):
        ids = {one.name: one.id for one in step.before.detectors}
        bands = {one.name: one.band for one in step.before.filters}
        changed = [
            f"{one.name} has id {one.id}, not {ids[one.name]}"
            for one in step.after.detectors
            if ids.get(one.name, one.id) != one.id
        ]
        changed += [
            f"{one.name} has band {shown(one.band)}, not {shown(bands[one.name])}"
            for one in step.after.filters
            if one.band and bands.get(one.name) and bands[one.name] != one.band
        ]
        if changed:
            yield ctx.finding(
                _HERE,
                f"{'; '.join(changed[:_NAMED])}{_more(changed)} as in {step.earlier.path}",
                hint="a name keeps its id; a new device in its place has another serial number only",
                path=step.later.path,
                topic="detectors or filters are not those of the camera file before",
            )


@rule("CUR414", "camera drops what calibrations still name", severity="warning", scope="set", given="cameras")
def dropped(sets: Sets, ctx: Context) -> Iterator[Finding]:
    """A camera file takes the place of the one before it. Calibrations for a detector, amplifier or filter
    that it no longer has, and that go on to hold, are for nothing anybody can look up.

    If the device is gone, its last calibrations should end (VALIDEND); else it was forgotten in the new file.

    Bad::

        file: ExampleCam/camera/20210101T000000.yaml
        detectors:
        - {name: "S01", id: 1, width: 2048, height: 4096, serial: "CCD-012", amplifiers: ["A", "B"]}
        - {name: "S10", id: 2, width: 2048, height: 4096, serial: "CCD-013", amplifiers: ["A", "B"]}
        - {name: "S11", id: 3, width: 2048, height: 4096, serial: "CCD-014", amplifiers: ["A", "B"]}
        file: ExampleCam/defects/s00/20200101T000000.ecsv
    """
    for step in _steps(sets):
        lost = list(_lost(step))
        holding = _Holding(sets, step.later) if lost else None
        named = [
            f"{what} ({', '.join(types)})"
            for what, key, only in lost
            if holding and (types := holding.types(key, only))
        ]
        if named:
            yield ctx.finding(
                _HERE,
                f"{', '.join(named[:_NAMED])}{_more(named)} of {step.earlier.path} "
                f"{'is' if len(named) == 1 else 'are'} gone, but calibrations hold on",
                hint="add what was forgotten, or end the last calibrations with VALIDEND",
                path=step.later.path,
                topic="calibrations hold on for what is gone",
            )


def _lost(step: _Step) -> Iterator[tuple[str, tuple[str, str], tuple[str, ...]]]:
    """Give what the later file lacks: its name, its directory, and the types it matters to."""
    for detector in step.before.detectors:
        now = step.after.detector_at(detector.directory)
        if now is None:
            yield f"detector {detector.name}", (detector.directory, ""), ()
        elif now.amplifiers and (gone := [one for one in detector.amplifiers if one not in now.amplifiers]):
            names = ", ".join(gone[:_NAMED])
            yield f"amplifier {names} of {detector.name}", (detector.directory, ""), _AMPLIFIERS
    for physical_filter in step.before.filters:
        if step.after.filter_at(physical_filter.directory) is None:
            yield f"filter {physical_filter.name}", ("", physical_filter.directory), ()


class _Holding:
    """Which types have a calibration that begins before a camera file and holds on."""

    def __init__(self, sets: Sets, later: Member) -> None:
        self._sets = sets
        last: dict[tuple[str, str, str], Member] = {}
        for members in sets.all_of(later.camera):
            for one in members:
                key = (one.type, one.detector, one.filter)
                if one.start < later.start and (key not in last or last[key].start < one.start):
                    last[key] = one
        self._types: dict[tuple[str, str], set[str]] = {}
        for one in last.values():
            for place in {(one.detector, ""), ("", one.filter)} - {("", "")}:
                if not self._ends(one, later):
                    self._types.setdefault(place, set()).add(one.type)

    def _ends(self, one: Member, later: Member) -> bool:
        known = self._sets.facts(one)
        try:
            return known is None or bool(known.valid_end and parse_date(known.valid_end) <= later.start)
        except CalibrationError:
            return False  # CUR112 says what is wrong with it

    def types(self, key: tuple[str, str], only: tuple[str, ...]) -> list[str]:
        found = self._types.get(key, set())
        return sorted(found.intersection(only) if only else found)


@rule("CUR415", "holds only before the camera is described", severity="info", scope="set", given="cameras")
def before_camera(sets: Sets, ctx: Context) -> Iterator[Finding]:
    """The camera's first file says from when on detectors and filters are known; this calibration ends, or
    another takes its place, before that. Is the date of one of them wrong?

    Bad::

        file: ExampleCam/defects/s00/20180101T000000.ecsv
        file: ExampleCam/defects/s00/20190101T000000.ecsv
    """
    for group, members in sorted(sets.groups.items()):
        cameras = sets.groups.get(Group(group.camera, "camera"))
        if not cameras or group.type == "camera":
            continue
        begin = min(one.start for one in cameras)
        following: dict[tuple[str, str], Member] = {}
        for one in sorted(members, key=lambda one: (one.start, one.path), reverse=True):
            after = following.get((one.detector, one.filter))
            following[one.detector, one.filter] = one
            if after and one.start < after.start <= begin:
                yield ctx.finding(
                    _HERE,
                    f"{after.path} takes its place before {group.camera} is described ({format_date(begin)})",
                    hint="check the dates; the camera's first file may begin too late",
                    path=one.path,
                    topic="another takes its place before the camera is described",
                )


def _more(names: list[str]) -> str:
    return f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
