"""What a Butler must know before it takes a dataset: dimension records and dataset types.

Records that are there stay as they are: the instrument's own software may have made them, with more
in them than curator knows. They only must not contradict the export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from curator.registry.values import Difference, Export

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, DatasetType

    from curator.export.manifest import InstrumentRecord, TypeRecord

__all__ = ["conflicts", "dataset_type", "register"]

# Where a Butler that curator did not make lacks one of curator's own storage classes.
_PLAIN = "StructuredDataDict"


def dataset_type(butler: Butler, record: TypeRecord) -> DatasetType:
    """Return a dataset type as curator registers it."""
    from lsst.daf.butler import DatasetType

    known = record.storage_class in butler.storageClasses
    return DatasetType(
        record.registry_name or record.name,
        ("instrument", *record.dimensions),
        record.storage_class if known else _PLAIN,
        universe=butler.dimensions,
        isCalibration=True,
    )


def conflicts(butler: Butler, export: Export) -> Iterator[Difference]:
    """Yield what the Butler knows otherwise than the export."""
    for record in export.instruments:
        yield from _detector_conflicts(butler, record)
    for kind in export.dataset_types:
        wanted = dataset_type(butler, kind)
        there = _registered(butler, wanted.name)
        if there is None:
            continue
        if there.dimensions != wanted.dimensions or not there.isCalibration():
            yield Difference(
                "dataset type",
                wanted.name,
                f"is registered as {there}, which holds no {kind.name} calibrations",
            )


def register(butler: Butler, export: Export) -> None:
    """Add the records and dataset types that are not there."""
    for record in export.instruments:
        if not _knows(butler, record.instrument):
            butler.registry.insertDimensionData("instrument", {"name": record.instrument})
        _insert(
            butler,
            "detector",
            record,
            "id",
            [
                {"instrument": record.instrument, "id": one.id, "full_name": one.name}
                for one in record.detectors
            ],
        )
        _insert(
            butler,
            "physical_filter",
            record,
            "name",
            [
                # As Rubin's own software does where a filter has no band.
                {"instrument": record.instrument, "name": one.name, "band": one.band or one.name}
                for one in record.filters
            ],
        )
    for kind in export.dataset_types:
        wanted = dataset_type(butler, kind)
        if _registered(butler, wanted.name) is None:
            butler.registry.registerDatasetType(wanted)


def _insert(
    butler: Butler, element: str, record: InstrumentRecord, key: str, rows: list[dict[str, Any]]
) -> None:
    there = {one[key] for one in _records(butler, element, record.instrument)}
    if new := [row for row in rows if row[key] not in there]:
        butler.registry.insertDimensionData(element, *new)


def _records(butler: Butler, element: str, instrument: str) -> list[dict[str, Any]]:
    if not _knows(butler, instrument):
        return []
    found = butler.query_dimension_records(element, instrument=instrument, limit=None, explain=False)
    return [one.toDict() for one in found]


def _knows(butler: Butler, instrument: str) -> bool:
    found = butler.query_dimension_records("instrument", limit=None, explain=False)
    return any(one.name == instrument for one in found)


def _registered(butler: Butler, name: str) -> DatasetType | None:
    from lsst.daf.butler import MissingDatasetTypeError

    try:
        return butler.get_dataset_type(name)
    except MissingDatasetTypeError:
        return None


def _detector_conflicts(butler: Butler, record: InstrumentRecord) -> Iterator[Difference]:
    there = _records(butler, "detector", record.instrument)
    names = {one["id"]: str(one["full_name"]) for one in there}
    ids = {name.lower(): id_ for id_, name in names.items()}
    for one in record.detectors:
        name = names.get(one.id, one.name)
        id_ = ids.get(one.name.lower(), one.id)
        if name.lower() != one.name.lower() or id_ != one.id:
            yield Difference(
                "detector",
                f"{record.instrument} detector {one.id} {one.name}",
                f"the registry has {one.id} as {name}, and {one.name} as {id_}",
            )
