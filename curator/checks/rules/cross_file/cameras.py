"""CUR41x: do the files of a camera fit one another, and its calibrations?"""

from __future__ import annotations

from itertools import pairwise

from curator.calibrations.time.dates import format_date, parse_date
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.errors import CalibrationError
from curator.repository.layout.path_parser import TypeFolder
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.calibrations.cameras.camera import Camera
    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.layout.path_parser import Member

__all__: list[str] = []

_HERE = (1, 1, 0)
_NAMED = 5
# Whose content names amplifiers.
_AMPLIFIERS = ("bfk", "crosstalk", "linearizer", "transmission_sensor")


class _CameraChange(NamedTuple):
    """Two camera files of which one follows the other."""

    earlier: Member
    before: Camera
    later: Member
    after: Camera


def _steps(sets: CalibrationSets) -> Iterator[_CameraChange]:
    for group, members in list(sets.groups.items()):
        if group.type == "camera":
            ordered = sorted(members, key=lambda member: (member.start, member.path))
            for earlier, later in pairwise(ordered):
                before = sets.camera(group.camera, earlier.start)
                after = sets.camera(group.camera, later.start)
                if before and after and sets.concern(earlier.path, later.path):
                    yield _CameraChange(earlier, before, later, after)


@rule("CUR413", "detector ID or filter band changes", severity="warning", scope="set", given="cameras")
def identity(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Headers and registries use the ids of detectors and the bands of filters. If one of them changes,
    readers assign older data to another detector or band.

    Bad::

        file: ExampleCam/camera/20210101T000000.yaml
        detectors:
        - {name: "S00", id: 1, width: 2048, height: 4096, serial: "CCD-011", amplifiers: ["A", "B"]}
        - {name: "S01", id: 0, width: 2048, height: 4096, serial: "CCD-012", amplifiers: ["A", "B"]}
        - {name: "S10", id: 2, width: 2048, height: 4096, serial: "CCD-013", amplifiers: ["A", "B"]}
        - {name: "S11", id: 3, width: 2048, height: 4096, serial: "CCD-014", amplifiers: ["A", "B"]}
    """
    for step in _steps(sets):
        ids = {detector.name: detector.id for detector in step.before.detectors}
        bands = {band_filter.name: band_filter.band for band_filter in step.before.filters}
        changed = [
            f"{detector.name} has id {detector.id}, not {ids[detector.name]}"
            for detector in step.after.detectors
            if ids.get(detector.name, detector.id) != detector.id
        ]
        changed += [
            f"{band_filter.name} has band {shown(band_filter.band)}, not {shown(bands[band_filter.name])}"
            for band_filter in step.after.filters
            if band_filter.band
            and bands.get(band_filter.name)
            and bands[band_filter.name] != band_filter.band
        ]
        if changed:
            yield ctx.finding(
                _HERE,
                f"{'; '.join(changed[:_NAMED])}{_more(changed)} as in {step.earlier.path}",
                hint="a detector name keeps its ID; a replacement device only gets a new serial number",
                path=step.later.path,
                topic="detectors or filters differ from the previous camera file",
            )


@rule(
    "CUR414",
    "camera drops a detector or filter still in use",
    severity="warning",
    scope="set",
    given="cameras",
)
def dropped(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """A camera file replaces the previous one. Calibrations of a detector, amplifier or filter that it does
    not contain are still valid, but readers cannot find them.

    If the device was removed, end its last calibrations with VALIDEND; else add it to the new camera file.

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
                f"{'is' if len(named) == 1 else 'are'} removed, but calibrations are still valid",
                hint="add the missing entries, or end the last calibrations with VALIDEND",
                path=step.later.path,
                topic="calibrations are still valid for a removed detector or filter",
            )


def _lost(step: _CameraChange) -> Iterator[tuple[str, tuple[str, str], tuple[str, ...]]]:
    """Give what the later file lacks: its name, its directory, and the types it matters to."""
    for detector in step.before.detectors:
        now = step.after.detector_at(detector.directory)
        if now is None:
            yield f"detector {detector.name}", (detector.directory, ""), ()
        elif now.amplifiers and (
            gone := [amplifier for amplifier in detector.amplifiers if amplifier not in now.amplifiers]
        ):
            names = ", ".join(gone[:_NAMED])
            yield f"amplifier {names} of {detector.name}", (detector.directory, ""), _AMPLIFIERS
    for physical_filter in step.before.filters:
        if step.after.filter_at(physical_filter.directory) is None:
            yield f"filter {physical_filter.name}", ("", physical_filter.directory), ()


class _Holding:
    """Which types have a calibration that begins before a camera file and holds on."""

    def __init__(self, sets: CalibrationSets, later: Member) -> None:
        self._sets = sets
        last: dict[tuple[str, str, str], Member] = {}
        for members in sets.all_of(later.camera):
            for member in members:
                key = (member.type, member.detector, member.filter)
                if member.start < later.start and (key not in last or last[key].start < member.start):
                    last[key] = member
        self._types: dict[tuple[str, str], set[str]] = {}
        for entry in last.values():
            for place in {(entry.detector, ""), ("", entry.filter)} - {("", "")}:
                if not self._ends(entry, later):
                    self._types.setdefault(place, set()).add(entry.type)

    def _ends(self, one: Member, later: Member) -> bool:
        known = self._sets.facts(one)
        try:
            return known is None or bool(known.valid_end and parse_date(known.valid_end) <= later.start)
        except CalibrationError:
            return False  # CUR112 says what is wrong with it

    def types(self, key: tuple[str, str], only: tuple[str, ...]) -> list[str]:
        found = self._types.get(key, set())
        return sorted(found.intersection(only) if only else found)


@rule(
    "CUR415",
    "valid only before the first camera file",
    severity="info",
    scope="set",
    given="cameras",
)
def before_camera(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """The first camera file defines from when on detectors and filters are known. This calibration ends, or
    is replaced, before that. Check both dates.

    Bad::

        file: ExampleCam/defects/s00/20180101T000000.ecsv
        file: ExampleCam/defects/s00/20190101T000000.ecsv
    """
    for group, members in sorted(sets.groups.items()):
        cameras = sets.groups.get(TypeFolder(group.camera, "camera"))
        if not cameras or group.type == "camera":
            continue
        begin = min(camera.start for camera in cameras)
        following: dict[tuple[str, str], Member] = {}
        for member in sorted(members, key=lambda member: (member.start, member.path), reverse=True):
            after = following.get((member.detector, member.filter))
            following[member.detector, member.filter] = member
            if after and member.start < after.start <= begin:
                yield ctx.finding(
                    _HERE,
                    f"{after.path} replaces it before the first camera file of {group.camera} "
                    f"({format_date(begin)})",
                    hint="check the dates; the first camera file may start too late",
                    path=member.path,
                    topic="another calibration replaces it before the first camera file starts",
                )


def _more(names: list[str]) -> str:
    return f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
