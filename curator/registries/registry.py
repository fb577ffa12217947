"""What every kind of registry can do, and the one place where a target is taken apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from importlib import import_module
from os import listdir
from os.path import abspath, dirname, isfile, join
from typing import TYPE_CHECKING, Literal, Protocol, cast

from curator.errors import UsageError
from curator.name_lookup import did_you_mean, nearest
from curator.registries.errors import UnusableRegistryError
from curator.registries.model.model import Export, Holding, KnownDataset, Reason, Storage, Transfer
from curator.registries.model.plan import ChainMove, Dataset, Plan, Purge
from curator.registries.model.served_files import Found, Wanted

if TYPE_CHECKING:
    from curator.export.manifest.manifest import InstrumentRecord

__all__ = [
    "Kind",
    "Mode",
    "Registry",
    "absolute_target",
    "is_target",
    "is_there",
    "kind_of",
    "kinds",
    "open_registry",
    "parse_target",
    "recorded",
    "refers",
]

_STORAGE = Storage()
Mode = Literal["read", "plan", "write"]


class Registry(Protocol):
    """An open registry: certified calibrations, published under labels.

    `open_registry` opens one in a mode; each method says from which mode on it may be called ("read" before
    "plan" before "write"). A method raises `RegistryError` for what it refuses, and its subclass
    `UnusableRegistryError` where the registry cannot be read or written; other exceptions are bugs.

    A label is named as people say it (``2025.1``); the registry makes its collection of that, one for each
    instrument. Dataset types and detectors are named as the registry names them. Dates are UTC.
    """

    def plan(self, export: Export, label: str, *, prefer: bool = False) -> Plan:
        """Compare an export with the registry; from mode "plan" on, nothing is written.

        Parameters
        ----------
        export : Export
        label : str
            What the export is to be published as.
        prefer : bool
            Whether the chain of each instrument is to find the label.

        Returns
        -------
        Plan
            All that `apply` has to write; nothing of what is there already. What stands in the way is among
            its differences, and not raised. Of a registry that does not exist: all of the export.
        """

    def apply(self, plan: Plan) -> None:
        """Write what a plan says; in mode "write".

        Datasets, ranges and labels are written all or none; chains are moved after them. After an
        interruption a new plan has what is left. A plan that is empty writes nothing.

        Parameters
        ----------
        plan : Plan
            Of this registry, made since it was opened, and without differences.
        """

    def moves(self, moves: Sequence[ChainMove]) -> tuple[tuple[ChainMove, ...], tuple[Reason, ...]]:
        """Compare chain moves with the chains; from mode "read" on.

        Returns
        -------
        left : tuple of ChainMove
            Those that are not made yet.
        differences : tuple of Reason
            Why one of them cannot be made: its chain is not as it was before the move, or a label is gone.
        """

    def move(self, moves: Sequence[ChainMove]) -> None:
        """Make chain moves, all or none, and the chains that are missing; in mode "write".

        Moves that are made already may be among them.
        """

    def purgeable(self, label: str, known: Sequence[Dataset] = ()) -> Purge:
        """Return what goes with a label; from mode "read" on, nothing is removed.

        Parameters
        ----------
        label : str
        known : sequence of Dataset
            What an earlier plan says of the label. Where a killed `purge` has removed the label already, the
            answer is what is left of these.

        Returns
        -------
        Purge
            Empty where there is no such label and nothing is left. Who else has a dataset is among what it
            keeps, and why nothing may be removed among its differences.
        """

    def purge(self, purge: Purge, known: Sequence[Dataset] = ()) -> None:
        """Remove a label, then the datasets and files that nobody else has; in mode "write".

        The label goes first, so that nobody finds datasets whose files are gone. A killed run leaves nothing
        that `purgeable`, with the same ``known``, does not find again.

        Parameters
        ----------
        purge : Purge
            Of this registry, made since it was opened, and without differences.
        known : sequence of Dataset
            As of `purgeable`.
        """

    def holdings(self, label: str = "") -> list[Holding]:
        """Return what is certified; from mode "read" on.

        Parameters
        ----------
        label : str
            Only what this label has; what all labels of curator's have if empty. A registry that curator
            never wrote to answers with what look-ups find in it, if its kind can tell.

        Returns
        -------
        list of Holding
            By label, dataset type, data ID and start.

        Raises
        ------
        RegistryError
            There is no such label; the hint names those that there are.
        """

    def instruments(self) -> list[InstrumentRecord]:
        """Return each instrument with the detectors and filters that are known of it; from mode "read" on."""

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
        """Return what a look-up at a date finds; from mode "read" on.

        Parameters
        ----------
        dataset_type, instrument : str
        date : datetime
        detector : int, optional
        physical_filter : str
            Empty where the type has none.
        label : str
            Look there; through the chain of the instrument if empty.

        Returns
        -------
        Holding or None
            `None` where nothing is valid then.

        Raises
        ------
        RegistryError
            There is no such label.
        """

    def identify(self, ids: Sequence[str]) -> dict[str, KnownDataset]:
        """Return datasets by their ids, certified or not; from mode "read" on.

        Those that are unknown, and texts that are no ids, are missing in the answer.

        Raises
        ------
        RegistryError
            Its datasets have no ids.
        """

    def certified_files(self, wanted: Wanted, folder: str) -> Found:
        """Return the files of what is certified in a collection, whoever made it; from mode "read" on.

        Parameters
        ----------
        wanted : Wanted
        folder : str
            An empty folder; files that are not on this machine are copied there.

        Raises
        ------
        RegistryError
            There is no such collection, or a file is lost.
        """


class Kind(Protocol):
    """What the module ``open`` of a kind of registry has; the package that it is in gives the kind its name.

    Parameters
    ----------
    TITLE : str
        What people call a registry of this kind.
    CAVEAT : tuple of str or None
        Why its fingerprint may differ from that of an export, though all is well, and what to know of that.
    TRANSFER : {"", "direct", "copy", "hardlink"}
        How it gets files if nobody says how: ``direct`` refers to those of the export.
    """

    TITLE: str
    CAVEAT: tuple[str, str] | None
    TRANSFER: Transfer

    def open_at(
        self, place: str, mode: Mode, wait: float, notify: Callable[[str], None], storage: Storage
    ) -> AbstractContextManager[Registry]:
        """Open the registry at a place, as `open_registry` says."""

    def require(self, place: str) -> None:
        """Raise `UnusableRegistryError` where there is no registry of this kind."""


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of registries: the packages in this room that have a module ``open``."""
    here = dirname(__file__)
    return tuple(sorted(name for name in listdir(here) if isfile(join(here, name, "open.py"))))


