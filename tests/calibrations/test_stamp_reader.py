from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.fits.stamp_reader import BLOCK, Stamp, read_stamp, stamp_of


def header(*cards: str, end: str = "END") -> bytes:
    lines = [
        "SIMPLE  =                    T",
        "BITPIX  =                    8",
        "NAXIS   =                    0",
    ]
    text = "".join(line.ljust(80) for line in [*lines, *cards, end])
    return text.encode().ljust(-(-len(text) // BLOCK) * BLOCK)


values = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200)


@given(values, values, st.lists(values, max_size=3))
def test_it_reads_what_the_writer_of_stamps_writes_and_astropy_agrees(repository, path, history):
    from astropy.io import fits

    from curator.formats.fits.fits import image_hdu0, unescape

    cards = {"GITREPO": repository, "GITPATH": path, "GITSHA": "1" * 40, "CONTENT": "2" * 64}
    data = image_hdu0(
        [
            *((key, value, "comment") for key, value in cards.items()),
            *(("HISTORY", one, "") for one in history),
        ]
    )
    assert stamp_of(data).content == "2" * 64
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = fits.Header.fromstring(data)
    assert unescape(found["GITPATH"]).rstrip() == path.rstrip()
    assert stamp_of(data + b"rest of the file").content == "2" * 64


def test_a_stamp_is_read_from_a_file_whose_header_fills_many_blocks(tmp_path):
    file = tmp_path / "a.fits"
    file.write_bytes(
        header(*["HISTORY something"] * 500, "GITPATH = 'it''s / here'  / comment", "CONTENT = 'abc'")
    )
    assert read_stamp(str(file)) == Stamp(path="it's / here", content="abc")


def test_a_long_value_is_put_together(tmp_path):
    file = tmp_path / "a.fits"
    file.write_bytes(
        header(
            "GITPATH = 'testCam/defe&'", "CONTINUE  'cts/a&'", "CONTINUE  '.ecsv' / said", "CONTINUE  'no'"
        )
    )
    found = read_stamp(str(file))
    assert found is not None
    assert found.path == "testCam/defects/a.ecsv"


def test_a_fits_file_of_someone_else_has_an_empty_stamp(tmp_path):
    file = tmp_path / "a.fits"
    file.write_bytes(header("OBJECT  = 'M31'", "CONTENT =                    3"))
    assert read_stamp(str(file)) == Stamp()


@pytest.mark.parametrize("data", [b"", b"x" * 3 * BLOCK, header("A = 'b'", end="NOT"), header()[:100]])
def test_what_is_no_fits_file_has_no_stamp(tmp_path, data):
    file = tmp_path / "a.fits"
    file.write_bytes(data)
    assert read_stamp(str(file)) is None
    assert read_stamp(str(tmp_path / "none")) is None
    assert stamp_of(data).content == ""


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data):
    stamp_of(b"SIMPLE  =" + data.ljust(2 * BLOCK, b" ") + header())
    stamp_of(header()[: 3 * 80] + data.ljust(BLOCK, b" ") + b"END".ljust(BLOCK))
