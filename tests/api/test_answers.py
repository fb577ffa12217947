"""Which calibration applies, and why, as values."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from astropy.table import Table
from astropy.time import Time

import curator
from curator.cli.main import main
from curator.errors import CuratorError, UsageError

WEST = timezone(timedelta(hours=-2))
OLD = "ExampleCam/defects/s00/20200101T000000.ecsv"
NEW = "ExampleCam/defects/s00/20250630T120000.ecsv"


@pytest.fixture
def repo(root: Path, capsys: pytest.CaptureFixture[str]) -> curator.CalibrationRepository:
    words = ["new", "defects", "--detector", "S00", "--start", "2025-06-30T12:00:00"]
    assert main(["-C", str(root), *words]) == 0
    capsys.readouterr()
    return curator.open(root)


def test_one_calibration_is_found(repo: curator.CalibrationRepository) -> None:
    answer = repo.select("defects", "2025-05-14T03:30:00", detector="S00")
    assert answer.status == "found"
    assert answer.calibration is not None
    assert answer.calibration.path == OLD
    assert list(answer.calibration.table["x0"]) == [0, 1022, 310, 1517]
    assert repr(answer).startswith(f"{OLD}\n  holds from 2020-01-01T00:00:00 until 2025-06-30T12:00:00")


@pytest.mark.parametrize(
    "date",
    [
        "2025-06-30T12:00:00",
        datetime(2025, 6, 30, 12),
        datetime(2025, 6, 30, 12, tzinfo=UTC),
        datetime(2025, 6, 30, 14, tzinfo=timezone(timedelta(hours=2))),
        "2025-06-30T14:00:00+02:00",
        "2025-06-30 07:00-0500",
        Time("2025-06-30T12:00:00", scale="utc"),
        Time("2025-06-30T12:00:37", scale="tai"),
    ],
    ids=str,
)
def test_a_date_may_be_a_text_a_datetime_or_a_time(
    repo: curator.CalibrationRepository, date: str | datetime | Time
) -> None:
    answer = repo.select("defects", date, detector=0)
    assert [one.path for one in answer.calibrations] == [NEW]
    assert answer.request.begin == datetime(2025, 6, 30, 12)


def test_a_day_begins_at_midnight(repo: curator.CalibrationRepository) -> None:
    assert repo.select("defects", date(2025, 6, 30), detector="S00").request.begin == datetime(2025, 6, 30)


def test_dates_in_tai_are_37_seconds_earlier(repo: curator.CalibrationRepository) -> None:
    for moment in ("2025-06-30T12:00:36", datetime(2025, 6, 30, 12, 0, 36)):
        assert repo.select("defects", moment, detector="S00", scale="tai").calibrations[0].path == OLD


def test_an_exposure_that_two_ranges_share_is_ambiguous(repo: curator.CalibrationRepository) -> None:
    for length in ({"exptime": 30.0}, {"end": "2025-06-30T12:00:20"}):
        answer = repo.select("defects", "2025-06-30T11:59:50", detector="S00", **length)  # type: ignore[arg-type]
        assert (answer.status, answer.calibration) == ("ambiguous", None)
        assert [one.path for one in answer.calibrations] == [OLD, NEW]


def test_why_says_why_each_other_calibration_does_not_apply(repo: curator.CalibrationRepository) -> None:
    explained = repo.why("defects", "2025-05-14", detector="S00")
    assert explained.reasons == {NEW: "begins 2025-06-30T12:00:00 UTC: 47 days later"}
    lines = repr(explained).splitlines()
    assert lines[0] == OLD
    assert lines[-3:] == ["not chosen:", f"  {NEW}", "    begins 2025-06-30T12:00:00 UTC: 47 days later"]
    assert "47 days later" in explained._repr_html_()


def test_values_are_what_the_verbs_print(
    repo: curator.CalibrationRepository, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--type", "defects", "--detector", "S00", "--date", "2025-05-14"]
    assert main(["-C", str(root), "why", *words, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    explained = repo.why("defects", "2025-05-14", detector="S00")
    assert {"version": 1, **explained.to_dict()} == printed


def test_nothing_valid_is_no_error(repo: curator.CalibrationRepository) -> None:
    answer = repo.select("defects", "2019-01-01", detector="S00")
    assert (answer.status, answer.calibration, len(answer.calibrations)) == ("none", None, 0)
    assert repr(answer) == "no certified defects of detector S00 is valid at 2019-01-01T00:00:00 UTC"
    assert repr(repo.select("defects", "2025-01-01", detector="S01")) == (
        "S01 has no defects; 1 other detector has it"
    )


def test_overrides_choose_instead(repo: curator.CalibrationRepository, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "overrides.yaml"
    file.write_text(
        "schema_version: 1\noverrides:\n"
        f"- dataset_type: defects\n  detector: S00\n  calibration: {NEW}\n  reason: <b>why</b>\n"
    )
    answer = repo.why("defects", "2025-05-14", detector="S00", overrides=file)
    assert [one.path for one in answer.calibrations] == [NEW]
    assert [one.reason for one in answer.overrides] == ["<b>why</b>"]
    assert "<b>why</b>" in repr(answer)
    assert "&lt;b&gt;why" in answer._repr_html_()
    file.write_text("[")
    with pytest.raises(CuratorError):
        repo.select("defects", "2025-05-14", detector="S00", overrides=file)
    with pytest.raises(CuratorError, match="cannot be read"):
        repo.select("defects", "2025-05-14", detector="S00", overrides=tmp_path / "absent.yaml")


def test_mistakes_name_arguments_of_python(repo: curator.CalibrationRepository) -> None:
    def mistake(*args: object, **kwargs: object) -> tuple[str, str]:
        with pytest.raises(UsageError) as raised:
            repo.select(*args, **kwargs)  # type: ignore[arg-type]
        return raised.value.message, raised.value.hint

    assert mistake("defects", "2025-05-14") == ("defects depends on the detector", "detector=NAME")
    assert mistake("transmission_filter", "2025-05-14")[1] == "physical_filter=NAME"
    message, _ = mistake("defects", "2025-05-14", detector="S00", end="2025-05-15", exptime=3)
    assert message == "end and exptime cannot be used together"
    assert mistake("defects", "2025-13-14", detector="S00")[0].startswith("date: ")
    assert mistake("defects", 60809.5, detector="S00")[0] == "date: 60809.5 is not a date"
    for moment in (
        "2025-05-14T00:00:00+99:00",
        "0001-01-01T00:00:00+02:00",
        datetime.max.replace(tzinfo=WEST),
    ):
        assert mistake("defects", moment, detector="S00")[0].startswith("date: ")
    assert "has a time zone" in mistake("defects", "2025-05-14T00:00+02:00", detector="S00", scale="tai")[0]
    assert mistake("defects", "2025-05-14", detector="S00", scale="tt")[1] == "utc or tai"
    assert mistake("defects", "2025-05-14", detector="S00", exptime=-1)[0].startswith("the exposure ends")


def test_a_table_of_exposures_is_answered_row_by_row(
    repo: curator.CalibrationRepository, tmp_path: Path
) -> None:
    dates = ["2025-05-14T03:30:00", "2025-07-01T03:30:00"]
    table = Table({"exposure": ["a", "b"], "date": dates, "detector": ["S00", "S00"]})
    found = repo.select_exposures(table, "defects")
    assert [(one.exposure.name, one.calibrations[0].path) for one in found] == [("a", OLD), ("b", NEW)]
    table.write(tmp_path / "night.csv")
    read = repo.select_exposures(tmp_path / "night.csv", "defects")
    assert [one.answer for one in read] == [one.answer for one in found]
    assert list(found.to_table()["path"]) == [OLD, NEW]
    assert found.to_dicts()[0]["date"] == datetime(2025, 5, 14, 3, 30)
    assert repr(found).startswith("2 answers: 2 found, 0 none, 0 ambiguous\nexposure  date (UTC)")
    everything = repo.select_exposures(table)
    assert {one.request.dataset_type for one in everything[:4]} == {"bfk", "camera", "crosstalk", "defects"}
    assert "(physical_filter=NAME, or type for each type that you want)" in everything.skipped[0]
    assert "skipped for 2 exposures" in everything._repr_html_()
    assert len(repo.select_exposures(table, [])) == 0
    with pytest.raises(CuratorError, match="no column of dates"):
        repo.select_exposures(Table({"detector": ["S00"]}))
    with pytest.raises(UsageError, match="exposures cannot be a dict") as raised:
        repo.select_exposures({"date": dates})  # type: ignore[arg-type]
    assert "an astropy Table" in raised.value.hint


def test_a_file_that_cannot_be_read_is_said_wherever_it_may_be_the_answer(
    repo: curator.CalibrationRepository, root: Path
) -> None:
    (root / NEW).unlink()
    (root / OLD).write_text(f"<<<<<<< ours\n{(root / OLD).read_text()}=======\n>>>>>>> theirs\n")
    night = Table({"date": ["2025-05-14"], "detector": ["S00"]})
    for said in (
        repo.select("defects", "2025-05-14", detector="S00"),
        repo.why("defects", "2025-05-14", detector="S00"),
        repo.select_exposures(night, "defects"),
        repo.select_exposures(night, "defects")[0],
        repo.coverage(type="defects"),
        repo.coverage(type="defects")[:0],
        repo.calibrations(type="defects"),
    ):
        assert [error.path for error in said.problems] == [OLD]
        assert repr(said).endswith(f"\n1 file cannot be read: {OLD}")
        assert OLD in said._repr_html_()
    for other in (
        repo.select("crosstalk", "2025-05-14", detector="S00"),
        repo.select_exposures(night, "crosstalk"),
        repo.coverage(type="defects", detector="S01"),
        repo.calibrations(type="crosstalk"),
    ):
        assert other.problems == ()
        assert "cannot be read" not in repr(other)
    assert [error.path for error in repo.coverage().problems] == [OLD]
