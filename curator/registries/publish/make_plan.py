"""What an export would change in a registry, decided without touching it.

Pure: the same for every kind of registry, and for one that does not exist yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from curator.calibrations.data_id import DataId
from curator.registries.model.collections import chain_name, documentation, is_personal, label_name, moved
from curator.registries.model.describe import described, moment
from curator.registries.model.model import (
    Certified,
    ChainState,
    Export,
    Item,
    LabelState,
    Reason,
    State,
    Validity,
)
from curator.registries.model.plan import ChainMove, Plan
from curator.registries.publish.changes import compare_with_preferred

__all__ = ["compare", "withdrawn"]


def compare(export: Export, label: str, state: State, *, prefer: bool = False) -> Plan:
    """Return what has to be written for ``label`` to hold the certified calibrations of ``export``.

    Parameters
    ----------
    export : Export
    label : str
        Checked by `curator.registries.model.collections.check_label`.
    state : State
        What is there.
    prefer : bool
        Whether the chains are to have this label.

    Returns
    -------
    Plan
        Its ``differences`` say why nothing may be written, if so.
    """
    labels = {
        instrument: label_name(instrument, label) for instrument in sorted(_instruments(export, state.chains))
    }
    differences = list(state.conflicts)
    ingest, restore, present = [], [], 0
    for item in export.items:
        held = state.held.get((item.data_id, item.version))
        if held is None:
            ingest.append(item)
        elif held.is_lost and state.restores:
            restore.append(item)
        elif held.is_lost:
            differences.append(Reason("lost", held.file, f"is lost ({item})"))
        elif held.content == item.content:
            present += 1
        else:
            differences.append(Reason("content", str(item), _other_content(item, held.file, held.content)))
    certify: list[Validity] = []
    completes: list[str] = []
    for instrument, name in labels.items():
        there = state.labels.get(instrument, LabelState(name))
        wanted = [
            Validity(item, one)
            for item in export.items
            if item.data_id.instrument == instrument
            for one in item.ranges
        ]
        found = list(_label_differences(there, export, wanted))
        differences += found
        missing = [] if found else list(_missing(there, wanted))
        if there.kind and missing:
            completes.append(name)
        certify += missing
    unchanged = sum(len(item.ranges) for item in export.items) - len(certify)
    prefer = prefer and not is_personal(label)
    moves = tuple(_moves(labels, state.chains)) if prefer else ()
    differences += _chain_conflicts(labels, state.chains) if prefer else ()
    compared, changes = compare_with_preferred(export, labels, state.preferred)
    return Plan(
        export=export,
        labels=labels,
        documentation=documentation(export.repository, export.commit, export.commit_date),
        ingest=tuple(ingest),
        certify=tuple(certify),
        restore=tuple(restore),
        present=present,
        unchanged=unchanged,
        moves=moves,
        completes=tuple(completes),
        creates=not state.exists,
        adds=state.adds if ingest or certify or restore or moves else (),
        stays=tuple(_staying(export, labels, state.chains)) if prefer else (),
        compared=compared,
        changes=changes,
        differences=tuple(differences),
    )


def _instruments(export: Export, chains: Mapping[str, ChainState]) -> set[str]:
    """Return the instruments that get a label.

    Those with something certified; and those whose chain finds an earlier label, though nothing of theirs is
    to be used any more: an empty label takes its place, or look-ups would go on finding what was deprecated
    or deleted. What nobody certified yet says nothing of the label of another repository.
    """
    certified = {item.data_id.instrument for item in export.items if item.ranges}
    if not export.complete:
        return certified
    there = {item.data_id.instrument for item in export.items}
    deprecated = {item.data_id.instrument for item in export.items if item.is_deprecated}
    emptied = {
        one
        for one in there
        if (chain := chains.get(one))
        and chain.finds
        and (one in deprecated or chain.repository == _plain(export.repository))
    }
    return certified | emptied | withdrawn(export, chains)


def withdrawn(export: Export, chains: Mapping[str, ChainState]) -> set[str]:
    """Return the instruments of the repository's that an export of all of it has nothing of, but chains find.

    A registry may have cameras of other repositories too. A chain is this one's if the label that it finds
    was published from it, and the camera is one of those that the repository has.
    """
    there = {item.data_id.instrument for item in export.items}
    return {
        instrument
        for instrument, chain in chains.items()
        if export.complete
        and instrument not in there
        and chain.finds
        and export.is_configured(instrument)
        and chain.repository == _plain(export.repository)
    }


def _plain(repository: str) -> str:
    return " ".join(repository.split())


def _staying(export: Export, labels: Mapping[str, str], chains: Mapping[str, ChainState]) -> Iterator[Reason]:
    """Yield the chains that could be this repository's, and stay though it has nothing for them."""
    for instrument, chain in sorted(chains.items()):
        if instrument in labels or not (export.complete and chain.finds):
            continue
        if chain.repository == _plain(export.repository):
            said = "no camera that curator.yaml still has is known by this name"
        elif export.is_configured(instrument):
            said = f"that is of {chain.repository}"
        else:
            continue
        yield Reason("stays", chain.name, f"still finds {chain.finds}: {said}")


