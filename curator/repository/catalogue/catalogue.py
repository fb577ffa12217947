"""Every calibration of a snapshot, with what it is for and when it holds, from paths and headers alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import CuratorError, RepositoryError
from curator.repository.git.command import printable
from curator.repository.layout.paths import CalibPath, camera_of, is_candidate
from curator.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from curator.calibrations.cameras.camera import Camera
    from curator.calibrations.header.deprecation import Deprecation
    from curator.calibrations.header.profiles import Profile
    from curator.repository.catalogue.deprecation_timeline import NominalRange
    from curator.repository.git.tree_entry import TreeEntry
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Catalogue", "Entry", "Origin", "data_id_at"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a registry knows of where a calibration comes from; empty where it does not know.

    Parameters
    ----------
    label : str
        Collection in which it was found.
    commit : str
        The one that last touched its text.
    content : str
        Digest of the calibration without its stamp.
    file : str
        Where its FITS file is.
    published : str
        The commit that the label was published from.
    """

    label: str = ""
    commit: str = ""
    content: str = ""
    file: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One calibration.

    Parameters
    ----------
    path : CalibPath
    blob : str or None
        Object id of the text, `None` in a working tree.
    camera : str
        What people name its camera by: the directory; of a registry, the instrument.
    data_id : DataId
    start, end : datetime
        Half-open validity range, UTC; an end of `None` is unbounded. When it is used may be more or less than
        that: see `ranges`.
    end_source : {"written", "derived", "none"}
        Whether the end stands in the file or follows from the next certified one.
    status : {"certified", "uncertified", "deprecated"}
        Only what a person certified may be selected; what is deprecated as long as it is valid never is.
    deprecations : tuple of Deprecation
        What it is not to be used for.
    served : tuple of ValidityRange, optional
        When it is to be used, if that is not its validity range: without what it is deprecated for, with what
        falls back to it.
    origin : Origin, optional
        Where a registry has it from.
    """

    path: CalibPath
    blob: str | None
    camera: str
    data_id: DataId
    start: datetime
    end: datetime | None = None
    end_source: Literal["written", "derived", "none"] = "none"
    status: Literal["certified", "uncertified", "deprecated"] = "certified"
    deprecations: tuple[Deprecation, ...] = ()
    served: tuple[ValidityRange, ...] | None = None
    origin: Origin | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Camera, dataset type, detector and filter: equal for all that is for the same thing."""
        data_id = self.data_id
        return self.camera, data_id.dataset_type, data_id.detector_name, data_id.physical_filter

    @property
    def validity(self) -> ValidityRange:
        """Its own validity range."""
        return ValidityRange(self.start, self.end)

    @property
    def ranges(self) -> tuple[ValidityRange, ...]:
        """When it is to be used (UTC, half-open, by start): never, unless it is certified."""
        if self.served is not None:
            return self.served
        return (self.validity,) if self.status == "certified" else ()

    @property
    def held(self) -> NominalRange:
        """What it says itself, for `curator.repository.catalogue.deprecation_timeline.serve`."""
        from curator.repository.catalogue.deprecation_timeline import NominalRange

        return NominalRange(self.start, self.end, self.end_source == "written", self.deprecations)

    def derived(self, end: datetime) -> Entry:
        """Return the same with an end that follows from the next one."""
        said = self.path, self.blob, self.camera, self.data_id, self.start
        return Entry(*said, end, "derived", self.status, self.deprecations)

    def serving(self, ranges: tuple[ValidityRange, ...]) -> Entry:
        """Return the same, certified one with the ranges that deprecations leave or give it."""
        said = self.path, self.blob, self.camera, self.data_id, self.start, self.end, self.end_source
        return Entry(*said, "certified" if ranges else "deprecated", self.deprecations, ranges)

    def holds_at(self, date: datetime) -> bool:
        """Whether it is to be used at ``date`` (UTC)."""
        return any(validity.holds_at(date) for validity in self.ranges)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The calibrations of one snapshot.

    Parameters
    ----------
    entries : tuple of Entry
        By path.
    problems : tuple of CuratorError
        Of each candidate that is not among the entries: why it cannot be placed or read.
    conflicts : tuple of CuratorError
        Of each entry that contradicts another one for the same thing: same start, or ranges that overlap.
    """

    entries: tuple[Entry, ...]
    problems: tuple[CuratorError, ...] = ()
    conflicts: tuple[CuratorError, ...] = ()

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        config: Config,
        profile: Profile | None = None,
        headers: Mapping[str, Mapping[str, object]] | None = None,
        entries: Iterable[TreeEntry] | None = None,
    ) -> Catalogue:
        """Return the catalogue of a snapshot.

        Nothing in a file makes it raise; the configuration's errors do.

        Parameters
        ----------
        profile : Profile, optional
            The configured one if not given.
        headers : mapping of str to mapping, optional
            By path, what the headers of files that somebody has read already say of ``FILTER``,
            ``VALIDSTART``, ``VALIDEND`` and ``DEPRECATED``: these files are not read again.
        entries : iterable of curator.repository.git.tree_entry.Entry, optional
            What to take of it; everything if not given.
        """
        from curator.calibrations.header.profiles import PROFILES

        reader = _EntryReader(snapshot, config, profile or PROFILES[config.profile], headers or {})
        found: list[Entry] = []
        problems: list[CuratorError] = []
        for there in snapshot.entries() if entries is None else entries:
            if is_candidate(there.path, config.directories):
                try:
                    found.append(reader.read(there.path, there.blob))
                except CuratorError as error:
                    problems.append(_placed(error, there.path))
        arranged, conflicts = _arrange(found)
        return cls(tuple(arranged), tuple(problems), tuple(conflicts))

    def find(
        self,
        *,
        camera: str | None = None,
        dataset_type: str | None = None,
        detector: str | None = None,
        physical_filter: str | None = None,
        at: datetime | None = None,
    ) -> list[Entry]:
        """Return the entries of a camera (directory or instrument), type, detector and filter, by path.

        With a date ``at`` (UTC) only those that are to be used then.
        """
        return [
            entry
            for entry in self.entries
            if (camera is None or camera in (entry.camera, entry.data_id.instrument))
            and (dataset_type is None or dataset_type == entry.data_id.dataset_type)
            and (detector is None or detector == entry.data_id.detector_name)
            and (physical_filter is None or physical_filter == entry.data_id.physical_filter)
            and (at is None or entry.holds_at(at))
        ]


class _EntryReader:
    """Makes entries, with what the camera files say."""

    def __init__(
        self,
        snapshot: Snapshot,
        config: Config,
        profile: Profile,
        headers: Mapping[str, Mapping[str, object]],
    ) -> None:
        self._snapshot = snapshot
        self._cameras = config.camera_files
        self._directories = config.directories
        self._profile = profile
        self._headers = headers

    def read(self, name: str, blob: str | None) -> Entry:
        from curator.calibrations.header.deprecation import deprecations_of
        from curator.calibrations.header.profiles import is_certified, valid_range
        from curator.formats.read import read_document

        path = CalibPath.parse(name, camera_of(name, self._directories))
        camera = self._cameras.at(path.camera, path.start)
        header = self._headers.get(name)
        if header is None:
            header = read_document(name, self._snapshot.read(name), header_only=True).header
        start, end = valid_range(header, path.start, self._profile)
        return Entry(
            path,
            blob,
            path.camera,
            data_id_at(path, camera, header),
            start,
            end,
            "written" if end else "none",
            "certified" if is_certified(header, self._profile) else "uncertified",
            deprecations_of(header),
        )


def data_id_at(path: CalibPath, camera: Camera, header: Mapping[str, object]) -> DataId:
    """Return the data ID of a calibration: by its path, and by its header if the camera lacks the filter."""
    detector = camera.detector_at(path.detector) if path.detector is not None else None
    return DataId(
        path.dataset_type,
        camera.instrument,
        detector.id if detector else None,
        _filter_name(path.physical_filter, camera, header) if path.physical_filter is not None else "",
        detector.name if detector else path.detector or "",
    )


def _filter_name(directory: str, camera: Camera, header: Mapping[str, object]) -> str:
    from curator.calibrations.cameras.camera import filter_directory
    from curator.calibrations.header.keywords import get_keyword

    if known := camera.filter_at(directory):
        return known.name
    said = get_keyword(header, "FILTER")
    return said if isinstance(said, str) and filter_directory(said) == directory.lower() else directory


def _placed(error: CuratorError, path: str) -> CuratorError:
    if not error.path:
        error.path = printable(path)
    return error


def _arrange(entries: Sequence[Entry]) -> tuple[list[Entry], list[CuratorError]]:
    """Return entries with what follows for them from others for the same thing, and contradictions."""
    found = {one.path: one for one in entries}
    conflicts: list[CuratorError] = []
    ordered = sorted(entries, key=lambda one: (one.key, one.start, str(one.path)))
    for _, group in groupby(ordered, key=lambda one: one.key):
        alike = list(group)
        starts = [one.start for one in alike if one.status == "certified"]
        for one in alike:
            following = bisect_right(starts, one.start)
            if one.end is None and following < len(starts):
                found[one.path] = one.derived(starts[following])
        certified = [found[one.path] for one in alike if one.status == "certified"]
        if any(one.deprecations for one in certified):
            certified = list(_served(certified))
            found.update((one.path, one) for one in certified)
        conflicts += _conflicts(certified)
    return list(found.values()), conflicts


def _served(certified: Sequence[Entry]) -> Iterator[Entry]:
    from curator.repository.catalogue.deprecation_timeline import serve

    for one, said in zip(certified, serve([one.held for one in certified]), strict=True):
        yield one if said.ranges == one.ranges else one.serving(said.ranges)


def _conflicts(certified: Sequence[Entry]) -> Iterator[CuratorError]:
    from curator.repository.catalogue.intervals import overlaps

    for before, after in pairwise(certified):
        if before.start == after.start:
            yield RepositoryError(
                f"{printable(str(before.path))} has the same type, data ID and start",
                path=printable(str(after.path)),
            )
    for longest, one in overlaps(certified):
        if longest.entry is not one.entry and longest.entry.start != one.entry.start:
            until = f"holds until {longest.end.isoformat()}" if longest.end else "has no end"
            yield RepositoryError(
                f"{printable(str(longest.path))} has the same type and data ID, and {until}",
                path=printable(str(one.path)),
                keyword="VALIDEND",
                value=longest.end.isoformat() if longest.end else "",
            )
