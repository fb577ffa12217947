"""Calibrations as a Gen2 registry keeps them, whether a label that serves them is preferred or not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from curator.calibrations.data_id import DataId
from curator.registries.model.model import Export, Item, Reason
from curator.repository.layout.gen2_layout import Gen2Layout, fields_of

__all__ = ["STORE", "Kept", "kept_of", "renamed"]

# Folder of the registry that has every file of every label; those of the preferred one are laid out from it.
STORE = "curator"


@dataclass(frozen=True, slots=True)
class Kept:
    """A calibration that a registry keeps.

    Parameters
    ----------
    data_id : DataId
    band : str
    start : datetime
        Valid start (UTC) that its text is named by.
    run : str
        As `curator.registries.model.model.Item` has it.
    content : str
        Digest of the calibration without its stamp.
    store : str
        Its file, relative to the folder of the registry.
    repository, gitpath, gitsha : str
    """

    data_id: DataId
    band: str
    start: datetime
    run: str
    content: str
    store: str
    repository: str
    gitpath: str
    gitsha: str

    def __str__(self) -> str:
        return f"{self.data_id} from {self.start.isoformat()}"


# What rows and paths may call it, that a camera may change.
_NAMES: dict[str, Callable[[Kept], str]] = {
    "band": lambda one: one.band,
    "detector_name": lambda one: one.data_id.detector_name,
}


def kept_of(export: Export, known: Iterable[Kept] = ()) -> dict[Item, Kept]:
    """Return the items of an export as a registry keeps them.

    Those that it has stay as it has them: other exports of the same commits may call the files otherwise.
    """
    there = {(one.data_id, one.run): one for one in known}
    return {item: there.get((item.data_id, item.version)) or one for item, one in _of(export).items()}


def renamed(export: Export, kept: Mapping[Item, Kept], layout: Gen2Layout) -> Iterator[Reason]:
    """Yield what is kept under a band or name that the camera had, where rows or paths have these in them."""
    texts = [text for _, text in (*layout.columns, *layout.templates)] + [layout.template]
    names = [name for name in _NAMES if any(name in fields_of(text) for text in texts)]
    for item, one in _of(export).items():
        for name in names:
            here, there = _NAMES[name](kept[item]), _NAMES[name](one)
            if here != there:
                said = f"{name} is {here or 'none'} here, {there or 'none'} in the export (use a new folder)"
                yield Reason("record", str(item), said)


def _of(export: Export) -> dict[Item, Kept]:
    bands = {
        (one.instrument, physical.name): physical.band
        for one in export.instruments
        for physical in one.filters
    }
    return {
        item: Kept(
            data_id=item.data_id,
            band=bands.get((item.data_id.instrument, item.data_id.physical_filter), ""),
            start=item.start,
            run=item.version,
            content=item.content,
            store="/".join((STORE, *os.path.relpath(item.file, export.root).split(os.sep))),
            repository=export.repository,
            gitpath=item.gitpath,
            gitsha=item.gitsha,
        )
        for item in export.items
    }
