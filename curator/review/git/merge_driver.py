"""Merge a file for git."""

from __future__ import annotations

import re

from curator.compare.merge.merge import Merged, merge
from curator.formats.files.bounded_io import read_bounded, write_atomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from curator.calibrations.types.types import DatasetType

__all__ = ["LABELS", "conflict_style", "labels_of", "merge_files", "type_of"]

LABELS = ("ours", "base", "theirs")

_PLACE = re.compile(r"%[SXY]")
_OBSTYPE = re.compile(rb"\bOBSTYPE['\"]?(?:: *|\n +- String\n +- )['\"]?(\w+)")


def merge_files(
    path: str,
    base: str,
    ours: str,
    theirs: str,
    *,
    marker_size: int = 7,
    labels: tuple[str, str, str] = LABELS,
) -> Merged:
    """Merge two files, and replace ``ours`` by what becomes of them.

    Conflicts are written in the style that git is set to use in the current directory.

    Parameters
    ----------
    path : str
        Where the file is in the repository.
    base, ours, theirs : str
        Where the three versions lie.
    marker_size : int
    labels : tuple of str
        What stands behind the markers of ours, the base and theirs.

    Raises
    ------
    FormatError
        One of them cannot be read or merged; then ``ours`` is as it was.
    """
    was, mine, other = (read_bounded(name) for name in (base, ours, theirs))
    kind = type_of(path, mine)
    found = merge(path, was, mine, other, kind, marker_size=marker_size, labels=labels)
    # Most merges have no conflict, and git need not be asked.
    if found.conflicts and (style := conflict_style()) != "merge":
        found = merge(
            path, was, mine, other, kind, marker_size=marker_size, labels=labels, conflict_style=style
        )
    if found.raw != mine:
        write_atomic(ours, found.raw)
    return found


def labels_of(said: Sequence[str]) -> tuple[str, str, str]:
    """Return what stands behind the markers of ours, the base and theirs.

    Parameters
    ----------
    said : sequence of str
        What git put in place of ``%X``, ``%S`` and ``%Y``. One that is older than 2.44 leaves them as they
        are, and git has no names where it repeats a merge (``rerere``).
    """
    given = [" ".join(one.split()) for one in said]
    named = [one if one and not _PLACE.fullmatch(one) else None for one in given]
    ours, base, theirs = (one or label for one, label in zip(named, LABELS, strict=True))
    return ours, base, theirs


def conflict_style() -> str:
    """Return how git is set to write conflicts in the current directory; ``merge`` if nothing is set."""
    import os

    from curator.errors import RepositoryError
    from curator.repository.repository import Repository

    try:
        said = Repository.find(os.curdir).git.run("config", "-z", "--get", "merge.conflictStyle")
    except RepositoryError:
        return "merge"
    return said[:-1].decode("utf-8", "replace").lower()


def type_of(path: str, raw: bytes) -> DatasetType | None:
    """Return the dataset type of a file: by its directories, else by ``OBSTYPE``."""
    from curator.calibrations.types.types import all_types, find_type

    for folder in path.split("/")[-2::-1]:
        if found := find_type(folder):
            return found
    said = _OBSTYPE.search(raw)
    name = said[1].decode("ascii", "replace").lower() if said else ""
    return find_type(name) or next((one for one in all_types() if one.obstype.lower() == name), None)
