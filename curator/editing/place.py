"""Finds and puts files in a repository's tree, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from curator.errors import CuratorError, EditingError, UsageError
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


def write_all(
    tree: WorkTree, before: Mapping[str, bytes], after: Mapping[str, bytes], gone: Collection[str] = ()
) -> None:
    """Write several files of the tree, or none, and then remove some.

    All are on the disk under temporary names before the first takes its place: a disk that is full changes
    nothing. What was is written back on an error or an interruption. A process that is killed leaves each
    file as it was or as it is to be.

    Parameters
    ----------
    before : mapping of str to bytes
        What stands there, of those of ``after`` that do, and of ``gone``.
    after : mapping of str to bytes
    gone : collection of str
        What is to be removed.

    Raises
    ------
    CuratorError
        See `write_file`; or a file is not as it was before.
    """
    from curator.formats.files import put_in_place

    for path in before:
        tree.require_checked_out(path)
    for path in after.keys() - before.keys():
        refuse_existing(tree, path)
    waiting: dict[str, str] = {}
    try:
        for path, raw in after.items():
            waiting[path] = _beside(tree, path, raw)
        _require_unchanged(tree, before)
    except BaseException:
        _discard(waiting.values())
        raise
    try:
        for path, temporary in waiting.items():
            put_in_place(temporary, os.path.join(tree.root, path))
        for path in gone:
            os.unlink(os.path.join(tree.root, path))
    except BaseException as error:
        _discard(waiting.values())
        _take_back(tree, before, after)
        if isinstance(error, OSError):
            raise EditingError(f"cannot be removed: {error.strerror}", path=path) from None
        raise


def _require_unchanged(tree: WorkTree, before: Mapping[str, bytes]) -> None:
    for path, raw in before.items():
        if tree.read(path) != raw:
            raise EditingError(
                "it has been changed in the meantime", path=path, hint="look at it, and run the command again"
            )


def _discard(temporaries: Iterable[str]) -> None:
    for one in temporaries:
        with suppress(FileNotFoundError):
            os.unlink(one)


def _take_back(tree: WorkTree, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Let every file be as it was; where one cannot be, go on with the others, and say which."""
    failed: list[CuratorError] = []
    for path in after.keys() - before.keys():
        _discard([os.path.join(tree.root, path)])
    for path, raw in before.items():
        try:
            if tree.find(path) is None or tree.read(path) != raw:
                write_file(tree, path, raw)
        except CuratorError as error:
            failed.append(error)
    if failed:
        raise EditingError(
            f"was written, and cannot be written back: {failed[0].message}",
            path=failed[0].path,
            hint="`git diff` shows what was written; the same command completes it",
        )


def write_file(tree: WorkTree, path: str, data: bytes) -> None:
    """Write a file of the tree whole or not at all; folders are made as needed.

    Raises
    ------
    CuratorError
        The path leads out of the tree or over a symbolic link, or the disk refuses.
    """
    from curator.formats.files import put_in_place

    put_in_place(_beside(tree, path, data), os.path.join(tree.root, path))


def _beside(tree: WorkTree, path: str, data: bytes) -> str:
    from curator.formats.files import write_beside

    tree.require_checked_out(path)
    entry = tree.find(path)
    target = os.path.join(tree.root, path)
    if entry is not None and not entry.is_file:
        raise EditingError("a symbolic link or a submodule is not written to", path=path)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    except OSError as error:
        raise EditingError(f"no folder can be made for it: {error.strerror}", path=path) from None
    return write_beside(target, data)
