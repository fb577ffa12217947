"""What look-ups would find otherwise than they do now: an export beside the labels that are preferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.registries.model.describe import moment
from curator.registries.model.model import Certified, Export, Item, LabelState
from curator.registries.model.plan import Compared, LabelChange
from curator.registries.model.run_names import start_of_run

__all__ = ["compare_with_preferred"]

_KINDS = ("added", "removed", "changed", "recommitted", "range")
_Version = tuple[str, str, "int | None", str, str]
_Start = tuple[DataId, "datetime | None"]


def compare_with_preferred(
    export: Export, labels: Mapping[str, str], preferred: Mapping[str, LabelState]
) -> tuple[tuple[Compared, ...], tuple[LabelChange, ...]]:
    """Return what differs between an export and the labels that look-ups find now.

    Parameters
    ----------
    export : Export
        One of some paths only says nothing about calibrations that it does not have: none counts as removed.
    labels : mapping of str to str
        By instrument, the label that the export is published as.
    preferred : mapping of str to LabelState
        By instrument, the label that is found now.
    """
    compared, changes = [], []
    for instrument in labels:
        if (there := preferred.get(instrument)) is None:
            continue
        items = [one for one in export.items if one.data_id.instrument == instrument]
        found = sorted(
            _changes(items, there, _detector_names(export, instrument), complete=export.complete),
            key=lambda one: (_KINDS.index(one[1].kind), one[0].order, one[1].start),
        )
        served = sum(bool(one.ranges) for one in items)
        other = {(data_id, one.start) for data_id, one in found if one.kind != "removed"}
        compared.append(Compared(there.name, served - len(other)))
        changes += [one for _, one in found]
    return tuple(compared), tuple(changes)


def _changes(
    items: Iterable[Item], there: LabelState, names: Mapping[int | None, str], *, complete: bool
) -> Iterator[tuple[DataId, LabelChange]]:
    now: defaultdict[_Version, list[Certified]] = defaultdict(list)
    for one in there.certified:
        now[(*one.data_id.key, one.version)].append(one)
    others = []
    for item in items:
        before = now.pop((*item.data_id.key, item.version), []) if item.ranges else []
        if before:
            yield from _range_change(item, before, there.name)
        else:
            others.append(item)
    yield from _other_versions(others, _by_start(now.values()), there.name, names, complete=complete)


def _other_versions(
    items: Iterable[Item],
    now: dict[_Start, list[Certified]],
    label: str,
    names: Mapping[int | None, str],
    *,
    complete: bool,
) -> Iterator[tuple[DataId, LabelChange]]:
    """Yield what differs of the calibrations that the export and the label have no version in common of."""
    without: dict[_Start, Item] = {}
    for item in items:
        key = item.data_id, item.start
        if not item.ranges:
            without[key] = item
            continue
        before = now.pop(key, [])
        if not before:
            yield item.data_id, _change(label, "added", item, _until(item))
            continue
        same = any(one.content == item.content for one in before)
        yield item.data_id, _change(label, "recommitted" if same else "changed", item)
        yield from _range_change(item, before, label)
    for (data_id, start), gone in now.items():
        left = without.get((data_id, start))
        if complete or left:
            named = replace(data_id, detector_name=names.get(data_id.detector, ""))
            date = start or gone[0].range.bounded_start
            said = "" if left is None else "deprecated" if left.is_deprecated else "not certified"
            yield named, LabelChange(label, "removed", str(named), date.isoformat() if date else "", said)


def _range_change(item: Item, before: list[Certified], label: str) -> Iterator[tuple[DataId, LabelChange]]:
    was = tuple(one.range for one in sorted(before, key=lambda one: one.range.start))
    if was != item.ranges:
        yield item.data_id, _change(label, "range", item, _other_ranges(was, item.ranges))


def _change(label: str, kind: str, item: Item, said: str = "") -> LabelChange:
    return LabelChange(label, kind, str(item.data_id), item.start.isoformat(), said)


def _by_start(certified: Iterable[list[Certified]]) -> dict[_Start, list[Certified]]:
    """Return what a label has by data ID and the start that its text is named by."""
    found: defaultdict[_Start, list[Certified]] = defaultdict(list)
    for one in chain.from_iterable(certified):
        found[one.data_id, start_of_run(one.version) or one.range.bounded_start].append(one)
    return dict(found)


def _detector_names(export: Export, instrument: str) -> dict[int | None, str]:
    records = (one for one in export.instruments if one.instrument == instrument)
    return {each.id: each.name for record in records for each in record.detectors}


def _until(item: Item) -> str:
    if len(item.ranges) == 1 and item.ranges[0].start == item.start:
        return f"to {moment(end)}" if (end := item.ranges[0].end) else ""
    return f"certified {_listed(item.ranges)}"


def _other_ranges(before: tuple[ValidityRange, ...], after: tuple[ValidityRange, ...]) -> str:
    if len(before) == len(after) == 1 and before[0].start == after[0].start:
        was, will = before[0].end, after[0].end
        now = f"ends {moment(will)}" if will else "has no end"
        return f"{now}, {f'ended {moment(was)}' if was else 'had no end'}"
    return f"certified {_listed(after)}, was certified {_listed(before)}"


def _listed(ranges: tuple[ValidityRange, ...]) -> str:
    return ", ".join(map(str, ranges))
