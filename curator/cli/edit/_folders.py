"""Take a folder on the command line of a verb that edits as all calibrations below it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.cli.terminal.console import tell_aside
from curator.counts import counted
from curator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curator.repository.repository import Repository

__all__ = ["files_of"]


def files_of(repository: Repository, paths: Iterable[str]) -> list[str]:
    """Return files, as seen from the current directory; a folder is replaced by the calibrations below it.

    How many these are is said on standard error, before any of them changes.

    Raises
    ------
    UsageError
        There is no calibration below a folder.
    """
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path) and not os.path.islink(path):
            below = list(_below(repository, path))
            tell_aside(f"{counted(len(below), 'calibration')} below {path}")
            found.update(dict.fromkeys(below))
        else:
            found[path] = None
    return list(found)


def _below(repository: Repository, folder: str) -> Iterator[str]:
    from curator.editing.tree_writer import name_inside
    from curator.repository.layout.config import load_config
    from curator.repository.layout.paths import CalibPath, is_candidate

    tree = repository.worktree()
    is_root = os.path.realpath(folder) == tree.root
    inside = "" if is_root else name_inside(tree, folder)
    if not (inside or is_root):
        raise UsageError("is not in the repository", path=folder, value=tree.root)
    cameras = load_config(tree).directories
    start = f"{inside}/" if inside else ""
    names = [
        one.path
        for one in tree.entries()
        if one.path.startswith(start) and is_candidate(one.path, cameras) and CalibPath.try_parse(one.path)
    ]
    if not names:
        raise UsageError("there are no calibrations in this folder", path=folder)
    yield from (os.path.normpath(os.path.join(folder, os.path.relpath(one, inside or "."))) for one in names)
