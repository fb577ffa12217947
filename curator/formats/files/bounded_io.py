"""Bytes in and out of files: bounded, following no link, and never half written."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from curator.errors import FormatError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "MAX_BYTES",
    "TEMPORARY",
    "is_temporary",
    "put_in_place",
    "read_bounded",
    "sync_folder",
    "temporary_name",
    "write_atomic",
    "write_beside",
]

MAX_BYTES = 64 * 1024 * 1024
TEMPORARY = ".tmp"


def read_bounded(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file of at most ``limit`` bytes.

    Raises
    ------
    FormatError
        ``CUR013`` for a symbolic link, a folder or a device, ``CUR002`` for a file that is too large,
        ``CUR001`` for one that cannot be read.
    """
    name = os.fspath(path)
    # O_NONBLOCK: opening a named pipe must not wait for its writer.
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = os.open(name, flags)
    except (OSError, ValueError) as error:
        if os.path.islink(name):
            raise FormatError("a symbolic link is not a calibration", code="CUR013", path=name) from None
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(f"cannot be read: {reason}", path=name) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FormatError("not a regular file", code="CUR013", path=name)
        if status.st_size > limit:
            raise too_large(name, status.st_size, limit)
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            raw = stream.read(status.st_size + 1)
            if len(raw) > status.st_size:  # it grew since
                raw += stream.read(limit + 1 - len(raw))
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=name) from None
    finally:
        os.close(descriptor)
    if len(raw) > limit:
        raise too_large(name, len(raw), limit)
    return raw


def too_large(path: str, size: int, limit: int = MAX_BYTES) -> FormatError:
    """Return the error for a file of ``size`` bytes where ``limit`` are read."""
    return FormatError(
        f"file of {size:,} bytes is larger than the {limit:,} that are read",
        code="CUR002",
        path=path,
        value=size,
    )


def write_atomic(path: str | Path, data: bytes, *, permissions: int | None = None, sync: bool = True) -> None:
    """Replace a file so that after a crash its old or its new content stands, never a part.

    Parameters
    ----------
    path : str or Path
        An existing folder's file; a symbolic link there is replaced, not followed.
    data : bytes
    permissions : int, optional
        Those that the file gets, whatever the umask. By default an existing file keeps its own, and a new
        file has those that the umask leaves.
    sync : bool
        False where nothing relies on the file after a loss of power: then it is not forced to the disk.

    Raises
    ------
    FormatError
        With the system's reason: no space, read-only, no such folder.
    """
    name = os.fspath(path)
    put_in_place(write_beside(name, data, permissions=permissions, sync=sync), name, sync=sync)


def temporary_name(name: str) -> str:
    """Return a new name, in the same folder, for what a file is to be replaced by."""
    folder, base = os.path.split(name)
    return os.path.join(folder, f".{base[:100]}.{os.getpid():x}{os.urandom(4).hex()}{TEMPORARY}")


def is_temporary(temporary: str, name: str) -> bool:
    """Whether a path is one that `temporary_name` could have made for ``name``."""
    folder, base = os.path.split(name)
    above, mine = os.path.split(temporary)
    begin = f".{base[:100]}."
    middle = mine[len(begin) : -len(TEMPORARY)]
    return (
        folder == above
        and mine.startswith(begin)
        and mine.endswith(TEMPORARY)
        and len(middle) > 8
        and set(middle) <= set("0123456789abcdef")
    )


def write_beside(
    name: str, data: bytes, *, permissions: int | None = None, temporary: str = "", sync: bool = True
) -> str:
    """Write what a file is to be replaced by, under a temporary name in its folder; return that.

    Raises
    ------
    FormatError
        As of `write_atomic`; then nothing is left.
    """
    temporary = temporary or temporary_name(name)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                _set_permissions(name, stream.fileno(), permissions)
                if sync:
                    os.fsync(stream.fileno())
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=name) from None
    return temporary


def put_in_place(temporary: str, name: str, *, sync: bool = True) -> None:
    """Rename what `write_beside` wrote.

    Raises
    ------
    FormatError
        With the system's reason; then the temporary file is gone.
    """
    try:
        try:
            os.replace(temporary, name)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        if sync:
            sync_folder(os.path.dirname(name) or ".")
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=name) from None


def _set_permissions(name: str, descriptor: int, permissions: int | None) -> None:
    if permissions is None:
        try:
            status = os.lstat(name)
        except FileNotFoundError:
            return
        if not stat.S_ISREG(status.st_mode):
            return
        permissions = stat.S_IMODE(status.st_mode)
    os.fchmod(descriptor, permissions)


def sync_folder(folder: str) -> None:
    """Bring the names of a folder's files to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
