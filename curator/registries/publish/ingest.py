"""Put an export into a registry, and list what one holds."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike, fspath

from curator.registries.model.model import Formatter, Holding, Storage, Transfer
from curator.registries.model.plan import IngestReport
from curator.registries.publish.consent import Ask, Consent, agreed
from curator.registries.publish.preflight import checked, planned
from curator.registries.registry import Mode, is_there, open_registry, parse_target

__all__ = ["holdings", "ingest"]

_NOTHING_NEW = Consent()


def ingest(
    export_dir: str | PathLike[str],
    target: str,
    label: str,
    prefer: bool = False,
    dry_run: bool = False,
    *,
    wait: float = 60.0,
    notify: Callable[[str], None] = lambda _: None,
    database: str = "",
    datastore: str = "",
    transfer: Transfer = "",
    formatter: Formatter = "",
    consent: Consent = _NOTHING_NEW,
    ask: Ask = lambda *_: None,
) -> IngestReport:
    """Ingest the files of an export and certify their validity ranges under a label.

    The export is checked before anything is opened, and compared with what is there before anything is
    written; files and ranges go in as one transaction, and the label is preferred last of all. A second run
    finds nothing to do; one after an interruption does what is left.

    Parameters
    ----------
    export_dir : path
        An export tree (a Butler refers to the files there), or one of the manifests below its
        ``manifests/``.
    target : str
        ``butler:PATH`` or ``gen2:PATH``; made where it does not exist, if ``consent`` says so.
    label : str
        What this state of the calibrations is published as: never edited afterwards.
    prefer : bool
        Whether look-ups through ``<instrument>/calib`` find this label from now on.
    dry_run : bool
        Only plan; nothing is written, nor made.
    wait : float
        Seconds to wait while another ingest is writing there.
    notify : callable
        Told in one line what is waited for.
    database : str
        ``postgresql://USER@HOST/NAME`` for a Butler that is made; SQLite in its folder if empty.
    datastore : str
        ``s3://BUCKET/PREFIX`` for the files of a Butler that is made; its folder if empty.
    transfer : {"", "direct", "copy", "hardlink"}
        Whether the registry refers to the export's files, or gets its own; its kind's own way if empty.
    formatter : {"", "curator", "stack"}
        What a Butler reads new files with: curator's formatter, or the Rubin stack's where that reads them.
    consent : Consent
        What may be made that the registry does not know: itself, and instruments.
    ask : callable
        Asked with the plan, the option of `curator ingest` that is missing and ``target``, while no lock is
        held. Returns whether somebody agrees, `None` if nobody is there.

    Raises
    ------
    Refused
        With the list of reasons: the export has changed, the registry holds something else, or nobody
        agreed to make what it does not know.
    RegistryError
        The label is not for this commit, or the registry cannot be used.
    """
    parse_target(target)
    export = checked(fspath(export_dir), label, prefer=prefer)
    storage = Storage(database, datastore, transfer, formatter)
    # One that does not exist is planned for first, so that nothing is made for what is refused.
    mode: Mode = "write" if not dry_run and is_there(target) else "plan"
    while True:
        opened = open_registry(
            target, mode, wait=wait, notify=notify, storage=storage, create=bool(export.items)
        )
        with opened as registry:
            plan = planned(registry.plan(export, label, prefer=prefer), target)
            if dry_run:
                return IngestReport(target, plan, dry_run)
            if mode == "write" and not consent.lacks(plan):
                registry.apply(plan)
                return IngestReport(target, plan, dry_run)
        consent = agreed(plan, consent, ask, target)
        mode = "write"


def holdings(target: str, label: str = "") -> list[Holding]:
    """List what is certified in a registry, in the labels that curator made.

    Parameters
    ----------
    target : str
        ``butler:PATH`` or ``gen2:PATH``.
    label : str, optional
        Only this one, such as ``2025.1``.

    Raises
    ------
    RegistryError
        There is no such registry, or no such label in it.
    """
    with open_registry(target, "read") as registry:
        return registry.holdings(label)
