"""Coverage as it is drawn: alike rows in one, and a time axis on which every change can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.repository.coverage import Coverage

__all__ = ["Axis", "Row", "rows"]

# A first start this much longer before the second than all else takes says "since ever", such as 1970-01-01.
_FAR = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """The data IDs of one camera, dataset type and filter that are covered alike.

    Parameters
    ----------
    camera, dataset_type, physical_filter : str
        Empty if the type has none.
    detectors : tuple of str
        Empty if the type has none.
    coverage : Coverage
        Of the first of them.
    """

    camera: str
    dataset_type: str
    physical_filter: str
    detectors: tuple[str, ...]
    coverage: Coverage

    @property
    def detector(self) -> str:
        """The one detector, or how many there are."""
        if len(self.detectors) < 2:
            return "".join(self.detectors)
        return f"{len(self.detectors)} detectors ({self.detectors[0]} …)"


def rows(found: Sequence[Coverage]) -> list[Row]:
    """Return rows in the order of ``found``; those that differ by nothing but the detector are one."""
    groups: dict[tuple[object, ...], list[Coverage]] = {}
    for one in found:
        data_id = one.data_id
        ranges = tuple((span.start, span.end) for span in one.ranges)
        key = (data_id.camera, data_id.dataset_type, data_id.physical_filter, ranges)
        groups.setdefault(key, []).append(one)
    return [
        Row(
            group[0].data_id.camera,
            group[0].data_id.dataset_type,
            group[0].data_id.physical_filter or "",
            tuple(one.data_id.detector for one in group if one.data_id.detector is not None),
            group[0],
        )
        for group in groups.values()
    ]


@dataclass(frozen=True, slots=True)
class Axis:
    """From when to when time is drawn.

    Parameters
    ----------
    begin, end : datetime
        UTC.
    is_cut : bool
        Something begins before ``begin``: far away, where nothing else happens.
    changes_until : datetime
        The last change; ``end`` is a little later, so that what holds then can be seen.
    """

    begin: datetime
    end: datetime
    is_cut: bool
    changes_until: datetime

    @classmethod
    def of(cls, found: Sequence[Coverage]) -> Axis:
        """Return the axis on which all changes of ``found``, which is not empty, can be told apart."""
        spans = [(span.start, span.end) for one in found for span in one.ranges]
        moments = sorted({start for start, _ in spans} | {end for _, end in spans if end is not None})
        first, last = moments[0], moments[-1]
        rest = moments[1:]
        is_cut = len(rest) > 1 and rest[0] - first > _FAR * (last - rest[0])
        begin = rest[0] if is_cut else first
        length = (last - begin) or timedelta(days=365)
        margin = length / 12
        return cls(_shifted(begin, -margin if is_cut else -margin / 8), _shifted(last, margin), is_cut, last)


def _shifted(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return moment
