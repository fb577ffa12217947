"""Cameras: look-up by name, id and directory; reading and writing their file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from calibrations.roundtrip import CAMERA, assert_nothing_is_lost, metadata, new_header, words
from hypothesis import given
from hypothesis import strategies as st
from schemata import explained

from curator.calibrations.cameras.camera import (
    Camera,
    Detector,
    Filter,
    camera_from_document,
    filter_directory,
)
from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.schema.schemas import instance, violations
from curator.calibrations.types.camera import TYPE, CameraCalibration
from curator.errors import CalibrationError
from curator.formats.read import read_document

HSC = Camera(
    "hsc",
    "HSC",
    ("HyperSuprimeCam",),
    (Detector("0_00", 73, 2048, 4176), Detector("0_01", 0), Detector("1_04", 104)),
    (
        Filter("HSC-G", "g"),
        Filter("g DECam SDSS c0001 4720.0 1520.0", "g", ("g",)),
        Filter("SDSSg_65mm~empty"),
    ),
)


def test_a_detector_is_found_by_name_first_and_by_id_only_from_digits() -> None:
    assert HSC.find_detector("0_00") is HSC.detectors[0]
    assert HSC.find_detector("73") is HSC.detectors[0]
    assert HSC.find_detector(73) is HSC.detectors[0]
    assert HSC.find_detector("104") is HSC.detectors[2]
    assert HSC.find_detector("0_0") is None
    assert HSC.find_detector("1e2") is None
    assert HSC.find_detector("٧٣") is None
    assert Camera("c", "C", detectors=(Detector("7", 1), Detector("1", 2))).find_detector("1").id == 2  # type: ignore[union-attr]


def test_directories_are_names_in_lower_case() -> None:
    assert CAMERA.detector_at("r22_s11") is CAMERA.detectors[0]
    assert CAMERA.detector_at("R22_S11") is CAMERA.detectors[0]
    assert CAMERA.detector_at("94") is None
    assert HSC.filter_at("g_decam_sdss_c0001_4720.0_1520.0") is HSC.filters[1]
    assert HSC.filter_at("sdssg_65mm~empty") is HSC.filters[2]
    assert HSC.filter_at("g") is HSC.filters[1]
    assert filter_directory("HSC-G") == "hsc-g"


def test_a_filter_is_found_by_name_or_alias_spelled_exactly() -> None:
    assert HSC.find_filter("HSC-G") is HSC.filters[0]
    assert HSC.find_filter("g") is HSC.filters[1]
    assert HSC.find_filter("hsc-g") is None


def test_an_instrument_goes_by_all_its_names_in_any_case() -> None:
    assert all(CAMERA.is_instrument(text) for text in ("lsstCam", "LSSTCAM", "lsstcomcam"))
    assert not CAMERA.is_instrument("DECam")


names = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)


@st.composite
def cameras(draw: st.DrawFn) -> Camera:
    unique = draw(st.lists(names, unique_by=str.lower, max_size=4))
    ids = draw(st.lists(st.integers(0, 10**6), unique=True, min_size=len(unique), max_size=len(unique)))
    sizes = st.integers(0, 10000)
    detectors = tuple(
        Detector(
            name,
            number,
            draw(sizes),
            draw(sizes),
            draw(words),
            tuple(draw(st.lists(names, max_size=3))),
            draw(words),
        )
        for name, number in zip(unique, ids, strict=True)
    )
    filters = tuple(
        Filter(name, draw(words), tuple(draw(st.lists(names, max_size=2))))
        for name in draw(st.lists(names, unique=True, max_size=3))
    )
    start = draw(st.none() | st.datetimes(datetime(1900, 1, 1)).map(lambda when: when.replace(microsecond=0)))
    return Camera(draw(names), "INST", tuple(draw(st.lists(names, max_size=2))), detectors, filters, start)


@given(cameras(), metadata)
def test_a_camera_survives_its_file_and_fits(camera: Camera, header: dict[str, Any]) -> None:
    text = camera.to_text({"OBSTYPE": "CAMERA", **header, "INSTRUME": "INST"})
    doc = read_document("x.yaml", text)
    assert camera_from_document(doc) == camera
    calib = CameraCalibration.from_document(doc)
    assert_nothing_is_lost(calib)
    assert camera_from_document(read_document("x.yaml", calib.to_text())) == camera


@pytest.mark.parametrize("profile", PROFILES)
def test_a_camera_file_fits_its_schema(profile: str) -> None:
    doc = read_document("x.yaml", CAMERA.to_text(new_header(TYPE, profile)))
    assert not violations("camera", instance(doc))
    assert not explained(PROFILES[profile].schema, {"header": doc.header, "dimensions": []})
    assert camera_from_document(doc) == CAMERA


def test_names_are_quoted_and_each_detector_has_its_line() -> None:
    text = HSC.to_text({"INSTRUME": "HSC"}).decode()
    assert '- {name: "1_04", id: 104, width: 0, height: 0, serial: "", amplifiers: []}' in text.splitlines()
    doc = read_document("x.yaml", text.encode())
    assert doc.at("detectors", 2).line == text[: text.index('"1_04"')].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "name: c\ndetectors:\n- {name: 1_04, id: 1}\n",
            "name must be quoted text, not 104\n  hint: .* in quotes",
        ),
        (
            "name: c\ndetectors:\n- {name: A, id: 1}\n- {name: a, id: 2}\n",
            "two detectors have the lower-cased name 'a'",
        ),
        ("name: c\ndetectors:\n- {name: A, id: 1}\n- {name: B, id: 1}\n", "two detectors have the id 1"),
        ("name: c\ndetectors:\n- {name: A}\n", "detector without an id"),
        (
            "name: c\ndetectors:\n- {name: A, id: 1.5}\n",
            "id must be a whole number, not 1.5",
        ),
        ("name: c\ndetectors: A\n", "detectors must be a list"),
        ("name: c\ndetectors: [A]\n", r"detectors\[0\] must be a mapping"),
        ("name: c\nstart: soon\n", "start: 'soon' is not a date"),
        ("detectors: []\n", "name is not given"),
        ("name: c\nfilters:\n- {name: g, aliases: [1]}\n", "aliases must be a list of quoted text"),
        ("- a\n", "name is not given"),
    ],
)
def test_what_is_wrong_in_a_camera_file_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(CalibrationError, match=message) as caught:
        camera_from_document(read_document("cam/camera/x.yaml", text.encode()))
    assert caught.value.path == "cam/camera/x.yaml"
    assert caught.value.line >= 1


def test_the_schema_knows_every_key_of_a_camera_file() -> None:
    doc = read_document(
        "x.yaml", b"metadata: {}\nname: c\ndetecters: []\ndetectors:\n- {name: A, id: 1, raft: R}\n"
    )
    messages = [violation.message for violation in violations("camera", instance(doc))]
    assert messages == ["unknown key 'raft'", "unknown entry 'detecters'; did you mean detectors?"]
