from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from editing.texts import NOW

from curator.calibrations.time.time_scales import from_tai
from curator.calibrations.types.types import all_types
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.editing.new.new import NewFile, new
from curator.errors import CuratorError, EditingError, UsageError
from curator.formats.read import read_document
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

Template = Callable[..., Path]
START = datetime(2025, 4, 30, 12)
TYPES = [one.name for one in all_types()]


def begin(folder: Path, type_name: str, **options: object) -> NewFile:
    options = {"start": START, "now": NOW} | options
    return new(Repository.find(folder), type_name, **options)  # type: ignore[arg-type]


def dimensions(type_name: str) -> dict[str, str]:
    (one,) = (one for one in all_types() if one.name == type_name)
    wanted = {"detector": one.has_detector, "physical_filter": one.has_filter}
    return {key: {"detector": "S01", "physical_filter": "r_01"}[key] for key, has in wanted.items() if has}


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_a_new_file_of_any_type_lacks_nothing_but_its_content(template: Template, profile: str) -> None:
    folder = template(profile)
    for name in TYPES:
        made = begin(folder, name, **dimensions(name))
        assert made.certified
        assert made.path.endswith(("20250430T120000.ecsv", "20250430T120000.yaml"))
    tree = Repository.find(folder).worktree()
    found = check(tree, load_config(tree)).findings
    assert [(one.code, one.path, one.message) for one in found if one.severity == "error"] == []
    # Zeros everywhere, or one value: nobody has measured anything yet.
    assert {one.code for one in found} <= {"CUR328", "CUR346", "CUR362"}
    assert all("20250430T120000" in one.path for one in found)


def test_the_header_says_what_the_profile_asks_for(template: Template) -> None:
    folder = template("dmtn148")
    path = begin(folder, "transmission_system", **dimensions("transmission_system")).path
    assert path == "myCam/transmission_system/s01/r_01/20250430T120000.ecsv"
    header = read_document(path, (folder / path).read_bytes()).header
    assert header["INSTRUME"] == "myCam"
    assert (header["DETECTOR"], header["DET_NAME"], header["FILTER"]) == (1, "S01", "r_01")
    assert header["CALIBDATE"] == "2025-04-30T12:34:56"
    assert (header["CALIB_CREATION_DATE"], header["CALIB_CREATION_TIME"]) == ("2025-04-30", "12:34:56")
    assert header["VALIDSTART"] == "2025-04-30T12:00:00"


def test_obs_base_dates_a_file_by_its_start(template: Template) -> None:
    folder = template("obs_base")
    path = begin(folder, "defects", detector="S01").path
    header = read_document(path, (folder / path).read_bytes()).header
    assert header["CALIBDATE"] == "2025-04-30T12:00:00"
    assert header["FILTER"] is None
    assert "VALIDSTART" not in header


def test_nobody_certifies_by_accident(template: Template) -> None:
    folder = template("dmtn148")
    unsaid = begin(folder, "defects", detector="S01", start=None)
    assert unsaid == ("myCam/defects/s01/20250430T123456.ecsv", False)
    asked = begin(folder, "defects", detector="S01", certified=False)
    assert not asked.certified
    for made in (unsaid, asked):
        assert "VALIDSTART" not in read_document(made.path, (folder / made.path).read_bytes()).header


