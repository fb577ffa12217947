"""What changed between two commits, as a pull request shows it: from where they parted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from curator.errors import RepositoryError
from curator.repository.git.command import GitError, printable, to_bytes, to_text
from curator.repository.snapshots.index_and_commit import Commit
from curator.repository.snapshots.lazy_commit import CommitTree, Trees
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.git.command import Git
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Change", "CommitFacts", "Range", "by_path", "commit_changes"]

_DIFF = (
    "-r",
    "-z",
    "--raw",
    "--no-abbrev",
    "--find-renames=50%",
    "-l1000",
    "--ignore-submodules=none",
    "--no-textconv",
    "--no-ext-diff",
    "--no-relative",
)
_LOG = (
    "log",
    "-z",
    "--name-only",
    "--no-renames",
    "--diff-merges=off",
    "--root",
    "--ignore-submodules=none",
    "--no-textconv",
    "--no-ext-diff",
    "--no-relative",
    "--no-show-signature",
    "--no-mailmap",
    "--no-notes",
    "--no-decorate",
    "--no-color",
    "--encoding=UTF-8",
    "--format=tformat:%x00%H%n%P%n%an%n%s%n%(trailers:key=Curator-Intended,unfold,separator=%x0A)",
)
# Tags whose content is looked at, the latest first.
TAGS = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One file that changed.

    Parameters
    ----------
    kind : {"added", "removed", "edited", "renamed", "type"}
        ``type``: a file became a link or a submodule, or the other way round.
    path : str
        Where it is, or was where it is gone.
    old_path : str
        Where it was, empty where there was none.
    mode_before, mode_after : int
        As git has them, 0 where there is no file.
    blob_before, blob_after : str
        Object ids, empty where there is no file.
    """

    kind: str
    path: str
    old_path: str
    mode_before: int
    mode_after: int
    blob_before: str
    blob_after: str


@dataclass(frozen=True, slots=True)
class CommitFacts:
    """A commit of the range, and the paths that it changed against its only parent; a merge has none.

    ``intended`` are the values of its trailers ``Curator-Intended``, as git reads trailers.
    """

    sha: str
    parents: tuple[str, ...]
    author: str
    subject: str
    paths: tuple[str, ...]
    intended: tuple[str, ...] = ()


