from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from editing.texts import NOW, git

from curator.calibrations.types.types import all_types
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.editing.new.supersede import Superseding, supersede
from curator.errors import CuratorError, EditingError, FormatError, UsageError
from curator.formats.edit.edit_header import remove_header, set_header
from curator.formats.read import read_document
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

Template = Callable[..., Path]
START = datetime(2025, 4, 30, 12)
OLD = "myCam/manual_defects/s00/20200101T000000.ecsv"
NEW = "myCam/manual_defects/s00/20250430T120000.ecsv"


def follow(folder: Path, old: str = OLD, **options: object) -> Superseding:
    options = {"start": START, "now": NOW} | options
    return supersede(Repository.find(folder), str(folder / old), **options)  # type: ignore[arg-type]


def header(folder: Path, path: str) -> dict[str, object]:
    return dict(read_document(path, (folder / path).read_bytes()).header)


def findings(folder: Path) -> list[tuple[str, str, str]]:
    tree = Repository.find(folder).worktree()
    return [(one.code, one.path, one.message) for one in check(tree, load_config(tree)).findings]


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_every_file_of_the_template_can_be_followed_and_nothing_is_wrong_then(
    template: Template, profile: str
) -> None:
    folder = template(profile)
    before = {path: path.read_bytes() for path in sorted(folder.glob("myCam/**/*.*"))}
    seen = set()
    for path in before:
        made = follow(folder, str(path.relative_to(folder)))
        assert made.certified
        assert made.notices == ()
        seen.add(made.path.split("/")[1])
    assert seen == {one.name for one in all_types()}
    assert {path: path.read_bytes() for path in before} == before
    assert findings(folder) == []


def test_only_the_lines_of_the_version_differ(template: Template) -> None:
    folder = template("dmtn148")
    old = (folder / OLD).read_bytes()
    body = "x0 y0 width height\n# seen  twice\n007 +1 02 3\n# the last\n"
    text = old.decode()
    text = text[: text.index("x0 y0 width")] + body
    (folder / OLD).write_text(text)
    assert follow(folder, now=datetime(2025, 5, 1, 1, 2, 3)).path == NEW
    made = (folder / NEW).read_text()
    assert made.endswith(body)
    gone = [line for line in text.splitlines() if line not in made.splitlines()]
    keys = {"CALIB_ID", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "CALIBDATE", "VALIDSTART"}
    assert {line.split("{")[1].split(":")[0] for line in gone} == keys
    new = [line for line in made.splitlines() if line not in text.splitlines()]
    assert new[-2:] == ["# - HISTORY:", f"#   - '2025-05-01 Ada Editor: supersedes {OLD}'"]
    assert len(new) == len(keys) + 2
    said = header(folder, NEW)
    assert said["VALIDSTART"] == "2025-04-30T12:00:00"
    assert said["CALIBDATE"] == "2025-05-01T01:02:03"
    assert said["CALIB_ID"] == "instrument=myCam detectorName=S00 detector=0 calibDate=2025-05-01T01:02:03"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "raftName=R01 detectorName=S00 detector=0 calibDate=1970-01-01T00:00:00 ccd=0 filter=None",
            "raftName=R01 detectorName=S00 detector=0 calibDate=DATE ccd=0 filter=None",
        ),
        ("detector=0 filter=g DECam c0001", "detector=0 filter=g DECam c0001 calibDate=DATE"),
        ("calibdate=2020-01-01 detector=0", "calibdate=DATE detector=0"),
        ("no pairs", "instrument=myCam detectorName=S00 detector=0 calibDate=DATE"),
        ("", "instrument=myCam detectorName=S00 detector=0 calibDate=DATE"),
    ],
)
@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_the_next_calib_id_keeps_the_keys_of_the_old_one(
    template: Template, profile: str, old: str, new: str
) -> None:
    folder = template(profile)
    (folder / OLD).write_bytes(set_header((folder / OLD).read_bytes(), OLD, {"CALIB_ID": old}))
    follow(folder)
    said = header(folder, NEW)
    assert said["CALIB_ID"] == new.replace("DATE", str(said["CALIBDATE"]))


