"""Calibrations as a Gen2 registry keeps them, whether a label that serves them is preferred or not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from curator.registry.values import DataKey, Export, Item

__all__ = ["STORE", "Kept", "kept_of"]

# Folder of the registry that has every file of every label; those of the preferred one are laid out from it.
STORE = "curator"


@dataclass(frozen=True, slots=True)
class Kept:
    """A calibration that a registry keeps.

    Parameters
    ----------
    key : DataKey
    detector_name, band : str
    start : datetime
        Valid start (UTC) that its text is named by.
    run : str
        As `curator.registry.values.Item` has it.
    content : str
        Digest of the calibration without its stamp.
    store : str
        Its file, relative to the folder of the registry.
    repository, gitpath, gitsha : str
    """

    key: DataKey
    detector_name: str
    band: str
    start: datetime
    run: str
    content: str
    store: str
    repository: str
    gitpath: str
    gitsha: str

    def __str__(self) -> str:
        names = (self.key.dataset_type, self.key.instrument, self.detector_name, self.key.physical_filter)
        return f"{' '.join(filter(None, names))} from {self.start.isoformat()}"


def kept_of(export: Export, known: Iterable[Kept] = ()) -> dict[Item, Kept]:
    """Return the items of an export as a registry keeps them.

    Those that it has stay as it has them: other exports of the same commits may call the files otherwise.
    """
    there = {(one.key, one.run): one for one in known}
    bands = {
        (one.instrument, physical.name): physical.band
        for one in export.instruments
        for physical in one.filters
    }
    return {
        item: there.get((item.key, item.version))
        or Kept(
            key=item.key,
            detector_name=item.detector_name,
            band=bands.get((item.key.instrument, item.key.physical_filter), ""),
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
