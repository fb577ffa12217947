"""Reads a calibration of whichever type from text or FITS."""

from __future__ import annotations

from collections.abc import Mapping

from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, TypeGuard

    from curator.calibrations.types.base import Calibration
    from curator.formats.document import Document

__all__ = ["calibration_of", "read_fits", "read_text"]


def read_text(path: str, raw: bytes, calibration: type[Any] | None = None) -> Any:
    """Return the calibration in a text file's bytes.

    Parameters
    ----------
    path : str
        Its suffix is the format.
    calibration : type of Calibration, optional
        Which one it is. Without it, or with `Calibration` itself, ``OBSTYPE`` or the file's form decides.

    Returns
    -------
    Calibration

    Raises
    ------
    FormatError
        The bytes cannot be read.
    CalibrationError
        They do not hold the calibration.
    """
    from curator.formats.read import read_document

    return calibration_of(read_document(path, raw), calibration)


def calibration_of(doc: Document, calibration: type[Any] | None = None) -> Any:
    """Return the calibration in a parsed file; ``calibration`` as in `read_text`."""
    return (calibration if _is_type(calibration) else _class_of(doc)).from_document(doc)


def read_fits(source: str | Path | bytes, calibration: type[Any] | None = None) -> Any:
    """Return the calibration in a FITS file; ``calibration`` as in `read_text`."""
    from curator.formats.fits.fits import read_fits as read_hdus

    hdus = [hdu for hdu in read_hdus(source)[1:] if hdu.table is not None]
    if not hdus:
        raise CalibrationError("no table in this file", path="" if isinstance(source, bytes) else str(source))
    chosen = calibration if _is_type(calibration) else _by_obstype(hdus[0].header)
    if chosen is None:
        obstype = hdus[0].header.get("OBSTYPE")
        raise CalibrationError(
            f"OBSTYPE {obstype!r} is not a known dataset type", keyword="OBSTYPE", value=obstype
        )
    return chosen.from_tables(hdus)


def _is_type(calibration: type[Any] | None) -> TypeGuard[type[Calibration]]:
    return hasattr(calibration, "_type")


def _by_obstype(header: Mapping[str, Any]) -> type[Calibration] | None:
    from curator.calibrations.types.types import all_types

    obstype = str(header.get("OBSTYPE") or "").lower()
    for one in all_types():
        if obstype in (one.obstype.lower(), one.name):
            return one.calibration
    return None


def _class_of(doc: Document) -> type[Calibration]:
    from curator.calibrations.types.types import all_types

    if found := _by_obstype(doc.header):
        return found
    names = (
        set(doc.columns) if doc.format == "ecsv" else set(doc.tree) if isinstance(doc.tree, dict) else set()
    )
    for one in all_types():
        marks = one.calibration._marks
        if marks and names.issuperset(marks):
            return one.calibration
    raise CalibrationError(
        f"OBSTYPE {doc.header.get('OBSTYPE')!r} is not a known dataset type",
        path=doc.path,
        line=1,
        keyword="OBSTYPE",
    )
