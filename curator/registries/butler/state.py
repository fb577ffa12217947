"""What a Butler holds of the things that an export is about. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.data_id import DataId
from curator.calibrations.fits.stamp_reader import read_stamps
from curator.registries.butler.datasets import registered, with_ids
from curator.registries.model.collections import (
    chain_name,
    commit_of,
    instrument_of,
    label_name,
    repository_of,
)
from curator.registries.model.model import (
    Certified,
    ChainState,
    Export,
    Item,
    LabelState,
    Reason,
    RegisteredDataset,
    State,
)
from curator.registries.model.run_names import start_of_run
from curator.registries.model.tai import from_timespan
from curator.registries.publish.make_plan import withdrawn

if TYPE_CHECKING:
    from uuid import UUID

    from lsst.daf.butler import Butler, DatasetRef, DatasetType, Timespan

__all__ = ["Association", "associations", "collection", "labels_of", "read_state", "uris"]


class Association(NamedTuple):
    """A dataset, a collection it is certified in, and the range."""

    ref: DatasetRef
    collection: str
    timespan: Timespan


def read_state(
    butler: Butler,
    export: Export,
    label: str,
    conflicts: tuple[Reason, ...],
    *,
    new: bool,
    restores: bool,
) -> State:
    """Return what ``butler`` holds that matters to ingesting ``export`` under ``label``."""
    instruments = {item.data_id.instrument for item in export.items}
    chains = {one: _chain(butler, one) for one in sorted(instruments | _chained(butler))}
    types = registered(butler, {item.data_id.dataset_type for item in export.items})
    wanted = with_ids(types, export.items)
    labels = {
        one: _label(butler, label_name(one, label), wanted)
        for one in sorted(instruments | withdrawn(export, chains))
    }
    return State(
        held=_held(butler, wanted),
        labels=labels,
        chains=chains,
        preferred={
            one: there if there.name == finds else _label(butler, finds, wanted, only_same_start=True)
            for one, there in labels.items()
            if (finds := chains[one].finds)
        },
        conflicts=conflicts,
        exists=not new,
        restores=restores,
    )


def collection(butler: Butler, name: str) -> Any:
    """Return what a Butler knows of one collection, `None` if it has none of that name."""
    from lsst.daf.butler import MissingCollectionError

    try:
        (found,) = butler.collections.query_info([name], include_doc=True, include_summary=True)
        return found
    except MissingCollectionError:
        return None


def labels_of(butler: Butler, pattern: str = "*/calib/*") -> list[Any]:
    """Return the labels that curator made, of those whose names match a glob."""
    from lsst.daf.butler import CollectionType

    found = butler.collections.query_info(
        [pattern], CollectionType.CALIBRATION, include_doc=True, include_summary=True
    )
    return sorted((one for one in found if commit_of(one.doc)), key=lambda one: str(one.name))


class _Row(NamedTuple):
    """What an `Association` says, without a reference: making one takes longer than to read its row."""

    id: UUID
    data_id: DataId
    run: str
    timespan: Timespan


def _rows(butler: Butler, dataset_type: DatasetType, label: str) -> Iterator[_Row]:
    name = dataset_type.name
    with butler.query() as query:
        query = query.join_dataset_search(dataset_type, [label])
        fields = {name: {"dataset_id", "run", "timespan"}}
        for row in query.general(dataset_type.dimensions, dataset_fields=fields, find_first=False):
            data_id = DataId(
                name, row.get("instrument", ""), row.get("detector"), row.get("physical_filter", "")
            )
            yield _Row(row[f"{name}.dataset_id"], data_id, row[f"{name}.run"], row[f"{name}.timespan"])


def associations(
    butler: Butler, dataset_type: DatasetType, collections: Iterable[str], **data_id: object
) -> Iterator[Association]:
    """Yield every certified range of a dataset type in some collections, of one data ID if given."""
    name = dataset_type.name
    fields = {name: {"dataset_id", "run", "collection", "timespan"}}
    with butler.query() as query:
        query = query.join_dataset_search(dataset_type, list(collections))
        if data_id:
            query = query.where(**data_id)
        rows = query.general(dataset_type.dimensions, dataset_fields=fields, find_first=False)
        for _, refs, row in rows.iter_tuples(dataset_type):
            yield Association(refs[0], row[f"{name}.collection"], row[f"{name}.timespan"])


def uris(butler: Butler, refs: Iterable[DatasetRef]) -> dict[UUID, str]:
    """Return the file of each dataset by its id, a local path where it is one; those without are left out."""
    if not (wanted := list(refs)):
        return {}  # which a Butler that nobody ever wrote to cannot answer
    found = butler.get_many_uris(wanted, allow_missing=True)
    paths = {}
    for ref, many in found.items():
        if (uri := many.primaryURI) is not None:
            paths[ref.id] = str(uri.ospath if uri.isLocal else uri)
    return paths


def _held(butler: Butler, wanted: Mapping[UUID, Item]) -> dict[tuple[DataId, str], RegisteredDataset]:
    files = uris(butler, butler.get_many_datasets(wanted)) if wanted else {}
    # An item's own file was compared with its manifest already.
    stamps = read_stamps({id_: file for id_, file in files.items() if file != wanted[id_].file})
    contents = {id_: stamp.content for id_, stamp in stamps.items()}
    contents.update((id_, wanted[id_].content) for id_, file in files.items() if file == wanted[id_].file)
    lost = _lost({file for id_, file in files.items() if id_ not in contents})
    held: dict[tuple[DataId, str], RegisteredDataset] = {}
    for id_, file in files.items():
        item = wanted[id_]
        held[item.data_id, item.version] = RegisteredDataset(contents.get(id_, ""), file, file in lost)
    return held


def _lost(files: set[str]) -> set[str]:
    """Return those of some files that are not there any more."""
    from lsst.resources import ResourcePath

    if not files:
        return set()
    places = {ResourcePath(file if "://" in file else Path(file).as_uri()): file for file in files}
    return {places[place] for place, there in ResourcePath.mexists(places).items() if not there}


def _label(
    butler: Butler, name: str, wanted: Mapping[UUID, Item], *, only_same_start: bool = False
) -> LabelState:
    info = collection(butler, name)
    if info is None:
        return LabelState(name)
    commit = commit_of(info.doc)
    if info.type.name != "CALIBRATION" or not commit:
        return LabelState(name, info.type.name, commit)
    found: list[_Row] = []
    for dataset_type in registered(butler, info.dataset_types or ()).values():
        found += _rows(butler, dataset_type, name)
    contents = _changed_contents(butler, found, wanted, only_same_start=only_same_start)
    return LabelState(
        name,
        info.type.name,
        commit,
        tuple(
            Certified(
                one.data_id,
                from_timespan(one.timespan),
                wanted[one.id].version if one.id in wanted else one.run,
                contents.get(one.id, ""),
            )
            for one in found
        ),
    )


def _changed_contents(
    butler: Butler, found: list[_Row], wanted: Mapping[UUID, Item], *, only_same_start: bool
) -> dict[UUID, str]:
    """Return the digests of what a label has that the export has not: nearly always of nothing."""
    other = [one for one in found if one.id not in wanted]
    if only_same_start and other:
        starts = {(item.data_id, item.start) for item in wanted.values()}
        other = [one for one in other if (one.data_id, start_of_run(one.run)) in starts]
    stamps = read_stamps(uris(butler, butler.get_many_datasets(one.id for one in other))) if other else {}
    return {id_: stamp.content for id_, stamp in stamps.items()}


def _chained(butler: Butler) -> set[str]:
    """Return the instruments that have a chain."""
    from lsst.daf.butler import CollectionType

    names = map(str, butler.collections.query("*/calib", CollectionType.CHAINED))
    return {one for name in names if name == chain_name(one := instrument_of(f"{name}/"))}


def _chain(butler: Butler, instrument: str) -> ChainState:
    name = chain_name(instrument)
    info = collection(butler, name)
    if info is None:
        return ChainState(name)
    curated = {str(one.name): repository_of(one.doc) for one in labels_of(butler, f"{name}/*")}
    members = tuple(info.children)
    repository = next((curated[one] for one in members if one in curated), "")
    return ChainState(name, info.type.name, members, frozenset(curated), repository)
