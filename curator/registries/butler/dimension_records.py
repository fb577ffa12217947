"""What a Butler must know before it takes a dataset: dimension records and dataset types.

Records that are there stay as they are: the instrument's own software may have made them, with more
in them than curator knows. They only must not contradict the export.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any

from curator.registries.butler.location import own_storage_classes
from curator.registries.model.model import Export, Reason
from curator.registries.publish.consent import Known

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, DatasetType

    from curator.export.manifest.manifest import InstrumentRecord, TypeRecord

__all__ = ["PLAIN", "Records", "doubled"]

# Where a Butler that curator did not make lacks one of curator's own storage classes.
PLAIN = "StructuredDataDict"


def doubled(export: Export) -> Iterator[Reason]:
    """Yield the detectors that camera files of different times give different numbers: Butlers take one."""
    for record in export.instruments:
        ids: dict[str, int] = {}
        for one in record.detectors:
            if (other := ids.setdefault(one.name.lower(), one.id)) != one.id:
                yield Reason(
                    "detector",
                    f"{record.instrument} detector {one.name}",
                    f"has number {other} in one camera file and {one.id} in a second one; a Butler "
                    "allows one number",
                )


class Records:
    """The records and dataset types of one Butler.

    Parameters
    ----------
    butler : Butler
    defined : container of str
        Storage classes that its configuration defines: those that everyone who opens it knows.
        ``butler.storageClasses`` has those of all Butlers that this process ever opened.
    """

    def __init__(self, butler: Butler, defined: Container[str] = ()) -> None:
        self._butler = butler
        self._defined = defined

    def conflicts(self, export: Export) -> Iterator[Reason]:
        """Yield what the Butler knows otherwise than the export."""
        for record in export.instruments:
            yield from self._detector_conflicts(record)
        for kind in export.dataset_types:
            wanted = self._dataset_type(kind)
            there = self._registered(wanted.name)
            if there and (there.dimensions != wanted.dimensions or not there.isCalibration()):
                yield Reason(
                    "dataset type",
                    wanted.name,
                    f"is registered as {there}, which holds no {kind.name} calibrations",
                )

    def known(self, export: Export) -> Known:
        """Return the names that the Butler has records of, as far as an export is about them."""
        names = [record.instrument for record in export.instruments]
        wanted = [self._dataset_type(kind).name for kind in export.dataset_types]
        return Known(
            self._instruments(),
            [name for name in wanted if self._registered(name)],
            {name: [int(one["id"]) for one in self._records("detector", name)] for name in names},
            {name: [str(one["name"]) for one in self._records("physical_filter", name)] for name in names},
        )

    def register(self, export: Export) -> None:
        """Add the records and dataset types that are not there."""
        names = {record.instrument for record in export.instruments}
        if new := sorted(names - set(self._instruments())):
            # In one call: a Butler has all of them or, after a kill, still none.
            self._butler.registry.insertDimensionData("instrument", *({"name": name} for name in new))
        for record in export.instruments:
            name = record.instrument
            detectors = [
                {"instrument": name, "id": one.id, "full_name": one.name} for one in record.detectors
            ]
            # As Rubin's own software does where a filter has no band.
            filters = [
                {"instrument": name, "name": one.name, "band": one.band or one.name} for one in record.filters
            ]
            self._insert("detector", name, "id", detectors)
            self._insert("physical_filter", name, "name", filters)
        for kind in export.dataset_types:
            wanted = self._dataset_type(kind)
            if self._registered(wanted.name) is None:
                self._butler.registry.registerDatasetType(wanted)

    def _dataset_type(self, record: TypeRecord) -> DatasetType:
        from lsst.daf.butler import DatasetType

        known = record.storage_class not in own_storage_classes() or record.storage_class in self._defined
        return DatasetType(
            record.registry_name or record.name,
            ("instrument", *record.dimensions),
            record.storage_class if known else PLAIN,
            universe=self._butler.dimensions,
            isCalibration=True,
        )

    def _insert(self, element: str, instrument: str, key: str, rows: list[dict[str, Any]]) -> None:
        there = {one[key] for one in self._records(element, instrument)}
        if new := [row for row in rows if row[key] not in there]:
            self._butler.registry.insertDimensionData(element, *new)

    def _records(self, element: str, instrument: str) -> list[dict[str, Any]]:
        if not self._knows(instrument):
            return []
        found = self._butler.query_dimension_records(
            element, instrument=instrument, limit=None, explain=False
        )
        return [one.toDict() for one in found]

    def _knows(self, instrument: str) -> bool:
        return instrument in self._instruments()

    def _instruments(self) -> list[str]:
        found = self._butler.query_dimension_records("instrument", limit=None, explain=False)
        return [str(one.name) for one in found]

    def _registered(self, name: str) -> DatasetType | None:
        from lsst.daf.butler import MissingDatasetTypeError

        try:
            return self._butler.get_dataset_type(name)
        except MissingDatasetTypeError:
            return None

    def _detector_conflicts(self, record: InstrumentRecord) -> Iterator[Reason]:
        there = self._records("detector", record.instrument)
        names = {one["id"]: str(one["full_name"]) for one in there}
        ids = {name.lower(): id_ for id_, name in names.items()}
        for one in record.detectors:
            name = names.get(one.id, one.name)
            id_ = ids.get(one.name.lower(), one.id)
            if name.lower() != one.name.lower() or id_ != one.id:
                yield Reason(
                    "detector",
                    f"{record.instrument} detector {one.id} {one.name}",
                    f"the registry has {one.id} as {name}, and {one.name} as {id_}",
                )
