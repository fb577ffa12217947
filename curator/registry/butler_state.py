"""What a Butler holds of the things that an export is about. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.registry.labels import chain_name, commit_of, label_name, runs_of
from curator.registry.stamps import read_stamp
from curator.registry.times import from_timespan
from curator.registry.values import (
    Certified,
    ChainState,
    DataKey,
    Difference,
    Export,
    Held,
    Item,
    LabelState,
    State,
)

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, DatasetRef, DatasetType, Timespan

__all__ = ["Association", "associations", "collection", "key_of", "labels_of", "read_state", "uris"]


class Association(NamedTuple):
    """A dataset, a collection it is certified in, and the range."""

    ref: DatasetRef
    collection: str
    timespan: Timespan


def read_state(
    butler: Butler, export: Export, label: str, conflicts: tuple[Difference, ...], *, new: bool
) -> State:
    """Return what ``butler`` holds that matters to ingesting ``export`` under ``label``."""
    instruments = sorted({item.key.instrument for item in export.items})
    return State(
        held=_held(butler, export.items),
        labels={one: _label(butler, one, label, export) for one in instruments},
        chains={one: _chain(butler, one) for one in instruments},
        conflicts=conflicts,
        exists=not new,
    )


def key_of(ref: DatasetRef) -> DataKey:
    """Return the type and data ID of a dataset."""
    data_id: Mapping[str, Any] = ref.dataId.required
    return DataKey(
        ref.datasetType.name,
        str(data_id.get("instrument", "")),
        data_id.get("detector"),
        str(data_id.get("physical_filter", "")),
    )


def collection(butler: Butler, name: str) -> Any:
    """Return what a Butler knows of one collection, `None` if it has none of that name."""
    from lsst.daf.butler import MissingCollectionError

    try:
        (found,) = butler.collections.query_info([name], include_doc=True, include_summary=True)
        return found
    except MissingCollectionError:
        return None


def labels_of(butler: Butler, pattern: str) -> list[Any]:
    """Return the labels that curator made, of those whose names match a glob."""
    from lsst.daf.butler import CollectionType

    found = butler.collections.query_info(
        [pattern], CollectionType.CALIBRATION, include_doc=True, include_summary=True
    )
    return sorted((one for one in found if commit_of(one.doc)), key=lambda one: str(one.name))


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


def uris(butler: Butler, refs: Iterable[DatasetRef]) -> dict[Any, str]:
    """Return the file of each dataset by its id, a local path where it is one; those without are left out."""
    if not (wanted := list(refs)):
        return {}  # which a Butler that nobody ever wrote to cannot answer
    found = butler.get_many_uris(wanted, allow_missing=True)
    paths = {}
    for ref, many in found.items():
        if (uri := many.primaryURI) is not None:
            paths[ref.id] = str(uri.ospath if uri.isLocal else uri)
    return paths


def _held(butler: Butler, items: Iterable[Item]) -> dict[tuple[DataKey, str], Held]:
    wanted = {(item.key, item.run): item for item in items}
    types = _registered(butler, {item.key.dataset_type for item in items})
    there: set[str] = set()
    for instrument in {item.key.instrument for item in items}:
        there.update(butler.collections.query(f"{runs_of(instrument)}*"))
    held = {}
    for name, dataset_type in types.items():
        runs = sorted({item.run for item in items if item.key.dataset_type == name} & there)
        if not runs:
            continue
        refs = butler.query_datasets(dataset_type, runs, find_first=False, limit=None, explain=False)
        refs = [ref for ref in refs if (key_of(ref), ref.run) in wanted]
        files = uris(butler, refs)
        for ref in refs:
            if ref.id in files:
                place = (key_of(ref), ref.run)
                held[place] = Held(_content(files[ref.id], wanted[place]), files[ref.id])
    return held


def _content(file: str, item: Item) -> str:
    """Return the digest in a file; the item's own file was compared with its manifest already."""
    if file == item.file:
        return item.content
    stamp = read_stamp(file)
    return stamp.content if stamp else ""


def _registered(butler: Butler, names: Iterable[str]) -> dict[str, DatasetType]:
    found = butler.registry.queryDatasetTypes(sorted(names))
    return {one.name: one for one in found}


def _label(butler: Butler, instrument: str, label: str, export: Export) -> LabelState:
    name = label_name(instrument, label)
    info = collection(butler, name)
    if info is None:
        return LabelState(name)
    commit = commit_of(info.doc)
    if info.type.name != "CALIBRATION" or not commit:
        return LabelState(name, info.type.name, commit)
    found: list[Association] = []
    for dataset_type in _registered(butler, info.dataset_types or ()).values():
        found += associations(butler, dataset_type, [name])
    contents = _changed_contents(butler, found, export)
    return LabelState(
        name,
        info.type.name,
        commit,
        tuple(
            Certified(
                key_of(one.ref), *from_timespan(one.timespan), one.ref.run, contents.get(one.ref.id, "")
            )
            for one in found
        ),
    )


def _changed_contents(butler: Butler, found: list[Association], export: Export) -> dict[Any, str]:
    """Return the digests of what a label has from other runs than the export's: nearly always of nothing."""
    runs: defaultdict[DataKey, set[str]] = defaultdict(set)
    for item in export.items:
        runs[item.key].add(item.run)
    other = [one.ref for one in found if one.ref.run not in runs[key_of(one.ref)]]
    stamps = {id_: read_stamp(file) for id_, file in uris(butler, other).items()} if other else {}
    return {id_: stamp.content for id_, stamp in stamps.items() if stamp}


def _chain(butler: Butler, instrument: str) -> ChainState:
    name = chain_name(instrument)
    info = collection(butler, name)
    if info is None:
        return ChainState(name)
    curated = {one.name for one in labels_of(butler, f"{name}/*")}
    return ChainState(name, info.type.name, tuple(info.children), frozenset(curated))
