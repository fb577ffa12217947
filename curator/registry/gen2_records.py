"""What the tables ``curator_*`` of a Gen2 registry hold, as values, and how columns hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from curator.errors import RegistryError
from curator.registry.gen2_items import Kept
from curator.registry.values import DataKey
from curator.repository.gen2 import Gen2Layout, layout_from

__all__ = ["Label", "Owned", "columns_of", "date_text", "kept_from", "layout_from_text"]

_NO_DETECTOR = -1


@dataclass(frozen=True, slots=True)
class Label:
    """A published label; ``layout`` is what its export said of the camera."""

    name: str
    commit: str
    documentation: str
    layout: Gen2Layout


@dataclass(frozen=True, slots=True)
class Owned:
    """A row that curator wrote into a table that look-ups read, and the file it leads to.

    ``identity`` are its columns without the range, which the stack may write anew.
    """

    table: str
    row: int
    path: str
    item: int
    identity: Mapping[str, str | int]


def layout_from_text(text: str, label: str) -> Gen2Layout:
    try:
        return layout_from(json.loads(text))
    except (ValueError, AttributeError, RecursionError) as error:
        raise RegistryError(f"the layout of label {label!r} in this registry is damaged") from error


def kept_from(instrument: str, *row: Any) -> Kept:
    dataset_type, detector, detector_name, physical_filter, band, start, *rest = row
    key = DataKey(
        str(dataset_type), instrument, None if detector == _NO_DETECTOR else int(detector), physical_filter
    )
    return Kept(key, detector_name, band, datetime.fromisoformat(start), *rest)


def columns_of(item: Kept) -> tuple[Any, ...]:
    key = item.key
    return (
        key.dataset_type,
        _NO_DETECTOR if key.detector is None else key.detector,
        item.detector_name,
        key.physical_filter,
        item.band,
        item.start.isoformat(),
        item.run,
        item.content,
        item.store,
        item.repository,
        item.gitpath,
        item.gitsha,
    )


def date_text(end: datetime | None) -> str:
    return end.isoformat() if end else ""
