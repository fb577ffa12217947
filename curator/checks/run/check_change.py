"""Checks a pull request: what changed between two commits, and what that touches.

What counts is decided by the base, so that nobody can silence the rules that judge their own change:
severities, suppressions, limits and baseline are those of the commit that ``--from`` names. Cameras and
profile are those of the head, for a change that brings a camera or moves to another profile must be judged by
it; a camera that the change no longer declares is still checked. Where the base has no ``curator.yaml`` there
is nothing to protect, and the head's holds. Whatever a change takes away from the rules is a finding and a
notice (`silencing`). What its commits say is meant becomes a note, and a notice (`intended`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curator.calibrations.header.profiles import PROFILES
from curator.checks.change.changed_files import Changed
from curator.checks.change.intended import read_intended
from curator.checks.change.renames import paired
from curator.checks.cross_file.calibration_sets import set_findings
from curator.checks.cross_file.path_tree import Tree, tree_findings
from curator.checks.model.context import Context
from curator.checks.model.failed_rule import UNJUDGED
from curator.checks.model.relevant_paths import is_relevant
from curator.checks.model.report import Report
from curator.checks.model.rule import change_rules
from curator.checks.policy.baseline import Baseline, load_baseline
from curator.checks.policy.policy import Policy
from curator.checks.policy.weakened_rules import weakened_rules
from curator.checks.run.file_checker import FileChecker, counted
from curator.checks.run.skipped_rules import skipped_rules
from curator.errors import CuratorError, RepositoryError
from curator.repository.changes import Range
from curator.repository.git.command import to_bytes
from curator.repository.layout.config import NAME, load_config
from curator.repository.layout.paths import CalibPath, is_candidate

if TYPE_CHECKING:
    from curator.checks.cross_file.facts import Facts
    from curator.checks.model.finding import Finding
    from curator.checks.run.file_checker import Progress
    from curator.repository.changes import Change
    from curator.repository.git.tree_entry import TreeEntry
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["check_change"]

SHOWN = 3
_NOT_ADOPTED = f"has no {NAME}"


def check_change(
    repository: Repository,
    base: str,
    head: str = "HEAD",
    *,
    staged: bool = False,
    paths: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    baseline: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Return what the rules say about the change from one commit to another.

    Parameters
    ----------
    base, head : str
        Names of commits: where the change is to go, and what it leads to. It is compared with the commit that
        both grew from.
    staged : bool
        What is staged on top of ``head`` belongs to the change.
    paths : sequence of str, optional
        Files and directories to look at, of those that changed.
    select, ignore : sequence of str
        Beginnings of codes: only these, not these.
    baseline : bool
        Leave out the findings that the baseline records.
    progress : callable, optional
        Called with how many files were looked at, and how many there are.

    Raises
    ------
    RepositoryError
        A commit does not exist, or has no usable ``curator.yaml``.
    """
    found = Range(repository, base, head, staged=staged)
    before, after = found.snapshot(found.parted), found.after
    judge = found.snapshot(found.base.sha)
    mine, problem = _config_of(judge)
    if after.find(NAME) is None:
        raise RepositoryError(
            f"there is no {NAME} in {after.label}",
            path=NAME,
            hint="`curator adopt` writes one; commit it, and compare from that commit on. "
            "Without BASE, `curator check` assumes one",
        )
    theirs = load_config(after)
    config = _effective(mine, theirs)
    moves = paired(found.changes, before, after, config.directories)
    changes = [move for move in moves if _is_named(move, paths)]
    parted, _ = _config_of(before)
    less = list(weakened_rules(parted, theirs, (before, after))) if parted is not None else []
    changed = Changed(found, config, changes, less, (parted or config).profile)
    entries = [entry for change in changes if change.blob_after and (entry := after.find(change.path))]
    wanted = [entry for entry in entries if is_relevant(entry.path, entry.is_file, config)]
    facts: dict[str, Facts] = {}
    findings = list(_examine(after, config, wanted, facts, progress))
    candidates = [entry.path for entry in wanted if is_candidate(entry.path, config.directories)]
    findings += tree_findings(Tree(after, config, candidates, False))
    findings += set_findings(after, config, wanted, facts, whole=False)
    touched = _touched(changes, parted, config, after) if paths is None else []
    findings += _new_ones(touched, after, config, before, parted, progress)
    ctx = Context("", config, PROFILES[config.profile])
    for rule in change_rules():
        findings += changed.judged(rule, ctx)
    policy = Policy(config, select, ignore, _baseline(judge, mine, found) if baseline else None)
    distinct = {
        (finding.code, finding.path, finding.line, finding.message): finding for finding in findings
    }.values()
    kept, suppressed = policy.apply(distinct)
    intended = read_intended(found.commits)
    kept = intended.lower(kept)
    asked = [rule.code for rule in change_rules() if policy.asks(rule.code)] if paths is None else []
    said = [
        *intended.notices([one.code for one in distinct], asked),
        *_notices(base, problem, [weakening.message for weakening in less]),
    ]
    looked_at = [one.path for one in (*wanted, *touched) if is_candidate(one.path, config.directories)]
    asides = skipped_rules(looked_at, config, policy, change=True)
    kept.sort(key=lambda finding: (to_bytes(finding.path), finding.line, finding.column, finding.code))
    return Report(tuple(kept), len(wanted) + len(touched), suppressed, policy.baselined, tuple(said), asides)


