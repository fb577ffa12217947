"""From a FITS file back to git: the stamp it carries, and the text that the stamp names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from os import PathLike, fspath
from os.path import isdir, join, realpath
from typing import TYPE_CHECKING, Any

from curator.calibrations.fits.stamp_reader import Stamp, stamp_in
from curator.errors import CuratorError, ExportError, FormatError, RepositoryError, UsageError
from curator.export.provenance.stamp import FORMAT

if TYPE_CHECKING:
    from curator.formats.fits.fits import FitsHdu
    from curator.repository.repository import Repository

__all__ = [
    "MAX_BYTES",
    "ForeignError",
    "blob_id",
    "first_few",
    "read_hdus",
    "read_stamped",
    "require_stamp",
    "source_text",
]

# Four times the largest text: a digit and a blank there may be eight bytes here.
MAX_BYTES = 1 << 28
_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")


class ForeignError(UsageError):
    """A file that curator did not write, or that says of itself what cannot be."""


def read_stamped(path: str | PathLike[str]) -> bytes:
    """Return the bytes of a FITS file.

    Raises
    ------
    ForeignError
        It is missing, not a regular file, too large, or not a FITS file.
    """
    from curator.formats.files.bounded_io import read_bounded
    from curator.formats.files.decode import is_lfs_pointer, lfs_pointer

    name = fspath(path)
    try:
        data = read_bounded(realpath(name), MAX_BYTES)
    except FormatError as error:
        hint = f"name the FITS files: {join(name, '**', '*.fits')}" if isdir(name) else ""
        raise ForeignError(error.message, path=name, hint=hint) from error
    if is_lfs_pointer(data):
        pointer = lfs_pointer(name)
        raise ForeignError(pointer.message, path=name, hint=pointer.hint)
    if not data.startswith(b"SIMPLE  ="):
        raise ForeignError("this is not a FITS file", path=name)
    return data


def read_hdus(data: bytes, path: str) -> list[FitsHdu]:
    """Return the HDUs of a FITS file that anyone may have written."""
    from curator.formats.fits.fits import read_fits

    try:
        hdus = read_fits(data)
    except CuratorError as error:
        raise ForeignError(f"damaged FITS file: {error.message}", path=path) from error
    if not hdus:
        raise ForeignError("damaged FITS file: it is empty", path=path)
    return hdus


def require_stamp(data: bytes, path: str) -> Stamp:
    """Return the stamp of a FITS file; nothing behind HDU0 is looked at.

    Raises
    ------
    ForeignError
        There is none, or a later version of curator wrote it, or it names what no export names.
    """
    from curator.formats.fits.check_structure import header_end

    end = header_end(data)
    if end < 0:
        raise ForeignError("damaged FITS file: its first header has no end", path=path)
    return _stamp_of(read_hdus(data[:end], path)[0].header, path)


def _stamp_of(header: dict[str, Any], path: str) -> Stamp:
    from curator.repository.layout.paths import CalibPath

    version = header.get("CURATOR")
    if version is None or "GITSHA" not in header:
        raise ForeignError("there is no provenance stamp in HDU0: curator did not write this file", path=path)
    if version != FORMAT:
        raise ForeignError(
            f"CURATOR is {version!r}: this curator writes and verifies version {FORMAT}",
            path=path,
            keyword="CURATOR",
            hint="use the version of curator that wrote it",
        )
    values = {
        name: _text(header, name, path) for name in ("GITREPO", "GITPATH", "GITBLOB", "GITSHA", "CONTENT")
    }
    for name in ("GITBLOB", "GITSHA"):
        if not _ID.match(values[name]):
            raise ForeignError(f"{name} is not an object id: {values[name]!r:.80}", path=path, keyword=name)
    parts = values["GITPATH"].split("/")
    if {"", ".", "..", ".git"} & set(parts) or CalibPath.try_parse(values["GITPATH"]) is None:
        raise ForeignError(
            f"GITPATH is not the path of a calibration: {values['GITPATH']!r:.80}",
            path=path,
            keyword="GITPATH",
        )
    return stamp_in(header)


def _text(header: dict[str, Any], name: str, path: str) -> str:
    value = header.get(name)
    if not isinstance(value, str):
        raise ForeignError(f"{name} in HDU0 is {value!r:.80}, not text", path=path, keyword=name)
    return value


def source_text(repo: Repository, stamp: Stamp, path: str) -> bytes:
    """Return the bytes of the blob that a stamp names, as the named commit has it under the named path.

    Raises
    ------
    ExportError
        This repository does not have them, or has others there.
    """
    try:
        commit = repo.commit(stamp.commit)
        entry = commit.find(stamp.path)
    except RepositoryError as error:
        raise ExportError(
            f"commit {stamp.commit[:12]} is not in this repository",
            path=path,
            keyword="GITSHA",
            hint=f"the file says it comes from repository {stamp.repository!r}; fetch that repository, or "
            "choose it with -C",
        ) from error
    if entry is None or not entry.is_file:
        raise ExportError(
            f"commit {stamp.commit[:12]} has no file {stamp.path!r}", path=path, keyword="GITPATH"
        )
    if entry.blob != stamp.blob:
        raise ExportError(
            f"commit {stamp.commit[:12]} has another blob at {stamp.path!r} than {stamp.blob[:12]}",
            path=path,
            keyword="GITBLOB",
        )
    raw = commit.read(stamp.path)
    if blob_id(raw, len(stamp.blob)) != stamp.blob:
        raise ExportError(
            f"the repository is damaged: the bytes of blob {stamp.blob} do not match its id", path=path
        )
    return raw


def blob_id(raw: bytes, digits: int = 40) -> str:
    """Return the id git gives these bytes, in a repository of SHA-1 (40 digits) or SHA-256 (64)."""
    from hashlib import new

    name = "sha1" if digits == 40 else "sha256"
    return new(name, b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False).hexdigest()


def first_few(lines: Sequence[str], limit: int) -> list[str]:
    """Return the first ``limit`` lines, and how many more there are."""
    more = len(lines) - limit
    return [*lines[:limit], f"… and {more} more"] if more > 0 else list(lines)
