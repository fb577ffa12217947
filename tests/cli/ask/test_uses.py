"""Asking which exposures use a calibration, as it is typed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from curator.cli.main import main

FIRST = "ExampleCam/defects/s01/20250430T120000.ecsv"
SECOND = "ExampleCam/defects/s01/20250630T120000.ecsv"
NIGHT = """\
visit,date,exptime,detector
7,2025-05-14T03:30:00,30,S01
8,2025-07-01T03:30:00,30,S01
9,2025-06-30T11:59:50,30,S01
10,2025-05-14T03:30:00,30,S00
11,2020-05-14T03:30:00,30,S01
"""


@pytest.fixture
def root(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A repository with two lists of defects of S01, and a table of exposures."""
    monkeypatch.chdir(repository)
    for start in ("2025-04-30T12:00:00", "2025-06-30T12:00:00"):
        assert main(["new", "defects", "--detector", "S01", "--start", start]) == 0
    (repository / "night.csv").write_text(NIGHT)
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    subprocess.run(["git", "commit", "-q", "-m", "Begin the defects of S01"], cwd=repository, check=True)
    capsys.readouterr()
    return repository


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["uses", *words]) == status
    found = capsys.readouterr()
    assert "Traceback" not in found.err
    return found.out + found.err


def rows(text: str) -> list[tuple[str, str]]:
    return [(one["exposure"], one["status"]) for one in csv.DictReader(io.StringIO(text))]


def mask(path: str, row: str) -> None:
    with open(path, "a") as file:
        file.write(f"{row}\n")


def test_the_exposures_of_a_calibration_are_those_that_select_it(root, capsys):
    table = ("--exposures", "night.csv", "--format", "csv")
    assert main(["select", *table, "--type", "defects"]) == 1
    every = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    for path in (FIRST, SECOND, "ExampleCam/defects/s00/20200101T000000.ecsv"):
        found = list(csv.DictReader(io.StringIO(said(capsys, path, *table))))
        assert found == [one for one in every if path in one["path"].split()]
        assert found
    assert rows(said(capsys, FIRST, *table)) == [("7", "found"), ("9", "ambiguous")]


def test_the_text_counts_exposures_and_gives_dates_and_the_first_of_them(root, capsys):
    assert said(capsys, FIRST, "--exposures", "night.csv").splitlines() == [
        FIRST,
        "  holds from 2025-04-30T12:00:00 until 2025-06-30T12:00:00",
        "  2 exposures from 2025-05-14T03:30:00 to 2025-06-30T11:59:50 UTC",
        "    7  2025-05-14T03:30:00",
        "    9  2025-06-30T11:59:50",
        "  1 exposure is ambiguous: another calibration is also valid then",
        f"    {SECOND}",
    ]
    many = "".join(f"{visit},2025-05-14T03:30:00,S01\n" for visit in range(8))
    Path("many.csv").write_text(f"visit,date,detector\n{many}")
    lines = said(capsys, FIRST, "--exposures", "many.csv").splitlines()
    assert lines[2] == "  8 exposures at 2025-05-14T03:30:00 UTC"
    assert lines[-1] == "    and 3 more (--format csv lists all)"


def test_an_exposure_without_a_detector_counts_for_all_of_them(root, capsys):
    Path("night.csv").write_text("visit,date\n7,2025-05-14T03:30:00\n")
    assert rows(said(capsys, FIRST, "--exposures", "night.csv", "--format", "csv")) == [("7", "found")]


def test_a_calibration_without_a_detector_counts_each_exposure_once(root, capsys):
    camera = str(next(Path("ExampleCam/camera").glob("*.yaml")))
    Path("night.csv").write_text("visit,date,detector\n7,2025-05-14,S00\n7,2025-05-14,S01\n")
    lines = said(capsys, camera, "--exposures", "night.csv").splitlines()
    assert "  1 exposure at 2025-05-14T00:00:00 UTC" in lines
    assert lines[-1] == "  per detector: S00 1, S01 1"


def test_no_exposure_is_status_1_and_says_so(root, capsys):
    Path("old.csv").write_text("visit,date,detector\n7,2024-05-14,S01\n")
    assert "  no exposure uses it" in said(capsys, FIRST, "--exposures", "old.csv", status=1)
    assert said(capsys, FIRST, "--exposures", "old.csv", "--format", "csv", status=1).count("\n") == 1
    assert json.loads(said(capsys, FIRST, "--exposures", "old.csv", "--format", "json", status=1)) == {
        "version": 1,
        "uses": [],
        "images": [],
    }