def _other_content(item: Item, file: str, content: str) -> str:
    if content:
        return f"is there with other content ({file}), though it is of the same commit of {item.gitpath}"
    return f"already exists, in a file without a digest to compare ({file})"


def _label_differences(there: LabelState, export: Export, wanted: list[Validity]) -> Iterator[Reason]:
    """Yield why a label that is there cannot be the one of this export."""
    if not there.kind:
        return
    if there.kind != "CALIBRATION":
        yield Reason("label", there.name, f"is a {there.kind} collection already")
        return
    if not there.commit:
        yield Reason("label", there.name, "was not made by curator")
        return
    if there.commit != export.commit:
        yield Reason(
            "label",
            there.name,
            f"was published from commit {there.commit[:12]}, this export is of {export.commit[:12]}",
        )
    by_start = {(one.item.data_id, one.range.start): one for one in wanted}
    for one in there.certified:
        validity = by_start.pop((one.data_id, one.range.start), None)
        if validity is not None:
            yield from _range_differences(there, one, validity)
        elif export.complete or there.commit != export.commit:
            yield Reason("missing", _name(one, export), f"is in {there.name}, and not in this export")
    if there.commit != export.commit:
        for added in by_start.values():
            yield Reason("added", str(added.item), f"is in this export, and not in {there.name}")
    else:
        yield from _overlaps(there, export, list(by_start.values()))


def _range_differences(there: LabelState, one: Certified, wanted: Validity) -> Iterator[Reason]:
    item, end = wanted.item, wanted.range.end
    if one.version != item.version:
        content = "the same content" if one.content == item.content else "other content"
        yield Reason(
            "changed",
            str(item),
            f"{there.name} has it from {one.version}, this export from commit {item.gitsha[:12]}: {content}",
        )
    if one.range.end != end:
        yield Reason(
            "range", str(item), f"ends {_date(one.range.end)} in {there.name}, {_date(end)} in this export"
        )


def _overlaps(there: LabelState, export: Export, added: list[Validity]) -> Iterator[Reason]:
    """Yield what a label that exports of some paths fill bit by bit has in the way of the next of them."""
    present: defaultdict[DataId, list[Certified]] = defaultdict(list)
    for one in there.certified:
        present[one.data_id].append(one)
    for item, wanted in added:
        for one in present[item.data_id]:
            if one.range.overlaps(wanted):
                said = f"{there.name} has {_name(one, export)} to {_date(one.range.end)}"
                yield Reason("overlap", str(item), said)


def _missing(there: LabelState, wanted: list[Validity]) -> Iterator[Validity]:
    certified = {(one.data_id, one.range.start) for one in there.certified}
    return (one for one in wanted if (one.item.data_id, one.range.start) not in certified)


def _chain_conflicts(labels: Mapping[str, str], chains: Mapping[str, ChainState]) -> list[Reason]:
    return [
        Reason("chain", chain.name, f"is a {chain.kind} collection, not a chain of labels")
        for instrument in labels
        if (chain := chains.get(instrument)) and chain.kind not in ("", "CHAINED")
    ]


def _moves(labels: Mapping[str, str], chains: Mapping[str, ChainState]) -> Iterator[ChainMove]:
    for instrument, name in labels.items():
        if move := moved(chains.get(instrument, ChainState(chain_name(instrument))), name):
            yield move


def _name(one: Certified, export: Export) -> str:
    records = (record for record in export.instruments if record.instrument == one.data_id.instrument)
    detectors = (each for record in records for each in record.detectors)
    name = next((each.name for each in detectors if each.id == one.data_id.detector), "")
    return described(replace(one.data_id, detector_name=name), one.range.bounded_start)


def _date(date: datetime | None) -> str:
    return moment(date) if date else "without bound"