def kind_of(target: str) -> Kind:
    """Return the kind of the registry that a target names."""
    return _kind(parse_target(target)[0])


def _kind(name: str) -> Kind:
    return cast("Kind", import_module(f"curator.registries.{name}.open"))


def is_target(text: str) -> bool:
    """Whether a text names a registry, as ``butler:PATH`` or ``gen2:PATH`` does."""
    kind, colon, _ = text.partition(":")
    return bool(colon) and kind in kinds()


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
    if not colon or kind not in kinds():
        near = nearest(kind, kinds()) if colon else ""
        known = f"known: {', '.join(f'{one}:PATH' for one in kinds())}"
        scheme, address, _ = target.partition("://")
        said = f"{scheme}://…" if address else repr(target)  # an address may have a password in it
        hint = f"{did_you_mean(f'{near}:PATH')} {known}" if near else known
        raise UsageError(f"{said} names no registry", hint=hint)
    if not place:
        raise UsageError(f"{target!r} names no place", value=target, hint=f"such as {kind}:/data/repo")
    return kind, place


def absolute_target(target: str) -> str:
    """Return a target that means the same in every directory."""
    kind, place = parse_target(target)
    return f"{kind}:{abspath(place)}"


def refers(target: str, transfer: Transfer) -> bool:
    """Whether a registry refers to the files of an export; an empty ``transfer`` is its kind's own way."""
    return (transfer or kind_of(target).TRANSFER) == "direct"


def is_there(target: str) -> bool:
    """Whether there is a registry already."""
    kind, place = parse_target(target)
    try:
        _kind(kind).require(place)
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
        _kind(kind).require(place)
    return _kind(kind).open_at(place, mode, wait, notify, storage)
