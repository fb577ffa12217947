"""What would be written into a registry, or removed from it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from curator.calibrations.data_id import DataId
from curator.registries.model.describe import described
from curator.registries.model.model import Addition, Export, Item, Reason, Validity
from curator.registries.model.run_names import start_of_run

__all__ = ["ChainMove", "Compared", "Dataset", "IngestReport", "LabelChange", "Plan", "Purge"]


@dataclass(frozen=True, slots=True)
class ChainMove:
    """The members of a chain ``before`` and after; ``replaces`` are labels that leave it."""

    chain: str
    members: tuple[str, ...]
    replaces: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class Compared(NamedTuple):
    """A label that look-ups find now, and how many calibrations a plan's label has exactly as it has them."""

    label: str
    unchanged: int


class LabelChange(NamedTuple):
    """A difference between a plan's label and the label that look-ups find now.

    Parameters
    ----------
    label : str
        The one that is found now.
    kind : {"added", "removed", "changed", "recommitted", "range"}
        ``changed`` has other content; ``recommitted`` has the same content from another commit; ``range`` is
        certified for another validity range.
    name : str
        Dataset type and data ID.
    start : str
        Valid start (UTC) that its text is named by, as ISO 8601.
    said : str
        What a person wants to know besides; may be empty.
    """

    label: str
    kind: str
    name: str
    start: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, or why nothing may be.

    Parameters
    ----------
    export : Export
    labels : mapping of str to str
        Instrument to label collection, for instruments that have something certified.
    documentation : str
        What a new label says of itself.
    ingest : tuple of Item
    certify : tuple of Validity
        What does not exist yet.
    restore : tuple of Item
        What is there, and has lost its file.
    present, unchanged : int
        How many datasets, and how many validity ranges, are there already.
    moves : tuple of ChainMove
    completes : tuple of str
        Labels that an earlier run left without some of their ranges.
    creates : bool
        Whether the registry itself is made.
    adds : tuple of Addition
        Dimension records and dataset types that are made.
    stays : tuple of Reason
        Chains of the repository's that go on finding what this export has nothing of, and why.
    compared : tuple of Compared
        The labels that look-ups find now, of the instruments that have one.
    changes : tuple of LabelChange
        What differs from these labels.
    differences : tuple of Reason
        Anything here, and nothing may be written.
    """

    export: Export
    labels: Mapping[str, str]
    documentation: str
    ingest: tuple[Item, ...] = ()
    certify: tuple[Validity, ...] = ()
    restore: tuple[Item, ...] = ()
    present: int = 0
    unchanged: int = 0
    moves: tuple[ChainMove, ...] = ()
    completes: tuple[str, ...] = ()
    creates: bool = False
    adds: tuple[Addition, ...] = ()
    stays: tuple[Reason, ...] = ()
    compared: tuple[Compared, ...] = ()
    changes: tuple[LabelChange, ...] = ()
    differences: tuple[Reason, ...] = ()

    @property
    def uncertified(self) -> int:
        """How many datasets nobody gave a validity range."""
        return sum(not (item.ranges or item.is_deprecated) for item in self.export.items)

    @property
    def deprecated(self) -> int:
        """How many datasets are not to be used at any time."""
        return sum(item.is_deprecated for item in self.export.items)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.ingest or self.certify or self.restore or self.moves or self.creates)


class Dataset(NamedTuple):
    """A dataset that is in a registry.

    Parameters
    ----------
    data_id : DataId
    run : str
    id : str
        As its registry tells datasets apart.
    file : str
        The file that the registry owns, which goes with it; empty where the registry only refers to one.
    """

    data_id: DataId
    run: str
    id: str
    file: str = ""

    def __str__(self) -> str:
        return described(self.data_id, start_of_run(self.run))


@dataclass(frozen=True, slots=True)
class Purge:
    """What would go with a label, and what would not.

    Parameters
    ----------
    label : str
    collections : tuple of str
        The label of each instrument; empty where it has gone already.
    datasets : tuple of Dataset
        Those that nobody else has.
    runs : tuple of str
        Runs that hold nothing else.
    kept : tuple of Reason
        Datasets of the label that stay, and who has them.
    differences : tuple of Reason
        Anything here, and nothing may be removed.
    """

    label: str
    collections: tuple[str, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    runs: tuple[str, ...] = ()
    kept: tuple[Reason, ...] = ()
    differences: tuple[Reason, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.collections or self.datasets or self.runs)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What `curator.registries.publish.ingest.ingest` did, or would do."""

    target: str
    plan: Plan
    dry_run: bool = False
