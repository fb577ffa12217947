"""The manifest: all that passes from an export to a registry.

A table with one row per exported file, and in its header what a registry has to
know besides: the commit, the dimension records and the dataset types. It is read
by people and programs alike, so it is plain ECSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import ExportError
from curator.repository.layout.gen2_layout import Gen2Layout

if TYPE_CHECKING:
    from pathlib import Path

    from curator.formats.document import Document

__all__ = [
    "DATATYPES",
    "MANIFEST",
    "MANIFESTS",
    "SCHEMA_VERSION",
    "DetectorRecord",
    "FilterRecord",
    "InstrumentRecord",
    "Manifest",
    "ManifestRow",
    "TypeRecord",
    "format_range",
    "header_digest",
    "load_manifest",
    "parse_range",
    "read_manifest",
]

MANIFEST = "manifest.ecsv"
MANIFESTS = "manifests"
SCHEMA_VERSION = 4
MAX_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class DetectorRecord:
    """A detector as a registry's dimension record."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class FilterRecord:
    """A physical filter as a registry's dimension record; ``band`` is empty where none is declared."""

    name: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentRecord:
    """The dimension records of one instrument: every detector and filter that its cameras ever declared.

    ``gen2`` is how a Gen2 registry holds it, where ``curator.yaml`` says so.
    """

    instrument: str
    detectors: tuple[DetectorRecord, ...] = ()
    filters: tuple[FilterRecord, ...] = ()
    gen2: Gen2Layout | None = None


@dataclass(frozen=True, slots=True)
class TypeRecord:
    """A dataset type: ``dimensions`` besides the instrument, any of ``detector``, ``physical_filter``.

    ``registry_name`` is what registries call it, where that may not be ``name``.
    """

    name: str
    dimensions: tuple[str, ...]
    storage_class: str
    registry_name: str = ""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One exported file.

    Parameters
    ----------
    path : str
        The FITS file, relative to the export tree, ``/`` between its parts.
    sha256, bytes : str, int
        Digest and size of the file.
    content : str
        Digest of the calibration without its stamp: equal content, equal digest.
    dataset_type, instrument : str
    detector : str
        Name of the detector, empty for types that have none.
    detector_id : int or None
        Its number, `None` where the type has none or the camera does not know the detector.
    filter : str
        Physical filter, empty for types that have none.
    valid_start, valid_end : str
        ISO 8601, UTC, half-open; an empty end is unbounded.
    end_source : {"written", "derived", "none"}
        Whether the end stands in the file, follows from the next file, or is unbounded.
    gitpath, gitblob, gitsha : str
        Source text, its blob, and the commit that last touched it.
    status : {"certified", "uncertified", "deprecated"}
        Deprecated ones are not to be used at any time.
    ranges : str
        What registries certify it for: ``start/end`` (``..`` for no end), blanks between several; less than
        from ``valid_start`` to ``valid_end`` where it was deprecated for a time, more where it runs on in the
        place of one that was; empty unless it is certified.
    check : str
        ``ok``, or ``error`` and the rules that ``curator check`` finds broken in the text at the exported
        commit: then it is published under personal labels only.
    """

    path: str
    sha256: str
    content: str
    bytes: int
    dataset_type: str
    instrument: str
    detector: str
    detector_id: int | None
    filter: str
    valid_start: str
    valid_end: str
    end_source: str
    gitpath: str
    gitblob: str
    gitsha: str
    status: str
    ranges: str
    check: str = "ok"

    @property
    def has_errors(self) -> bool:
        """Whether a check finds errors in the text that neither baseline nor suppressions cover."""
        return self.check != "ok"

    def served(self) -> tuple[ValidityRange, ...]:
        """Return ``ranges`` as dates (UTC), by start; `None` for no end."""
        return tuple(parse_range(one) for one in self.ranges.split())

    @property
    def data_id(self) -> DataId:
        """What it is for."""
        return DataId(self.dataset_type, self.instrument, self.detector_id, self.filter, self.detector)


@dataclass(frozen=True)
class Manifest:
    """Everything one export holds.

    Parameters
    ----------
    repository : str
        Name declared in ``curator.yaml``.
    commit, commit_date : str
        The exported commit and when it was committed (ISO 8601, UTC).
    rows : tuple of ManifestRow
        Sorted by source path.
    profile : str
        Profile of the header keywords.
    complete : bool
        False when only some paths were exported: nothing may be removed because of such a manifest.
    released : tuple of str
        The release branch and the tags that contain the commit; empty for a commit under review.
    instruments, dataset_types : tuple
        Dimension records, and the types that occur in ``rows``.
    cameras : tuple of str
        Policy names of the cameras that ``curator.yaml`` has: those that it has nothing of are not served
        from it any more.
    curator : str
        Version of the program that wrote it.
    """

    repository: str
    commit: str
    commit_date: str
    rows: tuple[ManifestRow, ...]
    profile: str = ""
    complete: bool = True
    released: tuple[str, ...] = ()
    instruments: tuple[InstrumentRecord, ...] = ()
    dataset_types: tuple[TypeRecord, ...] = ()
    curator: str = ""
    cameras: tuple[str, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Digest of what a registry serves of this export; see `curator.export.manifest.fingerprint`."""
        from curator.export.manifest.fingerprint import ServedContent, fingerprint

        return fingerprint(
            ServedContent(row.data_id, validity, row.content)
            for row in self.rows
            for validity in row.served()
        )

    def instrument(self, name: str) -> InstrumentRecord | None:
        """Return the dimension records of one instrument."""
        return next((one for one in self.instruments if one.instrument == name), None)

    def dataset_type(self, name: str) -> TypeRecord | None:
        """Return the record of one dataset type."""
        return next((one for one in self.dataset_types if one.name == name), None)

    def to_bytes(self) -> bytes:
        """Return the manifest as ECSV; equal manifests give equal bytes."""
        from operator import attrgetter

        from curator.formats.document import Column
        from curator.formats.edit.new_file import write_ecsv

        values = map(attrgetter(*DATATYPES), self.rows)
        columns = zip(*values, strict=True) if self.rows else [()] * len(DATATYPES)
        header = self._header()
        return write_ecsv(
            {**header, "header_digest": header_digest(header, self.rows)},
            [
                Column(name, datatype, list(values))
                for (name, datatype), values in zip(DATATYPES.items(), columns, strict=True)
            ],
            delimiter=",",
        )

    def _header(self) -> dict[str, object]:
        return {
            "schema_version": SCHEMA_VERSION,
            "repository": self.repository,
            "commit": self.commit,
            "commit_date": self.commit_date,
            "curator": self.curator,
            "profile": self.profile,
            "complete": self.complete,
            "released": list(self.released),
            "fingerprint": self.fingerprint,
            "cameras": list(self.cameras),
            "dataset_types": [
                {
                    "name": one.name,
                    "dimensions": list(one.dimensions),
                    "storage_class": one.storage_class,
                    "registry_name": one.registry_name,
                }
                for one in self.dataset_types
            ],
            "instruments": [
                {
                    "instrument": one.instrument,
                    "detectors": [{"id": detector.id, "name": detector.name} for detector in one.detectors],
                    "filters": [{"name": physical.name, "band": physical.band} for physical in one.filters],
                    **({"gen2": one.gen2.to_mapping()} if one.gen2 else {}),
                }
                for one in self.instruments
            ],
        }


