"""Takes a label out of a Gen2 registry, with what nobody else has.

The label and its calibrations go in one transaction, which also notes their files; those are removed after
it, so that nothing ever lacks its file. Whoever opens the registry to write removes what a killed run left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from curator.registries.gen2.lookups.files import Files
from curator.registries.gen2.store.ledger import Ledger
from curator.registries.gen2.store.location import transaction
from curator.registries.model.collections import chain_name, is_label
from curator.registries.model.model import Reason
from curator.registries.model.plan import Dataset, Purge

__all__ = ["empty_trash", "purgeable", "remove"]


def purgeable(ledger: Ledger, files: Files, label: str) -> Purge:
    """Return what would go with a label, as `curator.registries.registry.Registry.purgeable` says."""
    labels = ledger.labels()
    name = next((one for one in labels if is_label(one, label)), "")
    if not name:
        return Purge(label)
    items = ledger.items()
    others = {other: {number for number, _ in ledger.ranges(other)} for other in labels if other != name}
    datasets: list[Dataset] = []
    kept: list[Reason] = []
    own = {number for number, _ in ledger.ranges(name)}
    # What nobody certified may be of any label, and goes with the last one.
    spare = set(items) - own - {number for numbers in others.values() for number in numbers}
    for number in sorted(own | spare):
        item = items[number]
        dataset = Dataset(item.data_id, item.run, str(number), files.at(item.store))
        having = [other for other, numbers in others.items() if number in spare or number in numbers]
        said = "is not certified, and may belong to" if number in spare else "is in"
        if having:
            more = f" and {len(having) - 3} more" if len(having) > 3 else ""
            kept.append(Reason("kept", str(dataset), f"{said} {', '.join(having[:3])}{more}"))
        else:
            datasets.append(dataset)
    chain = chain_name(ledger.instrument)
    found = (Reason("chain", name, f"is used by {chain}"),) if ledger.preferred == name else ()
    return Purge(label, (name,), tuple(datasets), (), tuple(kept), found or tuple(_laid(ledger, datasets)))


def _laid(ledger: Ledger, datasets: Iterable[Dataset]) -> Iterator[Reason]:
    """Yield datasets whose files still stand where look-ups are led: a move was interrupted.

    Without them nobody would know any more whose files those are.
    """
    laid = {str(number): path for path, number in ledger.paths().items()}
    for one in datasets:
        if path := laid.get(one.id):
            said = f"its file is still at {path}: first ingest with --prefer the label to serve again"
            yield Reason("file", str(one), said)


def remove(connection: sqlite3.Connection, ledger: Ledger, files: Files, purge: Purge) -> None:
    """Remove what a purge says, which has to be what `purgeable` returned just now."""
    with transaction(connection):
        for name in purge.collections:
            ledger.drop_label(name)
        ledger.throw_away(int(one.id) for one in purge.datasets)
    empty_trash(connection, ledger, files)


def empty_trash(connection: sqlite3.Connection, ledger: Ledger, files: Files) -> None:
    """Remove the files of calibrations that have gone."""
    if stores := ledger.trash():
        files.remove(stores)
        with transaction(connection):
            ledger.forget_trash(stores)