def test_the_old_end_date_and_notes_stay_with_the_old_file(template: Template) -> None:
    folder = template("dmtn148")
    changes = {"VALIDEND": "2025-04-30T12:00:00", "DATE": "2020-01-01", "HISTORY": ["2020-01-02 Bob: mine"]}
    raw = set_header((folder / OLD).read_bytes(), OLD, changes)
    (folder / OLD).write_bytes(raw)
    assert follow(folder).notices == ()
    said = header(folder, NEW)
    assert not {"VALIDEND", "DATE"} & said.keys()
    assert said["HISTORY"] == [f"2025-04-30 Ada Editor: supersedes {OLD}"]
    assert (folder / OLD).read_bytes() == raw


def test_keywords_that_the_profile_asks_for_are_filled_in_where_the_old_file_lacks_them(
    template: Template,
) -> None:
    folder = template("dmtn148")
    raw = (folder / OLD).read_bytes()
    for key in ("CALIB_ID", "CALIBDATE", "FILTER", "DEFECTS_VERSION", "DEFECTS_SCHEMA"):
        raw = remove_header(raw, OLD, key)
    raw = set_header(raw, OLD, {"calibdate": "2019-01-01"})
    (folder / OLD).write_bytes(raw)
    follow(folder)
    said = header(folder, NEW)
    assert "calibdate" not in said
    assert (said["FILTER"], said["DEFECTS_SCHEMA"], said["DEFECTS_VERSION"]) == ("NONE", "Defects", 2.0)
    assert [one for one in findings(folder) if one[1] == NEW] == []


def test_without_a_start_it_is_named_by_now_and_not_certified(template: Template) -> None:
    folder = template("dmtn148")
    made = follow(folder, start=None)
    assert (made.path, made.certified) == ("myCam/manual_defects/s00/20250430T123456.ecsv", False)
    assert "VALIDSTART" not in header(folder, made.path)
    asked = follow(folder, certified=False)
    assert not asked.certified


def test_windows_lines_stay_windows_lines(template: Template) -> None:
    folder = template("dmtn148")
    raw = (folder / OLD).read_bytes().replace(b"\n", b"\r\n")
    (folder / OLD).write_bytes(raw)
    follow(folder)
    made = (folder / NEW).read_bytes()
    assert made.count(b"\n") == made.count(b"\r\n") > 20


def test_it_must_start_after_the_old_one(template: Template) -> None:
    folder = template("dmtn148")
    for start in (datetime(2020, 1, 1), datetime(2019, 1, 1)):
        with pytest.raises(UsageError, match="not after the old one at 2020-01-01T00:00:00") as caught:
            follow(folder, start=start)
        assert "give a later --start" in caught.value.hint
    follow(folder)
    with pytest.raises(UsageError, match="not after the old one") as caught:
        follow(folder, start=datetime(2020, 1, 1))
    assert f"the latest version is {NEW}" in caught.value.hint


def test_nothing_is_written_over(template: Template) -> None:
    folder = template("dmtn148")
    follow(folder)
    before = (folder / NEW).read_bytes()
    with pytest.raises(EditingError, match="already starts at 2025-04-30T12:00:00"):
        follow(folder, now=datetime(2026, 1, 1))
    assert (folder / NEW).read_bytes() == before
    (folder / NEW).rename(folder / NEW.replace("20250430T120000", "2025-04-30T12:00:00"))
    with pytest.raises(EditingError, match="already"):
        follow(folder)
    assert not (folder / NEW).exists()


def test_a_start_before_another_successor_is_said(template: Template) -> None:
    folder = template("dmtn148")
    follow(folder, start=datetime(2026, 1, 1))
    ((text, hint),) = follow(folder).notices
    assert text.startswith("the new file is valid only until 2026-01-01T00:00:00")
    assert hint == "to replace that file too, supersede it"


def test_a_successor_in_between_is_said(template: Template) -> None:
    folder = template("dmtn148")
    follow(folder, start=datetime(2022, 1, 1))
    follow(folder, start=datetime(2023, 1, 1), certified=False)
    ((text, hint),) = follow(folder).notices
    assert text == f"{OLD} already ended when {OLD.replace('2020', '2022')} started"
    assert "restores its content" in hint


