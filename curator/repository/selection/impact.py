"""Which exposures get another calibration from one commit to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.errors import CuratorError
from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.layout.config import NAME, load_config
from curator.repository.selection.exposures import Exposure
from curator.repository.selection.required_types import Left, Requirement, available_types, requirements_of
from curator.repository.selection.resolve_names import Resolver
from curator.repository.selection.selection import Answer, Selector

if TYPE_CHECKING:
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.snapshots.protocol import Commit

__all__ = ["Impact", "differing", "impact"]


@dataclass(frozen=True, slots=True)
class Impact:
    """An exposure and a type for which something else applies."""

    exposure: Exposure
    before: Answer
    after: Answer


def impact(
    before: Commit, after: Commit, exposures: Sequence[Exposure], types: Sequence[str] = ()
) -> tuple[list[Impact], Left]:
    """Return what changes for some exposures, in their order, and what is left out.

    Names are those that the cameras of ``after`` know. Content is compared, not only paths: a file that was
    edited in place is another calibration, one that was only renamed, annotated or deprecated is not.

    Raises
    ------
    UsageError
        A name is unknown, or one is missing that a type in ``types`` needs.
    """
    config = load_config(after)
    # Before a repository was adopted it held calibrations too: they are what its configuration says now.
    of_old = load_config(before) if before.find(NAME) else config
    old, new = Catalogue.of(before, of_old), Catalogue.of(after, config)
    needs, left = requirements_of(exposures, Resolver(config), available_types(old, new), types)
    contents = _Contents(before, after)
    changed = [
        one
        for one in differing(Selector(old), Selector(new), needs)
        if not contents.are_same(one.before.entries, one.after.entries)
    ]
    return changed, left


def differing(old: Selector, new: Selector, needs: Iterable[Requirement]) -> Iterator[Impact]:
    """Give every exposure and type for which two selectors do not find the very same."""
    for need in needs:
        for request in need.requests():
            was, now = old.select(request), new.select(request)
            if was.entries != now.entries:
                yield Impact(need.exposure, was, now)


class _Contents:
    """Tells whether calibrations of two commits say the same; only those whose text differs are read."""

    def __init__(self, before: Commit, after: Commit) -> None:
        self._before, self._after = before, after
        self._digests: dict[Entry, str] = {}

    def are_same(self, was: Sequence[Entry], now: Sequence[Entry]) -> bool:
        return len(was) == len(now) and all(
            one.blob == other.blob or self._digest(self._before, one) == self._digest(self._after, other)
            for one, other in zip(was, now, strict=True)
        )

    def _digest(self, commit: Commit, one: Entry) -> str:
        """Return the digest of a calibration's content; its object id where it has none that can be told."""
        if one not in self._digests:
            from curator.calibrations.types.base import read_text
            from curator.calibrations.types.types import find_type

            kind = find_type(one.data_id.dataset_type)
            try:
                text = commit.read(str(one.path))
                calibration = read_text(str(one.path), text, kind.calibration if kind else None)
                self._digests[one] = calibration.content_digest()
            except CuratorError:
                self._digests[one] = one.blob or ""
        return self._digests[one]
