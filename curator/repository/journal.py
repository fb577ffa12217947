"""Changes of several files that happen all or not at all, also where the process is killed.

What is to be done is written down before the first file changes. While a change is prepared, its list names
what can be removed again. Once all new content is on the disk, the list is renamed: from then on, whoever
comes next completes the change. Whoever uses a journal holds the lock of its repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.errors import CuratorError, EditingError, FormatError
from curator.formats.files.bounded_io import (
    is_temporary,
    read_bounded,
    sync_folder,
    temporary_name,
    write_beside,
)
from curator.formats.files.terminal_escape import escape
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["FileEdit", "Interrupted", "Journal"]

_PREPARED = "curator-edit.prepared"
_READY = "curator-edit.ready"
_VERSION = 1
_MAX_LIST = 1 << 30


class FileEdit(NamedTuple):
    """What becomes of one file.

    Parameters
    ----------
    path : str
        Where the new content goes.
    before : bytes or None
        What stands there now, or in ``source`` if that is given; `None` for a new file.
    after : bytes or None
        The new content; `None` to remove the file.
    source : str
        The old name of a file that is renamed.
    """

    path: str
    before: bytes | None
    after: bytes | None
    source: str = ""


class Interrupted(NamedTuple):
    """A change that was interrupted, and has been dealt with.

    Parameters
    ----------
    verb : str
        What was interrupted.
    completed : tuple of str
        Files that are as it wanted them, old names of renamed files included.
    changed : tuple of str
        Files that somebody changed since: they were left alone.
    """

    verb: str
    completed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One file's part: put ``temporary`` at ``path``, then remove ``source``; digests tell what is done."""

    path: str
    temporary: str
    before: str
    after: str
    source: str


