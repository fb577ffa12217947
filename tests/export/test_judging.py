"""What a check says of the exported commit reaches the export: refusals, and marks in the manifest."""

from __future__ import annotations

import pytest
from export.made import CONFIG, FIRST, OTHER, SECOND, defects

from curator.checks.run import engine
from curator.cli.main import main
from curator.export.export import UnrepresentableError, export, run_export
from curator.export.manifest.manifest import read_manifest

OUTSIDE = "90 2 30 4"  # of a sensor 100 pixels wide


def checks(manifest):
    return {row.gitpath: row.check for row in manifest.rows if row.check != "ok"}


def test_headers_that_contradict_their_path_are_refused_with_all_else_that_is(made, tmp_path):
    before = export(made.repo, tmp_path / "out")
    assert checks(before) == {}
    made.write(
        FIRST, defects("1 2 3 4").replace("TestCam", "OtherCam").replace("OBSTYPE: defects", "OBSTYPE: x")
    )
    made.write(SECOND, defects("1 2 3 4", detector=1, date="2021-01-01T00:00:00"))
    made.write(OTHER, defects(detector=1, more="# - {SCALE: .nan}\n"))
    made.commit("Break all")
    with pytest.raises(UnrepresentableError) as caught:
        export(made.repo, tmp_path / "out")
    said = [(one.path, one.message) for one in caught.value.errors]
    assert [path for path, _ in said] == [FIRST, FIRST, SECOND, OTHER]
    for (_, message), code in zip(said, ("CUR202", "CUR201", "CUR203", "SCALE"), strict=True):
        assert code in message
    assert all(one.line for one in caught.value.errors)
    assert "3 calibrations cannot be exported" in str(caught.value)
    assert read_manifest(tmp_path / "out") == before


def test_other_errors_mark_the_row_and_nothing_else(made, tmp_path, capsys):
    made.write(FIRST, defects(OUTSIDE, OUTSIDE))
    made.commit("Reach outside")
    manifest = export(made.repo, tmp_path / "out")
    assert checks(manifest) == {FIRST: "error CUR301 CUR303"}
    assert checks(export(made.repo, tmp_path / "out", paths=[made.root / FIRST])) == checks(manifest)
    assert read_manifest(tmp_path / "out") == manifest
    made.write("curator.yaml", CONFIG + "severities: {CUR301: 'off', CUR303: warning}\n")
    made.commit("Say nothing of it")
    later = export(made.repo, tmp_path / "out")
    assert checks(later) == {}
    assert later.fingerprint == manifest.fingerprint
    assert [(row.path, row.sha256) for row in later.rows] == [(row.path, row.sha256) for row in manifest.rows]
    capsys.readouterr()


def test_it_is_said_that_shared_labels_will_refuse_the_export(made, tmp_path, capsys):
    made.write(FIRST, defects(OUTSIDE))
    made.commit("Reach outside")
    assert main(["-C", str(made.root), "export", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert FIRST in said
    assert "only personal labels (u/" in said


def test_a_tree_that_contradicts_itself_marks_the_row(made, tmp_path):
    made.write(FIRST, defects("1 2 3 4", more="# - {VALIDEND: '2022-01-01T00:00:00'}\n"))
    made.commit("Hold on for too long")
    marks = checks(export(made.repo, tmp_path / "out"))
    assert set(marks.values()) == {"error CUR401"}
    assert set(marks) <= {FIRST, SECOND}


@pytest.mark.parametrize(
    ("committed", "found"),
    [("2021-06-01T12:00:00+00:00", {}), ("2021-06-03T12:00:00+00:00", {FIRST: "error CUR301"})],
)
def test_a_suppression_expires_by_the_date_of_the_commit(made, tmp_path, committed, found):
    made.write(FIRST, defects(OUTSIDE))
    made.write(
        "curator.yaml",
        CONFIG + "suppressions:\n- {rule: CUR301, path: '**', reason: known, expires: 2021-06-02}\n",
    )
    made.commit("Reach outside, and know it", date=committed)
    assert checks(export(made.repo, tmp_path / "out")) == found


def test_what_the_baseline_records_is_no_error(made, tmp_path):
    made.write(FIRST, defects(OUTSIDE))
    made.write(SECOND, defects("1 2 3 4", detector=1, date="2021-01-01T00:00:00"))
    assert main(["-C", str(made.root), "baseline", "write"]) == 0
    made.commit("Live with it")
    assert checks(export(made.repo, tmp_path / "out")) == {}


def test_a_change_of_the_repository_is_never_an_error_of_an_export(made, tmp_path):
    made.git("rm", "-q", SECOND)
    made.commit("x")
    assert checks(export(made.repo, tmp_path / "out")) == {}


def test_an_export_believes_what_an_earlier_check_or_export_found(made, tmp_path, monkeypatch):
    asked: list[str] = []
    examine = engine.FileChecker.check
    monkeypatch.setattr(
        engine.FileChecker, "check", lambda self, entry: (asked.append(entry.path), examine(self, entry))[1]
    )
    made.write(FIRST, defects(OUTSIDE))
    made.commit("Reach outside")
    main(["-C", str(made.root), "check"])
    assert len(asked) == 4
    first = run_export(made.repo, tmp_path / "out")
    again = run_export(made.repo, tmp_path / "out")
    assert len(asked) == 4
    assert (first.written, again.written) == (4, 0)
    assert first.manifest == again.manifest
    assert checks(again.manifest) == {FIRST: "error CUR301"}


def test_what_may_be_meant_and_is_not_exported_is_said(made, tmp_path, capsys):
    folder = (made.root / FIRST).parent
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    text = (made.root / OTHER).read_text()
    made.write("TestCam/defects/0_00/20200101T000000.ecsv", text)
    made.write(OTHER.replace(".ecsv", ".ECSV"), text)
    made.commit("Link, misspell")
    assert main(["-C", str(made.root), "export", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    for path, code in (
        (FIRST.rpartition("/")[0], "CUR013"),
        ("TestCam/defects/0_00/20200101T000000.ecsv", "CUR207"),
        (OTHER.replace(".ecsv", ".ECSV"), "CUR217"),
    ):
        assert f"skipped {path}: curator check finds errors: {code}" in said
