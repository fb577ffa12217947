"""CUR420: was a list emptied on purpose?"""

from __future__ import annotations

from itertools import groupby, pairwise

from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.repository.layout.path_parser import Member

__all__: list[str] = []

_BOXES = ("defects", "manual_defects")


@rule("CUR420", "empty list follows a list with boxes", severity="warning", scope="set", given="empty")
def emptied(sets: CalibrationSets, ctx: Context) -> Iterator[Finding]:
    """From the start of an empty list on, no pixel of the detector is masked. Defects rarely disappear, and
    the list may be unfinished. Suppress this finding if the list is empty on purpose.

    Bad::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        file: ExampleCam/defects/s00/20210101T000000.ecsv
        x0 y0 width height

    Good::

        file: ExampleCam/defects/s00/20200101T000000.ecsv
        x0 y0 width height
        file: ExampleCam/defects/s00/20210101T000000.ecsv
    """
    for group, members in sorted(sets.groups.items()):
        if group.type not in _BOXES:
            continue
        used = [
            member for member in sorted(sets.compared(members), key=_order) if _is_certified(member, sets)
        ]
        for _, same in groupby(used, key=lambda member: member.detector):
            for before, after in pairwise(same):
                if sets.concern(after.path) and _is_empty(after, sets) and _is_empty(before, sets) is False:
                    yield ctx.finding(
                        (1, 1, 0),
                        f"this list is empty, but {before.path} before it is not",
                        hint="add the boxes that are still valid; if there are none, suppress "
                        "this in curator.yaml",
                        path=after.path,
                        topic="this list is empty, but the list before it is not",
                    )


def _order(one: Member) -> tuple[object, ...]:
    return one.detector, one.start, one.path


def _is_certified(one: Member, sets: CalibrationSets) -> bool:
    known = sets.facts(one)
    return known is not None and (sets.profile.certified_by == "name" or bool(known.valid_start))


def _is_empty(one: Member, sets: CalibrationSets) -> bool | None:
    """Whether a list has no box; `None` where that cannot be told."""
    if not sets.content(one):
        return None
    known = sets.facts(one)
    return bool(known and known.empty)
