"""What a hand-over adds to a Butler: definitions first, then all the rest as one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from .chains import ChainChange

__all__ = ["Work", "register", "write"]


@dataclass(frozen=True)
class Work:
    """What is missing.

    Parameters
    ----------
    new, lost : sequence of DatasetRef
        Datasets that the Butler does not know, and those that it knows and has no file of.
    labels : mapping of str to str
        The documentation of each CALIBRATION collection to be there.
    ranges : mapping of str to sequence of tuple
        Dataset id and timespan of what each label lacks.
    moves : sequence of ChainChange
    """

    new: Sequence[Any]
    lost: Sequence[Any]
    labels: Mapping[str, str]
    ranges: Mapping[str, Sequence[tuple[Any, Any]]]
    moves: Sequence[ChainChange]

    @property
    def is_empty(self) -> bool:
        return not (
            self.new or self.lost or any(self.ranges.values()) or any(one.members for one in self.moves)
        )


def register(source: Any, target: Any, refs: Iterable[Any]) -> None:
    """Register dimension records and dataset types that are not there; those that are stay as they are."""
    known = {one.name for one in target.registry.queryDatasetTypes()}
    for kind in {ref.datasetType for ref in refs}:
        if kind.name not in known:
            target.registry.registerDatasetType(kind)
    target.transfer_dimension_records_from(source, list(refs))


def write(
    target: Any, work: Work, files: Mapping[Any, Any], transfer: str, formatter: Callable[[Any], str]
) -> None:
    """Write all of it or nothing: datasets, labels, ranges, and which label is preferred.

    Parameters
    ----------
    target : Butler
    work : Work
    files : mapping of UUID to ResourcePath
        Of the datasets' files.
    transfer : str
        As Butlers call it.
    formatter : callable
        Given a dataset, returns what reads its file later.
    """
    from lsst.daf.butler.registry import ConflictingDefinitionError

    kept = _recorded(target, work.lost)
    if work.lost:
        # Label and registry keep them. What the datastore says of the old file would contradict the new one.
        target.pruneDatasets(work.lost, disassociate=False, unstore=True)
    refs = [*work.lost, *_placed(target, work.new)]
    names = {ref.id: kept.get(ref.id) or formatter(ref) for ref in refs}
    try:
        _write(target, work, refs, files, transfer, names)
    except ConflictingDefinitionError:
        # It keeps files of datasets that have gone: somebody's purge was killed before it removed them.
        target.pruneDatasets(refs[len(work.lost) :], disassociate=True, unstore=True, purge=True)
        _write(target, work, refs, files, transfer, names)


def _recorded(target: Any, refs: Iterable[Any]) -> Mapping[Any, str]:
    """Return the formatters that a Butler has for the files of some datasets; nothing public tells them."""
    found = {}
    datastore = target._datastore
    for ref in refs:
        names = {
            one.formatter
            for store in getattr(datastore, "datastores", (datastore,))
            if hasattr(store, "getStoredItemsInfo")
            for one in store.getStoredItemsInfo(ref)
        }
        if len(names) == 1:
            (found[ref.id],) = names
    return found


def _write(
    target: Any,
    work: Work,
    refs: Sequence[Any],
    files: Mapping[Any, Any],
    transfer: str,
    formatters: Mapping[Any, str],
) -> None:
    from lsst.daf.butler import CollectionType, FileDataset

    with target.transaction():
        for run in sorted({ref.run for ref in refs}):
            target.collections.register(run)
        target.ingest(
            *(FileDataset(files[ref.id], [ref], formatter=formatters[ref.id]) for ref in refs),
            transfer=transfer,
        )
        for label, documentation in work.labels.items():
            target.collections.register(label, CollectionType.CALIBRATION, doc=documentation)
            _certify(target, label, work.ranges.get(label, ()))
        for move in work.moves:
            if move.members:
                target.collections.register(move.chain, CollectionType.CHAINED)
                target.collections.redefine_chain(move.chain, move.members)


def _placed(target: Any, refs: Sequence[Any]) -> list[Any]:
    """Return datasets in the first RUN of their start that has room: curator chooses the same ones.

    A RUN takes one dataset of a type and data ID; what replaces one of the same start goes into the next.
    """
    from lsst.daf.butler import DatasetRef

    taken = set(_held(target, refs))
    placed = []
    for ref in refs:
        kind = target.get_dataset_type(ref.datasetType.name)
        start = ref.run.rpartition("/")[0]
        runs = (f"{start}/{number}" for number in count(1))
        run = next(one for one in runs if (one, *_key(ref)) not in taken)
        taken.add((run, *_key(ref)))
        placed.append(DatasetRef(kind, ref.dataId, run, id=ref.id))
    return placed


def _held(target: Any, refs: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
    """Yield run, type and data ID of what the RUNs of the datasets' starts have."""
    there = target.collections.query("*/calib/curated/*") if refs else ()
    starts = {ref.run.rpartition("/")[0] for ref in refs}
    runs = sorted(run for run in there if run.rpartition("/")[0] in starts)
    kinds = {ref.datasetType.name for ref in refs} if runs else set()
    known = {one.name for one in target.registry.queryDatasetTypes()} if runs else set()
    for name in sorted(kinds & known):
        found = target.query_datasets(name, runs, find_first=False, limit=None, explain=False)
        yield from ((ref.run, *_key(ref)) for ref in found)


def _key(ref: Any) -> tuple[Any, ...]:
    return (ref.datasetType.name, *sorted(dict(ref.dataId.required).items()))


def _certify(target: Any, label: str, ranges: Sequence[tuple[Any, Any]]) -> None:
    """Certify datasets with one call for each range."""
    refs = {ref.id: ref for ref in target.get_many_datasets([id_ for id_, _ in ranges])} if ranges else {}
    groups = defaultdict(list)
    for id_, timespan in ranges:
        groups[timespan].append(refs[id_])
    for timespan, members in groups.items():
        target.registry.certify(label, members, timespan)