def header_digest(header: Mapping[str, object], rows: Iterable[ManifestRow]) -> str:
    """Return the digest of what a manifest's header says besides it, and of which rows have errors.

    The fingerprint is of what rows serve. Nothing else holds the commit, that it is released, or what a check
    found, to what was exported. It is no signature.
    """
    import json
    from hashlib import sha256

    rest: dict[str, object] = {key: value for key, value in header.items() if key != "header_digest"}
    if errors := {row.path: row.check for row in rows if row.has_errors}:
        rest["errors"] = errors
    return sha256(json.dumps(rest, sort_keys=True, default=str).encode()).hexdigest()


def format_range(start: datetime, end: datetime | None) -> str:
    """Return ``start/end`` as `ManifestRow` has it in ``ranges``."""
    return f"{start.isoformat()}/{end.isoformat() if end else '..'}"


def parse_range(text: str) -> ValidityRange:
    """Return the range that ``start/end`` says; `ValueError` where it says none."""
    start, _, end = text.partition("/")
    return ValidityRange(datetime.fromisoformat(start), None if end == ".." else datetime.fromisoformat(end))


DATATYPES = {
    field.name: "int64" if field.name in ("bytes", "detector_id") else "string"
    for field in fields(ManifestRow)
}


def read_manifest(export_dir: str | Path) -> Manifest:
    """Read and check the manifest at the root of an export tree.

    Raises
    ------
    ExportError
        There is none, it is damaged, or a newer version of curator wrote it.
    """
    from os import fspath
    from os.path import isfile, join

    path = join(fspath(export_dir), MANIFEST)
    if not isfile(path):
        raise ExportError("there is no manifest: this is not a finished export", path=fspath(export_dir))
    return load_manifest(path)


def load_manifest(path: str | Path) -> Manifest:
    """Read and check one manifest file, also one below ``manifests/``.

    Raises
    ------
    ExportError
        It is damaged, or a newer version of curator wrote it.
    """
    from os import fspath

    from curator.errors import FormatError
    from curator.export.manifest.validate import manifest_from
    from curator.formats.ecsv.reader import read_ecsv
    from curator.formats.files.bounded_io import read_bounded

    name = fspath(path)
    try:
        document: Document = read_ecsv(name, read_bounded(name, MAX_BYTES))
    except FormatError as error:
        raise ExportError(f"damaged manifest: {error.message}", path=name, line=error.line) from error
    return manifest_from(document)
