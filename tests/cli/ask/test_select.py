"""Asking which calibration applies, as it is typed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import warm
from conftest import need_module

from curator.cli.main import main

ASK = ("--type", "defects", "--detector", "S01", "--date")
NEW = "ExampleCam/defects/s01/{}.ecsv"


@pytest.fixture
def root(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(repository)
    for start in ("2025-04-30T12:00:00", "2025-06-30T12:00:00"):
        assert main(["new", "defects", "--detector", "S01", "--start", start]) == 0
    assert main(["new", "defects", "--detector", "S01"]) == 0
    capsys.readouterr()
    return repository


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(words) == status
    found = capsys.readouterr()
    assert "Traceback" not in found.err
    return found.out + found.err


def test_the_path_alone_is_printed(root, capsys):
    answer = said(capsys, "select", *ASK, "2025-05-14T03:30:00")
    assert answer == NEW.format("20250430T120000") + "\n"
    assert said(capsys, "select", *ASK, "20250630T120000") == NEW.format("20250630T120000") + "\n"


def test_a_date_in_tai_is_37_seconds_earlier(root, capsys):
    words = ("select", *ASK, "2025-06-30T12:00:36", "--scale", "tai")
    assert said(capsys, *words) == NEW.format("20250430T120000") + "\n"


def test_an_exposure_that_two_ranges_share_is_ambiguous(root, capsys):
    words = (*ASK, "2025-06-30T11:59:50", "--exptime", "30")
    assert "ambiguous: 2 are valid" in said(capsys, "select", *words, status=1)
    assert "ambiguous: 2 certified defects of detector S01 are valid" in said(capsys, "why", *words, status=1)


def test_nothing_valid_is_explained_by_the_nearest_miss(root, capsys):
    assert "nothing is valid" in said(capsys, "select", *ASK, "2025-04-29T12:00:00", status=1)
    lines = said(capsys, "why", *ASK, "2025-04-29T12:00:00", status=1).splitlines()
    assert lines[0] == "no certified defects of detector S01 is valid at 2025-04-29T12:00:00 UTC"
    assert lines[2:4] == [
        f"  {NEW.format('20250430T120000')}",
        "    begins 2025-04-30T12:00:00 UTC: 1 day later",
    ]


def test_a_camera_without_a_type_is_told_from_a_date_without_one(root, capsys):
    for file in root.glob("*/manual_defects/**/*.ecsv"):
        file.unlink()
    words = ("why", "--type", "manual_defects", "--detector", "S01", "--date", "2025-05-14")
    (line, *more) = said(capsys, *words, status=1).splitlines()
    assert line.startswith("ExampleCam has no manual_defects; it has bfk, camera, crosstalk, defects,")
    assert "not chosen:" not in more
    assert said(capsys, "select", *words[1:], status=1).startswith(f"curator: {line} linearizer, ")


def test_a_detector_without_a_type_is_told_from_a_date_without_one(root, capsys):
    words = ("--type", "defects", "--detector", "S10", "--date", "2025-05-14")
    line = "S10 has no defects; 2 other detectors have it"
    assert said(capsys, "select", *words, status=1) == f"curator: {line}\n"
    assert said(capsys, "why", *words, status=1).splitlines()[0] == line
    (one, *_) = root.glob("*/defects/s00/*.ecsv")
    one.unlink()
    line = "S10 has no defects; 1 other detector has it"
    assert said(capsys, "select", *words, status=1) == f"curator: {line}\n"
    one.parent.mkdir(exist_ok=True)
    one.write_text("not a table\n")  # of S10 or not: nobody can tell
    assert "nothing is valid then" in said(capsys, "select", *words, status=1)


def test_a_file_that_nobody_certified_is_never_chosen_and_says_so(root, capsys):
    answer = said(capsys, "why", *ASK, "2099-01-01")
    assert answer.startswith(NEW.format("20250630T120000"))
    assert "would be valid, but is not certified" in answer


def test_a_table_gives_a_line_for_each_exposure_and_type(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text(
        "visit,date,exptime,detector,filter\n7,2025-05-14T03:30:00,30,S01,\n8,2025-05-14,1,S00,g_01\n"
    )
    assert main(["select", "--exposures", str(table), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    found = {(one["exposure"], one["dataset_type"]): one for one in answer["answers"]}
    assert found["7", "defects"]["calibrations"] == [
        {
            "path": NEW.format("20250430T120000"),
            "start": "2025-04-30T12:00:00",
            "end": "2025-06-30T12:00:00",
            "blob": None,
            "label": None,
            "commit": None,
            "content": None,
        }
    ]
    assert found["8", "qe_curve"]["status"] == "found"
    assert ("7", "transmission_filter") not in found
    table.write_text("visit,date,detector\n7,2025-05-14,S01\n8,2025-05-14,S99\n")
    assert f"{table}:3: ExampleCam has no detector 'S99'" in said(
        capsys, "select", "--exposures", str(table), status=2
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("select", "--type", "defects", "--detector", "S01"), "no date given"),
        (("select", "--date", "2025-05-14"), "exactly one dataset type"),
        (("select", *ASK, "soon"), "--date: 'soon' is not a date"),
        (("select", *ASK, "2025-05-14", "--exptime", "1e99"), "is not an exposure time"),
        (("select", *ASK, "2025-05-14", "--exptime", "-5"), "before it begins"),
        (("select", *ASK, "2025-05-14", "--end", "2025-05-15", "--exptime", "5"), "cannot be used together"),
        (("select", "--exposures", "x.csv", "--date", "2025-05-14"), "contains the dates"),
        (("why", "--type", "defects", "--detector", "9", "--date", "2025-05-14"), "no detector '9'"),
        (("coverage", "--camera", "other"), "there is no camera 'other'"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_line(root, capsys, words, complaint):
    assert complaint in said(capsys, *words, status=2)


def test_coverage_shows_gaps_and_overlaps(root, capsys):
    assert "no gaps, no overlaps" in said(capsys, "coverage")
    first, second = (root / NEW.format(stem) for stem in ("20250430T120000", "20250630T120000"))
    text = first.read_text()
    start = next(line for line in text.splitlines() if "VALIDSTART" in line)
    end = start.replace("START", "END")
    first.write_text(text.replace(start, f"{start}\n{end.replace('04-30', '05-30')}"))
    answer = said(capsys, "coverage", "--type", "defects", "--problems", status=1)
    assert "gap 2025-05-30 12:00:00 to 2025-06-30 12:00:00" in answer
    assert "2 data IDs (dataset type, detector, filter): 1 with gaps" in answer
    first.write_text(text.replace(start, f"{start}\n{end.replace('04-30', '07-30')}"))
    found = json.loads(said(capsys, "coverage", "--detector", "1", "--format", "json", status=1))
    (defects,) = (one for one in found["coverage"] if one["dataset_type"] == "defects")
    assert defects["overlaps"] == [[str(one.relative_to(root)) for one in (first, second)]]


def test_a_commit_is_asked_instead_of_the_files(root, capsys):
    words = ("select", "--type", "defects", "--detector", "S00", "--date", "2025-05-14")
    path = said(capsys, *words).strip()
    (root / path).unlink()
    said(capsys, *words, status=1)
    assert said(capsys, *words, "--rev", "HEAD").strip() == path


def commit(root: Path, subject: str) -> None:
    for words in (["add", "-A"], ["commit", "-q", "-m", subject]):
        subprocess.run(["git", *words], cwd=root, check=True)


def test_impact_lists_the_exposures_that_get_another_calibration(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date,detector\n7,2025-05-14,S00\n8,2025-05-14,S01\n9,2025-07-14,S01\n")
    words = ("--exposures", str(table), "--type", "defects")
    commit(root, "Begin the defects of S01")
    answer = said(capsys, "impact", "HEAD~1..", *words, status=1).splitlines()
    assert [line.split(",")[0] for line in answer] == ["exposure", "8", "9"]
    assert answer[1].split(",")[5] == "none"
    assert answer[1].split(",")[6].startswith(NEW.format("20250430T120000") + "@")
    file = root / NEW.format("20250430T120000")
    file.write_text(file.read_text() + "1 2 3 4\n")
    commit(root, "Mask a pixel")
    answer = said(capsys, "impact", "HEAD~1..HEAD", *words, "--format", "json", status=1)
    (changed,) = json.loads(answer)["exposures"]
    assert changed["exposure"] == "8"
    assert changed["before"][0]["path"] == changed["after"][0]["path"]
    assert changed["before"][0]["blob"] != changed["after"][0]["blob"]
    (root / "README.md").write_text("words\n")
    file.rename(file.with_name("2025-04-30T12:00:00.ecsv"))
    commit(root, "Name a file otherwise")
    assert said(capsys, "impact", "HEAD~1..HEAD", *words).splitlines()[1:] == []


@pytest.mark.parametrize("verb", [("select", "--type", "defects"), ("uses", NEW.format("20250430T120000"))])
def test_no_name_of_an_exposure_is_a_formula_of_a_spreadsheet(root, capsys, tmp_path, verb):
    table = tmp_path / "night.csv"
    table.write_text("exposure,date,detector\n=HYPERLINK(1),2025-05-14,S01\n-5,2025-05-14,S01\n")
    told = said(capsys, *verb, "--exposures", str(table), "--format", "csv")
    assert "\n'=HYPERLINK" in told
    assert "\n-5," in told


def test_a_table_without_detectors_is_of_all_detectors(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date\n7,2025-05-14\n8,2025-07-14\n")
    commit(root, "Begin the defects of S01")
    words = ("--exposures", str(table), "--type", "defects")
    rows = [row.split(",") for row in said(capsys, "select", *words, status=1).splitlines()]
    assert [(row[0], row[3], row[5]) for row in rows[1:5]] == [
        ("7", "S00", "found"),
        ("7", "S01", "found"),
        ("7", "S10", "none"),
        ("7", "S11", "none"),
    ]
    answer = said(capsys, "impact", "HEAD~1..", *words, status=1).splitlines()
    assert [(row[0], row[3]) for row in (line.split(",") for line in answer[1:])] == [
        ("7", "S01"),
        ("8", "S01"),
    ]


def test_what_a_table_without_filters_leaves_out_is_said(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date\n7,2025-05-14\n")
    commit(root, "Begin the defects of S01")
    words = ("--exposures", str(table))
    for verb in (("select",), ("impact", "HEAD~1..")):
        answer = said(capsys, *verb, *words, status=2)
        assert (
            "depend on the filter, and are skipped for 1 exposure of ExampleCam without one: "
            "transmission_filter, " in answer
        )
        assert "\n7,2025-05-14T00:00:00,defects,S01," in answer  # the rest is answered
        assert "ExampleCam has no filter 'zz'" in said(capsys, *verb, *words, "--filter", "zz", status=2)
        assert "left out" not in said(capsys, *verb, *words, "--filter", "g_01", status=1)
    # A bias has no filter, where others have one.
    table.write_text("visit,date,detector,filter\n7,2025-05-14,S00,g_01\n8,2025-05-14,S00,\n")
    assert "are skipped for 1 exposure" in said(capsys, "select", *words)


def test_types_of_which_there_is_nothing_do_not_fail_unless_they_are_asked_for(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date,detector,filter\n7,2025-05-14,S00,g_01\n8,2025-05-15,S00,g_01\n")
    shutil.rmtree(root / "ExampleCam/transmission_sensor")
    words = ("select", "--exposures", str(table))
    main(words)
    found = capsys.readouterr()
    assert "none" not in found.out
    assert found.err.count("ExampleCam has nothing of") == 1
    assert "transmission_sensor" in found.err
    assert ",transmission_sensor,S00,,none," in said(
        capsys, *words, "--type", "transmission_sensor", status=1
    )


@pytest.mark.parametrize("commits", ["HEAD", "..HEAD", "HEAD...HEAD", "nothing..HEAD"])
def test_impact_needs_two_commits(root, capsys, tmp_path, commits):
    table = tmp_path / "night.csv"
    table.write_text("date\n2025-05-14\n")
    said(capsys, "impact", commits, "--exposures", str(table), status=2)


def test_a_registry_gives_the_answers_that_git_gives(root, capsys, tmp_path):
    need_module("lsst.daf.butler")
    commit(root, "Begin the defects of S01")
    export, target = str(tmp_path / "export"), f"butler:{tmp_path / 'butler'}"
    said(capsys, "export", export)
    said(capsys, "ingest", "--create", export, target, "--label", "2025.1", "--prefer")
    table = tmp_path / "night.csv"
    dates = ("2019-12-31", "2020-01-01", "2025-04-30T11:59:59", "2025-04-30T12:00:00", "2025-06-30T11:59:50")
    rows = [f"{date},{detector},g_01,20" for date in dates for detector in ("S00", "S01", "1", "0")]
    table.write_text("\n".join(["date,detector,filter,exptime", *rows]) + "\n")
    answers = {}
    for where in (["--rev", "HEAD"], ["--registry", target], ["--registry", target, "--label", "2025.1"]):
        main(["select", "--exposures", str(table), *where])
        answers[" ".join(where)] = capsys.readouterr().out
    assert len(set(answers.values())) == 1
    table.write_text("\n".join(["date,filter,exptime", *(f"{date},g_01,20" for date in dates)]) + "\n")
    every = {}
    for where in (["--rev", "HEAD"], ["--registry", target]):
        main(["select", "--exposures", str(table), *where])
        every[" ".join(where)] = capsys.readouterr().out
    assert len(set(every.values())) == 1
    assert ",defects,S11," in next(iter(every.values()))
    assert {"found", "none", "ambiguous"} <= set(next(iter(answers.values())).replace("\n", ",").split(","))
    words = ("why", *ASK, "2025-05-14", "--registry", target)
    assert said(capsys, *words).startswith(NEW.format("20250430T120000"))
    assert "no gaps, no overlaps" in said(capsys, "coverage", "--registry", target, "--detector", "1")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--registry", "butler:none"), "there is no Butler here"),
        (("--registry", "butler:none", "--rev", "HEAD"), "--rev cannot be used with --registry"),
        (("--label", "x"), "--label needs a registry"),
    ],
)
def test_a_registry_that_cannot_answer_says_so(root, capsys, words, complaint):
    assert complaint in said(capsys, "select", *ASK, "2025-05-14", *words, status=2)


OVERRIDES = """schema_version: 1
overrides:
- dataset_type: defects
  detector: S01
  begin: 2025-05-01
  end: 2025-06-01
  calibration: {}
  reason: "the flats of May show a glow"
