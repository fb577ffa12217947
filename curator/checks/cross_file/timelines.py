"""Calibrations for the same thing in the order of time, where any of them says when it is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.catalogue.deprecation_effects import lines
from curator.repository.git.tree_entry import TreeEntry as Listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.layout.path_parser import Member
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Timelines"]


class Timelines:
    """Iterated, gives for each thing what is certified for it, deprecated or not, by start.

    Parameters
    ----------
    sets : CalibrationSets
    snapshot : Snapshot
    ending : sequence of Member
        Calibrations that say when they end, or are deprecated; without them nothing overlaps or leaves a gap.
    """

    def __init__(self, sets: CalibrationSets, snapshot: Snapshot, ending: Sequence[Member]) -> None:
        # By camera, type and detector: a filter may have directories of several names.
        wanted = {(member.camera, member.type, member.detector) for member in ending}
        related = [
            one
            for members in sets.groups.values()
            for one in sets.compared(members)
            if (one.camera, one.type, one.detector) in wanted
        ]
        said = {member.path: known.header for member in related if (known := sets.facts(member))}
        listed = [Listed(path, 0o100644) for path in said]
        found = Catalogue.of(snapshot, sets.config, sets.profile, said, listed).entries
        self._lines = lines(found)
        sure = {str(entry.path) for entry in found}
        self._unsure: dict[tuple[str, str, str], list[datetime]] = {}
        for member in related:
            if member.path not in sure:
                self._unsure.setdefault((member.camera, member.type, member.detector), []).append(
                    member.start
                )

    def __iter__(self) -> Iterator[list[Entry]]:
        return iter(self._lines)

    def may_hold(self, entry: Entry, until: datetime) -> bool:
        """Whether a file that cannot be read, or whose end cannot, may hold from an entry's start on."""
        path = entry.path
        starts = self._unsure.get((path.camera, path.dataset_type, (path.detector or "").lower()), ())
        return any(entry.start <= start < until for start in starts)
