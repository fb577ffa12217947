"""Text in git to a calibration in a Butler and back to its commit, on real and made repositories."""

from __future__ import annotations

import json
import warnings

import numpy as np
import pytest
from conftest import need_module

from curator.cli.main import main

REPOSITORIES = ("obs_lsst_data", "obs_decam_data")


def _line(curator, git, repository, work, label="first"):
    """Export, verify every file, ingest twice and list; return the manifest's rows."""
    from curator.export.manifest.manifest import read_manifest

    out = work / "export"
    ran = curator("-C", repository, "export", out)
    assert ran.code == 0, ran.err
    manifest = read_manifest(out)
    files = [out / row.path for row in manifest.rows]
    tracked = git(repository, "ls-files").splitlines()
    assert sorted(row.gitpath for row in manifest.rows) == sorted(
        path
        for path in tracked
        if path.endswith((".ecsv", ".yaml")) and path.count("/") >= 2 and path[0] != "."
    )
    ran = curator("-C", repository, "verify", *files)
    assert ran.code == 0, ran.out[-2000:] + ran.err
    for _ in range(2):
        ran = curator("ingest", "--create", out, f"butler:{work / 'butler'}", "--label", label, "--prefer")
        assert ran.code == 0, ran.err
    ran = curator("holdings", f"butler:{work / 'butler'}", "--format", "json")
    assert ran.code == 0, ran.err
    return manifest, out, ran.out


@pytest.mark.parametrize("name", REPOSITORIES)
def test_a_real_repository_goes_through_the_whole_line(name, curator, git, real_repository, tmp_path):
    need_module("lsst.daf.butler")
    repository = real_repository(name)
    ran = curator("-C", repository, "adopt")
    assert ran.code == 0, ran.err
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Adopt curator")
    ran = curator("-C", repository, "check", "--format", "json")
    assert ran.code in (0, 1)
    report = json.loads(ran.out)
    assert report["version"] == 1
    assert report["checked"] == len(git(repository, "ls-files", "*.ecsv", "*/*.yaml").splitlines())
    manifest, out, holdings = _line(curator, git, repository, tmp_path)
    assert len(json.loads(holdings)) >= sum(row.status == "certified" for row in manifest.rows) or holdings
    _reads_back_equal(repository, out, manifest)


def _reads_back_equal(repository, out, manifest):
    """Every exported FITS opens without a warning, and an ECSV's table is astropy's own."""
    from astropy.io import fits
    from astropy.table import Table

    for row in manifest.rows:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with fits.open(out / row.path, checksum=True) as hdus:
                for hdu in hdus:
                    hdu.verify("exception")
                    _ = hdu.header, hdu.data
                assert hdus[0].header["GITBLOB"] == row.gitblob
                tables = [Table.read(hdu) for hdu in hdus[1:]]
        if not row.gitpath.endswith(".ecsv") or row.dataset_type == "crosstalk":
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = Table.read(repository / row.gitpath, format="ascii.ecsv")
        for column in source.colnames:
            written = tables[0][column]
            if source[column].dtype.kind in "iufb":
                assert written.dtype.newbyteorder("=") == source[column].dtype, (row.path, column)
                assert np.array_equal(
                    np.asarray(written),
                    np.asarray(source[column]),
                    equal_nan=source[column].dtype.kind == "f",
                )
            else:
                assert [str(cell) for cell in written] == [str(cell) for cell in source[column]]


def test_the_template_goes_through_the_whole_line(curator, git, repository, tmp_path, capfdbinary):
    need_module("lsst.daf.butler")
    ran = curator("-C", repository, "check", "--strict")
    assert ran.code == 0, ran.out
    manifest, out, holdings = _line(curator, git, repository, tmp_path)
    _reads_back_equal(repository, out, manifest)
    for row in manifest.rows:
        assert main(["-C", str(repository), "restore", str(out / row.path)]) == 0
        assert capfdbinary.readouterr().out == (repository / row.gitpath).read_bytes()
        assert main(["-C", str(repository), "show", str(out / row.path)]) == 0
        assert main(["-C", str(repository), "show", str(repository / row.gitpath)]) == 0
        capfdbinary.readouterr()
    assert manifest.commit[:12] in holdings or manifest.rows[0].gitsha[:12] in holdings


def test_a_wrong_edit_is_stopped_and_a_right_one_passes(curator, repository, defects):
    text = defects.read_text()
    defects.write_text(text + "99999 1 5 5\n")
    ran = curator("-C", repository, "check", defects)
    assert ran.code == 1
    assert "CUR301" in ran.out
    assert f":{len(text.splitlines()) + 1}:" in ran.out
    defects.write_text(text + "9 1 5 5\n")
    assert curator("-C", repository, "check", defects).code == 0


def test_uncommitted_edits_are_not_exported(curator, repository, defects, tmp_path):
    defects.write_text(defects.read_text() + "9 1 5 5\n")
    ran = curator("-C", repository, "export", tmp_path / "out")
    assert ran.code in (1, 2)
    assert str(defects.relative_to(repository)) in ran.err
    assert curator("-C", repository, "export", tmp_path / "out", "--rev", "HEAD").code == 0


def test_a_file_with_another_name_than_a_date_is_left_out_and_does_not_stop_the_rest(
    curator, git, repository, defects, tmp_path
):
    stray = defects.with_name("high_cti.ecsv")
    stray.write_text(defects.read_text())
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Keep an experiment")
    ran = curator("-C", repository, "export", tmp_path / "out")
    assert ran.code == 0
    assert str(stray.relative_to(repository)) in ran.err
    assert (tmp_path / "out" / "manifest.ecsv").exists()
    assert not list((tmp_path / "out").rglob("high_cti*"))
    assert curator("-C", repository, "export", tmp_path / "out2", stray).code == 1
