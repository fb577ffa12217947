"""A FITS file that counts without end is refused before anything believes it."""

from __future__ import annotations

import io
import random
import time
from contextlib import suppress

import pytest

from curator.errors import FormatError
from curator.formats.fits.check_structure import MAX_CARDS, MAX_HDUS, check_structure, header_end
from curator.formats.fits.fits import FitsColumn, TableData, image_hdu0, read_fits, table_hdu


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


def _table(
    width: int, rows: int, forms: list[str], heap: int = 0, data: bytes = b"", more: str = ""
) -> bytes:
    """Return a file with a table whose header says what it likes."""
    cards = ["XTENSION= 'BINTABLE'"]
    counts = {"BITPIX": 8, "NAXIS": 2, "NAXIS1": width, "NAXIS2": rows, "PCOUNT": heap, "GCOUNT": 1}
    cards += [f"{key:<8}= {value:>20}" for key, value in {**counts, "TFIELDS": len(forms)}.items()]
    cards += [f"TFORM{number:<3}= '{form}'" for number, form in enumerate(forms, 1)]
    cards += [more] if more else []
    header = "".join(card.ljust(80) for card in [*cards, "END"]).encode()
    return image_hdu0([]) + _filled(header, b" ") + _filled(data, b"\0")


def _filled(data: bytes, filler: bytes) -> bytes:
    return data + filler * (-len(data) % 2880)


def _pointers(count: int, rows: int) -> bytes:
    return (count.to_bytes(4, "big", signed=True) + bytes(4)) * rows


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_table(8, 100, ["1PJ(9)"], 2880, _pointers(700, 100) + bytes(2880)), "over each other"),
        (_table(8, 4, ["PD(9)"], 0, _pointers(1, 4)), "outside the table"),
        (_table(8, 4, ["PD(9)"], 2880, _pointers(-1, 4) + bytes(2880)), "outside the table"),
        (_table(16, 1, ["QX(9)"], 8, (1 << 62).to_bytes(8, "big") + bytes(16)), "outside the table"),
        (_table(0, 1_000_000, ["0J"]), "NAXIS2 is 1000000 for rows without width"),
        (_table(1, 6_000_000, ["1A", "0A"], 0, bytes(6_000_000)), "12,000,000 texts"),
        (_table(2, 3_000_000, ["2A"], 0, bytes(6_000_000), "TDIM1   = '(1,2)'"), "6,000,000 texts"),
        (_table(8, 1, ["1J"], 0, bytes(8)), "NAXIS1 is 8, but its columns take 4"),
        (_table(4, 1, ["1Z"], 0, bytes(4)), "not one that FITS knows"),
        (_table(4, 1, ["1J"], 0, bytes(4), "TFORM1  = '1E'"), "two formats"),
        (_table(4, 1, ["1J"], 0, bytes(4)).replace(b"'BINTABLE'", b"'BINT&'   "), "XTENSION is not a word"),
    ],
)
def test_a_table_that_unfolds_to_more_than_its_bytes_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_fits(data)


def test_headers_without_measure_are_refused():
    good = _good()
    cards = b"".join(f"K{number:07}= 1".encode().ljust(80) for number in range(MAX_CARDS))
    at = good.index(b"END     ")
    header = _filled(good[:at] + cards + b"END".ljust(80), b" ")
    with pytest.raises(FormatError, match="headers of more than 100,000 cards"):
        read_fits(header + good[good.index(b"XTENSION") :])
    at = good.rindex(b"END     ")
    with pytest.raises(FormatError, match="headers of more than 100,000 cards"):
        read_fits(good[:at] + cards + b"END".ljust(80))


def test_a_note_of_very_many_lines_is_put_together():
    good = image_hdu0([])
    at = good.index(b"END     ")
    line = b"HISTORY " + b"x" * 71 + b"\\"
    data = _filled(good[:at] + line * 30_000 + b"HISTORY end".ljust(80) + b"END".ljust(80), b" ")
    (note,) = read_fits(data)[0].header["HISTORY"]
    assert note == "x" * 71 * 30_000 + "end"
