"""What a Butler does not know of a hand-over yet, and whether somebody agrees to make it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from . import RefusedError

__all__ = ["Additions", "additions", "require"]

_ELEMENTS = {"detector": "id", "physical_filter": "name"}
_SAID = {"detector": "detector", "physical_filter": "filter"}
_SHOWN = 5


@dataclass(frozen=True)
class Additions:
    """Records and dataset types that are made.

    Parameters
    ----------
    instruments : sequence of str
        New ones.
    known : sequence of str
        Those that are there.
    lines : sequence of str
        Every new record and dataset type, for people.
    """

    instruments: Sequence[str]
    known: Sequence[str]
    lines: Sequence[str]


def additions(source: Any, target: Any, refs: Iterable[Any]) -> Additions:
    """Return what the datasets of a hand-over need and a Butler does not have."""
    datasets = list(refs)
    known = sorted(str(one.name) for one in _records(target, "instrument"))
    wanted = sorted({str(ref.dataId["instrument"]) for ref in datasets})
    new = [name for name in wanted if name not in known]
    return Additions(new, known, list(_lines(source, target, datasets, wanted, new)))


def _lines(
    source: Any, target: Any, refs: Sequence[Any], instruments: Sequence[str], new: Sequence[str]
) -> Iterator[str]:
    if new:
        yield _line("instrument", new)
    for instrument in instruments:
        for element, key in _ELEMENTS.items():
            used = {ref.dataId[element] for ref in refs if _has(ref, instrument, element)}
            there = set()
            if instrument not in new:
                there = {getattr(one, key) for one in _records(target, element, instrument=instrument)}
            records = [
                one for one in _records(source, element, instrument=instrument) if _new(one, key, used, there)
            ]
            if names := [_name(one, element) for one in records]:
                yield _line(_SAID[element], names, f" of {instrument}")
    types = {one.name for one in target.registry.queryDatasetTypes()}
    if kinds := sorted({ref.datasetType.name for ref in refs} - types):
        yield _line("dataset type", kinds)


def _has(ref: Any, instrument: str, element: str) -> bool:
    return element in ref.dataId.dimensions.required and ref.dataId["instrument"] == instrument


def _new(record: Any, key: str, used: set[Any], there: set[Any]) -> bool:
    return getattr(record, key) in used - there


def _name(record: Any, element: str) -> str:
    return f"{record.full_name} ({record.id})" if element == "detector" else str(record.name)


def _line(kind: str, names: Sequence[str], of: str = "") -> str:
    many = f"{len(names)} new {kind}s" if len(names) > 1 else f"new {kind}"
    return f"{many}{of}: {', '.join(names)}"


def _records(butler: Any, element: str, **data_id: Any) -> list[Any]:
    return list(butler.query_dimension_records(element, limit=None, explain=False, **data_id))


def require(added: Additions) -> None:
    """Ask at the terminal whether new instruments are meant; to be called with no lock held.

    Raises
    ------
    RefusedError
        The answer is no, or nobody is there to give one.
    """
    said = "; ".join(_beside(name, added.known) for name in added.instruments)
    if _confirm(f"This Butler does not know an instrument. Register {said}?"):
        return
    first = f"this Butler does not know the instrument {said}: to register it, add --register-instrument"
    raise RefusedError("\n".join((first, *(f"  {line}" for line in added.lines))))


def _beside(name: str, known: Sequence[str]) -> str:
    """Return an instrument beside those that are there, the most similar name first."""
    near = sorted(known, key=lambda each: (-SequenceMatcher(None, name.lower(), each.lower()).ratio(), each))
    return f"{name} (beside {', '.join(near[:_SHOWN])})" if near else name


def _confirm(question: str) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