"""


@pytest.fixture
def overrides(root: Path) -> str:
    (uncertified,) = (
        one for one in (root / "ExampleCam/defects/s01").iterdir() if "VALIDSTART" not in one.read_text()
    )
    (root / "overrides.yaml").write_text(OVERRIDES.format(uncertified.relative_to(root)))
    return str(uncertified.relative_to(root))


def test_an_override_is_honoured_and_explained(root, capsys, overrides):
    words = (*ASK, "2025-05-14T03:30:00", "--overrides", "overrides.yaml")
    assert main(["select", *words]) == 0
    found = capsys.readouterr()
    assert found.out == f"{overrides}\n"
    assert "overrides.yaml:3 overrides the certified calibration: the flats of May show a glow" in found.err
    lines = said(capsys, "why", *words).splitlines()
    assert lines[:5] == [
        overrides,
        "  overrides.yaml:3 chooses it from 2025-05-01T00:00:00 until 2025-06-01T00:00:00",
        "    UTC:",
        "    the flats of May show a glow",
        "  it is uncertified itself",
    ]
    assert lines[5:7] == ["otherwise:", f"  {NEW.format('20250430T120000')}"]
    assert "ambiguous: 2 are valid" in said(capsys, "why", *words, "--end", "2025-06-02", status=1)


def test_a_table_tells_which_override_chose(root, capsys, overrides, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date,detector\n7,2025-05-14,S01\n8,2025-06-14,S01\n")
    words = ("select", "--exposures", str(table), "--type", "defects", "--overrides", "overrides.yaml")
    rows = said(capsys, *words).splitlines()
    assert rows[0].endswith(",path,override")
    assert rows[1].endswith(f",found,{overrides},overrides.yaml:3")
    assert rows[2].endswith(f",found,{NEW.format('20250430T120000')},")
    first, second = json.loads(said(capsys, *words, "--format", "json"))["answers"]
    assert first["overrides"][0]["reason"] == "the flats of May show a glow"
    assert first["otherwise"][0]["path"] == NEW.format("20250430T120000")
    assert (second["overrides"], second["otherwise"]) == ([], None)


def test_a_wrong_file_of_overrides_is_refused_line_by_line(root, capsys, overrides):
    text = (root / "overrides.yaml").read_text()
    (root / "overrides.yaml").write_text(text.replace("S01", "S77").replace("begin:", "started:"))
    words = ("select", *ASK, "2025-05-14T03:30:00", "--overrides", "overrides.yaml")
    assert "overrides.yaml:5: unknown key 'started'" in said(capsys, *words, status=2)
    (root / "overrides.yaml").write_text(text.replace("S01", "S77"))
    assert "overrides.yaml:4: ExampleCam has no detector 'S77'" in said(capsys, *words, status=2)
    assert "no-such.yaml" in said(capsys, *words[:-1], "no-such.yaml", status=2)


def test_ecsv_is_read_back_by_astropy(root, capsys, tmp_path):
    from astropy.table import Table

    table = tmp_path / "night.csv"
    table.write_text('visit,date,detector\n"7, the first",2025-05-14,S01\n=8,2024-06-14,S01\n')
    out = tmp_path / "answers.ecsv"
    words = ("select", "--exposures", str(table), "--type", "defects", "--output", str(out))
    assert said(capsys, *words, status=1) == ""
    read = Table.read(out)
    assert list(read["exposure"]) == ["7, the first", "=8"]
    assert list(read["status"]) == ["found", "none"]
    assert all(read[name].description for name in read.colnames)
    assert [one.name for one in tmp_path.iterdir() if "answers" in one.name] == ["answers.ecsv"]


def test_a_table_is_written_whole_or_not_at_all(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    out = tmp_path / "answers.csv"
    out.write_text("before\n")
    table.write_text("visit,date,detector\n7,2025-05-14,S01\n8,2025-06-14,S99\n")
    words = ("select", "--exposures", str(table), "--type", "defects", "--output", str(out))
    assert "S99" in said(capsys, *words, status=2)
    assert out.read_text() == "before\n"


def test_the_table_and_the_overrides_are_not_written_over(root, capsys, tmp_path):
    for option, name in (("--exposures", "night.csv"), ("--overrides", "overrides.csv")):
        (tmp_path / name).write_text("visit,date,detector\n7,2025-05-14,S01\n")
        words = ("select", "--type", "defects", option, str(tmp_path / name), "--output")
        answer = said(capsys, *words, str(tmp_path / name), status=2)
        assert "this input file would be overwritten" in answer.replace("\n    ", " ")
        assert (tmp_path / name).read_text().endswith("S01\n")


def test_a_suffix_that_no_format_has_is_refused_unless_a_format_is_said(root, capsys, tmp_path):
    words = ("select", *ASK, "2025-05-14", "--output")
    answer = said(capsys, *words, str(tmp_path / "o.fits"), status=2)
    assert "no format uses the suffix .fits" in answer
    assert ".csv, .ecsv, .json" in answer
    assert not (tmp_path / "o.fits").exists()
    assert said(capsys, *words, str(tmp_path / "o.fits"), "--format", "json") == ""
    assert json.loads((tmp_path / "o.fits").read_text())["version"] == 1
    assert said(capsys, *words, str(tmp_path / "O.JSON")) == ""
    assert json.loads((tmp_path / "O.JSON").read_text())["version"] == 1


def test_coverage_is_drawn_into_a_file(root, capsys, tmp_path):
    file = tmp_path / "c.svg"
    assert said(capsys, "coverage", "--picture", str(file)) == f"{file}\n"
    assert file.read_bytes().startswith(b"<?xml")
    commit(root, "Begin the defects of S01")
    assert said(capsys, "coverage", "--rev", "HEAD", "--picture", str(file)) == f"{file}\n"
    assert "unknown kind of picture" in said(capsys, "coverage", "--picture", "c.pdf", status=2)


def test_a_z_says_utc(root, capsys):
    assert said(capsys, "select", *ASK, "2025-05-14T03:30:00Z") == NEW.format("20250430T120000") + "\n"
    assert "is in UTC, as its Z says" in said(
        capsys, "select", *ASK, "2025-05-14T03:30:00Z", "--scale", "tai", status=2
    )


def test_an_exposure_that_ends_in_a_gap_gets_what_held_before(root, capsys):
    assert main(["certify", NEW.format("20250430T120000"), "--end", "2025-05-30"]) == 0
    capsys.readouterr()
    words = ("select", *ASK, "2025-05-29T23:59:50")
    assert said(capsys, *words, "--exptime", "30") == NEW.format("20250430T120000") + "\n"
    said(capsys, "select", *ASK, "2025-05-30", status=1)


def test_a_table_may_come_from_standard_input_or_through_a_link(root, capsys, tmp_path):
    (tmp_path / "far.csv").write_text("visit,date,detector\n7,2025-05-14,S01\n")
    (tmp_path / "near.csv").symlink_to("far.csv")
    words = ["select", "--type", "defects", "--exposures"]
    answer = said(capsys, *words, str(tmp_path / "near.csv"))
    piped = subprocess.run(
        [warm.python(), "-m", "curator", *words, "-"],
        input=(tmp_path / "far.csv").read_bytes(),
        capture_output=True,
    )
    assert piped.stdout.decode() == answer


def test_a_band_is_told_from_its_filters(root, capsys):
    words = ("select", "--type", "transmission_filter", "--date", "2025-05-14", "--filter")
    assert "of band g there is g_01" in said(capsys, *words, "g", status=2)


def test_what_an_adopted_repository_held_before_is_compared_by_its_configuration(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date,detector\n7,2025-05-14,S01\n")
    kept = (root / "curator.yaml").read_text()
    (root / "curator.yaml").unlink()
    commit(root, "Begin without a configuration")
    (root / "curator.yaml").write_text(kept)
    path = root / NEW.format("20250430T120000")
    path.unlink()
    commit(root, "Adopt")
    answer = said(capsys, "impact", "HEAD~1..", "--exposures", str(table), "--type", "defects", status=1)
    assert NEW.format("20250430T120000") in answer.splitlines()[1]


def test_impact_lists_camera_files_only_when_asked_and_explains_ambiguous(root, capsys, tmp_path):
    table = tmp_path / "night.csv"
    table.write_text("visit,date,exptime,detector,filter\n7,2025-06-30T11:59:50,30,S01,g_01\n")
    commit(root, "Begin the defects of S01")
    camera = next((root / "ExampleCam/camera").iterdir())
    camera.write_text(camera.read_text().replace("width: 2048", "width: 2047", 1))
    commit(root, "Measure a sensor again")
    words = ("HEAD~1..", "--exposures", str(table))
    said(capsys, "select", "--exposures", str(table), status=1)
    answer = said(capsys, "impact", *words, status=1)
    assert "camera," not in answer
    assert "the description of the camera changes for 1 exposure: --type camera lists them" in answer
    assert "\n7,2025-06-30T11:59:50,camera," in said(capsys, "impact", *words, "--type", "camera", status=1)
    answer = said(capsys, "impact", "HEAD~2..", *words[1:], "--type", "defects", status=1)
    assert ",none,ambiguous" in answer
    assert answer.count("ambiguous: several calibrations hold during the exposure") == 1


def test_coverage_dates_the_starts_of_few_files_and_cuts_off_1970(root, capsys):
    old = root / NEW.format("20250430T120000")
    text = old.read_text().replace("2025-04-30T12:00:00", "1970-01-01T00:00:00")
    old.with_name("19700101T000000.ecsv").write_text(text)
    old.unlink()
    answer = said(capsys, "coverage", "--type", "defects", "--detector", "S01")
    assert "< began before" in answer
    assert "2024-" in answer
    assert "<==" in answer
    assert "2 files from 1970-01-01 without end\n" in answer
    assert "next from 2025-06-30 12:00:00\n" in answer
