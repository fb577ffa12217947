"""The filters of a camera, as its repository has their curves: what brightness is told in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from curator.calibrations.types.types import find_type
from curator.compare.throughput import first_curve
from curator.errors import CuratorError
from curator.repository.layout.paths import CalibPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.compare.throughput import Curve
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["FilterCurves"]

_WHOLE = "transmission_filter"
_BY_DETECTOR = "transmission_filter_detector"


class FilterCurves:
    """Reads the curves of filters from one state of a repository, each once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, dict[str, Curve]] = {}

    def at(self, place: CalibPath) -> Mapping[str, Curve]:
        """Return the curves of the filters that a calibration is used with, by name.

        Those of its detector, if there are any, else those of its camera. Each is the one that applies when
        the calibration starts, or the first if none applies yet.
        """
        folders = [f"{place.camera}/{_WHOLE}"]
        if place.detector is not None:
            folders.insert(0, f"{place.camera}/{_BY_DETECTOR}/{place.detector}")
        return next((found for folder in folders if (found := self._of(folder, place))), {})

    def _of(self, folder: str, place: CalibPath) -> dict[str, Curve]:
        key = f"{folder} {place.start}"
        if key not in self._known:
            self._known[key] = dict(self._read(folder, place))
        return self._known[key]

    def _read(self, folder: str, place: CalibPath) -> Iterator[tuple[str, Curve]]:
        for name in self._snapshot.listdir(folder):
            files = (
                CalibPath.try_parse(f"{folder}/{name}/{one}")
                for one in self._snapshot.listdir(f"{folder}/{name}")
            )
            known = sorted((one for one in files if one is not None), key=lambda one: one.start)
            there = [one for one in known if one.start <= place.start] or known[:1]
            if there:
                yield name, self._curve(there[-1])

    def _curve(self, place: CalibPath) -> Curve:
        """Return the curve of a filter; an empty one where its file cannot be read, or has several."""
        import numpy as np

        from curator.calibrations.types.base import read_text

        kind = find_type(place.dataset_type)
        path = str(place)
        found = None
        with suppress(CuratorError):  # `curator check` says what is wrong with it
            found = first_curve(
                read_text(path, self._snapshot.read(path), kind.calibration if kind else None)
            )
        return (np.empty(0), np.empty(0)) if found is None else found
