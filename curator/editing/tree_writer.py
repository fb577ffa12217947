"""Finds and puts files in a repository's tree, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping

from curator.editing.session import editing
from curator.errors import EditingError, UsageError
from curator.repository.journal import FileEdit
from curator.repository.layout.paths import SUFFIXES
from curator.repository.snapshots.worktree import WorkTree

__all__ = ["name_inside", "path_inside", "refuse_existing", "require_unchanged", "write_all", "write_file"]


def name_inside(tree: WorkTree, path: str) -> str:
    """Return a path, as seen from the current directory, relative to the repository; empty outside of it."""
    folder, name = os.path.split(os.path.abspath(path))
    found = os.path.relpath(os.path.join(os.path.realpath(folder), name), tree.root)
    outside = found in (os.curdir, os.pardir) or found.startswith(os.pardir + os.sep)
    return "" if outside else found


def path_inside(tree: WorkTree, path: str) -> str:
    """Return the path of a text file, as seen from the current directory, relative to the repository.

    Raises
    ------
    UsageError
        It is none of the repository's, a folder, a link, or neither ``.ecsv`` nor ``.yaml``.
    """
    found = name_inside(tree, path)
    if not found:
        raise UsageError("is not a file of this repository", path=path)
    entry = tree.find(found)
    if entry is None:
        folder_there = os.path.isdir(path)
        raise UsageError(
            "is a folder: give the files in it" if folder_there else "there is no such file", path=path
        )
    if not entry.is_file or not found.endswith(SUFFIXES):
        raise UsageError("is not a calibration: calibrations are .ecsv and .yaml files", path=path)
    return found


def refuse_existing(tree: WorkTree, path: str, hint: str = "", what: str = "the file already exists") -> None:
    """Raise unless there is nothing at ``path``, and nothing on the way there that leads elsewhere.

    Raises
    ------
    CuratorError
        Something is there, or a folder on the way is a symbolic link or another repository.
    """
    if tree.find(path) is not None or os.path.lexists(os.path.join(tree.root, path)):
        raise EditingError(what, path=path, hint=hint)


def require_unchanged(tree: WorkTree, path: str, before: bytes) -> None:
    """Raise unless a file still holds ``before``.

    Raises
    ------
    CuratorError
        It holds something else by now, or is not a regular file of the tree.
    """
    if tree.read(path) != before:
        raise EditingError(
            "it has changed since the command started", path=path, hint="review it, and run the command again"
        )


def write_all(
    tree: WorkTree,
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    renamed: Mapping[str, str] | None = None,
) -> None:
    """Write several files of the tree, or none.

    All are on the disk under temporary names before the first takes its place: a disk that is full changes
    nothing. What was is written back on an error or an interruption; where the process is killed, the next
    verb that writes completes the change. Folders are made as needed.

    Parameters
    ----------
    before : mapping of str to bytes
        What stands there, of those of ``after`` that do, and of the old names in ``renamed``.
    after : mapping of str to bytes
    renamed : mapping of str to str, optional
        New name to old name, of those of ``after`` that take the place of a file of another name.

    Raises
    ------
    CuratorError
        A file is not as it was before, a path leads out of the tree or over a symbolic link, or the disk
        refuses.
    """
    edits = []
    for path, raw in after.items():
        source = (renamed or {}).get(path, "")
        edits.append(FileEdit(path, before.get(source or path), raw, source))
    with editing(tree, "write") as session:
        for edit in edits:
            _refuse_links(tree, edit.path)
            if edit.source:
                _refuse_links(tree, edit.source)
            if edit.before is None or edit.source:
                refuse_existing(tree, edit.path)
        session.write(edits)


def write_file(tree: WorkTree, path: str, data: bytes) -> None:
    """Write a file of the tree whole or not at all; folders are made as needed.

    Raises
    ------
    CuratorError
        As of `write_all`.
    """
    with editing(tree, "write"):
        _refuse_links(tree, path)
        before = {path: tree.read(path)} if tree.find(path) is not None else {}
        write_all(tree, before, {path: data})


def _refuse_links(tree: WorkTree, path: str) -> None:
    tree.require_checked_out(path)
    entry = tree.find(path)
    if entry is not None and not entry.is_file:
        raise EditingError("a symbolic link or a submodule is not written to", path=path)
