"""FITS, manifest and Butler call an instrument and a filter as the camera's own file does."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from export.made import CAMERA, CONFIG, FIRST, Made, defects

from curator.export.export import export
from curator.export.manifest.manifest import Manifest
from curator.export.verify import Verifier
from curator.formats.fits.fits import read_fits

CURVE = "testCam/transmission_filter/g_6/20200101T000000.ecsv"
FILTER = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: wavelength, unit: nm, datatype: float64}
# - {name: efficiency, unit: '%', datatype: float64}
# meta: !!omap
# - {OBSTYPE: transmission_filter}
# - {INSTRUME: testcam}
# - {FILTER: NAME}
# - {CALIBDATE: '2020-01-01T00:00:00'}
# schema: astropy-2.0
wavelength efficiency
400.0 1.0
500.0 2.0
"""


@pytest.fixture
def made(tmp_path: Path) -> Made:
    root = tmp_path / "repo"
    root.mkdir()
    made = Made(root)
    made.git("init", "-q", "-b", "main")
    return made


def declare(made: Made, instrument: str, profile: str = "obs_base") -> None:
    made.write("curator.yaml", CONFIG.replace("obs_base", profile))
    text = CAMERA.replace("INSTRUME: TestCam", f"INSTRUME: {instrument}")
    text = text.replace("aliases: []\nstart", "aliases: [LSSTTestCam, TestCam]\nstart")
    text = text.replace('"g", aliases: []', '"g", aliases: [green]')
    made.write("testCam/camera/20200101T000000.yaml", text)


def said(root: Path, manifest: Manifest, keyword: str) -> set[str]:
    """Return what the FITS files of a manifest say, in HDU0 and HDU1."""
    found = set()
    for row in manifest.rows:
        hdus = read_fits((root / row.path).read_bytes())
        found |= {str(hdu.header[keyword]) for hdu in hdus[:2] if hdu.header.get(keyword)}
    return found


@pytest.mark.parametrize(
    ("profile", "texts", "name"),
    [
        ("dmtn148", ("testCam", "TESTCAM", "LSSTTestCam"), "green"),
        ("obs_base", ("testCam", "TESTCAM"), "G_6"),
    ],
)
def test_fits_and_manifest_name_the_instrument_and_filter_as_the_camera_file_does(
    made: Made, tmp_path: Path, profile: str, texts: tuple[str, ...], name: str
) -> None:
    for number, (text, declared) in enumerate(product(texts, ("TestCam", "LSSTTestCam"))):
        declare(made, declared, profile)
        made.write(FIRST, defects("1 2 3 4").replace("INSTRUME: TestCam", f"INSTRUME: {text}"))
        made.write(CURVE, FILTER.replace("NAME", name))
        made.commit("Say it")
        out = tmp_path / f"out{number}"
        manifest = export(made.repo, out)
        assert said(out, manifest, "INSTRUME") == {declared} == {row.instrument for row in manifest.rows}
        assert said(out, manifest, "FILTER") == {"g_6"} == {row.filter for row in manifest.rows if row.filter}
        assert [one.instrument for one in manifest.instruments] == [declared]


def test_a_renamed_instrument_gives_other_files_and_the_old_ones_still_verify(
    made: Made, tmp_path: Path
) -> None:
    declare(made, "TestCam")
    made.write(FIRST, defects("1 2 3 4"))
    made.write(CURVE, FILTER.replace("NAME", "g_6"))
    made.commit("Start")
    first = export(made.repo, tmp_path / "out")
    declare(made, "LSSTTestCam")
    made.commit("Call the instrument as the Butler does")
    second = export(made.repo, tmp_path / "out")
    before, after = ({row.gitpath: row for row in one.rows} for one in (first, second))
    assert all(before[path].path != after[path].path for path in (FIRST, CURVE))
    assert all(before[path].content != after[path].content for path in (FIRST, CURVE))
    verifier = Verifier(made.repo)
    for row in (*first.rows, *second.rows):
        assert verifier.verify(tmp_path / "out" / row.path).same
    forged = tmp_path / "forged.fits"
    data = (tmp_path / "out" / after[FIRST].path).read_bytes()
    forged.write_bytes(data.replace(b"'LSSTTestCam'", b"'LSSTTestCax'"))
    assert any("INSTRUME" in line for line in verifier.verify(forged).differences)


def test_what_a_commit_serves_is_what_its_export_serves(made: Made, tmp_path: Path) -> None:
    from curator.export.served import served_by

    declare(made, "LSSTTestCam")
    made.write(FIRST, defects("1 2 3 4"))
    made.write(CURVE, FILTER.replace("NAME", "G_6"))
    made.commit("Start")
    manifest = export(made.repo, tmp_path / "out")
    assert {one.content for one in served_by(made.repo)} == {row.content for row in manifest.rows}


def test_a_butler_registers_and_serves_the_name_that_the_files_have(made: Made, tmp_path: Path) -> None:
    from lsst.daf.butler import Butler

    from curator.cli.main import main

    declare(made, "LSSTTestCam")
    made.write(FIRST, defects("1 2 3 4"))
    made.commit("Start")
    out, butler = tmp_path / "out", tmp_path / "butler"
    manifest = export(made.repo, out)
    assert main(["ingest", "--create", str(out), f"butler:{butler}", "--label", "u/test/name"]) == 0
    with Butler.from_config(str(butler)) as found:
        assert [one.name for one in found.registry.queryDimensionRecords("instrument")] == ["LSSTTestCam"]
        (ref,) = found.registry.queryDatasets("defects", collections="*/calib/*", findFirst=False)
        assert found.get(ref).getMetadata()["INSTRUME"] == "LSSTTestCam"
    assert said(out, manifest, "INSTRUME") == {"LSSTTestCam"}


def test_what_is_written_back_as_text_names_the_directory_in_profile_obs_base(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from curator.cli.main import main
    from curator.formats.read import read_document

    declare(made, "LSSTTestCam")
    made.write(FIRST, defects("1 2 3 4"))
    made.write(CURVE, FILTER.replace("NAME", "g_6"))
    made.commit("Start")
    manifest = export(made.repo, tmp_path / "out")
    files = {row.gitpath: str(tmp_path / "out" / row.path) for row in manifest.rows}
    monkeypatch.chdir(made.root)
    for text, start in ((FIRST, "2022-01-01"), (CURVE, "2023-01-01")):
        assert main(["import", files[text], "--start", start]) == 0
    assert (
        main(["new", "defects", "--camera", "testCam", "--detector", "R00_S01", "--start", "2024-01-01"]) == 0
    )
    written = made.git("ls-files", "--others", "--exclude-standard", "*.ecsv").split("\n")
    assert len(written) == 3
    for path in written:
        assert read_document(path, (made.root / path).read_bytes()).header["INSTRUME"].lower() == "testcam"
    assert main(["check", *written, "--select", "CUR2"]) == 0
