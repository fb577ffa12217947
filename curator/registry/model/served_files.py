"""What a registry says of certified files, for those who want the files: values, and which range counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from curator.editing.fits_import.pending_import import Construction
from curator.errors import RegistryError
from curator.registry.model.model import DataKey

__all__ = ["CertifiedFile", "Found", "Wanted", "visible"]

_EVER, _NEVER = datetime.min, datetime.max


class Wanted(NamedTuple):
    """Which certified files are asked for.

    Parameters
    ----------
    collection : str
    types : tuple of str
        As registries call them; all if empty.
    detector : str
        Name or id; all if empty.
    physical_filter : str
        All if empty.
    """

    collection: str
    types: tuple[str, ...] = ()
    detector: str = ""
    physical_filter: str = ""


@dataclass(frozen=True, slots=True)
class CertifiedFile:
    """A dataset, its file, and one range that it is certified for.

    Parameters
    ----------
    key : DataKey
        Dataset type, as the registry calls it, and data ID.
    start, end : datetime or None
        UTC, half-open; `None` is unbounded.
    file : str
        A file on this machine; a copy where the registry keeps it elsewhere.
    name : str
        What its registry calls the file.
    collection : str
        CALIBRATION collection that has the range.
    rank : int
        Of two ranges of one data ID, the one of the lower rank is found.
    run, dataset : str
        RUN collection and id, where the registry knows such things.
    created : datetime or None
        When it came to the registry (UTC).
    construction : Construction
        What the run says of how it was made.
    """

    key: DataKey
    start: datetime | None
    end: datetime | None
    file: str
    name: str
    collection: str
    rank: int = 0
    run: str = ""
    dataset: str = ""
    created: datetime | None = None
    construction: Construction = field(default_factory=Construction)

    def __str__(self) -> str:
        data_id = (self.key.instrument, self.key.detector, self.key.physical_filter)
        return " ".join(str(one) for one in (self.key.dataset_type, *data_id) if one not in (None, ""))


class Found(NamedTuple):
    """Certified files, and how many ranges there are of dataset types that no text is for."""

    files: tuple[CertifiedFile, ...]
    skipped: dict[str, int]


def visible(found: Iterable[CertifiedFile]) -> list[CertifiedFile]:
    """Return what look-ups find: ranges cut to where no one of a lower rank holds, adjoining ones joined.

    Raises
    ------
    RegistryError
        Two ranges of one collection overlap: look-ups fail there.
    """
    groups: defaultdict[DataKey, list[CertifiedFile]] = defaultdict(list)
    for one in found:
        groups[one.key].append(one)
    kept: list[CertifiedFile] = []
    for group in groups.values():
        taken: list[CertifiedFile] = []
        for one in sorted(group, key=lambda one: (one.rank, one.start or _EVER)):
            _refuse_overlap(one, taken)
            taken += _cut(one, taken)
        kept += _joined(sorted(taken, key=lambda one: one.start or _EVER))
    return kept


def _refuse_overlap(one: CertifiedFile, taken: Sequence[CertifiedFile]) -> None:
    for other in taken:
        if (
            other.rank == one.rank
            and _bounds(one)[0] < _bounds(other)[1]
            and _bounds(other)[0] < _bounds(one)[1]
        ):
            begin = (one.start or _EVER).isoformat()
            raise RegistryError(
                f"two datasets of {one} are certified for {begin}: look-ups there fail",
                value=one.collection,
                hint="mend that collection first, or name another one",
            )


def _bounds(one: CertifiedFile) -> tuple[datetime, datetime]:
    return one.start or _EVER, one.end or _NEVER


def _cut(one: CertifiedFile, taken: Sequence[CertifiedFile]) -> list[CertifiedFile]:
    """Return the parts of a range that none of ``taken`` covers."""
    parts = [_bounds(one)]
    for other in taken:
        begin, end = _bounds(other)
        cut: list[tuple[datetime, datetime]] = []
        for first, last in parts:
            cut += [(first, min(last, begin)), (max(first, end), last)]
        parts = [part for part in cut if part[0] < part[1]]
    return [
        replace(one, start=None if first == _EVER else first, end=None if last == _NEVER else last)
        for first, last in parts
    ]


def _joined(ordered: Sequence[CertifiedFile]) -> list[CertifiedFile]:
    found: list[CertifiedFile] = []
    for one in ordered:
        if found and found[-1].end is not None and found[-1].end == one.start:
            last = found[-1]
            if (last.dataset or last.file) == (one.dataset or one.file):
                found[-1] = replace(last, end=one.end)
                continue
        found.append(one)
    return found
