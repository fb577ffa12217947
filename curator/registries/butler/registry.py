"""A Butler as a registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from curator.errors import RegistryError
from curator.registries.butler.certified_files import certified_files
from curator.registries.butler.datasets import certify, placed, registered
from curator.registries.butler.date_limits import within_dates
from curator.registries.butler.dimension_records import Records, doubled
from curator.registries.butler.formatters import formatter_of
from curator.registries.butler.holdings import described, instruments, known_datasets
from curator.registries.butler.location import ButlerLocation
from curator.registries.butler.purging.marker import end
from curator.registries.butler.purging.purge import empty_trash, purgeable, remove
from curator.registries.butler.state import Association, associations, collection, labels_of, read_state
from curator.registries.butler.transfers import (
    check_transfer,
    forget_files,
    ingest_files,
    noted,
)
from curator.registries.errors import UnusableRegistryError
from curator.registries.model.collections import chain_name, is_label, label_name, short_label, unknown_label
from curator.registries.model.model import (
    Export,
    Formatter,
    Holding,
    Item,
    KnownDataset,
    Reason,
    State,
    Transfer,
)
from curator.registries.model.plan import ChainMove, Dataset, Plan, Purge
from curator.registries.model.tai import from_timespan
from curator.registries.publish.consent import additions
from curator.registries.publish.make_plan import compare

if TYPE_CHECKING:
    from uuid import UUID

    from lsst.daf.butler import Butler, DatasetRef

    from curator.export.manifest.manifest import InstrumentRecord
    from curator.registries.model.served_files import Found, Wanted


__all__ = ["ButlerRegistry"]


def _labels(plan: Plan) -> set[str]:
    """Return the labels to be made: one that is to be preferred also if it is empty."""
    certified = {plan.labels[one.item.data_id.instrument] for one in plan.certify}
    preferred = {member for move in plan.moves for member in move.members}
    return certified | (preferred & set(plan.labels.values()))


class ButlerRegistry:
    """A registry on a Butler.

    Parameters
    ----------
    butler : Butler or None
        `None` stands for one that does not exist yet, to plan for.
    place : ButlerLocation
        Where it is.
    transfer : {"direct", "copy", "hardlink"}
        How it gets files.
    new : bool
        Whether it was made for this.
    datastore : str
        Where one that does not exist yet will keep files, if not in its folder.
    formatter : {"", "curator", "stack"}
        What reads new files later.
    """

    def __init__(
        self,
        butler: Butler | None,
        place: ButlerLocation,
        transfer: Transfer = "direct",
        *,
        new: bool = False,
        datastore: str = "",
        formatter: Formatter = "",
    ) -> None:
        self._butler = butler
        self._place = place
        self._transfer: Transfer = transfer
        self._new = new
        self._datastore = datastore
        self._formatter = formatter

    def plan(self, export: Export, label: str, *, prefer: bool = False) -> Plan:
        self._check_transfer(export)
        export, differences = within_dates(export)
        differences += tuple(doubled(export))
        if differences or self._butler is None:
            exists = self._butler is not None
            state = State(conflicts=differences, adds=() if exists else additions(export), exists=exists)
        else:
            records = Records(self._butler, self._place.storage_classes())
            conflicts = tuple(records.conflicts(export))
            restores = self._transfer != "direct"
            state = read_state(self._butler, export, label, conflicts, new=self._new, restores=restores)
            state = replace(state, adds=additions(export, records.known(export)))
        return compare(export, label, state, prefer=prefer)

    def apply(self, plan: Plan) -> None:
        from lsst.daf.butler.registry import ConflictingDefinitionError

        butler = self._open()
        if plan.ingest or plan.certify or plan.restore or plan.moves:
            self._check_transfer(plan.export)
            Records(butler, self._place.storage_classes()).register(plan.export)
            kept = forget_files(butler, self._placed(butler, plan), plan.restore)
            try:
                self._write(butler, plan, kept)
            except ConflictingDefinitionError:
                # It keeps files of datasets that have gone: a purge was killed before it removed them.
                empty_trash(butler, self._placed(butler, plan).values())
                self._write(butler, plan, kept)
        self.move(plan.moves)

    def _write(self, butler: Butler, plan: Plan, kept: Mapping[UUID, str]) -> None:
        from lsst.daf.butler import CollectionType

        with noted(self._place.folder, self._transfer), butler.transaction():
            for name in _labels(plan):
                end(butler, name, short_label(name))
                butler.collections.register(name, CollectionType.CALIBRATION, doc=plan.documentation)
            refs = self._placed(butler, plan)
            names = {ref.id: kept.get(ref.id) or formatter_of(ref, self._formatter) for ref in refs.values()}
            ingest_files(butler, (*plan.ingest, *plan.restore), refs, self._transfer, names)
            self._certify(butler, plan, refs)

    def moves(self, moves: Sequence[ChainMove]) -> tuple[tuple[ChainMove, ...], tuple[Reason, ...]]:
        butler = self._open()
        left, differences = [], []
        for move in moves:
            info = collection(butler, move.chain)
            members = tuple(info.children) if info is not None else ()
            gone = [one for one in move.members if collection(butler, one) is None]
            if members != move.members:
                left.append(move)
                if members != move.before:
                    now = ", ".join(members) or "empty"
                    differences.append(Reason("chain", move.chain, f"is {now} now"))
                elif gone:
                    differences.append(Reason("chain", move.chain, f"{gone[0]} no longer exists"))
        return tuple(left), tuple(differences)

    def move(self, moves: Sequence[ChainMove]) -> None:
        from lsst.daf.butler import CollectionType

        butler = self._open()
        if not moves:
            return
        with butler.transaction():
            for move in moves:
                butler.collections.register(move.chain, CollectionType.CHAINED)
                butler.collections.redefine_chain(move.chain, move.members)

    def purgeable(self, label: str, known: Sequence[Dataset] = ()) -> Purge:
        return purgeable(self._open(), label, known)

    def purge(self, purge: Purge, known: Sequence[Dataset] = ()) -> None:
        remove(self._open(), purge, known)

    def _placed(self, butler: Butler, plan: Plan) -> dict[Item, DatasetRef]:
        """Return the references of all that is to be ingested or certified."""
        types = registered(butler, {one.registry_name or one.name for one in plan.export.dataset_types})
        certified = (one.item for one in plan.certify)
        return placed(butler, types, dict.fromkeys((*plan.ingest, *plan.restore, *certified)))

    def _check_transfer(self, export: Export) -> None:
        roots = [self._datastore or self._place.folder]
        if self._butler is not None:
            roots = [str(one) for one in self._butler.get_datastore_roots().values() if one is not None]
        check_transfer(roots, self._transfer, export.root, self._place.folder)

    def _certify(self, butler: Butler, plan: Plan, refs: dict[Item, DatasetRef]) -> None:
        certify(butler, plan, refs)

    def holdings(self, label: str = "") -> list[Holding]:
        butler = self._open()
        every = labels_of(butler)
        labels = [one for one in every if not label or is_label(one.name, label)]
        if label and not labels:
            raise unknown_label(label, (one.name for one in every), "in this Butler")
        found: list[Association] = []
        for one in labels:
            for name in sorted(one.dataset_types or ()):
                found += associations(butler, butler.get_dataset_type(name), [one.name])
        return sorted(described(butler, found), key=lambda one: one.order)

    def instruments(self) -> list[InstrumentRecord]:
        return instruments(self._open())

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
        butler = self._open()
        name = label_name(instrument, label) if label else chain_name(instrument)
        if collection(butler, name) is None:
            if not label:
                return None
            raise RegistryError(f"no collection {name!r} is in this Butler", value=name)
        names = list(butler.collections.query(name, flatten_chains=True))
        data_id = {"instrument": instrument, "detector": detector, "physical_filter": physical_filter or None}
        found = [
            one
            for one in associations(
                butler,
                butler.get_dataset_type(dataset_type),
                names,
                **{key: value for key, value in data_id.items() if value is not None},
            )
            if from_timespan(one.timespan).holds_at(date)
        ]
        first = sorted(found, key=lambda one: names.index(one.collection))[:1]
        return next(described(butler, first), None)

    def identify(self, ids: Sequence[str]) -> dict[str, KnownDataset]:
        return {one.id: one for one in known_datasets(self._open(), ids)}

    def certified_files(self, wanted: Wanted, folder: str) -> Found:
        return certified_files(self._open(), wanted, folder)

    def _open(self) -> Butler:
        if self._butler is None:
            raise UnusableRegistryError("there is no Butler to read or write")
        return self._butler
