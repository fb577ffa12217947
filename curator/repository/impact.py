"""Which exposures get another calibration from one commit to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.repository.catalogue import Catalogue
from curator.repository.config import load_config
from curator.repository.exposures import Exposure
from curator.repository.requests import Resolver
from curator.repository.selection import Answer, Selector

if TYPE_CHECKING:
    from curator.repository.snapshot import Commit

__all__ = ["Impact", "impact"]


@dataclass(frozen=True, slots=True)
class Impact:
    """An exposure and a type for which something else applies."""

    exposure: Exposure
    before: Answer
    after: Answer


def impact(
    before: Commit, after: Commit, exposures: Sequence[Exposure], types: Sequence[str] = ()
) -> list[Impact]:
    """Return what changes for some exposures, in their order.

    Names are those that the cameras of ``after`` know. Content is compared, not only paths: a file that was
    edited in place is another calibration, one that was only renamed is not.

    Raises
    ------
    UsageError
        A name is unknown, or one is missing that a type in ``types`` needs.
    """
    config = load_config(after)
    resolver = Resolver(config)
    old, new = (Selector(Catalogue.of(one, load_config(one))) for one in (before, after))
    found = []
    for exposure in exposures:
        for request in resolver.requests(exposure, types):
            was, now = old.select(request), new.select(request)
            if [one.blob for one in was.entries] != [one.blob for one in now.entries]:
                found.append(Impact(exposure, was, now))
    return found