class Journal:
    """The journal of a working tree.

    Parameters
    ----------
    tree : WorkTree
    folder : str
        Where the lists stand: the git directory of the working tree.
    """

    def __init__(self, tree: WorkTree, folder: str) -> None:
        self._tree = tree
        self._prepared = os.path.join(folder, _PREPARED)
        self._ready = os.path.join(folder, _READY)
        self._folder = folder

    def write(self, verb: str, edits: Sequence[FileEdit]) -> None:
        """Make all edits or none.

        On an error or an interruption every file is as it was. A process that is killed leaves the rest to
        `recover`.

        Raises
        ------
        CuratorError
            The disk refuses, or a file is not as it was.
        """
        edits = [edit for edit in edits if edit.before != edit.after or edit.source]
        if not edits:
            return
        if os.path.lexists(self._ready):
            raise EditingError(
                "an earlier change of this file is incomplete",
                path=self._ready,
                hint="run any command that writes: it completes the change",
            )
        steps = [self._step(edit) for edit in edits]
        self._prepare(verb, edits, steps)
        try:
            self._apply(steps)
        except BaseException as error:
            self._take_back(verb, edits, steps)
            if isinstance(error, OSError):
                raise EditingError(f"cannot be written: {error.strerror}", path=_first(steps)) from None
            raise
        self._forget()

    def recover(self) -> Interrupted | None:
        """Remove what an interrupted change prepared; complete one that had begun.

        A file that is neither as it was nor as it was to be is left alone.

        Raises
        ------
        EditingError
            The disk refuses: the list stays for whoever comes next.
        """
        if (prepared := self._load(self._prepared)) is not None:
            self._discard(prepared)
        ready = self._load(self._ready)
        if ready is None:
            return None
        steps, verb = _steps(ready), str(ready.get("verb", ""))
        try:
            changed = [step for step in steps if not self._complete(step)]
            self._sync(steps)
        except OSError as error:
            raise EditingError(
                f"an interrupted `curator {escape(verb)}` cannot be completed: {error.strerror}",
                path=_first(steps),
                hint="the next command that writes here tries again",
            ) from None
        self._remove(*_unused(ready))
        self._forget()
        done = [path for step in steps if step not in changed for path in (step.path, step.source) if path]
        return Interrupted(verb, tuple(done), tuple(step.source or step.path for step in changed))

    def _step(self, edit: FileEdit) -> _Step:
        if edit.after is None:
            return _Step("", "", _digest(edit.before), "", edit.path)
        temporary = os.path.relpath(temporary_name(self._on_disk(edit.path)), self._tree.root)
        return _Step(edit.path, temporary, _digest(edit.before), _digest(edit.after), edit.source)

    def _prepare(
        self,
        verb: str,
        edits: Sequence[FileEdit],
        steps: Sequence[_Step],
        discard: Sequence[_Step] | None = None,
    ) -> None:
        """Bring all new content to the disk, and let the list of it be ready.

        ``discard`` are the steps of the change that this one takes back: their temporary files are to go.
        """
        import json

        folders = _missing_folders(self._tree.root, (step.path for step in steps if step.path))
        listed = {
            "version": _VERSION,
            "verb": verb,
            "folders": folders,
            "steps": [[step.path, step.temporary, step.before, step.after, step.source] for step in steps],
            "discard": [[step.temporary, step.path] for step in discard or ()],
        }
        begun = False
        try:
            with open(self._prepared, "w", encoding="ascii") as file:
                begun = True
                json.dump(listed, file)
                file.flush()
                os.fsync(file.fileno())
            self._make(folders)
            for edit, step in zip(edits, steps, strict=True):
                if edit.after is not None:
                    self._write_beside(step, edit.after)
            self._require_unchanged(edits)
            self._sync(steps)
            os.replace(self._prepared, self._ready)
            sync_folder(self._folder)
        except BaseException as error:
            if begun:
                self._unprepare(listed, keep_ready=discard is not None)
            if isinstance(error, OSError):
                raise EditingError(
                    f"cannot be written: {error.strerror}", path=error.filename or self._folder
                ) from None
            raise

    def _unprepare(self, listed: dict[str, Any], *, keep_ready: bool) -> None:
        """Take back a preparation; a list that was renamed already says again that nothing has begun."""
        if not keep_ready and os.path.lexists(self._ready):
            os.replace(self._ready, self._prepared)
        if os.path.lexists(self._prepared):
            self._discard(listed)

    def _make(self, folders: Iterable[str]) -> None:
        for folder in folders:
            try:
                os.mkdir(self._on_disk(folder))
            except FileExistsError:
                continue
            except OSError as error:
                raise EditingError(f"its folder cannot be created: {error.strerror}", path=folder) from None

    def _write_beside(self, step: _Step, raw: bytes) -> None:
        temporary = self._on_disk(step.temporary)
        write_beside(self._on_disk(step.path), raw, temporary=temporary)
        if step.source:
            os.chmod(temporary, os.lstat(self._on_disk(step.source)).st_mode & 0o777)

    def _require_unchanged(self, edits: Iterable[FileEdit]) -> None:
        for edit in edits:
            path = edit.source or edit.path
            there = self._read(path)
            if there != edit.before:
                if edit.before is None:
                    raise EditingError("the file already exists", path=path)
                raise EditingError(
                    "it has changed since the command started",
                    path=path,
                    hint="review it, and run the command again",
                )

    def _apply(self, steps: Iterable[_Step]) -> None:
        done = []
        for step in steps:
            if step.path:
                os.replace(self._on_disk(step.temporary), self._on_disk(step.path))
            if step.source:
                os.unlink(self._on_disk(step.source))
            done.append(step)
        self._sync(done)

    def _complete(self, step: _Step) -> bool:
        """Do what is left of a step, and return whether it is done; else somebody changed the file."""
        try:
            done = self._remove_old(step) if not step.path else self._put_new(step)
        except CuratorError:
            done = False
        if step.temporary:
            self._remove(step.temporary)
        return done

    def _put_new(self, step: _Step) -> bool:
        there = self._digest_of(step.path)
        source = self._digest_of(step.source) if step.source else ""
        if there != step.after:
            was = source if step.source else there
            taken = step.source and there
            if taken or was != step.before or self._digest_of(step.temporary) != step.after:
                return False
            os.replace(self._on_disk(step.temporary), self._on_disk(step.path))
        return self._remove_old(step) if step.source else True

    def _remove_old(self, step: _Step) -> bool:
        there = self._digest_of(step.source)
        if there == step.before:
            os.unlink(self._on_disk(step.source))
            return True
        return not there

    def _take_back(self, verb: str, edits: Sequence[FileEdit], steps: Sequence[_Step]) -> None:
        """Let every file be as it was, as a change of its own."""
        unused = [step for step in steps if step.temporary]
        try:
            back = [_reversed(edit) for edit in edits if self._is_begun(edit)]
            undo = [self._step(edit) for edit in back]
            self._prepare(verb, back, undo, unused)
            for step in undo:
                self._complete(step)
            self._sync(undo)
            self._remove(*(step.temporary for step in unused))
        except (CuratorError, OSError) as error:
            reason = error.message if isinstance(error, CuratorError) else error.strerror
            raise EditingError(
                f"was partly written, and cannot be restored: {reason}",
                path=_first(steps),
                hint="`git diff` shows the changes; the same command completes them",
            ) from None
        self._forget()

    def _is_begun(self, edit: FileEdit) -> bool:
        path = edit.source or edit.path
        return self._read(path) != edit.before or (bool(edit.source) and self._read(edit.path) is not None)

    def _discard(self, listed: dict[str, Any]) -> None:
        self._remove(*(step.temporary for step in _steps(listed) if step.temporary))
        for folder in reversed(_texts(listed.get("folders"))):
            if self._is_inside(folder):
                with suppress(OSError):  # somebody put a file there
                    os.rmdir(self._on_disk(folder))
        with suppress(FileNotFoundError):
            os.unlink(self._prepared)

    def _forget(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._ready)

    def _remove(self, *temporaries: str) -> None:
        for path in temporaries:
            if self._is_inside(path):
                with suppress(FileNotFoundError):
                    os.unlink(self._on_disk(path))

    def _is_inside(self, path: str) -> bool:
        try:
            self._tree.find(path)
        except CuratorError:
            return False
        return bool(path)

    def _sync(self, steps: Iterable[_Step]) -> None:
        folders = {
            os.path.dirname(self._on_disk(path))
            for step in steps
            for path in (step.path, step.source)
            if path
        }
        for folder in sorted(folders):
            with suppress(FileNotFoundError):
                sync_folder(folder)

    def _read(self, path: str) -> bytes | None:
        return self._tree.read(path) if self._tree.find(path) is not None else None

    def _digest_of(self, path: str) -> str:
        return _digest(self._read(path))

    def _on_disk(self, path: str) -> str:
        return os.path.join(self._tree.root, path)

    def _load(self, path: str) -> dict[str, Any] | None:
        """Return a list; one that is not as it must be was not made here, and is removed."""
        import json

        if not os.path.lexists(path):
            return None
        if os.path.isfile(path) and not os.access(path, os.R_OK):
            raise EditingError(
                "the files of an interrupted command cannot be read: Permission denied",
                path=path,
                hint="the user who ran it can complete it with any command that writes",
            )
        with suppress(FormatError, LookupError, ValueError, TypeError, RecursionError):
            listed = json.loads(read_bounded(path, _MAX_LIST))
            if isinstance(listed, dict) and listed.get("version") == _VERSION:
                _steps(listed)
                return listed
        os.unlink(path)
        return None


