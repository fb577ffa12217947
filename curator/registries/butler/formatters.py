"""Who reads an ingested file: curator's formatter, or the Rubin stack's own where it reads our files.

A Butler keeps the name of a formatter with every file, and imports it at ``butler.get``. With curator's,
every reader needs curator; with the stack's, none does. The stack's is what ``daf_butler`` names for these
storage classes in ``configs/datastores/formatters.yaml``; it calls ``readFits`` of the class that the storage
class names. Curves are kept as what ``getTransmissionCurve`` makes of a table, and a camera as a dictionary:
neither is in the file, so these keep curator's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from curator.calibrations.types.types import all_types
from curator.registries.errors import UnusableRegistryError

if TYPE_CHECKING:
    from uuid import UUID

    from lsst.daf.butler import Butler, DatasetRef

    from curator.export.manifest.manifest import TypeRecord
    from curator.registries.model.model import Formatter

__all__ = [
    "CURATOR",
    "STACK",
    "formatter_of",
    "is_read_by_stack",
    "read_by_stack",
    "recorded_formatters",
    "require_formatter",
]

CURATOR = "curator.registry.formatter.CuratorFormatter"
STACK = "lsst.obs.base.formatters.fitsGeneric.FitsGenericFormatter"


@cache
def read_by_stack() -> frozenset[str]:
    """Return the storage classes whose files the stack's own formatter reads."""
    return frozenset(one.storage_class for one in all_types() if one.is_read_by_stack)


def is_read_by_stack(kind: TypeRecord) -> bool:
    """Whether the stack's own formatter reads our files of a dataset type."""
    return kind.storage_class in read_by_stack()


def formatter_of(ref: DatasetRef, wanted: Formatter) -> str:
    """Return the name of the formatter that is recorded for a dataset."""
    storage_class: Any = ref.datasetType.storageClass_name
    return STACK if wanted == "stack" and storage_class in read_by_stack() else CURATOR


def require_formatter(wanted: Formatter) -> None:
    """Refuse the stack's formatter where it cannot be imported: a Butler imports it to record it.

    Raises
    ------
    UnusableRegistryError
    """
    if wanted != "stack":
        return
    module, _, name = STACK.rpartition(".")
    try:
        getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UnusableRegistryError(
            f"--formatter stack: {STACK} cannot be imported here: {error}",
            hint="set up lsst.obs.base, as for the pipelines of this Butler, or remove --formatter stack",
        ) from error


def recorded_formatters(butler: Butler, refs: Iterable[DatasetRef]) -> Mapping[UUID, str]:
    """Return the names of the formatters that a Butler has for the files of some datasets."""
    datastore: Any = butler._datastore  # nothing public tells them
    found = {}
    for ref in refs:
        names = {
            one.formatter
            for store in getattr(datastore, "datastores", (datastore,))  # a chain has several
            if hasattr(store, "getStoredItemsInfo")  # one in memory keeps no files
            for one in store.getStoredItemsInfo(ref)
        }
        if len(names) == 1:
            (found[ref.id],) = names
    return found
