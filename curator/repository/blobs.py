"""Blobs from the object store, through one persistent ``git cat-file``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.errors import FormatError, RepositoryError
from curator.repository.git import Git, printable

if TYPE_CHECKING:
    from curator.repository.gitpython import GuardedGit

__all__ = ["Blobs"]


class Blobs:
    """Reads blobs by id. Neither threads nor forked or spawned processes need their own."""

    def __init__(self, git: Git) -> None:
        from _thread import allocate_lock

        self._git = git
        self._lock = allocate_lock()
        self._reader: GuardedGit | None = None
        self._pid = 0

    def __reduce__(self) -> tuple[type[Blobs], tuple[Git]]:
        return Blobs, (self._git,)

    def read(self, blob: str, path: str) -> bytes:
        """Return the bytes of ``blob``; ``path`` is what a message names.

        Raises
        ------
        RepositoryError
            The object is missing, as in a partial clone, or damaged.
        FormatError
            It is larger than any calibration may be; it has not been read.
        """
        from curator.formats.files import MAX_BYTES

        with self._lock:
            reader = self._reader if self._pid == os.getpid() and self._reader else self._open()
            try:
                _, kind, size = reader.get_object_header(blob)
                if size > MAX_BYTES:
                    raise FormatError(
                        f"file has {size:,} bytes, more than {MAX_BYTES:,}",
                        code="CUR002",
                        path=printable(path),
                    )
                raw = reader.get_object_data(blob)[3] if kind == "blob" else None
            except (ValueError, OSError) as error:
                self._close()
                raise RepositoryError(
                    f"object {blob} is missing from the repository, or damaged",
                    path=printable(path),
                    hint="in a partial clone: git fetch --refetch --no-filter; else see git fsck",
                ) from error
            if raw is None or len(raw) != size:
                self._close()
                raise RepositoryError(f"object {blob} is damaged", path=printable(path), hint="see git fsck")
            return bytes(raw)

    def _open(self) -> GuardedGit:
        from curator.repository.gitpython import GuardedGit

        self._reader = GuardedGit(self._git)
        self._pid = os.getpid()
        return self._reader

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.clear_cache()
        self._reader = None
