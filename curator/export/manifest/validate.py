"""Reading a manifest without believing it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

from curator.errors import CalibrationError, ExportError
from curator.export.manifest.manifest import (
    DATATYPES,
    SCHEMA_VERSION,
    DetectorRecord,
    FilterRecord,
    InstrumentRecord,
    Manifest,
    ManifestRow,
    TypeRecord,
    header_digest,
    parse_range,
)
from curator.repository.layout.gen2_layout import Gen2Layout, layout_from

if TYPE_CHECKING:
    from curator.formats.document import Document

__all__ = ["is_inside", "manifest_from"]

# Git says of what does not exist that it has the id 0.
_ID = re.compile(r"(?!0+\Z)(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\Z", re.ASCII)
_CHOICES = {
    "end_source": {"written", "derived", "none"},
    "status": {"certified", "uncertified", "deprecated"},
}
_CHECK = re.compile(r"(?:ok|error(?: CUR\d{3})+)\Z", re.ASCII)
_PATTERNS = {
    "sha256": _SHA256,
    "content": _SHA256,
    "gitblob": _ID,
    "gitsha": _ID,
    "valid_start": _DATE,
    "check": _CHECK,
}


def is_inside(path: str) -> bool:
    """Whether a ``/``-separated path stays below its root: relative, no ``..``, nothing empty or hidden."""
    return (
        bool(path)
        and "\\" not in path
        and "\0" not in path
        and all(part and part[0] != "." for part in path.split("/"))
    )


def manifest_from(document: Document) -> Manifest:
    """Return the manifest a document holds.

    Raises
    ------
    ExportError
        Naming the line and what is wrong there.
    """
    reader = _Header(document)
    version = reader.take("schema_version", int)
    if version != SCHEMA_VERSION:
        reader.fail(
            "schema_version",
            f"this manifest has schema_version {version}, this curator reads {SCHEMA_VERSION}",
            hint="use the curator that wrote it, or export again"
            if version > SCHEMA_VERSION
            else "export again, into another folder",
        )
    manifest = Manifest(
        repository=reader.take("repository", str),
        commit=reader.take("commit", str),
        commit_date=reader.take("commit_date", str),
        curator=reader.take("curator", str),
        profile=reader.take("profile", str),
        complete=reader.take("complete", bool),
        released=tuple(reader.strings("released", document.header.get("released"))),
        cameras=tuple(reader.strings("cameras", document.header.get("cameras", []))),
        dataset_types=tuple(reader.dataset_types()),
        instruments=tuple(reader.instruments()),
        rows=tuple(_rows(document)),
    )
    if not _ID.match(manifest.commit):
        reader.fail("commit", f"commit is not a commit id: {manifest.commit!r}")
    if manifest.fingerprint != (found := reader.take("fingerprint", str)):
        reader.fail(
            "fingerprint",
            f"the rows have fingerprint {manifest.fingerprint[:12]}…, not {found[:12]}…: the manifest "
            "was edited",
        )
    known = {one.name for one in manifest.dataset_types}
    for row in manifest.rows:
        if row.dataset_type not in known:
            raise ExportError(
                f"dataset type {row.dataset_type!r} is not declared in the header", path=document.path
            )
    if manifest.complete:
        _check_derived(document, manifest)
    if reader.take("header_digest", str) != header_digest(document.header, manifest.rows):
        reader.fail(
            "header_digest",
            "the header or the column check was edited after the export",
            hint="delete this file and export again: existing FITS files are kept",
        )
    return manifest


def _check_derived(document: Document, manifest: Manifest) -> None:
    """Check each end that is said to be where the next one begins, which only a whole manifest can show."""
    starts: defaultdict[object, list[str]] = defaultdict(list)
    for row in sorted(manifest.rows, key=attrgetter("valid_start")):
        if row.status != "uncertified":
            starts[_thing(row)].append(row.valid_start)
    for number, row in enumerate(manifest.rows):
        if problem := _derived_problem(row, starts):
            raise _damaged(document, number, problem)


def _damaged(document: Document, number: int, problem: str) -> ExportError:
    return ExportError(f"damaged manifest: {problem}", path=document.path, line=document.row_lines[number])


def _rows(document: Document) -> Iterator[ManifestRow]:
    columns = [_values(document, name) for name in ManifestRow.__slots__]
    seen: set[str] = set()
    for number, row in enumerate(map(ManifestRow, *columns)):
        if problem := _problem(row) or (f"{row.path} is listed twice" if row.path in seen else ""):
            raise _damaged(document, number, problem)
        seen.add(row.path)
        yield row


def _values(document: Document, name: str) -> list[Any]:
    """Return a column of the declared type; an empty text is a masked cell in ECSV."""
    column = document.columns.get(name)
    if column is None:
        raise ExportError(f"damaged manifest: no column {name}", path=document.path)
    if column.datatype != DATATYPES[name] or column.subtype is not None:
        raise ExportError(f"damaged manifest: column {name} is {column.datatype}", path=document.path)
    return column.values if column.datatype != "string" else [value or "" for value in column.values]


def _problem(row: ManifestRow) -> str:
    if row.bytes is None or row.bytes < 0:
        return f"bytes is {row.bytes}"
    if not (is_inside(row.path) and row.path.endswith(".fits")):
        return f"path {row.path!r} is not a FITS file below the export"
    if not is_inside(row.gitpath):
        return f"gitpath {row.gitpath!r} is not a path in a repository"
    for name, pattern in _PATTERNS.items():
        if not pattern.match(getattr(row, name)):
            return f"{name} is {getattr(row, name)!r}"
    for name, choices in _CHOICES.items():
        if getattr(row, name) not in choices:
            return f"{name} is {getattr(row, name)!r}, not one of {', '.join(sorted(choices))}"
    return _validity_problem(row)


def _validity_problem(row: ManifestRow) -> str:
    if row.valid_end and not _DATE.match(row.valid_end):
        return f"valid_end is {row.valid_end!r}"
    if bool(row.valid_end) != (row.end_source != "none"):
        return f"valid_end is {row.valid_end!r} while end_source is {row.end_source!r}"
    if bool(row.ranges) != (row.status == "certified"):
        return f"ranges is {row.ranges!r} while status is {row.status!r}"
    if row.valid_start != _start_of(row.gitpath):
        return f"valid_start is {row.valid_start!r}, and gitpath {row.gitpath!r} says otherwise"
    if not all(map(_is_range, row.ranges.split())):
        return f"ranges is {row.ranges!r}"
    return _range_problem(row)


def _range_problem(row: ManifestRow) -> str:
    """Say which range is not within the validity; without a written end it may run on."""
    if not row.ranges or row.ranges == f"{row.valid_start}/{row.valid_end or '..'}":
        return ""
    try:
        first = datetime.fromisoformat(row.valid_start)
        last = datetime.fromisoformat(row.valid_end) if row.end_source == "written" else None
    except ValueError:  # which a registry says more of
        return ""
    for start, end in row.served():
        if start < first or (last is not None and (end is None or end > last)):
            return f"ranges is {row.ranges!r} while it is valid from {row.valid_start} to {row.valid_end!r}"
    return ""


@lru_cache(maxsize=4096)
def _start_of(gitpath: str) -> str:
    """Return the valid start that the source is named by, empty if by none."""
    from curator.calibrations.time.dates import parse_start

    try:
        return parse_start(gitpath.rpartition("/")[2].rpartition(".")[0]).isoformat()
    except CalibrationError:
        return ""


def _derived_problem(row: ManifestRow, starts: Mapping[object, list[str]]) -> str:
    """Say whether an end that follows from the next one does, in an export of all."""
    if row.end_source != "derived":
        return ""
    following = starts[_thing(row)]
    at = bisect_right(following, row.valid_start)
    if following[at : at + 1] == [row.valid_end]:
        return ""
    return f"valid_end is {row.valid_end!r}, where the next one does not start"


def _thing(row: ManifestRow) -> object:
    """Return the key that files for the same data ID share, as `DataId.key` says.

    Neither the instrument nor the number of a detector: a later camera file may give other ones.
    """
    folders = row.gitpath.split("/")[: -2 - bool(row.detector) - bool(row.filter)]
    return *folders, row.dataset_type, row.detector, row.filter


def _is_range(text: str) -> bool:
    start, _, end = text.partition("/")
    if not (_DATE.match(start) and (end == ".." or _DATE.match(end))):
        return False
    try:
        parse_range(text)
    except ValueError:  # a 31st of June
        return False
    return True


class _Header:
    """The header of a manifest, taken keyword by keyword."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def fail(self, keyword: str, message: str, hint: str = "") -> NoReturn:
        place = self.document.at(keyword)
        raise ExportError(message, path=self.document.path, line=place.line, keyword=keyword, hint=hint)

    def take(self, keyword: str, kind: type) -> Any:
        return self.typed(keyword, self.document.header.get(keyword), kind)

    def typed(self, keyword: str, value: object, kind: type) -> Any:
        if type(value) is not kind:
            self.fail(keyword, f"damaged manifest: {keyword} is {value!r:.60}, not {kind.__name__}")
        return value

    def mappings(self, keyword: str, value: object) -> Iterator[Mapping[str, object]]:
        for one in self.typed(keyword, value, list):
            if not isinstance(one, Mapping):
                self.fail(keyword, f"damaged manifest: {keyword} holds {one!r:.60}")
            yield one

    def strings(self, keyword: str, value: object) -> Iterator[str]:
        for one in self.typed(keyword, value, list):
            yield self.typed(keyword, one, str)

    def dataset_types(self) -> Iterator[TypeRecord]:
        key = "dataset_types"
        for one in self.mappings(key, self.document.header.get(key)):
            yield TypeRecord(
                name=self.typed(key, one.get("name"), str),
                dimensions=tuple(self.strings(key, one.get("dimensions"))),
                storage_class=self.typed(key, one.get("storage_class"), str),
                registry_name=self.typed(key, one.get("registry_name"), str),
            )

    def instruments(self) -> Iterator[InstrumentRecord]:
        key = "instruments"
        for one in self.mappings(key, self.document.header.get(key)):
            yield InstrumentRecord(
                instrument=self.typed(key, one.get("instrument"), str),
                detectors=tuple(
                    DetectorRecord(self.typed(key, d.get("id"), int), self.typed(key, d.get("name"), str))
                    for d in self.mappings(key, one.get("detectors"))
                ),
                filters=tuple(
                    FilterRecord(self.typed(key, f.get("name"), str), self.typed(key, f.get("band"), str))
                    for f in self.mappings(key, one.get("filters"))
                ),
                gen2=self.layout(key, one["gen2"]) if "gen2" in one else None,
            )

    def layout(self, keyword: str, value: object) -> Gen2Layout:
        if not isinstance(value, Mapping):
            self.fail(keyword, f"damaged manifest: gen2 is {value!r:.60}")
        try:
            return layout_from(value)
        except ValueError as error:
            self.fail(keyword, f"damaged manifest: gen2: {error}")
