"""Header keywords: look-up, CALIB_ID, schema spellings, new headers."""

from __future__ import annotations

from datetime import datetime

import pytest
from calibrations.roundtrip import CAMERA, DETECTOR, FILTER
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.header.keywords import (
    KEYWORDS,
    compose_header,
    find_keyword,
    find_version,
    get_keyword,
    make_calib_id,
    parse_calib_id,
    schema_keywords,
)
from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.types.types import all_types, find_type
from curator.errors import CalibrationError


def test_a_keyword_is_found_whatever_its_case_but_the_exact_one_first() -> None:
    header = {"raftName": "R22", "RAFTNAME": "R01"}
    assert find_keyword(header, "RAFTNAME") == "RAFTNAME"
    assert get_keyword({"raftName": "R22"}, "RAFTNAME") == "R22"
    assert get_keyword({}, "RAFTNAME") is None


def test_every_spelling_of_the_schema_version_is_known() -> None:
    defects = find_type("defects")
    assert defects is not None
    for key in ("DEFECTS_VERSION", "defects_VERSION", "DEFECTS_SCHEMA_VERSION", "defects_version"):
        assert find_version({key: 1}, defects) == key
    assert find_version({"VERSION": 1.9}, defects) is None
    assert schema_keywords(defects)[0] == ("DEFECTS_SCHEMA", "DEFECTS_VERSION")


def test_the_values_of_a_calib_id_may_hold_blanks() -> None:
    text = (
        "instrument=DECam detector=35 filter=g DECam SDSS c0001 4720.0 1520.0 calibDate=1970-01-01T00:00:00"
    )
    parts = parse_calib_id(text)
    assert parts["filter"] == "g DECam SDSS c0001 4720.0 1520.0"
    assert parts["calibDate"] == "1970-01-01T00:00:00"
    assert make_calib_id(**parts) == text


@pytest.mark.parametrize("text", ["", "calibration of today", "detector=1 detector=2"])
def test_a_calib_id_without_pairs_or_with_a_repeated_one_is_refused(text: str) -> None:
    with pytest.raises(CalibrationError, match="CALIB_ID"):
        parse_calib_id(text)


words = st.from_regex(r"[A-Za-z0-9~._:-]+", fullmatch=True)


@given(
    st.dictionaries(
        st.from_regex(r"[a-zA-Z]+", fullmatch=True), st.lists(words, min_size=1).map(" ".join), min_size=1
    )
)
def test_a_calib_id_survives_being_written(parts: dict[str, str]) -> None:
    assert parse_calib_id(make_calib_id(**parts)) == parts


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
@pytest.mark.parametrize("dataset_type", all_types(), ids=lambda one: one.name)
def test_a_new_header_has_every_keyword_its_profile_asks_for(dataset_type, profile) -> None:  # type: ignore[no-untyped-def]
    start, created = datetime(2025, 4, 30, 12), datetime(2025, 5, 1, 13, 14, 15)
    detector = DETECTOR if dataset_type.has_detector else None
    physical_filter = FILTER if dataset_type.has_filter else None
    header = compose_header(dataset_type, CAMERA, detector, physical_filter, start, created, profile)
    assert set(profile.keywords(dataset_type)) <= header.keys()
    assert "VALIDSTART" not in header
    assert header["CALIBDATE"] == (
        "2025-05-01T13:14:15" if profile.name == "dmtn148" else "2025-04-30T12:00:00"
    )
    assert parse_calib_id(str(header["CALIB_ID"]))["instrument"] == "LSSTCam"
    assert header["OBSTYPE"] == dataset_type.obstype


def test_only_the_profile_that_needs_it_writes_the_valid_start() -> None:
    defects = find_type("defects")
    assert defects is not None
    start = datetime(2025, 4, 30, 12)
    headers = {
        name: compose_header(defects, CAMERA, DETECTOR, None, start, start, profile, certified=True)
        for name, profile in PROFILES.items()
    }
    assert headers["dmtn148"]["VALIDSTART"] == "2025-04-30T12:00:00"
    assert "VALIDSTART" not in headers["obs_base"]


def test_the_table_says_what_each_keyword_means() -> None:
    assert list(KEYWORDS)[:2] == ["OBSTYPE", "{OBSTYPE}_SCHEMA"]
    assert all(
        keyword.meaning and keyword.when in ("creation", "certification") for keyword in KEYWORDS.values()
    )
