"""The manifest comes back as written, and is not believed when it is not."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.errors import ExportError
from curator.export.manifest.manifest import (
    DetectorRecord,
    FilterRecord,
    InstrumentRecord,
    Manifest,
    ManifestRow,
    TypeRecord,
    read_manifest,
)

ROW = ManifestRow(
    path="testCam/defects/r00_s00/20200101T000000-0123456789ab.fits",
    sha256="a" * 64,
    content="b" * 64,
    bytes=8640,
    dataset_type="defects",
    instrument="TestCam",
    detector="R00_S00",
    detector_id=0,
    filter="",
    valid_start="2020-01-01T00:00:00",
    valid_end="",
    end_source="none",
    gitpath="testCam/defects/r00_s00/20200101T000000.ecsv",
    gitblob="c" * 40,
    gitsha="d" * 40,
    status="certified",
    ranges="2020-01-01T00:00:00/..",
)
MANIFEST = Manifest(
    repository="obs_test_data",
    commit="e" * 40,
    commit_date="2021-05-01T10:00:00",
    rows=(ROW,),
    profile="obs_base",
    released=("main", "v1"),
    instruments=(
        InstrumentRecord(
            "TestCam", (DetectorRecord(0, "R00_S00"), DetectorRecord(1, "1_04")), (FilterRecord("g"),)
        ),
    ),
    dataset_types=(TypeRecord("defects", ("detector",), "Defects"),),
    curator="0.1.0",
    cameras=("testCam",),
)


def _is_name(text):
    return text == text.strip() and text.isprintable()


def _written(tmp_path, manifest=MANIFEST, change=None):
    text = manifest.to_bytes().decode()
    (tmp_path / "manifest.ecsv").write_text(change(text) if change else text)
    return tmp_path


def test_a_manifest_comes_back_as_written(tmp_path):
    assert read_manifest(_written(tmp_path)) == MANIFEST


@pytest.mark.parametrize("edited", ["ok", "error CUR303", "error CUR301 CUR303"])
def test_an_error_that_is_edited_away_is_found(tmp_path, edited):
    marked = dataclasses.replace(MANIFEST, rows=(dataclasses.replace(ROW, check="error CUR301"),))
    assert read_manifest(_written(tmp_path, marked)) == marked
    with pytest.raises(ExportError, match="column check was edited after the export"):
        read_manifest(_written(tmp_path, marked, lambda text: text.replace("error CUR301", edited)))


def test_a_manifest_without_rows_comes_back(tmp_path):
    empty = dataclasses.replace(MANIFEST, rows=(), dataset_types=())
    assert read_manifest(_written(tmp_path, empty)) == empty


def test_astropy_reads_a_manifest(tmp_path):
    from astropy.table import Table

    table = Table.read(_written(tmp_path) / "manifest.ecsv", format="ascii.ecsv")
    assert table["gitsha"][0] == ROW.gitsha
    assert table.meta["instruments"][0]["detectors"][1]["name"] == "1_04"


@given(
    st.builds(
        dict,
        detector=st.text().filter(_is_name),
        filter=st.text(st.sampled_from("g #,\"':é天\\-[]{}")).filter(_is_name),
        detector_id=st.none() | st.integers(0, 10**6),
    )
)
def test_any_names_come_back(tmp_path, changes):
    manifest = dataclasses.replace(MANIFEST, rows=(dataclasses.replace(ROW, **changes),))
    assert read_manifest(_written(tmp_path, manifest)).rows == manifest.rows


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("schema_version: 4", "schema_version: 5"), "schema_version 5"),
        (lambda text: text.replace("complete: true", "complete: perhaps"), "complete"),
        (lambda text: text.replace("01T00:00:00/..", "01T00:00:00/2020-02-30T00:00:00"), "ranges"),
        (lambda text: text.replace(",certified,", ",deprecated,"), "ranges"),
        (lambda text: text.replace(",ok\n", ",fine\n"), "check"),
        (lambda text: text.replace(ROW.path, "../../etc/passwd.fits"), "not a FITS file below"),
        (lambda text: text.replace(ROW.path, "/etc/passwd.fits"), "not a FITS file below"),
        (lambda text: text.replace(ROW.gitpath, "a/../../b.ecsv"), "gitpath"),
        (lambda text: text.replace("a" * 64, "A" * 64), "sha256"),
        (lambda text: text.replace(",8640,", ",-1,"), "bytes"),
        (lambda text: text.replace(",certified", ",blessed"), "status"),
        (lambda text: text.replace(",none,", ",written,"), "valid_end"),
        (lambda text: text.replace("b" * 64, "f" * 64), "fingerprint"),
        (lambda text: text.replace("e" * 40, "master"), "commit"),
        (lambda text: text.replace("e" * 40, "0" * 40), "commit"),
        (
            lambda text: text.replace("e" * 40, "e" * 39 + "f"),
            "the header or the column check was edited after the export",
        ),
        (lambda text: text.replace("complete: true", "complete: false"), "the header or the column check"),
        (lambda text: text.replace("header_digest: ", "header_digest: a"), "the header or the column check"),
        (lambda text: text.replace(",ok\n", ",error CUR301\n"), "column check"),
        (lambda text: text.replace("# - header_digest: ", "# - digest: "), "header_digest"),
        (lambda text: text.replace("d" * 40, "0" * 40), "gitsha"),
        (lambda text: text.replace("2020-01-01T00:00:00,", "2020-01-02T00:00:00,"), "valid_start"),
        (
            lambda text: text.replace(",2020-01-01T00:00:00/..", ",2019-01-01T00:00:00/.."),
            "while it is valid",
        ),
        (lambda text: text.replace(",,none,", ",2021-01-01T00:00:00,written,"), "while it is valid"),
        (lambda text: text.replace(",,none,", ",2021-01-01T00:00:00,derived,"), "the next one does not"),
        (lambda text: text.replace(",2020-01-01T00:00:00/..", ","), "while status is 'certified'"),
        (lambda text: text + text.splitlines()[-1] + "\n", "twice"),
        (lambda text: text[: len(text) - 60], "damaged"),
        (lambda text: text.replace("status", "state"), "status"),
        (lambda text: text.replace(" detectors:", " detektors:"), "instruments"),
        (lambda text: "", "damaged"),
        (lambda text: "\0" + text, "damaged"),
    ],
)
def test_a_damaged_or_hostile_manifest_is_one_line_of_error(tmp_path, change, said):
    changed = _written(tmp_path, change=change)
    assert (changed / "manifest.ecsv").read_bytes() != MANIFEST.to_bytes()
    with pytest.raises(ExportError) as caught:
        read_manifest(changed)
    assert "\n" not in caught.value.message
    assert said in str(caught.value)


def test_a_folder_without_a_manifest_is_no_export(tmp_path):
    with pytest.raises(ExportError, match="there is no manifest"):
        read_manifest(tmp_path)


def test_the_fingerprint_is_of_what_a_registry_holds_and_of_nothing_else():
    def fingerprint(**changes):
        return dataclasses.replace(MANIFEST, rows=(dataclasses.replace(ROW, **changes),)).fingerprint

    assert fingerprint(sha256="9" * 64, path="x/y.fits", gitsha="9" * 40) == MANIFEST.fingerprint
    for change in ({"content": "9" * 64}, {"detector": "R00_S01"}, {"ranges": "2020-01-02T00:00:00/.."}):
        assert fingerprint(**change) != MANIFEST.fingerprint
    other = dataclasses.replace(ROW, detector="R00_S01")
    assert (
        dataclasses.replace(MANIFEST, rows=(ROW, other)).fingerprint
        == dataclasses.replace(MANIFEST, rows=(other, ROW)).fingerprint
    )


def test_twenty_thousand_rows_are_written_and_read_in_seconds(tmp_path):
    rows = tuple(
        dataclasses.replace(ROW, path=f"a/{number:05}-0.fits", gitpath=f"{number:05}/20200101T000000.ecsv")
        for number in range(20_000)
    )
    began = time.monotonic()
    assert len(read_manifest(_written(tmp_path, dataclasses.replace(MANIFEST, rows=rows))).rows) == 20_000
    assert time.monotonic() - began < 15
