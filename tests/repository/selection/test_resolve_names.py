from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from repository.made import Made, camera

from curator.errors import FormatError, UsageError
from curator.repository.layout.config import load_config
from curator.repository.selection.exposures import Exposure, read_exposures
from curator.repository.selection.required_types import Requirement, requirements_of
from curator.repository.selection.resolve_names import Resolver, request_of

WHEN = datetime(2025, 5, 14, 3, 30)


@pytest.fixture
def resolver(made: Made) -> Resolver:
    made.write("curator.yaml", "schema_version: 1\nrepository: r\nprofile: obs_base\ncameras: [testCam]\n")
    made.write("testCam/camera/20200101T000000.yaml", camera("testCam", "D1", "D2"))
    return Resolver(load_config(made.repo.worktree()))


def exposure(detector: str = "", physical_filter: str = "", name: str = "") -> Exposure:
    return Exposure("", name, detector, physical_filter, WHEN, WHEN)


def test_a_detector_is_known_by_name_in_any_case_and_by_id(resolver):
    for name in ("D2", "d2", "1"):
        found = request_of(exposure(name), resolver, "defects")
        assert (found.camera, found.detector, found.physical_filter) == ("testCam", "D2", None)


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        (exposure("D9"), "defects", "testCam has no detector 'D9'"),
        (exposure(), "defects", "defects depends on the detector"),
        (exposure("D1"), "defekts", "there is no dataset type 'defekts'"),
        (exposure("D1", name="other"), "defects", "there is no camera 'other'"),
        (exposure("D1", "zz"), "transmission_filter", "testCam has no filter 'zz'"),
        (exposure("D1"), "transmission_filter", "transmission_filter depends on the filter"),
    ],
)
def test_an_unknown_name_is_refused_with_what_is_known(resolver, asked, kind, said):
    with pytest.raises(UsageError, match=said) as caught:
        request_of(asked, resolver, kind)
    assert caught.value.hint


HELD = {("testCam", "camera"), ("testCam", "defects"), ("testCam", "transmission_filter")}


def asked(need: Requirement) -> list[tuple[str, str | None]]:
    return [(one.dataset_type, one.detector) for one in need.requests()]


def test_an_exposure_without_a_detector_is_of_all_of_them_by_id(resolver):
    (both, one), _ = requirements_of([exposure(), exposure("d2")], resolver, HELD, ["defects", "camera"])
    assert asked(both) == [("defects", "D1"), ("defects", "D2"), ("camera", None)]
    assert asked(one) == [("defects", "D2"), ("camera", None)]


def test_types_of_which_there_is_nothing_are_only_asked_about_by_name(resolver):
    (need,), left = requirements_of([exposure("D1")], resolver, HELD - {("testCam", "transmission_filter")})
    assert asked(need) == [("camera", None), ("defects", "D1")]
    assert ("testCam", "qe_curve") in left.absent
    assert ("testCam", "defects") not in left.absent
    assert not left.is_unsaid
    (need,), left = requirements_of([exposure("D1")], resolver, HELD, ["qe_curve"])
    assert asked(need) == [("qe_curve", "D1")]
    assert not left.absent


def test_an_exposure_without_a_filter_needs_nothing_of_filters_where_others_name_one(resolver):
    (bias,), left = requirements_of([exposure("D1")], resolver, HELD)
    assert asked(bias) == [("camera", None), ("defects", "D1")]
    assert left.unfiltered == {("testCam", "transmission_filter"): 1}
    assert left.is_unsaid
    (_, bias), left = requirements_of([exposure("D1", "g 6"), exposure("D1")], resolver, HELD)
    assert asked(bias) == [("camera", None), ("defects", "D1")]
    assert left.unfiltered == {("testCam", "transmission_filter"): 1}
    assert not left.is_unsaid


def test_a_filter_is_only_looked_up_where_something_is_kept_per_filter(resolver):
    (need,), _ = requirements_of([exposure("D1", "zz")], resolver, HELD, ["defects"])
    assert asked(need) == [("defects", "D1")]
    with pytest.raises(UsageError, match="no filter 'zz'") as caught:
        requirements_of([replace(exposure("D1", "zz"), path="e.csv", line=7)], resolver, HELD)
    assert (caught.value.path, caught.value.line) == ("e.csv", 7)


ECSV = b"""# %ECSV 1.0
# ---
# datatype:
# - {name: visit, datatype: int64}
# - {name: date_obs, datatype: string}
# - {name: exptime, datatype: float64}
# schema: astropy-2.0
visit date_obs exptime
7 2025-05-14T03:30:00 30.0
"""


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("e.csv", b"\xef\xbb\xbfvisit,Date,exptime\r\n7,2025-05-14T03:30:00,30\r\n"),
        ("e.csv", b"# made by hand\nid, date ,end\n7,2025-05-14T03:30,2025-05-14T03:30:30\n"),
        ("e.csv", b"id,date,date_end\n7,2025-05-14T03:30:00Z,2025-05-14T03:30:30.000Z\n"),
        ("e.csv", b"id,MJD-OBS,exptime\n7,60809.14583333333,30\n"),
        ("e.ecsv", ECSV),
    ],
)
def test_tables_are_read_by_what_their_columns_are_called(path, raw):
    (found,) = read_exposures(path, raw)
    assert (found.name, found.begin, found.end) == ("7", WHEN, datetime(2025, 5, 14, 3, 30, 30))


