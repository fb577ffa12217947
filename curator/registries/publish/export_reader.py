"""An export as a registry sees it: its manifest, believed only after every file was looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from curator.calibrations.data_id import DataId
from curator.errors import CalibrationError, RegistryError, UsageError
from curator.registries.model.collections import is_name, version_name
from curator.registries.model.model import Export, Item, Reason
from curator.registries.model.range_checks import range_problems

if TYPE_CHECKING:
    from curator.calibrations.fits.stamp_reader import Stamp
    from curator.export.manifest.manifest import Manifest, ManifestRow, TypeRecord

__all__ = ["Refused", "load_export"]


class Refused(RegistryError):
    """Nothing was written, because of the ``differences``."""

    def __init__(self, message: str, differences: tuple[Reason, ...], **place: object) -> None:
        super().__init__(message, **place)  # type: ignore[arg-type]  # the keywords of CuratorError
        self.differences = differences


def load_export(path: str) -> Export:
    """Read a manifest and check it, and every file it lists, before anything else happens.

    Parameters
    ----------
    path : str
        An export tree, or one of the manifests below its ``manifests/``.

    Raises
    ------
    Refused
        Files are missing or changed, or the manifest holds what no registry may be given.
    ExportError
        The manifest cannot be read.
    """
    root, manifest = _manifest(path)
    types = {one.name: one for one in manifest.dataset_types}
    differences: list[Reason] = []
    items = []
    for row in manifest.rows:
        kind = types[row.dataset_type]
        if problem := _row_problem(row, kind, manifest) or _file_problem(root, row, manifest):
            differences.append(Reason("export", row.gitpath, problem))
        else:
            items.append(_item(root, row, kind))
    differences += range_problems(items)
    if differences:
        count = len(differences)
        raise Refused(
            f"{count} {'things' if count > 1 else 'thing'} in this export cannot be ingested",
            tuple(differences),
            path=path,
            hint="an export run again writes missing files, and refuses to overwrite changed ones",
        )
    if not items and not manifest.complete:
        raise RegistryError("this export holds no calibrations", path=path)
    return Export(
        root=root,
        repository=manifest.repository,
        commit=manifest.commit,
        commit_date=manifest.commit_date,
        complete=manifest.complete,
        released=manifest.released,
        instruments=manifest.instruments,
        dataset_types=manifest.dataset_types,
        items=tuple(items),
        cameras=manifest.cameras,
        failing=tuple(_failing(manifest)),
    )


def _failing(manifest: Manifest) -> Iterator[Reason]:
    for row in manifest.rows:
        if row.has_errors:
            codes = row.check.split()[1:]
            yield Reason("check", row.gitpath, f"curator check finds errors: {', '.join(codes)}")


def root_of(path: str) -> str:
    """Return the folder of an export that is named by it, or by a manifest in it."""
    from curator.export.manifest.manifest import MANIFESTS

    real = os.path.realpath(path)
    if not os.path.isfile(real):
        return real
    folder = os.path.dirname(real)
    return os.path.dirname(folder) if os.path.basename(folder) == MANIFESTS else folder


def _manifest(path: str) -> tuple[str, Manifest]:
    from curator.export.manifest.manifest import MANIFEST, MANIFESTS, load_manifest, read_manifest

    real = os.path.realpath(path)
    if os.path.isfile(real):
        return root_of(real), load_manifest(real)
    if not os.path.isdir(real):
        raise UsageError("there is no such export", path=path)
    partial = os.path.join(real, MANIFESTS)
    if not os.path.exists(os.path.join(real, MANIFEST)) and os.path.isdir(partial):
        raise UsageError(
            "this tree holds exports of some paths only",
            path=path,
            hint=f"name the manifest to ingest, one of those in {partial}",
        )
    return real, read_manifest(real)


def _row_problem(row: ManifestRow, kind: TypeRecord, manifest: Manifest) -> str:
    """Say what keeps a row from having a data ID or dates, empty if nothing does."""
    instrument = manifest.instrument(row.instrument)
    if not is_name(row.instrument):
        return f"instrument {row.instrument!r} cannot be part of a collection's name"
    if instrument is None:
        return f"instrument {row.instrument!r} is not among the manifest's dimension records"
    if "detector" in kind.dimensions and not any(
        one.id == row.detector_id and one.name == row.detector for one in instrument.detectors
    ):
        return f"{row.instrument} has no detector {row.detector!r} with a known number"
    if "physical_filter" in kind.dimensions and not any(one.name == row.filter for one in instrument.filters):
        return f"{row.instrument} has no filter {row.filter!r}"
    for date in filter(None, (row.valid_start, row.valid_end)):
        try:
            datetime.fromisoformat(date)
        except ValueError:
            return f"{date!r} is not a date"
    return ""


def _file_problem(root: str, row: ManifestRow, manifest: Manifest) -> str:
    """Compare a file with its row, empty if it is the same: its path, size, digest, and its own stamp."""
    from hashlib import sha256

    from curator.calibrations.fits.stamp_reader import stamp_of

    path = os.path.join(root, *row.path.split("/"))
    if os.path.realpath(os.path.dirname(path)) != os.path.dirname(path):
        return f"{row.path} lies behind a symlink"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return f"{row.path} is missing"
    except OSError as error:
        return f"{row.path} cannot be read: {error.strerror}"
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return f"{row.path} is not a regular file"
        if found.st_size != row.bytes:
            return f"{row.path} has changed: {found.st_size} bytes, the manifest says {row.bytes}"
        data = file.read()
    if sha256(data).hexdigest() != row.sha256:
        return f"{row.path} has changed: its digest is not that of the manifest"
    return _stamp_problem(row, stamp_of(data), manifest)


def _stamp_problem(row: ManifestRow, stamp: Stamp, manifest: Manifest) -> str:
    """Compare what a file says of itself with its row: the manifest's digest binds nothing but its bytes."""
    wanted = {
        "CONTENT": (stamp.content, row.content),
        "GITREPO": (stamp.repository, manifest.repository),
        "GITPATH": (stamp.path, row.gitpath),
        "GITSHA": (stamp.commit, row.gitsha),
    }
    for keyword, (found, said) in wanted.items():
        if found != said:
            return f"{row.path} has another {keyword} in its header than the manifest says: {found!r:.80}"
    if row.status != "uncertified" and not _ends_at(stamp.end, row):
        return f"{row.path} has VALIDEND {stamp.end!r:.40} in its header, the manifest {row.valid_end!r}"
    return ""


def _ends_at(text: str, row: ManifestRow) -> bool:
    from curator.calibrations.time.dates import parse_date

    try:
        end = parse_date(text).isoformat() if text else ""
    except CalibrationError:
        return False
    return end == (row.valid_end if row.end_source == "written" else "")


def _item(root: str, row: ManifestRow, kind: TypeRecord) -> Item:
    start = datetime.fromisoformat(row.valid_start)
    return Item(
        data_id=DataId(
            kind.registry_name or kind.name,
            row.instrument,
            row.detector_id if "detector" in kind.dimensions else None,
            row.filter if "physical_filter" in kind.dimensions else "",
            row.detector if "detector" in kind.dimensions else "",
        ),
        start=start,
        version=version_name(row.instrument, row.gitsha, start),
        file=os.path.join(root, *row.path.split("/")),
        content=row.content,
        gitpath=row.gitpath,
        gitsha=row.gitsha,
        ranges=row.served(),
        is_deprecated=row.status == "deprecated",
    )
