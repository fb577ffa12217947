"""A pull request, checked: what counts, what is touched, and who judges."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from repository.made import Made

from curator.checks.model.report import Report
from curator.checks.run.check_change import check_change
from curator.errors import RepositoryError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
MANUAL = "ExampleCam/manual_defects/s00/20200101T000000.ecsv"
CAMERA = "ExampleCam/camera/20200101T000000.yaml"
SUBJECT = "Mask what the flats of 2025-04-30 show"


@pytest.fixture
def made(templates: dict[str, Path], tmp_path: Path) -> Made:
    """A repository on a branch of its own; its base has a mistake nobody has mended."""
    shutil.copytree(templates["dmtn148"], tmp_path / "r", ignore=shutil.ignore_patterns(".git"))
    made = Made.at(tmp_path / "r")
    edit(made, MANUAL, "DETECTOR: 0", "DETECTOR: 1")
    made.commit("Begin the repository with its template")
    made.git("checkout", "-q", "-b", "work")
    return made


def edit(made: Made, path: str, old: str, new: str) -> None:
    file = made.root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def judged(made: Made, subject: str = SUBJECT, **options: object) -> Report:
    made.commit(subject)
    return check_change(made.repo, "main", "work", **options)  # type: ignore[arg-type]


def codes(report: Report) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in report.findings if one.severity != "info"]


def test_only_what_changed_is_looked_at(made: Made) -> None:
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2897")
    report = judged(made)
    assert (codes(report), report.checked, report.notices) == ([("CUR301", DEFECTS)], 1, ())


def test_paths_narrow_it(made: Made) -> None:
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2897")
    assert codes(judged(made, paths=["ExampleCam/crosstalk"])) == []
    assert codes(check_change(made.repo, "main", paths=["ExampleCam/defects"])) == [("CUR301", DEFECTS)]


def test_base_and_head_may_be_one_commit(made: Made) -> None:
    report = check_change(made.repo, "main", "main")
    assert (report.findings, report.checked, report.notices) == ((), 0, ())


def test_a_camera_that_changes_is_felt_by_its_calibrations_and_old_mistakes_are_not(made: Made) -> None:
    edit(made, CAMERA, 'name: "S00", id: 0, width: 2048', 'name: "S00", id: 0, width: 2047')
    report = judged(made)
    assert ("CUR301", DEFECTS) in codes(report)
    assert not any(code == "CUR203" for code, _ in codes(report))
    assert report.checked == 14


def test_a_camera_that_curator_yaml_brings_is_checked_as_a_whole(made: Made) -> None:
    made.git("checkout", "-q", "main")
    (made.root / "New").mkdir()
    shutil.copytree(made.root / "ExampleCam" / "camera", made.root / "New" / "camera")
    made.write("New/defects/s00/20200101T000000.ecsv", "no table\n")
    made.commit("Bring files that nobody has declared yet")
    made.git("checkout", "-q", "-B", "work")
    edit(made, "curator.yaml", "cameras:\n", "cameras:\n- New\n")
    found = codes(judged(made, "Declare the new camera with its first files"))
    assert any(path.startswith("New/defects/") for _, path in found)
    assert not any(path.startswith("ExampleCam/") for _, path in found)


SILENT = 'suppressions:\n- {rule: CUR301, path: "**", reason: known}\nseverities: {CUR203: "off"}\n'


def test_a_change_cannot_silence_its_own_judges(made: Made) -> None:
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2897")
    made.write("curator.yaml", (made.root / "curator.yaml").read_text() + SILENT)
    report = judged(made)
    assert codes(report) == [
        ("CUR301", DEFECTS),
        ("CUR521", "curator.yaml"),
        ("CUR521", "curator.yaml"),
    ]
    [notice] = report.notices
    assert "CUR301 is suppressed in **" in notice
    assert "Here the rules of main still apply." in notice


def test_what_the_base_says_of_severities_and_suppressions_holds(made: Made) -> None:
    made.git("checkout", "-q", "main")
    made.write("curator.yaml", (made.root / "curator.yaml").read_text() + SILENT)
    made.commit("Know of a sensor with a wide edge")
    made.git("checkout", "-q", "work")
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2897")
    report = judged(made)
    assert (codes(report), report.suppressed, report.notices) == ([], 1, ())


def test_a_camera_that_is_no_longer_declared_is_checked_all_the_same(made: Made) -> None:
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2897")
    text = (made.root / "curator.yaml").read_text()
    made.write("curator.yaml", text.replace('- "ExampleCam"', '- {name: "Other", directory: "Other"}'))
    report = judged(made)
    assert ("CUR301", DEFECTS) in codes(report)
    assert ("CUR521", "curator.yaml") in codes(report)
    assert "camera ExampleCam is no longer declared" in report.notices[0]


def test_a_base_without_curator_yaml_leaves_the_judging_to_the_head_and_says_so(made: Made) -> None:
    text = (made.root / "curator.yaml").read_text()
    made.git("checkout", "-q", "main")
    made.git("rm", "-q", "curator.yaml")
    made.commit("As it was before")
    made.git("checkout", "-q", "-B", "work")
    made.write("curator.yaml", text)
    report = judged(made, "Describe the camera for curator")
    [notice] = report.notices
    assert notice == (
        "main has no curator.yaml: this change is checked with its own settings. "
        "Merge the adoption first, then edit calibrations on another branch."
    )
    assert MANUAL in [path for _, path in codes(report)]


def test_a_head_without_curator_yaml_is_an_error(made: Made) -> None:
    made.git("rm", "-q", "curator.yaml")
    with pytest.raises(RepositoryError, match=r"no curator\.yaml"):
        judged(made)


def test_a_rename_with_an_edit_is_compared_with_what_it_was(made: Made) -> None:
    new = DEFECTS.replace("20200101", "20200301")
    (made.root / DEFECTS).rename(made.root / new)
    edit(made, new, "VALIDSTART: '2020-01-01", "VALIDSTART: '2020-03-01")
    edit(made, new, "1517 3301 4 6", "1517 3301 400 695")
    assert codes(judged(made)) == [("CUR511", new), ("CUR503", new)]


def test_a_calibration_moved_out_of_its_camera_is_removed(made: Made) -> None:
    (made.root / DEFECTS).rename(made.root / "old notes.txt")
    assert codes(judged(made)) == [("CUR510", DEFECTS)]


def test_a_new_file_is_compared_with_the_one_that_it_follows(made: Made) -> None:
    new = DEFECTS.replace("20200101", "20210101")
    made.write(new, (made.root / DEFECTS).read_text())
    edit(made, new, "VALIDSTART: '2020", "VALIDSTART: '2021")
    edit(made, new, "1517 3301 4 6", "1517 3301 400 695")
    report = judged(made)
    assert ("CUR503", new) in codes(report)
    [found] = [one for one in report.findings if one.code == "CUR503"]
    assert "against 20200101T000000.ecsv, which it follows" in found.message


def test_a_file_that_was_unreadable_before_is_judged_by_what_it_is(made: Made) -> None:
    text = (made.root / DEFECTS).read_text()
    made.git("checkout", "-q", "main")
    made.write(DEFECTS, b"\xff\xfe not a table")
    made.commit("Spoil a file of this repository")
    made.git("checkout", "-q", "-B", "work")
    made.write(DEFECTS, text)
    assert codes(judged(made)) == []


def test_a_link_in_place_of_a_file_is_found(made: Made) -> None:
    (made.root / DEFECTS).unlink()
    (made.root / DEFECTS).symlink_to("/etc/passwd")
    assert codes(judged(made)) == [("CUR013", DEFECTS), ("CUR514", DEFECTS)]


def test_a_hostile_subject_is_shown_short_and_quoted(made: Made) -> None:
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2895")
    [found] = [one for one in judged(made, "fix \x1b").findings if one.code == "CUR520"]
    assert "has the uninformative subject 'fix \\x1b'" in found.message


def test_a_baseline_that_grows_is_said_and_that_of_the_base_holds(made: Made) -> None:
    from curator.cli.main import main

    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2897")
    assert main(["-C", str(made.root), "baseline", "write"]) == 0
    report = judged(made)
    assert ("CUR301", DEFECTS) in codes(report)
    assert any("baseline records" in one for one in report.notices)
    assert report.baselined == 0


def test_what_is_asked_of_git_follows_the_change(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same directories are read, however many files there are elsewhere."""
    from curator.repository.snapshots.lazy_commit import Trees

    read: list[str] = []
    original = Trees._read
    monkeypatch.setattr(Trees, "_read", lambda self, tree: read.append(tree) or original(self, tree))
    counts = []
    for many in (5, 200):
        made.git("checkout", "-q", "main")
        for number in range(many):
            made.write(f"ExampleCam/notes/{number}/x.txt", f"{number}\n")
        made.commit("Write more notes about the camera")
        made.git("checkout", "-q", "-B", "work")
        edit(made, DEFECTS, "310 1200", "311 1200")
        made.commit(SUBJECT)
        read.clear()
        check_change(made.repo, "main", "work")
        counts.append(len(read))
        made.git("checkout", "-q", "main")
    assert counts[0] == counts[1]


def test_a_camera_that_is_named_anew_keeps_the_limits_of_the_base(made: Made) -> None:
    made.git("checkout", "-q", "main")
    edit(made, "curator.yaml", '- "ExampleCam"', "- {name: EXAMPLE, directory: ExampleCam}")
    with (made.root / "curator.yaml").open("a") as config:
        config.write("limits: {EXAMPLE: {mask_change: 1.0e-7}}\n")
    made.commit("Let no masked area change")
    made.git("checkout", "-q", "-B", "work")
    edit(made, "curator.yaml", "name: EXAMPLE", "name: Other")
    edit(made, DEFECTS, "310 1200 1 2896", "310 1200 1 2000")
    assert ("CUR503", DEFECTS) in codes(judged(made))
