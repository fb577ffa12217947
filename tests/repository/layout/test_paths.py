from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.types import all_types
from curator.repository.layout.paths import CalibPath, PathError, camera_of, is_candidate, is_stray, moment_of

NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1).filter(
    lambda name: name not in (".", "..")
)
STEMS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)).flatmap(
    lambda when: st.sampled_from(
        [
            when.strftime("%Y%m%dT%H%M%S"),
            when.strftime("%Y%m%dT%H%M"),
            when.strftime("%Y%m%dt%H%M"),
            when.strftime("%Y-%m-%dT%H:%M:%S"),
        ]
    )
)


@given(NAMES, st.sampled_from(all_types()), NAMES, NAMES, STEMS, st.sampled_from(["ecsv", "yaml"]))
def test_a_path_is_given_back_as_it_was_spelled(
    camera, dataset_type, detector, physical_filter, stem, suffix
):
    values = {"detector": detector, "physical_filter": physical_filter}
    middle = [values[dimension] for dimension in dataset_type.dimensions]
    path = "/".join([camera, dataset_type.name, *middle, f"{stem}.{suffix}"])
    parsed = CalibPath.parse(path)
    assert str(parsed) == path
    assert parsed.detector == (detector if dataset_type.has_detector else None)
    assert parsed.physical_filter == (physical_filter if dataset_type.has_filter else None)


@given(st.text())
def test_any_text_is_a_path_or_a_path_error(text):
    parsed = CalibPath.try_parse(text)
    if parsed is not None:
        assert str(parsed) == text
    else:
        with pytest.raises(PathError) as caught:
            CalibPath.parse(text)
        assert caught.value.path == text


@pytest.mark.parametrize(
    ("stem", "start"),
    [
        ("20130115T013005", datetime(2013, 1, 15, 1, 30, 5)),
        ("20130115T0130", datetime(2013, 1, 15, 1, 30)),
        ("20130115t0130", datetime(2013, 1, 15, 1, 30)),
        ("2013-01-15T01:30:05", datetime(2013, 1, 15, 1, 30, 5)),
    ],
)
def test_all_four_forms_of_a_date_are_read(stem, start):
    assert CalibPath.parse(f"decam/defects/n4/{stem}.ecsv").start == start


@pytest.mark.parametrize(
    ("path", "reason", "value"),
    [
        ("cam/defects/r/20200101T000000.fits", "suffix", ".fits"),
        ("cam/defects/r/20200101T000000", "suffix", "20200101T000000"),
        ("cam/20200101T000000.ecsv", "depth", "cam/20200101T000000.ecsv"),
        ("cam/defekts/r/20200101T000000.ecsv", "type", "defekts"),
        ("cam/defects/20200101T000000.ecsv", "dimensions", ""),
        ("cam/defects/r/g/20200101T000000.ecsv", "dimensions", "r/g"),
        ("cam/transmission_optics/r/20200101T000000.ecsv", "dimensions", "r"),
        ("cam/defects//20200101T000000.ecsv", "dimensions", ""),
        ("cam/defects/r/20201301T000000.ecsv", "date", "20201301T000000"),
        ("cam/defects/r/latest.ecsv", "date", "latest"),
    ],
)
def test_a_path_error_says_which_part_is_at_fault(path, reason, value):
    with pytest.raises(PathError) as caught:
        CalibPath.parse(path)
    assert (caught.value.reason, caught.value.value) == (reason, value)


def test_candidates_are_texts_below_a_camera_and_no_records_beside_them():
    cameras = {"cam"}
    assert is_candidate("cam/defects/r/anything.ecsv", cameras)
    assert is_candidate("cam/x.yaml", cameras)
    for path in (
        ".github/workflows/x.yaml",
        "Cam/defects/r/20200101T000000.ecsv",
        "cam",
        "cam/README.md",
        "cam/bias/20200101T000000.inputs.yaml",
        "cam/bias/20200101T000000.validation.yaml",
        "cam/bias/20200101T000000.inputs.yml",
        "cam/bias/20200101T000000.json",
    ):
        assert not is_candidate(path, cameras), path


