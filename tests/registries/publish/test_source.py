from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime

import pytest

from curator.errors import ExportError, RegistryError, UsageError
from curator.registries.publish.export_reader import Refused, load_export

from ..conftest import Calib, make_export, write_manifest


def refusal(path) -> str:
    with pytest.raises(Refused) as caught:
        load_export(str(path))
    assert caught.value.exit_status == 1
    return "\n".join(map(str, caught.value.differences))


def first_fits(root):
    return min(root.rglob("*.fits"))


def test_an_export_becomes_items_with_run_range_and_file(export):
    root = export(Calib(end="2020-01-01T00:00:00"), Calib(dataset_type="transmission_filter", filter="g_6"))
    items = {item.data_id.dataset_type: item for item in load_export(str(root)).items}
    one = items["defects"]
    assert one.data_id.key == ("defects", "TestCam", 94, "")
    assert one.version == "TestCam/calib/curated/111111111111/19700101T000000"
    assert one.start == datetime(1970, 1, 1)
    assert one.ranges == ((datetime(1970, 1, 1), datetime(2020, 1, 1)),)
    assert one.file == str(first_fits(root / "TestCam" / "defects"))
    assert items["transmission_filter"].data_id.key == ("transmission_filter", "TestCam", None, "g_6")


def test_a_camera_goes_by_another_name_than_the_one_pipelines_read(export):
    (item,) = load_export(str(export(Calib(dataset_type="camera", detector="")))).items
    assert item.data_id.key == ("curated_camera", "TestCam", None, "")


def test_a_missing_file_is_named(export):
    root = export(Calib(), Calib(detector="R22_S12"))
    gone = first_fits(root)
    gone.unlink()
    assert f"{gone.relative_to(root)} is missing" in refusal(root)


def test_every_changed_file_is_named(export):
    root = export(Calib(), Calib(detector="R22_S12"), Calib(detector="R22_S20"))
    for file in list(root.rglob("*.fits"))[:2]:
        data = bytearray(file.read_bytes())
        data[-3000] ^= 1
        file.write_bytes(data)
    assert refusal(root).count("its digest is not that of the manifest") == 2


def test_a_truncated_file_is_named(export):
    root = export(Calib())
    file = first_fits(root)
    file.write_bytes(file.read_bytes()[:-1])
    assert "bytes, the manifest says" in refusal(root)


def test_a_manifest_that_lies_about_the_content_is_refused(tmp_path):
    tmp_path.joinpath("export").mkdir()
    row = Calib().write(tmp_path / "export")
    write_manifest(tmp_path / "export", [replace(row, content="0" * 64)])
    assert "another CONTENT" in refusal(tmp_path / "export")


@pytest.mark.parametrize("depth", [0, 1])
def test_symlinks_are_not_followed(export, tmp_path, depth):
    root = export(Calib())
    there = [first_fits(root), first_fits(root).parent][depth]
    shutil.move(there, tmp_path / "elsewhere")
    there.symlink_to(tmp_path / "elsewhere")
    assert "symlink" in refusal(root) or "cannot be read" in refusal(root)


@pytest.mark.parametrize(
    ("changes", "keyword"),
    [
        ({"gitsha": "9" * 40}, "GITSHA"),
        ({"gitpath": "TestCam/defects/r22_s12/19700101T000000.ecsv"}, "GITPATH"),
        (
            {
                "gitpath": "TestCam/defects/r22_s11/19710101T000000.ecsv",
                "valid_start": "1971-01-01T00:00:00",
                "ranges": "1971-01-01T00:00:00/2020-01-01T00:00:00",
            },
            "GITPATH",
        ),
        (
            {"valid_end": "2021-01-01T00:00:00", "ranges": "1970-01-01T00:00:00/2021-01-01T00:00:00"},
            "VALIDEND",
        ),
        ({"valid_end": "", "end_source": "none", "ranges": "1970-01-01T00:00:00/.."}, "VALIDEND"),
    ],
)
def test_a_manifest_whose_rows_are_not_what_its_files_say_is_refused(tmp_path, changes, keyword):
    """As somebody edits one, with a fingerprint that fits."""
    row = Calib(end="2020-01-01T00:00:00").write(tmp_path)
    write_manifest(tmp_path, [row])
    load_export(str(tmp_path))
    write_manifest(tmp_path, [replace(row, **changes)])
    assert keyword in refusal(tmp_path)


def test_the_repository_of_a_file_is_that_of_the_manifest(export):
    assert "GITREPO" in refusal(export(Calib(), repository="obs_other_data"))


def test_a_detector_without_a_number_is_refused_by_name(export):
    assert "no detector 'S99'" in refusal(export(Calib(detector="S99")))


def test_a_filter_that_the_camera_lacks_is_refused_by_name(export):
    assert "no filter 'z'" in refusal(export(Calib(dataset_type="transmission_filter", filter="z")))


def test_an_instrument_that_is_no_name_of_a_collection_is_refused(export):
    assert "cannot be part of a collection's name" in refusal(
        export(Calib(instrument="*", gitpath="a/19700101T000000.ecsv"))
    )


def test_ranges_are_checked_before_anything_is_opened(export):
    root = export(Calib(), Calib(start="2020-01-01T00:00:00"))
    assert "has no end, after" in refusal(root)


def test_a_date_that_the_calendar_lacks_is_refused(export):
    calib = Calib(end="2021-02-30T00:00:00", served="1970-01-01T00:00:00/..")
    assert "'2021-02-30T00:00:00' is not a date" in refusal(export(calib))


def test_an_export_of_nothing_of_some_paths_is_refused(export):
    with pytest.raises(RegistryError, match="holds no calibrations"):
        load_export(str(export(complete=False)))


def test_a_folder_without_a_manifest_is_no_export(tmp_path):
    with pytest.raises(ExportError, match="no manifest"):
        load_export(str(tmp_path))
    with pytest.raises(UsageError, match="no such export"):
        load_export(str(tmp_path / "none"))


def test_a_manifest_of_some_paths_is_named_by_itself(tmp_path):
    root = make_export(tmp_path / "export", Calib(), name="manifests/abc-def.ecsv", complete=False)
    with pytest.raises(UsageError, match="some paths only") as caught:
        load_export(str(root))
    assert str(root / "manifests") in caught.value.hint
    found = load_export(str(root / "manifests" / "abc-def.ecsv"))
    assert not found.complete
    assert found.root == str(root)
