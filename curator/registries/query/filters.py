"""Of what a registry holds, that of some types, an instrument, a detector, a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from curator.calibrations.cameras.camera import filter_directory
from curator.calibrations.types.types import all_types
from curator.errors import UsageError
from curator.name_lookup import suggest

if TYPE_CHECKING:
    from curator.export.manifest.manifest import InstrumentRecord
    from curator.registries.model.model import Holding

__all__ = ["held_of", "narrowed"]


def held_of(
    target: str,
    label: str = "",
    types: Sequence[str] = (),
    camera: str = "",
    detector: str = "",
    physical_filter: str = "",
) -> tuple[list[Holding], bool]:
    """Return what a registry holds of what is asked for, and whether it holds anything at all.

    Raises
    ------
    RegistryError
        There is no such registry, or no such label in it.
    UsageError
        As of `narrowed`.
    """
    from curator.registries.registry import open_registry

    with open_registry(target, "read") as registry:
        held = registry.holdings(label)
        if not held:
            return [], False
        known = registry.instruments() if detector or physical_filter else ()
    return narrowed(held, types, camera, detector, physical_filter, known), True


def narrowed(
    found: Sequence[Holding],
    types: Sequence[str] = (),
    camera: str = "",
    detector: str = "",
    physical_filter: str = "",
    known: Iterable[InstrumentRecord] = (),
) -> list[Holding]:
    """Return the holdings that are asked for, in their order.

    Parameters
    ----------
    found : sequence of Holding
    types : sequence of str
        Dataset types, as curator or the registry calls them; all if empty.
    camera : str
        Instrument; all if empty, as are the others.
    detector : str
        Name or id.
    physical_filter : str
        Name, or what its directory is called.
    known : iterable of InstrumentRecord
        Detectors and filters of which there may be nothing.

    Raises
    ------
    UsageError
        Nothing is held for one of them, and a detector or filter is none that is known.
    """
    registered = {one.name: one.registry_name or one.name for one in all_types()}
    kept = list(found)
    for name in types:
        _require(
            "type", name, (one.data_id.dataset_type for one in found), {name, registered.get(name, name)}
        )
    if types:
        kinds = {registered.get(name, name) for name in types} | set(types)
        kept = [one for one in kept if one.data_id.dataset_type in kinds]
    kept = _of("camera", camera, kept, lambda one: (one.data_id.instrument,))
    instruments = {one.data_id.instrument for one in kept}
    records = [one for one in known if one.instrument in instruments]
    detectors = [(one.name, str(one.id)) for record in records for one in record.detectors]
    filters = [(one.name, filter_directory(one.name)) for record in records for one in record.filters]
    kept = _of("detector", detector, kept, _detector_names, detectors)
    return _of("filter", physical_filter, kept, _filter_names, filters)


def _of(
    keyword: str,
    name: str,
    found: list[Holding],
    names: Callable[[Holding], Sequence[str]],
    known: Sequence[tuple[str, str]] = (),
) -> list[Holding]:
    if not (name and found):
        return found
    kept = [one for one in found if name.lower() in (each.lower() for each in names(one))]
    if not kept and name.lower() not in (each.lower() for both in known for each in both):
        there = [next(iter(names(one)), "") for one in found]
        _require(keyword, name, [*there, *(one for one, _ in known)], set())
    return kept


def _detector_names(one: Holding) -> Sequence[str]:
    data_id = one.data_id
    number = () if data_id.detector is None else (str(data_id.detector),)
    return (data_id.detector_name, *number) if data_id.detector_name else number


def _filter_names(one: Holding) -> Sequence[str]:
    name = one.data_id.physical_filter
    return (name, filter_directory(name)) if name else ()


def _require(keyword: str, name: str, there: Iterable[str], wanted: set[str]) -> None:
    known = sorted(set(filter(None, there)))
    if not wanted.intersection(known):
        hint = suggest(name, known, limit=8) if known else ""
        raise UsageError(
            f"nothing is certified for {keyword} {name!r}", keyword=keyword, value=name, hint=hint
        )
