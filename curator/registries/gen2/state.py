"""What a Gen2 registry holds of the things that an export is about. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from curator.calibrations.data_id import DataId
from curator.calibrations.fits.stamp_reader import read_stamp
from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.store.items import Kept
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.model.collections import chain_name, instrument_of, repository_of
from curator.registries.model.model import (
    Addition,
    Certified,
    ChainState,
    Export,
    Item,
    LabelState,
    Reason,
    RegisteredDataset,
    State,
)
from curator.registries.publish.consent import Known, additions
from curator.repository.layout.gen2_layout import Gen2Layout

__all__ = ["gen2_additions", "read_state"]


def gen2_additions(
    export: Export,
    layout: Gen2Layout | None = None,
    ledger: Ledger | None = None,
    tables: Iterable[str] = (),
    *,
    mapper: str = "",
) -> tuple[Addition, ...]:
    """Return the instrument and the dataset types that are new: a Gen2 registry has no other records.

    Parameters
    ----------
    export : Export
        Of one instrument.
    layout, ledger, tables
        Of the registry, if there is one: how it calls its tables, what curator keeps, and what is there.
    mapper : str
        The camera that the stack's ``_mapper`` names, as ``Hsc``: known, though curator keeps nothing yet.
    """
    types = {item.data_id.dataset_type for item in export.items}
    bare = replace(
        export,
        instruments=tuple(replace(one, detectors=(), filters=()) for one in export.instruments),
        dataset_types=tuple(one for one in export.dataset_types if (one.registry_name or one.name) in types),
    )
    there = {name.lower() for name in tables}
    known = {name for name in types if layout and layout.table(name).lower() in there}
    if ledger is not None and ledger.exists:
        known |= {one.data_id.dataset_type for one in ledger.items().values()}
        return additions(bare, Known([ledger.instrument], sorted(known)))
    same = [one.instrument for one in export.instruments if one.instrument.lower() == mapper.lower()]
    return additions(bare, Known(same or [mapper] if mapper else [], sorted(known)))


def read_state(
    ledger: Ledger,
    files: Files,
    export: Export,
    label: str,
    kept: Mapping[Item, Kept],
    conflicts: tuple[Reason, ...],
    *,
    exists: bool,
) -> State:
    """Return what a registry holds that matters to publishing ``export`` as ``label``, its whole name.

    ``kept`` are the items of the export as the registry has, or will have, them.
    """
    instrument = instrument_of(label)
    chain = chain_name(instrument)
    if not ledger.exists:
        taken = _taken(files, kept)
        return State(conflicts=(*conflicts, *taken), chains={instrument: ChainState(chain)}, exists=exists)
    labels = ledger.labels()
    there = _label(ledger, label) if label in labels else LabelState(label)
    preferred = (ledger.preferred,) if ledger.preferred else ()
    repository = repository_of(labels[ledger.preferred].documentation) if ledger.preferred in labels else ""
    held = _held(ledger, files, export)
    return State(
        held=held,
        labels={instrument: there},
        chains={instrument: ChainState(chain, "CHAINED", preferred, frozenset(labels), repository)},
        preferred={instrument: _label(ledger, ledger.preferred)} if ledger.preferred in labels else {},
        conflicts=(*conflicts, *_taken(files, kept, held)),
        exists=exists,
    )


def _label(ledger: Ledger, name: str) -> LabelState:
    found = ledger.certified(name)
    certified = tuple(Certified(item.data_id, one, item.run, item.content) for item, one in found)
    return LabelState(name, "CALIBRATION", ledger.labels()[name].commit, certified)


def _held(ledger: Ledger, files: Files, export: Export) -> dict[tuple[DataId, str], RegisteredDataset]:
    """Return what is kept; what has lost its file is not, if the export has the same to be laid again."""
    kept = {(one.data_id, one.run): one for one in ledger.items().values()}
    held = {}
    for item in export.items:
        one = kept.get((item.data_id, item.version))
        if one is None:
            continue
        if files.there(one.store):
            stamp = read_stamp(files.at(one.store))
            held[item.data_id, item.version] = RegisteredDataset(
                stamp.content if stamp else "", files.at(one.store)
            )
        elif one.content != item.content:
            held[item.data_id, item.version] = RegisteredDataset(one.content, files.at(one.store))
    return held


def _taken(
    files: Files,
    export: Mapping[Item, Kept],
    held: dict[tuple[DataId, str], RegisteredDataset] | None = None,
) -> tuple[Reason, ...]:
    """Return what of others is where files are to be kept; what an interrupted run left there is the same."""
    found = []
    for item, kept in export.items():
        if (item.data_id, item.version) in (held or {}) or not files.there(kept.store):
            continue
        if not files.holds(kept.store, item.file):
            said = f"{files.at(kept.store)} exists, and curator did not write it"
            found.append(Reason("file", str(item), said))
    return tuple(found)