def test_what_is_not_certified_is_used_only_by_an_override(root, capsys):
    assert main(["new", "defects", "--detector", "S01"]) == 0
    new = max(map(str, Path("ExampleCam/defects/s01").iterdir()))
    answer = said(capsys, new, "--exposures", "night.csv", status=1)
    assert "is not certified: no exposure selects it without an override" in answer
    Path("instead.yaml").write_text(
        f"schema_version: 1\noverrides:\n- dataset_type: defects\n  detector: S01\n  calibration: {new}\n"
        "  begin: 2025-05-01\n  end: 2025-06-01\n  reason: a trial\n"
    )
    words = (new, "--exposures", "night.csv", "--overrides", "instead.yaml", "--format", "csv")
    answer = said(capsys, *words)
    assert "instead.yaml:3" in answer
    assert rows(answer.partition("curator:")[0]) == [("7", "found")]


def test_a_pixel_is_masked_by_either_list_that_applies(root, capsys):
    mask(FIRST, "100 200 3 4")
    mask(SECOND, "500 600 1 1")
    assert main(["new", "manual_defects", "--detector", "S01", "--start", "2025-06-30T12:00:00"]) == 0
    mask("ExampleCam/manual_defects/s01/20250630T120000.ecsv", "100 200 1 1")
    words = ("--detector", "S01", "--exposures", "night.csv")
    answer = said(capsys, "--pixel", "100,200", *words, "--format", "csv")
    found = {(one["exposure"], one["dataset_type"]) for one in csv.DictReader(io.StringIO(answer))}
    assert found == {
        ("7", "defects"),
        ("9", "defects"),
        ("8", "manual_defects"),
        ("9", "manual_defects"),
    }
    text = said(capsys, "--pixel", "102,203", *words)
    assert text.startswith(f"{FIRST}\n")
    assert "manual_defects" not in text
    for outside in ("103,200", "100,204", "99,200", "100,199"):
        assert said(capsys, "--pixel", outside, *words, status=1) == "no exposure has this pixel masked\n"


def test_a_commit_answers_for_its_own_files(root, capsys):
    mask(FIRST, "100 200 3 4")
    words = ("--pixel", "100,200", "--detector", "S01", "--exposures", "night.csv")
    said(capsys, *words, "--rev", "HEAD", status=1)
    said(capsys, *words)
    subprocess.run(["git", "rm", "-q", "-f", SECOND], check=True)
    said(capsys, SECOND, "--exposures", "night.csv", "--rev", "HEAD")
    assert "is not one of the calibrations" in said(capsys, SECOND, "--exposures", "night.csv", status=2)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "give either the paths of calibrations or --pixel X,Y"),
        ((FIRST, "--pixel", "1,2", "--exposures", "night.csv"), "give either"),
        ((FIRST,), "no exposures given"),
        (("--pixel", "1,2", "--exposures", "night.csv"), "a pixel is one of a detector"),
        (("--pixel", "1", "--detector", "S01", "--exposures", "night.csv"), "'1' is not a pixel"),
        (("--pixel=-1,2", "--detector", "S01", "--exposures", "night.csv"), "'-1,2' is not a pixel"),
        (("--pixel", "9999,1", "--detector", "S01", "--exposures", "night.csv"), "no pixel 9999,1"),
        (("--pixel", "1,2", "--detector", "S99", "--exposures", "night.csv"), "no detector 'S99'"),
        ((FIRST.replace("0430", "043"), "--exposures", "night.csv"), f"did you mean {FIRST}?"),
        (("README.md", "--exposures", "night.csv"), "README.md is not one of the calibrations"),
        (("--headers",), "no images given"),
        (("--headers", "a.fits", "--exposures", "night.csv"), "--headers and --exposures cannot"),
        (("--headers", "night.csv"), "night.csv: is not a FITS file"),
        (("--headers", "no.fits"), "no.fits: cannot be read: No such file"),
        ((FIRST, "--exposures", "night.csv", "--output", FIRST), "this input file would be overwritten"),
    ],
)
def test_wrong_words_are_a_sentence(root, capsys, words, message):
    assert message in said(capsys, *words, status=2)


def test_a_file_that_cannot_be_read_is_said(root, capsys):
    Path(FIRST).write_text("no table\n")
    answer = said(capsys, FIRST, "--exposures", "night.csv", status=2)
    assert f"{FIRST}:" in answer


def test_the_table_is_written_to_a_file(root, capsys):
    assert said(capsys, FIRST, "--exposures", "night.csv", "--output", "found.ecsv") == ""
    assert Path("found.ecsv").read_text().startswith("# %ECSV")