def _steps(listed: dict[str, Any]) -> list[_Step]:
    """Return the steps of a list.

    Raises
    ------
    ValueError, TypeError
        It has none that `Journal` could have written.
    """
    steps = [_Step(*step) for step in listed["steps"]]
    for step in steps:
        for name in _Step.__slots__:
            if not isinstance(getattr(step, name), str):
                raise TypeError(name)
        if step.path and not is_temporary(step.temporary, step.path):
            raise ValueError(step.temporary)
    return steps


def _unused(listed: dict[str, Any]) -> list[str]:
    """Return the temporary files that a list names besides those of its steps."""
    pairs = [_texts(pair) for pair in listed.get("discard") or ()]
    return [pair[0] for pair in pairs if len(pair) == 2 and is_temporary(*pair)]


def _texts(found: Any) -> list[str]:
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _reversed(edit: FileEdit) -> FileEdit:
    if edit.source:
        return FileEdit(edit.source, edit.after, edit.before, edit.path)
    return FileEdit(edit.path, edit.after, edit.before)


def _digest(raw: bytes | None) -> str:
    if raw is None:
        return ""
    from hashlib import sha256

    return sha256(raw).hexdigest()


def _first(steps: Sequence[_Step]) -> str:
    return steps[0].path or steps[0].source


def _missing_folders(root: str, paths: Iterable[str]) -> list[str]:
    """Return the folders that have to be made for files, the outer ones first."""
    found: dict[str, None] = {}
    for path in paths:
        folder = os.path.dirname(path)
        missing = []
        while folder and folder not in found and not os.path.lexists(os.path.join(root, folder)):
            missing.append(folder)
            folder = os.path.dirname(folder)
        found.update(dict.fromkeys(reversed(missing)))
    return list(found)
