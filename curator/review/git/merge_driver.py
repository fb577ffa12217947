"""Merge a file for git."""

from __future__ import annotations

import re

from curator.compare.merge.merge import Merged, merge
from curator.formats.files.bounded_io import read_bounded, write_atomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType

__all__ = ["merge_files", "type_of"]

_OBSTYPE = re.compile(rb"\bOBSTYPE['\"]?(?:: *|\n +- String\n +- )['\"]?(\w+)")


def merge_files(path: str, base: str, ours: str, theirs: str, *, marker_size: int = 7) -> Merged:
    """Merge two files, and replace ``ours`` by what becomes of them.

    Parameters
    ----------
    path : str
        Where the file is in the repository.
    base, ours, theirs : str
        Where the three versions lie.
    marker_size : int

    Raises
    ------
    FormatError
        One of them cannot be read or merged; then ``ours`` is as it was.
    """
    was, mine, other = (read_bounded(name) for name in (base, ours, theirs))
    found = merge(path, was, mine, other, type_of(path, mine), marker_size=marker_size)
    if found.raw != mine:
        write_atomic(ours, found.raw)
    return found


def type_of(path: str, raw: bytes) -> DatasetType | None:
    """Return the dataset type of a file: by its directories, else by ``OBSTYPE``."""
    from curator.calibrations.types.types import all_types, find_type

    for folder in path.split("/")[-2::-1]:
        if found := find_type(folder):
            return found
    said = _OBSTYPE.search(raw)
    name = said[1].decode("ascii", "replace").lower() if said else ""
    return find_type(name) or next((one for one in all_types() if one.obstype.lower() == name), None)
