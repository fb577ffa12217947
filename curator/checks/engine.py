"""Asks every rule about every file of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from curator.calibrations.profiles import PROFILES
from curator.checks.context import Context
from curator.checks.examiner import WHOLE_FILE, Examiner
from curator.checks.policy import Policy
from curator.checks.report import Report
from curator.checks.rule import RULES
from curator.checks.tree import Tree, tree_findings
from curator.errors import RepositoryError
from curator.repository.paths import is_candidate, is_stray

if TYPE_CHECKING:
    from curator.checks.finding import Finding
    from curator.repository.config import Config
    from curator.repository.snapshot import Entry, Snapshot

__all__ = ["check"]

CHUNK = 64


def check(
    snapshot: Snapshot,
    config: Config,
    *,
    paths: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    jobs: int = 1,
) -> Report:
    """Return what the rules say about a snapshot; never raises for what is in its files.

    Parameters
    ----------
    paths : sequence of str, optional
        Files and directories relative to the repository; all of it if not given.
    select, ignore : sequence of str
        Beginnings of codes: only these, not these.
    jobs : int
        Processes to share the files among.
    """
    policy = Policy(config, select, ignore)
    entries = snapshot.entries(paths)
    wanted = [entry for entry in entries if _concerns(entry, config)]
    found = list(_examine(snapshot, config, wanted, jobs))
    candidates = [entry.path for entry in wanted if is_candidate(entry.path, config.directories)]
    found += tree_findings(Tree(snapshot, config, candidates, paths is None))
    found += _unmerged(snapshot, config, paths)
    kept, suppressed = policy.apply(
        {(one.code, one.path, one.line, one.message): one for one in found}.values()
    )
    kept.sort(key=lambda one: (one.path, one.line, one.column, one.code))
    return Report(tuple(kept), len(wanted), suppressed)


def _concerns(entry: Entry, config: Config) -> bool:
    path, cameras = entry.path, config.directories
    if is_candidate(path, cameras) or is_stray(path, cameras):
        return True
    # A link that stands where a directory of calibrations would hides whatever is behind it.
    return (
        not entry.is_file
        and path.partition("/")[0] in cameras
        and path.rpartition(".")[2] not in ("md", "txt")
    )


def _unmerged(snapshot: Snapshot, config: Config, paths: Sequence[str] | None) -> Iterator[Finding]:
    for path in getattr(snapshot, "unmerged", ()):
        named = paths is None or any(path == one or path.startswith(f"{one}/") or not one for one in paths)
        if named and is_candidate(path, config.directories):
            ctx = Context(path, config, PROFILES[config.profile])
            ctx.take_up(RULES["CUR016"])
            yield ctx.finding(
                WHOLE_FILE, "a merge left this file in conflict", hint="resolve it, then `git add` it"
            )


def _examine(snapshot: Snapshot, config: Config, entries: list[Entry], jobs: int) -> Iterator[Finding]:
    if jobs <= 1 or len(entries) <= CHUNK:
        examiner = Examiner(snapshot, config)
        for entry in entries:
            yield from examiner.examine(entry)
        return
    from concurrent.futures import BrokenExecutor

    from curator.processes import worker_pool

    chunks = [entries[start : start + CHUNK] for start in range(0, len(entries), CHUNK)]
    with worker_pool(min(jobs, len(chunks)), _equip, snapshot, config) as pool:
        try:
            for findings in pool.map(_examine_chunk, chunks):
                yield from findings
        except BrokenExecutor as error:
            raise RepositoryError("a worker process died", hint="run it again with fewer --jobs") from error


_examiner: Examiner | None = None


def _equip(snapshot: Snapshot, config: Config) -> None:
    global _examiner
    _examiner = Examiner(snapshot, config)


def _examine_chunk(entries: Iterable[Entry]) -> list[Finding]:
    assert _examiner is not None
    return [finding for entry in entries for finding in _examiner.examine(entry)]
