"""What is asked of calibrations, wherever they are: in a commit, a working tree or a registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from curator.api.calibrations import CalibrationFile, CalibrationList
from curator.api.errors import for_python

if TYPE_CHECKING:
    from curator.registries.query.as_catalogue import RegistryNames
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.selection.resolve_names import Resolver
    from curator.repository.snapshots.protocol import Snapshot

    KnownNames: TypeAlias = Resolver | RegistryNames

__all__ = ["CalibrationSource", "Contents"]


@dataclass(frozen=True)
class Contents:
    """What was read of a source.

    Parameters
    ----------
    catalogue : Catalogue
    names : Resolver or RegistryNames
        Knows cameras, detectors and filters.
    snapshot : Snapshot or None
        `None` of a registry.
    """

    catalogue: Catalogue
    names: KnownNames
    snapshot: Snapshot | None = None


class CalibrationSource(ABC):
    """Calibrations that can be listed and asked for."""

    @abstractmethod
    def _contents(self) -> Contents:
        """Return what there is."""

    @for_python
    def calibrations(
        self,
        type: str | Sequence[str] = (),
        detector: str | int = "",
        physical_filter: str = "",
        camera: str = "",
    ) -> CalibrationList:
        """Return calibrations by path, certified or not.

        Parameters
        ----------
        type : str or sequence of str
            Dataset types; all by default.
        detector : str or int
            Name or id of a detector; all by default.
        physical_filter : str
            Name of a physical filter; all by default.
        camera : str
            Name or directory of a camera; all by default. It is needed if several cameras have the detector
            or the filter.

        Raises
        ------
        RepositoryError
            There is no usable ``curator.yaml``.
        UsageError
            A name is unknown.

        Examples
        --------
        >>> repo.calibrations(type="defects", detector="S00")[0].path
        'myCam/defects/s00/20200101T000000.ecsv'
        """
        contents = self._contents()
        asked = contents.names.names(camera, str(detector), physical_filter, listed(type))
        found = (one for one in contents.catalogue.entries if asked.covers(one.camera, one.data_id))
        return CalibrationList(
            tuple(CalibrationFile(one, contents.snapshot) for one in found), contents.catalogue.problems
        )


def listed(names: str | Sequence[str]) -> tuple[str, ...]:
    """Return one name or several as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)
