"""Which id a Butler gives a calibration of curator, known without a Butler."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from curator.calibrations.data_id import DataId

__all__ = ["dataset_id"]

# Of lsst.daf.butler, which promises not to change it.
_NAMESPACE = UUID("840b31d9-05cd-5161-b2c8-00d32b280d0f")


def dataset_id(data_id: DataId, version: str) -> UUID:
    """Return the id of a dataset: a UUIDv5 of its type, its version and its data ID.

    Parameters
    ----------
    data_id : DataId
        With the dataset type as registries name it.
    version : str
        As `curator.registries.model.collections.version_name` returns it.
    """
    values: list[tuple[str, object]] = [("instrument", data_id.instrument)]
    if data_id.detector is not None:
        values.append(("detector", data_id.detector))
    if data_id.physical_filter:
        values.append(("physical_filter", data_id.physical_filter))
    items = [
        ("dataset_type", data_id.dataset_type),
        ("run", version),
        *sorted(values, key=lambda one: one[0]),
    ]
    return uuid5(_NAMESPACE, ",".join(f"{key}={value}" for key, value in items))
