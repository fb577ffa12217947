"""A Gen2 registry in a folder, what look-ups find in it, and exports for it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.export.manifest.manifest import DetectorRecord, FilterRecord, InstrumentRecord
from curator.repository.layout.gen2_layout import Gen2Layout

from ..conftest import DETECTORS, FILTERS, OTHER_COMMIT, Calib, ingest
from .stack import NoResults, look_up

LATER = "2020-01-01T00:00:00"
TWO = (Calib(1, end=LATER), Calib(2, start=LATER, sha="2" * 40))
# The later one was edited in place: the same data ID and start, another commit and content.
EDITED = (TWO[0], Calib(3, start=LATER, sha="3" * 40))
OTHER = {"name": "second", "commit": OTHER_COMMIT}


@dataclass(frozen=True)
class Gen2:
    """A registry in a folder of its own."""

    path: Path

    @property
    def target(self) -> str:
        return f"gen2:{self.path}"

    @property
    def file(self) -> Path:
        return self.path / "calibRegistry.sqlite3"

    def ingest(self, export: Path, label: str = "a", **options: Any) -> Any:
        return ingest(export, self.target, label, **options)

    def found(self, observed: str = "2021-06-01T12:00:00", ccd: int = 94, table: str = "defects") -> str:
        """Return the digest of what a look-up of the stack leads to, empty if to nothing."""
        try:
            file = look_up(self.path, table, observed, ccd=ccd)
        except NoResults:
            return ""
        stamp = read_stamp(str(file))
        assert stamp is not None, file
        return stamp.content

    def sql(self, text: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self.file)) as connection, connection:
            return connection.execute(text, values).fetchall()

    def state(self) -> tuple[Any, ...]:
        """Return every row and every file, to compare with what is there later."""
        with closing(sqlite3.connect(self.file)) as connection:
            rows = tuple(connection.iterdump())
        files = {
            str(one.relative_to(self.path)): hashlib.sha256(one.read_bytes()).hexdigest()
            for one in self.path.rglob("*.fits")
        }
        return rows, files


def digest(calib: Calib) -> str:
    return str(calib.content().content_digest())


def with_layout(**options: Any) -> dict[str, Any]:
    """Return the fields of a manifest whose camera has a layout of its own."""
    record = InstrumentRecord(
        "TestCam",
        tuple(DetectorRecord(id_, name) for name, id_ in DETECTORS.items()),
        tuple(FilterRecord(name, band) for name, band in FILTERS.items()),
        replace(Gen2Layout(), **options),
    )
    return {"instruments": (record,)}
