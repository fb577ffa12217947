"""A text that is ready to be written, and whether it is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from curator.editing.fits_import.convert_content import same_content
from curator.editing.fits_import.convert_header import CREATION
from curator.editing.fits_import.input_record import OLD_SUFFIX, SUFFIX
from curator.editing.new.adjacent_versions import siblings
from curator.editing.tree_writer import refuse_existing
from curator.errors import CuratorError, EditingError

if TYPE_CHECKING:
    from curator.calibrations.types.base import Calibration
    from curator.calibrations.types.types import DatasetType
    from curator.editing.fits_import.fits_reader import Foreign
    from curator.repository.layout.config import Config
    from curator.repository.layout.paths import CalibPath
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["RenderedText", "home", "there"]


class RenderedText(NamedTuple):
    """A text, and its record.

    Parameters
    ----------
    path : CalibPath
    raw, record : bytes
    kind : DatasetType
    certified : bool
        Whether registries may use it.
    made_up : bool
        Whether nobody said when it was made, so that the moment of the import stands there.
    name : str
        What messages call its FITS file.
    """

    path: CalibPath
    raw: bytes
    record: bytes
    kind: DatasetType
    certified: bool
    made_up: bool
    name: str

    def calibration(self) -> Calibration:
        """Return what the text holds: read anew, since of thousands of files only texts are kept."""
        return _read(str(self.path), self.raw, self.kind)


def home(tree: WorkTree, config: Config, foreign: Foreign) -> str:
    """Return the text that a file was exported from, if it is here as it was then: git says when it holds."""
    path = foreign.origin
    if path is None or foreign.first["GITREPO"] != config.repository or config.camera(path.camera) is None:
        return ""
    entry = tree.find(str(path))
    if entry is None or not entry.is_file:
        return ""
    try:
        known = _read(str(path), tree.read(str(path)), foreign.kind)
        return str(path) if known.content_digest() == foreign.calibration.content_digest() else ""
    except CuratorError:
        return ""  # whatever stands there now is another text


def there(tree: WorkTree, one: RenderedText) -> str:
    """Return the text that holds the same calibration already, empty if there is none.

    Raises
    ------
    EditingError
        There is another one, or something in its way.
    """
    for other in [one.path, *siblings(tree, one.path)]:
        entry = tree.find(str(other))
        if other.start != one.path.start or entry is None or not entry.is_file:
            continue
        if _holds_same(tree, other, one):
            return str(other)
        raise EditingError(
            f"the file exists with other content ({one.name})",
            path=str(other),
            hint="remove it, or choose another --start",
        )
    refuse_existing(tree, str(one.path))
    stem = str(one.path).rpartition(".")[0]
    if tree.find(old := stem + OLD_SUFFIX) is not None:
        raise EditingError(
            "the record exists with a suffix that obs_base reads as a calibration",
            path=old,
            hint="`curator fix` renames it",
        )
    record = stem + SUFFIX
    if (entry := tree.find(record)) is not None and not (entry.is_file and tree.read(record) == one.record):
        raise EditingError("the record exists with other content", path=record)
    return ""


def _holds_same(tree: WorkTree, path: CalibPath, one: RenderedText) -> bool:
    known = _read(str(path), tree.read(str(path)), one.kind)
    mine = one.calibration()
    if one.made_up:
        # The moment of an earlier import stands in it.
        kept = {key: value for key, value in known.getMetadata().items() if key in CREATION}
        mine = type(mine)({**mine.getMetadata(), **kept}, mine.tables())
    return same_content(known, mine)


def _read(path: str, raw: bytes, kind: DatasetType) -> Calibration:
    from curator.calibrations.types.read import read_text

    found: Calibration = read_text(path, raw, kind.calibration)
    return found