@pytest.mark.parametrize(
    "stem",
    [
        *("20200101", "2020-01-01", "2020-W01-3", "2020W013", "20200101T00", "2020-01-01T00:00"),
        *("20200101T000000Z", "20200101T000000+02:00", "20200101T000000.5", "2020-01-01T00:00:00.25Z"),
    ],
)
def test_every_name_that_rubins_reader_takes_is_a_calibration_or_refused_with_its_meaning(stem: str) -> None:
    meant = moment_of(stem)
    assert meant is not None
    assert abs(meant - datetime(2020, 1, 1)) <= timedelta(hours=2)
    assert is_candidate(f"cam/defects/r/{stem}.ecsv", {"cam"})
    with pytest.raises(PathError) as raised:
        CalibPath.parse(f"cam/defects/r/{stem}.ecsv", "cam")
    assert raised.value.reason == "date"
    assert is_stray(f"Cam/defects/r/{stem}.ecsv", {"cam"})
    assert is_stray(f"cam/defects/r/{stem}.json", {"cam"})
    assert not is_stray(f"cam/notes/{stem}.json", {"cam"})


def test_a_text_named_by_a_date_where_none_is_read_is_a_stray():
    cameras = {"cam"}
    assert is_stray("Cam/defects/r/20200101T000000.ecsv", cameras)
    assert is_stray("20200101T000000.yaml", cameras)
    assert is_stray("cam/defects/r/20200101T000000.ECSV", cameras)
    assert is_stray("cam/defects/r/20200101T000000.yml", cameras)
    assert is_stray("cam/defects/r/20200101T000000.csv", cameras)
    assert is_stray("cam/defects/20200101T000000.TXT", cameras)
    assert is_stray("cam/defects/r/20200101T000000.json", cameras)
    assert is_stray("cam/defects/r/20200101T000000.fits.gz", cameras)
    assert is_stray("cam/defects/r/20200101T000000.ecsv.orig", cameras)
    assert is_stray("cam/defects/r/20200101T000000", cameras)
    assert not is_stray("cam/defects/r/20200101T000000.md", cameras)
    assert not is_stray("cam/defects/r/20200101T000000.inputs.yml", cameras)
    assert not is_stray("logs/20200101T000000.txt", cameras)
    assert not is_stray("cam/plots/20200101T000000.dat", cameras)
    assert not is_stray("20200101T000000.txt", cameras)
    for path in (
        "cam/defects/r/20200101T000000.ecsv",
        ".github/workflows/ci.yaml",
        "notes/20200101T000000.txt",
    ):
        assert not is_stray(path, cameras), path


def test_a_camera_may_stand_below_other_directories():
    path = "curated/pfs/transmission_filter/b1/2020-01-01T00:00:00.ecsv"
    for parsed in (CalibPath.parse(path), CalibPath.parse(path, "curated/pfs")):
        assert (parsed.camera, parsed.dataset_type, parsed.physical_filter) == (
            "curated/pfs",
            "transmission_filter",
            "b1",
        )
        assert str(parsed) == path
    assert camera_of(path, {"curated/pfs", "pfs"}) == "curated/pfs"
    assert camera_of(path, {"pfs", "curat", "curated/pf"}) == ""
    assert is_candidate(path, {"curated/pfs"})
    assert not is_candidate(path, {"pfs"})


def test_a_type_that_the_declared_camera_does_not_have_is_named():
    with pytest.raises(PathError) as caught:
        CalibPath.parse("curated/pfs/foo/defects/2020-01-01T00:00:00.ecsv", "curated/pfs")
    assert (caught.value.reason, caught.value.value) == ("type", "foo")
    with pytest.raises(PathError) as caught:
        CalibPath.parse("curated/pfs/20200101T000000.ecsv", "curated/pfs")
    assert caught.value.reason == "depth"


def test_a_camera_called_as_a_type_keeps_its_name():
    parsed = CalibPath.parse("camera/camera/20200101T000000.yaml")
    assert (parsed.camera, parsed.dataset_type) == ("camera", "camera")
