"""One writer per repository at a time; and whoever comes next tidies up what a killed one has left."""

from __future__ import annotations

import os
from _thread import get_ident
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from curator.errors import EditingError
from curator.formats.files.locks import BusyError, file_lock
from curator.formats.files.terminal_escape import escape
from curator.repository.journal import Journal
from curator.repository.repository import Repository
from curator.repository.snapshots.worktree import WorkTree

if TYPE_CHECKING:
    from curator.repository.journal import FileEdit, Interrupted

__all__ = ["Session", "editing", "exclusive"]

_LOCK = "curator-edit.lock"
_WORKSHOP = "curator-workshop"
_WAIT = 30.0
_SHOWN = 3

P = ParamSpec("P")
T = TypeVar("T")
Place = TypeVar("Place", Repository, WorkTree)


class Session:
    """The right to write to a working tree.

    Attributes
    ----------
    completed : frozenset of str
        Files that an interrupted verb was to write, and that were written when the lock was taken.
    resumed : bool
        An interrupted verb had left its workshop.
    """

    def __init__(self, verb: str, tree: WorkTree, folder: str) -> None:
        self.verb = verb
        self._journal = Journal(tree, folder)
        self._workshop = os.path.join(folder, _WORKSHOP)
        self.completed: frozenset[str] = frozenset()
        self.resumed = False

    @contextmanager
    def workshop(self) -> Iterator[str]:
        """Give a folder for work that is thrown away afterwards; it is made by whoever fills it."""
        try:
            yield self._workshop
        finally:
            self.clear()

    def clear(self) -> bool:
        """Remove the folder of `workshop`, and return whether there was one."""
        if not os.path.lexists(self._workshop):
            return False
        from shutil import rmtree

        rmtree(self._workshop, ignore_errors=True)
        return True

    def write(self, edits: list[FileEdit]) -> None:
        """Make all edits or none; see `curator.repository.journal.Journal`."""
        self._journal.write(self.verb, edits)

    def recover(self) -> Interrupted | None:
        found = self._journal.recover()
        if found is not None:
            self.completed |= frozenset(found.completed)
        return found


# By lock, process and thread: a verb that calls another one holds the lock already.
_held: dict[tuple[str, int, int], dict[str, Session]] = {}


@contextmanager
def editing(place: Repository | WorkTree, verb: str, *, wait: float = _WAIT) -> Iterator[Session]:
    """Hold the lock of a repository, with nothing left of what was interrupted before.

    Within the same thread, this may be nested. All working trees of a repository share one lock. Programs
    that
    are started meanwhile share it too, so that an orphan of a killed verb cannot write beside the next one.

    Parameters
    ----------
    place : Repository or WorkTree
    verb : str
        What others are told that is at work here.
    wait : float
        Seconds to wait for another holder.

    Raises
    ------
    EditingError
        Another process holds the lock, it cannot be taken, or somebody changed files of an interrupted verb
        since: they stay as they are.
    """
    tree = place if isinstance(place, WorkTree) else place.worktree()
    lock, folder = _places(tree)
    key = (lock, os.getpid(), get_ident())
    with ExitStack() as stack:
        sessions = _held.get(key)
        if sessions is None:
            _take(stack, lock, verb, wait)
            sessions = _held[key] = {}
            stack.callback(_held.pop, key)
        session = sessions.get(folder)
        if session is None:
            session = sessions[folder] = Session(verb, tree, folder)
            _tidy(tree, session)
        yield session


def exclusive(
    verb: str,
) -> Callable[[Callable[Concatenate[Place, P], T]], Callable[Concatenate[Place, P], T]]:
    """Make a function hold the lock of `editing`; its first argument is a repository or working tree."""

    def decorate(work: Callable[Concatenate[Place, P], T]) -> Callable[Concatenate[Place, P], T]:
        @wraps(work)
        def locked(place: Place, /, *args: P.args, **options: P.kwargs) -> T:
            with editing(place, verb):
                return work(place, *args, **options)

        return locked

    return decorate


def _places(tree: WorkTree) -> tuple[str, str]:
    """Return the lock of a repository, and the folder for what is going on in a working tree."""
    git = tree.git
    if os.path.isdir(git.gitdir):
        return os.path.join(git.commondir, _LOCK), git.gitdir
    return os.path.join(tree.root, f".{_LOCK}"), tree.root


def _take(stack: ExitStack, lock: str, verb: str, wait: float) -> None:
    try:
        stack.enter_context(file_lock(lock, wait=wait, holder=f"`curator {verb}` (process {os.getpid()})"))
    except BusyError as error:
        who = escape(error.holder) or "another curator"
        raise EditingError(
            f"{who} is writing to this repository, and did not finish within {wait:g} s",
            hint="wait until it finishes, and run this again",
        ) from None
    except OSError as error:
        raise EditingError(
            f"this repository cannot be locked: {error.strerror}", path=error.filename or lock
        ) from None


def _tidy(tree: WorkTree, session: Session) -> None:
    from curator.editing.migration_journal import recover as recover_migration

    git = tree.git
    found = session.recover()
    session.resumed = session.clear()
    if os.path.isdir(git.gitdir):
        from curator.repository.commits import remove_unfinished

        if recover_migration(Repository(tree.root, git.gitdir, git.commondir)):
            _tell("undid the changes of an interrupted `curator fix --migrate`")
        if os.path.isdir(os.path.join(git.commondir, "refs", "curator")):
            remove_unfinished(git)
    if found is None:
        return
    if found.changed:
        raise EditingError(
            f"`curator {escape(found.verb)}` was interrupted; this file changed since, and was not touched",
            path=found.changed[0],
            hint=f"{_done(found.completed)}see `git diff`, and run this again",
        )
    if found.completed:
        _tell(f"completed an interrupted `curator {escape(found.verb)}`: {_named(found.completed)}")


def _done(paths: tuple[str, ...]) -> str:
    return f"{_named(paths)} {'is' if len(paths) == 1 else 'are'} complete; " if paths else ""


def _named(paths: tuple[str, ...]) -> str:
    more = len(paths) - _SHOWN
    return ", ".join(map(escape, paths[:_SHOWN])) + (f" and {more} more" if more > 0 else "")


def _tell(text: str) -> None:
    from logging import getLogger

    getLogger("curator").warning(text)
