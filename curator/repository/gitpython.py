"""GitPython behind the guards: every process it starts goes through `curator.repository.git.Git`."""

from __future__ import annotations

from typing import Any

import git

from curator.repository.git import Git

__all__ = ["GuardedGit"]


class GuardedGit(git.Git):  # type: ignore[misc]  # GitPython's types are not followed
    """GitPython's command wrapper, for its persistent ``cat-file`` processes."""

    def __init__(self, layer: Git) -> None:
        super().__init__(layer.root)
        self._layer = layer

    def execute(self, command: list[str], *_: Any, **__: Any) -> Any:
        """Start ``command`` guarded; what GitPython would add to environment or arguments does not count."""
        return self.AutoInterrupt(self._layer.start(*command[1:]), command)
