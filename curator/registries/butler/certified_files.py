"""The files of what is certified in a Butler's collection, whoever made it, and what their runs say of them.

Nothing here writes, and nothing that a file holds is run: of a pipeline's configuration the text is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from curator.calibrations.types.types import all_types
from curator.editing.fits_import.pending_import import Construction
from curator.errors import RegistryError
from curator.registries.butler.datasets import data_id_of
from curator.registries.butler.pipeline_runs import Runs
from curator.registries.butler.state import Association, associations, collection
from curator.registries.model.served_files import CertifiedFile, Found, Wanted
from curator.registries.model.tai import from_timespan

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, DatasetRef

__all__ = ["certified_files"]

MAX_BYTES = 1 << 28
_KINDS = ("CALIBRATION", "CHAINED")


def certified_files(butler: Butler, wanted: Wanted, folder: str) -> Found:
    """Return the files of what is certified; those of other machines are copied into ``folder``.

    Raises
    ------
    RegistryError
        There is no such collection, nothing can be certified in it, or a file cannot be had.
    """
    names = _collections(butler, wanted.collection)
    ranks = {name: rank for rank, name in enumerate(names)}
    found: list[Association] = []
    skipped: dict[str, int] = {}
    for name in _types(butler, names, wanted):
        of_type = list(associations(butler, butler.get_dataset_type(name), names))
        if name in _texts():
            found += _chosen(butler, of_type, wanted)
        else:
            skipped[name] = len(of_type)
    files = _Files(butler, folder)
    files.locate({one.ref for one in found})
    files.require()
    runs = Runs(butler, files.local)
    created = _ingest_dates(butler, found)
    return Found(
        tuple(_certified(one, ranks, files, runs.construction(one.ref.run), created) for one in found),
        skipped,
        partial(_data_ids, butler),
    )


def _certified(
    one: Association,
    ranks: Mapping[str, int],
    files: _Files,
    construction: Construction,
    created: Mapping[Any, datetime],
) -> CertifiedFile:
    path = files.local(one.ref)
    return CertifiedFile(
        data_id_of(one.ref),
        from_timespan(one.timespan),
        path,
        files.name(one.ref),
        one.collection,
        ranks[one.collection],
        one.ref.run,
        str(one.ref.id),
        created.get(one.ref.id),
        construction,
    )


def _data_ids(butler: Butler, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what a Butler knows of some datasets: their type, run, and data ID; of unknown ones nothing."""
    from uuid import UUID

    wanted = []
    for one in ids:
        try:
            wanted.append(UUID(one))
        except ValueError:
            continue
    known = {}
    for ref in butler.get_many_datasets(wanted) if wanted else ():
        said = dict(ref.dataId.required)
        known[str(ref.id)] = {"dataset_type": ref.datasetType.name, **said, "run": ref.run}
    return known


def _texts() -> dict[str, str]:
    return {one.registry_name or one.name: one.name for one in all_types()}


def _collections(butler: Butler, name: str) -> list[str]:
    """Return the CALIBRATION collections that a look-up in one goes through, first ones first."""
    info = collection(butler, name)
    if info is None:
        from curator.name_lookup import suggest

        there = [one.name for one in butler.collections.query_info("*") if one.type.name in _KINDS]
        raise RegistryError(
            f"no collection {name!r:.80} is in this Butler", value=name, hint=suggest(name, sorted(there))
        )
    if info.type.name not in _KINDS:
        raise RegistryError(
            f"{name} is a {info.type.name} collection, which has no validity ranges",
            value=name,
            hint="name a CALIBRATION collection, or a chain of them",
        )
    names = butler.collections.query(name, flatten_chains=True)
    found = butler.collections.query_info(list(names)) if names else []
    kinds = {one.name: one.type.name for one in found}
    return [one for one in names if kinds.get(one) == "CALIBRATION"]


def _types(butler: Butler, names: Sequence[str], wanted: Wanted) -> list[str]:
    if not names:
        return []
    infos = butler.collections.query_info(list(names), include_summary=True)
    there = {name for one in infos for name in one.dataset_types or ()}
    calibrations = sorted(name for name in there if butler.get_dataset_type(name).isCalibration())
    if not wanted.types:
        return calibrations
    return [name for name in calibrations if name in wanted.types]


def _chosen(butler: Butler, found: Iterable[Association], wanted: Wanted) -> Iterator[Association]:
    ids: dict[str, set[int]] = {}
    for one in found:
        key = data_id_of(one.ref)
        if wanted.physical_filter and key.physical_filter != wanted.physical_filter:
            continue
        if wanted.detector:
            if key.instrument not in ids:
                ids[key.instrument] = _detector_ids(butler, key.instrument, wanted.detector)
            if key.detector not in ids[key.instrument]:
                continue
        yield one


def _detector_ids(butler: Butler, instrument: str, text: str) -> set[int]:
    """Return the detector of a name, or else of an id."""
    from curator.calibrations.cameras.camera import detector_id

    records = butler.query_dimension_records("detector", instrument=instrument, limit=None, explain=False)
    named = {one.id for one in records if one.full_name.lower() == text.lower()}
    number = detector_id(text)
    return named or {one.id for one in records if one.id == number}


def _ingest_dates(butler: Butler, found: Sequence[Association]) -> dict[Any, datetime]:
    """Return when datasets came into the Butler, in UTC to the second."""
    dates: dict[Any, datetime] = {}
    for name in {one.ref.datasetType.name for one in found}:
        runs = sorted({one.ref.run for one in found if one.ref.datasetType.name == name})
        dataset_type = butler.get_dataset_type(name)
        with butler.query() as query:
            rows = query.join_dataset_search(dataset_type, runs).general(
                dataset_type.dimensions,
                dataset_fields={name: {"dataset_id", "ingest_date", "run"}},
                find_first=False,
            )
            for row in rows:
                if (date := _utc(row[f"{name}.ingest_date"])) is not None:
                    dates[row[f"{name}.dataset_id"]] = date
    return dates


def _utc(date: Any) -> datetime | None:
    """Return a moment that a Butler gives: an astropy time or a `datetime.datetime`, by its version."""
    from datetime import UTC

    if date is None:
        return None
    if not isinstance(date, datetime):
        date = date.utc.to_datetime()
    if date.tzinfo is not None:
        date = date.astimezone(UTC).replace(tzinfo=None)
    found: datetime = date.replace(microsecond=0)
    return found


class _Files:
    """Finds the files of datasets, and brings those here that are elsewhere, each once."""

    def __init__(self, butler: Butler, folder: str) -> None:
        self._butler = butler
        self._folder = folder
        self._uris: dict[Any, Any] = {}
        self._local: dict[Any, str] = {}

    def locate(self, refs: Iterable[DatasetRef]) -> None:
        """Ask for the places of many at once."""
        wanted = list(refs)
        found = self._butler.get_many_uris(wanted, allow_missing=True) if wanted else {}
        self._uris.update((ref.id, many.primaryURI) for ref, many in found.items())

    def require(self) -> None:
        """Say which files are lost, of those on this machine.

        Raises
        ------
        RegistryError
            Any is; with its whole path.
        """
        places = {_place(uri) for uri in self._uris.values() if uri is not None and uri.isLocal}
        lost = sorted(one for one in places if not os.path.isfile(one))
        if lost:
            more = f", and {len(lost) - 1} more are" if lost[1:] else ""
            raise RegistryError(
                f"this file of the registry is missing{more}",
                path=lost[0],
                hint="restore the file; if it was part of an export, `curator export` writes it again, "
                "from the same commit to the same folder",
            )

    def name(self, ref: DatasetRef) -> str:
        """Return the last part of its place."""
        uri = self._uri(ref)
        return os.path.basename(_in_zip(uri) or str(uri.basename()))

    def local(self, ref: DatasetRef) -> str:
        """Return the path of its file on this machine."""
        if ref.id not in self._local:
            self._local[ref.id] = self._brought(ref)
        return self._local[ref.id]

    def _uri(self, ref: DatasetRef) -> Any:
        if ref.id not in self._uris:
            self.locate([ref])
        uri = self._uris.get(ref.id)
        if uri is None:
            raise RegistryError(f"{ref} has no file, or several files", value=str(ref.id))
        return uri

    def _brought(self, ref: DatasetRef) -> str:
        uri = self._uri(ref)
        inside = _in_zip(uri)
        if uri.isLocal and not inside:
            return str(uri.ospath)
        try:
            if not inside and (size := uri.size()) > MAX_BYTES:
                raise RegistryError(
                    f"{size:,} bytes are more than the {MAX_BYTES:,} that are read", path=_place(uri)
                )
            with uri.replace(fragment="").as_local() as here:
                data = _member(here.ospath, inside) if inside else here.read(MAX_BYTES)
        except (OSError, ValueError, KeyError, NotImplementedError, BadZipFile) as error:
            raise RegistryError(f"it cannot be fetched: {_line(error)}", path=_place(uri)) from error
        name = os.path.join(self._folder, f"{ref.id}{os.path.splitext(inside or uri.basename())[1]}")
        with open(name, "xb") as file:
            file.write(data)
        return name


def _place(uri: Any) -> str:
    """Return where a file is, without what an address may have of a user or a key."""
    if uri.isLocal:
        return str(uri.ospath)
    parts = urlsplit(str(uri))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _in_zip(uri: Any) -> str:
    """Return the name of the file within a zip file that a Butler means, empty if it means the whole file."""
    lead, _, name = str(uri.unquoted_fragment or "").partition("=")
    return name if lead == "zip-path" else ""


def _member(path: str, name: str) -> bytes:
    """Return one file of a zip file, whatever size it says it has."""
    with ZipFile(path) as archive, archive.open(name) as member:
        data = member.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError(f"larger than the {MAX_BYTES:,} bytes that are read")
    return data


def _line(error: BaseException) -> str:
    from curator.registries.errors import first_line

    return f"{first_line(error):.200}"
