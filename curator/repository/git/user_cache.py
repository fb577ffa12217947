"""Files kept between runs, outside every repository: only the user's own, whole, and few.

What is read back was written by this user and is as it was written, or it is nothing; whoever kept it says
by its label what it is about. Losing any of it costs time and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

__all__ = ["folder", "load", "store"]

# A file of more is not worth reading; none that is written comes near.
_LARGEST = 1 << 28


def folder(kind: str) -> str:
    """Return where things of a kind are kept: ``$XDG_CACHE_HOME/curator/<kind>``."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "curator", kind)


def load(kind: str, name: str, label: str) -> list[memoryview] | None:
    """Return the parts that were kept under ``name`` with the same ``label``; `None` if anything is odd."""
    try:
        with open(os.path.join(folder(kind), name), "rb", opener=_without_links) as file:
            facts = os.fstat(file.fileno())
            if facts.st_uid != os.geteuid() or facts.st_size > _LARGEST:
                return None
            whole = file.read()
    except (OSError, ValueError):
        return None
    end = whole.find(b"\n")
    body = memoryview(whole)[end + 1 :]
    try:
        sizes = [int(size) for size in whole[:end].rpartition(b" ")[2].decode("ascii").split(",")]
    except ValueError:
        return None
    if end < 0 or sum(sizes) != len(body) or whole[:end] != _head(label, [body], sizes):
        return None
    parts = []
    start = 0
    for size in sizes:
        parts.append(body[start : start + size])
        start += size
    return parts


def store(kind: str, name: str, label: str, parts: Sequence[bytes], *, most: int) -> None:
    """Keep parts under a name, whole or not at all, and of this kind only the ``most`` latest.

    A place that cannot be written costs time, nothing else.
    """
    from curator.errors import FormatError
    from curator.formats.files.bounded_io import write_atomic

    sizes = [len(part) for part in parts]
    if sum(sizes) > _LARGEST // 2:
        return
    head = _head(label, parts, sizes)
    with suppress(OSError, FormatError):
        os.makedirs(folder(kind), mode=0o700, exist_ok=True)
        # Not forced to the disk: what a crash leaves fails its digest.
        write_atomic(os.path.join(folder(kind), name), b"".join([head, b"\n", *parts]), sync=False)
        _forget_oldest(kind, most)


def _head(label: str, parts: Sequence[bytes | memoryview], sizes: Sequence[int]) -> bytes:
    from _blake2 import blake2b  # hashlib takes longer to import than this to run

    digest = blake2b(digest_size=32)
    for part in parts:
        digest.update(part)
    return f"{label} {sys.byteorder} {digest.hexdigest()} {','.join(map(str, sizes))}".encode("ascii")


def _without_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC)


def _forget_oldest(kind: str, most: int) -> None:
    with os.scandir(folder(kind)) as entries:
        kept = sorted(entries, key=lambda entry: entry.stat(follow_symlinks=False).st_mtime)
    for entry in kept[:-most]:
        os.unlink(entry.path)
