"""A commit's calibrations as a tree of stamped FITS files with a manifest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.errors import ExportError, UsageError
from curator.export.compose import UnrepresentableError, compose_manifest, compose_rows, left_out
from curator.export.judging import judge
from curator.export.manifest.manifest import Manifest, ManifestRow
from curator.export.plan import Planned, plan_export, refuse_uncommitted, relative_paths, unnameable
from curator.export.pool import write_all
from curator.export.tree import ExportTree
from curator.export.write import Written

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from curator.errors import CuratorError
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["ExportReport", "UnrepresentableError", "export", "run_export"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did: files written, kept as they were, and pruned.

    ``left_out`` has an error for every file whose path does not say what it would be: another name than a
    date, a directory too many. They are no calibrations, and are not exported.
    """

    manifest: Manifest
    written: int
    kept: int
    removed: int = 0
    left_out: tuple[CuratorError, ...] = ()


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
    jobs: int | None = 1,
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
    jobs : int, optional
        Processes to use where there is no ``executor``. Without it files are written by this process, and are
        checked by as many as pay.
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
        Texts that cannot be read, that FITS cannot hold, or whose header contradicts their path; all of them
        are named. The manifest that stood before still stands.
    ExportError
        Calibrations are uncommitted, or ``out`` cannot be an export tree or be written.
    RepositoryError
        The repository, the commit or its configuration cannot be read.
    """
    from curator.calibrations.header.profiles import PROFILES
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.history import History
    from curator.repository.layout.config import load_config

    commit = repo.commit(rev)
    if rev is None and config is None:
        _refuse_uncommitted_config(repo, commit)
    settings = load_config(commit, config)
    if rev is None:
        refuse_uncommitted(repo, settings, own_config=config is None)
    chosen = relative_paths(repo, paths)
    selected = _selected(commit, settings, chosen) if chosen else None
    worktree = "" if repo.bare else repo.root
    if executor is None and jobs is not None and jobs < 1:
        raise UsageError(f"{jobs} jobs: at least one process is needed")
    with ExportTree.locked(out, worktree=worktree, gitdir=repo.commondir) as tree:
        history = History.of(repo.git, commit.sha)
        planned = plan_export(commit, history, settings, tree.rows(commit.sha), selected)
        judgement = judge(repo, commit, settings, chosen, jobs)
        failed = {**unnameable(planned), **judgement.refused}
        planned = [one for one in planned if one.source not in failed]
        known, todo = _kept(tree, planned)
        headers = {**judgement.headers}
        for done, (one, written) in enumerate(write_all(tree, commit, todo, executor, jobs or 1), 1):
            known[one.source] = written
            headers[one.source] = written.header
            if written.error is not None:
                failed[one.source] = written.error
            if progress is not None:
                progress(len(planned) - len(todo) + done, len(planned))
        catalogue = Catalogue.of(commit, settings, PROFILES[settings.profile], headers)
        rows = compose_rows(catalogue, planned, known, failed, selected, judgement)
        if todo:
            tree.flush()
        manifest = compose_manifest(repo, commit, settings, rows, complete=not chosen)
        tree.publish(manifest, _digest(chosen) if chosen else "")
        removed = tree.prune() if prune else 0
    left = () if chosen else left_out(catalogue, judgement, rows)
    return ExportReport(manifest, len(todo), len(planned) - len(todo), removed, left)


def _refuse_uncommitted_config(repo: Repository, commit: Commit) -> None:
    """Raise if the working tree has a configuration and the commit has none: `curator adopt` wrote it."""
    import shlex

    from curator.repository.layout.config import NAME

    if repo.bare or NAME in commit.listdir("") or not os.path.isfile(os.path.join(repo.root, NAME)):
        return
    git = shlex.join(["git", "-C", repo.root])
    raise ExportError(
        f"{NAME} is not committed yet",
        path=NAME,
        hint=f"{git} add {NAME} '*/camera/*.yaml' && {git} commit",
    )


def _selected(commit: Commit, config: Config, paths: Sequence[str]) -> frozenset[str]:
    from curator.repository.layout.paths import is_candidate

    found = frozenset(
        entry.path for entry in commit.entries(paths) if is_candidate(entry.path, config.directories)
    )
    if not found:
        raise ExportError(f"there are no calibrations in {commit.label}", path=", ".join(paths))
    return found


def _digest(paths: Iterable[str]) -> str:
    from hashlib import sha256

    return sha256("\0".join(sorted(set(paths))).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _kept(
    tree: ExportTree, planned: Iterable[Planned]
) -> tuple[dict[str, Written | ManifestRow], list[Planned]]:
    """Part what is there and whole, by source, from what is to be written."""
    known: dict[str, Written | ManifestRow] = {}
    todo = []
    for one in planned:
        tree.make_directory(os.path.dirname(one.target))
        if one.had is not None and tree.holds(one.had):
            known[one.source] = one.had
        else:
            todo.append(one)
    return known, todo