def _config_of(snapshot: Snapshot) -> tuple[Config | None, str]:
    """Return the configuration of a commit, or why it has none that can be used."""
    if snapshot.find(NAME) is None:
        return None, _NOT_ADOPTED
    try:
        return load_config(snapshot), ""
    except CuratorError as error:
        return None, f"has a {NAME} that cannot be used ({error.message})"


def _effective(mine: Config | None, theirs: Config) -> Config:
    """Return the configuration that holds: the base's judgement on the head's cameras."""
    if mine is None:
        return theirs
    dropped = tuple(camera for camera in mine.cameras if camera.directory not in theirs.directories)
    return replace(
        theirs,
        cameras=(*theirs.cameras, *dropped),
        severities=mine.severities,
        suppressions=mine.suppressions,
        limits=_limits(mine, theirs),
        baseline=mine.baseline,
    )


def _limits(mine: Config, theirs: Config) -> dict[str, Mapping[str, Any]]:
    """Return the base's limits under the names that the head gives its cameras."""
    found = dict(mine.limits)
    for camera in theirs.cameras:
        if was := mine.camera(camera.directory):
            found[camera.name] = mine.limits.get(was.name) or mine.limits.get(was.directory) or {}
    return found


def _baseline(judge: Snapshot, mine: Config | None, found: Range) -> Baseline:
    if mine is None:
        return load_baseline(found.after, load_config(found.after))
    renames = {change.path: change.old_path for change in found.changes if change.kind == "renamed"}
    return load_baseline(judge, mine).following(renames)


def _is_named(change: Change, paths: Sequence[str] | None) -> bool:
    return paths is None or any(
        not path or one == path or one.startswith(f"{path}/")
        for path in paths
        for one in (change.path, change.old_path)
        if one
    )


def _examine(
    snapshot: Snapshot,
    config: Config,
    entries: Sequence[TreeEntry],
    facts: dict[str, Facts],
    progress: Progress | None = None,
) -> Iterator[Finding]:
    checker = FileChecker(snapshot, config)
    for entry in counted(entries, progress):
        yield from checker.check(entry)
        if checker.facts is not None:
            facts[entry.path] = checker.facts


def _touched(
    changes: Sequence[Change], parted: Config | None, config: Config, after: Snapshot
) -> list[TreeEntry]:
    """Return the calibrations that did not change, but what rules compare them with did."""
    directories = set()
    for change in changes:
        place = CalibPath.try_parse(change.path)
        if place is not None and place.dataset_type == "camera":
            directories.add(place.camera)
    if any(change.path == NAME for change in changes):
        known = parted.directories if parted is not None and parted.profile == config.profile else frozenset()
        directories |= config.directories - known
    itself = {change.path for change in changes}
    found = after.entries([directory for directory in sorted(directories) if after.listdir(directory)])
    return [
        entry
        for entry in found
        if entry.path not in itself and is_relevant(entry.path, entry.is_file, config)
    ]


def _new_ones(
    entries: Sequence[TreeEntry],
    after: Snapshot,
    config: Config,
    before: Snapshot,
    parted: Config | None,
    progress: Progress | None,
) -> Iterator[Finding]:
    """Give what is found in files that did not change, and was not found before the change."""
    if not entries:
        return
    known = set()
    if parted is not None:
        old = replace(
            config, profile=parted.profile, cameras=parted.cameras, camera_files=parted.camera_files
        )
        # What stood below no camera was nobody's calibration: all of it is new.
        there = [entry for entry in entries if is_candidate(entry.path, old.directories)]
        known = {_identity(one) for one in _examine(before, old, there, {}) if one.code != UNJUDGED}
    for finding in _examine(after, config, entries, {}, progress):
        if _identity(finding) not in known:
            yield finding


def _identity(finding: Finding) -> tuple[str, str, int, str]:
    return finding.code, finding.path, finding.line, finding.message


def _notices(base: str, problem: str, less: list[str]) -> Iterator[str]:
    if problem:
        first = "Merge the adoption" if problem == _NOT_ADOPTED else f"Correct it in {base}"
        yield (
            f"{base} {problem}: this change is checked with its own settings. "
            f"{first} first, then edit calibrations on another branch."
        )
    elif less:
        more = f" and {len(less) - SHOWN} more" if len(less) > SHOWN else ""
        yield (
            f"this change edits its own rules: {'; '.join(less[:SHOWN])}{more}. Here the rules of "
            f"{base} still apply."
        )
