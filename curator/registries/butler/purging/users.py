"""Who has a dataset in a Butler: the collections that somebody certified, tagged or chained it in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curator.registries.butler.state import associations

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, DatasetRef, DatasetType

__all__ = ["also_in", "parents"]


def also_in(butler: Butler, refs: dict[str, DatasetRef], labels: Sequence[str]) -> dict[str, list[str]]:
    """Return, by id, the collections besides ``labels`` that have a dataset: each of them is somebody's."""
    others: defaultdict[str, set[str]] = defaultdict(set)
    types = {ref.datasetType.name: ref.datasetType for ref in refs.values()}
    for id_, name in _references(butler, types, set(labels)):
        if id_ in refs:
            others[id_].add(name)
    chained = parents(butler, {ref.run for ref in refs.values()})
    for id_, ref in refs.items():
        others[id_] |= chained.get(ref.run, set())
    return {id_: sorted(names) for id_, names in others.items() if names}


def _references(
    butler: Butler, types: Mapping[str, DatasetType], labels: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield id and collection of every dataset of some types that somebody certified or tagged."""
    from lsst.daf.butler import CollectionType

    kinds = {CollectionType.CALIBRATION, CollectionType.TAGGED}
    for info in butler.collections.query_info("*", kinds, include_summary=True):
        for name in sorted(set(info.dataset_types or ()) & types.keys()):
            if info.name in labels:
                continue
            if info.type is CollectionType.CALIBRATION:
                refs = [one.ref for one in associations(butler, types[name], [info.name])]
            else:
                refs = butler.query_datasets(name, info.name, find_first=False, limit=None, explain=False)
            yield from ((str(ref.id), str(info.name)) for ref in refs)


def parents(butler: Butler, names: Iterable[str]) -> dict[str, set[str]]:
    """Return the chains that have each collection as a member."""
    if not (wanted := sorted(names)):
        return {}
    there = set(butler.collections.query("*"))
    infos = butler.collections.query_info([one for one in wanted if one in there], include_parents=True)
    return {str(one.name): set(one.parents or ()) for one in infos if one.parents}
