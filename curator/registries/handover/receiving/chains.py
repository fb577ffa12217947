"""Which label look-ups find: the chain of an instrument, and when a hand-over may move it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from . import RefusedError

__all__ = ["ChainChange", "planned_move"]

_CURATED = re.compile(r"Curated calibrations of .*, commit [0-9a-f]+ \(.*\)")


@dataclass(frozen=True)
class ChainChange:
    """What becomes of one chain.

    Parameters
    ----------
    chain : str
    label : str
        CALIBRATION collection that is to be preferred.
    members : tuple of str
        What the chain is to have; empty if it stays as it is.
    before : tuple of str
        The curated labels that it has now.
    """

    chain: str
    label: str
    members: tuple[str, ...]
    before: tuple[str, ...]


def planned_move(target: Any, label: str, *, always: bool) -> ChainChange:
    """Return what becomes of the chain that is to prefer a label.

    It moves if the label is new here, or if no label is preferred yet; later only if somebody says so:
    another label may have come since, and an older hand-over that is received again must not undo that.
    """
    from lsst.daf.butler import MissingCollectionError

    chain = label.partition("/calib/")[0] + "/calib"
    try:
        info = target.collections.get_info(chain)
    except MissingCollectionError:
        return ChainChange(chain, label, (label,), ())
    if info.type.name != "CHAINED":
        raise RefusedError(f"{chain} is a {info.type.name} collection here, not a chain of labels")
    children = tuple(info.children)
    before = tuple(one for one in children if one == label or _is_curated(target, one))
    at = children.index(before[0]) if before else 0
    rest = [one for one in children if one not in before]
    members = (*rest[:at], label, *rest[at:])
    if members == children or (before and not always and _is_there(target, label)):
        members = ()
    return ChainChange(chain, label, members, before)


def _is_curated(target: Any, name: str) -> bool:
    return bool(_CURATED.fullmatch(target.collections.get_info(name).doc or ""))


def _is_there(target: Any, name: str) -> bool:
    return name in target.collections.query("*")
