"""What is certified in a Butler, as people ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curator.calibrations.fits.stamp_reader import Stamp, read_stamps
from curator.registries.butler.datasets import data_id_of
from curator.registries.butler.state import Association, associations, collection, labels_of, uris
from curator.registries.model.collections import chain_name, commit_of, commit_of_run
from curator.registries.model.model import Holding, KnownDataset
from curator.registries.model.tai import from_timespan

if TYPE_CHECKING:
    from lsst.daf.butler import Butler

    from curator.export.manifest.manifest import InstrumentRecord

__all__ = ["described", "instruments", "known_datasets"]


def described(butler: Butler, found: list[Association]) -> Iterator[Holding]:
    """Yield what people want to know of certified ranges: names, dates, and where the files came from."""
    files = uris(butler, {one.ref for one in found})
    stamps = read_stamps(files)
    names: dict[str, dict[int | None, str]] = {}
    preferred: dict[str, frozenset[str]] = {}
    published: dict[str, str] = {}
    for one in found:
        data_id = data_id_of(one.ref)
        instrument = data_id.instrument
        if instrument not in names:
            records = butler.query_dimension_records(
                "detector", instrument=instrument, limit=None, explain=False
            )
            names[instrument] = {record.id: record.full_name for record in records}
            chain = collection(butler, chain_name(instrument))
            preferred[instrument] = frozenset(chain.children if chain else ())
        if one.collection not in published:
            label = collection(butler, one.collection)
            published[one.collection] = commit_of(label.doc if label else "")
        stamp = stamps.get(one.ref.id, Stamp())
        yield Holding(
            data_id=replace(data_id, detector_name=names[instrument].get(data_id.detector, "")),
            range=from_timespan(one.timespan),
            run=one.ref.run,
            label=one.collection,
            preferred=one.collection in preferred[instrument],
            repository=stamp.repository,
            source=stamp.path,
            commit=stamp.commit or commit_of_run(one.ref.run),
            file=files.get(one.ref.id, ""),
            content=stamp.content,
            lost=one.ref.id not in stamps,
            published=published[one.collection],
        )


def known_datasets(butler: Butler, ids: Iterable[str]) -> Iterator[KnownDataset]:
    """Yield the datasets of some ids that a Butler has."""
    from uuid import UUID

    wanted = []
    for one in ids:
        try:
            wanted.append(UUID(one))
        except ValueError:
            continue
    refs = list(butler.get_many_datasets(wanted)) if wanted else []
    files = uris(butler, refs)
    stamps = read_stamps(files)
    labels = labels_of(butler)
    for ref in refs:
        name = ref.datasetType.name
        own = [one.name for one in labels if name in (one.dataset_types or ())]
        found = associations(butler, ref.datasetType, own, **dict(ref.dataId.required)) if own else ()
        stamp = stamps.get(ref.id, Stamp())
        yield KnownDataset(
            id=str(ref.id),
            data_id=data_id_of(ref),
            source=stamp.path,
            commit=stamp.commit or commit_of_run(ref.run),
            repository=stamp.repository,
            run=ref.run,
            file=files.get(ref.id, ""),
            lost=ref.id not in stamps,
            labels=tuple(sorted({one.collection for one in found if one.ref.id == ref.id})),
        )


def instruments(butler: Butler) -> list[InstrumentRecord]:
    """Return the dimension records of every instrument."""
    from curator.export.manifest.manifest import DetectorRecord, FilterRecord, InstrumentRecord

    def records(kind: str, **of: str) -> list[Any]:
        return list(butler.query_dimension_records(kind, limit=None, explain=False, **of))

    return [
        InstrumentRecord(
            one.name,
            tuple(
                DetectorRecord(each.id, each.full_name) for each in records("detector", instrument=one.name)
            ),
            tuple(
                FilterRecord(each.name, each.band) for each in records("physical_filter", instrument=one.name)
            ),
        )
        for one in records("instrument")
    ]
