"""Takes a label out of a Butler, with what nobody else has.

A kill must leave nothing behind that a look-up could find, and nothing that cannot be removed later. The
label goes first, in a transaction of its own: what it had is then found by nobody. Datasets follow; the
Butler marks their files as trash, commits, and only then deletes them, so that no dataset ever lacks its
file. To prune datasets that have gone already empties what trash a killed run of them left; a note in the
Butler says which purge that was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curator.errors import RegistryError
from curator.registries.butler.datasets import data_id_of
from curator.registries.butler.purging.marker import begin, end, is_begun
from curator.registries.butler.purging.users import also_in, parents
from curator.registries.butler.state import associations, labels_of
from curator.registries.model.collections import instrument_of, is_label, runs_of
from curator.registries.model.model import Reason
from curator.registries.model.plan import Dataset, Purge

if TYPE_CHECKING:
    from uuid import UUID

    from lsst.daf.butler import Butler, DatasetRef

__all__ = ["empty_trash", "purgeable", "remove"]


def purgeable(butler: Butler, label: str, known: Sequence[Dataset] = ()) -> Purge:
    """Return what would go with a label, as `curator.registries.registry.Registry.purgeable` says."""
    every = labels_of(butler)
    found = [one for one in every if is_label(one.name, label)]
    names = tuple(str(one.name) for one in found)
    stays: dict[str, list[str]] = {}
    if names:
        refs = _certified(butler, found)
        spare, stays = _spare(butler, names, refs)
        refs |= spare
    elif not is_begun(butler, label, known):
        return Purge(label)
    else:
        refs = {str(ref.id): ref for ref in _left(butler, known)}
    kept = also_in(butler, refs, names)
    going = [ref for id_, ref in refs.items() if id_ not in kept and id_ not in stays]
    said = {id_: f"is in {_few(others)}" for id_, others in kept.items()}
    said |= {id_: f"is not certified, and may belong to {_few(others)}" for id_, others in stays.items()}
    detectors = _detectors(butler, {str(ref.dataId["instrument"]) for ref in refs.values()})
    return Purge(
        label=label,
        collections=names,
        datasets=tuple(
            sorted(_datasets(butler, going, detectors), key=lambda one: (one.data_id.order, one.run, one.id))
        ),
        runs=tuple(_emptied(butler, going, known)),
        kept=tuple(
            sorted(
                Reason("kept", str(_dataset(refs[id_], detectors)), reason) for id_, reason in said.items()
            )
        ),
        differences=tuple(_chained(butler, names)),
    )


def remove(butler: Butler, purge: Purge, known: Sequence[Dataset] = ()) -> None:
    """Remove what a purge says; the label first, then datasets, files and runs."""
    if not purge.collections and not is_begun(butler, purge.label, known):
        return
    there = _there(butler, known)
    gone = [one for one in filter(_is_ours, known) if one.id not in there]
    refs = {one.id: ref for one in (*purge.datasets, *gone) if (ref := _ref(butler, one)) is not None}
    with butler.transaction():
        if purge.collections:
            begin(butler, purge.label, known)
        for name in purge.collections:
            butler.collections.x_remove(name)
    if refs:
        butler.pruneDatasets(refs.values(), disassociate=True, unstore=True, purge=True)
    for run in purge.runs:
        butler.collections.x_remove(run)
    end(butler, purge.label)


def empty_trash(butler: Butler, refs: Iterable[DatasetRef]) -> None:
    """Remove the files that the Butler still keeps of datasets that are not there any more."""
    wanted = {ref.id: ref for ref in refs}
    for ref in butler.get_many_datasets(wanted):
        del wanted[ref.id]
    if wanted:
        butler.pruneDatasets(wanted.values(), disassociate=True, unstore=True, purge=True)


def _certified(butler: Butler, labels: Iterable[Any]) -> dict[str, DatasetRef]:
    refs = {}
    for label in labels:
        for name in sorted(label.dataset_types or ()):
            for one in associations(butler, butler.get_dataset_type(name), [label.name]):
                refs[str(one.ref.id)] = one.ref
    return refs


def _spare(
    butler: Butler, names: Sequence[str], certified: Mapping[str, DatasetRef]
) -> tuple[dict[str, DatasetRef], dict[str, list[str]]]:
    """Return what was ingested with some labels, perhaps, and is used by nobody: deprecated or uncertified.

    No label says so. The last one of an instrument takes them with it; until then they may be of the others,
    which are returned by the id of each.
    """
    spare: dict[str, DatasetRef] = {}
    stays: dict[str, list[str]] = {}
    for instrument in sorted(map(instrument_of, names)):
        others = [one.name for one in labels_of(butler, f"{instrument}/calib/*") if one.name not in names]
        runs = list(butler.collections.query(f"{runs_of(instrument)}*"))
        held = butler.query_all_datasets(runs, find_first=False, limit=None) if runs else []
        free = {id_: ref for ref in held if (id_ := str(ref.id)) not in certified}
        used = also_in(butler, free, names)
        spare |= {id_: ref for id_, ref in free.items() if id_ not in used}
        stays |= {id_: others for id_ in free if others and id_ not in used}
    return spare, stays


def _left(butler: Butler, known: Sequence[Dataset]) -> Iterator[DatasetRef]:
    """Yield those of some datasets that are still there, or whose file is; of curator's only."""
    from lsst.resources import ResourcePath

    there = _there(butler, known)
    for one in filter(_is_ours, known):
        ref = there.get(one.id)
        if ref is None and one.file and ResourcePath(one.file).exists():
            ref = _ref(butler, one)
        if ref is not None and (data_id_of(ref), ref.run) == (one.data_id, one.run):
            yield ref


