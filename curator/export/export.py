"""A commit's calibrations as a tree of stamped FITS files with a manifest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.errors import CuratorError, ExportError, UsageError
from curator.export.manifest import (
    DetectorRecord,
    FilterRecord,
    InstrumentRecord,
    Manifest,
    ManifestRow,
    TypeRecord,
)
from curator.export.plan import Planned, plan_export, refuse_uncommitted, relative_paths
from curator.export.tree import ExportTree
from curator.export.write import Task, Written, write_batch

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from curator.repository.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshot import Commit

__all__ = ["ExportReport", "UnrepresentableError", "export", "run_export"]

BATCH_FILES = 64
BATCH_BYTES = 4 << 20
READ_AHEAD = 8

Progress = Callable[[int, int], None]


class UnrepresentableError(ExportError):
    """Some texts cannot be represented as FITS; ``errors`` has one error for each of them."""

    def __init__(self, errors: Sequence[CuratorError]) -> None:
        many = f"{len(errors)} calibrations" if len(errors) > 1 else "1 calibration"
        super().__init__(f"{many} cannot be represented as FITS; the manifest is left as it was")
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join([*(str(error) for error in self.errors), self.message])


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did: files written, kept as they were, and pruned."""

    manifest: Manifest
    written: int
    kept: int
    removed: int = 0


def export(
    repo: Repository,
    out: str | os.PathLike[str],
    rev: str | None = None,
    paths: Sequence[str | os.PathLike[str]] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    config: str | os.PathLike[str] | None = None,
) -> Manifest:
    """Write every calibration of a commit as FITS, stamped with where it came from, and return the manifest.

    See `run_export`, which also takes an executor and says how much it had to do.
    """
    return run_export(repo, out, rev, paths, jobs, progress, config).manifest


def run_export(
    repo: Repository,
    out: str | os.PathLike[str],
    rev: str | None = None,
    paths: Sequence[str | os.PathLike[str]] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    config: str | os.PathLike[str] | None = None,
    *,
    executor: Executor | None = None,
    prune: bool = False,
) -> ExportReport:
    """Write every calibration of a commit as FITS, stamped with where it came from.

    Parameters
    ----------
    repo : Repository
    out : path
        Export tree, made if need be.
    rev : str, optional
        Commit to export; without it the checked-out one, and nothing may be uncommitted then.
    paths : sequence of path, optional
        Files and folders to export instead of all; the manifest at the root is left alone then.
    jobs : int
        Processes to use where there is no ``executor``.
    progress : callable, optional
        Called with (done, total).
    config : path, optional
        Stands in for the commit's ``curator.yaml``.
    executor : concurrent.futures.Executor, optional
        Where to write files; its workers must see the same file system.
    prune : bool
        Remove the exported files that no manifest lists in the end.

    Raises
    ------
    UnrepresentableError
        Texts that cannot be read or that FITS cannot hold; all of them are named. The manifest that
        stood before still stands.
    ExportError
        Calibrations are uncommitted, or ``out`` cannot be an export tree or be written.
    RepositoryError
        The repository, the commit or its configuration cannot be read.
    """
    from curator.calibrations.profiles import PROFILES
    from curator.repository.catalogue import Catalogue
    from curator.repository.config import load_config
    from curator.repository.history import History

    commit = repo.commit(rev)
    settings = load_config(commit, config)
    if rev is None:
        refuse_uncommitted(repo, settings, own_config=config is None)
    chosen = relative_paths(repo, paths)
    selected = _selected(commit, settings, chosen) if chosen else None
    worktree = "" if repo.bare else repo.root
    if executor is None and jobs < 1:
        raise UsageError(f"{jobs} jobs: at least one process is needed")
    with ExportTree.locked(out, worktree=worktree, gitdir=repo.commondir) as tree:
        catalogue = Catalogue.of(commit, settings, PROFILES[settings.profile])
        planned, errors = plan_export(
            catalogue, History.of(repo.git, commit.sha), settings, tree.rows(commit.sha), selected
        )
        rows, todo = _kept(tree, planned)
        with _workers(executor, jobs) as workers:
            ahead = max(READ_AHEAD, 2 * jobs)
            for number, (one, written) in enumerate(
                _write(tree, commit, todo, workers, ahead), len(rows) + 1
            ):
                if written.error is not None:
                    errors.append(written.error)
                else:
                    rows[one.target] = one.row(written)
                if progress is not None:
                    progress(number, len(planned))
        if errors:
            raise UnrepresentableError(sorted(errors, key=lambda error: (error.path, error.line)))
        if todo:
            tree.flush()
        listed = [rows[one.target] for one in planned]
        manifest = _manifest(repo, commit, settings, listed, complete=not chosen)
        tree.publish(manifest, _digest(chosen) if chosen else "")
        removed = tree.prune() if prune else 0
    return ExportReport(manifest, len(todo), len(planned) - len(todo), removed)