@pytest.mark.parametrize(
    ("end", "text", "hint"),
    [
        ("2025-01-01T00:00:00", "nothing is valid from 2025-01-01T00:00:00", "--start 2025-01-01T00:00:00"),
        ("2026-01-01T00:00:00", "both files are valid from 2025-04-30T12:00:00", "remove VALIDEND"),
        ("soon", "VALIDEND 'soon' is not a date", "fix it"),
    ],
)
def test_an_end_written_into_the_old_file_must_meet_the_new_start(
    template: Template, end: str, text: str, hint: str
) -> None:
    folder = template("dmtn148")
    (folder / OLD).write_bytes(set_header((folder / OLD).read_bytes(), OLD, {"VALIDEND": end}))
    ((said, advice),) = follow(folder).notices
    assert text in said
    assert hint in advice


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("myCam/manual_defects/s00/20190101T000000.ecsv", "there is no such file"),
        ("myCam/manual_defects", "is a folder"),
        ("README.md", "is not a calibration"),
        ("curator.yaml", "is not at the path of a calibration"),
        ("../elsewhere.ecsv", "is not a file of this repository"),
        ("otherCam/defects/s00/20200101T000000.ecsv", "declares no camera in otherCam"),
        ("myCam/defects/s77/20200101T000000.ecsv", "myCam has no detector with the directory s77"),
    ],
)
def test_what_is_no_calibration_of_a_known_thing_is_refused(
    template: Template, path: str, message: str
) -> None:
    folder = template("dmtn148")
    for name in ("otherCam/defects/s00", "myCam/defects/s77"):
        (folder / name).mkdir(parents=True)
        shutil.copy(folder / OLD, folder / name)
    with pytest.raises(UsageError, match=message):
        follow(folder, path)


def test_an_unreadable_file_is_refused_and_an_unreadable_neighbour_is_not(template: Template) -> None:
    folder = template("dmtn148")
    (folder / OLD.replace("2020", "2026")).write_bytes(b"\xff\xfe")
    assert follow(folder).notices == ()
    (folder / OLD).write_text("# %ECSV 1.0\n# ---\nnot a table")
    with pytest.raises(FormatError):
        follow(folder, start=datetime(2027, 1, 1))


def test_nothing_is_read_or_written_through_a_link(template: Template, tmp_path: Path) -> None:
    folder = template("dmtn148")
    outside = tmp_path / "20200101T000000.ecsv"
    shutil.move(folder / OLD, outside)
    (folder / OLD).symlink_to(outside)
    with pytest.raises(CuratorError):
        follow(folder)
    assert not (folder / NEW).exists()


def test_the_verb_says_what_was_made(template: Template, capsys: pytest.CaptureFixture[str]) -> None:
    folder = template("dmtn148")
    words = ["-C", str(folder), "new", "--supersede", OLD]
    assert main([*words, "--start", "2025-04-30T12:00:37", "--scale", "tai"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (NEW + "\n", "")
    assert main([*words, "--start", "2024-01-01T00:00:00"]) == 0
    said = capsys.readouterr()
    assert said.out == OLD.replace("2020", "2024") + "\n"
    assert "the new file is valid only until 2025-04-30T12:00:00" in said.err
    assert "  hint: " in said.err
    git(folder, "add", "-A")
    assert main(["-C", str(folder), "check"]) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["defects"], "TYPE cannot be used with --supersede"),
        (["--detector", "S00"], "--detector cannot be used with --supersede"),
        (["--from", OLD], "--from cannot be used with --supersede"),
        (["--from-regions", "a.reg"], "--from-regions cannot be used with --supersede"),
    ],
)
def test_options_that_the_path_answers_are_refused(
    template: Template, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = template("dmtn148")
    assert main(["-C", str(folder), "new", "--supersede", OLD, *words]) == 2
    assert message in capsys.readouterr().err
    assert not (folder / NEW).exists()


def test_a_type_or_a_file_to_supersede_must_be_named(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(template()), "new", "--detector", "S00"]) == 2
    assert "TYPE is missing" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_real_files_of_every_type_can_be_followed(real_repository: Callable[[str], Path], name: str) -> None:
    from curator.calibrations.types.base import read_text
    from curator.editing.adopt.adopt import adopt
    from curator.repository.layout.paths import CalibPath

    folder = real_repository(name)
    adopt(Repository.find(folder), now=NOW)
    examples: dict[tuple[str, str, str], str] = {}
    for path in sorted(folder.rglob("*.*")):
        place = CalibPath.try_parse(str(path.relative_to(folder)))
        if place is not None:
            examples.setdefault((place.camera, place.dataset_type, place.format), str(place))
    assert len(examples) > 2
    for old in examples.values():
        made = follow(folder, old, start=datetime(2050, 1, 1), now=datetime(2050, 1, 1))
        before, after = (read_text(path, (folder / path).read_bytes()) for path in (old, made.path))
        assert [table.name for table in before.tables()] == [table.name for table in after.tables()]
        assert made.certified
