"""What is to become text: a FITS file, and what is known of it besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.values import dataclass, field

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Construction", "GivenIdentity", "GivenRange", "PendingImport", "PipelineFile"]


@dataclass(frozen=True, slots=True)
class GivenIdentity:
    """What a person or a registry says a file is; what is empty, its header must say.

    Parameters
    ----------
    dataset_type : str
        Name of a `DatasetType`.
    camera : str
        A camera's name, or its instrument's.
    detector : str or int or None
        Name or id.
    physical_filter : str
    """

    dataset_type: str = ""
    camera: str = ""
    detector: str | int | None = None
    physical_filter: str = ""


@dataclass(frozen=True, slots=True)
class GivenRange:
    """A validity range that a person or a registry gave.

    Parameters
    ----------
    start, end : datetime.datetime or None
        Half-open, UTC. A start of `None` is the camera's start of operations, an end of `None` unbounded.
    followed : bool
        Whether the next calibration of the same data ID starts at ``end``, and so says it.
    """

    start: datetime | None
    end: datetime | None
    followed: bool = False


@dataclass(frozen=True, slots=True)
class PipelineFile:
    """A file of the pipeline that made a calibration: its configuration, a log.

    Parameters
    ----------
    dataset_type, dataset, file, sha256 : str
        Names and digest; empty where they are not known.
    text : str
        What stands in it, empty where that is too much or no text.
    """

    dataset_type: str
    dataset: str = ""
    file: str = ""
    sha256: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Construction:
    """What a run says of how its calibrations were made."""

    software: dict[str, str] = field(default_factory=dict)
    pipeline: tuple[PipelineFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingImport:
    """A FITS file that is to become text.

    Parameters
    ----------
    file : str
        Where it is.
    name : str
        What messages and the record call it, if not by its own name.
    declared : Declared
    range : GivenRange or None
        `None` leaves it to the header.
    source : dict
        Where it comes from, as the record has it: ``registry``, ``collection``, ``run``, ``dataset``, …
    construction : Construction
    created : datetime.datetime or None
        When it was made at the latest (UTC), for a header that does not say.
    """

    file: str
    name: str = ""
    declared: GivenIdentity = GivenIdentity()
    range: GivenRange | None = None
    source: dict[str, str] = field(default_factory=dict)
    construction: Construction = Construction()
    created: datetime | None = None
