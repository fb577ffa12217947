"""Fixtures of the export tests."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export.made import CAMERA, CONFIG, FIRST, OTHER, SECOND, Made, defects


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a repository with a camera and three defect lists, edited in three commits."""
    made = Made(tmp_path / "obs_test_data")
    made.root.mkdir()
    made.git("init", "-q", "-b", "main")
    made.write("curator.yaml", CONFIG)
    made.write("testCam/camera/20200101T000000.yaml", CAMERA)
    made.write(FIRST, defects("1 2 3 4", "5 6 7 8"))
    made.commit("Begin")
    made.write(SECOND, defects("1 2 3 4", date="2021-01-01T00:00:00"))
    made.write(OTHER, defects(detector=1))
    made.commit("Add a later list and another detector", "Ben Editor", "2021-05-02T12:00:00+00:00")
    made.write(FIRST, defects("1 2 3 4", "# hot column, seen by eye", "5 6 7 9"))
    made.commit("Mask one more pixel", "Cleo Éditrice", "2021-05-03T23:30:00-05:00")
    return made


@pytest.fixture
def open_strictly() -> Callable[[Path], list[Any]]:
    """Return a function that opens a FITS file with astropy, every warning an error, and gives its HDUs."""

    def open_(path: Path) -> list[Any]:
        from astropy.io import fits

        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with fits.open(path, checksum=True, memmap=False) as hdus:
                for number, hdu in enumerate(hdus):
                    hdu.verify("exception")
                    # 2: there is none.
                    assert hdu.verify_checksum() == (2 if number else 1)
                    assert hdu.verify_datasum() == (2 if number else 1)
                    _ = hdu.header.cards, hdu.data
                return list(hdus)

    return open_
