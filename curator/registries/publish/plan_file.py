"""The file that a plan is saved in, and read from without believing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from curator.errors import RegistryError
from curator.registries.model.collections import chain_name, instrument_of, is_personal
from curator.registries.model.model import Addition
from curator.registries.model.plan import ChainMove, Compared, LabelChange
from curator.registries.publish.purge import SavedPurge, purge_from
from curator.registries.publish.saved_plan import SavedPlan

__all__ = ["default_path", "is_done", "load_plan", "plan_tree", "save_plan", "sealed"]

VERSION = 5
# Plans that an earlier curator saved do not say what differs, and are applied all the same.
_WITHOUT_CHANGES = 4
_FORMATTERS = ("", "curator", "stack")
_TRANSFERS = ("", "direct", "copy", "hardlink")


def save_plan(saved: SavedPlan | SavedPurge, path: str) -> None:
    """Write a plan as JSON; see `write_output`.

    Raises
    ------
    RegistryError
        Another file than a plan is there.
    """
    import json

    from curator.formats.files.write_argument import write_output

    _refuse_others(path)
    tree = sealed({"version": VERSION, **plan_tree(saved)})
    write_output(path, (json.dumps(tree, indent=1) + "\n").encode())


def plan_tree(saved: SavedPlan | SavedPurge) -> dict[str, Any]:
    """Return a plan as values for JSON."""
    return saved.tree() if isinstance(saved, SavedPurge) else asdict(saved)


def default_path(saved: SavedPlan | SavedPurge) -> str:
    """Return where a plan is saved if nobody says where, in a folder that exists from now on.

    It is outside of every working tree, and another file for each registry, repository, commit and label: a
    plan that was applied is needed for the way back.

    Raises
    ------
    RegistryError
        The folder cannot be made.
    """
    import os
    import re
    from hashlib import sha256

    from curator.registries.registry import recorded
    from curator.user_folders import state_folder

    if isinstance(saved, SavedPurge):
        names = ["purge", saved.purge.label]
    else:
        names = [saved.repository, saved.label, saved.commit[:12]]
        names[:0] = ["back"] if saved.kind == "move" else []
    names += [recorded(saved.target), sha256(saved.target.encode()).hexdigest()[:6]]
    folder = os.path.join(state_folder(), "plans")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise RegistryError(
            f"plans cannot be saved here: {error.strerror}", path=folder, hint="name a file with -o FILE"
        ) from error
    return os.path.join(folder, re.sub(r"[^\w.+-]+", "-", "-".join(names)).lstrip(".-") + ".json")


def is_done(saved: SavedPlan | SavedPurge, path: str) -> bool:
    """Whether nothing is left to do of the plan in a file: one of nothing in its place has no way back."""
    import os

    if not (isinstance(saved, SavedPlan) and saved.is_empty) or not os.path.isfile(path):
        return False
    try:
        earlier = load_plan(path)
    except RegistryError:
        return False  # saving says what is there instead
    return (
        isinstance(earlier, SavedPlan)
        and (earlier.kind, earlier.target, earlier.label, earlier.commit)
        == (saved.kind, saved.target, saved.label, saved.commit)
        and not earlier.is_empty
    )


def _refuse_others(path: str) -> None:
    """Refuse to write over a file that is no plan: a manifest, the configuration of a Butler."""
    import json
    import os

    from curator.formats.files.read_argument import read_input

    if not os.path.isfile(path) or not os.path.getsize(path):
        return
    try:
        tree = json.loads(read_input(path))
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict) or "version" not in tree:
        raise RegistryError(
            "exists and is not a plan: it is not overwritten", path=path, hint="name another file"
        )


def sealed(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan with a digest of itself: it tells an edit by hand from a registry that moved on.

    It is no signature. What a plan says is compared with the registry, whatever its digest.
    """
    import json
    from hashlib import sha256

    rest = {key: value for key, value in tree.items() if key != "digest"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return {**rest, "digest": sha256(text.encode()).hexdigest()}


def load_plan(path: str) -> SavedPlan | SavedPurge:
    """Read a plan.

    Raises
    ------
    RegistryError
        It is none, or of a later curator.
    """
    import json

    from curator.formats.files.read_argument import read_input

    try:
        tree = json.loads(read_input(path))
    except (ValueError, RecursionError) as error:
        raise RegistryError("this is not a plan: it is not JSON", path=path) from error
    if not isinstance(tree, dict) or "version" not in tree:
        raise RegistryError("this is not a plan of curator", path=path)
    version = tree.pop("version")
    if version not in (_WITHOUT_CHANGES, VERSION):
        raise RegistryError("this plan is from another version of curator", path=path, hint="make it again")
    if tree.pop("digest", "") != sealed({"version": version, **tree})["digest"]:
        raise RegistryError(
            "this is not the plan that curator saved: the file was changed by hand, or is not whole",
            path=path,
            hint="make it again, and approve that",
        )
    try:
        if tree.get("kind") == "purge":
            return purge_from(tree)
        return _from_tree({**tree, "compared": [], "changes": []} if version == _WITHOUT_CHANGES else tree)
    except (TypeError, KeyError, ValueError) as error:
        raise RegistryError("this is not a plan of curator", path=path, hint="make it again") from error


def _from_tree(tree: Mapping[str, Any]) -> SavedPlan:
    if set(tree) != {one.name for one in fields(SavedPlan)}:
        raise ValueError("other keys")
    for one in fields(SavedPlan):
        wanted = {"bool": bool, "str": str, "Literal": str, "Transfer": str, "Formatter": str}.get(
            str(one.type).partition("[")[0], list
        )
        if not isinstance(tree[one.name], wanted):
            raise TypeError(one.name)
    if tree["kind"] not in ("publish", "move"):
        raise ValueError(tree["kind"])
    if tree["transfer"] not in _TRANSFERS:
        raise ValueError(tree["transfer"])
    if tree["formatter"] not in _FORMATTERS:
        raise ValueError(tree["formatter"])
    for one in tree["moves"]:
        _check_move(one)
    if any(len(one) != len(Addition._fields) for one in tree["adds"]):
        raise ValueError("adds")
    moves = tuple(
        ChainMove(one["chain"], *(tuple(map(str, one[key])) for key in ("members", "replaces", "before")))
        for one in tree["moves"]
    )
    lists = ("adds", "ingest", "restore", "certify", "stays")
    rows = {name: tuple(tuple(map(str, row)) for row in tree[name]) for name in lists}
    compared = tuple(Compared(_text(label), _number(count)) for label, count in tree["compared"])
    changes = tuple(LabelChange(*map(_text, row)) for row in tree["changes"])
    return SavedPlan(**{**tree, **rows, "moves": moves, "compared": compared, "changes": changes})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _check_move(tree: Mapping[str, Any]) -> None:
    """Refuse a move that no plan of curator's makes: of other chains, or of members that are no labels."""
    chain = tree["chain"]
    if not isinstance(chain, str) or chain != chain_name(instrument_of(f"{chain}/")):
        raise ValueError(chain)
    for member in set(map(str, tree["members"])) ^ set(map(str, tree["before"])):
        label = member.removeprefix(f"{chain}/")
        if label == member or is_personal(label):
            raise ValueError(member)
