"""Exports that are made to be published at once, and where their files are kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from curator.errors import RegistryError, UsageError

if TYPE_CHECKING:
    from curator.export.export import ExportReport
    from curator.registries.model.model import Storage
    from curator.repository.repository import Repository

__all__ = ["exported", "storage_for"]


def storage_for(storage: Storage, folder: str) -> Storage:
    """Return how a registry gets the files of an export in ``folder``, or of one that is not kept.

    Raises
    ------
    UsageError
        The registry would refer to files that are not kept.
    """
    if folder:
        return storage
    if storage.transfer == "direct":
        raise UsageError(
            "--transfer direct lets the registry refer to the files of an export, and none is kept",
            hint="name a folder to keep it in: --export DIR",
        )
    return replace(storage, transfer=storage.transfer or "copy")


@contextmanager
def exported(
    repo: Repository,
    rev: str,
    folder: str = "",
    *,
    wait: float = 60.0,
    notify: Callable[[str], None] = lambda _: None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, ExportReport]]:
    """Export a commit, and give the folder and what was done.

    Parameters
    ----------
    repo : Repository
    rev : str
    folder : str
        Where the export is kept. If empty, it is in the user's cache: the next export of the repository
        writes only what differs, and nobody else writes there until the context ends.
    wait : float
        Seconds to wait for another process that uses the cache.
    notify : callable
        Told in one line what is waited for.
    progress : callable, optional
        As of `run_export`.

    Raises
    ------
    CuratorError
        As of `run_export`; or the cache cannot be written.
    """
    from curator.export.export import run_export

    with ExitStack() as stack:
        if not folder:
            folder = stack.enter_context(_cached(repo, wait, notify))
            report = run_export(repo, folder, rev, jobs=None, progress=progress, prune=True)
        else:
            report = run_export(repo, folder, rev, jobs=None, progress=progress)
        yield folder, report


@contextmanager
def _cached(repo: Repository, wait: float, notify: Callable[[str], None]) -> Iterator[str]:
    from curator.formats.files.locks import BusyError, file_lock
    from curator.repository.git.user_cache import folder as cache_folder

    digest = sha256(os.fsencode(repo.commondir)).hexdigest()[:16]
    path = os.path.join(cache_folder("exports"), digest)

    def waiting(_: str) -> None:
        notify(f"another publish of this repository is at work; waiting up to {wait:g} s for it to end")

    with ExitStack() as stack:
        try:
            os.makedirs(path, mode=0o700, exist_ok=True)
            stack.enter_context(file_lock(f"{path}.lock", wait=wait, notify=waiting))
        except BusyError:
            raise RegistryError(
                f"another publish of this repository did not end within {wait:g} s",
                path=repo.root,
                hint="wait for it to end, and run this again",
            ) from None
        except OSError as error:
            raise RegistryError(
                f"the export cannot be written here: {error.strerror}",
                path=path,
                hint="name another folder: --export DIR",
            ) from error
        yield path
