"""What passes between an export, a plan and a registry: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.registries.model.describe import described

if TYPE_CHECKING:
    from curator.export.manifest.manifest import InstrumentRecord, TypeRecord

__all__ = [
    "Addition",
    "Certified",
    "ChainState",
    "Export",
    "Formatter",
    "Holding",
    "Item",
    "KnownDataset",
    "LabelState",
    "Reason",
    "RegisteredDataset",
    "State",
    "Storage",
    "Transfer",
    "Validity",
]


Transfer = Literal["", "direct", "copy", "hardlink"]
Formatter = Literal["", "curator", "stack"]


@dataclass(frozen=True, slots=True)
class Storage:
    """How a registry keeps what it is given.

    Parameters
    ----------
    database : str
        Address of the database of a registry that is made; its kind's own default if empty.
    datastore : str
        Where one that is made keeps files: ``s3://BUCKET/PREFIX``; its folder if empty.
    transfer : {"", "direct", "copy", "hardlink"}
        Whether it refers to the files of an export where they are, or has its own; as its kind does it by
        default if empty: a Butler refers to them, a Gen2 registry links them or, where it cannot, copies.
    formatter : {"", "curator", "stack"}
        Whether a Butler reads all files with curator's formatter, the default, or with the stack's where that
        reads them.
    """

    database: str = ""
    datastore: str = ""
    transfer: Transfer = ""
    formatter: Formatter = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One exported file as a registry will hold it.

    Parameters
    ----------
    data_id : DataId
    start : datetime
        Valid start (UTC) that its text is named by.
    version : str
        Tells it from others of its data ID: made of the commit that last touched the source, and the start.
    file : str
        Absolute path of the FITS file.
    content : str
        Digest of the calibration without its stamp.
    gitpath, gitsha : str
        Its source, and the commit that last touched it.
    ranges : tuple of ValidityRange
        What it is certified for, by start: several where it was deprecated for a time between, or runs on for
        one that was; none where nobody certified it, or it is not to be used any more.
    is_deprecated : bool
        Whether it is not to be used at any time.
    """

    data_id: DataId
    start: datetime
    version: str
    file: str
    content: str
    gitpath: str
    gitsha: str
    ranges: tuple[ValidityRange, ...]
    is_deprecated: bool = False

    def __str__(self) -> str:
        return described(self.data_id, self.start)


class Validity(NamedTuple):
    """One range that an item is to be certified for."""

    item: Item
    range: ValidityRange


@dataclass(frozen=True, slots=True)
class Export:
    """An export whose files are all there and unchanged, ready to be compared with a registry.

    Parameters
    ----------
    root : str
        Absolute path of the export tree.
    repository, commit, commit_date : str
        Where it was exported from.
    complete : bool
        False when only some paths were exported: then it adds, and is no reason to miss anything.
    released : tuple of str
        Release branch and tags that have the commit.
    instruments : tuple of InstrumentRecord
    dataset_types : tuple of TypeRecord
        By the name that registries use.
    items : tuple of Item
    cameras : tuple of str
        Policy names of the cameras that the repository says are its own.
    failing : tuple of Reason
        Texts with errors that ``curator check`` names: they are published under personal labels only.
    """

    root: str
    repository: str
    commit: str
    commit_date: str
    complete: bool
    released: tuple[str, ...]
    instruments: tuple[InstrumentRecord, ...]
    dataset_types: tuple[TypeRecord, ...]
    items: tuple[Item, ...]
    cameras: tuple[str, ...] = ()
    failing: tuple[Reason, ...] = ()

    def is_configured(self, instrument: str) -> bool:
        """Whether the repository says that an instrument is its own, though it may have nothing of it.

        Only a camera file says the instrument's name: where that has gone, it is taken for the policy name.
        """
        names = {one.instrument for one in self.instruments} | set(self.cameras)
        return instrument.lower() in map(str.lower, names)


class RegisteredDataset(NamedTuple):
    """A dataset that is in the registry: the digest of its content, empty if unknown, and its file.

    ``is_lost`` says that no file is there any more.
    """

    content: str
    file: str
    is_lost: bool = False


