"""What the tables ``curator_*`` of a Gen2 registry hold, as values, and how columns hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from curator.calibrations.data_id import DataId
from curator.errors import RegistryError
from curator.registries.gen2.store.items import STORE, Kept
from curator.repository.layout.gen2_layout import Gen2Layout, layout_from

__all__ = [
    "Label",
    "Owned",
    "check_store",
    "columns_of",
    "date_text",
    "identity_from",
    "kept_from",
    "layout_from_text",
    "moment_from",
    "number_from",
    "text_from",
]

# A detector may have this number, too; then it has a name.
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


def layout_from_text(text: object, label: str) -> Gen2Layout:
    try:
        return layout_from(json.loads(text_from(text)))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise RegistryError(f"the layout of label {label!r:.120} in this registry is damaged") from error


def text_from(value: object) -> str:
    """Return a text, as all columns but numbers are declared: SQLite holds anything in any column."""
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def number_from(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("number")
    return value


def moment_from(value: object) -> datetime:
    found = datetime.fromisoformat(text_from(value))
    if found.tzinfo is not None:
        raise ValueError("time zone")
    return found


def identity_from(value: object) -> dict[str, str | int]:
    """Return the columns of a row, which are what it is found again by."""
    try:
        found = json.loads(text_from(value))
    except RecursionError as error:
        raise ValueError("identity") from error
    if not isinstance(found, dict) or not found:
        raise TypeError("identity")
    for one in found.values():
        if isinstance(one, int):
            one.to_bytes(8, signed=True)
        else:
            text_from(one).encode()
    return found


def kept_from(instrument: str, *row: Any) -> Kept:
    dataset_type, detector, detector_name, physical_filter, band, start, *rest = row
    number = number_from(detector)
    data_id = DataId(
        text_from(dataset_type),
        instrument,
        None if number == _NO_DETECTOR and detector_name == "" else number,
        text_from(physical_filter),
        text_from(detector_name),
    )
    kept = Kept(data_id, text_from(band), moment_from(start), *map(text_from, rest))
    check_store(kept.store)
    return kept


def check_store(path: str) -> None:
    """Refuse a file to be kept that is not where curator keeps files: those outside are not its own."""
    if not path.startswith(f"{STORE}/"):
        raise ValueError("store")


def columns_of(item: Kept) -> tuple[Any, ...]:
    data_id = item.data_id
    return (
        data_id.dataset_type,
        _NO_DETECTOR if data_id.detector is None else data_id.detector,
        data_id.detector_name,
        data_id.physical_filter,
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
