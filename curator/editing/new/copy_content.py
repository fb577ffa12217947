"""Begins a file with the content of an earlier one: rows and comments stay, the header is made anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from curator.calibrations.header.keywords import KEYWORDS, find_keyword, schema_keywords
from curator.errors import UsageError
from curator.repository.layout.paths import CalibPath

if TYPE_CHECKING:
    from curator.calibrations.types.types import DatasetType

__all__ = ["copy_content"]

# What was said of the earlier file alone.
_OLD = (*(name for name in KEYWORDS if "{" not in name), "DATE", "HISTORY", "DEPRECATED")


def copy_content(
    source: str, stem: str, dataset_type: DatasetType, header: Mapping[str, object]
) -> tuple[str, bytes]:
    """Return the path (``stem`` with the source's suffix) and the bytes of a copy with another header.

    Parameters
    ----------
    source : str
        A file on disk. If its path is one of a calibration, it must be of the same detector and filter.

    Raises
    ------
    UsageError
        It is of another type, detector or filter.
    """
    import os

    from curator.formats.edit.edit_header import remove_header, set_header
    from curator.formats.files.bounded_io import read_bounded
    from curator.formats.read import read_document

    suffix = os.path.splitext(source)[1].removeprefix(".")
    if suffix not in dataset_type.formats:
        written = " or ".join(f".{one}" for one in dataset_type.formats)
        raise UsageError(f"a {dataset_type.name} is written as {written}", path=source)
    path = f"{stem}.{suffix}"
    _require_same(source, path)
    raw = read_bounded(source)
    old = read_document(path, raw).header
    pairs = {name for pair in schema_keywords(dataset_type) for name in pair}
    kept = {key for key in old if key in header}
    spelled = {find_keyword(old, name) for name in (*_OLD, *pairs)}
    for key in sorted(key for key in spelled - kept if key is not None):
        raw = remove_header(raw, path, key)
    return path, set_header(raw, path, header)


def _require_same(source: str, path: str) -> None:
    import os

    parts = os.path.abspath(source).split(os.sep)
    wanted = CalibPath.parse(path)
    above = wanted.camera.count("/")
    for depth in (4, 5, 3):
        given = CalibPath.try_parse("/".join(parts[-depth - above :]))
        if given is not None and given.camera == wanted.camera:
            break
    else:
        return
    for name in ("dataset_type", "detector", "physical_filter"):
        mine, theirs = getattr(wanted, name), getattr(given, name)
        if mine != theirs:
            raise UsageError(
                f"its {name.replace('_', ' ')} is {theirs}, not {mine}",
                path=source,
                hint="copy content only from an earlier file with the same type and data ID",
            )
