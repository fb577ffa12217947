"""The cameras that a Butler knows, for a repository that is to take its names and numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.cameras.camera import Camera, Detector, Filter
from curator.calibrations.types.camera import TYPE
from curator.registries.butler.state import associations, collection, uris
from curator.registries.model.collections import chain_name
from curator.registries.model.tai import from_timespan
from curator.registries.registry import parse_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsst.daf.butler import Butler

__all__ = ["ButlerCamera", "butler_cameras"]


class ButlerCamera(NamedTuple):
    """An instrument as a Butler knows it.

    Parameters
    ----------
    camera : Camera
        Its ``name`` is the instrument's, since a Butler knows no directories. Detectors have a size where a
        camera file was ingested that the instrument's chain finds, and 0 elsewhere.
    class_name : str
        The Python class of its dimension record; empty where nobody registered one.
    """

    camera: Camera
    class_name: str


def butler_cameras(target: str, *, wait: float = 60.0) -> tuple[ButlerCamera, ...]:
    """Return the instruments of a Butler, by name, with their detectors by number; nothing is written.

    Parameters
    ----------
    target : str
        ``butler:PATH``.
    wait : float
        Seconds to wait for a writer of its database.

    Raises
    ------
    UsageError
        It is another kind of registry.
    UnusableRegistryError
        There is no Butler, or it cannot be opened.
    """
    from curator.errors import UsageError
    from curator.registries.butler.location import locate, opened
    from curator.registries.butler.open import require

    kind, place = parse_target(target)
    if kind != "butler":
        raise UsageError(
            f"{target} is not a Butler: only a Butler has records of detectors", hint="butler:PATH"
        )
    require(place)
    with opened(locate(place), wait, writeable=False) as butler:
        return tuple(
            ButlerCamera(_camera(butler, str(one.name)), str(one.class_name or ""))
            for one in _records(butler, "instrument", "name")
        )


def _camera(butler: Butler, instrument: str) -> Camera:
    sizes = _sizes(butler, instrument)
    detectors = (
        Detector(str(one.full_name), int(one.id))
        for one in _records(butler, "detector", "id", instrument=instrument)
    )
    filters = (
        Filter(str(one.name), str(one.band or ""))
        for one in _records(butler, "physical_filter", "name", instrument=instrument)
    )
    return Camera(
        instrument,
        instrument,
        detectors=tuple(_sized(one, sizes.get((one.name, one.id))) for one in detectors),
        filters=tuple(filters),
    )


def _sized(detector: Detector, size: tuple[int, int] | None) -> Detector:
    return replace(detector, width=size[0], height=size[1]) if size else detector


def _records(butler: Butler, element: str, order: str, **of: str) -> list[Any]:
    found = butler.query_dimension_records(element, limit=None, explain=False, **of)
    return sorted(found, key=lambda record: getattr(record, order))


def _sizes(butler: Butler, instrument: str) -> dict[tuple[str, int], tuple[int, int]]:
    """Return width and height by name and number, of the newest camera file that the chain finds."""
    from curator.errors import CuratorError

    file = _camera_file(butler, instrument)
    if not file:
        return {}
    try:
        tree = TYPE.calibration.readFits(file).to_tree()
    except (CuratorError, OSError):  # another's file, or a lost one: sizes stay unknown
        return {}
    return dict(_sizes_of(tree))


def _sizes_of(tree: dict[str, Any]) -> Iterator[tuple[tuple[str, int], tuple[int, int]]]:
    for detector in tree["detectors"]:
        if detector["width"] and detector["height"]:
            identity = str(detector["name"]), int(detector["id"])
            yield identity, (int(detector["width"]), int(detector["height"]))


def _camera_file(butler: Butler, instrument: str) -> str:
    from lsst.daf.butler import MissingDatasetTypeError

    chain = chain_name(instrument)
    try:
        kind = butler.get_dataset_type(TYPE.registry_name)
    except MissingDatasetTypeError:
        return ""
    if collection(butler, chain) is None:
        return ""
    labels = list(butler.collections.query(chain, flatten_chains=True))
    found = list(associations(butler, kind, labels, instrument=instrument)) if labels else []
    if not found:
        return ""
    newest = max(found, key=lambda association: from_timespan(association.timespan).start)
    return uris(butler, {newest.ref}).get(newest.ref.id, "")
