"""The headers of processed images, as Rubin's ISR and Butler write them, in files of other programs."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curator.calibrations.fits.used_calibrations import UsedCalibration, read_image_inputs
from curator.errors import CuratorError
from curator.formats.fits.cards import cards_bytes, header_block

UUID = "0b5b2a52-3f5c-5d2e-8d0c-5a2f3c1f9b7a"
RUN = "TestCam/calib/curated/19700101T000000/1"
CARDS = {
    "LSST CALIB UUID DEFECTS": UUID,
    "LSST CALIB RUN DEFECTS": RUN,
    "LSST CALIB DATE DEFECTS": "2025-04-30 12:00:00 UTC",
    "LSST CALIB RUN CCDEXPOSURE": "TestCam/raw/all",
}
USED = (
    UsedCalibration("CCDEXPOSURE", "", "TestCam/raw/all"),
    UsedCalibration("DEFECTS", UUID, RUN, "2025-04-30 12:00:00 UTC"),
)


def header(cards: dict[str, str] = CARDS) -> fits.Header:
    found = fits.Header()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that these are HIERARCH cards
        for name, value in cards.items():
            found[f"HIERARCH {name}"] = value
    return found


def image(path: Path, *hdus: fits.PrimaryHDU) -> str:
    fits.HDUList(list(hdus)).writeto(path)
    return str(path)


def plain(cards: bytes, structure: bytes = b"") -> bytes:
    lead = structure or b"".join(
        f"{key:8}= {value:>20}".ljust(80).encode()
        for key, value in (("SIMPLE", "T"), ("BITPIX", "8"), ("NAXIS", "0"))
    )
    return header_block(lead + cards)


def test_cards_of_the_primary_header_are_read(tmp_path):
    pixels = fits.ImageHDU(np.zeros((40, 50), np.float32))
    name = image(tmp_path / "a.fits", fits.PrimaryHDU(header=header()), pixels)
    assert read_image_inputs(name).used == USED


def test_cards_of_a_compressed_image_are_read_behind_data(tmp_path):
    packed = fits.CompImageHDU(np.arange(2000.0, dtype=np.float32).reshape(40, 50), header=header())
    name = image(tmp_path / "a.fits", fits.PrimaryHDU(np.zeros((30, 30))), packed)
    assert read_image_inputs(name).used == USED


def test_a_long_run_continues_on_the_next_card(tmp_path):
    run = "LSSTCam/calib/DM-49832/a.collection.of.a.rather.long.name/flatGen-i.20250430a/20250430T120000Z"
    cards = cards_bytes([("LSST CALIB RUN FLAT", run), ("LSST CALIB UUID FLAT", "it's unknown")])
    assert b"CONTINUE" in cards
    (tmp_path / "a.fits").write_bytes(plain(cards))
    assert read_image_inputs(str(tmp_path / "a.fits")).used == (UsedCalibration("FLAT", "it's unknown", run),)


def test_inputs_that_a_butler_wrote_are_added_where_isr_is_silent(tmp_path):
    more = {
        "LSST BUTLER INPUT 0 ID": UUID,
        "LSST BUTLER INPUT 0 DATASETTYPE": "defects",
        "LSST BUTLER INPUT 1 ID": UUID.replace("0", "1"),
        "LSST BUTLER INPUT 1 RUN": "a/run",
        "LSST BUTLER INPUT 1 DATASETTYPE": "bfk",
        "LSST BUTLER INPUT 1 CALIB DATE": "2025-05-01",
    }
    name = image(tmp_path / "a.fits", fits.PrimaryHDU(header=header(CARDS | more)))
    bfk = UsedCalibration("BFK", UUID.replace("0", "1"), "a/run", "2025-05-01")
    assert read_image_inputs(name).used == (bfk, *USED)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not a FITS file"),
        (b"\x1f\x8b\x08 more", "gunzip"),
        (b"SIMPLE  =                    T".ljust(80) * 36, "has no end"),
        (b"SIMPLE  =                    T", "has no end"),
        (plain(b"", b"SIMPLE  =                    T".ljust(80) + b"NAXIS   = -1".ljust(80)), "NAXIS is -1"),
    ],
)
def test_what_is_no_fits_file_is_said(tmp_path, data, message):
    (tmp_path / "a.fits").write_bytes(data)
    with pytest.raises(CuratorError) as found:
        read_image_inputs(str(tmp_path / "a.fits"))
    assert message in f"{found.value} {found.value.hint}"
    assert str(tmp_path) in str(found.value)


def test_a_file_that_counts_more_than_it_has_is_read_as_far_as_it_goes(tmp_path):
    structure = b"".join(
        f"{key:8}= {value:>20}".ljust(80).encode()
        for key, value in (("SIMPLE", "T"), ("BITPIX", "64"), ("NAXIS", "1"), ("NAXIS1", str(10**11)))
    )
    (tmp_path / "a.fits").write_bytes(plain(cards_bytes(CARDS.items()), structure))
    assert read_image_inputs(str(tmp_path / "a.fits")).used == USED


def test_nothing_but_a_file_is_opened(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", ""):
        with pytest.raises(CuratorError):
            read_image_inputs(str(tmp_path / name))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, 2879), st.booleans())
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path, noise, at, is_cut):
    whole = plain(cards_bytes(CARDS.items()))
    data = whole[:at] + noise + (b"" if is_cut else whole[at + len(noise) :])
    path = tmp_path / "a.fits"
    path.write_bytes(data)
    try:
        found = read_image_inputs(str(path))
    except CuratorError as error:
        said = [error.message]
    else:
        said = [one.name for one in found.used] or ["nothing"]
    assert all(said)


@pytest.mark.parametrize("spelling", ["{}", "{{{}}}", "urn:uuid:{}"])
@pytest.mark.parametrize("is_short", [False, True])
def test_every_spelling_of_an_id_is_the_same_id(tmp_path, spelling, is_short):
    id_ = "3dfd0b44-5f5b-5c2a-9d0c-2f6a2b8a1c11"
    text = spelling.format(id_.replace("-", "") if is_short else id_)
    cards = {
        "LSST CALIB UUID DEFECTS": text.upper() if "urn" not in text else text,
        "LSST BUTLER INPUT 0 ID": id_,
    }
    (tmp_path / "a.fits").write_bytes(plain(cards_bytes(cards.items())))
    assert [(one.name, one.uuid) for one in read_image_inputs(str(tmp_path / "a.fits")).used] == [
        ("DEFECTS", id_)
    ]