def _there(butler: Butler, known: Sequence[Dataset]) -> dict[str, DatasetRef]:
    return {str(ref.id): ref for ref in butler.get_many_datasets(map(_id, known))}


def _is_ours(dataset: Dataset) -> bool:
    return dataset.run.startswith(runs_of(dataset.data_id.instrument))


def _id(dataset: Dataset) -> UUID:
    from uuid import UUID

    try:
        return UUID(dataset.id)
    except ValueError:
        raise RegistryError(f"{dataset.id!r} is not the id of a dataset", value=dataset.id) from None


def _ref(butler: Butler, dataset: Dataset) -> DatasetRef | None:
    """Return the reference of a dataset, which need not be there any more; `None` if it never can be."""
    from lsst.daf.butler import DataCoordinate, DatasetRef, MissingDatasetTypeError

    key = dataset.data_id
    try:
        dataset_type = butler.get_dataset_type(key.dataset_type)
    except MissingDatasetTypeError:
        return None
    data_id = {"instrument": key.instrument, "detector": key.detector, "physical_filter": key.physical_filter}
    required = {name: data_id[name] for name in dataset_type.dimensions.required}
    coordinate = DataCoordinate.standardize(required, dimensions=dataset_type.dimensions)
    return DatasetRef(dataset_type, coordinate, run=dataset.run, id=_id(dataset))


def _chained(butler: Butler, labels: Sequence[str]) -> Iterator[Reason]:
    for name, chains in sorted(parents(butler, labels).items()):
        yield Reason("chain", name, f"is used by {_few(sorted(chains))}")


def _detectors(butler: Butler, instruments: set[str]) -> dict[tuple[str, int | None], str]:
    """Return the names of detectors by instrument and number."""
    return {
        (instrument, int(one.id)): str(one.full_name)
        for instrument in instruments
        for one in butler.query_dimension_records(
            "detector", instrument=instrument, limit=None, explain=False
        )
    }


def _dataset(ref: DatasetRef, detectors: Mapping[tuple[str, int | None], str], file: str = "") -> Dataset:
    data_id = data_id_of(ref)
    name = detectors.get((data_id.instrument, data_id.detector), "")
    return Dataset(replace(data_id, detector_name=name), ref.run, str(ref.id), file)


def _datasets(
    butler: Butler, refs: Sequence[DatasetRef], detectors: Mapping[tuple[str, int | None], str]
) -> Iterator[Dataset]:
    if not refs:
        return
    roots = [root for root in butler.get_datastore_roots().values() if root is not None]
    uris = butler.get_many_uris(refs, allow_missing=True)
    for ref in refs:
        uri = uris[ref].primaryURI if ref in uris else None
        owned = uri is not None and any(uri.relative_to(root) is not None for root in roots)
        yield _dataset(ref, detectors, str(uri.ospath if uri.isLocal else uri) if owned and uri else "")


def _emptied(butler: Butler, going: Sequence[DatasetRef], known: Sequence[Dataset]) -> Iterator[str]:
    """Yield the runs that hold nothing but what goes, and that no chain has."""
    leaving: defaultdict[str, set[str]] = defaultdict(set)
    for ref in going:
        leaving[ref.run].add(str(ref.id))
    there = set(butler.collections.query("*"))
    runs = sorted({*leaving, *(one.run for one in filter(_is_ours, known))} & there)
    chained = parents(butler, runs)
    for run in runs:
        held = butler.query_all_datasets(run, find_first=False, limit=None)
        if {str(ref.id) for ref in held} <= leaving[run] and run not in chained:
            yield run


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
