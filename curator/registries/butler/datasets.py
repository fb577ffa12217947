"""Which dataset a file is, and which RUN collection holds it.

A dataset's id says which one it is, and is the same in every Butler: a UUIDv5 of its type, its data ID, the
commit that last touched its source, and its start. So a file that no commit touches keeps its dataset from
label to label. The RUN says only where it is kept. A Butler takes about 20 ms for every RUN that it puts
datasets into, and a few hundred microseconds for each dataset: one RUN for each commit would make most of
an ingest. So there is one for each start, as Rubin's own software names them, and a second for what
replaces a dataset of the same data ID and start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from curator.calibrations.data_id import DataId
from curator.registries.model.collections import run_name, runs_of, runs_of_start
from curator.registries.model.model import Item
from curator.registries.model.plan import Plan
from curator.registries.model.tai import to_timespan

if TYPE_CHECKING:
    from uuid import UUID

    from lsst.daf.butler import Butler, DatasetRef, DatasetType

__all__ = ["certify", "data_id_of", "placed", "registered", "versioned", "with_ids"]


def data_id_of(ref: DatasetRef) -> DataId:
    """Return the type and data ID of a dataset."""
    data_id: Mapping[str, Any] = ref.dataId.required
    return DataId(
        ref.datasetType.name,
        str(data_id.get("instrument", "")),
        data_id.get("detector"),
        str(data_id.get("physical_filter", "")),
    )


def registered(butler: Butler, names: Iterable[str]) -> dict[str, DatasetType]:
    """Return those of some dataset types that a Butler has."""
    found = butler.registry.queryDatasetTypes(sorted(names))
    return {one.name: one for one in found}


def with_ids(types: Mapping[str, DatasetType], items: Iterable[Item]) -> dict[UUID, Item]:
    """Return items by the id of their dataset; those of other types are left out."""
    return {
        versioned(types[item.data_id.dataset_type], item).id: item
        for item in items
        if item.data_id.dataset_type in types
    }


def placed(butler: Butler, types: Mapping[str, DatasetType], items: Iterable[Item]) -> dict[Item, DatasetRef]:
    """Return the datasets of some items with the RUN that holds each, or is to hold it.

    To be called with the lock held: a RUN that has room now is asked for by nobody else.
    """
    from lsst.daf.butler import DatasetRef

    wanted = {
        ref.id: (item, ref) for item in items if (ref := versioned(types[item.data_id.dataset_type], item))
    }
    there = {ref.id: ref for ref in butler.get_many_datasets(wanted)}
    taken = _taken(butler, types, [item for id_, (item, _) in wanted.items() if id_ not in there])
    refs = {}
    for id_, (item, ref) in wanted.items():
        if id_ in there:
            refs[item] = there[id_]
            continue
        names = (run_name(item.data_id.instrument, item.start, number) for number in count(1))
        run = next(one for one in names if (item.data_id, one) not in taken)
        taken.add((item.data_id, run))
        refs[item] = DatasetRef(ref.datasetType, ref.dataId, run, id=id_, conform=False)
    return refs


def _taken(butler: Butler, types: Mapping[str, DatasetType], items: list[Item]) -> set[tuple[DataId, str]]:
    """Return the data IDs that the RUNs of the items' starts hold datasets of."""
    starts = {(item.data_id.instrument, item.start) for item in items}
    there: set[str] = set()
    for instrument in {one for one, _ in starts}:
        there.update(butler.collections.query(f"{runs_of(instrument)}*"))
    wanted = {runs_of_start(*one) for one in starts}
    runs = sorted(run for run in there if f"{run.rpartition('/')[0]}/" in wanted)
    return set(_held(butler, types, {item.data_id.dataset_type for item in items}, runs)) if runs else set()


def _held(
    butler: Butler, types: Mapping[str, DatasetType], names: Iterable[str], runs: list[str]
) -> Iterator[tuple[DataId, str]]:
    for name in names:
        found = butler.query_datasets(types[name], runs, find_first=False, limit=None, explain=False)
        yield from ((data_id_of(ref), ref.run) for ref in found)


def certify(butler: Butler, plan: Plan, refs: Mapping[Item, DatasetRef]) -> None:
    """Certify what a plan says, with one call for each range."""
    groups: defaultdict[tuple[str, datetime, datetime | None], list[DatasetRef]] = defaultdict(list)
    for item, (start, end) in plan.certify:
        groups[plan.labels[item.data_id.instrument], start, end].append(refs[item])
    for (label, start, end), members in groups.items():
        butler.registry.certify(label, members, to_timespan(start, end))


def versioned(dataset_type: DatasetType, item: Item) -> DatasetRef:
    """Return the dataset of an item, in a RUN that follows from the export alone, as it once was."""
    from lsst.daf.butler import DataCoordinate, DatasetIdGenEnum, DatasetRef

    data_id: dict[str, Any] = {"instrument": item.data_id.instrument}
    if item.data_id.detector is not None:
        data_id["detector"] = item.data_id.detector
    if item.data_id.physical_filter:
        data_id["physical_filter"] = item.data_id.physical_filter
    return DatasetRef(
        dataset_type,
        DataCoordinate.standardize(data_id, dimensions=dataset_type.dimensions),
        # Ids stay what they were when RUNs were called so.
        run=item.version,
        id_generation_mode=DatasetIdGenEnum.DATAID_TYPE_RUN,
    )
