"""What every kind of registry can do, and the one place where a target is taken apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from importlib import import_module
from os.path import abspath
from typing import TYPE_CHECKING, Any, Literal, Protocol

from curator.errors import UsageError
from curator.registry.errors import UnusableRegistryError
from curator.registry.model.model import Difference, Export, Holding, Storage
from curator.registry.model.plan import ChainMove, Dataset, Plan, Purge
from curator.registry.model.served_files import Found, Wanted

if TYPE_CHECKING:
    from curator.export.manifest.manifest import InstrumentRecord

__all__ = [
    "KINDS",
    "Mode",
    "Registry",
    "absolute_target",
    "is_target",
    "is_there",
    "open_registry",
    "parse_target",
    "recorded",
]

_STORAGE = Storage()
Mode = Literal["read", "plan", "write"]


class Registry(Protocol):
    """Holds calibrations, each with the dates it is valid for."""

    def plan(self, export: Export, label: str, *, prefer: bool = False) -> Plan:
        """Return what would have to be written; nothing is."""

    def apply(self, plan: Plan) -> None:
        """Write what a plan of this registry says, all of it or nothing; preferred labels move last."""

    def moves(self, moves: Sequence[ChainMove]) -> tuple[tuple[ChainMove, ...], tuple[Difference, ...]]:
        """Return those chain moves that are not made yet, and why one cannot be made."""

    def move(self, moves: Sequence[ChainMove]) -> None:
        """Make chain moves, all or none."""

    def purgeable(self, label: str, known: Sequence[Dataset] = ()) -> Purge:
        """Return what would go with a label; of one that has gone, what is left of the ``known`` datasets."""

    def purge(self, purge: Purge, known: Sequence[Dataset] = ()) -> None:
        """Remove a label, then the datasets and files that nobody else has.

        Of the ``known`` datasets only what a killed run of this left behind, where they are gone.
        """

    def holdings(self, label: str = "") -> list[Holding]:
        """Return what is certified in one label, or in all that curator made."""

    def instruments(self) -> list[InstrumentRecord]:
        """Return the detectors and filters that are known of each instrument, used or not."""

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
        """Return what is valid at a date (UTC), by the label, or by the one that is preferred."""

    def certified_files(self, wanted: Wanted, folder: str) -> Found:
        """Return the files of what is certified in a collection, whoever made it.

        Files that are not on this machine are copied into ``folder``.
        """

    def data_ids(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Return type, run and data ID of those datasets that are known, by their ids."""


# A kind is a module with ``open_at(place, mode, wait, notify, storage)``, and ``require(place)`` that raises
# where there is none: one line here is all that adds it.
KINDS = {"butler": "curator.registry.butler.registry", "gen2": "curator.registry.gen2.open"}


def is_target(text: str) -> bool:
    """Whether a text names a registry, as ``butler:PATH`` or ``gen2:PATH`` does."""
    kind, colon, _ = text.partition(":")
    return bool(colon) and kind in KINDS


def recorded(target: str) -> str:
    """Return a target as a record in git may have it: its kind and the last part of its place.

    Where a registry lies is a matter of one machine, and an address may have a user or a key in it.

    Examples
    --------
    >>> recorded("butler:/home/ada/repo"), recorded("butler:https://ada:secret@example.org/repo?key=1")
    ('butler:repo', 'butler:repo')
    """
    from urllib.parse import unquote, urlsplit

    kind, place = parse_target(target)
    if "://" in place:
        try:
            path = unquote(urlsplit(place).path)
        except ValueError:
            path = ""
    else:
        path = abspath(place)
    name = path.rstrip("/").rpartition("/")[2]
    return f"{kind}:{name}" if name else kind


def parse_target(target: str) -> tuple[str, str]:
    """Return kind and place of ``butler:PATH`` or ``gen2:PATH``.

    Raises
    ------
    UsageError
        There is no such kind of registry, or no place.
    """
    kind, colon, place = target.partition(":")
    if not colon or kind not in KINDS:
        known = ", ".join(f"{one}:PATH" for one in KINDS)
        scheme, address, _ = target.partition("://")
        said = f"{scheme}://…" if address else repr(target)  # an address may have a password in it
        raise UsageError(f"{said} names no registry", hint=f"known: {known}")
    if not place:
        raise UsageError(f"{target!r} names no place", value=target, hint=f"such as {kind}:/data/repo")
    return kind, place


def absolute_target(target: str) -> str:
    """Return a target that means the same in every directory."""
    kind, place = parse_target(target)
    return f"{kind}:{abspath(place)}"


def is_there(target: str) -> bool:
    """Whether there is a registry already."""
    kind, place = parse_target(target)
    try:
        import_module(KINDS[kind]).require(place)
    except UnusableRegistryError:
        return False
    return True


def open_registry(
    target: str,
    mode: Mode,
    *,
    wait: float = 60.0,
    notify: Callable[[str], None] = lambda _: None,
    storage: Storage = _STORAGE,
    create: bool = True,
) -> AbstractContextManager[Registry]:
    """Open a registry.

    Parameters
    ----------
    target : str
        ``butler:PATH`` or ``gen2:PATH``.
    mode : {"read", "plan", "write"}
        To read, it must exist; to plan, it need not, and nothing is made; to write, it is made where it
        does not exist, and nobody else writes until the context ends.
    wait : float
        Seconds to wait for another writer.
    notify : callable
        Told in one line what is waited for.
    storage : Storage
        How it keeps what it is given.
    create : bool
        False to refuse, in write mode, a place where there is none.
    """
    kind, place = parse_target(target)
    if mode == "write" and not create:
        import_module(KINDS[kind]).require(place)
    module = import_module(KINDS[kind])
    opened: AbstractContextManager[Registry] = module.open_at(place, mode, wait, notify, storage)
    return opened
