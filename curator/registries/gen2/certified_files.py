"""The files of what is certified in a Gen2 registry, for those who want them back as text."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from curator.calibrations.data_id import DataId
from curator.calibrations.types.types import all_types
from curator.errors import RegistryError
from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.model.collections import chain_name
from curator.registries.model.model import Holding
from curator.registries.model.served_files import CertifiedFile, Found, Wanted

__all__ = ["files_of_labels", "files_of_others"]


def files_of_labels(ledger: Ledger, files: Files, wanted: Wanted) -> Found:
    """Return what a label certifies, or the preferred one if its chain is named: to the second, not by days.

    Raises
    ------
    RegistryError
        There is no such label, or a file is lost.
    """
    chain = chain_name(ledger.instrument)
    name = ledger.preferred if wanted.collection == chain else wanted.collection
    if name not in ledger.labels():
        raise RegistryError(
            f"this registry has no label {wanted.collection!r:.80} of curator",
            value=wanted.collection,
            hint=f"{chain} is the preferred label",
        )
    found = []
    for item, one in ledger.certified(name):
        if _is_wanted(wanted, item.data_id):
            file = files.at(item.store)
            found.append(CertifiedFile(item.data_id, one, file, os.path.basename(file), name, run=item.run))
    return Found(tuple(_there(found)), {})


def files_of_others(found: Iterable[Holding], wanted: Wanted) -> Found:
    """Return what look-ups find in tables that the stack made; ``<instrument>/calib`` stands for all of it.

    Raises
    ------
    RegistryError
        Another collection is named, or a file is not where the stack's own template would have it.
    """
    texts = {one.registry_name or one.name for one in all_types()}
    skipped: Counter[str] = Counter()
    files: list[CertifiedFile] = []
    for one in found:
        chain = chain_name(one.data_id.instrument)
        if wanted.collection != chain:
            raise RegistryError(
                f"curator published nothing in this registry: {wanted.collection!r:.80} is not a label",
                value=wanted.collection,
                hint=f"{chain} means the calibrations that look-ups find",
            )
        dataset_type = one.data_id.dataset_type
        if dataset_type not in texts:
            skipped[dataset_type] += 1
        elif _is_wanted(wanted, one.data_id):
            name = os.path.basename(one.file)
            files.append(CertifiedFile(one.data_id, one.range, one.file, name, chain))
    return Found(tuple(_there(files)), dict(skipped))


def _is_wanted(wanted: Wanted, data_id: DataId) -> bool:
    if wanted.types and data_id.dataset_type not in wanted.types:
        return False
    if wanted.physical_filter and data_id.physical_filter != wanted.physical_filter:
        return False
    return wanted.detector.lower() in ("", data_id.detector_name.lower(), str(data_id.detector))


def _there(found: Iterable[CertifiedFile]) -> Iterator[CertifiedFile]:
    for one in found:
        if not one.file:
            raise RegistryError(f"{one}: curator does not know the place of its file")
        if not os.path.isfile(one.file):
            raise RegistryError(
                f"the file of {one} is missing",
                path=one.file,
                hint="restore it, or ingest the same export again",
            )
        yield one
