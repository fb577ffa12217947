"""What an ingest would make that a registry does not know yet, and who has to agree to it.

A registry takes whatever name it is given: a misspelled instrument beside the right one, or a new registry
in a mistyped folder, looks like a success and is found by no pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curator.registries.model.model import Addition, Reason
from curator.registries.publish.export_reader import Refused

if TYPE_CHECKING:
    from curator.registries.model.model import Export
    from curator.registries.model.plan import Plan

__all__ = ["Ask", "Consent", "Known", "additions", "agreed", "grouped"]

# Of a plan, the option that would agree to it, and its target; `None` where nobody is there to answer.
Ask = Callable[["Plan", str, str], "bool | None"]
_SHOWN = 5
# Of the names of one kind.
_FEW = 8
# Kinds of which a camera has hundreds.
_MANY = ("detector", "filter")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a registry has records of: nothing, of one that does not exist yet.

    Parameters
    ----------
    instruments, dataset_types : collection of str
    detectors : mapping of str to collection of int
        Numbers by instrument.
    filters : mapping of str to collection of str
        Names by instrument.
    """

    instruments: Sequence[str] = ()
    dataset_types: Sequence[str] = ()
    detectors: Mapping[str, Sequence[int]] = field(default_factory=dict)
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)


def additions(export: Export, known: Known = Known()) -> tuple[Addition, ...]:
    """Return every record and dataset type that an export brings and a registry does not have."""
    return tuple(_additions(export, known))


def _additions(export: Export, known: Known) -> Iterator[Addition]:
    for record in export.instruments:
        name = record.instrument
        if name not in known.instruments:
            yield Addition("instrument", name, beside=beside(name, known.instruments))
        detectors, filters = set(known.detectors.get(name, ())), set(known.filters.get(name, ()))
        for detector in record.detectors:
            if detector.id not in detectors:
                yield Addition("detector", f"{detector.name} ({detector.id})", name)
        for physical_filter in record.filters:
            if physical_filter.name not in filters:
                yield Addition("filter", physical_filter.name, name)
    for kind in export.dataset_types:
        if (called := kind.registry_name or kind.name) not in known.dataset_types:
            yield Addition("dataset type", called)


def grouped(added: Iterable[Addition], *, verbose: bool = False) -> list[tuple[str, str]]:
    """Return what is new for people: of each kind how many there are, and the first few of their names.

    Parameters
    ----------
    added : iterable of Addition
    verbose : bool
        Give all names of detectors and filters, however many there are.

    Examples
    --------
    >>> grouped([Addition("detector", "S00 (0)", "myCam"), Addition("detector", "S01 (1)", "myCam")])
    [('2 new detectors of myCam', 'S00 (0), S01 (1)')]
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for one in added:
        name = f"{one.name} (beside {one.beside})" if one.beside else one.name
        groups.setdefault((one.kind, one.instrument), []).append(name)
    return [
        (
            (f"new {kind}" if len(names) == 1 else f"{len(names)} new {kind}s")
            + (f" of {instrument}" if instrument else ""),
            ", ".join(names) if verbose or kind not in _MANY else _first(names),
        )
        for (kind, instrument), names in groups.items()
    ]


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW + 1 else ""
    return ", ".join(names[:_FEW] if more else names) + more


def beside(name: str, known: Iterable[str]) -> str:
    """Return the instruments that a registry has, those most like ``name`` first; empty if it has none.

    Examples
    --------
    >>> beside("hsc", ["DECam", "HSC"])
    'HSC, DECam'
    """
    from difflib import SequenceMatcher

    wanted = name.lower()
    near = sorted(known, key=lambda each: (-SequenceMatcher(None, wanted, each.lower()).ratio(), each))
    more = f" and {len(near) - _SHOWN} more" if len(near) > _SHOWN else ""
    return ", ".join(near[:_SHOWN]) + more


@dataclass(frozen=True, slots=True)
class Consent:
    """What may be made.

    Parameters
    ----------
    create : bool
        The registry, with its instruments.
    register_instrument : bool
        Any instrument in a registry that exists.
    instruments : frozenset of str
        Those that somebody who was asked agreed to.
    """

    create: bool = False
    register_instrument: bool = False
    instruments: frozenset[str] = frozenset()

    def lacks(self, plan: Plan) -> str:
        """Return the option without which a plan may not be applied, empty if nothing is missing."""
        if plan.creates:
            return "" if self.create else "--create"
        for one in plan.adds:
            if one.kind != "instrument" or self.register_instrument or one.name in self.instruments:
                continue
            if one.beside or not self.create:  # one without any instrument was made a moment ago
                return "--register-instrument"
        return ""


def agreed(plan: Plan, consent: Consent, ask: Ask, target: str) -> Consent:
    """Return what may be made, after somebody was asked for what is missing.

    Raises
    ------
    Refused
        Nobody agreed.
    """
    option = consent.lacks(plan)
    if not option:
        return consent
    new = tuple(one.name for one in plan.adds if one.kind == "instrument")
    answer = ask(plan, option, target)
    if answer:
        if plan.creates:
            return replace(consent, create=True)
        return replace(consent, instruments=consent.instruments | frozenset(new))
    if answer is False:  # who was asked has just read what is new, and why
        raise Refused("nothing is written: the answer was not yes", (), path=target)
    hint = f"check the spelling of KIND:PATH; if a new one is meant, add {option}"
    message = "refused: there is no registry here"
    if not plan.creates:
        message = f"refused: this registry does not know the instrument {', '.join(new)}"
        hint = f"if INSTRUME of the camera file is as it should be, add {option}"
    reasons = tuple(Reason("new", *group) for group in grouped(plan.adds))
    raise Refused(message, reasons, path=target, hint=hint)
