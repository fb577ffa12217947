"""A repository and its states: the door of programs and notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from os.path import basename
from typing import TYPE_CHECKING

from curator.api.errors import for_python
from curator.api.source import CalibrationSource, Contents
from curator.formats.files.terminal_escape import escape
from curator.repository.repository import Repository

if TYPE_CHECKING:
    from curator.repository.snapshots.protocol import Commit, Snapshot

__all__ = ["CalibrationRepository", "RepositoryState", "open"]


@for_python
def open(path: str | PathLike[str] = ".") -> CalibrationRepository:
    """Open the repository that a file or directory is in.

    Parameters
    ----------
    path : path
        The current directory by default.

    Raises
    ------
    RepositoryError
        It is in no git repository.

    Examples
    --------
    >>> import curator
    >>> curator.open()
    <CalibrationRepository obs_mycam_data: working tree>
    """
    return CalibrationRepository(Repository.find(path))


@dataclass(frozen=True, repr=False)
class RepositoryState(CalibrationSource):
    """One state of a repository: a commit, what is staged, or the working tree.

    A commit never changes and is read once. The working tree and the index are read again for each answer.

    Parameters
    ----------
    repository : Repository
        Where it is.
    commit : str
        Object id of the commit; empty of the working tree and of the index.
    is_staged : bool
        Whether it is the index, which holds what is staged for the next commit.
    """

    repository: Repository
    commit: str = ""
    is_staged: bool = False

    @property
    def label(self) -> str:
        """What messages call it: ``working tree``, ``index``, or the commit."""
        return self._snapshot().label

    def _snapshot(self) -> Snapshot:
        if self.commit:
            return self._committed
        return self.repository.index() if self.is_staged else self.repository.worktree()

    @cached_property
    def _committed(self) -> Commit:
        return self.repository.commit(self.commit)

    def _contents(self) -> Contents:
        return self._contents_once if self.commit else self._read()

    @cached_property
    def _contents_once(self) -> Contents:
        return self._read()

    def _read(self) -> Contents:
        from curator.repository.catalogue.catalogue import Catalogue
        from curator.repository.layout.config import load_config
        from curator.repository.selection.resolve_names import Resolver

        snapshot = self._snapshot()
        config = load_config(snapshot)
        return Contents(Catalogue.of(snapshot, config), Resolver(config), snapshot)

    def __repr__(self) -> str:
        """Return which state of which repository it is."""
        name = basename(self.repository.root)
        return f"<{type(self).__name__} {escape(name)}: {escape(self.label)}>"


@dataclass(frozen=True, repr=False)
class CalibrationRepository(RepositoryState):
    """A repository of calibrations. Its own answers are those of the working tree.

    A bare repository has no working tree: ask one of its commits, with `at`.
    """

    @for_python
    def at(self, revision: str) -> RepositoryState:
        """Return the state that a commit has.

        Parameters
        ----------
        revision : str
            Name of a commit: a branch, a tag, an object id, ``HEAD~2``.

        Raises
        ------
        RepositoryError
            There is no such commit.

        Examples
        --------
        >>> repo.at("HEAD").calibrations() == repo.calibrations()
        True
        """
        return RepositoryState(self.repository, self.repository.commit(revision).sha)

    @property
    def staged(self) -> RepositoryState:
        """What is staged for the next commit."""
        return RepositoryState(self.repository, is_staged=True)

    @property
    def working_tree(self) -> RepositoryState:
        """The files as they are on the disk."""
        return RepositoryState(self.repository)
