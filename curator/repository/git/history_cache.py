"""Histories kept between runs, outside the repository; never believed when anything about them is odd."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from curator.repository.git import user_cache

__all__ = ["folder", "load", "store"]

Kept = tuple[list[bytes], dict[bytes, int], "array[int]", dict[int, Sequence[int]]]

FORMAT = "curator-history-1"
_KIND = "history"
_FILES = 16


def folder() -> str:
    """Return where histories are kept: ``$XDG_CACHE_HOME/curator/history``."""
    return user_cache.folder(_KIND)


def load(sha: str) -> Kept | None:
    """Return the edits of every path as seen from ``sha``, `None` where none are kept or to be trusted."""
    parts = user_cache.load(_KIND, sha, f"{FORMAT} {sha}")
    try:
        return _unpack(parts) if parts is not None else None
    except ValueError:
        return None


def store(sha: str, kept: Kept) -> None:
    """Keep a history; a cache that cannot be written costs time, nothing else."""
    user_cache.store(_KIND, sha, f"{FORMAT} {sha}", _pack(kept), most=_FILES)


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


def _unpack(parts: list[memoryview]) -> Kept:
    commits, paths = bytes(parts[0]), bytes(parts[1])
    first, keys, counts, others = (array("i", bytes(part)) for part in parts[2:])
    more: dict[int, Sequence[int]] = {}
    start = 0
    for key, count in zip(keys, counts, strict=True):
        more[key] = others[start : start + count]
        start += count
    names = paths.split(b"\0") if paths else []
    return commits.split(b"\0"), dict(zip(names, range(len(names)), strict=True)), first, more
