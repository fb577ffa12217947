"""Tables of exposures as observatories write them: every column is used, named or refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.repository.selection.exposure_columns import HARMLESS, MEANINGS, plain
from curator.repository.selection.exposures import Exposure, read_exposures

WHEN = datetime(2021, 1, 1, 5, 30)
MJD = "59215.22916667"
# Columns and cells as headers have them; name, detector, filter and seconds of the answer; what is not used.
LAYOUTS = {
    "rubin": (
        {
            "DATE": "2021-01-03T09:00:00", "MJD": "59217.375", "DATE-BEG": "2021-01-01T05:30:37",
            "DATE-END": "2021-01-01T05:31:10", "MJD-BEG": "59215.2295949", "TIMESYS": "TAI",
            "EXPTIME": "30.0", "DARKTIME": "30.5", "OBSID": "MC_O_20201231_000123", "DAYOBS": "20201231",
            "SEQNUM": "123", "RAFTBAY": "R22", "CCDSLOT": "S11", "FILTER": "r_57", "OBJECT": "COSMOS",
        },
        ("MC_O_20201231_000123", "R22_S11", "r_57", 33),
        ["DATE (of the file)", "MJD (of the file)", "DARKTIME (EXPTIME is)"],
    ),
    "decam": (
        {
            "DATE": "2021-01-02T00:00:00", "DATE-OBS": "2021-01-01T05:30:00.5", "TIME-OBS": "05:30:00.5",
            "MJD-OBS": MJD, "EXPNUM": "229388", "EXPTIME": "90", "CCDNUM": "1", "DETPOS": "S29",
            "FILTER": "g DECam SDSS c0001 4720.0 1520.0", "DTUTC": "2021-01-01T05:32:01",
            "PROPID": "2012B-0001",
        },
        ("229388", "S29", "g DECam SDSS c0001 4720.0 1520.0", 90),
        ["CCDNUM (DETPOS is)", "DATE (of the file)"],
    ),
    "hsc": (
        {
            "DATE-OBS": "2021-01-01", "UT": "05:30:00.00", "UT-END": "05:32:30.1", "MJD": "59215.2",
            "HST": "19:30:00", "LST": "05:00:00", "EXP-ID": "HSCE00012345", "FRAMEID": "HSCA01234500",
            "DET-ID": "50", "EXPTIME": "150.0", "FILTER01": "HSC-R",
        },
        ("HSCE00012345", "50", "HSC-R", 150),
        ["FRAMEID (EXP-ID is)", "MJD (of the file)"],
    ),
    "eso": (
        {
            "ARCFILE": "OMEGA.2021-01-01T05:30:00.000.fits", "DATE-OBS": "2021-01-01T05:30:00.0",
            "MJD-OBS": MJD, "UTC": "19800.0", "LST": "12345.6", "EXPTIME": "60.0", "CHIP": "7", "RA": "1.5",
        },
        ("OMEGA.2021-01-01T05:30:00.000.fits", "7", "", 60),
        [],
    ),
    "gemini": (
        {
            "DATE-OBS": "2021-01-01", "UT": "05:30:00.4", "UTSTART": "05:30:00.4", "UTEND": "05:35:02.0",
            "TIME-OBS": "05:30:00.4", "OBSID": "GN-2021A-Q-1-1", "DATALAB": "GN-2021A-Q-1-1-001",
            "EXPTIME": "300", "FILTER1": "open1-6", "FILTER2": "r_G0303", "INSTRUME": "GMOS-N",
        },
        ("GN-2021A-Q-1-1", "", "", 302),
        ["FILTER1", "FILTER2", "DATALAB (OBSID is)"],
    ),
    "cfht": (
        {
            "DATE-OBS": "2021-01-01", "UTC-OBS": "05:30:00.11", "UTCEND": "05:35:00.3",
            "MJD-OBS": "59215.2291680", "EXPNUM": "849375", "CCDNAME": "834175", "FILTER": "r.MP9601",
            "EXPTIME": "300.0",
        },
        ("849375", "834175", "r.MP9601", 300),
        [],
    ),
    "sdss": (
        {
            "DATE-OBS": "2021-01-01", "TAIHMS": "05:30:37.00", "RUN": "756", "CAMCOL": "1", "FRAME": "12",
            "FILTER": "r", "EXPTIME": "53.907456",
        },
        ("756", "", "r", 54),
        ["CAMCOL", "FRAME"],
    ),
    "hst": (
        {
            "ROOTNAME": "o6d10110", "DATE-OBS": "2021-01-01", "TIME-OBS": "05:30:00", "EXPSTART": MJD,
            "EXPEND": "59215.23611111", "EXPTIME": "600.0", "DETECTOR": "CCD", "FILTER": "Clear",
        },
        ("o6d10110", "CCD", "Clear", 600),
        [],
    ),
}  # fmt: skip


def read(cells: dict[str, str], **options) -> tuple[Exposure, list[str]]:
    raw = f"{','.join(cells)}\n{','.join(cells.values())}\n".encode()
    told: list[str] = []
    (found,) = read_exposures("e.csv", raw, notify=told.append, **options)
    prefix = "columns of e.csv that are not used: "
    assert all(one.startswith(prefix) for one in told)
    return found, [one for line in told for one in line.removeprefix(prefix).split(", ")]


@pytest.mark.parametrize("observatory", LAYOUTS)
def test_headers_of_an_observatory_are_read_as_it_means_them(observatory):
    cells, (name, detector, physical_filter, seconds), unused = LAYOUTS[observatory]
    found, told = read(cells)
    assert abs(found.begin - WHEN) < timedelta(seconds=1)
    assert abs((found.end - found.begin).total_seconds() - seconds) < 1
    assert (found.name, found.detector, found.physical_filter) == (name, detector, physical_filter)
    assert [one for one in unused if one not in told and not any(each.startswith(one) for each in told)] == []


@pytest.mark.parametrize("observatory", LAYOUTS)
def test_each_column_of_a_header_is_used_or_named_or_harmless(observatory):
    """Without the column, or with another value, something else is answered or told."""
    cells, *_ = LAYOUTS[observatory]
    whole = read(cells)
    for name in cells:
        if plain(name) in HARMLESS:
            continue
        rest = {key: value for key, value in cells.items() if key != name}
        for changed in (rest, {**cells, name: "1"}, {**cells, name: "99999"}):
            try:
                differs = read(changed) != whole
            except FormatError:
                differs = True
            if differs:
                break
        assert differs, name


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"date_obs": "2021-01-01T05:30:00", "mjd_obs": "59216.2"}, "but mjd_obs is 59216.2"),
        ({"date": "2021-01-01T05:30:00", "mjd": "59216.2"}, "but mjd is 59216.2"),
        ({"DATE-OBS": "2021-01-01", "MJD-OBS": "59217.1"}, "but DATE-OBS is 2021-01-01"),
        ({"DATE-OBS": "2021-01-01T05:30:00", "TIME-OBS": "06:30:00"}, "2021-01-01 with TIME-OBS"),
        ({"DATE-OBS": "2021-01-01", "UT": "05:30:00", "TIME-OBS": "07:30:00"}, "with UT"),
        ({"date_obs": "2021-01-01", "ut": "5.5"}, "'5.5' is not a time of day"),
        ({"date": "2021-01-01", "filter": "r", "physical_filter": "r_57"}, "but physical_filter is r_57"),
        ({"date": "2021-01-01", "detector": "S29", "DETPOS": "S30"}, "but DETPOS is S30"),
        ({"date": "2021-01-01", "CCDNUM": "1", "detector": "02"}, "but CCDNUM is 1"),
        ({"date": "2021-01-01", "ccd": "R22_S12", "RAFTBAY": "R22", "CCDSLOT": "S11"}, "RAFTBAY with"),
        ({"date": "2021-01-01", "RAFTBAY": "R22"}, "is half of a detector's name"),
        ({"date": "2021-01-01", "camera": "HSC", "INSTRUME": "DECam"}, "but INSTRUME is DECam"),
        ({"date": "2021-01-01T05:30:00", "end": "2021-01-01T05:30:05", "exptime": "30"}, "30 seconds from"),
        ({"date": "2021-01-01", "EXPOSURE": "300.0"}, "a time in seconds, or the number of an exposure"),
        ({"date": "2021-01-01", "EXPOSURE": "300.0", "EXPTIME": "30"}, "a time in seconds, or the number"),
        ({"DATE-OBS": "2021-01-01", "date_obs": "2021-01-01"}, "several columns DATE-OBS"),
        ({"DATE-OBS": "", "DATE": "2021-01-01"}, "DATE-OBS is empty"),
        ({"DATE-OBS": "2021-01-01", "TIMESYS": "TT"}, "TIMESYS is TT"),
        ({"DAYOBS": "20210101", "EXPNUM": "7"}, "no column of dates"),
        ({"date": "2016-12-31T23:59:60"}, "within the leap second"),
        ({"date_obs": "2016-12-31", "ut": "23:59:60.5"}, "within the leap second"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_or_may_mean_two_things_is_refused(cells, said):
    with pytest.raises(FormatError) as caught:
        read(cells)
    assert said in caught.value.message
    assert caught.value.line


def test_seconds_beside_an_exposure_time_are_no_number_of_an_exposure():
    found, _ = read({"date": "2021-01-01", "EXPOSURE": "300.0", "EXPTIME": "300", "EXPNUM": "7"})
    assert (found.name, found.end) == ("7", datetime(2021, 1, 1, 0, 5))


def test_a_time_past_midnight_is_of_the_next_day():
    found, _ = read({"DATE-OBS": "2021-01-01", "UT": "23:59:00", "UTEND": "00:01:00"})
    assert found.end == datetime(2021, 1, 2, 0, 1)


def test_the_scale_of_a_column_and_the_one_that_is_asked_for_must_agree():
    assert read({"date": "2021-01-01T05:30:37", "TIMESYS": "TAI"}, scale="tai")[0].begin == WHEN
    with pytest.raises(FormatError, match="TIMESYS is UTC"):
        read({"date": "2021-01-01T05:30:37", "TIMESYS": "UTC"}, scale="tai")


def test_an_unknown_column_is_named_and_a_harmless_one_is_not():
    assert read({"date": "2021-01-01", "RA": "1", "quality": "bad"})[1] == ["quality"]


DATES = [name for meaning in ("begin", "date") for name in MEANINGS[meaning]]


@given(
    date=st.sampled_from(DATES),
    time=st.sampled_from(MEANINGS["time"]),
    number=st.sampled_from(MEANINGS["begin_mjd"]),
    seconds=st.integers(0, 86399),
    dates_first=st.booleans(),
)
def test_day_time_and_mjd_say_one_moment_whatever_they_are_called(date, time, number, seconds, dates_first):
    if {date, time} & {"taiobs", "taihms"}:
        return
    begin = datetime(2021, 1, 1) + timedelta(seconds=seconds)
    pair = {date.upper(): "2021-01-01", time: begin.time().isoformat()}
    assert read(pair)[0].begin == begin
    if date == "date":
        return
    mjd = {number: f"{59215 + seconds / 86400:.8f}"}
    both = {**pair, **mjd} if dates_first else {**mjd, **pair}
    assert abs(read(both)[0].begin - begin) < timedelta(seconds=1)
    wrong = {**both, number: f"{59215.01 + seconds / 86400:.8f}"}
    with pytest.raises(FormatError, match="but"):
        read(wrong)


AWKWARD = (
    *("", "-1", "-0", "00", "1_0", "²", "١", "nan", "inf", "1e400", "59000", "59000.5", "86399.9999999"),
    *("0001-01-01", "0001-01-01T00:00:00", "9999-12-31", "9999-12-31T23:59:59", "2016-12-31T23:59:60"),
    *("00:00:00", "10:00:00", "23:59:60", "24:00:00", "2021-01-01", "2021-01-01T10:00:00Z", "UTC", "TAI"),
)


@given(
    st.dictionaries(
        st.sampled_from([one for each in MEANINGS.values() for one in each]), st.sampled_from(AWKWARD)
    )
)
@example({"dateobs": "9999-12-31T23:59:59", "utend": "10:00:00"})
@example({"texpstrt": "00", "utcend": "9999-12-31T23:59:59"})
@example({"dateobs": "0001-01-01T00:00:00", "timesys": "TAI"})
def test_a_row_of_any_values_is_read_or_refused_with_its_line(cells):
    refused = None
    try:
        read_exposures("table.csv", f"{','.join(cells)}\n{','.join(cells.values())}\n".encode())
    except FormatError as error:
        refused = error
    assert refused is None or refused.line