@pytest.fixture
def two_cameras(root: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same repository with a second camera, whose files are copies."""
    for file in sorted(root.glob("ExampleCam/**/*")):
        if file.is_file():
            copy = root / "OtherCam" / file.relative_to(root / "ExampleCam")
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text()
            copy.write_text(text.replace("ExampleCam", "OtherCam"))
    settings = root / "curator.yaml"
    text = settings.read_text()
    settings.write_text(text.replace('- "ExampleCam"', '- "ExampleCam"\n- "OtherCam"'))
    return root


def test_exposures_without_a_camera_are_of_that_of_the_path(two_cameras, capsys):
    for path in (FIRST, FIRST.replace("ExampleCam", "OtherCam")):
        answer = said(capsys, path, "--exposures", "night.csv", "--format", "csv")
        assert rows(answer) == [("7", "found"), ("9", "ambiguous")]
        assert answer.count(path) == 2
    both = (FIRST, FIRST.replace("ExampleCam", "OtherCam"))
    assert "--camera ExampleCam or OtherCam" in said(capsys, *both, "--exposures", "night.csv", status=2)


def test_a_detector_that_only_another_camera_has_still_tells_the_camera(two_cameras, capsys):
    for file in two_cameras.glob("OtherCam/camera/*.yaml"):
        file.write_text(file.read_text().replace("S00", "T00"))
    Path("mixed.csv").write_text(f"{NIGHT}12,2025-05-14T03:30:00,30,T00\n")
    answer = said(capsys, FIRST, "--exposures", "mixed.csv", "--format", "csv")
    assert rows(answer) == [("7", "found"), ("9", "ambiguous")]


def test_another_camera_than_that_of_the_path_is_a_contradiction(two_cameras, capsys):
    answer = said(capsys, FIRST, "--exposures", "night.csv", "--camera", "othercam", status=2)
    assert answer == (
        f"curator: {FIRST} is for the camera ExampleCam, not for othercam\n"
        "  hint: remove --camera othercam, or name a calibration of othercam\n"
    )
    said(capsys, "ExampleCam/defects", "--exposures", "night.csv", "--camera", "OtherCam", status=2)
    said(capsys, FIRST, "--exposures", "night.csv", "--camera", "examplecam")
    answer = said(capsys, ".", "--exposures", "night.csv", "--camera", "OtherCam", "--filter", "r_01")
    assert "OtherCam/defects/s01" in answer
    assert "ExampleCam" not in answer


def test_a_folder_stands_for_all_calibrations_below_it(root, capsys, monkeypatch):
    each = []
    for path in (FIRST, SECOND):
        each += said(capsys, path, "--exposures", "night.csv").splitlines()
    assert (
        said(capsys, "ExampleCam/defects/s01", "--exposures", "night.csv").splitlines()[: len(each)] == each
    )
    table = ("--exposures", "night.csv", "--format", "csv")
    assert rows(said(capsys, "ExampleCam/defects/s01/", *table)) == [
        ("7", "found"),
        ("8", "found"),
        ("9", "ambiguous"),
    ]
    monkeypatch.chdir("ExampleCam/defects")
    assert SECOND in said(capsys, "s01", "--exposures", "../../night.csv")
    monkeypatch.chdir(root)
    Path("old.csv").write_text("visit,date,detector\n7,2024-05-14,S01\n")
    answer = said(capsys, "ExampleCam/defects/s01", "--exposures", "old.csv", status=1)
    assert answer.splitlines()[-1].endswith("calibrations: no exposure uses them")
    answer = said(capsys, FIRST, "ExampleCam/defects/s01", "--exposures", "old.csv", status=1)
    assert answer.startswith(f"{FIRST}\n")


def test_a_folder_that_is_none_of_calibrations_is_said_with_the_nearest(root, capsys):
    for path, hint in (("ExampleCan", "did you mean ExampleCam?"), (".git", "name a file, or a folder with")):
        answer = said(capsys, path, "--exposures", "night.csv", status=2)
        assert f"{path} is not one of the calibrations, and no folder of any" in answer
        assert hint in answer


def test_each_other_calibration_that_is_valid_then_is_named(root, capsys):
    assert main(["new", "defects", "--detector", "S01", "--start", "2025-05-30T12:00:00"]) == 0
    subprocess.run(["git", "add", "-A"], check=True)
    Path("long.csv").write_text("visit,begin,end,detector\n7,2025-05-01,2025-07-02,S01\n")
    answer = said(capsys, FIRST, "--exposures", "long.csv").splitlines()
    assert answer[-3:] == [
        "  1 exposure is ambiguous: other calibrations are also valid then",
        "    ExampleCam/defects/s01/20250530T120000.ecsv",
        f"    {SECOND}",
    ]