class Certified(NamedTuple):
    """A validity range in a label.

    ``version`` is that of the export's item where that is what is certified, else the collection that holds
    it; ``content`` is empty where it was not looked up.
    """

    data_id: DataId
    range: ValidityRange
    version: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class LabelState:
    """A label of one instrument as the registry has it.

    Parameters
    ----------
    name : str
        Collection.
    kind : str
        Type of the collection, empty if there is none of that name.
    commit : str
        The commit that its documentation names; empty if curator did not make it.
    certified : tuple of Certified
    """

    name: str
    kind: str = ""
    commit: str = ""
    certified: tuple[Certified, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainState:
    """The chain of one instrument.

    Parameters
    ----------
    name, kind : str
        Collection and its type, empty if there is none of that name.
    members : tuple of str
    curated : frozenset of str
        Labels of the instrument that curator made, whether the chain has them or not.
    repository : str
        The one that the first of them among the members was published from; empty if there is none.
    """

    name: str
    kind: str = ""
    members: tuple[str, ...] = ()
    curated: frozenset[str] = frozenset()
    repository: str = ""

    @property
    def finds(self) -> str:
        """The first label of curator's that look-ups go through, empty if none."""
        return next((one for one in self.members if one in self.curated), "")


class Addition(NamedTuple):
    """A record or a dataset type that a registry does not have, and an ingest makes.

    Parameters
    ----------
    kind : str
        ``instrument``, ``detector``, ``filter`` or ``dataset type``.
    name : str
        A detector's with its number.
    instrument : str
        The one that it is of, empty where the name says all.
    beside : str
        Of an instrument: those that the registry has, the most similar name first; empty if it has none.
    """

    kind: str
    name: str
    instrument: str = ""
    beside: str = ""


class Reason(NamedTuple):
    """A reason not to write: what a registry holds is not what an export says."""

    kind: str
    about: str
    message: str

    def __str__(self) -> str:
        return f"{self.about}: {self.message}"


@dataclass(frozen=True, slots=True)
class State:
    """What a registry holds of the things that an export is about.

    Parameters
    ----------
    held : mapping of (DataId, str) to RegisteredDataset
        By data ID and version.
    labels, chains : mapping of str to LabelState, ChainState
        By instrument.
    preferred : mapping of str to LabelState
        By instrument, the label that its chain finds. Of its contents only those are looked up that the
        export has another version of.
    conflicts : tuple of Reason
        Dimension records and dataset types that say otherwise than the export.
    adds : tuple of Addition
        Those that the export has and it has not.
    exists : bool
        Whether there is a registry at all.
    restores : bool
        Whether the files are its own, so that those that are lost are restored from an export.
    """

    held: Mapping[tuple[DataId, str], RegisteredDataset] = field(default_factory=dict)
    labels: Mapping[str, LabelState] = field(default_factory=dict)
    chains: Mapping[str, ChainState] = field(default_factory=dict)
    preferred: Mapping[str, LabelState] = field(default_factory=dict)
    conflicts: tuple[Reason, ...] = ()
    adds: tuple[Addition, ...] = ()
    exists: bool = True
    restores: bool = False


@dataclass(frozen=True, slots=True)
class KnownDataset:
    """A dataset that was found by its id, certified or not.

    Parameters
    ----------
    id : str
    data_id : DataId
    source, repository, commit : str
        As of `Holding`; empty where curator did not make it.
    run, file : str
        Where a registry has it; empty where git alone knows it.
    lost : bool
        Whether there is no such file any more, or none that can be read.
    labels : tuple of str
        Labels of curator's that it is certified in.
    """

    id: str
    data_id: DataId
    source: str
    commit: str
    repository: str = ""
    run: str = ""
    file: str = ""
    lost: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """One certified validity range.

    Parameters
    ----------
    data_id : DataId
        With the name of the detector, as far as the registry knows it.
    range : ValidityRange
    run, label : str
        Collections.
    preferred : bool
        Whether the instrument's chain has the label.
    source, repository, commit : str
        Text it was made from, and the commit that last touched that; from the stamp in the file, and the
        commit at least from the name of an older run. Empty where the file cannot be read.
    file : str
        Where the file is.
    content : str
        Digest of the calibration without its stamp, from the stamp; empty where the file has none.
    lost : bool
        Whether there is no such file any more, or none that can be read.
    published : str
        The commit that the label was published from; empty where curator did not make it.
    """

    data_id: DataId
    range: ValidityRange
    run: str
    label: str
    preferred: bool
    repository: str
    source: str
    commit: str
    file: str
    content: str = ""
    lost: bool = False
    published: str = ""

    @property
    def order(self) -> tuple[str, str, str, int, str, str, datetime]:
        """What holdings are sorted by: label, data ID, start."""
        return self.label, *self.data_id.order, self.range.start
