"""One source text to the bytes of one FITS file, and such files to disk, a batch at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curator.errors import CuratorError
from curator.export.provenance.stamp import Identity, Provenance
from curator.export.tree import write_shared

if TYPE_CHECKING:
    from curator.formats.document import Document
    from curator.repository.layout.paths import CalibPath

__all__ = ["CATALOGUED", "Representation", "Task", "Written", "content_of", "represent", "write_batch"]

CATALOGUED = ("FILTER", "VALIDSTART", "VALIDEND", "DEPRECATED")


@dataclass(frozen=True, slots=True)
class Task:
    """A FITS file to write: its place below the export tree, and what it is made of."""

    target: str
    raw: bytes
    path: CalibPath
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Written:
    """What a manifest says of a written file; ``error`` says instead why there is none.

    ``header`` is what the catalogue wants to know of the source: `CATALOGUED`.
    """

    target: str
    sha256: str = ""
    bytes: int = 0
    content: str = ""
    header: Mapping[str, object] = field(default_factory=dict)
    error: CuratorError | None = None


@dataclass(frozen=True, slots=True)
class Representation:
    """The bytes of a FITS file, the digest of it without its stamp, and the `CATALOGUED` keywords."""

    data: bytes
    content: str
    header: Mapping[str, object]


def represent(raw: bytes, path: CalibPath, provenance: Provenance) -> Representation:
    """Return the FITS file of one source text, whose place in the repository is ``path``.

    Raises
    ------
    CuratorError
        The text cannot be read, or FITS cannot hold what it says; with file, line and keyword.
    """
    from hashlib import sha256

    from curator.calibrations.header.keywords import get_keyword
    from curator.export.provenance.stamp import notes, stamp_cards
    from curator.formats.fits.fits import image_hdu0
    from curator.formats.read import read_document

    document = read_document(provenance.path, raw)
    try:
        tables = _tables(document, path.dataset_type, provenance.identity)
        content = sha256(tables).hexdigest()
        cards = list(stamp_cards(provenance, document, path, content))
        stamp = image_hdu0([*cards, ("HISTORY", notes(provenance, document))])
    except CuratorError as error:
        document.locate(error)
        raise
    header = {name: get_keyword(document.header, name) for name in CATALOGUED}
    return Representation(stamp + tables, content, header)


def content_of(raw: bytes, path: CalibPath, identity: Identity) -> str:
    """Return the digest of the content of one source text, as its FITS file has it in ``CONTENT``.

    Raises
    ------
    CuratorError
        As of `represent`.
    """
    from hashlib import sha256

    from curator.formats.read import read_document

    document = read_document(str(path), raw)
    return sha256(_tables(document, path.dataset_type, identity)).hexdigest()


def _tables(document: Document, dataset_type: str, identity: Identity) -> bytes:
    from curator.calibrations.fits.exportable import fits_tables
    from curator.calibrations.types.types import find_type
    from curator.errors import CalibrationError

    kind = find_type(dataset_type)
    if kind is None:
        raise CalibrationError(f"no dataset type is called {dataset_type!r}", path=document.path)
    return fits_tables(document, kind.calibration, identity.keywords)


def write_batch(root: str, tasks: Sequence[Task]) -> list[Written]:
    """Write a batch of files below ``root``, whose folders are there, and say how each went.

    A file gets its name when all of it is written; one that is there already with the same bytes
    stays as it is. Nothing is forced to disk here: no manifest lists these files yet.

    Raises
    ------
    ExportError
        The disk is full or cannot be written; nothing half-written is left.
    """
    from hashlib import sha256

    said = []
    for task in tasks:
        try:
            made = represent(task.raw, task.path, task.provenance)
        except CuratorError as error:
            said.append(Written(task.target, error=error))
            continue
        except Exception as error:
            from curator.crashes import unexpected

            said.append(Written(task.target, error=unexpected(error, task.provenance.path, "the writer")))
            continue
        target = os.path.join(root, *task.target.split("/"))
        if not _holds(target, made.data):
            write_shared(target, made.data, sync=False)
        digest = sha256(made.data).hexdigest()
        said.append(Written(task.target, digest, len(made.data), made.content, made.header))
    return said


def _holds(target: str, data: bytes) -> bool:
    """Whether these bytes are there already: what a killed export, or one without a manifest, has left."""
    try:
        descriptor = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return False
    with open(descriptor, "rb") as file:
        return os.fstat(descriptor).st_size == len(data) and file.read(len(data) + 1) == data
