"""What a registry says of certified files, for those who want the files: values, and which range counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.editing.fits_import.pending_import import Construction
from curator.errors import RegistryError

if TYPE_CHECKING:
    from curator.editing.fits_import.import_fits import DataIds

__all__ = ["CertifiedFile", "Found", "Wanted", "visible"]


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
    data_id : DataId
    range : ValidityRange
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

    data_id: DataId
    range: ValidityRange
    file: str
    name: str
    collection: str
    rank: int = 0
    run: str = ""
    dataset: str = ""
    created: datetime | None = None
    construction: Construction = field(default_factory=Construction)

    def __str__(self) -> str:
        return str(self.data_id)


class Found(NamedTuple):
    """Certified files.

    Parameters
    ----------
    files : tuple of CertifiedFile
    skipped : dict of str to int
        How many ranges there are of dataset types that no text is for.
    data_ids : callable
        Returns type, run and data ID of those datasets that the registry knows, by their ids, as long as it
        is open.
    """

    files: tuple[CertifiedFile, ...]
    skipped: dict[str, int]
    data_ids: DataIds = lambda ids: {}


def visible(found: Iterable[CertifiedFile]) -> list[CertifiedFile]:
    """Return what look-ups find: ranges cut to where no one of a lower rank holds, adjoining ones joined.

    Raises
    ------
    RegistryError
        Two ranges of one collection overlap: look-ups fail there.
    """
    groups: defaultdict[DataId, list[CertifiedFile]] = defaultdict(list)
    for one in found:
        groups[one.data_id].append(one)
    kept: list[CertifiedFile] = []
    for group in groups.values():
        taken: list[CertifiedFile] = []
        for one in sorted(group, key=lambda one: (one.rank, one.range.start)):
            _refuse_overlap(one, taken)
            taken += _cut(one, taken)
        kept += _joined(sorted(taken, key=lambda one: one.range.start))
    return kept


def _refuse_overlap(one: CertifiedFile, taken: Sequence[CertifiedFile]) -> None:
    for other in taken:
        if other.rank == one.rank and other.range.overlaps(one.range):
            begin = one.range.start.isoformat()
            raise RegistryError(
                f"two datasets of {one} are certified for {begin}: look-ups fail",
                value=one.collection,
                hint="fix that collection first, or use another one",
            )


def _cut(one: CertifiedFile, taken: Sequence[CertifiedFile]) -> list[CertifiedFile]:
    """Return the parts of a range that none of ``taken`` covers."""
    parts = [one.range]
    for other in taken:
        parts = [piece for part in parts for piece in part.without(other.range)]
    return [replace(one, range=part) for part in parts]


def _joined(ordered: Sequence[CertifiedFile]) -> list[CertifiedFile]:
    found: list[CertifiedFile] = []
    for one in ordered:
        if found and found[-1].range.end == one.range.start:
            last = found[-1]
            if (last.dataset or last.file) == (one.dataset or one.file):
                found[-1] = replace(last, range=ValidityRange(last.range.start, one.range.end))
                continue
        found.append(one)
    return found
