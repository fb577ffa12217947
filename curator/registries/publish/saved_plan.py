"""A plan that is saved, read by people, and applied later exactly as it was read.

What is applied is never what stands in the file: the difference between export and registry is computed
again, and must be what the file says or what an interrupted run left of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from curator.errors import RegistryError
from curator.registries.model.collections import chain_name, instrument_of, listed
from curator.registries.model.model import Export, Formatter, Reason, Storage, Transfer
from curator.registries.model.plan import ChainMove, Compared, LabelChange, Plan
from curator.registries.publish.consent import Ask, Consent, agreed
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.preflight import checked, planned
from curator.registries.publish.purge import SavedPurge
from curator.registries.registry import Registry, absolute_target, is_there, open_registry, parse_target

if TYPE_CHECKING:
    from curator.registries.model.model import Item

__all__ = ["Applied", "SavedPlan", "apply_plan", "make_plan", "plan_back"]

_STORAGE = Storage()
_NOTHING_NEW = Consent()
_LARGEST = 512 * 2**20


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What will be written, and what that was decided from.

    Parameters
    ----------
    kind : {"publish", "move"}
        An export under a label, or only the preferred label of chains.
    target, database, datastore : str
        The registry, and the database and datastore of one that is to be made.
    transfer : {"", "direct", "copy", "hardlink"}
        How it gets the files.
    formatter : {"", "curator", "stack"}
        What reads them later.
    export, manifest : str
        Absolute path of the export or manifest, and the manifest's SHA-256.
    repository, commit, label : str
    prefer : bool
    creates : bool
        Whether the registry is made.
    adds : tuple of (str, str, str, str)
        Kind and name of each record and dataset type that is made, the instrument it is of, and of a new
        instrument those that are there.
    ingest : tuple of (str, str, str, str)
        Type and data ID of each new dataset, its valid start, the commit that last touched its text, and the
        digest of its content.
    restore : tuple of (str, str, str, str)
        As ``ingest``, of what is there and has lost its file.
    certify : tuple of (str, str, str, str, str)
        Label, type and data ID, and valid start of a dataset; start and end of each new validity range.
    moves : tuple of ChainMove
    stays : tuple of (str, str)
        Chains that go on finding what one might think is replaced, and why.
    compared : tuple of Compared
        The labels that look-ups found when it was made.
    changes : tuple of LabelChange
        What differed from these labels.
    """

    kind: Literal["publish", "move"]
    target: str
    export: str = ""
    manifest: str = ""
    repository: str = ""
    commit: str = ""
    label: str = ""
    prefer: bool = False
    database: str = ""
    datastore: str = ""
    transfer: Transfer = ""
    formatter: Formatter = ""
    creates: bool = False
    adds: tuple[tuple[str, ...], ...] = ()
    ingest: tuple[tuple[str, ...], ...] = ()
    restore: tuple[tuple[str, ...], ...] = ()
    certify: tuple[tuple[str, ...], ...] = ()
    moves: tuple[ChainMove, ...] = ()
    stays: tuple[tuple[str, ...], ...] = ()
    compared: tuple[Compared, ...] = ()
    changes: tuple[LabelChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.ingest or self.restore or self.certify or self.moves or self.creates)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a plan wrote: nothing the second time, the rest where an earlier run was interrupted."""

    saved: SavedPlan
    ingested: int
    certified: int
    moves: tuple[ChainMove, ...]
    restored: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.ingested or self.certified or self.moves or self.restored)


def make_plan(
    export_dir: str,
    target: str,
    label: str,
    *,
    prefer: bool = False,
    storage: Storage = _STORAGE,
    wait: float = 60.0,
    notify: Callable[[str], None] = lambda _: None,
    consent: Consent = _NOTHING_NEW,
    ask: Ask = lambda *_: None,
) -> SavedPlan:
    """Return what ingesting an export would write; nothing is written.

    Whoever makes the plan agrees to what it makes that the registry does not know, with ``consent`` or when
    asked, and whoever applies it is not asked again.

    Raises
    ------
    Refused
        It cannot be ingested, with the list of differences, or nobody agreed to make what it needs.
    """
    parse_target(target)
    export = checked(export_dir, label, prefer=prefer)
    with open_registry(target, "plan", wait=wait, notify=notify, storage=storage) as registry:
        plan = planned(registry.plan(export, label, prefer=prefer), target)
    agreed(plan, consent, ask, target)
    return SavedPlan(
        kind="publish",
        target=absolute_target(target),
        export=os.path.realpath(export_dir),
        manifest=_manifest_digest(export_dir),
        repository=export.repository,
        commit=export.commit,
        label=label,
        prefer=prefer,
        database=storage.database,
        datastore=storage.datastore,
        transfer=storage.transfer,
        formatter=storage.formatter,
        stays=tuple((one.about, one.message) for one in plan.stays),
        compared=plan.compared,
        changes=plan.changes,
        **_actions(plan),
    )


def apply_plan(
    saved: SavedPlan, *, wait: float = 60.0, notify: Callable[[str], None] = lambda _: None
) -> Applied:
    """Do what a plan says, or nothing.

    Raises
    ------
    Refused
        The export, or the registry, is no longer what the plan was made from.
    """
    if saved.kind == "move":
        return _apply_moves(saved, wait, notify)
    if _manifest_digest(saved.export) != saved.manifest:
        raise _moved_on("the export has another manifest now", saved)
    export = checked(saved.export, saved.label, prefer=saved.prefer)
    storage = Storage(saved.database, saved.datastore, saved.transfer, saved.formatter)
    if saved.creates and not is_there(saved.target):  # so that nothing is made for what is refused
        with open_registry(saved.target, "plan", storage=storage) as registry:
            _as_saved(registry, saved, export)
    opened = open_registry(
        saved.target, "write", wait=wait, notify=notify, storage=storage, create=saved.creates
    )
    with opened as registry:
        plan = _as_saved(registry, saved, export)
        if not plan.is_empty:
            registry.apply(plan)
    return Applied(saved, len(plan.ingest), len(plan.certify), plan.moves, len(plan.restore))


def _as_saved(registry: Registry, saved: SavedPlan, export: Export) -> Plan:
    """Return what there is to do now, which must be what the plan says, or the rest of it."""
    plan = planned(registry.plan(export, saved.label, prefer=saved.prefer), saved.target)
    now = _actions(plan)
    known = {*saved.ingest, *saved.restore}
    extra = [
        *(_more("dataset", one) for one in now["ingest"] if one not in known),
        *(_more("file", one) for one in now["restore"] if one not in known),
        *(_more("range", one) for one in now["certify"] if one not in set(saved.certify)),
        *(_more(one[0], one[1:]) for one in now["adds"] if one not in set(saved.adds)),
        *(_more("chain", (one.chain, *one.before)) for one in now["moves"] if one not in saved.moves),
    ]
    if plan.creates and not saved.creates:
        raise _moved_on("the registry that this plan was made for does not exist any more", saved)
    if extra:
        raise _moved_on("the registry has moved on since this plan was made", saved, tuple(extra))
    return plan


def plan_back(
    saved: SavedPlan | SavedPurge, *, wait: float = 60.0, notify: Callable[[str], None] = lambda _: None
) -> SavedPlan:
    """Return the plan by which look-ups find again what they found before ``saved`` was applied.

    Labels stay: one that was published is never edited, and those who name it keep finding it.

    Raises
    ------
    RegistryError
        The plan moved no chain.
    Refused
        Something else was preferred since, or what was found before no longer exists.
    """
    if isinstance(saved, SavedPurge):
        raise RegistryError(
            "what a purge removed cannot be rolled back", hint="export its commit again, and ingest that"
        )
    if not saved.moves:
        raise RegistryError(
            "this plan moved no preferred label: there is no way back to plan",
            hint="a label that nobody prefers is found only by those who name it",
        )
    back = tuple(
        ChainMove(
            one.chain,
            one.before,
            tuple(member for member in one.members if member not in one.before),
            one.members,
        )
        for one in saved.moves
    )
    with open_registry(saved.target, "read", wait=wait, notify=notify) as registry:
        left, differences = registry.moves(back)
        if differences:
            raise _no_way_back(registry, saved.target, back, differences)
    return SavedPlan(
        kind="move",
        target=saved.target,
        repository=saved.repository,
        commit=saved.commit,
        label=saved.label,
        moves=left,
    )


def _apply_moves(saved: SavedPlan, wait: float, notify: Callable[[str], None]) -> Applied:
    with open_registry(saved.target, "write", wait=wait, notify=notify, create=False) as registry:
        left, differences = registry.moves(saved.moves)
        if differences:
            raise _no_way_back(registry, saved.target, saved.moves, differences)
        registry.move(left)
    return Applied(saved, 0, 0, left)


def _no_way_back(
    registry: Registry, target: str, moves: tuple[ChainMove, ...], differences: tuple[Reason, ...]
) -> Refused:
    """Return the refusal of a plan that moves chains which are no longer as they were when it was made."""
    chains = {one.about for one in differences}
    held = registry.holdings()
    now = sorted(
        {one.label for one in held if one.preferred and chain_name(instrument_of(one.label)) in chains}
    )
    own = {member for one in moves for member in one.before}
    then = listed(member for one in moves if one.chain in chains for member in one.members)
    again = (
        f"export the commit of {then or 'an older label'} and let `curator ingest --prefer` publish it again"
    )
    if others := [one for one in now if one not in own]:
        names = listed(others)
        message = f"{names} is preferred now"
        hint = f"roll back the plan of {names} first; without that plan, {again}: this moves the label only"
    else:
        message, hint = f"{then or 'the label that look-ups found before'} cannot be preferred again", again
    return Refused(message, differences, path=target, hint=hint)


def _actions(plan: Plan) -> dict[str, Any]:
    return {
        "creates": plan.creates,
        "adds": tuple(map(tuple, plan.adds)),
        **{
            verb: tuple((_name(item), item.start.isoformat(), item.gitsha, item.content) for item in items)
            for verb, items in (("ingest", plan.ingest), ("restore", plan.restore))
        },
        "certify": tuple(
            (
                plan.labels[item.data_id.instrument],
                _name(item),
                item.start.isoformat(),
                start.isoformat(),
                end.isoformat() if end else "",
            )
            for item, (start, end) in plan.certify
        ),
        "moves": plan.moves,
    }


def _name(item: Item) -> str:
    return str(item.data_id)


def _more(kind: str, row: tuple[str, ...]) -> Reason:
    return Reason(kind, " ".join(filter(None, row)), "is not what the plan was made from")


def _moved_on(message: str, saved: SavedPlan, differences: tuple[Reason, ...] = ()) -> Refused:
    return Refused(message, differences, path=saved.target, hint="make the plan again, and read it again")


def _manifest_digest(export_dir: str) -> str:
    from hashlib import sha256

    from curator.export.manifest.manifest import MANIFEST
    from curator.formats.files.bounded_io import read_bounded

    path = os.path.join(export_dir, MANIFEST) if os.path.isdir(export_dir) else export_dir
    return sha256(read_bounded(path, _LARGEST)).hexdigest()
