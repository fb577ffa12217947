"""Say of each file that git could not merge what both sides did to it, and which commands settle it."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

from curator.repository.git.command import to_text
from curator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curator.repository.git.command import Git

__all__ = ["UnmergedFile", "unmerged_files"]

_CONFLICT = re.compile(r"^CONFLICT \(([^)]+)\): (.*)$", re.MULTILINE)
_LEFT = re.compile(r"\s+Version .* left in tree.*")
_MARKER = b"<<<"
_LINK, _SUBMODULE = "120000", "160000"
_KINDS = {
    "distinct types": "a file on one side, a link or a submodule on the other",
    "file/directory": "a file on one side, a folder on the other",
    "directory/file": "a file on one side, a folder on the other",
    "file location": "the other side renamed its folder",
}


@dataclass(frozen=True, slots=True)
class UnmergedFile:
    """A file with a conflict.

    Parameters
    ----------
    path : str
    reason : str
        What both sides did to it; empty if markers in the file show it.
    ways : tuple of (str, str)
        Each way out: what it does, and the command.
    """

    path: str
    reason: str = ""
    ways: tuple[tuple[str, str], ...] = ()


def unmerged_files(git: Git, branch: str, said: str) -> tuple[UnmergedFile, ...]:
    """Return the files with conflicts, by path.

    Parameters
    ----------
    git : Git
    branch : str
        What was merged.
    said : str
        What ``git merge`` printed.
    """
    kinds = _CONFLICT.findall(said)
    return tuple(
        _unmerged(os.path.join(git.root, path), path, modes, branch, [*_kinds_of(path, kinds), ""][0])
        for path, modes in sorted(_stages(git).items())
    )


def _stages(git: Git) -> dict[str, dict[str, str]]:
    """Return the mode of each version of each file with a conflict: 1 is the base, 2 ours, 3 theirs."""
    found: dict[str, dict[str, str]] = {}
    for line in git.run("ls-files", "--unmerged", "-z").split(b"\0"):
        facts, _, path = line.partition(b"\t")
        if path:
            mode, _, stage = facts.decode("ascii").split()
            found.setdefault(to_text(path), {})[stage] = mode
    return found


def _kinds_of(path: str, kinds: list[tuple[str, str]]) -> Iterator[str]:
    """Give the kinds of conflict that git names for a path; ``~HEAD`` is git's own addition to a name."""
    for kind, sentence in kinds:
        words = f" {_LEFT.sub('', sentence)} "
        if any(f" {name}{end}" in words for name in (path, path.rpartition("~")[0]) if name for end in " .,"):
            yield kind


def _unmerged(file: str, path: str, modes: Mapping[str, str], branch: str, kind: str) -> UnmergedFile:
    # As it is typed in the current directory, which may be below the top.
    quoted = shlex.quote(
        os.path.relpath(os.path.realpath(os.path.dirname(file)) + os.sep + os.path.basename(file))
    )
    add, remove = f"git add {quoted}", f"git rm {quoted}"
    stages = "".join(sorted(modes))
    did = "renamed" if kind.startswith("rename/") else "changed"
    keep_or_delete = (("keep the file", add), ("delete it", remove))
    if stages == "12" and kind not in _KINDS:
        return UnmergedFile(path, f"deleted in {branch}, {did} here", keep_or_delete)
    if stages == "13" and kind not in _KINDS:
        return UnmergedFile(path, f"deleted here, {did} in {branch}", keep_or_delete)
    if stages == "1":
        return UnmergedFile(path, f"renamed here and in {branch} to two names", (("drop this name", remove),))
    if stages not in ("23", "123"):
        where = "here" if "2" in stages else f"in {branch}"
        reason = _KINDS.get(kind) or (
            f"renamed {where} to this name" if did == "renamed" else f"only {where}"
        )
        return UnmergedFile(path, reason, keep_or_delete)
    if _has_markers(file):
        return UnmergedFile(path)
    both = f"{'changed' if '1' in stages else 'added'} here and in {branch}"
    what = {_LINK: "a link", _SUBMODULE: "a submodule"}.get(modes["2"], "not text that git can merge")
    sides = (("keep the file of this branch", "--ours"), (f"take that of {branch}", "--theirs"))
    ways = tuple((way, f"git checkout {side} -- {quoted} && {add}") for way, side in sides)
    return UnmergedFile(
        path, f"{both}; it is {what}", ways if modes["2"] != _SUBMODULE else keep_or_delete[:1]
    )


def _has_markers(file: str) -> bool:
    if os.path.islink(file) or not os.path.isfile(file):
        return False
    with open(file, "rb") as lines:
        return any(line.startswith(_MARKER) for line in lines)
