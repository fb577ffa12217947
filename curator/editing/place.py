"""Finds and puts files in a repository's tree, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping

from curator.errors import EditingError, UsageError
from curator.repository.paths import SUFFIXES
from curator.repository.worktree import WorkTree

__all__ = ["path_inside", "refuse_existing", "write_all", "write_file"]


def path_inside(tree: WorkTree, path: str) -> str:
    """Return the path of a text file, as seen from the current directory, relative to the repository.

    Raises
    ------
    UsageError
        It is none of the repository's, a folder, a link, or neither ``.ecsv`` nor ``.yaml``.
    """
    folder, name = os.path.split(os.path.abspath(path))
    found = os.path.relpath(os.path.join(os.path.realpath(folder), name), tree.root)
    if found == os.curdir or found.startswith(os.pardir + os.sep) or found == os.pardir:
        raise UsageError("is not a file of this repository", path=path)
    entry = tree.find(found)
    if entry is None:
        folder_there = os.path.isdir(path)
        raise UsageError(
            "is a folder: name its files" if folder_there else "there is no such file", path=path
        )
    if not entry.is_file or not found.endswith(SUFFIXES):
        raise UsageError("is no calibration: those are .ecsv and .yaml files", path=path)
    return found


def refuse_existing(
    tree: WorkTree, path: str, hint: str = "", what: str = "there is such a file already"
) -> None:
    """Raise unless there is nothing at ``path``, and nothing on the way there that leads elsewhere.

    Raises
    ------
    CuratorError
        Something is there, or a folder on the way is a symbolic link or another repository.
    """
    if tree.find(path) is not None or os.path.lexists(os.path.join(tree.root, path)):
        raise EditingError(what, path=path, hint=hint)


def write_all(tree: WorkTree, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Write several files of the tree, or none: what was is written back on an error or an interruption.

    Raises
    ------
    CuratorError
        See `write_file`.
    """
    tried: list[str] = []
    try:
        for path, raw in after.items():
            tried.append(path)
            write_file(tree, path, raw)
    except BaseException:
        for path in tried:
            if tree.read(path) != before[path]:
                write_file(tree, path, before[path])
        raise


def write_file(tree: WorkTree, path: str, data: bytes) -> None:
    """Write a file of the tree whole or not at all; folders are made as needed.

    Raises
    ------
    CuratorError
        The path leads out of the tree or over a symbolic link, or the disk refuses.
    """
    from curator.formats.files import write_atomic

    entry = tree.find(path)
    target = os.path.join(tree.root, path)
    if entry is not None and not entry.is_file:
        raise EditingError("a symbolic link or a submodule is not written to", path=path)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    except OSError as error:
        raise EditingError(f"no folder can be made for it: {error.strerror}", path=path) from None
    write_atomic(target, data)
