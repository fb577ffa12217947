"""One ingest at a time: the lock of a registry that lives in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from curator.formats.files.locks import BusyError, file_lock
from curator.registries.errors import UnusableRegistryError

__all__ = ["LOCK", "locked"]

LOCK = ".curator-ingest"


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
    path = os.path.join(folder, LOCK)

    def waiting(_: str) -> None:
        notify(f"another ingest is writing to {folder}; waiting up to {wait:g} s for it to finish")

    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(path, wait=wait, notify=waiting, make_folder=True))
        except BusyError:
            raise UnusableRegistryError(
                f"another ingest is writing here, and did not finish within {wait:g} s",
                path=folder,
                hint="wait until it finishes, and run this again",
            ) from None
        except OSError as error:
            raise UnusableRegistryError(f"cannot be written: {error.strerror}", path=folder) from error
        yield
