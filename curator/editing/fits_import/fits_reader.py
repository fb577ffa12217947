"""Reads FITS calibrations that anyone may have written, and says what they are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from curator.calibrations.fits.stamp_reader import Stamp, stamp_in
from curator.calibrations.header.keywords import get_keyword
from curator.calibrations.types.types import all_types, find_type
from curator.editing.fits_import.split_header import HeaderParts, says_nothing, take_apart
from curator.editing.fits_import.unpack import unpacked
from curator.errors import CuratorError, EditingError, UsageError
from curator.name_lookup import suggest
from curator.repository.layout.paths import CalibPath
from curator.values import dataclass

if TYPE_CHECKING:
    from curator.calibrations.types.base import Calibration
    from curator.calibrations.types.types import DatasetType
    from curator.editing.fits_import.pending_import import PendingImport

__all__ = ["IMAGES", "Foreign", "read_foreign"]

MAX_BYTES = 1 << 28
# They are FITS images, and stay so: text can only point at them.
IMAGES = frozenset(
    ("bias", "dark", "flat", "fringe", "sky", "illumination", "straylight", "illuminationcorrection")
)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A calibration in a FITS file, as its writer left it.

    Parameters
    ----------
    name : str
        What messages call it.
    kind : DatasetType
    parts : HeaderParts
        The header of HDU1.
    first : dict
        The header of HDU0.
    sha256 : str
        Of the file, packed if it was.
    calibration : Calibration
        What the tables and `parts` hold.
    origin : CalibPath or None
        The text that it was exported from, if curator wrote it.
    """

    name: str
    kind: DatasetType
    parts: HeaderParts
    first: dict[str, Any]
    sha256: str
    calibration: Calibration
    origin: CalibPath | None = None

    def says(self, *keywords: str) -> Any:
        """Return the first of ``keywords`` that HDU1, or else HDU0, says something of."""
        for header in (self.parts.kept, self.first):
            for keyword in keywords:
                if not says_nothing(found := get_keyword(header, keyword)):
                    return found
        return None


def read_foreign(arrival: PendingImport) -> Foreign:
    """Return what a FITS file holds.

    Raises
    ------
    CuratorError
        It is no FITS file, holds no table of a known type, or contradicts itself; with the file's name.
    """
    name = arrival.name or arrival.file
    try:
        return _read(arrival, name)
    except CuratorError as error:
        error.path = name
        raise


def _read(arrival: PendingImport, name: str) -> Foreign:
    from hashlib import sha256

    from curator.formats.files.bounded_io import read_bounded
    from curator.formats.files.decode import is_lfs_pointer, lfs_pointer
    from curator.formats.fits.fits import read_fits

    data = read_bounded(os.path.realpath(arrival.file), MAX_BYTES)
    if is_lfs_pointer(data):
        raise lfs_pointer(name)
    hdus = read_fits(unpacked(data))
    first = hdus[0].header
    tables = [hdu for hdu in hdus[1:] if hdu.table is not None]
    header = tables[0].header if tables else first
    kind = _kind(arrival.declared.dataset_type, header, first, has_table=bool(tables))
    if len(tables) < len(hdus) - 1:
        raise EditingError(f"it has images beside the tables of a {kind.name}, which text cannot contain")
    stamp = _stamp(first)
    parts = take_apart(header, exact=bool(stamp))
    if stamp:
        # The notes of an export stand in HDU0.
        parts = HeaderParts(parts.kept, tuple(map(str, first.get("HISTORY") or [])))
    calib = kind.calibration(parts.kept, kind.calibration.from_tables(tables).tables())
    if stamp and calib.content_digest() != stamp.content:
        raise EditingError(
            "it has changed since the export: CONTENT in HDU0 does not match its tables and keywords",
            keyword="CONTENT",
            hint="use the file from the export, or get its text with `curator restore`",
        )
    return Foreign(
        name,
        kind,
        parts,
        first,
        sha256(data).hexdigest(),
        calib,
        CalibPath.try_parse(stamp.path) if stamp else None,
    )


def _stamp(first: Mapping[str, Any]) -> Stamp | None:
    """Return the provenance in HDU0, `None` where curator wrote none."""
    found = stamp_in(first)
    return found if all((found.repository, found.path, found.commit, found.content)) else None


def _kind(
    declared: str, header: Mapping[str, Any], first: Mapping[str, Any], *, has_table: bool
) -> DatasetType:
    obstype = get_keyword(header, "OBSTYPE")
    if says_nothing(obstype):
        obstype = get_keyword(first, "OBSTYPE")
    word = obstype.strip() if isinstance(obstype, str) else ""
    for one in (declared, word):
        if one.lower() in IMAGES:
            raise EditingError(
                f"{one} is an image: it stays FITS; text can only refer to it",
                keyword="OBSTYPE",
                value=one,
            )
    if not has_table:
        raise EditingError("it has no table: images stay FITS; text can only refer to them")
    named = _by_name(word) or _by_class(get_keyword(header, "CALIBCLS"))
    if not declared:
        if named is None and says_nothing(obstype):
            raise EditingError(
                "its dataset type is unknown: OBSTYPE is missing",
                keyword="OBSTYPE",
                hint=f"give --type, one of {', '.join(one.name for one in all_types())}",
            )
        if named is None:
            raise EditingError(
                f"OBSTYPE {obstype!r:.60} is not a known dataset type",
                keyword="OBSTYPE",
                value=obstype,
                hint="give --type",
            )
        return named
    kind = find_type(declared)
    if kind is None:
        hint = suggest(declared, [one.name for one in all_types()], limit=24)
        raise UsageError(f"there is no dataset type {declared!r}", keyword="type", value=declared, hint=hint)
    if named is not None and named is not kind and (named.calibcls != kind.calibcls or not kind.calibcls):
        raise EditingError(
            f"OBSTYPE is {word!r:.60}, which is a {named.name}, not a {kind.name}",
            keyword="OBSTYPE",
            value=word,
        )
    return kind


def _by_name(word: str) -> DatasetType | None:
    lowered = word.lower()
    for one in all_types():
        if lowered in (one.name, one.registry_name, one.obstype.lower()):
            return one if lowered else None
    return None


def _by_class(calibcls: Any) -> DatasetType | None:
    """Return the one type that a class of ip_isr is for, whichever module it is imported from."""
    if not isinstance(calibcls, str) or not calibcls.strip():
        return None
    wanted = calibcls.strip().rpartition(".")[2]
    found = [one for one in all_types() if one.calibcls.rpartition(".")[2] == wanted]
    return found[0] if len(found) == 1 else None
