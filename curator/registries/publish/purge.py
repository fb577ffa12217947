"""Takes a label away: planned and read first, as publishing one is.

This is the one thing that cannot be rolled back. What the label had can only be ingested again, from the
commit that its documentation names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from curator.calibrations.data_id import DataId
from curator.registries.errors import UnknownLabelError
from curator.registries.model.model import Reason
from curator.registries.model.plan import Dataset, Purge
from curator.registries.publish.export_reader import Refused
from curator.registries.registry import absolute_target, open_registry

__all__ = ["Purged", "SavedPurge", "apply_purge", "plan_purge", "purge_from"]


@dataclass(frozen=True, slots=True)
class SavedPurge:
    """A registry, and what is to be removed from it."""

    target: str
    purge: Purge

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return self.purge.is_empty

    def tree(self) -> dict[str, Any]:
        """Return it as JSON holds it; `purge_from` reads that."""
        from dataclasses import asdict

        rows = [
            [one.data_id.key, one.run, one.id, one.file, one.data_id.detector_name]
            for one in self.purge.datasets
        ]
        return {"kind": "purge", "target": self.target, **asdict(self.purge), "datasets": rows}


@dataclass(frozen=True, slots=True)
class Purged:
    """What applying a purge removed: nothing the second time."""

    collections: int
    datasets: int
    files: int


def plan_purge(
    target: str, label: str, *, wait: float = 60.0, notify: Callable[[str], None] = lambda _: None
) -> SavedPurge:
    """Return what would go with a label; nothing is removed.

    Raises
    ------
    Refused
        A chain still has it.
    RegistryError
        There is no such label of curator's.
    """
    with open_registry(target, "read", wait=wait, notify=notify) as registry:
        purge = registry.purgeable(label)
        if not purge.collections:
            registry.holdings(label)  # says which labels there are
            raise UnknownLabelError(f"there is no label {label!r} of curator there", path=target, value=label)
    return SavedPurge(absolute_target(target), _allowed(purge, target))


def apply_purge(
    saved: SavedPurge, *, wait: float = 60.0, notify: Callable[[str], None] = lambda _: None
) -> Purged:
    """Remove what a plan says, or nothing; what a killed run of it left is removed too.

    Raises
    ------
    Refused
        The registry is no longer what the plan was made from.
    """
    plan = saved.purge
    with open_registry(saved.target, "write", wait=wait, notify=notify, create=False) as registry:
        now = registry.purgeable(plan.label, plan.datasets)
        _allowed(now, saved.target)
        if now.collections and replace(now, kept=()) != replace(plan, kept=()):
            raise _moved_on(saved.target, _changes(plan, now))
        registry.purge(now, plan.datasets)
    return Purged(len(now.collections), len(now.datasets), sum(bool(one.file) for one in now.datasets))


def purge_from(tree: Mapping[str, Any]) -> SavedPurge:
    """Return the purge that `SavedPurge.tree` made; `ValueError`, `TypeError` or `KeyError` if it is none."""
    if set(tree) != {"kind", "target", "label", "collections", "datasets", "runs", "kept", "differences"}:
        raise ValueError("other keys")
    return SavedPurge(
        _text(tree["target"]),
        Purge(
            label=_text(tree["label"]),
            collections=tuple(map(_text, tree["collections"])),
            datasets=tuple(_dataset(*row) for row in tree["datasets"]),
            runs=tuple(map(_text, tree["runs"])),
            kept=tuple(Reason(*map(_text, row)) for row in tree["kept"]),
        ),
    )


def _dataset(key: list[Any], run: str, id_: str, file: str, name: str) -> Dataset:
    dataset_type, instrument, detector, physical_filter = key
    if detector is not None and type(detector) is not int:
        raise TypeError("detector")
    data_id = DataId(_text(dataset_type), _text(instrument), detector, _text(physical_filter), _text(name))
    return Dataset(data_id, _text(run), _text(id_), _text(file))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _allowed(purge: Purge, target: str) -> Purge:
    if purge.differences:
        raise Refused(
            f"refused: {purge.differences[0]}",
            purge.differences,
            path=target,
            hint="let the chain prefer another label first: `curator rollback`, or publish one with --prefer",
        )
    return purge


def _changes(plan: Purge, now: Purge) -> tuple[Reason, ...]:
    """Return what goes in one of two purges only."""
    found = []
    for kind, before, after in (
        ("label", plan.collections, now.collections),
        ("dataset", plan.datasets, now.datasets),
        ("run", plan.runs, now.runs),
    ):
        found += [Reason(kind, str(one), "stays now") for one in before if one not in after]
        found += [Reason(kind, str(one), "would go too now") for one in after if one not in before]
    return tuple(found)


def _moved_on(target: str, differences: tuple[Reason, ...]) -> Refused:
    return Refused(
        "the registry has moved on since this plan was made",
        differences,
        path=target,
        hint="make the plan again, and read it again",
    )
