"""A FITS file that counts without end is refused before anything believes it."""

from __future__ import annotations

import io
import random
import time
from contextlib import suppress

import pytest

from curator.errors import FormatError
from curator.formats.fits import FitsColumn, TableData, image_hdu0, read_fits, table_hdu
from curator.formats.fits_bounds import MAX_HDUS, check_structure, header_end


def _good() -> bytes:
    import numpy as np

    columns = [FitsColumn("x0", np.arange(300, dtype=np.int32)), FitsColumn("name", np.array(["a"] * 300))]
    return image_hdu0([("NOTE", "x" * 200)]) + table_hdu(TableData("T", columns), [("OBSTYPE", "defects")])


def _with(old: str, new: str) -> bytes:
    data = _good()
    at = data.index(old.encode())
    return data[:at] + new.encode().ljust(80) + data[at + 80 :]


def test_files_that_curator_and_astropy_write_pass():
    import numpy as np
    from astropy.io import fits
    from astropy.table import Table

    check_structure(_good())
    hdus = fits.HDUList(
        [fits.PrimaryHDU(np.zeros((7, 9), "f4")), fits.table_to_hdu(Table({"a": [1.5, 2.5]}))]
    )
    ragged = fits.Column("r", "PJ()", array=np.array([np.arange(3), np.arange(5)], dtype=object))
    hdus.append(fits.BinTableHDU.from_columns([ragged]))
    stream = io.BytesIO()
    hdus.writeto(stream)
    check_structure(stream.getvalue())
    assert len(read_fits(stream.getvalue())) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("NAXIS   =", "NAXIS   =           9999999999"),
        ("NAXIS   =", "naxis   = 9999999999"),
        ("NOTE    =", "HIERARCH NAXIS = 9999999999"),
        ("NAXIS   =", "NAXIS   =                   -1"),
        ("NAXIS   =", "NAXIS   =                  1E9"),
        ("TFIELDS =", "TFIELDS =            123456789"),
        ("NAXIS2  =", "NAXIS2  =            123456789"),
        ("PCOUNT  =", "PCOUNT  =     9999999999999999"),
        ("OBSTYPE =", "TFIELDS =                    1"),
        ("NOTE    =", "GROUPS  =                    T"),
    ],
)
def test_a_count_beyond_reason_is_refused_at_once(old, new):
    began = time.monotonic()
    with pytest.raises(FormatError):
        read_fits(_with(old, new))
    assert time.monotonic() - began < 5


def test_a_file_that_is_cut_off_is_refused():
    with pytest.raises(FormatError, match="cut off"):
        check_structure(_good()[:-2880])


def test_too_many_hdus_are_refused():
    with pytest.raises(FormatError, match="HDUs"):
        check_structure(image_hdu0([]) * (MAX_HDUS + 1))


def test_an_end_that_astropy_forgives_is_none():
    data = image_hdu0([]).replace(b"END ".ljust(80), b"END = T".ljust(80))
    assert header_end(data) == -1
    with pytest.raises(FormatError, match="no end"):
        read_fits(data)


def test_what_follows_the_last_hdu_is_not_read():
    assert check_structure(_good() + b"\0" * 2880) == len(_good())
    assert len(read_fits(_good() + b"\0" * 5000)) == 2


def test_a_header_without_an_end_has_none():
    assert header_end(b"SIMPLE  =                    T".ljust(2880)) == -1
    assert header_end(image_hdu0([])) == 2880


def test_any_mutation_is_read_or_refused_within_bounds():
    rng, good = random.Random(11), _good()
    words = [
        b"NAXIS   =",
        b"TFIELDS =",
        b"9999999999",
        b"HIERARCH ",
        b"TFORM1  =",
        b"999999999PJ",
        b"END     ",
    ]
    began = time.monotonic()
    for _ in range(200):
        data = bytearray(good)
        for _ in range(rng.randrange(1, 6)):
            word, at = rng.choice(words), rng.randrange(0, 8640, rng.choice([1, 10, 80]))
            data[at : at + len(word)] = word
        with suppress(FormatError):
            read_fits(bytes(data))
    assert time.monotonic() - began < 60
