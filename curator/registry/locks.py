"""One ingest at a time: the lock of a registry that lives in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from curator.registry.errors import UnusableRegistryError

__all__ = ["LOCK", "locked"]

LOCK = ".curator-ingest"
_PAUSE = 0.1


@contextmanager
def locked(folder: str, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a folder; the system lets go of it when the process dies, however it dies.

    Parameters
    ----------
    folder : str
    wait : float
        Seconds to wait for another ingest to end.
    notify : callable
        Told once, in one line, that there is one to wait for.

    Raises
    ------
    UnusableRegistryError
        The other one did not end, or the folder cannot be written.
    """
    import fcntl
    from time import monotonic, sleep

    path = os.path.join(folder, LOCK)
    descriptor = _open(path)
    try:
        deadline = monotonic() + wait
        told = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _is_at(descriptor, path):
                    break
                os.makedirs(folder, exist_ok=True)  # whoever held it made no registry, and tidied up
                fresh = _open(path)
                os.close(descriptor)
                descriptor = fresh
                continue
            except BlockingIOError:
                pass
            except OSError as error:
                raise UnusableRegistryError(f"cannot be locked: {error.strerror}", path=folder) from error
            if monotonic() >= deadline:
                raise UnusableRegistryError(
                    f"another ingest is writing here, and did not end within {wait:g} s",
                    path=folder,
                    hint="wait for it to end, and run this again",
                )
            if not told:
                notify(f"another ingest is writing to {folder}; waiting up to {wait:g} s for it to end")
                told = True
            sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _is_at(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def _open(path: str) -> int:
    flags = os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        try:
            return os.open(path, os.O_RDWR | flags, 0o666)
        except PermissionError:  # made by someone else who shares the registry: reading is enough to lock
            return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise UnusableRegistryError(
            f"cannot be written: {error.strerror}", path=os.path.dirname(path)
        ) from error
