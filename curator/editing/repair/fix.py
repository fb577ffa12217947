"""Fix mechanical mistakes in the files of a working tree; every other byte stays unchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curator.checks.fixing.apply_fixes import Mended, TextEdit, apply_fix, apply_fixes, edits_of, mend
from curator.checks.model.failed_rule import unjudged
from curator.checks.policy.baseline import without_baseline
from curator.editing.session import exclusive
from curator.editing.tree_writer import require_unchanged, write_all
from curator.errors import CuratorError
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot
    from curator.repository.snapshots.worktree import WorkTree

__all__ = [
    "FileFix",
    "Fixes",
    "Mended",
    "TextEdit",
    "apply_fix",
    "apply_fixes",
    "changed_rows",
    "diff_lines",
    "edits_of",
    "fix",
    "mend",
    "plan_fixes",
    "write_fixes",
]

# One fix may show the next, such as a keyword in upper case whose value then has the wrong type; no file
# needs as many rounds.
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class FileFix:
    """One file before and after; ``done`` are the mended findings, ``target`` is its new path, if any."""

    path: str
    before: bytes
    after: bytes
    done: tuple[Finding, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Fixes:
    """What can be set right, and what cannot.

    Parameters
    ----------
    files : tuple of FileFix
        By path.
    left : tuple of Finding
        What stays, and is not in the baseline: a person has to judge.
    refused : tuple of (Finding, str)
        What would be fixed but for the reason given: something would be lost. They are among ``left``.
    checked : int
        Files looked at.
    failed : tuple of (str, str)
        Files that could not be written, and why.
    baselined : int
        Findings that could be fixed, but are in the baseline and were not selected.
    """

    files: tuple[FileFix, ...]
    left: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...]
    checked: int
    failed: tuple[tuple[str, str], ...] = ()
    baselined: int = 0

    def by_rule(self) -> dict[str, int]:
        """Return how many findings of each rule are mended, by code."""
        return dict(sorted(Counter(one.code for file in self.files for one in file.done).items()))


@exclusive("fix")
def fix(
    tree: WorkTree,
    config: Config,
    *,
    paths: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Fixes:
    """Fix the files of a working tree; see `plan_fixes` and `write_fixes`."""
    return write_fixes(tree, plan_fixes(tree, config, paths=paths, select=select, ignore=ignore))


def plan_fixes(
    snapshot: Snapshot,
    config: Config,
    *,
    paths: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Fixes:
    """Return what would be changed in a snapshot; nothing is written.

    Findings in the baseline stay, unless ``select`` names their rules: whoever edits another line of the file
    did not mean them.

    Every file is checked again after its fixes, until there is nothing left that a program may do.

    Parameters
    ----------
    paths : sequence of str, optional
        Files and directories relative to the repository; all of it if not given.
    select, ignore : sequence of str
        Beginnings of the codes of rules: only these, not these.
    """
    from curator.checks.run.engine import check
    from curator.repository.snapshots.overlay import Overlay

    overlay = Overlay(snapshot)
    known, config = config, without_baseline(config)
    report = check(overlay, config, paths=paths, select=select, ignore=ignore)
    wanted = report.findings if select else _unrecorded(report.findings, overlay, known)
    open_: dict[str, list[Finding]] = {}
    for finding in wanted:
        open_.setdefault(finding.path, []).append(finding)
    before: dict[str, bytes] = {}
    done: dict[str, list[Finding]] = {}
    refused: dict[tuple[str, str, str], tuple[Finding, str]] = {}
    for _ in range(_ROUNDS):
        changed = []
        for path in sorted(open_):
            fixable = [
                one
                for one in open_[path]
                if one.fix is not None and not one.fix.moves_to and _key(one) not in refused
            ]
            if not fixable:
                continue
            raw = overlay.read(path)
            mended = _mended(path, raw, fixable, open_[path])
            refused.update((_key(one), (one, why)) for one, why in mended.refused)
            if mended.raw == raw:
                refused.update((_key(one), (one, "the file stays as it is")) for one in mended.done)
                continue
            before.setdefault(path, raw)
            done.setdefault(path, []).extend(mended.done)
            overlay.put(path, mended.raw)
            changed.append(path)
        if not changed:
            break
        again = check(overlay, config, paths=changed, select=select, ignore=ignore)
        found = again.findings if select else _unrecorded(again.findings, overlay, known)
        open_.update({path: [one for one in found if one.path == path] for path in changed})
    moved = tuple(_moved(open_, snapshot))
    files = tuple(
        FileFix(path, raw, overlay.read(path), tuple(done[path]))
        for path, raw in sorted(before.items())
        if overlay.read(path) != raw
    )
    gone = {_key(finding) for file in moved for finding in file.done}
    left = tuple(
        one
        for path in sorted(open_)
        for one in open_[path]
        if (one.fix is None or _key(one) in refused) and _key(one) not in gone
    )
    return Fixes(
        files=(*files, *moved),
        left=_unrecorded(left, overlay, known) if select else left,
        refused=tuple(refused.values()),
        checked=report.checked,
        baselined=_fixable(report.findings) - _fixable(wanted),
    )


def _fixable(findings: Iterable[Finding]) -> int:
    return sum(one.fix is not None for one in findings)


def _mended(path: str, raw: bytes, fixable: Sequence[Finding], found: list[Finding]) -> Mended:
    """Return a file after its fixes; of one at which they fail, that they do, among what is ``found``."""
    try:
        return mend(path, raw, fixable)
    except Exception as error:
        found.append(unjudged(error, path, "fixing"))
        return Mended(raw, (), tuple((one, "a bug in curator prevents the fix") for one in fixable))


def _moved(found: Mapping[str, Sequence[Finding]], snapshot: Snapshot) -> Iterator[FileFix]:
    """Give the files that only need another name; their text stays."""
    for path, findings in sorted(found.items()):
        moves = [one for one in findings if one.fix is not None and one.fix.moves_to]
        if moves and (fix := moves[0].fix) is not None:
            raw = snapshot.read(path)
            yield FileFix(path, raw, raw, tuple(moves), fix.moves_to)


def _unrecorded(findings: Iterable[Finding], snapshot: Snapshot, config: Config) -> tuple[Finding, ...]:
    """Return the findings that the baseline does not know."""
    if not config.baseline:
        return tuple(findings)
    from curator.checks.policy.baseline import load_baseline
    from curator.checks.policy.policy import Policy

    return tuple(Policy(config, baseline=load_baseline(snapshot, config)).apply(findings)[0])


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.message


@exclusive("fix")
def write_fixes(tree: WorkTree, fixes: Fixes) -> Fixes:
    """Write the fixed files; one that has changed since, or that cannot be written, stays.

    If the process is killed, the next verb that writes completes it.

    Returns
    -------
    Fixes
        What was written; what could not be is ``failed``.
    """
    ready, failed = _partitioned(tree, fixes.files)
    try:
        _write(tree, ready)
    except CuratorError:
        # Nothing was written: the others are, without those that cannot be.
        files, ready = ready, []
        for file in files:
            try:
                _write(tree, [file])
            except CuratorError as error:
                failed.append((file.path, error.message))
            else:
                ready.append(file)
    return Fixes(
        tuple(ready), fixes.left, fixes.refused, fixes.checked, tuple(failed), baselined=fixes.baselined
    )


def _partitioned(tree: WorkTree, files: Iterable[FileFix]) -> tuple[list[FileFix], list[tuple[str, str]]]:
    """Return the files that still hold what was read, and the others with the reason."""
    ready: list[FileFix] = []
    failed: list[tuple[str, str]] = []
    for file in files:
        try:
            require_unchanged(tree, file.path, file.before)
        except CuratorError as error:
            failed.append((file.path, error.message))
        else:
            ready.append(file)
    return ready, failed


def _write(tree: WorkTree, files: Sequence[FileFix]) -> None:
    write_all(
        tree,
        {file.path: file.before for file in files},
        {file.target or file.path: file.after for file in files},
        {file.target: file.path for file in files if file.target},
    )


def diff_lines(files: Iterable[FileFix]) -> Iterable[str]:
    """Give the lines of a unified diff, without their line ends."""
    from difflib import unified_diff

    for file in files:
        if file.target:
            yield f"diff --git a/{file.path} b/{file.target}"
            yield "similarity index 100%"
            yield f"rename from {file.path}"
            yield f"rename to {file.target}"
            continue
        one, other = (_shown_lines(raw) for raw in (file.before, file.after))
        yield from unified_diff(one, other, f"a/{file.path}", f"b/{file.path}", lineterm="")


def changed_rows(files: Iterable[FileFix]) -> Iterator[tuple[str, int, str, str]]:
    """Give path, line, and the text before and after of each row of a table that a fix divides anew."""
    for file in files:
        if not file.path.endswith(".ecsv"):
            continue
        before, after = (raw.decode("utf-8", "replace").split("\n") for raw in (file.before, file.after))
        if len(before) != len(after):
            continue  # lines of the header went
        for number, (one, other) in enumerate(zip(before, after, strict=True), 1):
            if one.rstrip() != other.rstrip() and not one.startswith("#"):
                yield file.path, number, one.rstrip(), other.rstrip()


def _shown_lines(raw: bytes) -> list[str]:
    """Return lines as a diff shows them; that the last has no line end is said in git's words."""
    lines = raw.decode("utf-8", "replace").split("\n")
    last = lines.pop()
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines
