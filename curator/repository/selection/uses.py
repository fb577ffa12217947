"""Which exposures of a table use a calibration: the other direction of `Selector.select`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.overrides import OverridingSelector
    from curator.repository.selection.required_types import Requirement
    from curator.repository.selection.selection import Answer, Selector

__all__ = ["Use", "uses"]

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """An exposure that uses a calibration.

    Parameters
    ----------
    exposure : Exposure
    answer : Answer
        What applies to it.
    entries : tuple of Entry
        Those of the answer that were asked about.
    """

    exposure: Exposure
    answer: Answer
    entries: tuple[Entry, ...]


def uses(
    needs: Iterable[Requirement],
    selector: Selector | OverridingSelector,
    keys: Collection[Key],
    is_meant: Callable[[Entry], bool],
) -> Iterator[Use]:
    """Give every exposure to which a calibration applies that is meant.

    Parameters
    ----------
    needs : iterable of Requirement
    selector : Selector or OverridingSelector
    keys : collection of (str, str, str, str)
        Camera, dataset type, detector and filter of the calibrations that are meant; only these are selected.
    is_meant : callable
        Whether a calibration that applies is one of them.
    """
    detectors = {detector for _, _, detector, _ in keys}
    for need in needs:
        # Of all detectors of a camera, which an exposure may be about, few are meant.
        few = replace(need, detectors=tuple(one for one in need.detectors if one in detectors))
        for request in few.requests():
            if request.key in keys:
                answer = selector.select(request)
                if found := tuple(filter(is_meant, dict.fromkeys(answer.entries))):
                    yield Use(need.exposure, answer, found)
