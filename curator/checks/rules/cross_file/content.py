"""CUR408: was a file copied from one detector to another?"""

from __future__ import annotations

from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.cross_file.facts import Facts
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.layout.path_parser import Member

__all__: list[str] = []

_BOXES = ("defects", "manual_defects")


@rule("CUR408", "same content for two detectors", severity="warning", scope="set", given="complete")
def same_content(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """Two sensors never have the same defects or curves by chance. Probably a file was copied for another
    detector, and only its header was changed.

    Short content (no or few boxes, a constant curve) is ignored, and so is content that many detectors share,
    which is a nominal curve.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        file: ExampleCam/defects/s10/20200101T000000.ecsv
    """
    for group in sorted(sets.complete):
        by_filter: dict[str, dict[str, dict[str, Member]]] = {}
        for member in sorted(sets.groups[group], key=lambda member: (member.start, member.path)):
            known = (
                sets.facts(member)
                if member.detector and (sets.whole or member.path in sets.checked)
                else None
            )
            if known and known.telling and known.digest and _is_in_place(member, known, sets):
                same = by_filter.setdefault(member.filter, {}).setdefault(known.digest, {})
                same.setdefault(member.detector, member)
        for contents in by_filter.values():
            for several in _odd(contents, boxes=group.type in _BOXES):
                first, *others = several.values()
                for other in others:
                    if sets.concern(first.path, other.path):
                        yield ctx.finding(
                            (1, 1, 0),
                            f"{first.path} has the same content",
                            hint="check whether one was copied by mistake; "
                            "if both are right, suppress this in curator.yaml",
                            path=other.path,
                            topic="another detector has the same content",
                        )


def _is_in_place(one: Member, known: Facts, sets: CalibrationSets) -> bool:
    """Whether a file is for the detector that it stands below; if not, that is said of the file."""
    camera = sets.camera(one.camera, one.start)
    detector = camera.detector_at(one.detector) if camera else None
    return detector is not None and known.detector in ("", str(detector.id))


def _odd(contents: dict[str, dict[str, Member]], *, boxes: bool) -> Iterator[dict[str, Member]]:
    """Give the contents that a few detectors share where others have their own."""
    shared = [members for members in contents.values() if len(members) > 1]
    if not shared:
        return
    detectors = {name for members in contents.values() for name in members}
    alone = len(detectors - {name for members in shared for name in members})
    for members in shared:
        others = len(detectors) - len(members)
        # A nominal curve for the few that nobody could measure is on purpose, a list of boxes never.
        few = len(members) <= max(2, len(detectors) // 10 if boxes else 0)
        if few and ((alone and 2 * alone >= others) or (boxes and others == 0)):
            yield members
