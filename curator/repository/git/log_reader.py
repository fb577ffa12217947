"""All commits up to one, and the paths each changed against each of its parents, from one git process."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from curator.errors import RepositoryError
from curator.repository.git.command import Git

__all__ = ["Log", "is_shallow", "read_log"]

_CHUNK = 1 << 20
# -m's meaning is a matter of configuration, diff-merges=separate is not. Names alone are needed: with
# renames off, a path is printed exactly when its mode or blob differs.
_DIFFS = (
    "--diff-merges=separate",
    "--root",
    "--name-only",
    "--no-renames",
    "--ignore-submodules=none",
    "--no-textconv",
    "--no-ext-diff",
    "--no-relative",
)
_COMMAND = (
    "log",
    "--date-order",
    "-z",
    "--no-show-signature",
    "--no-mailmap",
    "--no-notes",
    "--no-decorate",
    "--no-color",
    "--encoding=UTF-8",
    # an empty field in front: two zero bytes never occur but between records
    "--format=tformat:%x00%H %T %P%n%ct%n%at%n%an%n%ae%n%s",
)


class _Numbers(dict[bytes, int]):
    """Numbers what it is asked for, in the order it is first asked."""

    def __missing__(self, key: bytes) -> int:
        number = self[key] = len(self)
        return number


@dataclass(slots=True)
class Log:
    """A history as numbers: of commits, children before parents, and of paths.

    Parameters
    ----------
    paths : dict of bytes to int
        Every path that ever was.
    parents : list of tuple of int
        Numbers of each commit's parents, in order.
    dates : list of int
        When each was committed, in seconds since 1970; git orders by it.
    facts : list of bytes
        Id, author date, author, address and subject, on a line each.
    diffs : list of tuple of array
        For each commit the paths that differ from each parent; a root has one, against nothing.
    trees : list of str
        Ids of the commits' trees.
    cut : set of int
        The commits whose parents a shallow clone does not have: they look like roots.
    """

    paths: dict[bytes, int] = field(default_factory=_Numbers)
    parents: list[tuple[int, ...]] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    facts: list[bytes] = field(default_factory=list)
    diffs: list[tuple[array[int], ...]] = field(default_factory=list)
    trees: list[str] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)


def read_log(git: Git, sha: str, path: str = "", *, shallow: bool = False) -> Log:
    """Return the history of commit ``sha``.

    Parameters
    ----------
    path : str, optional
        Return only the commits that ``git log -- path`` shows, without `Log.paths` and `Log.diffs`. Their
        parents are other ones of them.
    shallow : bool
        Return what a shallow clone has of it, instead of refusing it.

    Raises
    ------
    RepositoryError
        Part of the history is missing, as in a shallow clone.
    """
    log = Log()
    ancestry: list[list[bytes]] = []
    printed: list[list[array[int]]] = []
    number_of = log.paths.__getitem__
    last = b""
    # --diff-merges would show more than the simplified history.
    limits = ("--no-patch", "--parents", sha, "--", path) if path else (*_DIFFS, sha, "--")
    with git.stream(*_COMMAND, *limits) as output:
        for record in _records(output):
            head, _, names = record.partition(b"\0")
            changed = array("I", map(number_of, names[1:].split(b"\0"))) if names else None
            if head != last:
                last = head
                ids, date, facts = head.split(b"\n", 2)
                ancestry.append(ids.split(b" "))
                log.dates.append(int(date) if date.isdigit() else 0)
                log.facts.append(ancestry[-1][0] + b"\n" + facts)
                printed.append([])
            if changed is not None:
                printed[-1].append(changed)
    log.trees += [ids[1].decode("ascii") for ids in ancestry]
    log.cut |= _cut(git, ancestry)
    if log.cut and not shallow:
        raise RepositoryError(
            "the history of this shallow clone is cut off, so the editors of a file are unknown",
            hint="git fetch --unshallow fetches the rest",
        )
    log.parents += _parents(ancestry)
    if not path:
        log.diffs += _align(git, log, ancestry, printed)
    return log


def _records(output: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := output.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0\0")
        for record in whole:
            yield record.lstrip(b"\0")
    if rest:
        yield rest.strip(b"\0")


def is_shallow(git: Git) -> bool:
    """Whether this is a clone whose history may be cut off."""
    return os.path.isfile(_shallow_file(git))


def _shallow_file(git: Git) -> str:
    return os.path.join(git.commondir, "shallow")


def _cut(git: Git, ancestry: list[list[bytes]]) -> set[int]:
    """Return the commits whose parents a shallow clone does not have."""
    if not is_shallow(git):
        return set()
    with open(_shallow_file(git), "rb") as file:
        cut = set(file.read().split())
    return {number for number, ids in enumerate(ancestry) if ids[0] in cut}


def _parents(ancestry: list[list[bytes]]) -> Iterator[tuple[int, ...]]:
    number_of = {ids[0]: number for number, ids in enumerate(ancestry)}
    for _, _, *parents in ancestry:
        try:
            yield tuple(number_of[parent] for parent in parents if parent)
        except KeyError as error:
            raise RepositoryError(f"commit {error.args[0].decode()} is missing from the history") from None


def _align(
    git: Git, log: Log, ancestry: list[list[bytes]], printed: list[list[array[int]]]
) -> Iterator[tuple[array[int], ...]]:
    """Say which printed list belongs to which parent: git prints none for a parent with the same tree."""
    nothing: array[int] = array("I")
    for (sha, tree, *parents), numbers, lists in zip(ancestry, log.parents, printed, strict=True):
        if len(numbers) < 2:
            yield (lists[0] if lists else nothing,)
            continue
        differ = [ancestry[number][1] != tree for number in numbers]
        if sum(differ) != len(lists):
            # Trees may differ in what no diff shows, such as an empty directory.
            yield tuple(_diff(git, log, parent, sha) for parent in parents)
            continue
        given = iter(lists)
        yield tuple(next(given) if differs else nothing for differs in differ)


def _diff(git: Git, log: Log, parent: bytes, sha: bytes) -> array[int]:
    said = git.run(
        "diff-tree",
        "-r",
        "-z",
        "--name-only",
        "--no-renames",
        "--ignore-submodules=none",
        parent.decode("ascii"),
        sha.decode("ascii"),
        "--",
    )
    return array("I", (log.paths[name] for name in said.split(b"\0") if name))
