"""Asks every rule about every file of a snapshot."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from curator.calibrations.header.profiles import PROFILES
from curator.checks.cross_file.calibration_sets import set_findings
from curator.checks.cross_file.path_tree import Tree, tree_findings
from curator.checks.model.context import Context
from curator.checks.model.failed_rule import any_unjudged
from curator.checks.model.relevant_paths import is_relevant
from curator.checks.model.report import Report
from curator.checks.model.rule import find_rule
from curator.checks.policy.baseline import load_baseline
from curator.checks.policy.policy import Policy
from curator.checks.run.file_checker import WHOLE_FILE, FileChecker, counted
from curator.checks.run.skipped_rules import skipped_rules
from curator.errors import RepositoryError
from curator.repository.layout.paths import is_candidate
from curator.repository.snapshots.worktree import WorkTree
from curator.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import Executor
    from datetime import date
    from typing import TypeAlias

    from curator.checks.cache.file_results import FileResults
    from curator.checks.cross_file.facts import Facts
    from curator.checks.model.finding import Finding
    from curator.checks.run.file_checker import Progress
    from curator.executors import PerWorker
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot, TreeEntry

__all__ = ["check"]

CHUNK = 64
# Each takes a copy of what the worker needs along.
MOST_BATCHES = 128
# From so many files on, a second process does more than its start costs.
PAYS = 5000


class _Workers(NamedTuple):
    """Who looks at files: an executor, else so many processes."""

    executor: Executor | None
    jobs: int | None


Answer: TypeAlias = "tuple[list[Finding], str, Facts | None]"


def check(
    snapshot: Snapshot,
    config: Config,
    *,
    paths: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    jobs: int | None = 1,
    executor: Executor | None = None,
    results: FileResults | None = None,
    day: date | None = None,
    progress: Progress | None = None,
) -> Report:
    """Return what the rules say about a snapshot; never raises for what is in its files.

    Parameters
    ----------
    paths : sequence of str, optional
        Files and directories relative to the repository; all of it if not given.
    select, ignore : sequence of str
        Beginnings of codes: only these, not these.
    jobs : int, optional
        Processes to share the files among where there is no ``executor``; as many as pay if `None`.
    executor : concurrent.futures.Executor, optional
        Where to look at files; its workers must see the same file system.
    results : FileResults, optional
        What is known of files from earlier runs; it learns what is not.
    day : datetime.date, optional
        The day (UTC) by which suppressions have expired or not; today if not given.
    progress : callable, optional
        Called with how many files were looked at, and how many there are.
    """
    policy = Policy(config, select, ignore, load_baseline(snapshot, config), day)
    entries = snapshot.entries(paths)
    wanted = [entry for entry in entries if is_relevant(entry.path, entry.is_file, config)]
    facts: dict[str, Facts] = {}
    found = list(_examine(snapshot, config, wanted, _Workers(executor, jobs), results, facts, progress))
    candidates = [entry.path for entry in wanted if is_candidate(entry.path, config.directories)]
    found += tree_findings(Tree(snapshot, config, candidates, paths is None))
    found += set_findings(snapshot, config, entries, facts, whole=paths is None)
    found += _unmerged(snapshot, config, paths)
    found = _without_line_ends_of_git(snapshot, found)
    kept, suppressed = policy.apply(
        {(one.code, one.path, one.line, one.message): one for one in found}.values()
    )
    if paths is None:
        from curator.checks.policy.audit import audit

        kept += audit(policy, snapshot)
    kept.sort(key=lambda finding: (finding.path, finding.line, finding.column, finding.code))
    asides = (*skipped_rules(candidates, config, policy), *_not_checked_out(snapshot, wanted))
    return Report(tuple(kept), len(wanted), suppressed, policy.baselined, asides=asides)


def _without_line_ends_of_git(snapshot: Snapshot, found: list[Finding]) -> list[Finding]:
    """Leave out the line ends that git itself writes in the working tree, and does not store."""
    paths = {finding.path for finding in found if finding.code == "CUR005"}
    asked = getattr(snapshot, "converted_line_ends", None) if paths else None
    converted = asked(paths) if asked is not None else ()
    return [finding for finding in found if finding.code != "CUR005" or finding.path not in converted]


def _not_checked_out(snapshot: Snapshot, entries: Sequence[TreeEntry]) -> Iterator[str]:
    """Say how many files of a sparse checkout were judged as the index has them."""
    away = set(snapshot.not_checked_out) if isinstance(snapshot, WorkTree) else set()
    if count := sum(entry.path in away for entry in entries):
        yield f"{count} of them are not checked out, so their content comes from the index"


def _unmerged(snapshot: Snapshot, config: Config, paths: Sequence[str] | None) -> Iterator[Finding]:
    for path in getattr(snapshot, "unmerged", ()):
        named = paths is None or any(
            path == prefix or path.startswith(f"{prefix}/") or not prefix for prefix in paths
        )
        if named and is_candidate(path, config.directories):
            ctx = Context(path, config, PROFILES[config.profile])
            ctx.take_up(find_rule("CUR016"))
            yield ctx.finding(
                WHOLE_FILE, "this file has an unresolved merge conflict", hint="resolve it, then `git add` it"
            )


def _examine(
    snapshot: Snapshot,
    config: Config,
    entries: list[TreeEntry],
    use: _Workers,
    results: FileResults | None,
    facts: dict[str, Facts],
    progress: Progress | None,
) -> Iterator[Finding]:
    """Give what is wrong with each file; ``facts`` takes up what each says for the rules about many."""
    if results is None:
        answers = _ask(snapshot, config, entries, use, "")
        for entry, (findings, _, said) in zip(counted(entries, progress), answers, strict=True):
            if said is not None:
                facts[entry.path] = said
            yield from findings
        return
    known = {entry.path: results.find(entry, snapshot) for entry in entries}
    unknown = [entry for entry in entries if known[entry.path] is None]
    asked = _ask(snapshot, config, unknown, use, results.object_format)
    for entry in counted(entries, progress):
        recalled = known[entry.path]
        if recalled is None:
            findings, blob, said = next(asked)
            if not any_unjudged(findings):  # a bug that is mended must not be believed still to be there
                results.add(entry.path, blob, findings, said)
        else:
            findings, said = recalled
        if said is not None:
            facts[entry.path] = said
        yield from findings


def _ask(
    snapshot: Snapshot, config: Config, entries: list[TreeEntry], use: _Workers, ids: str
) -> Iterator[Answer]:
    """Give the findings of every file and, where ``ids`` names a hash, the object id of its bytes."""
    jobs = use.jobs
    if jobs is None:
        jobs = 2 if len(entries) >= PAYS and (os.cpu_count() or 1) > 1 else 1
    if use.executor is None and (jobs <= 1 or len(entries) <= CHUNK):
        yield from _answers(FileChecker(snapshot, config), entries, ids)
        return
    from concurrent.futures import BrokenExecutor

    from curator.executors import PerWorker, in_order, workers

    size = max(CHUNK, -(-len(entries) // MOST_BATCHES))
    batches = [(None, entries[start : start + size]) for start in range(0, len(entries), size)]
    ask = partial(_ask_batch, PerWorker(FileChecker, snapshot, config), ids)
    try:
        with workers(use.executor, min(jobs, len(batches))) as used:
            for _, answers in in_order(used, ask, batches, len(batches) + 1):
                yield from answers
    except BrokenExecutor as error:
        raise RepositoryError(
            "a worker process died", hint="run the command again with fewer --jobs"
        ) from error


def _answers(checker: FileChecker, entries: Iterable[TreeEntry], ids: str) -> Iterator[Answer]:
    for entry in entries:
        findings = checker.check(entry)
        yield findings, checker.blob(ids) if ids else "", checker.facts


def _ask_batch(checker: PerWorker[FileChecker], ids: str, entries: Iterable[TreeEntry]) -> list[Answer]:
    return list(_answers(checker.get(), entries, ids))
