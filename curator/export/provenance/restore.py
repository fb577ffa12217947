"""The source text of a FITS file, byte for byte."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING

from curator.export.provenance.source import read_stamped, require_stamp, source_text

if TYPE_CHECKING:
    from curator.repository.repository import Repository

__all__ = ["restore"]


def restore(repo: Repository, path: str | PathLike[str]) -> bytes:
    """Return the text that an exported FITS file was made from, as the commit in its stamp holds it.

    The blob's id is computed from the bytes, so that what comes back is what was stamped.

    Raises
    ------
    ForeignError
        ``path`` is not a FITS file of curator.
    ExportError
        The repository does not have the commit, or other bytes.
    """
    name = fspath(path)
    return source_text(repo, require_stamp(read_stamped(name), name), name)
