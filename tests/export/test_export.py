"""A commit becomes a tree of FITS files with a manifest: all of it, once, the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from export.made import CAMERA, CONFIG, FIRST, OTHER, SECOND, defects, files_of
from recording import RecordingExecutor

from curator.errors import CuratorError, ExportError
from curator.export.export import UnrepresentableError, export, run_export
from curator.export.manifest.manifest import read_manifest


def test_every_calibration_is_exported_and_listed(made, tmp_path):
    manifest = export(made.repo, tmp_path / "out")
    assert manifest == read_manifest(tmp_path / "out")
    assert [row.gitpath for row in manifest.rows] == sorted(
        ["testCam/camera/20200101T000000.yaml", FIRST, SECOND, OTHER]
    )
    listed = {row.path for row in manifest.rows}
    listed |= {"manifest.ecsv", f"manifests/{manifest.commit}.ecsv"}
    assert set(files_of(tmp_path / "out")) == listed
    first = next(row for row in manifest.rows if row.gitpath == FIRST)
    assert first.gitblob == made.git("rev-parse", f"HEAD:{FIRST}")
    assert first.gitsha == made.git("log", "-1", "--format=%H", "--", FIRST)
    assert (first.instrument, first.detector, first.detector_id) == ("TestCam", "R00_S00", 0)
    assert (first.valid_start, first.valid_end, first.end_source) == (
        "2020-01-01T00:00:00",
        "2021-01-01T00:00:00",
        "derived",
    )
    assert first.status == "certified"


def test_the_manifest_says_what_a_registry_needs(made, tmp_path):
    made.git("tag", "v1")
    manifest = export(made.repo, tmp_path / "out")
    assert manifest.commit == made.git("rev-parse", "HEAD")
    assert (manifest.repository, manifest.profile, manifest.complete) == ("obs_test_data", "obs_base", True)
    assert manifest.released == ("main", "v1")
    assert manifest.cameras == ("testCam",)
    instrument = manifest.instrument("TestCam")
    assert [(one.id, one.name) for one in instrument.detectors] == [(0, "R00_S00"), (1, "R00_S01")]
    assert [(one.name, one.band) for one in instrument.filters] == [("g_6", "g")]
    assert manifest.dataset_type("defects").dimensions == ("detector",)


def test_an_export_with_files_that_nobody_certified_is_read_again(made, tmp_path):
    made.write("curator.yaml", CONFIG.replace("obs_base", "dmtn148"))
    made.write(SECOND, defects("1 2 3 4", more="# - {VALIDSTART: '2021-01-01T00:00:00'}\n"))
    made.commit("Certify the second one only")
    manifest = export(made.repo, tmp_path / "out")
    first = next(row for row in manifest.rows if row.gitpath == FIRST)
    assert (first.status, first.valid_end, first.ranges) == ("uncertified", "2021-01-01T00:00:00", "")
    assert read_manifest(tmp_path / "out") == manifest


def test_an_export_across_a_new_instrument_name_and_new_detector_numbers_is_read_again(made, tmp_path):
    later = CAMERA.replace("TestCam", "NewCam").replace("id: 0", "id: 7")
    made.write("testCam/camera/20200601T000000.yaml", later.replace("2020-01-01T", "2020-06-01T"))
    text = defects("1 2 3 4", detector=7, date="2021-01-01T00:00:00")
    made.write(SECOND, text)
    made.commit("Number the detectors anew")
    manifest = export(made.repo, tmp_path / "out")
    first, second = (row for row in manifest.rows if row.gitpath in (FIRST, SECOND))
    assert (first.instrument, first.detector_id, second.instrument, second.detector_id) == (
        *("TestCam", 0),
        *("NewCam", 7),
    )
    assert (first.end_source, first.valid_end) == ("derived", second.valid_start)
    assert read_manifest(tmp_path / "out") == manifest


def test_a_commit_beside_the_release_branch_is_not_released(made, tmp_path):
    made.git("checkout", "-q", "-b", "trial")
    made.write(FIRST, defects("9 9 1 1"))
    made.commit("Try something")
    assert export(made.repo, tmp_path / "out").released == ()


def test_a_second_run_writes_nothing(made, tmp_path):
    out = tmp_path / "out"
    assert run_export(made.repo, out).written == 4
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    report = run_export(made.repo, out)
    assert (report.written, report.kept) == (0, 4)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_an_edit_writes_one_file_and_keeps_all_older_ones(made, tmp_path):
    out = tmp_path / "out"
    old = export(made.repo, out)
    files = files_of(out)
    made.write(OTHER, defects("1 1 1 1", detector=1))
    made.commit("Mask a corner")
    report = run_export(made.repo, out)
    assert (report.written, report.kept) == (1, 3)
    now = files_of(out)
    assert {path: now[path] for path in files if path != "manifest.ecsv"} == {
        path: data for path, data in files.items() if path != "manifest.ecsv"
    }
    assert {row.path for row in old.rows} - {row.path for row in report.manifest.rows}
    assert run_export(made.repo, out, rev=old.commit).written == 0


def test_prune_removes_only_what_no_manifest_lists(made, tmp_path):
    out = tmp_path / "out"
    listed = {row.path for row in export(made.repo, out).rows}
    stray = out / "testCam" / "defects" / "r00_s00" / "20200101T000000-000000000000.fits"
    stray.write_bytes(b"left behind")
    other = out / "testCam" / "README.txt"
    other.write_text("mine")
    report = run_export(made.repo, out, prune=True)
    assert report.removed == 1
    assert not stray.exists()
    assert other.exists()
    assert all((out / path).exists() for path in listed)


def test_uncommitted_calibrations_are_named_and_nothing_is_written(made, tmp_path):
    made.write(FIRST, defects("1 1 1 1"))
    made.write("testCam/defects/r00_s01/20220101T000000.ecsv", defects(detector=1))
    made.write("README.md", "not a calibration")
    with pytest.raises(ExportError) as caught:
        export(made.repo, tmp_path / "out")
    assert FIRST in caught.value.message
    assert "20220101T000000" in caught.value.message
    assert "README" not in caught.value.message
    assert not (tmp_path / "out").exists()
    assert len(export(made.repo, tmp_path / "out", rev="HEAD").rows) == 4


def test_a_configuration_that_is_not_committed_is_named_with_the_command_that_commits_it(made, tmp_path):
    made.git("rm", "-q", "--cached", "curator.yaml")
    made.git("commit", "-q", "-m", "Without a configuration")
    with pytest.raises(ExportError, match="is not committed yet") as caught:
        export(made.repo, tmp_path / "out")
    assert caught.value.path == "curator.yaml"
    done = subprocess.run(
        ["bash", "-c", f"{caught.value.hint} -q -m Adopt"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert export(made.repo, tmp_path / "out").rows


def test_some_paths_go_to_a_manifest_of_their_own(made, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.chdir(made.root / "testCam")
    part = export(made.repo, out, paths=["defects/r00_s00"])
    assert [row.gitpath for row in part.rows] == [FIRST, SECOND]
    assert part.rows[0].valid_end == "2021-01-01T00:00:00"
    assert not part.complete
    assert not (out / "manifest.ecsv").exists()
    (name,) = os.listdir(out / "manifests")
    assert name.startswith(f"{part.commit}-")
    one = export(made.repo, out, paths=[made.root / FIRST])
    assert one.rows == part.rows[:1]
    whole = export(made.repo, out)
    assert set(part.rows) < set(whole.rows)


@pytest.mark.parametrize("path", ["nowhere", "../outside", "/etc", "curator.yaml"])
def test_paths_that_name_no_calibration_are_an_error(made, tmp_path, monkeypatch, path):
    monkeypatch.chdir(made.root)
    with pytest.raises(CuratorError) as caught:
        export(made.repo, tmp_path / "out", paths=[path])
    assert path in str(caught.value)


def test_all_texts_that_cannot_be_represented_are_listed_and_the_old_manifest_stands(made, tmp_path):
    out = tmp_path / "out"
    old = export(made.repo, out)
    made.write(FIRST, "not ecsv\n")
    made.write(SECOND, defects("1 2 3 4", more="# - {SCALE: .nan}\n"))
    made.write(OTHER, defects("1 2 3 9", detector=1))
    made.commit("Break two lists")
    with pytest.raises(UnrepresentableError) as caught:
        export(made.repo, out)
    first, second = caught.value.errors
    assert (first.path, second.path) == (FIRST, SECOND)
    assert first.line >= 1
    assert second.keyword == "SCALE"
    assert caught.value.exit_status == 1
    assert read_manifest(out) == old


def test_paths_that_cannot_be_held_are_listed_and_printable(made, tmp_path):
    made.write("testCam/defects/r00_\x1b[31m/20200101T000000.ecsv", defects())
    os.mkdir(os.fsencode(made.root) + b"/testCam/defects/r\xff")
    with open(os.fsencode(made.root) + b"/testCam/defects/r\xff/20200101T000000.ecsv", "w") as file:
        file.write(defects())
    made.commit("Add what has no place")
    with pytest.raises(UnrepresentableError) as caught:
        export(made.repo, tmp_path / "out")
    assert [error.path.rpartition("testCam/")[2] for error in caught.value.errors] == [
        "defects/r00_\\x1b[31m/20200101T000000.ecsv",
        "defects/r\\xff/20200101T000000.ecsv",
    ]
    assert str(caught.value).isascii()


def test_paths_that_say_nothing_are_left_out_and_named(made, tmp_path):
    made.write("testCam/nonsense/20200101T000000.ecsv", defects())
    made.write("testCam/defects/r00_s00/tomorrow.ecsv", defects())
    made.commit("Add what has no place")
    report = run_export(made.repo, tmp_path / "out")
    assert sorted(error.path for error in report.left_out) == [
        "testCam/defects/r00_s00/tomorrow.ecsv",
        "testCam/nonsense/20200101T000000.ecsv",
    ]
    assert not [row for row in report.manifest.rows if "tomorrow" in row.gitpath or "nonsense" in row.gitpath]


def test_a_filter_that_no_table_can_hold_is_named(made, tmp_path):
    path = "testCam/transmission_filter/g\\x07_/20200101T000000.ecsv"
    text = (
        "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: wavelength, unit: nm, datatype: float64}\n"
        "# - {name: throughput, datatype: float64}\n# meta: !!omap\n# - {OBSTYPE: transmission_filter}\n"
        "# - {INSTRUME: TestCam}\n# - {FILTER: \"g\\\\x07 \"}\n# - {CALIBDATE: '2020-01-01T00:00:00'}\n"
        "# schema: astropy-2.0\nwavelength throughput\n1.0 0.5\n"
    )
    made.write(path, text)
    made.commit("Add a filter of no name")
    with pytest.raises(CuratorError) as caught:
        export(made.repo, tmp_path / "out")
    assert "transmission_filter" in str(caught.value)


def test_repositories_of_either_object_format_are_exported(made, tmp_path):
    from curator.export.verify import Verifier

    other = type(made)(tmp_path / "sha256")
    other.root.mkdir()
    other.git("init", "-q", "--object-format=sha256")
    for path in ("curator.yaml", "testCam/camera/20200101T000000.yaml", FIRST):
        other.write(path, (made.root / path).read_bytes())
    other.commit("Begin")
    manifest = export(other.repo, tmp_path / "out")
    assert {len(row.gitsha) for row in manifest.rows} == {64}
    assert read_manifest(tmp_path / "out") == manifest
    assert all(Verifier(other.repo).verify(tmp_path / "out" / row.path).same for row in manifest.rows)


def test_a_finding_is_no_reason_to_refuse(made, tmp_path):
    made.write(FIRST, defects("-5 2 3000 4"))
    made.commit("Mask outside the sensor")
    assert len(export(made.repo, tmp_path / "out").rows) == 4


def test_any_executor_and_any_number_of_jobs_gives_the_same_files(made, tmp_path):
    export(made.repo, tmp_path / "one")
    export(made.repo, tmp_path / "two", jobs=2)
    with ThreadPoolExecutor(3) as pool:
        run_export(made.repo, tmp_path / "three", executor=pool)
    executor = RecordingExecutor()
    run_export(made.repo, tmp_path / "four", executor=executor)
    assert (len(executor.calls), executor.is_shut) == (1, False)
    one, *others = (files_of(tmp_path / name) for name in ("one", "two", "three", "four"))
    assert others == [one] * 3


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Chatham", "PYTHONHASHSEED": "7"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        {"GIT_CONFIG_COUNT": "3", "GIT_CONFIG_KEY_0": "log.mailmap", "GIT_CONFIG_VALUE_0": "true",
         "GIT_CONFIG_KEY_1": "i18n.logOutputEncoding", "GIT_CONFIG_VALUE_1": "latin-1",
         "GIT_CONFIG_KEY_2": "core.abbrev", "GIT_CONFIG_VALUE_2": "5"},
        {"umask": "077"},
    ],
)  # fmt: skip
def test_bytes_and_modes_do_not_depend_on_the_surroundings(made, tmp_path, surroundings):
    export(made.repo, tmp_path / "here")
    mask = surroundings.pop("umask", "022")
    command = f'umask {mask}; exec "$0" -m curator -C "$1" export "$2"'
    subprocess.run(
        ["sh", "-c", command, sys.executable, str(made.root), str(tmp_path / "there")],
        env={**os.environ, **surroundings, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        check=True,
        capture_output=True,
    )
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "there").rglob("*") if path.is_file()}
    assert modes <= {0o644, 0o600}  # 0600: the lock, which is nobody else's
    assert all(
        path.stat().st_mode & 0o777 == 0o644
        for path in (tmp_path / "there").rglob("*")
        if path.is_file() and path.name != ".curator-export"
    )


def test_a_clone_elsewhere_with_another_remote_exports_the_same_bytes(made, tmp_path):
    export(made.repo, tmp_path / "here")
    made.git("clone", "-q", str(made.root), str(tmp_path / "clone"))
    clone = type(made)(tmp_path / "clone")
    clone.git("remote", "set-url", "origin", "https://user:token@example.org/secret.git")
    export(clone.repo, tmp_path / "there")
    there = files_of(tmp_path / "there")
    assert files_of(tmp_path / "here") == there
    assert not any(b"token" in data or b"example.org" in data for data in there.values())


def test_progress_is_told_to_the_end(made, tmp_path):
    told = []
    export(made.repo, tmp_path / "out", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
