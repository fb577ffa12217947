"""The manifest of an export: its rows, and what a registry has to know besides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curator.errors import CalibrationError, CuratorError, ExportError, UnexpectedError
from curator.export.manifest.manifest import (
    DetectorRecord,
    FilterRecord,
    InstrumentRecord,
    Manifest,
    ManifestRow,
    TypeRecord,
)

if TYPE_CHECKING:
    from curator.export.judging import Judgement
    from curator.export.plan import Planned
    from curator.export.write import Written
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.layout.config import Config
    from curator.repository.layout.gen2_layout import Gen2Layout
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["UnrepresentableError", "compose_manifest", "compose_rows", "left_out", "misplaced"]

# Of what is not a regular file, below no camera, or not read for its suffix.
_HAS_NO_ROW = frozenset({"CUR013", "CUR207", "CUR217"})


class UnrepresentableError(ExportError):
    """Some texts cannot be represented as FITS, or contradict their path; ``errors`` has every reason."""

    def __init__(self, errors: Sequence[CuratorError]) -> None:
        count = len({one.path for one in errors})
        many = f"{count} calibrations" if count > 1 else "1 calibration"
        super().__init__(f"{many} cannot be exported; the manifest is unchanged")
        self.errors = tuple(errors)
        if any(isinstance(one, UnexpectedError) for one in self.errors):
            self.exit_status = UnexpectedError.exit_status

    def __str__(self) -> str:
        return "\n".join([*(str(error) for error in self.errors), self.message])


def left_out(
    catalogue: Catalogue, judgement: Judgement, rows: Sequence[ManifestRow]
) -> tuple[CuratorError, ...]:
    """Return an error for all that may be meant to be a calibration, and has no row.

    It stands, or is named, where none can be; it is a symbolic link, or ends in a suffix that is not read.
    """
    places = misplaced(catalogue)
    exported = {row.gitpath for row in rows}
    told = {problem.path for problem in places}
    missing = [
        CalibrationError(f"curator check finds errors: {', '.join(sorted(codes))}", path=path)
        for path, codes in sorted(judgement.codes.items())
        if codes & _HAS_NO_ROW and path not in exported and path not in told
    ]
    return (*places, *missing)


def misplaced(catalogue: Catalogue) -> tuple[CuratorError, ...]:
    """Return an error for every file that stands, or is named, where no calibration can be."""
    from curator.repository.layout.paths import PathError

    return tuple(problem for problem in catalogue.problems if isinstance(problem, PathError))


def compose_rows(
    catalogue: Catalogue,
    planned: Sequence[Planned],
    known: Mapping[str, Written | ManifestRow],
    failed: dict[str, CuratorError],
    selected: frozenset[str] | None,
    judgement: Judgement,
) -> list[ManifestRow]:
    """Return the rows of the manifest, or raise an error that names all sources that have none.

    Files whose path says nothing of them are none of the calibrations, unless they are ``selected``.
    """
    from curator.repository.git.command import printable

    named = None if selected is None else {printable(path) for path in selected}
    elsewhere = set(misplaced(catalogue))
    for problem in catalogue.problems:
        if problem not in elsewhere if named is None else problem.path in named:
            failed.setdefault(problem.path, problem)
    entries = {str(entry.path): entry for entry in catalogue.entries}
    rows = []
    for one in planned:
        if one.source not in failed:
            if one.source not in entries and failed:
                continue  # its camera cannot be read, and is among those that failed
            try:
                entry, written = entries[one.source], known[one.source]
                rows.append(one.row(entry, written, judgement.of(one.source)))
            except CuratorError as error:
                failed[one.source] = error
    if failed:
        reasons = [reason for error in failed.values() for reason in error.problems or (error,)]
        raise UnrepresentableError(sorted(reasons, key=lambda error: (error.path, error.line)))
    return rows


def compose_manifest(
    repo: Repository, commit: Commit, config: Config, rows: list[ManifestRow], *, complete: bool
) -> Manifest:
    from curator import __version__

    return Manifest(
        repository=config.repository,
        commit=commit.sha,
        commit_date=commit.date,
        rows=tuple(sorted(rows, key=lambda row: row.gitpath)),
        profile=config.profile,
        complete=complete,
        released=tuple(repo.release_refs(commit.sha, config.release_branch)),
        instruments=tuple(_instruments(config)),
        dataset_types=tuple(_types(rows)),
        curator=__version__,
        cameras=tuple(sorted(one.name for one in config.cameras)),
    )


def _types(rows: Iterable[ManifestRow]) -> Iterator[TypeRecord]:
    from curator.calibrations.types.types import find_type

    for name in sorted({row.dataset_type for row in rows}):
        if kind := find_type(name):
            yield TypeRecord(name, kind.dimensions, kind.storage_class, kind.registry_name)


def _instruments(config: Config) -> Iterator[InstrumentRecord]:
    """Yield what each camera's files, old and new, declare; the newest word on an id or a filter counts."""
    from curator.calibrations.time.dates import parse_start

    found: dict[str, tuple[dict[int, DetectorRecord], dict[str, FilterRecord]]] = {}
    layouts: dict[str, Gen2Layout] = {}
    for entry in config.cameras:
        for path in config.camera_files.paths(entry.directory):
            start = parse_start(os.path.basename(path).rpartition(".")[0])
            camera = config.camera_files.at(entry.directory, start)
            detectors, filters = found.setdefault(camera.instrument, ({}, {}))
            detectors.update((one.id, DetectorRecord(one.id, one.name)) for one in camera.detectors)
            filters.update((one.name, FilterRecord(one.name, one.band)) for one in camera.filters)
            if entry.name in config.gen2:
                layouts[camera.instrument] = config.gen2[entry.name]
    for instrument, (detectors, filters) in sorted(found.items()):
        yield InstrumentRecord(
            instrument,
            tuple(detectors[number] for number in sorted(detectors)),
            tuple(filters[name] for name in sorted(filters)),
            layouts.get(instrument),
        )
