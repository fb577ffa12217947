"""What every type's tests ask: nothing is lost between text, memory and FITS."""

from __future__ import annotations

import io
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

from astropy.io import fits
from astropy.table import Table
from astropy.units import UnitsWarning
from hypothesis import strategies as st
from schemata import explained

from curator.calibrations.cameras.camera import Camera, Detector, Filter
from curator.calibrations.header.keywords import compose_header
from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.schema.schemas import instance, violations
from curator.calibrations.types.base import Calibration, read_fits, read_text
from curator.calibrations.types.types import DatasetType, find_type
from curator.formats.fits.cards import is_structural
from curator.formats.fits.fits import image_hdu0
from curator.formats.read import read_document

DETECTOR = Detector("R22_S11", 94, 4096, 4004, "E2V-CCD250-382", ("C10", "C11", "C00", "C01"))
FILTER = Filter("g_6", "g")
CAMERA = Camera("lsstCam", "LSSTCam", ("LSSTComCam",), (DETECTOR,), (FILTER,), datetime(2025, 4, 1))

# Text as people write it in headers: any script, no line breaks.
words = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=80)
scalars = st.one_of(
    words,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.none(),
)
keys = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True).filter(
    lambda key: not is_structural(key) and key.lower() not in {"history", "metadata"}
)
metadata = st.dictionaries(keys.map(str.upper), st.one_of(scalars, st.lists(scalars, max_size=3)), max_size=5)


def fits_bytes(calib: Calibration) -> bytes:
    return image_hdu0([]) + calib.fits_parts()


def suffix(text: bytes) -> str:
    return "ecsv" if text.startswith(b"# %ECSV") else "yaml"


def assert_nothing_is_lost(calib: Calibration, formats: tuple[str, ...] = ("",)) -> None:
    """Text -> object -> FITS -> object -> text, equal at every step, and astropy content with the FITS."""
    data = fits_bytes(calib)
    from_fits = read_fits(data, type(calib))
    assert from_fits == calib
    assert from_fits.fits_parts() == calib.fits_parts()
    for text_format in formats:
        text = calib.to_text(text_format)
        from_text = read_text(f"x.{suffix(text)}", text, type(calib))
        assert from_text == calib
        assert from_text.content_digest() == calib.content_digest()
        assert read_text(f"x.{suffix(text)}", from_fits.to_text(suffix(text)), type(calib)) == calib
    with fits.open(io.BytesIO(data), checksum=True) as hdus:
        hdus.verify("exception")
        with warnings.catch_warnings():
            # Of a unit that FITS does not list, a gain's.
            warnings.filterwarnings("ignore", "'electron/adu' did not parse", UnitsWarning)
            for hdu in hdus[1:]:
                Table.read(hdu)


def assert_real_files_survive(real: Path, name: str, whole: int | None = None) -> int:
    """Every real file of a type fits its schema and loses nothing; returns how many there are.

    Of files that are very large only the first ``whole`` are written out again.
    """
    dataset_type = find_type(name)
    assert dataset_type is not None
    files = sorted(path for path in real.glob(f"*/*/{name}/**/*.*") if path.suffix in (".ecsv", ".yaml"))
    for number, file in enumerate(files):
        doc = read_document(str(file), file.read_bytes())
        assert not violations(dataset_type.schema, instance(doc)), file
        profile = {"header": doc.header, "dimensions": list(dataset_type.dimensions)}
        assert not explained("profile_obs_base", profile), file
        calib = dataset_type.calibration.from_document(doc)
        assert_nothing_is_lost(calib, (doc.format,) if whole is None or number < whole else ())
    return len(files)


def new_header(dataset_type: DatasetType, profile: str = "dmtn148") -> dict[str, Any]:
    return compose_header(
        dataset_type,
        CAMERA,
        DETECTOR if dataset_type.has_detector else None,
        FILTER if dataset_type.has_filter else None,
        datetime(2025, 4, 30, 12),
        datetime(2025, 5, 1, 13, 14, 15),
        PROFILES[profile],
        certified=True,
    )


def assert_blank_is_valid(dataset_type: DatasetType) -> Calibration:
    """A file begun from nothing fits its schema and both profiles, and loses nothing."""
    for profile in PROFILES:
        header = new_header(dataset_type, profile)
        calib = dataset_type.calibration.blank(header, DETECTOR)
        text = calib.to_text()
        doc = read_document(f"x.{suffix(text)}", text)
        assert suffix(text) == dataset_type.formats[0]
        assert not violations(dataset_type.schema, instance(doc))
        checked = {"header": doc.header, "dimensions": list(dataset_type.dimensions)}
        assert not explained(PROFILES[profile].schema, checked)
        assert header.keys() <= doc.header.keys()
        assert_nothing_is_lost(calib)
    return calib
