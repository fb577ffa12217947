"""Histories kept between runs, outside the repository; never believed when anything about them is odd."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress

__all__ = ["folder", "load", "store"]

Kept = tuple[list[bytes], dict[bytes, int], "array[int]", dict[int, Sequence[int]]]

FORMAT = "curator-history-1"
_FILES = 16


def folder() -> str:
    """Return where histories are kept: ``$XDG_CACHE_HOME/curator/history``."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "curator", "history")


def load(sha: str) -> Kept | None:
    """Return the edits of every path as seen from ``sha``, `None` where none are kept or to be trusted."""
    try:
        with open(os.path.join(folder(), sha), "rb", opener=_without_links) as file:
            if os.fstat(file.fileno()).st_uid != os.geteuid():
                return None
            head, _, body = file.read().partition(b"\n")
        *_, lengths = head.decode("ascii").split(" ")
        sizes = [int(length) for length in lengths.split(",")]
        return _unpack(body, sizes) if head == _head(sha, body, sizes) else None
    except (OSError, ValueError):
        return None


def store(sha: str, kept: Kept) -> None:
    """Keep a history; a cache that cannot be written costs time, nothing else."""
    parts = _pack(kept)
    body = b"".join(parts)
    head = _head(sha, body, list(map(len, parts)))
    # Not forced to the disk: what a crash leaves fails its digest, and the disk is slower than git.
    temporary = os.path.join(folder(), f".{sha}.{os.getpid():x}{os.urandom(4).hex()}")
    with suppress(OSError):
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        try:
            with open(temporary, "xb") as file:
                file.write(head + b"\n" + body)
            os.replace(temporary, os.path.join(folder(), sha))
        except OSError:
            os.unlink(temporary)
            raise
        _forget_oldest()


def _pack(kept: Kept) -> list[bytes]:
    commits, paths, first, more = kept
    others = array("i", (number for order in more.values() for number in order))
    counts = array("i", map(len, more.values()))
    return [
        b"\0".join(commits),
        b"\0".join(paths),
        first.tobytes(),
        array("i", more).tobytes(),
        counts.tobytes(),
        others.tobytes(),
    ]


def _unpack(body: bytes, sizes: list[int]) -> Kept:
    parts = []
    start = 0
    for size in sizes:
        parts.append(body[start : start + size])
        start += size
    commits, paths, *numbers = parts
    first, keys, counts, others = (array("i", part) for part in numbers)
    more: dict[int, Sequence[int]] = {}
    start = 0
    for key, count in zip(keys, counts, strict=True):
        more[key] = others[start : start + count]
        start += count
    names = paths.split(b"\0") if paths else []
    return commits.split(b"\0"), dict(zip(names, range(len(names)), strict=True)), first, more


def _head(sha: str, body: bytes, sizes: list[int]) -> bytes:
    from hashlib import sha256

    digest = sha256(body).hexdigest()
    return f"{FORMAT} {sys.byteorder} {sha} {digest} {','.join(map(str, sizes))}".encode("ascii")


def _without_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC)


def _forget_oldest() -> None:
    with os.scandir(folder()) as entries:
        kept = sorted(entries, key=lambda entry: entry.stat(follow_symlinks=False).st_mtime)
    for entry in kept[:-_FILES]:
        os.unlink(entry.path)
