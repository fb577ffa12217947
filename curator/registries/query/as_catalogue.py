"""Asks a registry what `curator select` asks git: the same `Selector`, over what is certified there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.cameras.camera import filter_directory
from curator.calibrations.time.dates import format_start
from curator.calibrations.types.types import all_types
from curator.errors import UsageError
from curator.name_lookup import suggest
from curator.registries.query.fingerprint import serving
from curator.registries.registry import open_registry
from curator.repository.catalogue.catalogue import Catalogue, Entry, Origin
from curator.repository.layout.paths import CalibPath
from curator.repository.selection.choose_camera import choose_camera
from curator.repository.selection.impact import differing
from curator.repository.selection.required_types import available_types, requirements_of
from curator.repository.selection.resolve_names import Names, known_types, unknown
from curator.repository.selection.selection import Selector

if TYPE_CHECKING:
    from curator.calibrations.data_id import DataId
    from curator.calibrations.types.types import DatasetType
    from curator.export.manifest.manifest import InstrumentRecord
    from curator.registries.model.model import Holding
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.impact import Impact
    from curator.repository.selection.required_types import Left

__all__ = ["RegistryNames", "certified", "labels_impact", "lost_files"]


def certified(target: str, label: str = "") -> tuple[Catalogue, RegistryNames]:
    """Return what look-ups find in a registry, and the names it has for it.

    Parameters
    ----------
    target : str
        ``butler:PATH`` or ``gen2:PATH``.
    label : str, optional
        Look in this label; in the preferred ones if not given.

    Raises
    ------
    RegistryError
        There is no such registry or label, or none is preferred.
    """
    with open_registry(target, "read") as registry:
        found, known = serving(registry, target, label), registry.instruments()
    entries = tuple(entry for entry, _ in _entries(found))
    return _catalogue(entries), RegistryNames(entries, known, lost_files(found))


def labels_impact(
    target: str, before: str, after: str, exposures: Sequence[Exposure], types: Sequence[str] = ()
) -> tuple[list[Impact], Left]:
    """Return what changes for some exposures from one label to another, in their order, and what is left out.

    Content is compared, not where it comes from: the ``blob`` of an entry is the digest of the calibration
    without its stamp; the name of its file where that does not say.

    Parameters
    ----------
    target : str
        ``butler:PATH`` or ``gen2:PATH``.
    before, after : str
        Labels; the preferred ones if empty.

    Raises
    ------
    RegistryError
        There is no such registry or label, or none is preferred.
    UsageError
        A name is unknown, or one is missing that a type in ``types`` needs.
    """
    with open_registry(target, "read") as registry:
        held = [serving(registry, target, label) for label in (before, after)]
        known = registry.instruments()
    both = [
        tuple(replace(entry, blob=one.content or one.file or one.run) for entry, one in _entries(found))
        for found in held
    ]
    old, new = map(_catalogue, both)
    names = RegistryNames([entry for entries in both for entry in entries], known)
    needs, left = requirements_of(exposures, names, available_types(old, new), types)
    changed = [
        one
        for one in differing(Selector(old), Selector(new), needs)
        if [entry.blob for entry in one.before.entries] != [entry.blob for entry in one.after.entries]
    ]
    return changed, replace(left, lost=lost_files(one for found in held for one in found))


def lost_files(found: Iterable[Holding]) -> int:
    """Return how many files of what a registry holds are lost."""
    return len({(one.run, one.file) for one in found if one.lost})


def _catalogue(entries: Iterable[Entry]) -> Catalogue:
    return Catalogue(tuple(sorted(entries, key=lambda one: str(one.path))))


def _entries(found: Iterable[Holding]) -> list[tuple[Entry, Holding]]:
    kinds = {one.registry_name or one.name: one for one in all_types()}
    datasets: dict[tuple[object, ...], list[Holding]] = {}
    for one in found:
        if one.data_id.dataset_type in kinds:
            run = one.run or one.range.start  # rows of a Gen2 registry that curator did not make have no run
            datasets.setdefault((one.label, run, one.data_id), []).append(one)
    entries = [_entry(group, kinds[group[0].data_id.dataset_type]) for group in datasets.values()]
    begins = {(one.data_id, start) for one in entries for start, _ in one.ranges}
    return [
        (replace(one, end_source="derived") if (one.data_id, one.end) in begins else one, group[0])
        for one, group in zip(entries, datasets.values(), strict=True)
    ]


def _entry(certified: Sequence[Holding], kind: DatasetType) -> Entry:
    """Return one dataset, which may be certified for several ranges."""
    one = certified[0]
    ranges = tuple(sorted((other.range for other in certified), key=lambda other: other.start))
    start, end = ranges[0].start, max(ranges, key=lambda other: other.end or datetime.max).end
    data_id = replace(one.data_id, dataset_type=kind.name, detector_name=one.data_id.detector_text)
    return Entry(
        path=CalibPath.try_parse(one.source) or _path(data_id, kind, start),
        blob=None,
        camera=data_id.instrument,
        data_id=data_id,
        start=start,
        end=end,
        end_source="written" if end else "none",
        served=ranges,
        origin=Origin(one.label, one.commit, one.content, one.file, one.published),
    )


def _path(data_id: DataId, kind: DatasetType, start: datetime) -> CalibPath:
    """Return where the text would stand, of a dataset that does not say where it was made from."""
    return CalibPath(
        data_id.instrument,
        kind.name,
        data_id.detector_name.lower() or None,
        filter_directory(data_id.physical_filter) if data_id.physical_filter else None,
        format_start(start),
        start,
        kind.formats[0],
    )


class RegistryNames:
    """The instruments, detectors and filters that a registry knows, or that something is certified for.

    Answers as `Resolver` does, which knows them from the cameras in git.

    Parameters
    ----------
    entries : sequence of Entry
    known : iterable of InstrumentRecord
        What is registered beside them.
    lost : int
        How many files that the entries are in are lost: what their stamps would say is guessed.
    """

    def __init__(
        self, entries: Sequence[Entry], known: Iterable[InstrumentRecord] = (), lost: int = 0
    ) -> None:
        self.lost = lost
        self._instruments = {one.data_id.instrument.lower(): one.data_id.instrument for one in entries}
        self._detectors: dict[tuple[str, str], str] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        self._filters: dict[tuple[str, str], str] = {}
        self._all: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for one in entries:
            data_id = one.data_id
            if data_id.detector_name:
                self._add_detector(data_id.instrument, data_id.detector_name, data_id.detector)
            if data_id.physical_filter:
                self._add_filter(data_id.instrument, data_id.physical_filter)
        for record in known:
            for detector in record.detectors:
                self._add_detector(record.instrument, detector.name, detector.id)
            for physical in record.filters:
                self._add_filter(record.instrument, physical.name)
        self._sorted = {
            instrument: tuple(sorted(found, key=lambda one: (found[one], one)))
            for instrument, found in self._all.items()
        }

    def _add_detector(self, instrument: str, name: str, number: int | None) -> None:
        self._detectors.setdefault((instrument, name.lower()), name)
        self._numbers.setdefault((instrument, str(number)), name)
        self._all[instrument].setdefault(name, -1 if number is None else number)

    def _add_filter(self, instrument: str, name: str) -> None:
        for key in (name, filter_directory(name)):
            self._filters.setdefault((instrument, key), name)

    def camera(self, exposure: Exposure) -> str:
        """Return the instrument of an exposure; see `KnownNames` of `resolve_names`."""
        return self._instrument(exposure.camera, exposure.detector, exposure.physical_filter)

    def detectors(self, exposure: Exposure) -> tuple[str, ...]:
        """Return the detector that an exposure names, else all of its instrument; see `KnownNames`."""
        instrument = self.camera(exposure)
        if exposure.detector:
            return (self._name("detector", instrument, exposure.detector),)
        return self._sorted.get(instrument, ())

    def physical_filter(self, exposure: Exposure) -> str:
        """Return the filter that an exposure names; see `KnownNames`."""
        return self._name("filter", self.camera(exposure), exposure.physical_filter)

    def names(self, camera: str, detector: str, physical_filter: str, types: Sequence[str]) -> Names:
        """Return the names that the registry has for what a person typed; see `Resolver.names`."""
        kinds = tuple(one.name for one in known_types(types)) if types else ()
        if not (camera or detector or physical_filter):
            return Names("", "", "", kinds)
        instrument = self._instrument(camera, detector, physical_filter)
        found = (
            self._name("detector", instrument, detector),
            self._name("filter", instrument, physical_filter),
        )
        return Names(instrument, *found, kinds)

    def _instrument(self, name: str, detector: str, physical_filter: str) -> str:
        if found := self._instruments.get(name.lower()):
            return found
        known = sorted(self._instruments.values())
        if not name and known:
            return choose_camera(
                known, "this registry", detector, physical_filter, self._find, self._known, "instrument"
            )
        raise UsageError(
            f"there is no instrument {name!r} in this registry",
            keyword="camera",
            value=name,
            hint=suggest(name, known),
        )

    def _name(self, kind: str, instrument: str, name: str) -> str:
        if not name:
            return ""
        found = self._find(instrument, kind, name)
        if found is None:
            error = unknown(kind, name, self._known(instrument, kind), instrument)
            error.message += " in this registry"
            raise error
        return found

    def _find(self, instrument: str, kind: str, name: str) -> str | None:
        known = self._detectors if kind == "detector" else self._filters
        found = known.get((instrument, name)) or known.get((instrument, name.lower()))
        if found is None and kind == "detector":
            found = self._numbers.get((instrument, name))
        return found

    def _known(self, instrument: str, kind: str) -> list[str]:
        known = self._detectors if kind == "detector" else self._filters
        return list(dict.fromkeys(one for (of, _), one in known.items() if of == instrument))