class Range:
    """The commits that one branch has and another has not.

    Parameters
    ----------
    repository : Repository
    base, head : str
        Names of commits: where the changes are to go, and where they are.
    staged : bool
        What is staged for the next commit on top of ``head`` belongs to them.

    Attributes
    ----------
    base, head : Commit
    parted : str
        The commit that both grew from. Of several (criss-cross merges) it is the one that git names first,
        as for ``git diff base...head``; what the base has already got is then no change.

    Raises
    ------
    RepositoryError
        There is no such commit, or none that both grew from; the hint says what to fetch.
    """

    def __init__(
        self, repository: Repository, base: str, head: str = "HEAD", *, staged: bool = False
    ) -> None:
        self._git = repository.git
        self._index = repository.index() if staged else None
        self._root = repository.root
        self._shallow = os.path.isfile(os.path.join(repository.commondir, "shallow"))
        self.base = self._resolve(repository, base)
        self.head = self._resolve(repository, head)
        self._bases = self._merge_bases(base, head)
        self.parted = self._bases[0]

    def _resolve(self, repository: Repository, name: str) -> Commit:
        try:
            return repository.commit(name)
        except RepositoryError as error:
            raise RepositoryError(error.message, hint=self._fetch(name)) from error

    def _fetch(self, name: str) -> str:
        deep = "--unshallow " if self._shallow else ""
        if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", name):
            return f"git fetch {deep}origin {name}"
        branch = name.removeprefix("refs/remotes/").removeprefix("origin/").removeprefix("refs/heads/")
        if not re.fullmatch(r"[\w./-]+", branch) or branch.startswith(("-", "HEAD")):
            if self._shallow:  # which HEAD~1 may lead out of
                return "git fetch --unshallow origin (in CI: check out with fetch-depth: 0)"
            return "git fetch origin gets its branches; `git branch -a` lists them"
        target = f"refs/remotes/origin/{branch}"
        return f"git fetch {deep}origin +refs/heads/{branch}:{target}, then name origin/{branch}"

    def _merge_bases(self, base: str, head: str) -> list[str]:
        try:
            said = self._git.run("merge-base", "--all", self.base.sha, self.head.sha)
        except GitError as error:
            if error.said:
                raise
            said = b""
        if found := said.decode("ascii").split():
            return found
        names = f"{printable(base)} and {printable(head)}"
        if self._shallow:
            raise RepositoryError(
                f"{names} have no commit in common in this shallow clone: its history is cut off",
                hint="git fetch --unshallow origin (in CI: check out with fetch-depth: 0)",
            )
        raise RepositoryError(
            f"{names} have no commit in common",
            hint="give the branch that it started from; git fetch origin gets all branches",
        )

    def snapshot(self, commit: str) -> CommitTree:
        """Return a commit of this repository, read as far as it is asked for."""
        tree = self._git.run("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}").decode("ascii").strip()
        return CommitTree(self._root, self._git, tree, f"commit {commit[:12]}")

    @cached_property
    def after(self) -> Snapshot:
        """What the changes lead to."""
        return self._index or self.snapshot(self.head.sha)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every file that changed, by path; renames are followed."""
        if self._index is not None:
            said = self._git.run(
                "diff-index", "--cached", "--ita-invisible-in-index", *_DIFF, self.parted, "--"
            )
        else:
            said = self._git.run("diff-tree", *_DIFF, self.parted, self.head.sha, "--")
        found = by_path(_parse(said))
        if len(self._bases) > 1:
            there = self.snapshot(self.base.sha)
            found = [one for one in found if not _is_there(one, there)]
        return tuple(found)

    @cached_property
    def commits(self) -> tuple[CommitFacts, ...]:
        """The commits that the head has and the base has not, the latest first."""
        said = self._git.run(*_LOG, self.head.sha, f"^{self.base.sha}", "--")
        return tuple(_commits(said))

    def tags_with(self, path: str, blob: str) -> list[str]:
        """Return the tags, the latest first, whose commit has these very bytes at ``path``."""
        return [
            name for name, tree in self._tagged if _blob_at(self._tag_trees, tree, path.split("/")) == blob
        ]

    @cached_property
    def _tag_trees(self) -> Trees:
        return Trees(self._git)

    @cached_property
    def _tagged(self) -> list[tuple[str, str]]:
        said = self._git.run(
            "for-each-ref",
            "--sort=-creatordate",
            f"--count={TAGS}",
            "--format=%(refname:strip=2)%00%(tree)%00%(*tree)",
            "refs/tags/",
        )
        rows = (line.split(b"\0") for line in said.split(b"\n") if line)
        pairs = ((to_text(name), (tree or of_tag).decode("ascii")) for name, tree, of_tag in rows)
        return [(name, tree) for name, tree in pairs if tree]  # a tag may name a file


def commit_changes(git: Git, before: str, after: str) -> list[Change]:
    """Return every file that differs between two commits, by path; renames are followed."""
    return by_path(_parse(git.run("diff-tree", *_DIFF, before, after, "--")))


def by_path(changes: Iterable[Change]) -> list[Change]:
    """Return changes by path, as git sorts them."""
    return sorted(changes, key=lambda one: to_bytes(one.path))


def _parse(said: bytes) -> Iterator[Change]:
    fields = iter(said.split(b"\0"))
    for facts in fields:
        if not facts:
            continue
        before, after, old, new, status = facts.lstrip(b":").split(b" ")
        first = to_text(next(fields))
        letter = status[:1]
        path = to_text(next(fields)) if letter in (b"R", b"C") else first
        if letter == b"U":
            continue  # a merge left it in conflict, and nothing can be committed
        kinds = {b"A": "added", b"C": "added", b"D": "removed", b"R": "renamed", b"T": "type"}
        yield Change(
            kinds.get(letter, "edited"),
            path,
            "" if letter == b"A" else first,
            int(before, 8),
            int(after, 8),
            _id(old),
            _id(new),
        )


def _id(text: bytes) -> str:
    return text.decode("ascii") if text.strip(b"0") else ""


def _is_there(change: Change, snapshot: CommitTree) -> bool:
    """Whether a snapshot has already got what a change leads to."""
    found = snapshot.find(change.path)
    if change.kind == "removed":
        return found is None
    gone = change.kind != "renamed" or snapshot.find(change.old_path) is None
    return found is not None and (found.mode, found.blob) == (change.mode_after, change.blob_after) and gone


def _commits(said: bytes) -> Iterator[CommitFacts]:
    # An empty field is in front of each: two zero bytes never occur but between records.
    for record in said.split(b"\0\0"):
        head, _, names = record.strip(b"\0").partition(b"\0")
        if not head:
            continue
        sha, parents, author, subject, *trailers = map(to_text, head.split(b"\n"))
        paths = tuple(to_text(name) for name in names.lstrip(b"\n").split(b"\0") if name)
        intended = tuple(one.partition(":")[2].strip() for one in trailers if one)
        yield CommitFacts(sha, tuple(parents.split()), author, subject, paths, intended)


def _blob_at(trees: Trees, tree: str, names: list[str]) -> str:
    found = tree
    for number, name in enumerate(names, 1):
        mode, found = trees.list(found).get(name, (0, ""))
        if (mode == 0o040000) != (number < len(names)) or not mode:
            return ""
    return found
