"""What two exports, or two labels of a registry, serve: the calibrations that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os.path import isdir, join
from typing import TYPE_CHECKING

from curator.errors import CuratorError
from curator.review.versions import Version, VersionPair
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.registries.model.model import Holding

__all__ = ["Served", "export_contents", "is_export", "label_contents", "served_pairs"]

_MANIFEST = "manifest.ecsv"


@dataclass(frozen=True, slots=True)
class Served:
    """One calibration that is served.

    Parameters
    ----------
    path : str
        The text that it was made from, or the file if nothing says so.
    file : str
        The FITS file.
    content : str
        Digest of the calibration without its stamp.
    ranges : str
        When it applies, in words; empty if never.
    """

    path: str
    file: str
    content: str
    ranges: str


def is_export(path: str) -> bool:
    """Return whether a directory is an export."""
    from os.path import isfile

    return isdir(path) and isfile(join(path, _MANIFEST))


def export_contents(folder: str) -> list[Served]:
    """Return what an export serves.

    Raises
    ------
    ExportError
        Its manifest cannot be read.
    """
    from curator.export.manifest.manifest import read_manifest

    return [
        Served(one.gitpath, join(folder, one.path), one.content, "; ".join(map(str, one.served())))
        for one in read_manifest(folder).rows
    ]


def label_contents(target: str, label: str = "") -> list[Served]:
    """Return what look-ups find in a registry: in one label, in the preferred ones if none is named.

    Raises
    ------
    RegistryError
        There is no such registry or label, or none is preferred.
    """
    from curator.registries.query.fingerprint import held

    found: dict[str, list[Holding]] = {}
    for one in held(target, label):
        found.setdefault(one.source or one.file or f"{one.data_id} {one.range}", []).append(one)
    return [
        Served(path, rows[0].file, rows[0].content, "; ".join(sorted(str(one.range) for one in rows)))
        for path, rows in found.items()
    ]


def served_pairs(before: Iterable[Served], after: Iterable[Served]) -> Iterator[VersionPair]:
    """Give the calibrations that differ in content or in when they apply, by path."""
    mine, theirs = ({one.path: one for one in served} for served in (before, after))
    for path in sorted(mine.keys() | theirs.keys()):
        old, new = mine.get(path), theirs.get(path)
        if old and new and old.content == new.content and old.content:
            if old.ranges != new.ranges:
                version = _version(new)
                yield VersionPair("edited", path, path, version, version, (old.ranges, new.ranges))
        elif old and new:
            yield VersionPair("edited", path, path, _version(old), _version(new), (old.ranges, new.ranges))
        elif new:
            yield VersionPair("added", path, "", None, _version(new), ("", new.ranges))
        elif old:
            yield VersionPair("removed", path, path, _version(old), None, (old.ranges, ""))


def _version(served: Served) -> Version:
    from curator.export.provenance.source import read_stamped

    try:
        return Version(served.file, read_stamped(served.file))
    except CuratorError as error:
        return Version(served.file or served.path, b"", error.message)
