"""Writes the record of the findings that a repository had before (`curator.checks.policy.baseline`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
)
from curator.editing.session import exclusive
from curator.editing.tree_writer import write_all, write_file
from curator.errors import EditingError, FormatError
from curator.formats.files.terminal_escape import escape
from curator.repository.layout.config import NAME, load_config
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["DEFAULT", "Recording", "update_baseline", "write_baseline"]

DEFAULT = "curator-baseline.txt"
_ABOUT = """\
# Findings that were here before: they do not fail a check. `curator baseline update` drops what is mended.
# PATH RULE DIGEST [xCOUNT]: the digest is of what the finding is about, and of the line's text.
"""
_LONGEST = 80


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
    """

    path: str
    recorded: int
    dropped: int = 0
    moved: int = 0
    added: int = 0
    left_out: tuple[Finding, ...] = ()
    declared: bool = False


@exclusive("baseline write")
def write_baseline(
    tree: WorkTree, *, paths: Sequence[str] | None = None, allow_growth: bool = False
) -> Recording:
    """Record the findings of today, of some paths or of all, and see that ``curator.yaml`` names the file.

    Raises
    ------
    CuratorError
        A baseline is there that would grow, or the file is no baseline: then nothing was written.
    """
    config = load_config(tree)
    path = config.baseline or DEFAULT
    declaration = None if config.baseline else _declaration(tree)
    old = _present(tree, path)
    work = _Work(tree, old or Baseline(path), _findings(tree, config, paths), paths)
    if old is not None and work.new and not allow_growth:
        raise EditingError(
            f"{_several(len(work.new), 'new finding')} would join the {len(old)} that are recorded",
            path=path,
            hint=f"mend {_first(work.new)}, or record with --allow-growth",
        )
    work.record_new()
    if work.entries or old is not None:
        after = {path: _text(work.entries)} | ({} if declaration is None else {NAME: declaration})
        write_all(tree, {one: tree.read(one) for one in after if tree.find(one)}, after)
    return work.recording(path, declared=declaration is not None)


@exclusive("baseline update")
def update_baseline(
    tree: WorkTree, *, paths: Sequence[str] | None = None, allow_growth: bool = False
) -> Recording:
    """Drop what is gone; follow renamed files; record what is new only if that is allowed.

    Raises
    ------
    CuratorError
        There is no baseline, or it is not as it must be.
    """
    config = load_config(tree)
    old = _present(tree, config.baseline) if config.baseline else None
    if old is None:
        raise EditingError(
            f"{config.baseline} is not there" if config.baseline else f"{NAME} names no baseline",
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
        self, tree: WorkTree, old: Baseline, findings: Iterable[Finding], paths: Sequence[str] | None
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

    def recording(self, path: str, *, declared: bool = False) -> Recording:
        recorded = sum(one.times for one in self.entries.values())
        return Recording(
            path,
            recorded,
            dropped=len(self._old) + self.added - recorded,
            moved=self.moved,
            added=self.added,
            left_out=tuple(self.new),
            declared=declared and bool(self.entries),
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
        """Take over what is recorded of a file that is not there any more, and return how much."""
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


def _findings(tree: WorkTree, config: Config, paths: Sequence[str] | None) -> Iterator[Finding]:
    from curator.checks.model.rule import find_rule
    from curator.checks.run.engine import check

    report = check(tree, replace(config, baseline=""), paths=paths, jobs=None)
    return (one for one in report.findings if recordable(one) and find_rule(one.code).scope != "policy")


def _present(tree: WorkTree, path: str) -> Baseline | None:
    entry = tree.find(path)
    if entry is None:
        return None
    if not entry.is_file:
        raise EditingError("a symbolic link or a submodule is no baseline", path=path)
    return read_baseline(path, tree.read(path))


def _declaration(tree: WorkTree) -> bytes:
    """Return ``curator.yaml`` with an entry that names the baseline, and nothing else changed."""
    from curator.formats.edit.splice import set_value

    try:
        return set_value(NAME, tree.read(NAME), ("baseline",), DEFAULT)
    except FormatError as error:
        error.hint = f"write it yourself: `baseline: {DEFAULT}`"
        raise


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


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _first(findings: Sequence[Finding]) -> str:
    named = [f"{one.path}:{one.line} {one.code}" for one in findings[:3]]
    return ", ".join(named) + (" …" if len(findings) > len(named) else "")