def test_where_the_name_certifies_a_file_must_have_a_start(
    template: Template, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = template("obs_base")
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*.ecsv"))
    for words in (
        ["defects", "--detector", "S01"],
        ["defects", "--detector", "S01", "--uncertified"],
        ["--supersede", "myCam/defects/s00/20200101T000000.ecsv"],
    ):
        assert main(["new", *words]) == 2
        assert "a start of validity is missing" in capsys.readouterr().err
    assert sorted(folder.rglob("*.ecsv")) == before


@pytest.mark.parametrize("name", ["S11", "s11", "3"])
def test_a_detector_is_known_by_name_or_id(template: Template, name: str) -> None:
    assert begin(template(), "defects", detector=name).path.startswith("myCam/defects/s11/")


@pytest.mark.parametrize(
    ("type_name", "options", "message", "hint"),
    [
        ("defect", {"detector": "S01"}, "no dataset type 'defect'", "did you mean defects?"),
        ("defects", {}, "defects depends on the detector", "--detector NAME"),
        ("defects", {"detector": "S02"}, "no detector 'S02' of myCam", "did you mean one of S00, S01?"),
        ("defects", {"detector": "9"}, "no detector '9' of myCam", "known: S00, S01, S10, S11"),
        (
            "defects",
            {"detector": "S01", "physical_filter": "g_01"},
            "does not depend on the filter",
            "remove --filter",
        ),
        ("transmission_filter", {"physical_filter": "g_1"}, "no filter 'g_1' of myCam", "did you mean g_01?"),
        ("transmission_optics", {"detector": "S01"}, "does not depend on the detector", "remove --detector"),
        ("defects", {"detector": "S01", "camera": "mycam"}, "no camera 'mycam'", "did you mean myCam?"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(
    template: Template, type_name: str, options: dict[str, str], message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        begin(template(), type_name, **options)
    assert hint in caught.value.hint


def test_of_several_cameras_one_must_be_named(template: Template) -> None:
    folder = template()
    config = folder / "curator.yaml"
    config.write_text(config.read_text() + '- "other"\n')
    with pytest.raises(UsageError, match="has several cameras") as caught:
        begin(folder, "transmission_optics")
    assert caught.value.hint == "--camera myCam or other"
    assert begin(folder, "transmission_optics", camera="myCam").path.startswith("myCam/")
    assert begin(folder, "defects", detector="S01").path.startswith("myCam/")  # no other camera has it


def test_what_is_there_is_never_written_over(template: Template) -> None:
    folder = template()
    path = begin(folder, "defects", detector="S01").path
    (folder / path).write_text("mine")
    with pytest.raises(EditingError, match="the file already exists"):
        begin(folder, "defects", detector="S01")
    assert (folder / path).read_text() == "mine"
    (folder / path).unlink()
    (folder / path).symlink_to("nowhere")
    with pytest.raises(CuratorError):
        begin(folder, "defects", detector="S01")
    assert os.readlink(folder / path) == "nowhere"


def test_nothing_is_written_through_a_link(template: Template, tmp_path: Path) -> None:
    folder = template()
    (tmp_path / "outside").mkdir()
    (folder / "myCam/defects/s01").symlink_to(tmp_path / "outside")
    with pytest.raises(CuratorError, match="symbolic link"):
        begin(folder, "defects", detector="S01")
    assert not list((tmp_path / "outside").iterdir())


def test_content_can_be_taken_from_the_file_before(template: Template) -> None:
    folder = template()
    old = folder / "myCam/manual_defects/s00/20200101T000000.ecsv"
    old.write_text(old.read_text().replace("# - {SOURCE", "# - {HISTORY: [an old note]}\n# - {SOURCE"))
    path = begin(folder, "manual_defects", detector="S00", source=str(old)).path
    text = (folder / path).read_text()
    assert text.endswith("# satellite trail burnt in on 2019-12-21\n120 88 3 410\n")
    header = read_document(path, text.encode()).header
    assert header["VALIDSTART"] == "2025-04-30T12:00:00"
    assert header["CALIBDATE"] == "2025-04-30T12:34:56"
    assert header["SOURCE"] == "seen by eye"
    assert "HISTORY" not in header
    tree = Repository.find(folder).worktree()
    assert not check(tree, load_config(tree)).findings


@pytest.mark.parametrize("type_name", [name for name in TYPES if name != "camera"])
def test_a_copy_of_the_example_is_as_good_as_the_example(template: Template, type_name: str) -> None:
    folder = template("obs_base")
    (source,) = sorted((folder / "myCam" / type_name).rglob("*.*"))[:1]
    names = {"detector": "S00", "physical_filter": "g_01"}
    options = {key: names[key] for key in dimensions(type_name)}
    path = begin(folder, type_name, source=str(source), **options).path
    tree = Repository.find(folder).worktree()
    assert not check(tree, load_config(tree)).findings
    from curator.calibrations.types.base import read_text

    old, made = read_text(str(source), source.read_bytes()), read_text(path, (folder / path).read_bytes())
    for one, other in zip(old.tables(), made.tables(), strict=True):
        for mine, theirs in zip(one.columns, other.columns, strict=True):
            assert (mine.name, mine.array.tolist()) == (theirs.name, theirs.array.tolist())


def test_content_of_another_detector_is_not_taken(template: Template) -> None:
    folder = template()
    source = str(folder / "myCam/defects/s00/20200101T000000.ecsv")
    with pytest.raises(UsageError, match="its detector is s00, not s01"):
        begin(folder, "defects", detector="S01", source=source)
    with pytest.raises(UsageError, match="its dataset type is defects, not manual_defects"):
        begin(folder, "manual_defects", detector="S00", source=source)


def test_the_path_is_printed_and_what_is_missing_said(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    words = ["-C", str(folder), "new", "defects", "--detector", "S01"]
    assert main([*words, "--start", "2025-04-30T12:00:37", "--scale", "tai"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("myCam/defects/s01/20250430T120000.ecsv\n", "")
    assert main([*words, "--start", "20250501T000000", "--uncertified"]) == 0
    said = capsys.readouterr()
    assert said.out == "myCam/defects/s01/20250501T000000.ecsv\n"
    assert said.err.startswith("not certified")


@pytest.mark.parametrize(
    "start", ["yesterday", "2025-04-30T12:00:00Z", "2025-04-30T12:00:00.5", "2025", "20251301T000000"]
)
def test_a_start_that_is_no_moment_in_utc_is_refused(
    template: Template, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template()
    assert main(["-C", str(folder), "new", "defects", "--detector", "S01", "--start", start]) == 2
    assert "--start" in capsys.readouterr().err
    assert not (folder / "myCam/defects/s01").exists()


def test_tai_is_ahead_of_utc_by_the_leap_seconds() -> None:
    assert from_tai(datetime(2025, 4, 30, 12, 0, 37)) == datetime(2025, 4, 30, 12)
    assert from_tai(datetime(2040, 1, 1, 0, 0, 37)) == datetime(2040, 1, 1)
    assert from_tai(datetime(1972, 1, 1, 0, 0, 10)) == datetime(1972, 1, 1)


@pytest.mark.parametrize("start", ["2025-06-01", "20250601"])
def test_a_start_without_a_time_is_told_in_utc(
    template: Template, capsys: pytest.CaptureFixture[str], start: str
) -> None:
    words = ["-C", str(template("dmtn148")), "new", "defects", "--detector", "S01", "--start"]
    assert main([*words, start]) == 0
    out, said = capsys.readouterr()
    assert out == "myCam/defects/s01/20250601T000000.ecsv\n"
    assert said == (
        "starts at 2025-06-01T00:00:00 UTC; an exposure that crosses this time has no unique calibration\n"
        "  hint: choose a time when nobody observes: --start 2025-06-01THH:MM\n"
    )
    assert main([*words, "2025-06-02T00:00"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_content_that_a_new_file_ends_is_told(
    template: Template, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    words = ["-C", str(template(profile)), "new", "defects", "--detector", "S00", "--start"]
    old = "myCam/defects/s00/20200101T000000.ecsv"
    assert main([*words, "2025-06-01T12:00"]) == 0
    assert capsys.readouterr().err == (
        "20200101T000000.ecsv applies until then; the new file has none of its content\n"
        f"  hint: to keep that, remove the new file, then: curator new --supersede {old}\n"
    )
    assert main([*words, "2025-07-01T12:00"]) == 0  # what it ends has no rows
    assert main([*words, "2018-07-01T12:00"]) == 0  # it ends nothing
    assert main([*words, "2025-05-01T12:00", "--from", f"{words[1]}/{old}"]) == 0
    assert capsys.readouterr().err == ""
