"""Metadata as FITS can hold it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from curator.calibrations.fits.cards import canonical_value, fits_name, header_cards
from curator.errors import CalibrationError


def test_short_keywords_are_upper_case_and_long_ones_keep_theirs() -> None:
    names = [fits_name(key) for key in ("raftName", "bfk_VERSION", "DETECTOR", "a.b")]
    assert names == ["RAFTNAME", "bfk_VERSION", "DETECTOR", "a.b"]


def test_spellings_that_agree_become_one_card() -> None:
    assert header_cards({"RAFTNAME": "R22", "raftName": "R22"}) == [("RAFTNAME", "R22")]
    assert header_cards({"DEFECTS_SCHEMA": "x", "defects_SCHEMA": "x"}) == [("DEFECTS_SCHEMA", "x")]


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_spelling_that_says_nothing_gives_way(nothing: object) -> None:
    assert header_cards({"RAFTNAME": nothing, "raftName": "R22"}) == [("RAFTNAME", "R22")]
    assert header_cards({"raftName": "R22", "RAFTNAME": nothing}) == [("RAFTNAME", "R22")]
    assert header_cards({"defects_SCHEMA": nothing}) == [("defects_SCHEMA", nothing)]


def test_spellings_that_differ_are_refused_by_name() -> None:
    with pytest.raises(CalibrationError, match="RAFTNAME is 'R22', but raftName is 'R01'") as caught:
        header_cards({"RAFTNAME": "R22", "raftName": "R01"})
    assert caught.value.keyword == "raftName"


def test_notes_and_serialized_columns_are_no_content() -> None:
    assert header_cards({"HISTORY": ["x"], "History": "y", "__serialized_columns__": {"a": {}}, "A": 1}) == [
        ("A", 1)
    ]


@pytest.mark.parametrize(
    "key", ["NAXIS", "naxis1", "TTYPE12", "XTENSION", "EXTNAME", "COMMENT", "CHECKSUM", "END"]
)
def test_keywords_of_fits_itself_are_refused(key: str) -> None:
    with pytest.raises(CalibrationError, match="reserved in FITS"):
        header_cards({key: 1})


@pytest.mark.parametrize("key", [1, True, None, "", " ", (1, 2)])
def test_keys_that_are_no_text_are_refused(key: object) -> None:
    with pytest.raises(CalibrationError, match="is not a keyword"):
        header_cards({key: 1})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 3), "2020-01-02T03:00:00"),
        ((2, 2), [2, 2]),
        ([], []),
        (["a"], "a"),
        ([None, "a"], [None, "a"]),
        (np.float64(1.5), 1.5),
        (True, True),
    ],
)
def test_values_become_what_fits_gives_back(value: object, expected: Any) -> None:
    found = canonical_value("KEY", value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), {"a": 1}, [[1]], [1, float("nan")], b"raw", {1}, object(), [{"a": 1}]],
)
def test_values_that_fits_cannot_hold_are_refused_by_keyword(value: object) -> None:
    with pytest.raises(CalibrationError, match=r"^KEY: ") as caught:
        header_cards({"KEY": value})
    assert caught.value.keyword == "KEY"
