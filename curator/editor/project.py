"""One repository as the editor has it: the working tree with the open texts laid over it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.errors import CuratorError
from curator.repository.layout.config import NAME, load_config
from curator.repository.snapshots.open_editors import Unsaved
from curator.repository.snapshots.worktree import WorkTree

if TYPE_CHECKING:
    from curator.repository.layout.config import Config

__all__ = ["Project"]


class Project:
    """A repository, its configuration read again when it or a camera's file changed.

    Parameters
    ----------
    root : str
        Top of its working tree.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._texts: dict[str, bytes] = {}
        self._count = 0
        self._changed: dict[str, int] = {}
        self._config: Config | CuratorError | None = None
        self._signature: object = None

    def put(self, path: str, raw: bytes | None) -> None:
        """Let ``raw`` stand for a file; with `None` the file itself counts again."""
        self._count += 1
        self._changed[path] = self._count
        if raw is None:
            self._texts.pop(path, None)
        else:
            self._texts[path] = raw

    def snapshot(self) -> Unsaved:
        """Return the tree as it stands now."""
        return Unsaved(WorkTree(self.root), dict(self._texts))

    def config(self) -> Config:
        """Return the configuration.

        Raises
        ------
        CuratorError
            There is none, or it is not as it must be.
        """
        signature = (self._stamp(NAME), self._config_files())
        if signature != self._signature or self._config is None:
            try:
                self._config = load_config(self.snapshot())
            except CuratorError as error:
                self._config = error
            self._signature = (self._stamp(NAME), self._config_files())
        if isinstance(self._config, CuratorError):
            raise self._config
        return self._config

    @property
    def has_config(self) -> bool:
        return NAME in self._texts or os.path.isfile(os.path.join(self.root, NAME))

    def _config_files(self) -> tuple[object, ...]:
        """Return what changes when a camera's own file does."""
        if self._config is None or isinstance(self._config, CuratorError):
            return ()
        snapshot = self.snapshot()
        folders = [f"{one}/camera" for one in sorted(self._config.directories)]
        return tuple(
            (one, name, self._stamp(f"{one}/{name}")) for one in folders for name in snapshot.listdir(one)
        )

    def _stamp(self, path: str) -> object:
        """Return what changes when a file does."""
        if path in self._texts:
            return self._changed[path]
        try:
            found = os.lstat(os.path.join(self.root, path))
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode
