"""Brings what is certified in a registry back into git."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import pairwise
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from curator.calibrations.types.types import all_types
from curator.editing.fits_import.fits_reader import IMAGES
from curator.editing.fits_import.import_fits import Imported, import_files
from curator.editing.fits_import.pending_import import GivenIdentity, GivenRange, PendingImport
from curator.editing.session import editing
from curator.errors import RegistryError, UsageError
from curator.name_lookup import require_known
from curator.registries.model.served_files import CertifiedFile, Wanted, visible
from curator.registries.registry import open_registry, recorded

if TYPE_CHECKING:
    from curator.repository.repository import Repository

__all__ = ["Pulled", "pull"]


class Pulled(NamedTuple):
    """What was brought in, and how many ranges are certified of dataset types that no text is for."""

    brought: Imported
    skipped: dict[str, int]


def pull(
    repo: Repository,
    target: str,
    collection: str,
    *,
    types: Sequence[str] = (),
    detector: str = "",
    physical_filter: str = "",
    start: datetime | None = None,
    rounded: bool = False,
    dry_run: bool = False,
    wait: float = 60.0,
    notify: Callable[[str], None] = lambda _: None,
    now: datetime | None = None,
) -> Pulled:
    """Write a text and a record for every range that is certified in a collection, or for none.

    A dataset that is certified for several ranges becomes a text for each, named by its start; ranges that
    adjoin are one. In a chain, a range counts as far as no earlier collection of it has one.

    Parameters
    ----------
    repo : Repository
    target : str
        ``butler:PATH`` or ``gen2:PATH``.
    collection : str
        A CALIBRATION collection, or a chain of them; curator need not have made it.
    types : sequence of str
        Dataset types; all that text is for if empty.
    detector, physical_filter : str
        All if empty.
    start : datetime.datetime, optional
        Stands in for the begin of ranges that have none (UTC); the camera's start of operations if not given.
    rounded, dry_run, now
        As `curator.editing.fits_import.import_fits.import_files` has them.

    Raises
    ------
    RegistryError
        There is no such registry or collection, or nothing that was asked for is certified in it.
    RefusedError
        With every file that cannot be brought in.
    """
    names = _registry_names(types)
    wanted = Wanted(collection, tuple(names), detector, physical_filter)
    with (
        TemporaryDirectory(prefix="curator-pull-") as folder,
        open_registry(target, "read", wait=wait, notify=notify) as registry,
    ):
        found = registry.certified_files(wanted, folder)
        files = visible(found.files)
        if not files:
            asked = " of that kind" if types or detector or physical_filter else ""
            raise RegistryError(
                f"nothing{asked} that text is for is certified in {collection}", value=collection
            )
        where = recorded(target)
        pending = [
            _pending_import(one, after, where, start) for one, after in pairwise([*files, None]) if one
        ]
        with nullcontext() if dry_run else editing(repo, "pull"):
            brought = import_files(
                repo, pending, rounded=rounded, dry_run=dry_run, now=now, data_ids=found.data_ids
            )
    return Pulled(brought, found.skipped)


def _registry_names(types: Sequence[str]) -> list[str]:
    for one in types:
        if one.lower() in IMAGES:
            raise UsageError(
                f"{one} is an image: it stays FITS; text can only refer to it", keyword="type", value=one
            )
    known = {one.name: one.registry_name or one.name for one in all_types()}
    return [known[require_known("dataset type that text is for", one, known)] for one in types]


def _pending_import(
    one: CertifiedFile, after: CertifiedFile | None, target: str, start: datetime | None
) -> PendingImport:
    """Return a file as `import_files` takes it; ``after`` is the next one, of any data ID."""
    key = one.data_id
    kinds = {kind.registry_name or kind.name: kind.name for kind in all_types()}
    source = {
        "registry": target,
        "collection": one.collection,
        "run": one.run,
        "dataset": one.dataset,
        "dataset_type": key.dataset_type,
    }
    followed = after is not None and after.data_id == key and after.range.start == one.range.end
    return PendingImport(
        one.file,
        name=one.name,
        declared=GivenIdentity(kinds[key.dataset_type], key.instrument, key.detector, key.physical_filter),
        range=GivenRange(one.range.bounded_start or start, one.range.end, followed),
        source={name: value for name, value in source.items() if value},
        construction=one.construction,
        created=one.created,
    )
