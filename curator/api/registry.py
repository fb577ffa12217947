"""A registry, read-only: what its labels hold, and which calibration look-ups find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from curator.api import html, text
from curator.api.differences import DiffReport
from curator.api.errors import for_python
from curator.api.source import CalibrationSource, Contents, listed
from curator.api.tables import text_table
from curator.counts import counted
from curator.formats.files.terminal_escape import escape
from curator.registries.model.collections import short_label
from curator.registries.model.describe import holding_facts
from curator.registries.registry import kind_of, parse_target, recorded

if TYPE_CHECKING:
    from astropy.table import Table

    from curator.registries.model.model import Holding

__all__ = ["CalibrationRegistry", "HoldingList", "RegistryLabel", "registry"]


@for_python
def registry(address: str, label: str = "") -> CalibrationRegistry:
    """Open a registry to read it.

    Parameters
    ----------
    address : str
        ``butler:PATH`` or ``gen2:PATH``.
    label : str
        The label that is asked; by default the preferred labels, as look-ups do.

    Raises
    ------
    RegistryError
        There is no such registry or label.
    UsageError
        The address names no kind of registry.

    Examples
    --------
    >>> curator.registry("gen2:registry")
    <CalibrationRegistry gen2:registry: preferred labels>
    """
    _, place = parse_target(address)
    kind_of(address).require(place)
    found = CalibrationRegistry(address)
    return found.at(label) if label else found


@dataclass(frozen=True)
class RegistryLabel:
    """A label of a registry.

    Parameters
    ----------
    name : str
        As people say it; empty for what curator did not publish.
    instrument : str
        The instrument that it is for.
    is_preferred : bool
        Whether look-ups that name no label find it.
    published : str
        The commit that it was published from; empty if that is not known.
    ranges : int
        How many validity ranges it has.
    """

    name: str
    instrument: str
    is_preferred: bool
    published: str
    ranges: int = 0


@dataclass(frozen=True, repr=False)
class CalibrationRegistry(CalibrationSource):
    """A registry. It is read again for each answer, and never written.

    Parameters
    ----------
    address : str
    label : str
        The label that is asked; the preferred ones if empty.
    """

    address: str
    label: str = ""

    def _contents(self) -> Contents:
        from curator.registries.query.as_catalogue import certified

        catalogue, names = certified(self.address, self.label)
        return Contents(catalogue, names, f"{recorded(self.address)}, {self.label or 'preferred labels'}")

    @for_python
    def at(self, label: str) -> CalibrationRegistry:
        """Return the same registry, asked for one label.

        Raises
        ------
        RegistryError
            There is no such label.
        """
        from curator.registries.registry import open_registry

        with open_registry(self.address, "read") as opened:
            opened.holdings(label)
        return CalibrationRegistry(self.address, label)

    @for_python
    def labels(self) -> tuple[RegistryLabel, ...]:
        """Return the labels, by name.

        Examples
        --------
        >>> [one.name for one in curator.registry("gen2:registry").labels()]
        ['2025.1']
        """
        from curator.registries.registry import open_registry

        with open_registry(self.address, "read") as opened:
            found = opened.holdings()
        ranges = Counter(
            RegistryLabel(
                short_label(one.label) or one.label, one.data_id.instrument, one.preferred, one.published
            )
            for one in found
        )
        labels = (replace(label, ranges=count) for label, count in ranges.items())
        return tuple(sorted(labels, key=lambda one: (one.name, one.instrument)))

    @for_python
    def holdings(
        self,
        type: str | Sequence[str] | None = None,
        detector: str | int = "",
        physical_filter: str = "",
        camera: str = "",
    ) -> HoldingList:
        """Return every validity range that is certified, as `curator holdings` lists them.

        Those of all labels are listed, unless one is asked.

        Parameters
        ----------
        type : str or sequence of str, optional
            Dataset types; all by default.
        detector : str or int
            Name or id of a detector; all by default.
        physical_filter : str
            Name of a physical filter; all by default.
        camera : str
            Instrument; all by default.

        Raises
        ------
        UsageError
            A name is unknown.
        """
        from curator.registries.query.filters import held_of

        types = listed(type)
        found, _ = held_of(self.address, self.label, types, camera, str(detector), physical_filter)
        return HoldingList(tuple(found) if types or type is None else ())

    @for_python
    def diff(self, before: str, after: str = "") -> DiffReport:
        """Return what differs between two labels, as `curator diff --registry` says it.

        Parameters
        ----------
        before, after : str
            Labels; the preferred ones if empty.
        """
        from curator.review.compared import ComparedLabels

        return DiffReport(ComparedLabels(self.address, before, after).report())

    def __repr__(self) -> str:
        """Return which registry it is, without the way to it, and which labels are asked."""
        return f"<CalibrationRegistry {escape(recorded(self.address))}: {self.label or 'preferred labels'}>"


@dataclass(frozen=True, repr=False)
class HoldingList(Sequence["Holding"]):
    """What a registry holds: a sequence of validity ranges, by label, data ID and start.

    Parameters
    ----------
    entries : tuple of Holding
    """

    entries: tuple[Holding, ...]

    def __len__(self) -> int:
        """Return the number of validity ranges."""
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> Holding: ...
    @overload
    def __getitem__(self, index: slice) -> HoldingList: ...
    def __getitem__(self, index: int | slice) -> Holding | HoldingList:
        """Return one by its number, or several."""
        found = self.entries[index]
        return HoldingList(found) if isinstance(found, tuple) else found

    def to_dicts(self) -> list[dict[str, object]]:
        """Return what `curator holdings --format json` prints for each, as `pandas.DataFrame` takes it."""
        return [holding_facts(one) for one in self.entries]

    def to_table(self) -> Table:
        """Return a row for each, as `astropy.table.Table` of texts."""
        return text_table(_COLUMNS, self.to_dicts())

    def __repr__(self) -> str:
        """Return one line for each."""
        lines = text.aligned(_HEADINGS, map(_cells, self.entries)) if self.entries else []
        return "\n".join([counted(len(self), "validity range"), *lines])

    def _repr_html_(self) -> str:
        """Return a table with a row for each."""
        rows = (
            (*names, html.date(start), html.date(end), html.commit(commit), html.code(source))
            for *names, start, end, commit, source in map(_cells, self.entries)
        )
        table = html.table(_HEADINGS, rows) if self.entries else ""
        return html.titled(counted(len(self), "validity range"), table)


_COLUMNS = ("label", "dataset_type", "instrument", "detector", "physical_filter", "start", "end", "source")
_HEADINGS = ("label", "type", "detector", "filter", "from", "to", "commit", "source")


def _cells(one: Holding) -> tuple[str, ...]:
    data_id = one.data_id
    names = (
        short_label(one.label) or one.label,
        data_id.dataset_type,
        data_id.detector_text,
        data_id.physical_filter,
    )
    start = text.date_text(one.range.bounded_start) if one.range.bounded_start else "no start"
    return *names, start, text.date_text(one.range.end), one.commit[:12], one.source
