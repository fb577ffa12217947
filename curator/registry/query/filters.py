"""Of what a registry holds, that of some types, an instrument, a detector, a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from curator.calibrations.cameras.camera import filter_directory
from curator.calibrations.types.types import all_types
from curator.errors import UsageError
from curator.name_lookup import suggest

if TYPE_CHECKING:
    from curator.registry.model.model import Holding

__all__ = ["narrowed"]


def narrowed(
    found: Sequence[Holding],
    types: Sequence[str] = (),
    camera: str = "",
    detector: str = "",
    physical_filter: str = "",
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

    Raises
    ------
    UsageError
        Nothing is held for one of them.
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
    kept = _of("detector", detector, kept, _detector_names)
    return _of("filter", physical_filter, kept, _filter_names)


def _of(
    keyword: str, name: str, found: list[Holding], names: Callable[[Holding], Sequence[str]]
) -> list[Holding]:
    if not name:
        return found
    kept = [one for one in found if name.lower() in (each.lower() for each in names(one))]
    if not kept:
        _require(keyword, name, (next(iter(names(one)), "") for one in found), set())
    return kept


def _detector_names(one: Holding) -> Sequence[str]:
    data_id = one.data_id
    number = () if data_id.detector is None else (str(data_id.detector),)
    return (data_id.detector_name, *number) if data_id.detector_name else number


def _filter_names(one: Holding) -> Sequence[str]:
    name = one.data_id.physical_filter
    return (name, filter_directory(name)) if name else ()


def _require(keyword: str, name: str, there: Iterable[str], wanted: set[str]) -> None:
    known = list(dict.fromkeys(filter(None, there)))
    if not wanted.intersection(known):
        hint = suggest(name, known, limit=8) if known else ""
        raise UsageError(
            f"nothing is certified for {keyword} {name!r}", keyword=keyword, value=name, hint=hint
        )
