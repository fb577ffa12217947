"""Rules about headers and places, where their examples cannot show it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checks.overlay import check_tree

from curator.checks.fixing.parse_loose_dates import iso, read_moment, zone_of
from curator.checks.model.finding import Finding

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
CAMERA = "ExampleCam/camera/20200101T000000.yaml"


@pytest.fixture
def tree(templates: dict[str, Path], tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(templates["obs_base"], tmp_path / "tree", ignore=shutil.ignore_patterns(".git"))
    )


def spoil(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new, 1))


def said(root: Path) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in findings(root)]


def findings(root: Path) -> tuple[Finding, ...]:
    return tuple(one for one in check_tree(root).findings if one.severity != "info")


def test_a_camera_that_cannot_be_read_is_said_once_and_nothing_follows_from_it(tree: Path) -> None:
    spoil(tree, CAMERA, "aliases: []", "aliases: [Other]")
    for path in (DEFECTS, "ExampleCam/crosstalk/s00/20200101T000000.ecsv"):
        spoil(tree, path, "{INSTRUME: 'ExampleCam'}", "{INSTRUME: examplecam}")
        spoil(tree, path, "instrument=ExampleCam", "instrument=Other")
    assert said(tree) == []
    spoil(tree, CAMERA, 'name: "S01", id: 1', 'name: "S01", id: 0')
    assert said(tree) == [("CUR350", "error")]


@pytest.mark.parametrize("suffix", ["csv", "txt", "dat", "json", "fits"])
def test_a_table_under_another_suffix_is_found(tree: Path, suffix: str) -> None:
    shutil.copy(tree / DEFECTS, (tree / DEFECTS).with_name(f"20210101T000000.{suffix}"))
    shutil.copy(tree / DEFECTS, tree / f"20210101T000000.{suffix}")
    (tree / DEFECTS).with_name(f"notes.{suffix}").write_text("notes\n")
    [finding] = findings(tree)
    assert (finding.code, finding.path) == ("CUR217", f"ExampleCam/defects/s00/20210101T000000.{suffix}")
    assert f"'.{suffix}'" in finding.message


@pytest.mark.parametrize(("name", "year"), [("02180101T000000", 218), ("29200101T000000", 2920)])
def test_a_file_named_by_a_year_that_cannot_be_is_found(tree: Path, name: str, year: int) -> None:
    start = f"{name[:4]}-01-01T00:00:00"
    text = (tree / DEFECTS).read_text().replace("2020-01-01T00:00:00", start)
    (tree / DEFECTS).with_name(f"{name}.ecsv").write_text(text)
    if year < 2020:
        shutil.copy(tree / CAMERA, (tree / CAMERA).with_name("02000101T000000.yaml"))
        (tree / CAMERA).with_name("02000101T000000.yaml").write_text(
            (tree / CAMERA).read_text().replace("2020-01-01T00:00:00", "0200-01-01T00:00:00")
        )
    found = [one for one in findings(tree) if one.path.startswith("ExampleCam/defects")]
    assert [(one.code, one.message) for one in found] == [("CUR126", f"the file name has the year {year}")]


def test_a_time_of_creation_with_a_zone_is_a_warning_and_its_fix_moves_the_day(tree: Path) -> None:
    text = (tree / DEFECTS).read_text()
    lines = [one for one in text.splitlines(True) if "CALIB_CREATION" not in one]
    at = next(number for number, one in enumerate(lines) if "CALIBDATE" in one and "CALIB_ID" not in one)
    lines[at:at] = [
        "# - {CALIB_CREATION_DATE: '2019-06-11'}\n",
        "# - {CALIB_CREATION_TIME: '22:44:30 HST'}\n",
    ]
    (tree / DEFECTS).write_text("".join(lines))
    [finding] = findings(tree)
    assert (finding.code, finding.severity) == ("CUR123", "warning")
    assert finding.fix is not None
    assert [one.value for one in finding.fix.edits] == ["2019-06-12", "08:44:30"]
    spoil(tree, DEFECTS, "# - {CALIBDATE", "# - {DATE: '2019-06-11T22:44:30'}\n# - {CALIBDATE")
    contradicted = [one for one in findings(tree) if one.code == "CUR123"]
    assert [one.fix for one in contradicted] == [None]


def test_a_version_of_a_later_form_asks_for_a_newer_curator(tree: Path) -> None:
    spoil(tree, DEFECTS, "DEFECTS_VERSION: 2.0", "DEFECTS_VERSION: 3.0")
    [finding] = findings(tree)
    assert (finding.code, finding.severity) == ("CUR115", "error")
    assert finding.message == "DEFECTS_VERSION is 3.0, newer than this version of curator"
    assert finding.hint == "known are 1.0, 2.0; if it is right, install a newer curator"


def test_a_directory_of_no_detector_is_told_what_to_do(tree: Path) -> None:
    (tree / "ExampleCam/defects/zebra").mkdir()
    shutil.copy(tree / DEFECTS, tree / "ExampleCam/defects/zebra")
    hints = [one.hint for one in findings(tree) if one.code == "CUR209"]
    assert hints == [
        "use an existing one, such as s00/, or add the detector to the newest file in ExampleCam/camera/"
    ]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2019-06-11T17:43:15", "2019-06-11T17:43:15"),
        ("2019-06-11T17:43:15.5", "2019-06-11T17:43:15.500000"),
        ("2019/6/1", "2019-06-01"),
        ("20190611", "2019-06-11"),
        ("20190611T1743", "2019-06-11T17:43:00"),
        ("2019-06-11 17:43:15 UTC", "2019-06-11T17:43:15"),
        ("2019-06-11T17:43:15Z", "2019-06-11T17:43:15"),
        ("2019-06-11T00:43:15+02:00", "2019-06-10T22:43:15"),
        ("2019-06-11T22:43:15 HST", "2019-06-12T08:43:15"),
        ("2019-06-11Z", "2019-06-11"),
        ("2019-06-11 HST", None),
        ("2019-06-11T17:43:15 EST", None),
        ("2019-06-11T17:43:15 TAI", None),
        ("2019-06-11T17:43:15+99:00", None),
        ("0001-01-01T00:00:00+02:00", None),
    ],
)
def test_dates_are_converted_where_they_mean_one_moment(text: str, utc: str | None) -> None:
    found = read_moment(text)
    assert found is not None
    assert (iso(found) if found.utc is not None else None) == utc


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11.06.2019",
        "06/11/2019",
        "2019-13-01",
        "2019-06-11T25:00",
        "2019-06/11",
        "2019-06-11 noon",
        "²019-06-11",
    ],
)
def test_what_is_no_date_stays_none(text: str) -> None:
    assert read_moment(text) is None
    assert zone_of(text) == ""


def test_a_calib_id_with_a_fix_says_what_is_written_and_one_without_says_what_to_look_for(tree: Path) -> None:
    spoil(tree, DEFECTS, "detector=0 ", "detector=1 ")
    [found] = findings(tree)
    assert (found.code, found.hint, found.fix is not None) == ("CUR110", "write detector=0", True)
    spoil(tree, DEFECTS, "detector=1 ", "filter=g_01 detector=1 ")
    [found] = findings(tree)
    assert found.hint == "write filter=NONE and detector=0"


def test_a_calib_id_with_the_creation_time_says_so(tree: Path) -> None:
    spoil(tree, DEFECTS, "calibDate=2020-01-01T00:00:00", "calibDate=2020-02-03T04:05:06")
    [found] = findings(tree)
    assert found.message == (
        "CALIB_ID says calibDate=2020-02-03T04:05:06, but CALIBDATE is 2020-01-01T00:00:00"
    )
    keywords = "# - {CALIB_CREATION_DATE: '2020-02-03'}\n# - {CALIB_CREATION_TIME: '04:05:06'}\n"
    lines = [line for line in (tree / DEFECTS).read_text().splitlines(True) if "CALIB_CREATION" not in line]
    at = next(number for number, line in enumerate(lines) if "CALIB_ID" in line)
    (tree / DEFECTS).write_text("".join([*lines[:at], keywords, *lines[at:]]))
    [found] = findings(tree)
    assert found.message == (
        "CALIB_ID says calibDate=2020-02-03T04:05:06, the creation time, but CALIBDATE is 2020-01-01T00:00:00"
    )
    assert found.hint == "write calibDate=2020-01-01T00:00:00"
