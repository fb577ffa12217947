"""A git repository of calibrations, found the way git finds it but without running git."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cached_property

from curator.errors import RepositoryError
from curator.repository.git.command import Git, printable, to_text
from curator.repository.layout.paths import SUFFIXES, is_candidate
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.snapshots.protocol import Commit, Index, WorkTree

__all__ = ["Repository"]


@dataclass(frozen=True)
class Repository:
    """Where a repository is.

    Parameters
    ----------
    root : str
        Top of the working tree, symbolic links resolved; the git directory of a bare repository.
    gitdir : str
        Git directory of this working tree.
    commondir : str
        Git directory that all working trees of the repository share.
    bare : bool
        There is no working tree.
    """

    root: str
    gitdir: str
    commondir: str
    bare: bool = False

    @classmethod
    def find(cls, start: str | os.PathLike[str] = ".") -> Repository:
        """Return the repository that ``start``, a file or directory, is in.

        No git process is run. A bare repository counts only where ``start`` is one itself and
        no working tree is around it: a tree may hold one that nobody asked for.

        Raises
        ------
        RepositoryError
            There is none.
        """
        given = os.path.realpath(start)
        if not os.path.lexists(given):
            raise RepositoryError(f"{printable(os.fspath(start))} does not exist")
        folder = given if os.path.isdir(given) else os.path.dirname(given)
        while True:
            if gitdir := _gitdir_of(folder):
                return cls(folder, gitdir, _commondir_of(gitdir))
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
        if _is_gitdir(given):
            return cls(given, given, _commondir_of(given), bare=True)
        raise RepositoryError(
            f"{printable(os.fspath(start))} is not in a git repository",
            hint="change to a repository, give it with -C, or create one with `curator init`",
        )

    @classmethod
    def init(cls, directory: str | os.PathLike[str], branch: str = "main") -> Repository:
        """Make ``directory`` a git repository without the templates and hooks of whoever does it.

        One that exists already stays as it is.
        """
        folder = os.path.realpath(directory)
        os.makedirs(folder, exist_ok=True)
        if not _gitdir_of(folder):
            # Not bare, but git init refuses to be told of a working tree before there is a git directory.
            Git(folder, bare=True).run(
                "init", "--quiet", "--template=", f"--initial-branch={branch}", "--", folder
            )
        return cls.find(folder)

    @cached_property
    def git(self) -> Git:
        """The git layer for this repository."""
        return Git(self.root, self.gitdir, self.commondir, bare=self.bare)

    def worktree(self) -> WorkTree:
        """Return the working tree."""
        from curator.repository.snapshots.worktree import WorkTree

        if self.bare:
            raise RepositoryError(
                f"{printable(self.root)} is a bare repository: it has no working tree",
                hint="give a commit with --rev, or make a clone",
            )
        return WorkTree(self.root, self.git)

    def index(self) -> Index:
        """Return what is staged for the next commit."""
        from curator.repository.snapshots.protocol import Index

        if self.bare:
            raise RepositoryError(
                f"{printable(self.root)} is a bare repository: it has no index",
                hint="give a commit with --rev, or make a clone",
            )
        return Index(self.root, self.git)

    def commit(self, rev: str | None = None) -> Commit:
        """Return the commit that ``rev`` names, the checked-out one by default."""
        from curator.repository.snapshots.protocol import Commit

        return Commit.resolve(self.root, self.git, rev)

    def uncommitted(self, cameras: Collection[str] | None = None) -> list[str]:
        """Return the calibrations that differ from the checked-out commit's: changed, new, gone or unmerged.

        Bytes are compared, never what a file-system monitor or a flag in the index says of them. Where they
        differ, git says whether that is its own conversion, of line ends for one.

        Parameters
        ----------
        cameras : collection of str, optional
            Directories of the cameras; without them every ``.ecsv`` and ``.yaml`` file counts.
            ``curator.yaml`` always does.
        """

        def counts(path: str) -> bool:
            below = path.endswith(SUFFIXES) if cameras is None else is_candidate(path, cameras)
            return below or path == "curator.yaml"

        worktree = self.worktree()
        head = {entry.path: entry for entry in self.commit().entries() if counts(entry.path)}
        there = {entry.path: entry for entry in worktree.entries() if counts(entry.path)}
        changed = head.keys() ^ there.keys()
        changed |= {path for path in self.index().unmerged if counts(path)}
        differ: dict[str, str] = {}
        for path in head.keys() & there.keys() - changed:
            was, now = head[path], there[path]
            if was.is_file and now.is_file:
                if worktree.blob(path) != was.blob:
                    differ[path] = was.blob or ""
            elif was.is_file or was.mode != now.mode:
                changed.add(path)
        if differ:
            from curator.repository.git.clean_filters import same_for_git

            away = set(worktree.not_checked_out)
            asked = {path: blob for path, blob in differ.items() if path not in away}
            changed.update(differ.keys() - same_for_git(self.git, asked))
        return sorted(changed)

    def release_refs(self, sha: str, branch: str = "main") -> list[str]:
        """Return the release branch, if it contains commit ``sha``, and all tags that do, by name."""
        branches = [f"refs/heads/{branch}", f"refs/remotes/origin/{branch}"]
        said = self.git.run(
            "for-each-ref", f"--contains={sha}", "--format=%(refname)", "refs/tags/", *branches
        )
        names = [to_text(line) for line in said.splitlines()]
        tags = sorted(name.removeprefix("refs/tags/") for name in names if name.startswith("refs/tags/"))
        return [branch, *tags] if any(name in branches for name in names) else tags


def _gitdir_of(folder: str) -> str | None:
    """Return the git directory that ``folder/.git`` is or names, `None` if there is none."""
    dotgit = os.path.join(folder, ".git")
    if os.path.isdir(dotgit):
        return os.path.realpath(dotgit) if _is_gitdir(dotgit) else None
    if not os.path.isfile(dotgit):
        return None
    first = _first_line(dotgit)
    target = os.path.realpath(os.path.join(folder, first.removeprefix("gitdir: ")))
    if not first.startswith("gitdir: ") or not _is_gitdir(target):
        raise RepositoryError(
            f"{printable(dotgit)} does not name a git directory",
            hint="if its repository moved: git worktree repair, or git submodule update --init",
        )
    return target


def _is_gitdir(folder: str) -> bool:
    if not os.path.lexists(os.path.join(folder, "HEAD")):
        return False
    common = _commondir_of(folder)
    return all(os.path.isdir(os.path.join(common, name)) for name in ("objects", "refs"))


def _commondir_of(gitdir: str) -> str:
    named = os.path.join(gitdir, "commondir")
    if not os.path.isfile(named):
        return gitdir
    return os.path.realpath(os.path.join(gitdir, _first_line(named)))


def _first_line(path: str) -> str:
    with open(path, "rb") as file:
        return os.fsdecode(file.readline(4096).rstrip(b"\r\n"))
