"""A calibration: its metadata and its tables, read from and written to text and FITS.

The method names are those of DMTN-148, section 4.1, as their callers already use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curator.calibrations.types.read import read_fits, read_text
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, ClassVar, Self

    import numpy as np

    from curator.calibrations.cameras.camera import Detector
    from curator.calibrations.types.types import DatasetType
    from curator.formats.document import Document
    from curator.formats.fits.fits import FitsHdu, TableData

__all__ = ["Calibration", "fits_parts", "read_fits", "read_text"]


class Calibration:
    """Content of one calibration, whatever file it came from.

    Parameters
    ----------
    metadata : mapping
        Header keywords. ``HISTORY`` and ``DEPRECATED``, lists of strings, are notes about the content and no
        part of it.
    tables : sequence of TableData
        HDU1, HDU2, … in order. Units are as text writes them.
    text_format : str
        ``ecsv`` or ``yaml``: the form it was read from; empty takes the one that its type prefers.

    Raises
    ------
    CalibrationError
        From every reader and writer: naming the keyword or column that cannot be held.

    Examples
    --------
    >>> from curator.calibrations.types.defects import Defects
    >>> calib = Defects.blank({"OBSTYPE": "defects", "DETECTOR": 94})
    >>> calib.setMetadata({"INSTRUME": "LSSTCam"}, SOURCE="flats of 2025-04-30")
    >>> calib.getMetadata()["SOURCE"]
    'flats of 2025-04-30'
    >>> calib == Defects.readText(calib.to_text(), "x.ecsv")
    True
    """

    _type: ClassVar[DatasetType]
    # Columns (ECSV) or entries (YAML) by which a file of this type is known when its header does not say.
    _marks: ClassVar[tuple[str, ...]] = ()
    # What the first table is called, if not as the type; FITS does not say.
    _first: ClassVar[str] = ""
    # The form of the content that several types share; rules can ask for it.
    _family: ClassVar[str] = ""

    def __init__(
        self, metadata: Mapping[str, Any], tables: Sequence[TableData], text_format: str = ""
    ) -> None:
        self._metadata: dict[str, Any] = dict(metadata)
        self._tables = list(tables)
        self._format = text_format

    # Metadata

    def getMetadata(self) -> dict[str, Any]:
        """Return the metadata; what is changed in it will be written."""
        return self._metadata

    def setMetadata(self, metadata: Mapping[str, Any] | None = None, **keywords: Any) -> None:
        """Update the metadata with a mapping, and with keywords."""
        self._metadata.update(metadata or {})
        self._metadata.update(keywords)

    # Text

    @classmethod
    def readText(cls, source: str | Path | bytes, path: str = "") -> Self:
        """Return the calibration that a text file holds.

        Parameters
        ----------
        source : str, Path or bytes
            The file's name, or its bytes.
        path : str
            What messages call it. Its suffix tells the format of ``bytes``.
        """
        if isinstance(source, bytes):
            raw = source
        else:
            from curator.formats.files.bounded_io import read_bounded

            raw, path = read_bounded(source), path or str(source)
        found: Self = read_text(path, raw, cls)
        return found

    def writeText(self, filename: str | Path) -> str:
        """Write a text file, ECSV or YAML by its suffix, and return its name."""
        from curator.formats.files.bounded_io import write_atomic

        name = str(filename)
        write_atomic(name, self.to_text(name.rpartition(".")[2].lower()))
        return name

    @classmethod
    def is_plain(cls, doc: Document) -> bool:
        """Whether a look, without numpy, tells that FITS holds the tables of a parsed file.

        False only means that what writes FITS must be asked.
        """
        from curator.calibrations.fits.exportable import plain_columns

        return doc.format == "ecsv" and not doc.by_astropy and plain_columns(doc.columns)

    @classmethod
    def from_document(cls, doc: Document) -> Self:
        """Return the calibration that a parsed file holds."""
        if doc.format not in cls._type.formats:
            raise CalibrationError(
                f"{cls._type.name} is written as .{' or .'.join(cls._type.formats)}, not as .{doc.format}",
                path=doc.path,
                line=1,
            )
        try:
            return cls._from_table_text(doc) if doc.format == "ecsv" else cls._from_tree_text(doc)
        except CalibrationError as error:
            doc.locate(error)
            raise

    @classmethod
    def _from_table_text(cls, doc: Document) -> Self:
        from curator.calibrations.fits.columns import fits_column
        from curator.formats.fits.fits import TableData

        columns = [fits_column(column) for column in doc.columns.values()]
        return cls(doc.header, [TableData(cls._type.name.upper(), columns)], "ecsv")

    @classmethod
    def _from_tree_text(cls, doc: Document) -> Self:
        raise CalibrationError(f"{cls._type.name} has no YAML form", path=doc.path)

    def to_text(self, text_format: str = "") -> bytes:
        """Return the calibration as text; its own format unless another of its type's is named."""
        known = self._type.formats
        wanted = text_format or self._format or known[0]
        if not text_format and wanted == "ecsv" and len(self._tables) > 1 and "yaml" in known:
            wanted = "yaml"
        if wanted not in known:
            raise CalibrationError(
                f"{self._type.name} is written as .{' or .'.join(known)}, not as .{wanted}"
            )
        return self._table_text() if wanted == "ecsv" else self._tree_text()

    def _table_text(self) -> bytes:
        from curator.calibrations.fits.columns import text_column
        from curator.formats.edit.new_file import write_ecsv

        if len(self._tables) > 1:
            raise CalibrationError(f"ECSV holds one table, this {self._type.name} has {len(self._tables)}")
        return write_ecsv(self._metadata, [text_column(column) for column in self._tables[0].columns])

    def _tree_text(self) -> bytes:
        raise CalibrationError(f"{self._type.name} has no YAML form")

    def to_tree(self) -> dict[str, Any]:
        """Return its metadata, and the columns of each of its tables, as plain lists."""
        tables = {
            table.name: {column.name: column.array.tolist() for column in table.columns}
            for table in self._tables
        }
        return {"metadata": dict(self._metadata), **tables}

    # FITS

    @classmethod
    def readFits(cls, filename: str | Path) -> Self:
        """Return the calibration that a FITS file holds, from HDU1 on."""
        found: Self = read_fits(filename, cls)
        return found

    def writeFits(self, filename: str | Path) -> str:
        """Write a FITS file without any provenance, and return its name."""
        from curator.formats.files.bounded_io import write_atomic
        from curator.formats.fits.fits import image_hdu0

        write_atomic(str(filename), image_hdu0([]) + self.fits_parts())
        return str(filename)

    def tables(self) -> list[TableData]:
        """Return the tables of HDU1, HDU2, … with units as text writes them."""
        return list(self._tables)

    @classmethod
    def from_tables(cls, hdus: Sequence[FitsHdu]) -> Self:
        """Return the calibration held by HDU1, HDU2, … of a FITS file."""
        from curator.calibrations.fits.columns import from_fits
        from curator.formats.fits.fits import TableData

        tables = [from_fits(hdu.table) for hdu in hdus if hdu.table is not None]
        if not tables:
            raise CalibrationError("no table in this file")
        first = TableData(tables[0].name or cls._first or cls._type.name.upper(), tables[0].columns)
        return cls(hdus[0].header, [first, *tables[1:]])

    @classmethod
    def from_arrays(
        cls,
        metadata: Mapping[str, Any],
        arrays: Mapping[str, np.ndarray[Any, Any]],
        units: Mapping[str, str] | None = None,
    ) -> Self:
        """Return a calibration of one table with these columns."""
        from curator.formats.fits.fits import FitsColumn, TableData

        units = units or {}
        columns = [FitsColumn(name, array, units.get(name)) for name, array in arrays.items()]
        return cls(metadata, [TableData(cls._type.name.upper(), columns)])

    @classmethod
    def blank(cls, metadata: dict[str, Any], detector: Detector | None = None) -> Self:
        """Return the calibration of this type that corrects nothing, for a new file to begin with."""
        raise CalibrationError(f"a new {cls._type.name} needs an existing file to copy")

    def fits_parts(self) -> bytes:
        """Return HDU1, HDU2, …: the same bytes for the same content, on any machine.

        Metadata stands in HDU1, where readers look for it.
        """
        from curator.calibrations.fits.cards import header_cards
        from curator.calibrations.fits.columns import to_fits
        from curator.formats.fits.fits import table_hdu

        parts = []
        cards = header_cards(self._metadata)
        for number, table in enumerate(self._tables):
            # In HDU1 the name would be read as metadata.
            parts.append(table_hdu(to_fits(table, "" if number == 0 else table.name), cards))
            cards = []
        return b"".join(parts)

    # Content

    def content_digest(self) -> str:
        """Return the SHA-256 of its HDU1, HDU2, …: what it says, without where it came from."""
        import hashlib

        return hashlib.sha256(self.fits_parts()).hexdigest()

    def __eq__(self, other: object) -> bool:
        """Return whether type, content of the metadata and tables are equal; NaN equals NaN.

        Descriptions of columns are notes about the content and no part of it.
        """
        if not isinstance(other, Calibration) or self._type is not other._type:
            return NotImplemented if not isinstance(other, Calibration) else False
        from curator.calibrations.fits.columns import same_tables

        return self._cards() == other._cards() and same_tables(self._tables, other._tables)

    __hash__ = None  # type: ignore[assignment]  # content can change

    def _cards(self) -> dict[str, tuple[str, Any]]:
        from curator.calibrations.fits.cards import header_cards

        # 1, 1.0 and True are equal in Python, and different cards.
        cards = header_cards(self._metadata)
        return {name.lower(): (_kinds(value), value) for name, value in cards}

    def __repr__(self) -> str:
        rows = "+".join(str(len(table.columns[0].array)) for table in self._tables)
        return f"<{type(self).__name__} with {rows} rows>"


def _kinds(value: Any) -> str:
    return ",".join(type(one).__name__ for one in value) if isinstance(value, list) else type(value).__name__


def fits_parts(calib: Calibration) -> bytes:
    """Return HDU1, HDU2, … of a calibration; see `Calibration.fits_parts`."""
    return calib.fits_parts()
