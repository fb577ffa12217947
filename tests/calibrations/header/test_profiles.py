"""What each profile asks for, and what makes a file certified."""

from __future__ import annotations

from datetime import datetime

import pytest
from schemata import explained

from curator.calibrations.header.profiles import PROFILES, is_certified, valid_range
from curator.calibrations.types.types import find_type
from curator.errors import CalibrationError

START = datetime(2025, 4, 30, 12)


def test_a_file_is_certified_by_its_name_or_by_valid_start() -> None:
    assert is_certified({}, PROFILES["obs_base"])
    assert not is_certified({}, PROFILES["dmtn148"])
    assert not is_certified({"VALIDSTART": None}, PROFILES["dmtn148"])
    assert is_certified({"VALIDSTART": "2025-04-30T12:00:00"}, PROFILES["dmtn148"])


def test_the_range_ends_where_the_file_says_so() -> None:
    profile = PROFILES["obs_base"]
    assert valid_range({}, START, profile) == (START, None)
    assert valid_range({"VALIDEND": ""}, START, profile) == (START, None)
    assert valid_range({"VALIDEND": "2025-05-01"}, START, profile) == (START, datetime(2025, 5, 1))


def test_a_file_that_is_not_certified_ends_nothing() -> None:
    assert valid_range({"VALIDEND": "2025-05-01"}, START, PROFILES["dmtn148"]) == (START, None)


@pytest.mark.parametrize("end", ["2025-04-30T12:00:00", "2020-01-01", "tomorrow", 5, "2025-05-01T00:00:00Z"])
def test_an_end_that_is_no_later_date_is_refused(end: object) -> None:
    with pytest.raises(CalibrationError, match="VALIDEND") as caught:
        valid_range({"VALIDEND": end}, START, PROFILES["obs_base"])
    assert caught.value.keyword == "VALIDEND"


@pytest.mark.parametrize(
    ("profile", "name", "expected"),
    [
        ("dmtn148", "defects", {"DETECTOR", "FILTER", "DEFECTS_SCHEMA", "DEFECTS_VERSION"}),
        ("dmtn148", "transmission_optics", {"FILTER"}),
        ("obs_base", "transmission_filter", {"FILTER"}),
        ("obs_base", "defects", {"DETECTOR"}),
        ("obs_base", "transmission_atmosphere", set()),
    ],
)
def test_keywords_follow_the_dimensions(profile: str, name: str, expected: set[str]) -> None:
    dataset_type = find_type(name)
    assert dataset_type is not None
    keywords = set(PROFILES[profile].keywords(dataset_type))
    assert expected <= keywords
    assert ("DETECTOR" in keywords) == dataset_type.has_detector


GOOD = {
    "OBSTYPE": "defects",
    "INSTRUME": "LSSTCam",
    "DETECTOR": 94,
    "FILTER": None,
    "CALIBDATE": "1970-01-01T00:00:00",
}


@pytest.mark.parametrize(
    ("change", "dimensions", "path"),
    [
        ({}, ["detector"], None),
        ({"FILTER": "NONE"}, ["detector"], ("header", "FILTER")),
        ({"FILTER": ""}, ["detector"], None),
        ({"FILTER": ""}, ["detector", "physical_filter"], ("header", "FILTER")),
        ({"FILTER": "g_6"}, ["detector", "physical_filter"], None),
        ({"DETECTOR": None}, ["detector"], ("header", "DETECTOR")),
        ({"DETECTOR": "94"}, ["detector"], ("header", "DETECTOR")),
        ({"DETECTOR": None}, [], None),
    ],
)
def test_the_schema_of_obs_base_follows_its_reader(change, dimensions, path) -> None:  # type: ignore[no-untyped-def]
    found = explained("profile_obs_base", {"header": {**GOOD, **change}, "dimensions": dimensions})
    assert [violation.path for violation in found] == ([path] if path else [])


@pytest.mark.parametrize("keyword", ["INSTRUME", "OBSTYPE", "CALIBDATE", "DETECTOR"])
def test_the_schema_of_obs_base_misses_each_keyword(keyword: str) -> None:
    header = {key: value for key, value in GOOD.items() if key != keyword}
    (found,) = explained("profile_obs_base", {"header": header, "dimensions": ["detector"]})
    assert found.message == f"keyword {keyword} is missing"


def test_the_schema_of_dmtn148_wants_none_where_there_is_no_filter() -> None:
    header = {
        **GOOD,
        "CALIB_ID": "detector=94",
        "CALIB_CREATION_DATE": "2025-05-01",
        "CALIB_CREATION_TIME": "13:14:15",
        "FILTER": "NONE",
    }
    assert not explained("profile_dmtn148", {"header": header, "dimensions": ["detector"]})
    (found,) = explained(
        "profile_dmtn148", {"header": {**header, "FILTER": None}, "dimensions": ["detector"]}
    )
    assert "FILTER" in found.message
    missing = {key: header[key] for key in header if key != "CALIB_ID"}
    (found,) = explained("profile_dmtn148", {"header": missing, "dimensions": ["detector"]})
    assert found.message == "keyword CALIB_ID is missing"
