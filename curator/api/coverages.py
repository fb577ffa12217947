"""When each data ID is covered by certified calibrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, overload

from curator.api import html, text
from curator.errors import UsageError
from curator.formats.files.terminal_escape import escape
from curator.repository.catalogue.coverage import coverage_facts
from curator.repository.catalogue.coverage_rows import BAR, MARKS, Axis, bar, rows, summary

if TYPE_CHECKING:
    from curator.errors import CuratorError
    from curator.repository.catalogue.coverage import Coverage

__all__ = ["CoverageList"]


@dataclass(frozen=True, repr=False)
class CoverageList(Sequence["Coverage"]):
    """When certified calibrations are valid: ranges, gaps and overlaps of each data ID.

    Parameters
    ----------
    entries : tuple of Coverage
        By data ID.
    place : str
        Whose calibrations they are.
    problems : tuple of CuratorError
        Why files that were asked for cannot be read or placed: nothing is known of them.

    Examples
    --------
    >>> repo.coverage(type="defects").gaps
    []
    """

    entries: tuple[Coverage, ...]
    place: str = ""
    problems: tuple[CuratorError, ...] = field(default=(), compare=False)

    def __len__(self) -> int:
        """Return the number of data IDs."""
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> Coverage: ...
    @overload
    def __getitem__(self, index: slice) -> CoverageList: ...
    def __getitem__(self, index: int | slice) -> Coverage | CoverageList:
        """Return the coverage of one data ID by its number, or of several."""
        found = self.entries[index]
        return replace(self, entries=found) if isinstance(found, tuple) else found

    @property
    def gaps(self) -> list[dict[str, object]]:
        """A row for each gap: data ID, and from when to when nothing is valid (UTC)."""
        return [
            {**_names(one), "start": start, "end": end} for one in self.entries for start, end in one.gaps
        ]

    @property
    def overlaps(self) -> list[dict[str, object]]:
        """A row for each pair of calibrations that are valid at once: data ID and both paths."""
        return [
            {**_names(one), "before": str(before.path), "after": str(after.path)}
            for one in self.entries
            for before, after in one.overlaps
        ]

    @property
    def with_gaps_or_overlaps(self) -> CoverageList:
        """Only data IDs with a gap or an overlap."""
        return replace(self, entries=tuple(one for one in self.entries if one.gaps or one.overlaps))

    def to_dicts(self) -> list[dict[str, object]]:
        """Return what `curator coverage --format json` prints for each data ID."""
        return coverage_facts(self.entries)

    def to_svg(self) -> str:
        """Return a picture as SVG, the same as `curator coverage --picture` draws.

        Raises
        ------
        UsageError
            Matplotlib is missing, there is nothing to draw, or more than a picture can show.
        """
        from curator.repository.catalogue.coverage_picture import picture

        return picture(self.entries, self.place, "svg").decode()

    def __repr__(self) -> str:
        """Return a bar for each row of the picture, as `curator coverage` prints them."""
        lines = list(self._lines()) if self.entries else ["nothing certified"]
        return "\n".join(lines + (text.wrapped(text.unread(self.problems)) if self.problems else []))

    def _lines(self) -> Iterator[str]:
        axis = Axis.of(self.entries)
        yield MARKS
        begin, end = f"{axis.begin:%Y-%m-%d}", f"{axis.end:%Y-%m-%d}"
        yield f"{begin}{end.rjust(BAR - len(begin))}  UTC"
        for camera, group in groupby(rows(self.entries), lambda one: one.camera):
            yield escape(camera)
            for row in group:
                yield f"{bar(row.coverage, axis)}  {escape(row.label)}"
        yield from text.wrapped(summary(self.entries))

    def _repr_html_(self) -> str:
        """Return the picture, or bars of text where there can be none, and the gaps and overlaps."""
        if not self.entries:
            return html.titled("nothing certified", html.unread(self.problems))
        try:
            shown = html.picture(self.to_svg(), f"coverage of {self.place}")
        except UsageError:
            shown = html.tag("pre", "\n".join(self._lines()))
        gaps = (_said(one, f"nothing is valid from {one['start']} to {one['end']}") for one in self.gaps)
        overlaps = (_said(one, f"valid at once: {one['before']}, {one['after']}") for one in self.overlaps)
        listing = html.listing([*gaps, *overlaps])
        return html.titled(summary(self.entries), shown, listing, html.unread(self.problems))


def _names(one: Coverage) -> dict[str, object]:
    return {
        "camera": one.camera,
        "dataset_type": one.data_id.dataset_type,
        "detector": one.data_id.detector_name or None,
        "physical_filter": one.data_id.physical_filter or None,
    }


def _said(one: dict[str, object], what: str) -> str:
    names = (one[name] for name in ("dataset_type", "detector", "physical_filter"))
    return f"{' '.join(str(name) for name in names if name)}: {what}"
