"""Locks that are files: one process holds one, and the system frees it when that process dies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from curator.errors import CuratorError
from curator.processes import inherited

__all__ = ["BusyError", "file_lock", "folder_lock"]

_PAUSE = 0.05


class BusyError(CuratorError):
    """Another process holds the lock; ``holder`` is what it wrote about itself."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(f"{holder or 'another process'} holds this lock", path=path)
        self.holder = holder


@contextmanager
def file_lock(
    path: str,
    *,
    wait: float = 0.0,
    holder: str = "",
    notify: Callable[[str], None] = lambda _: None,
    make_folder: bool = False,
) -> Iterator[None]:
    """Hold the lock that a file is. The file stays; a killed holder leaves it unlocked.

    Parameters
    ----------
    path : str
        Made if it is missing; a symbolic link is refused.
    wait : float
        Seconds to wait for another holder.
    holder : str
        What the file says of this holder, to those that wait. Git processes that are started meanwhile keep
        the lock while they run: it is not free before the last of them has ended.
    notify : callable
        Told once, with what the other holder wrote, that there is one to wait for.
    make_folder : bool
        Whether to make the folder again where its last holder removed it with the lock.

    Raises
    ------
    BusyError
        The other holder did not end in time.
    OSError
        The file cannot be opened or locked.
    """
    descriptor = _acquire(path, wait, notify, make_folder=make_folder)
    try:
        if holder:
            inherited.add(descriptor)
            with suppress(OSError):  # of a file that someone else made: then its holder has no name
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, holder.encode("utf-8", "replace"), 0)
        yield
    finally:
        inherited.discard(descriptor)
        os.close(descriptor)


@contextmanager
def folder_lock(path: str) -> Iterator[None]:
    """Hold the lock that a folder is, as `file_lock` holds that of a file; without waiting.

    Raises
    ------
    BusyError
        Another process holds it.
    OSError
        The folder cannot be opened or locked.
    """
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(path, "") from None
        yield
    finally:
        os.close(descriptor)


def _acquire(path: str, wait: float, notify: Callable[[str], None], *, make_folder: bool) -> int:
    import fcntl
    from time import monotonic, sleep

    descriptor = _open(path)
    try:
        deadline = monotonic() + wait
        told = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                other = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
                if monotonic() >= deadline:
                    raise BusyError(path, other) from None
                if not told:
                    notify(other)
                    told = True
                sleep(_PAUSE)
                continue
            if _is_at(descriptor, path):
                return descriptor
            if make_folder:
                os.makedirs(os.path.dirname(path), exist_ok=True)
            os.close(descriptor)
            descriptor = -1
            descriptor = _open(path)
    except BaseException:
        if descriptor >= 0:
            os.close(descriptor)
        raise


def _is_at(descriptor: int, path: str) -> bool:
    """Whether the file that was locked is still the one of this name."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def _open(path: str) -> int:
    flags = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError as error:
        try:
            return os.open(path, os.O_RDONLY | flags)  # someone else made it: reading is enough to lock
        except FileNotFoundError:
            raise error from None
