"""Packed FITS files: gzip is read within bounds, everything else is refused with what to do."""

from __future__ import annotations

import bz2
import gzip
import lzma
import warnings
import zipfile
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import pytest
from astropy.io import fits
from astropy.table import Table
from editing.foreign_files import defects, foreign_bytes
from hypothesis import given
from hypothesis import strategies as st

from curator.cli.main import main
from curator.editing.fits_import import unpack as packing
from curator.editing.fits_import.import_fits import import_files
from curator.editing.fits_import.pending_import import GivenRange, PendingImport
from curator.editing.fits_import.unpack import unpacked
from curator.errors import EditingError
from curator.formats.yaml.reader import read_yaml
from curator.repository.repository import Repository

PLAIN = foreign_bytes(defects())


def zipped() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.fits", PLAIN)
    return stream.getvalue()


def tiled() -> bytes:
    """Return a table as ``fpack -table`` leaves it, as far as its header says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        hdu = fits.table_to_hdu(Table({"x0": [1]}))
        hdu.header["ZTABLE"] = (True, "this is a compressed table")
        stream = BytesIO()
        fits.HDUList([fits.PrimaryHDU(), hdu]).writeto(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.fits.gz", "a.fits"])
def test_a_gzipped_file_becomes_the_same_text_as_a_plain_one(template, tmp_path, name):
    folder, packed = template("dmtn148"), gzip.compress(PLAIN)
    (tmp_path / "plain.fits").write_bytes(PLAIN)
    (tmp_path / name).write_bytes(packed)
    texts = []
    for day, file in enumerate(("plain.fits", name), start=1):
        arrival = PendingImport(str(tmp_path / file), range=GivenRange(datetime(2025, 5, day), None))
        (path,) = import_files(Repository.find(folder), [arrival]).written
        lines = (folder / path).read_text().splitlines()
        texts.append([line for line in lines if "2025" not in line and line[:1] != "#"])
    assert texts[0] == texts[1] != []
    record = next(folder.rglob(f"{path.rpartition('/')[2].partition('.')[0]}.inputs.y*ml"))
    assert sha256(packed).hexdigest() in str(read_yaml(record.name, record.read_bytes()).tree)


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (bz2.compress(PLAIN), "packed by bzip2", "bunzip2"),
        (lzma.compress(PLAIN), "packed by xz", "unxz"),
        (zipped(), "packed by zip", "unzip"),
        (tiled(), "compressed tile by tile", "funpack"),
        (gzip.compress(tiled()), "compressed tile by tile", "funpack"),
        (gzip.compress(b"text"), "not a FITS file", ""),
        (b"", "not a FITS file", ""),
    ],
    ids=["bzip2", "xz", "zip", "fz", "fz-gz", "gz-of-text", "empty"],
)
def test_what_is_packed_in_another_way_is_refused_with_what_to_do(data, said, hint):
    with pytest.raises(EditingError, match=said) as caught:
        unpacked(data)
    assert hint in caught.value.hint


def test_a_small_file_that_becomes_a_large_one_is_refused_in_bounded_memory(monkeypatch):
    import tracemalloc

    monkeypatch.setattr(packing, "MAX_UNPACKED", 1 << 20)
    bomb = gzip.compress(PLAIN + bytes(1 << 24))
    tracemalloc.start()
    with pytest.raises(EditingError, match="more than the 1,048,576 bytes"):
        unpacked(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


@given(at=st.integers(0, len(gzip.compress(PLAIN)) - 1), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_packed_file_is_refused_or_the_same(at, bit, cut):
    data = bytearray(gzip.compress(PLAIN))
    damaged = bytes(data[:at])
    if not cut:
        data[at] ^= 1 << bit
        damaged = bytes(data)
    try:
        found = unpacked(damaged)
    except EditingError:
        return
    assert found == PLAIN


def test_a_file_that_does_not_say_what_it_is_asks_for_its_type(template, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(template("dmtn148"))
    table = Table({name: [1] for name in ("x0", "y0", "width", "height")}, dtype=["i4"] * 4)
    table.write(tmp_path / "bare.fits.gz")
    words = ["import", str(tmp_path / "bare.fits.gz"), "--detector", "S00", "--start", "2025-05-01"]
    assert main(words) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "its dataset type is unknown: OBSTYPE is missing" in said
    assert "give --type, one of " in said
    assert "defects" in said
    assert main([*words, "--type", "defects"]) == 0
