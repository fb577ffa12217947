"""What a question about the past starts from: a commit, or the working tree and the commit below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from curator.errors import CuratorError, RepositoryError
from curator.repository.git.command import printable
from curator.review.blame.contents import NOTHING, Content, read_content
from curator.review.history.versions import FileHistory, Histories, file_history

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Detector
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["AsOf"]


class AsOf:
    """A state of a repository, and the histories of its files.

    Parameters
    ----------
    repository : Repository
    rev : str, optional
        A commit. Without it, the working tree is meant, and what differs from HEAD is not committed yet; in
        a bare repository, HEAD is.

    Raises
    ------
    RepositoryError
        There is no such commit, or none at all.
    """

    def __init__(self, repository: Repository, rev: str | None = None) -> None:
        commit = repository.commit(rev)
        self.repository = repository
        self.commit = commit.sha
        self.is_working_tree = rev is None and not repository.bare
        self.snapshot: Snapshot = repository.worktree() if self.is_working_tree else commit

    @cached_property
    def histories(self) -> Histories:
        """The histories of all files."""
        return Histories(self.repository, self.commit)

    def history(self, path: str) -> FileHistory:
        """Return the history of one file; of many, `histories` is faster."""
        return file_history(self.repository, self.commit, path)

    @cached_property
    def config(self) -> Config:
        """What ``curator.yaml`` says."""
        from curator.repository.layout.config import load_config

        return load_config(self.snapshot)

    def amplifiers(self, path: str) -> Sequence[str]:
        """Return the amplifiers of the detector that a path names, as far as the camera's file tells them."""
        from curator.repository.layout.paths import CalibPath
        from curator.review.reviewed import detector_of

        place = CalibPath.try_parse(path)
        found: Detector | None = None
        if place is not None and place.detector is not None:
            try:
                found = detector_of(self.config, place)
            except CuratorError:  # amplifiers are numbered then
                return ()
        return found.ordered_amplifiers if found else ()

    def current(self, path: str, history: FileHistory, amplifiers: Sequence[str] = ()) -> Content | None:
        """Return the content in the working tree, `None` where that is as the newest version has it.

        Raises
        ------
        CuratorError
            It cannot be read, or the file is nowhere.
        """
        newest = history.versions[0] if history.versions else None
        there = self.snapshot.find(path)
        if there is None and newest is None:
            from curator.repository.snapshots.uncommitted import add_hint

            raise RepositoryError(
                f"no such file in {self.snapshot.label}",
                path=printable(path),
                hint=add_hint(self.snapshot, path),
            )
        if not self.is_working_tree:
            return None
        if there is None:
            return NOTHING if newest and newest.blob else None
        if newest and newest.is_file and newest.blob == self.snapshot.blob(path):
            return None
        return read_content(path, self.snapshot.read(path), amplifiers)