def test_dates_in_tai_are_37_seconds_ahead():
    (found,) = read_exposures("e.csv", b"date\n2025-05-14T03:30:37\n", scale="tai")
    assert found.begin == WHEN


def test_a_leap_second_within_an_exposure_is_one_of_its_seconds():
    table = b"date,exptime\n2016-12-31T23:59:50,30\n2016-12-31T12:00:00,30\n"
    assert [one.end for one in read_exposures("e.csv", table)] == [
        datetime(2017, 1, 1, 0, 0, 19),
        datetime(2016, 12, 31, 12, 0, 30),
    ]


@pytest.mark.parametrize(
    ("raw", "line", "said"),
    [
        (b"", 1, "empty"),
        (b"when\n2025-05-14\n", 1, "no column of dates"),
        (b"date,exptime\n2025-05-14,30\n2025-05-15\n", 3, "1 cells, but 2 columns"),
        (b"date\n2025-05-14\n\nyesterday\n", 4, "'yesterday' is not a date"),
        (b"date,exptime\n2025-05-14,soon\n", 2, "not an exposure time"),
        (b"date,exptime\n2025-05-14,1e99\n", 2, "not an exposure time"),
        (b"date,exptime\n2025-05-14,nan\n", 2, "not an exposure time"),
        (b"date,Date\n2025-05-14,2025-05-15\n", 1, "several columns date"),
        (b"mjd\n60809\nabout 60809\n", 3, "not a Modified Julian Date"),
        (b"mjd\n1e99\n", 2, "not a Modified Julian Date"),
        (b"mjd\n60809.25\n2460809.75\n", 3, "'2460809.75' is a Julian Date"),
        (b"mjd\nnan\n", 2, "not a Modified Julian Date"),
        (b"date\n2025-05-14T00:00:00+01:00\n", 2, "has a time zone"),
        (b"date,end\n2025-05-14,2025-05-13\n", 2, "ends"),
        (b"date,end\n2025-05-14,2035-05-13\n", 2, "lasts 3651 days"),
        (b"date\n\xff\n", 0, "not a CSV"),
    ],
)
def test_a_table_that_will_not_do_is_refused_with_its_line(raw, line, said):
    with pytest.raises(FormatError, match=said) as caught:
        read_exposures("e.csv", raw)
    assert (caught.value.path, caught.value.line or 0) == ("e.csv", line)


def test_a_date_in_tai_has_no_z():
    with pytest.raises(FormatError, match="is in UTC, as its Z says") as caught:
        read_exposures("e.csv", b"date\n2025-05-14T03:30:37Z\n", scale="tai")
    assert caught.value.line == 2


@pytest.mark.parametrize("asked", ["utc", "tai"])
@pytest.mark.parametrize("form", ["isot", "mjd", "unix"])
@pytest.mark.parametrize("given", ["utc", "tai", "tt"])
def test_times_of_astropy_are_what_their_own_scale_says(given, form, asked):
    from io import StringIO

    from astropy.table import MaskedColumn, Table
    from astropy.time import Time

    when = Time(["2025-05-14T03:30:00", "2016-12-31T23:59:59"], scale="utc")
    dates = Time(getattr(when, given), format=form)
    table = Table({"visit": [7, 8], "date": dates, "exptime": MaskedColumn([30.0, 1.0], mask=[False, True])})
    text = StringIO()
    table.write(text, format="ascii.ecsv")
    first, second = read_exposures("e.ecsv", text.getvalue().encode(), scale=asked)
    assert abs(first.begin - WHEN) <= timedelta(microseconds=100)
    assert abs(second.begin - datetime(2016, 12, 31, 23, 59, 59)) <= timedelta(microseconds=100)
    assert (first.end - first.begin, second.end - second.begin) == (timedelta(seconds=30), timedelta())


def with_filter(text: str, name: str) -> str:
    return text.replace("filters: [", f"filters: [{{name: {name}, band: {name}, aliases: []}}, ")


def test_of_several_cameras_the_only_one_with_the_detector_or_filter_is_taken(made: Made) -> None:
    made.write("curator.yaml", "schema_version: 1\nrepository: r\nprofile: obs_base\ncameras: [one, two]\n")
    made.write("one/camera/20200101T000000.yaml", with_filter(camera("one", "D1", "R01_S11"), "r"))
    made.write("two/camera/20200101T000000.yaml", with_filter(camera("two", "D1", "E7"), "z"))
    resolver = Resolver(load_config(made.repo.worktree()))
    assert request_of(exposure("r01_s11"), resolver, "defects").camera == "one"
    assert resolver.names("", "E7", "", ()).camera == "two"
    assert resolver.names("", "D1", "z", ()).camera == "two"
    assert resolver.names("", "", "r", ()).camera == "one"
    assert resolver.names("two", "D1", "", ()).camera == "two"
    for words, message, hint in (
        (("", ""), "r has several cameras", "--camera one or two"),
        (("D1", ""), "r has several cameras with a detector 'D1'", "--camera one or two"),
        (("D1", "g 6"), "r has several cameras with a filter 'g 6'", "--camera one or two"),
        (("R01_S12", ""), "no camera of r has a detector 'R01_S12'", "did you mean R01_S11?"),
    ):
        with pytest.raises(UsageError) as caught:
            resolver.camera(exposure(*words))
        assert (caught.value.message, caught.value.hint) == (message, hint)