def _selected(commit: Commit, config: Config, paths: Sequence[str]) -> frozenset[str]:
    from curator.repository.paths import is_candidate

    found = frozenset(
        entry.path for entry in commit.entries(paths) if is_candidate(entry.path, config.directories)
    )
    if not found:
        raise ExportError(f"no calibrations are there in {commit.label}", path=", ".join(paths))
    return found


def _digest(paths: Iterable[str]) -> str:
    from hashlib import sha256

    return sha256("\0".join(sorted(set(paths))).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _kept(tree: ExportTree, planned: Iterable[Planned]) -> tuple[dict[str, ManifestRow], list[Planned]]:
    """Part what is there and whole from what is to be written."""
    rows, todo = {}, []
    for one in planned:
        if one.had is not None and tree.holds(one.had):
            rows[one.target] = one.row(one.had)
        else:
            todo.append(one)
    return rows, todo


@contextmanager
def _workers(executor: Executor | None, jobs: int) -> Iterator[Executor | None]:
    """Give the executor to use, `None` for this process."""
    if executor is not None or jobs == 1:
        yield executor
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fork would copy the lock and the pipe to git into every worker.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield pool


def _write(
    tree: ExportTree, commit: Commit, todo: Sequence[Planned], workers: Executor | None, ahead: int
) -> Iterator[tuple[Planned, Written]]:
    """Write files in batches; no more are read ahead than the workers need to stay busy."""
    from collections import deque
    from concurrent.futures import Future

    running: deque[tuple[list[Planned], Future[list[Written]]]] = deque()
    for planned, tasks in _batches(tree, commit, todo):
        if isinstance(tasks, CuratorError):
            yield planned[0], Written(planned[0].target, error=tasks)
        elif workers is None:
            yield from zip(planned, write_batch(tree.root, tasks), strict=True)
        else:
            running.append((planned, workers.submit(write_batch, tree.root, tasks)))
            if len(running) >= ahead:
                first, future = running.popleft()
                yield from zip(first, future.result(), strict=True)
    for first, future in running:
        yield from zip(first, future.result(), strict=True)


def _batches(
    tree: ExportTree, commit: Commit, todo: Sequence[Planned]
) -> Iterator[tuple[list[Planned], list[Task] | CuratorError]]:
    planned: list[Planned] = []
    tasks: list[Task] = []
    size = 0
    for one, raw in _sources(commit, todo):
        if isinstance(raw, CuratorError):
            yield [one], raw
            continue
        tree.make_directory(os.path.dirname(one.target))
        planned.append(one)
        tasks.append(Task(one.target, raw, one.provenance))
        size += len(raw)
        if len(tasks) >= BATCH_FILES or size >= BATCH_BYTES:
            yield planned, tasks
            planned, tasks, size = [], [], 0
    if tasks:
        yield planned, tasks


def _sources(commit: Commit, todo: Sequence[Planned]) -> Iterator[tuple[Planned, bytes | CuratorError]]:
    """Give the bytes of every source, or why they cannot be read."""
    place = 0
    while place < len(todo):
        try:
            for _, raw in commit.read_many(one.provenance.path for one in todo[place:]):
                yield todo[place], raw
                place += 1
        except CuratorError as error:
            yield todo[place], error
            place += 1


def _manifest(
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
    )


def _types(rows: Iterable[ManifestRow]) -> Iterator[TypeRecord]:
    from curator.calibrations.types import find_type

    for name in sorted({row.dataset_type for row in rows}):
        if kind := find_type(name):
            yield TypeRecord(name, kind.dimensions, kind.storage_class, kind.registry_name)


def _instruments(config: Config) -> Iterator[InstrumentRecord]:
    """Yield what each camera's files, old and new, declare; the newest word on an id or a filter counts."""
    from curator.calibrations.dates import parse_start

    found: dict[str, tuple[dict[int, DetectorRecord], dict[str, FilterRecord]]] = {}
    for entry in config.cameras:
        for path in config.camera_files.paths(entry.directory):
            start = parse_start(os.path.basename(path).rpartition(".")[0])
            camera = config.camera_files.at(entry.directory, start)
            detectors, filters = found.setdefault(camera.instrument, ({}, {}))
            detectors.update((one.id, DetectorRecord(one.id, one.name)) for one in camera.detectors)
            filters.update((one.name, FilterRecord(one.name, one.band)) for one in camera.filters)
    for instrument, (detectors, filters) in sorted(found.items()):
        yield InstrumentRecord(
            instrument,
            tuple(detectors[number] for number in sorted(detectors)),
            tuple(filters[name] for name in sorted(filters)),
        )
