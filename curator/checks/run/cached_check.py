"""Ask the rules only about what is new; the report is that of `curator.checks.run.engine.check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.checks.cache.whole_run import Run
from curator.repository.snapshots.worktree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from curator.checks.model.report import Report
    from curator.checks.run.file_checker import Progress
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["check_cached"]


def check_cached(
    repository: Repository,
    snapshot: Snapshot,
    config: Callable[[], Config],
    codes: Callable[[], tuple[Sequence[str], Sequence[str]]],
    *,
    options: Sequence[object],
    jobs: int | None = None,
    executor: Executor | None = None,
    whole_run: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Return what the rules say about all of a snapshot.

    Parameters
    ----------
    config, codes : callable
        Give the configuration, and the beginnings of codes to select and to ignore; called only where
        something must be looked at.
    options : sequence
        What the codes are made from.
    jobs : int, optional
    executor : concurrent.futures.Executor, optional
        As of `curator.checks.run.engine.check`.
    progress : callable, optional
        As of `curator.checks.run.engine.check`.
    whole_run : bool
        The report depends on nothing but ``options`` and the repository, so that all of it may be kept.
    """
    run = Run(repository, options) if whole_run and type(snapshot) is WorkTree else None
    if run is not None and (report := run.recall()) is not None:
        return report
    from curator.checks.cache.file_results import FileResults
    from curator.checks.run.engine import check

    settings = config()
    select, ignore = codes()
    known = run.unchanged() if run is not None else {}
    results = FileResults(repository, settings, known)
    report = check(
        snapshot,
        settings,
        select=select,
        ignore=ignore,
        jobs=jobs,
        executor=executor,
        results=results,
        progress=progress,
    )
    results.keep()
    if run is not None and type(snapshot) is WorkTree and report.complete:
        run.keep(report, snapshot, settings, results.blobs)
    return report
