"""What the exposures of a table need of each dataset type, and what of it cannot be asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curator.calibrations.types.types import all_types
from curator.counts import counted
from curator.errors import UsageError
from curator.repository.layout.paths import CalibPath
from curator.repository.selection.resolve_names import known_types, missing
from curator.repository.selection.selection import Request

if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.resolve_names import KnownNames

__all__ = ["Left", "Requirement", "available_types", "requirements_of"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one exposure needs.

    Parameters
    ----------
    exposure : Exposure
    camera : str
    kinds : tuple of DatasetType
    detectors : tuple of str
        Those it is about: all of the camera where it names none.
    physical_filter : str
        Empty if it names none; then none of ``kinds`` is kept per filter.
    """

    exposure: Exposure
    camera: str
    kinds: tuple[DatasetType, ...]
    detectors: tuple[str, ...]
    physical_filter: str

    def requests(self) -> Iterator[Request]:
        """Give a request for each type, and for each detector if it is kept per detector."""
        begin, end = self.exposure.begin, self.exposure.end
        for kind in self.kinds:
            physical_filter = self.physical_filter if kind.has_filter else None
            for detector in self.detectors if kind.has_detector else (None,):
                yield Request(self.camera, kind.name, detector, physical_filter, begin, end)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left out where nobody named types.

    Parameters
    ----------
    absent : set of (str, str)
        Camera and type: there is nothing of that type at all.
    unfiltered : Counter of str
        Types that are kept per filter, each with how many exposures name none.
    blind : set of (str, str)
        Camera and type: kept per detector, but the camera has none.
    filtered : set of str
        Cameras of which an exposure names a filter: one that names none has none then, as a bias has none.
    lost : int
        How many files of a registry that was asked are lost.
    """

    absent: set[tuple[str, str]] = field(default_factory=set)
    unfiltered: Counter[tuple[str, str]] = field(default_factory=Counter)
    blind: set[tuple[str, str]] = field(default_factory=set)
    filtered: set[str] = field(default_factory=set)
    lost: int = 0

    @property
    def is_unsaid(self) -> bool:
        """Whether anything was left out that exposures may need."""
        return bool(self.blind) or any(camera not in self.filtered for camera, _ in self.unfiltered)

    def sentences(self, *, with_absent: bool = False) -> Iterator[str]:
        """Give a sentence for each reason why exposures were not asked about some types.

        Parameters
        ----------
        with_absent : bool
            Say of which types there is nothing, too.
        """
        for camera, names in _by_camera(self.absent if with_absent else ()):
            yield f"{camera} has nothing of {names}: skipped (add --type NAME to include it)"
        for camera, names in _by_camera(self.unfiltered):
            count = max(number for (other, _), number in self.unfiltered.items() if other == camera)
            of = f"{counted(count, 'exposure')} of {camera} without one: {names}"
            how = "" if camera in self.filtered else " (--filter NAME, or --type for each type that you want)"
            yield f"depend on the filter, and are skipped for {of}{how}"
        for camera, names in _by_camera(self.blind):
            yield f"depend on the detector, and are skipped because {camera} lists none: {names}"


def _by_camera(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give each camera with the names of its types."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for camera, name in sorted(pairs):
        found[camera].append(name)
    for camera, names in found.items():
        yield camera, ", ".join(names)


def available_types(*catalogues: Catalogue) -> set[tuple[str, str]]:
    """Return camera and type of everything there, that which cannot be read among it."""
    found = {entry.key[:2] for one in catalogues for entry in one.entries}
    places = (CalibPath.try_parse(error.path) for one in catalogues for error in one.problems)
    return found | {(place.camera, place.dataset_type) for place in places if place}


def requirements_of(
    exposures: Iterable[Exposure],
    names: KnownNames,
    held: Container[tuple[str, str]],
    types: Sequence[str] = (),
) -> tuple[list[Requirement], Left]:
    """Return what exposures need, in their order.

    Parameters
    ----------
    exposures : iterable of Exposure
    names : Resolver or RegistryNames
    held : container of (str, str)
        Camera and type of what there is, see `available_types`.
    types : sequence of str
        All that there is something of if empty, less those that are kept per filter where none is named.

    Raises
    ------
    UsageError
        With the line of the table: a name is unknown, or a filter is missing that a type in ``types`` needs.
    """
    asking = _Asking(names, held, known_types(types) if types else [])
    found = []
    for exposure in exposures:
        try:
            found.append(asking.need(exposure))
        except UsageError as error:
            error.path, error.line = exposure.path, exposure.line
            raise
    return found, asking.left


class _Asking:
    """Turns one exposure after the other into what it needs."""

    def __init__(
        self, names: KnownNames, held: Container[tuple[str, str]], wanted: Sequence[DatasetType]
    ) -> None:
        self._names = names
        self._held = held
        self._wanted = wanted
        self._kinds: dict[str, tuple[DatasetType, ...]] = {}
        self.left = Left()

    def need(self, exposure: Exposure) -> Requirement:
        camera = self._names.camera(exposure)
        kinds = self._kinds_of(camera)
        physical_filter = ""
        if exposure.physical_filter:
            self.left.filtered.add(camera)
        if any(kind.has_filter for kind in kinds):
            physical_filter = self._names.physical_filter(exposure)
            if not physical_filter:
                kinds = self._without("filter", camera, kinds)
        detectors: tuple[str, ...] = ()
        if exposure.detector or any(kind.has_detector for kind in kinds):
            detectors = self._names.detectors(exposure)
            if not detectors:
                kinds = self._without("detector", camera, kinds)
        return Requirement(exposure, camera, kinds, detectors, physical_filter)

    def _kinds_of(self, camera: str) -> tuple[DatasetType, ...]:
        if camera not in self._kinds:
            every = self._wanted or all_types()
            kinds = tuple(one for one in every if self._wanted or (camera, one.name) in self._held)
            self.left.absent.update((camera, one.name) for one in every if one not in kinds)
            self._kinds[camera] = kinds
        return self._kinds[camera]

    def _without(
        self, dimension: str, camera: str, kinds: tuple[DatasetType, ...]
    ) -> tuple[DatasetType, ...]:
        """Return the types that have no such dimension, and note the others."""
        others = [one for one in kinds if (one.has_filter if dimension == "filter" else one.has_detector)]
        if self._wanted and others:
            raise missing(others[0], dimension)
        pairs = [(camera, one.name) for one in others]
        if dimension == "filter":
            self.left.unfiltered.update(pairs)
        else:
            self.left.blind.update(pairs)
        return tuple(one for one in kinds if one not in others)
