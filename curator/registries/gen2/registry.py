"""A Gen2 ``calibRegistry.sqlite3`` as a registry.

It is of one instrument, and look-ups find one state: the preferred label. All labels, with the files they
need, are kept in tables and a folder of curator's own beside what the stack reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import RegistryError, UsageError
from curator.registries.errors import UnknownLabelError, UnusableRegistryError
from curator.registries.gen2.certified_files import files_of_labels, files_of_others
from curator.registries.gen2.holdings import foreign_holdings, instrument_of, label_holdings
from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.lookups.serve import LookupTables, wanted_rows
from curator.registries.gen2.purge import empty_trash, purgeable, remove
from curator.registries.gen2.state import gen2_additions, read_state
from curator.registries.gen2.store.items import Kept, kept_of, renamed
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.gen2.store.location import Gen2Location, transaction
from curator.registries.gen2.store.records import Label
from curator.registries.gen2.store.sqlite_schema import tables_of
from curator.registries.model.collections import chain_name, is_label, is_personal, label_name, unknown_label
from curator.registries.model.model import Export, Holding, Item, KnownDataset, Reason, State
from curator.registries.model.plan import ChainMove, Dataset, Plan, Purge
from curator.registries.model.served_files import Found, Wanted
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.make_plan import compare
from curator.repository.layout.gen2_layout import Gen2Layout

if TYPE_CHECKING:
    from curator.export.manifest.manifest import InstrumentRecord
    from curator.registries.model.model import Addition, Transfer

__all__ = ["Gen2Registry"]


class Gen2Registry:
    """A registry in a folder.

    Parameters
    ----------
    place : Gen2Location
    connection : sqlite3.Connection or None
        `None` stands for one that does not exist yet, to plan for.
    transfer : {"", "copy", "hardlink"}
        How files come into the folder: links where they can be made, if empty.
    """

    def __init__(
        self, place: Gen2Location, connection: sqlite3.Connection | None, transfer: Transfer = ""
    ) -> None:
        self._place = place
        self._connection = connection
        self._files = Files(place.folder, transfer)
        self._new = connection is None or not tables_of(connection)
        if connection is not None:
            self._ledger = Ledger(connection)
            self._server = LookupTables(connection, self._ledger, self._files)

    def recover(self, notify: Callable[[str], None]) -> None:
        """Have look-ups find the preferred label, whatever a killed run or others made of its rows."""
        if not self._ledger.exists:
            return
        empty_trash(self._open(), self._ledger, self._files)
        if lost := self._server.lost(self._ledger.preferred):
            notify(f"{lost[0]} is missing, but a label uses it: ingest the label again")
            return
        try:
            if self._server.serve(self._ledger.preferred):
                notify(f"what {self._place.file} serves was changed by another program; it is restored")
        except Refused as error:  # which must not keep anyone from serving another label
            notify(f"what {self._place.file} serves was changed by another program: {error.differences[0]}")

    def plan(self, export: Export, label: str, *, prefer: bool = False) -> Plan:
        instrument = self._instrument(export)
        export = _only(export, instrument)
        name = label_name(instrument, label)
        layout = _layout(export, instrument)
        kept = self._kept(export)
        certified = [(kept[one], each) for one in export.items for each in one.ranges]
        if self._connection is None:
            _, conflicts = wanted_rows(layout, certified)
            state = State(conflicts=tuple(conflicts), adds=self._additions(export, layout), exists=False)
        else:
            certified += self._more(name, export, set(certified))
            rows, conflicts = wanted_rows(layout, certified)
            conflicts += renamed(export, kept, layout)
            if self._ledger.preferred == name or (prefer and not is_personal(label)):
                sources = {kept[one]: one.file for one in export.items}
                conflicts += self._server.conflicts(layout, rows, sources)
            state = read_state(
                self._ledger, self._files, export, name, kept, tuple(conflicts), exists=not self._new
            )
            state = replace(state, adds=self._additions(export, layout))
        return compare(export, label, state, prefer=prefer)

    def _additions(self, export: Export, layout: Gen2Layout) -> tuple[Addition, ...]:
        if self._connection is None:
            return gen2_additions(export)
        there = tables_of(self._connection)
        return gen2_additions(export, layout, self._ledger, there, mapper=self._place.mapper())

    def _kept(self, export: Export) -> dict[Item, Kept]:
        return kept_of(export, () if self._connection is None else self._ledger.items().values())

    def _more(
        self, name: str, export: Export, known: set[tuple[Kept, ValidityRange]]
    ) -> list[tuple[Kept, ValidityRange]]:
        """Return what other exports of some paths of the same commit have put into a label."""
        label = self._ledger.labels().get(name)
        if label is None or label.commit != export.commit:
            return []
        return [one for one in self._ledger.certified(name) if one not in known]

    def apply(self, plan: Plan) -> None:
        connection = self._open()
        if plan.is_empty:
            return
        kept = self._kept(plan.export)
        with self._files.all_or_none():
            for item in plan.ingest:
                self._files.lay(item.file, kept[item].store)
            self._files.flush()
            with transaction(connection):
                if not self._ledger.exists:
                    self._ledger.create(plan.export.items[0].data_id.instrument)
                self._publish(plan, kept)
        self.move(plan.moves)
        if self._ledger.preferred in plan.labels.values():  # an export of some paths has added to it
            self._server.serve(self._ledger.preferred)

    def _publish(self, plan: Plan, kept: Mapping[Item, Kept]) -> None:
        wanted = dict.fromkeys((*plan.ingest, *(one.item for one in plan.certify)))
        self._ledger.add_items(kept[one] for one in wanted)
        numbers = {(one.data_id, one.run): number for number, one in self._ledger.items().items()}
        for instrument, name in plan.labels.items():
            layout = _layout(plan.export, instrument)
            self._ledger.add_label(Label(name, plan.export.commit, plan.documentation, layout))
            self._ledger.add_ranges(
                name, ((numbers[one.item.data_id, one.item.version], one.range) for one in plan.certify)
            )

    def moves(self, moves: Sequence[ChainMove]) -> tuple[tuple[ChainMove, ...], tuple[Reason, ...]]:
        self._open()
        labels = self._ledger.labels()
        now = (self._ledger.preferred,) if self._ledger.preferred else ()
        left: list[ChainMove] = []
        differences: list[Reason] = []
        for move in moves:
            if move.members == now:
                continue
            left.append(move)
            gone = [one for one in move.members if one not in labels]
            if now != move.before:
                differences.append(Reason("chain", move.chain, f"is {', '.join(now) or 'empty'} now"))
            elif gone:
                differences.append(Reason("chain", move.chain, f"{gone[0]} no longer exists"))
            else:
                for one in move.members:
                    differences += self._server.conflicts(labels[one].layout, self._server.rows(labels[one]))
        return tuple(left), tuple(differences)

    def move(self, moves: Sequence[ChainMove]) -> None:
        self._open()
        for move in moves:
            if len(move.members) > 1 or move.chain != chain_name(self._ledger.instrument):
                raise RegistryError(f"{move.chain}: a Gen2 registry serves one label of one instrument")
            self._server.serve(move.members[0] if move.members else "")

    def purgeable(self, label: str, known: Sequence[Dataset] = ()) -> Purge:
        # What a killed run left of the known ones is gone since this was opened to write.
        self._open()
        return purgeable(self._ledger, self._files, label)

    def purge(self, purge: Purge, known: Sequence[Dataset] = ()) -> None:
        remove(self._open(), self._ledger, self._files, purge)

    def holdings(self, label: str = "") -> list[Holding]:
        self._open()
        if not self._ledger.exists:
            if label:
                raise UnknownLabelError(
                    f"no label {label!r}: curator made nothing in this registry", value=label
                )
            return sorted(
                foreign_holdings(self._open(), self._named(), self._files), key=lambda one: one.order
            )
        labels = self._ledger.labels()
        if label:
            known = list(labels)
            labels = {name: one for name, one in labels.items() if is_label(name, label)}
            if not labels:
                raise unknown_label(label, known, "in this registry")
        found: list[Holding] = []
        for one in labels.values():
            found += label_holdings(one, self._ledger, self._server, self._files)
        return sorted(found, key=lambda one: one.order)

    def instruments(self) -> list[InstrumentRecord]:
        self._open()
        return [instrument_of(self._ledger)] if self._ledger.exists else []

    def find(
        self,
        dataset_type: str,
        instrument: str,
        date: datetime,
        *,
        detector: int | None = None,
        physical_filter: str = "",
        label: str = "",
    ) -> Holding | None:
        wanted = DataId(dataset_type, instrument, detector, physical_filter)
        for one in self.holdings(label):
            if one.data_id == wanted and (label or one.preferred) and one.range.holds_at(date):
                return one
        return None

    def identify(self, ids: Sequence[str]) -> dict[str, KnownDataset]:
        raise RegistryError(
            "datasets of a Gen2 registry have no ids",
            hint="look the ids up in a Butler (--registry butler:PATH), or in git without --registry",
        )

    def certified_files(self, wanted: Wanted, folder: str) -> Found:
        connection = self._open()  # all of its files are on this machine
        if self._ledger.exists:
            return files_of_labels(self._ledger, self._files, wanted)
        return files_of_others(foreign_holdings(connection, self._named(), self._files), wanted)

    def _named(self) -> str:
        return self._place.instrument or self._place.mapper() or "unknown"

    def _instrument(self, export: Export) -> str:
        """Return the one instrument that this registry is of, or is to be of."""
        held = self._ledger.instrument if self._connection is not None else ""
        names = sorted({item.data_id.instrument for item in export.items})
        asked = self._place.instrument
        if held and asked not in ("", held):
            raise UsageError(f"this registry belongs to {held}, not to {asked}", path=self._place.file)
        if not (held or names):
            raise RegistryError("this export holds no calibrations", path=export.root)
        name = held or asked or (names[0] if len(names) == 1 else "")
        if not name:
            raise UsageError(
                f"this export has several instruments, but a Gen2 registry serves one: {', '.join(names)}",
                path=self._place.file,
                hint=f"write gen2:PATH#{names[0]}, with a folder for each instrument",
            )
        if name not in names and not (held and export.complete and export.is_configured(held)):
            raise RegistryError(f"this export has no calibrations of {name}", path=self._place.file)
        return name

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise UnusableRegistryError("there is no Gen2 registry here", path=self._place.file)
        return self._connection


def _only(export: Export, instrument: str) -> Export:
    return replace(
        export,
        items=tuple(one for one in export.items if one.data_id.instrument == instrument),
        instruments=tuple(one for one in export.instruments if one.instrument == instrument),
    )


def _layout(export: Export, instrument: str) -> Gen2Layout:
    found = (one.gen2 for one in export.instruments if one.instrument == instrument)
    return next(found, None) or Gen2Layout()
