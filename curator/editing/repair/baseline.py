"""Writes the record of the findings that a repository had before (`curator.checks.policy.baseline`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from curator.checks.policy.baseline import (
    HEADER,
    Baseline,
    Key,
    Recorded,
    as_word,
    former_key_of,
    is_former,
    key_of,
    read_baseline,
    recordable,
    without_baseline,
)
from curator.counts import counted
from curator.editing.session import exclusive
from curator.editing.tree_writer import write_all, write_file
from curator.errors import EditingError, FormatError, RepositoryError
from curator.formats.files.terminal_escape import escape
from curator.repository.git.command import to_bytes
from curator.repository.layout.config import NAME, load_config
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.git.command import Git
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot
    from curator.repository.snapshots.worktree import WorkTree

__all__ = [
    "ATTRIBUTES",
    "DEFAULT",
    "Recording",
    "baseline_texts",
    "merge_attribute",
    "update_baseline",
    "write_baseline",
]

DEFAULT = "curator-baseline.txt"
ATTRIBUTES = ".gitattributes"
_ABOUT = """\
# Old findings, which do not fail a check. `curator baseline update` removes those that are fixed.
# PATH RULE DIGEST [xCOUNT]: DIGEST describes the subject of the finding and the text of its line.
"""
_LONGEST = 80
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")  # no pattern, and no quotes


@dataclass(frozen=True, slots=True)
class Recording:
    """What became of a baseline; all numbers are of findings.

    Parameters
    ----------
    path : str
    recorded : int
        In the file now.
    dropped, moved : int
        Gone, and recorded under the new path of a renamed file.
    added : int
        Recorded for the first time.
    left_out : tuple of Finding
        New ones that were not recorded.
    declared : bool
        ``curator.yaml`` was given the line that names the file.
    merged : bool
        ``.gitattributes`` was given the line that lets git merge the file without conflicts.
    """

    path: str
    recorded: int
    dropped: int = 0
    moved: int = 0
    added: int = 0
    left_out: tuple[Finding, ...] = ()
    declared: bool = False
    merged: bool = False


@exclusive("baseline write")
def write_baseline(
    tree: WorkTree, *, paths: Sequence[str] | None = None, allow_growth: bool = False
) -> Recording:
    """Record the findings of today, of some paths or of all, and see that ``curator.yaml`` names the file.

    Raises
    ------
    CuratorError
        A baseline is there that would grow, or the file is not a baseline: then nothing was written.
    """
    recording, after = baseline_texts(tree, tree.git, paths=paths, allow_growth=allow_growth)
    if after:
        write_all(tree, {one: tree.read(one) for one in after if tree.find(one)}, after)
    return recording


def baseline_texts(
    tree: Snapshot, git: Git, *, paths: Sequence[str] | None = None, allow_growth: bool = False
) -> tuple[Recording, dict[str, bytes]]:
    """Return what recording the findings of a snapshot comes to, and the files to write for it, by path.

    Raises
    ------
    CuratorError
        As of `write_baseline`.
    """
    config = load_config(tree)
    path = config.baseline or DEFAULT
    declaration = None if config.baseline else _declaration(tree)
    old = _present(tree, path)
    work = _Work(tree, old or Baseline(path), _findings(tree, config, paths), paths)
    if old is not None and work.new and not allow_growth:
        raise EditingError(
            f"{counted(len(work.new), 'new finding')} would be added to the {len(old)} recorded ones",
            path=path,
            hint=f"fix {_first(work.new)}, or record it with --allow-growth",
        )
    work.record_new()
    after: dict[str, bytes] = {}
    merged: dict[str, bytes] = {}
    if work.entries or old is not None:
        merged = merge_attribute(tree, git, path)
        after = {path: _text(work.entries)} | ({} if declaration is None else {NAME: declaration}) | merged
    return work.recording(path, declared=declaration is not None, merged=bool(merged)), after


@exclusive("baseline update")
def update_baseline(
    tree: WorkTree, *, paths: Sequence[str] | None = None, allow_growth: bool = False
) -> Recording:
    """Drop what is gone; follow renamed files; record what is new only if that is allowed.

    Raises
    ------
    CuratorError
        There is not a baseline, or it is not as it must be.
    """
    config = load_config(tree)
    old = _present(tree, config.baseline) if config.baseline else None
    if old is None:
        raise EditingError(
            f"{config.baseline} does not exist" if config.baseline else f"{NAME} names no baseline",
            path=config.baseline or NAME,
            hint="`curator baseline write` makes it",
        )
    work = _Work(tree, old, _findings(tree, config, paths), paths)
    if allow_growth:
        work.record_new()
    if work.entries != dict(old.entries):
        write_file(tree, old.path, _text(work.entries))
    return work.recording(old.path)


class _Work:
    """A baseline on its way from what it said to what is there."""

    def __init__(
        self, tree: Snapshot, old: Baseline, findings: Iterable[Finding], paths: Sequence[str] | None
    ) -> None:
        self._tree = tree
        findings = list(findings)
        self._old = old = _renewed(old, findings)
        found: dict[Key, list[Finding]] = {}
        for finding in findings:
            found.setdefault(key_of(finding), []).append(finding)
        self.entries: dict[Key, Recorded] = {}
        self.new: list[Finding] = []
        self.moved = self.added = 0
        gone: dict[tuple[str, str], list[Key]] = {}
        left: dict[Key, int] = {}
        for key, entry in old.entries.items():
            there = len(found.get(key, ())) if _within(key.path, paths) else entry.times
            self._put(key, min(entry.times, there), entry.text)
            if there < entry.times:
                left[key] = entry.times - there
                gone.setdefault((key.rule, key.digest), []).append(key)
        for key, alike in found.items():
            known = old.entries[key].times if key in old.entries else 0
            fresh = alike[known:]
            fresh = fresh[self._follow(key, len(fresh), gone, left, alike[0]) :]
            self.new += fresh

    def record_new(self) -> None:
        for finding in self.new:
            key = key_of(finding)
            before = self.entries.get(key)
            self._put(key, (before.times if before else 0) + 1, before.text if before else _line(finding))
        self.added += len(self.new)
        self.new = []

    def recording(self, path: str, *, declared: bool = False, merged: bool = False) -> Recording:
        recorded = sum(one.times for one in self.entries.values())
        return Recording(
            path,
            recorded,
            dropped=len(self._old) + self.added - recorded,
            moved=self.moved,
            added=self.added,
            left_out=tuple(self.new),
            declared=declared and bool(self.entries),
            merged=merged,
        )

    def _put(self, key: Key, times: int, text: str) -> None:
        if times:
            self.entries[key] = Recorded(times, 0, _counted(text, key, times))

    def _follow(
        self,
        key: Key,
        wanted: int,
        gone: Mapping[tuple[str, str], list[Key]],
        left: dict[Key, int],
        example: Finding,
    ) -> int:
        """Take over what is recorded of a file that does not exist any more, and return how much."""
        taken = 0
        digests = (key.digest, former_key_of(example).digest)
        for old in (one for digest in digests for one in gone.get((key.rule, digest), ())):
            if taken < wanted and left[old] and self._tree.find(old.path) is None:
                some = min(wanted - taken, left[old])
                left[old] -= some
                taken += some
        if taken:
            before = self.entries.get(key)
            self._put(key, taken + (before.times if before else 0), _line(example))
            self.moved += taken
        return taken


def _renewed(old: Baseline, findings: Iterable[Finding]) -> Baseline:
    """Return a baseline in which findings that it knows by their words have the keys of today."""
    if not any(map(is_former, old.entries)):
        return old
    left = {key: entry.times for key, entry in old.entries.items()}
    entries = dict(old.entries)
    for finding in findings:
        key, former = key_of(finding), former_key_of(finding)
        if left.get(key):
            left[key] -= 1
        elif left.get(former):
            left[former] -= 1
            before = entries.get(key)
            text = before.text if before else old.entries[former].text
            entries[key] = Recorded((before.times if before else 0) + 1, 0, text)
            entries[former] = entries[former]._replace(times=left[former])
    return Baseline(old.path, {key: entry for key, entry in entries.items() if entry.times})


def _findings(tree: Snapshot, config: Config, paths: Sequence[str] | None) -> Iterator[Finding]:
    from curator.checks.model.rule import find_rule
    from curator.checks.run.engine import check

    report = check(tree, without_baseline(config), paths=paths, jobs=None)
    return (one for one in report.findings if recordable(one) and find_rule(one.code).scope != "policy")


def _present(tree: Snapshot, path: str) -> Baseline | None:
    entry = tree.find(path)
    if entry is None:
        return None
    if not entry.is_file:
        raise EditingError("a symbolic link or a submodule is not a baseline", path=path)
    return read_baseline(path, tree.read(path))


def _declaration(tree: Snapshot) -> bytes:
    """Return ``curator.yaml`` with an entry that names the baseline, and nothing else changed."""
    from curator.formats.edit.splice import set_value

    try:
        return set_value(NAME, tree.read(NAME), ("baseline",), DEFAULT)
    except FormatError as error:
        error.hint = f"add it by hand: `baseline: {DEFAULT}`"
        raise


def merge_attribute(tree: Snapshot, git: Git, path: str) -> dict[str, bytes]:
    """Return ``.gitattributes`` with a line for the baseline; nothing if git knows how to merge it."""
    found = tree.find(ATTRIBUTES)
    if (found is not None and not found.is_file) or not _PLAIN.fullmatch(path):
        return {}
    try:
        said = git.run("check-attr", "-z", "merge", "--", path).split(b"\0")
    except RepositoryError:  # a folder without git
        return {}
    if said[2:3] != [b"unspecified"]:
        return {}
    old = tree.read(ATTRIBUTES) if found is not None else b""
    newline = b"\r\n" if b"\r\n" in old else b"\n"
    gap = newline if old and not old.endswith(b"\n") else b""
    return {ATTRIBUTES: old + gap + to_bytes(f"{path} merge=union") + newline}


def _within(path: str, paths: Sequence[str] | None) -> bool:
    return paths is None or any(path == one or path.startswith(f"{one}/") or not one for one in paths)


def _text(entries: Mapping[Key, Recorded]) -> bytes:
    lines = (entries[key].text for key in sorted(entries))
    return (f"{HEADER}\n{_ABOUT}" + "".join(f"{line}\n" for line in lines)).encode("utf-8")


def _line(finding: Finding) -> str:
    message = " ".join(escape(finding.message).split())
    return f"#  # {message if len(message) <= _LONGEST else message[: _LONGEST - 1] + '…'}"


def _counted(text: str, key: Key, times: int) -> str:
    about = text.partition(" #")[2]
    facts = f"{as_word(key.path)} {key.rule} {key.digest}{f' x{times}' if times > 1 else ''}"
    return f"{facts}  #{about}" if about else facts


def _first(findings: Sequence[Finding]) -> str:
    named = [f"{one.path}:{one.line} {one.code}" for one in findings[:3]]
    return ", ".join(named) + (" …" if len(findings) > len(named) else "")
