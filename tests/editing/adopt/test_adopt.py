from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from editing.texts import NOW, curve, defects, git, linearizer

from curator.calibrations.cameras.camera import Camera, Detector, Filter
from curator.calibrations.header.profiles import PROFILES
from curator.cli.main import main
from curator.editing.adopt.adopt import Adoption, adopt
from curator.editing.new.automation_files import automation_files
from curator.errors import EditingError, UsageError
from curator.repository.layout.config import camera_at, load_config
from curator.repository.repository import Repository

Make = Callable[..., Path]
EPOCH = "19700101T000000"


def adopted(folder: Path, **options: object) -> Adoption:
    return adopt(Repository.find(folder), now=NOW, **options)  # type: ignore[arg-type]


def camera_of(folder: Path, name: str) -> Camera:
    return camera_at(load_config(Repository.find(folder).worktree()), name, datetime(2100, 1, 1))


def test_names_come_in_their_true_case_from_the_headers(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/r22_s11/{EPOCH}.ecsv": defects(detector=94, DET_NAME="R22_S11"),
            f"cam/defects/n31/{EPOCH}.ecsv": defects(detector=62, CALIB_ID="detectorName=N31 detector=62"),
            f"cam/defects/rtm-020_s00/{EPOCH}.ecsv": defects(
                detector=9, CALIB_ID="raftName=RTM-020 detectorName=S00"
            ),
            f"cam/defects/ab_c/{EPOCH}.ecsv": defects(detector=8, RAFTNAME="Ab", SLOTNAME="C"),
        }
    )
    found = adopted(folder)
    assert not found.disagreements
    assert {one.name: one.id for one in camera_of(folder, "cam").detectors} == {
        "R22_S11": 94,
        "N31": 62,
        "RTM-020_S00": 9,
        "Ab_C": 8,
    }


def test_detectors_that_no_file_names_are_named_after_their_directory(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"hsc/defects/0_00/{EPOCH}.ecsv": defects(camera="hsc", detector=0),
            f"hsc/defects/1_04/{EPOCH}.ecsv": defects(camera="hsc", detector=104),
        }
    )
    found = adopted(folder)
    assert [(one.name, one.id) for one in camera_of(folder, "hsc").detectors] == [("0_00", 0), ("1_04", 104)]
    assert any("named after the directory" in note for note in found.cameras[0].notes)


def test_names_follow_the_upper_case_of_the_others(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1, DET_NAME="N1"),
            f"cam/defects/n2/{EPOCH}.ecsv": defects(detector=2),
        }
    )
    adopted(folder)
    assert [one.name for one in camera_of(folder, "cam").detectors] == ["N1", "N2"]


def test_a_lone_wrong_id_is_outvoted_and_listed_with_its_line(make_repository: Make) -> None:
    files = {f"cam/defects/n1/{year}0101T000000.ecsv": defects(detector=1) for year in (1970, 1980, 1990)}
    files["cam/defects/n1/20000101T000000.ecsv"] = defects(detector=2)
    files[f"cam/defects/n2/{EPOCH}.ecsv"] = defects(detector=2)
    folder = make_repository(files)
    found = adopted(folder)
    assert {one.name: one.id for one in camera_of(folder, "cam").detectors} == {"n1": 1, "n2": 2}
    (one,) = found.disagreements
    assert (one.path, one.line) == ("cam/defects/n1/20000101T000000.ecsv", 11)
    assert one.message == "DETECTOR has 2 as id of n1"
    assert one.others == "3 other places say 1"


def test_no_two_detectors_share_an_id(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1),
            "cam/defects/n1/19800101T000000.ecsv": defects(detector=1),
            f"cam/defects/n2/{EPOCH}.ecsv": defects(detector=1),
        }
    )
    found = adopted(folder)
    assert [(one.name, one.id) for one in camera_of(folder, "cam").detectors] == [("n1", 1)]
    assert [one.path for one in found.disagreements] == [f"cam/defects/n2/{EPOCH}.ecsv"]
    assert found.disagreements[0].others == "1 is the id of n1"
    assert "skipped, because no file gives their id: n2" in found.cameras[0].notes


def test_a_name_that_contradicts_its_directory_is_listed(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1, DET_NAME="N2")})
    (one,) = adopted(folder).disagreements
    assert (one.message, one.others) == ("DET_NAME has N2 as name of the detector", "its directory says n1")


def test_sizes_and_amplifiers_come_from_the_boxes_of_a_linearizer(make_repository: Make) -> None:
    boxes = {"B": (1024, 0, 2047, 4095), "A": (0, 0, 1023, 4095)}
    folder = make_repository({f"cam/linearizer/n1/{EPOCH}.yaml": linearizer(boxes)})
    adopted(folder)
    (one,) = camera_of(folder, "cam").detectors
    assert (one.name, one.width, one.height, one.serial, one.amplifiers) == (
        "N1",
        2048,
        4096,
        "62",
        ("B", "A"),
    )
    assert (one.amplifiers_from, one.ordered_amplifiers) == ("", ("B", "A"))


@pytest.mark.parametrize(
    "boxes",
    [
        {"A": (0, 0, 1023, 4095), "B": (1025, 0, 2047, 4095)},
        {"A": (0, 0, 1023, 4095), "B": (1000, 0, 2047, 4095)},
        {"A": (10, 0, 1023, 4095)},
    ],
    ids=["gap", "overlap", "begins late"],
)
def test_boxes_that_do_not_tile_a_detector_say_nothing_of_its_size(
    make_repository: Make, boxes: Mapping[str, tuple[int, int, int, int]]
) -> None:
    folder = make_repository({f"cam/linearizer/n1/{EPOCH}.yaml": linearizer(boxes)})
    adopted(folder)
    (one,) = camera_of(folder, "cam").detectors
    assert (one.width, one.height) == (0, 0)


def test_defects_say_nothing_of_the_size(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(rows="0 0 2048 4176\n")})
    adopted(folder)
    assert camera_of(folder, "cam").detectors[0].width == 0


def test_a_serial_number_of_a_known_sensor_gives_its_size(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/a/{EPOCH}.ecsv": defects(detector=1, DET_SER="ITL-3800C-229"),
            f"cam/defects/b/{EPOCH}.ecsv": defects(detector=2, DET_SER="E2V-CCD250-382"),
            f"cam/defects/c/{EPOCH}.ecsv": defects(detector=3, DET_SER="ITL-4400B-023"),
            f"cam/defects/d/{EPOCH}.ecsv": defects(detector=4, DET_SER="ITL-38000-1"),
        }
    )
    adopted(folder)
    sizes = [(one.width, one.height) for one in camera_of(folder, "cam").detectors]
    assert sizes == [(4072, 4000), (4096, 4004), (4072, 2000), (0, 0)]


def test_an_amplifier_that_one_curve_lacks_is_listed(make_repository: Make) -> None:
    files = {
        f"cam/transmission_sensor/n1/{year}0101T000000.ecsv": curve("transmission_sensor", "BA", DETECTOR=1)
        for year in (1970, 1980)
    }
    files["cam/transmission_sensor/n1/19900101T000000.ecsv"] = curve("transmission_sensor", "A", DETECTOR=1)
    folder = make_repository(files)
    found = adopted(folder)
    (one,) = camera_of(folder, "cam").detectors
    assert one.amplifiers == ("A", "B")
    assert (one.amplifiers_from, one.ordered_amplifiers) == ("inferred", ())
    assert any("no file tells the order of amplifiers" in note for note in found.cameras[0].notes)
    assert [one.message for one in found.disagreements] == ["amp_name has no B for n1"]


def test_a_detector_named_only_as_a_source_of_crosstalk_is_left_out_and_said(make_repository: Make) -> None:
    text = (
        "interChip:\n  n1: [0.0]\n  N30: [0.0]\nmetadata: {OBSTYPE: CROSSTALK, INSTRUME: cam, DETECTOR: 1}\n"
    )
    folder = make_repository({f"cam/crosstalk/n1/{EPOCH}.yaml": text})
    notes = adopted(folder).cameras[0].notes
    assert "skipped, because only crosstalk names them: N30" in notes
    assert [one.name for one in camera_of(folder, "cam").detectors] == ["n1"]


def test_filters_are_spelled_as_headers_have_them(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/transmission_filter/g_decam_c1/{EPOCH}.ecsv": curve(
                "transmission_filter", FILTER="g DECam c1"
            ),
            f"cam/transmission_filter/empty~sdssi/{EPOCH}.ecsv": curve(
                "transmission_filter", FILTER="empty~SDSSi"
            ),
            f"cam/transmission_filter/nb0387/{EPOCH}.ecsv": curve("transmission_filter"),
            f"cam/transmission_filter/r2/{EPOCH}.ecsv": curve("transmission_filter", FILTER="g DECam c1"),
        }
    )
    found = adopted(folder)
    filters = {one.name: one.band for one in camera_of(folder, "cam").filters}
    assert filters == {"g DECam c1": "g", "empty~SDSSi": "i", "nb0387": "", "r2": "r"}
    assert [one.message for one in found.disagreements] == ["FILTER has g DECam c1 as filter"]
    assert "filters named after their directories: nb0387, r2" in found.cameras[0].notes


def test_other_spellings_of_the_instrument_become_aliases(make_repository: Make) -> None:
    files = {
        f"comCam/defects/n{i}/{EPOCH}.ecsv": defects(
            camera="ComCam", detector=i, CALIB_ID=f"instrument=LSSTComCam detector={i}"
        )
        for i in range(3)
    }
    files |= {
        f"comCam/manual_defects/n0/{EPOCH}.ecsv": defects(camera="COMCAM", detector=0),
        f"latiss/defects/x/{EPOCH}.ecsv": defects(camera="LATISS", detector=0),
    }
    folder = make_repository(files)
    assert not adopted(folder).disagreements
    assert adopted(folder, replace=True).cameras[0].notes[0] == (
        "INSTRUME is also COMCAM (1 file); registries will use ComCam, `instrument` in the camera file: "
        "if that is wrong, edit it before you publish"
    )
    camera = camera_of(folder, "comCam")
    assert (camera.name, camera.instrument, camera.aliases) == ("comCam", "ComCam", ("LSSTComCam",))
    assert camera.is_instrument("comcam")


def test_the_name_of_another_camera_is_a_mistake_and_no_alias(make_repository: Make) -> None:
    files = {f"simcam/defects/n{i}/{EPOCH}.ecsv": defects(camera="SimCam", detector=i) for i in range(3)}
    files[f"cam/defects/n0/{EPOCH}.ecsv"] = defects(camera="Cam", detector=0)
    files[f"cam/defects/n1/{EPOCH}.ecsv"] = defects(camera="Cam", detector=1)
    files[f"cam/defects/n2/{EPOCH}.ecsv"] = defects(camera="SimCam", detector=2)
    folder = make_repository(files)
    (one,) = adopted(folder).disagreements
    assert (one.path, one.message) == (f"cam/defects/n2/{EPOCH}.ecsv", "INSTRUME has SimCam as instrument")
    assert not camera_of(folder, "cam").aliases


def test_the_profile_is_the_one_that_most_files_fit(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    found = adopted(folder)
    assert (found.profile, dict(found.fitting)) == ("obs_base", {"dmtn148": 0, "obs_base": 1})
    assert adopted(folder, replace=True, profile="dmtn148").profile == "dmtn148"


def test_the_template_is_found_to_fit_the_profile_it_was_made_with(template: Make) -> None:
    for profile in ("dmtn148", "obs_base"):
        folder = template(profile)
        before = camera_of(folder, "myCam")
        found = adopted(folder, replace=True)
        assert found.profile == profile
        assert found.fitting[profile] == found.files > 10
        assert not found.disagreements
        after = camera_of(folder, "myCam")
        assert after.instrument == "myCam"
        assert {one.name: (one.id, one.serial) for one in after.detectors}.items() <= {
            one.name: (one.id, one.serial) for one in before.detectors
        }.items()


def test_the_configuration_names_branch_repository_and_cameras(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"camA/defects/n1/{EPOCH}.ecsv": defects(camera="camA"),
            "camB/defects/n1/20130115t0130.ecsv": defects(camera="camB"),
            "camB/defects/n1/2014-01-01T00:00:00.ecsv": defects(camera="camB"),
        }
    )
    found = adopted(folder)
    config = load_config(Repository.find(folder).worktree())
    assert config.repository == "obs_some_data"
    assert config.release_branch == "trunk"
    assert [one.directory for one in config.cameras] == ["camA", "camB"]
    assert found.written == (
        "curator.yaml",
        f"camA/camera/{EPOCH}.yaml",
        "camB/camera/20130115T013000.yaml",
    )
    assert camera_of(folder, "camB").start == datetime(2013, 1, 15, 1, 30)


@pytest.mark.parametrize(
    "url",
    [
        "https://forge.example/x?private_token=SECRET",
        "https://SECRET@forge.example/SECRET.git",
        "ssh://git:SECRET@forge.example/group/obs_x_data",
        "SECRET",
    ],
)
def test_no_secret_of_an_address_of_a_remote_is_taken(make_repository: Make, url: str) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()}, name="clone of mine")
    for key in ("remote.origin.url", "remote.origin.pushurl", "remote.SECRET.url", "branch.trunk.remote"):
        git(folder, "config", key, url)
    (folder / ".git/FETCH_HEAD").write_text(f"{'0' * 40}\t\tbranch 'main' of {url}\n")
    assert adopted(folder).repository == "clone_of_mine"
    assert "SECRET" not in "".join(
        file.read_text() for file in folder.rglob("*.yaml") if ".git" not in file.parts
    )


@pytest.mark.parametrize(
    ("url", "name", "source"),
    [
        ("https://forge.example/survey/obs_x_data.git", "obs_x_data", "from the address of origin"),
        ("git@forge.example:survey/obs_x_data", "obs_x_data", "from the address of origin"),
        ("/srv/obs_x_data/.git", "obs_x_data", "from the address of origin"),
        ("https://forge.example/survey/repo.git", "clone", "from the folder"),
        ("https://forge.example/odd name", "clone", "from the folder"),
    ],
)
def test_a_repository_is_named_by_the_address_of_origin_before_its_folder(
    make_repository: Make, url: str, name: str, source: str
) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()}, name="clone")
    git(folder, "config", "remote.origin.url", url)
    found = adopted(folder)
    assert found.repository == name
    assert f"name: {name}, {source}; --name changes it" in found.notes


def test_the_release_branch_is_not_the_branch_of_the_adoption(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    git(folder, "branch", "-m", "adopt-curator")

    def taken() -> tuple[str, str]:
        found = adopted(folder, dry_run=True)
        return found.release_branch, found.notes[-1]

    change = "; change it with release_branch in curator.yaml"
    assert taken() == ("adopt-curator", f"release branch: adopt-curator, because it is checked out{change}")
    for name in ("master", "main"):
        git(folder, "branch", name)
        said = f"release branch: {name}, because there is a branch of this name{change}"
        assert taken() == (name, said)
    git(folder, "update-ref", "refs/remotes/origin/release/2", "HEAD")
    git(folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/2")
    assert taken() == ("release/2", f"release branch: release/2, as origin/HEAD says{change}")
    assert main(["-C", str(folder), "adopt", "--ci"]) == 0
    workflow = yaml.safe_load((folder / ".github/workflows/check.yaml").read_text())
    assert workflow[True]["push"]["branches"] == ["release/2"]
    assert load_config(Repository.find(folder).worktree()).release_branch == "release/2"


def test_a_repository_is_named_by_its_main_folder_or_as_a_person_says(
    make_repository: Make, tmp_path: Path
) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    linked, bare = tmp_path / "branch-of-mine", tmp_path / "obs_bare_data.git"
    git(folder, "worktree", "add", "-q", str(linked))
    assert adopted(linked).repository == "obs_some_data"
    git(folder, "clone", "-q", "--bare", ".", str(bare))
    git(bare, "worktree", "add", "-q", str(tmp_path / "other"))
    assert adopted(tmp_path / "other").repository == "obs_bare_data"
    assert adopted(folder, name="obs-cam.2").repository == "obs-cam.2"
    for name in ("", "a b", "https://me:SECRET@x", ".git", "a/b", "x" * 101, "a\nb", "\u00e9"):
        with pytest.raises(UsageError, match="cannot be the name of a repository"):
            adopted(folder, name=name, replace=True)
    assert load_config(Repository.find(folder).worktree()).repository == "obs-cam.2"


def test_what_stands_elsewhere_is_ignored_and_said(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/n1/{EPOCH}.ecsv": defects(),
            "cam/defects/n1/high_cti.ecsv": defects(),
            "cam/darks/n1/19700101T000000.ecsv": defects(),
            "policy/settings.yaml": "a: 1\n",
            ".github/workflows/test.yaml": "a: 1\n",
            "top.yaml": "a: 1\n",
        }
    )
    found = adopted(folder)
    assert [one.camera.name for one in found.cameras] == ["cam"]
    assert set(found.ignored) == {
        "cam/defects/n1/high_cti.ecsv",
        "cam/darks/n1/19700101T000000.ecsv",
        "policy/settings.yaml",
    }


def test_an_unreadable_file_has_no_vote_and_stops_nothing(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/n1/{EPOCH}.ecsv": defects(),
            "cam/defects/n1/19800101T000000.ecsv": "<<<<<<< HEAD\n",
            "cam/linearizer/n1/19700101T000000.yaml": "a: &x [*x]\n",
        }
    )
    found = adopted(folder)
    assert found.files == 3
    assert sorted(one.path for one in found.disagreements) == [
        "cam/defects/n1/19800101T000000.ecsv",
        "cam/linearizer/n1/19700101T000000.yaml",
    ]
    assert all(one.message.startswith("cannot be read: ") for one in found.disagreements)


def test_a_link_is_not_followed(make_repository: Make, tmp_path: Path) -> None:
    (tmp_path / "outside.ecsv").write_text(defects(detector=1))
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=7)})
    (folder / "cam/defects/n1/19800101T000000.ecsv").symlink_to(tmp_path / "outside.ecsv")
    found = adopted(folder)
    assert found.ignored == {"cam/defects/n1/19800101T000000.ecsv": "a symbolic link or a submodule"}
    assert not found.disagreements


def test_nothing_is_written_through_a_link(make_repository: Make, tmp_path: Path) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "cam/camera").symlink_to(outside)
    with pytest.raises(Exception, match="symbolic link"):
        adopted(folder)
    assert not list(outside.iterdir())
    assert not (folder / "curator.yaml").exists()


def test_what_is_there_is_written_over_only_when_told(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(), "curator.yaml": "mine\n"})
    with pytest.raises(EditingError, match="this repository is already adopted") as caught:
        adopted(folder)
    assert "loses your edits" in caught.value.hint
    assert (folder / "curator.yaml").read_text() == "mine\n"
    assert not (folder / "cam/camera").exists()
    adopted(folder, replace=True)
    assert load_config(Repository.find(folder).worktree()).profile == "obs_base"


def test_a_repository_without_calibrations_is_refused(make_repository: Make) -> None:
    folder = make_repository({"README.md": "nothing\n"})
    with pytest.raises(EditingError, match="no file here is at the path of a calibration"):
        adopted(folder)


def test_nothing_is_committed(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    adopted(folder)
    assert git(folder, "log", "--format=%s") == "Import\n"
    assert git(folder, "diff", "--cached", "--name-only") == ""


def test_odd_values_in_headers_do_no_harm(make_repository: Make) -> None:
    folder = make_repository(
        {
            f"cam/defects/n1/{EPOCH}.ecsv": defects(
                detector=1, DET_NAME="[1, 2]", DET_SER="{a: b}", CALIB_ID="nonsense", RAFTNAME="true"
            ),
            f"cam/linearizer/n1/{EPOCH}.yaml": "metadata: [1]\namplifiers: {1: 2}\ndetectorName: [x]\n",
            f"cam/bfk/n1/{EPOCH}.yaml": "ampKernels: 5\ndetectorId: -1\n",
            f"cam/crosstalk/n1/{EPOCH}.yaml": "- 1\n",
        }
    )
    adopted(folder)
    assert [(one.name, one.id) for one in camera_of(folder, "cam").detectors] == [("n1", 1)]


def test_cameras_that_all_stand_below_one_folder_are_declared_with_it(make_repository: Make) -> None:
    from curator.checks.run.engine import check

    folder = make_repository(
        {
            f"curated/pfs/defects/b1/{EPOCH}.ecsv": defects("pfs"),
            f"curated/pfs/defects/r1/{EPOCH}.ecsv": defects("pfs", detector=2),
            f"tests/data/pfs/defects/b1/{EPOCH}.ecsv": defects(),
        }
    )
    found = adopted(folder)
    assert [(one.camera.name, one.path, one.files) for one in found.cameras] == [
        ("pfs", f"curated/pfs/camera/{EPOCH}.yaml", 2)
    ]
    assert found.elsewhere == (("tests/data", "pfs", 1),)
    tree = Repository.find(folder).worktree()
    config = load_config(tree)
    assert [(one.name, one.directory) for one in config.cameras] == [("pfs", "curated/pfs")]
    codes = {one.code for one in check(tree, config, paths=["curated"]).findings if one.severity == "error"}
    assert codes == set()


def test_calibrations_below_another_folder_are_left_out_and_counted(make_repository: Make) -> None:
    files = {f"tests/data/cam/defects/n{number}/{EPOCH}.ecsv": defects() for number in (1, 2)}
    found = adopted(make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(), **files}))
    assert found.elsewhere == (("tests/data", "cam", 2),)
    assert not found.ignored


def test_why_files_do_not_fit_the_profile_is_counted_with_the_first_of_them(make_repository: Make) -> None:
    files = {
        f"cam/defects/n{number}/{EPOCH}.ecsv": defects(detector=number).replace("1970-01-01", "1980-01-01")
        for number in range(5)
    }
    files[f"cam/defects/n7/{EPOCH}.ecsv"] = defects(FILTER="r").replace("CALIBDATE", "calibdate")
    files[f"cam/defects/n8/{EPOCH}.ecsv"] = defects(detector=8).replace("# - OBSTYPE: defects\n", "")
    files[f"cam/defects/n9/{EPOCH}.ecsv"] = "<<<<<<< HEAD\n"
    found = adopted(make_repository(files))
    assert found.profile == "obs_base"
    assert found.fitting["obs_base"] == 0
    counts = [(one.files, one.reason, len(one.first)) for one in found.misfits]
    assert counts[0] == (5, "CALIBDATE differs from the file name", 3)
    assert [reason for _, reason, _ in counts[1:]] == [
        "FILTER is 'r', but defects has no filter",
        "OBSTYPE is missing",
        "calibdate is not in upper case",
        "does not begin with the line '# %ECSV 1.0'",
    ]
    assert found.misfits[0].first == [f"cam/defects/n{number}/{EPOCH}.ecsv" for number in range(3)]


def proposals(folder: Path) -> list[str]:
    (camera,) = (folder / "cam/camera").iterdir()
    return [line.split("#")[1] for line in camera.read_text().splitlines() if "#" in line]


def test_a_size_that_most_lists_reach_is_proposed_in_a_comment(make_repository: Make) -> None:
    files = {
        f"cam/defects/n{number}/{EPOCH}.ecsv": defects(detector=number, rows="5 0 1 4096\n0 9 2048 1\n")
        for number in (1, 2, 3)
    }
    files[f"cam/defects/n4/{EPOCH}.ecsv"] = defects(detector=4, rows="5 0 1 4000\n")
    files[f"cam/defects/n5/{EPOCH}.ecsv"] = defects(detector=5, rows="")
    folder = make_repository(files)
    found = adopted(folder)
    assert proposals(folder) == [" its boxes reach 2048 x 4096: width and height?"] * 3
    assert [(one.width, one.height) for one in camera_of(folder, "cam").detectors] == [(0, 0)] * 5
    assert any(
        "5 detectors have no size" in note and "for 3 the camera file proposes one" in note
        for note in found.cameras[0].notes
    )


@pytest.mark.parametrize(
    "ends",
    [(100, 100), (100, 100, 100, 101), (100, 100, 100, 90, 91, 92, 93)],
    ids=["few", "beyond", "minority"],
)
def test_no_size_is_proposed_where_it_might_be_chance(make_repository: Make, ends: tuple[int, ...]) -> None:
    files = {
        f"cam/defects/n{number}/{EPOCH}.ecsv": defects(detector=number, rows=f"0 0 {end} 50\n")
        for number, end in enumerate(ends)
    }
    folder = make_repository(files)
    found = adopted(folder)
    assert proposals(folder) == []
    assert any(note.endswith("are not found") for note in found.cameras[0].notes)


def test_an_earlier_description_that_stays_is_said(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    adopted(folder)
    (folder / f"cam/defects/n1/{EPOCH}.ecsv").rename(folder / "cam/defects/n1/19800101T000000.ecsv")
    found = adopted(folder, replace=True)
    assert any(
        note.startswith(f"cam/camera/{EPOCH}.yaml also describes it") for note in found.cameras[0].notes
    )


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_real_repositories_agree_with_themselves_and_with_their_check(
    real_repository: Callable[[str], Path], name: str
) -> None:
    found = agrees(real_repository(name), [None])
    assert not found.disagreements
    assert not found.ignored
    assert found.profile == "obs_base"
    assert found.fitting["obs_base"] == found.files


def test_real_cameras_are_described_as_they_are(real_repository: Callable[[str], Path]) -> None:
    folder = real_repository("obs_lsst_data")
    adopted(folder)
    lsst = camera_of(folder, "lsstCam")
    assert (lsst.instrument, len(lsst.detectors), len(lsst.filters)) == ("LSSTCam", 205, 6)
    middle = lsst.find_detector("R22_S11")
    assert middle is not None
    assert (middle.id, middle.width, middle.height, len(middle.amplifiers)) == (94, 4096, 4004, 16)
    corner = lsst.find_detector("R44_SW1")
    assert corner is not None
    assert (corner.id, corner.width, corner.height) == (204, 4072, 2000)
    assert camera_of(folder, "comCam").aliases == ("LSSTComCam",)
    latiss = camera_of(folder, "latiss")
    assert [one.name for one in latiss.detectors] == ["RXX_S00"]
    assert latiss.filter_at("sdssg_65mm~empty") == latiss.find_filter("SDSSg_65mm~empty")
    assert [one.name for one in camera_of(folder, "ts8").detectors] == [f"RTM-020_S0{i}" for i in range(3)]


def test_the_summary_fits_a_terminal(
    make_repository: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from curator.cli.main import main

    files = {f"cam/defects/n{i}/{EPOCH}.ecsv": defects(detector=i) for i in range(4)}
    files["cam/defects/n0/19800101T000000.ecsv"] = defects(camera="\x1b[31mOther", detector=3)
    files.update({f"cam/defects/loose{number}.ecsv": defects() for number in range(5)})
    folder = make_repository(files)
    monkeypatch.chdir(folder)
    assert main(["adopt"]) == 0
    said = capsys.readouterr().out
    assert all(len(line) <= 80 for line in said.splitlines())
    assert "\x1b" not in said
    assert re.search(r"cam/defects/n0/19800101T000000\.ecsv:\d+:", said)
    assert "4 of 5 files fit" in said
    assert re.search(r"1 file: .*: cam/defects/n0/19800101T000000\.ecsv", " ".join(said.split()))
    assert "5 files: defects needs one directory, the detector, below it, not none: " in " ".join(
        said.split()
    )
    assert "cam/defects/loose2.ecsv and 2 more" in " ".join(said.split())
    for step in ("curator check ", "curator baseline write ", "git add curator.yaml cam/camera "):
        assert f"    {step}" in said
    assert "    curator adopt --hooks --ci " in said
    assert main(["adopt", "--hooks", "--ci"]) == 0
    assert "Wrote .pre-commit-config.yaml\nWrote .github/workflows/check.yaml\n" in capsys.readouterr().out
    (hook,) = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text())["repos"]
    assert re.search(hook["hooks"][1]["files"], "cam/defects/n0/19800101T000000.ecsv")
    change = hook["hooks"][2]
    assert (change["id"], change["always_run"], change["verbose"]) == ("curator-check-change", True, True)
    assert main(["-C", str(folder), "adopt"]) == 2
    assert main(["-C", str(folder), "adopt", "--force", "--profile", "dmtn"]) == 2
    assert "did you mean dmtn148?" in capsys.readouterr().err


def test_what_adopt_counts_is_what_check_counts(make_repository: Make) -> None:
    files = {f"data/cam/defects/n{number}/{EPOCH}.ecsv": defects(detector=number) for number in (-3, 1, 2)}
    files |= {
        "data/cam/defects/n1/19800101T000000.ecsv": defects(detector=1),
        f"data/cam/defects/n2/extra/{EPOCH}.ecsv": defects(detector=2),
        f"data/cam/transmission_filter/g/{EPOCH}.ecsv": curve("transmission_filter", FILTER="g"),
        f"data/other/transmission_filter/g/{EPOCH}.ecsv": "nonsense",
        f"elsewhere/cam/defects/n1/{EPOCH}.ecsv": defects(),
        f"ghosts/d1/{EPOCH}.ecsv": defects(),
        "data/cam/README.yaml": "a: 1",
    }
    agrees(make_repository(files))


def agrees(folder: Path, profiles: Sequence[str | None] = tuple(PROFILES)) -> Adoption:
    """Adopt a repository, and compare every number with those of a check."""
    from curator.checks.model.rule import RULES
    from curator.checks.run.engine import check
    from curator.repository.catalogue.catalogue import Catalogue

    for profile in profiles:
        found = adopted(folder, profile=profile, replace=True)
        tree = Repository.find(folder).worktree()
        config = load_config(tree)
        report = check(tree, config)
        assert report.checked == found.checked
        entries = [one for one in Catalogue.of(tree, config).entries if one.data_id.dataset_type != "camera"]
        unread = [one for one in found.disagreements if one.message.startswith("cannot be read")]
        assert len(entries) + len(unread) == found.files == sum(one.files for one in found.cameras)
        for camera in found.cameras:
            of_it = [one for one in entries if one.data_id.instrument == camera.camera.instrument]
            assert len({one.data_id.dataset_type for one in of_it}) == camera.types or unread
            numbers = {one.data_id.detector for one in of_it} - {None}
            assert numbers == {one.id for one in camera.camera.detectors}
        read = {str(one.path) for one in entries} | {one.path for one in unread}
        wrong = {
            one.path
            for one in report.findings
            if one.severity == "error" and one.path in read and RULES[one.code].scope in ("file", "read")
        }
        assert found.files - found.fitting[found.profile] == len(wrong)
    return found


def test_the_printed_command_adds_what_was_written(
    make_repository: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from curator.cli.main import main

    files = {f"a b/it's/cam/defects/n1/{EPOCH}.ecsv": defects(), "docs/x.md": "x"}
    folder = make_repository(files, name="my data")
    for inside in (folder, folder / "docs", folder.parent):
        monkeypatch.chdir(inside)
        assert main(["-C", str(folder), "adopt", "--force"]) == 0
        said = capsys.readouterr().out
        (line,) = (one for one in said.splitlines() if one.strip().startswith("git "))
        subprocess.run(["sh", "-c", line], check=True)
        assert git(folder, "diff", "--cached", "--name-only", "-z").split("\0")[:-1] == [
            f"a b/it's/cam/camera/{EPOCH}.yaml",
            "curator.yaml",
        ]
        git(folder, "reset", "-q")


def test_where_nothing_can_be_adopted_every_reason_is_given(
    make_repository: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    from curator.cli.main import main

    text = defects()
    folder = make_repository(
        {
            f"cam/DEFECTS/n1/{EPOCH}.ecsv": text,
            f"cam/bad_pixels/n1/{EPOCH}.ecsv": text,
            "cam/defects/n1/first.ecsv": text,
            f"cam/defects/{EPOCH}.ecsv": text,
            f"cam/defects/n1/{EPOCH}.csv": text,
            f"cam/qe_curve/n1/{EPOCH}.json": "{}",
            "cam/notes.txt": "nothing",
        }
    )
    assert main(["-C", str(folder), "adopt"]) == 2
    said = capsys.readouterr()
    out = " ".join(said.out.split())
    assert "No calibrations: 6 files" in out
    for reason, path in {
        "no dataset type is called 'DEFECTS'; did you mean defects?": f"cam/DEFECTS/n1/{EPOCH}.ecsv",
        "no dataset type is called 'bad_pixels'": f"cam/bad_pixels/n1/{EPOCH}.ecsv",
        "file name 'first' is not a date": "cam/defects/n1/first.ecsv",
        "defects needs one directory, the detector, below it, not none": f"cam/defects/{EPOCH}.ecsv",
        "'.csv' is not read: a calibration is .ecsv or .yaml": f"cam/defects/n1/{EPOCH}.csv",
        "'.json' is not read: a calibration is .ecsv or .yaml": f"cam/qe_curve/n1/{EPOCH}.json",
    }.items():
        assert f"1 file: {reason}: {path}" in out
    assert "no file here is at the path of a calibration" in said.err
    assert not (folder / "curator.yaml").exists()


def test_sizes_are_marked_as_inferred_and_left_out_where_files_disagree(make_repository: Make) -> None:
    wide = {"A": (0, 0, 1023, 4095), "B": (1024, 0, 2047, 4095)}
    folder = make_repository(
        {
            f"cam/linearizer/n1/{EPOCH}.yaml": linearizer(wide),
            "cam/linearizer/n1/19800101T000000.yaml": linearizer(wide),
            f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1, rows="2040 20 12 4\n"),
        }
    )
    found = adopted(folder)
    (one,) = camera_of(folder, "cam").detectors
    assert (one.width, one.height, one.size_from) == (2048, 4096, "inferred")
    assert any("sizes of detectors are inferred" in note for note in found.cameras[0].notes)
    path = f"cam/defects/n1/{EPOCH}.ecsv"
    assert severities(folder, path, "CUR301") == ["warning"]
    camera = folder / f"cam/camera/{EPOCH}.yaml"
    camera.write_text(camera.read_text().replace(', size_from: "inferred"', ""))
    assert severities(folder, path, "CUR301") == ["error"]

    (folder / "cam/linearizer/n1/19800101T000000.yaml").write_text(linearizer({"A": (0, 0, 2047, 4099)}))
    found = adopted(folder, replace=True)
    (one,) = camera_of(folder, "cam").detectors
    assert (one.width, one.height, one.size_from) == (0, 0, "")
    sizes = [(one.path, one.others) for one in found.disagreements if "size of" in one.message]
    assert sizes == [
        (
            f"cam/linearizer/n1/{year}0101T000000.yaml",
            "no value used; the files say 2048 x 4096 and 2048 x 4100",
        )
        for year in (1970, 1980)
    ]


def test_one_command_confirms_the_sizes_of_a_camera_and_changes_no_other_byte(
    make_repository: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    first = linearizer({"A": (0, 0, 2047, 4095)})
    files = {
        f"{camera}/linearizer/n{number}/{EPOCH}.yaml": first.replace("N1", f"N{number}")
        .replace("detectorId: 1", f"detectorId: {number}")
        .replace("DETECTOR: 1", f"DETECTOR: {number}")
        for camera in ("camA", "camB")
        for number in (1, 2)
    }
    folder = make_repository(files)
    assert main(["-C", str(folder), "adopt"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "a box beyond the sensor is only a warning and does not stop a commit" in said
    assert "`curator adopt --confirm-sizes [CAMERA]`" in said
    assert said.count("sizes of detectors are inferred") == said.count("camA, camB: sizes of") == 1
    assert said.endswith("curator adopt --confirm-sizes # optional, once you compared the sizes")
    one, other = (folder / f"{camera}/camera/{EPOCH}.yaml" for camera in ("camA", "camB"))
    one.write_text(one.read_text().replace("detectors:", "detectors:   # as measured") + "# the end")
    before = one.read_text(), other.read_text()
    assert before[0].count(', size_from: "inferred"') == 2
    words = ["-C", str(folder), "adopt", "--confirm-sizes", "camA"]
    assert main([*words, "--dry-run"]) == 0
    assert (one.read_text(), other.read_text()) == before
    assert main(words) == 0
    assert (one.read_text(), other.read_text()) == (
        before[0].replace(', size_from: "inferred"', ""),
        before[1],
    )
    assert [each.size_from for each in camera_of(folder, "camA").detectors] == ["", ""]
    assert f"Confirmed the sizes of 2 detectors in camA/camera/{EPOCH}.yaml." in capsys.readouterr().out
    assert main(["-C", str(folder), "adopt", "--confirm-sizes"]) == 0
    assert [each.size_from for each in camera_of(folder, "camB").detectors] == ["", ""]
    assert main(words) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert main([*words[:-1], "camC"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_adopt_names_option_and_value_of_an_address_that_cannot_be_used(
    make_repository: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    words = ["-C", str(folder), "adopt", "--ci", "--dry-run", "--curator-address"]
    for address, said in {
        "/srv/curator": "write file:// and the absolute path",
        "nonsense": "--curator-address 'nonsense' is not a git address",
        "git+https://example.org/x": "--curator-address 'git+https://example.org/x' is not a git address",
        "file://srv/x": "file:///absolute/path",
    }.items():
        assert main([*words, address]) == 2
        error = capsys.readouterr().err
        assert f"--curator-address {address!r}" in error
        assert said in " ".join(error.split())
    assert main([*words, f"file://{folder}"]) == 0
    assert "no forge can reach file://" in capsys.readouterr().err


def severities(folder: Path, path: str, code: str) -> list[str]:
    from curator.checks.run.engine import check

    tree = Repository.find(folder).worktree()
    found = check(tree, load_config(tree), paths=[path]).findings
    return [one.severity for one in found if one.code == code]


def test_a_registry_gives_names_ids_bands_and_sizes_and_disagreements_are_listed(
    make_repository: Make,
) -> None:
    files = {
        f"comCam/defects/n1/{EPOCH}.ecsv": defects("ComCam", detector=9, DET_NAME="N1"),
        f"comCam/defects/n2/{EPOCH}.ecsv": defects("ComCam", detector=2),
        f"comCam/defects/n9/{EPOCH}.ecsv": defects("ComCam", detector=3),
        f"comCam/transmission_filter/g_6/{EPOCH}.ecsv": curve(
            "transmission_filter", FILTER="G_6", INSTRUME="ComCam"
        ),
        f"comCam/transmission_filter/x/{EPOCH}.ecsv": curve("transmission_filter", INSTRUME="ComCam"),
        f"latiss/defects/s0/{EPOCH}.ecsv": defects("latiss", detector=0),
    }
    registered = [
        Camera(
            "LSSTComCam",
            "LSSTComCam",
            detectors=(Detector("n1", 1, 4072, 4000), Detector("N2", 2), Detector("N3", -5)),
            filters=(Filter("g_6", "g"), Filter("r_03", "r")),
        ),
        Camera("LSSTCam", "LSSTCam"),
    ]
    folder = make_repository(files)
    found = adopted(folder, registered=registered)
    camera = camera_of(folder, "comCam")
    assert (camera.name, camera.instrument) == ("comCam", "LSSTComCam")
    assert [(one.name, one.id, one.width, one.size_from) for one in camera.detectors] == [
        ("N3", -5, 0, ""),
        ("n1", 1, 4072, ""),
        ("N2", 2, 0, ""),
    ]
    assert [(one.name, one.band) for one in camera.filters] == [("g_6", "g"), ("r_03", "r")]
    said = {(one.path, one.message, one.others) for one in found.disagreements}
    assert (f"comCam/defects/n1/{EPOCH}.ecsv", "DETECTOR has 9 as id of n1", "the registry says 1") in said
    assert (
        f"comCam/transmission_filter/g_6/{EPOCH}.ecsv",
        "FILTER has G_6 as filter g_6",
        "the registry says g_6",
    ) in said
    notes = found.cameras[0].notes
    assert "skipped, because the registry has no such detector: n9" in notes
    assert "skipped, because the registry has no such filter: x" in notes
    assert any("INSTRUME is also ComCam" in note and "as the registry says" in note for note in notes)
    assert found.cameras[1].notes[0].endswith("it has LSSTComCam, LSSTCam")
    assert camera_of(folder, "latiss").instrument == "latiss"


def test_a_deep_camera_with_a_negative_id_goes_the_whole_line(
    make_repository: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from curator.cli.main import main

    files = {
        f"a/b/cam/defects/q{name}/{EPOCH}.ecsv": defects(detector=number, CALIB_ID=f"detector={number}")
        for name, number in ((1, -1), (2, -2), (3, 1))
    }
    files[f"a/b/cam/transmission_filter/g/{EPOCH}.ecsv"] = curve("transmission_filter", FILTER="g")
    folder = make_repository(files)
    monkeypatch.chdir(folder)
    assert main(["adopt"]) == 0
    assert {one.name: one.id for one in camera_of(folder, "a/b/cam").detectors} == {
        "q1": -1,
        "q2": -2,
        "q3": 1,
    }
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Adopt")
    out, target = str(tmp_path / "out"), f"butler:{tmp_path / 'butler'}"
    assert main(["check", "a/b/cam/defects"]) == 0
    assert main(["export", out]) == 0
    for place in (target, f"gen2:{tmp_path / 'gen2'}"):
        assert main(["ingest", "--create", out, place, "--label", "u/a/x"]) == 0
    from curator.registries.publish.ingest import holdings

    held = {
        (one.data_id.dataset_type, one.data_id.detector_name, one.data_id.detector)
        for one in holdings(target)
    }
    assert {one for one in held if one[0] in ("defects", "transmission_filter")} == {
        ("defects", "q1", -1),
        ("defects", "q2", -2),
        ("defects", "q3", 1),
        ("transmission_filter", "", None),
    }


def test_adopt_writes_hooks_and_a_workflow_for_the_branch_that_is_checked_out(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    address = "https://example.org/curator.git"
    files = automation_files(hooks=True, ci="github", address=address, branch="trunk", revision="v1")
    found = adopted(folder, beside=files)
    workflows = (".github/workflows/check.yaml", ".github/workflows/scoreboard.yaml")
    assert found.written[-3:] == (".pre-commit-config.yaml", *workflows)
    [hooks] = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text())["repos"]
    assert hooks["repo"] == "https://example.org/curator.git"
    workflow = yaml.safe_load((folder / ".github/workflows/check.yaml").read_text())
    assert workflow[True]["push"]["branches"] == ["trunk"]


def test_hooks_of_the_installed_curator_say_that_it_has_to_be_on_path() -> None:
    said = "The hooks run the curator on PATH: activate its environment before `git commit`"
    for address in ("", "https://example.org/curator.git"):
        files = automation_files(hooks=True, ci="", address=address, branch="trunk", revision="v1")
        assert (said in files[".pre-commit-config.yaml"].decode()) == (not address)


def test_adopt_keeps_hooks_and_workflows_that_exist(make_repository: Make) -> None:
    files = {f"cam/defects/n1/{EPOCH}.ecsv": defects(), ".gitlab-ci.yml": "a: b\n"}
    folder = make_repository(files)
    (folder / ".pre-commit-config.yaml").write_text("repos: []  # not committed\n")
    beside = automation_files(hooks=True, ci="gitlab", address="", branch="trunk")
    found = adopted(folder, beside=beside)
    assert found.kept == (".pre-commit-config.yaml", ".gitlab-ci.yml")
    assert (folder / ".pre-commit-config.yaml").read_text() == "repos: []  # not committed\n"
    assert (folder / ".gitlab-ci.yml").read_text() == "a: b\n"


def test_adopt_refuses_an_address_with_a_password_and_writes_nothing(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    address = "https://ada:s3cr3t@example.org/curator.git"
    assert main(["-C", str(folder), "adopt", "--hooks", "--curator-address", address]) == 2
    assert not (folder / "curator.yaml").exists()


def test_a_folder_called_repo_gives_the_repository_no_name(make_repository: Make) -> None:
    folder = make_repository({f"Cam/defects/n1/{EPOCH}.ecsv": defects()}, name="repo")
    assert adopted(folder).repository == "obs_cam_data"


def test_a_dry_run_of_adopt_writes_nothing(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    before = {path for path in folder.rglob("*") if ".git" not in path.parts}
    found = adopted(folder, beside={".gitlab-ci.yml": b""}, dry_run=True)
    assert "curator.yaml" in found.written
    assert {path for path in folder.rglob("*") if ".git" not in path.parts} == before


def test_adopt_does_all_steps_at_once_below_the_root_of_a_dirty_tree(
    make_repository: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1, DET_NAME="N2")})
    (folder / "notes.txt").write_text("mine\n")
    below = str(folder / "cam")
    words = ["-C", below, "adopt", "--baseline", "--hooks", "--ci"]
    assert main([*words, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "Would adopt obs_some_data" in said
    assert "Would record today's findings in curator-baseline.txt." in said
    assert "Would add a line to .gitattributes" in said
    assert not (folder / "curator.yaml").exists()
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "Adopted obs_some_data" in said
    assert "Recorded" in said
    assert "curator check --no-baseline " in said
    assert "On GitHub, set the variable CURATOR_ADDRESS" in said
    assert "git -C" in said  # the command adds the files from where the person is
    assert (folder / "curator-baseline.txt").exists()
    assert (folder / ".gitattributes").read_text() == "curator-baseline.txt merge=union\n"
    assert (folder / "notes.txt").read_text() == "mine\n"
    assert main(["-C", str(folder), "check"]) == 0
    capsys.readouterr()
    assert main(words) == 2
    assert "this repository is already adopted" in capsys.readouterr().err


def test_hooks_and_ci_that_exist_are_kept_and_a_new_clone_gets_its_hooks(
    make_repository: Make,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1)})
    assert main(["-C", str(folder), "adopt", "--hooks", "--ci"]) == 0
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Adopt")
    clone = tmp_path / "clone"
    git(folder, "clone", "-q", str(folder), str(clone))
    kept = "Kept unchanged: .pre-commit-config.yaml\nKept unchanged: .github/workflows/check.yaml\n"
    kept += "Kept unchanged: .github/workflows/scoreboard.yaml\n"
    words = ["-C", str(clone), "adopt", "--hooks", "--ci"]
    capsys.readouterr()
    assert main([*words, "--dry-run"]) == 0
    assert capsys.readouterr().out == f"{kept}Would run `pre-commit install`.\n"
    assert not (clone / ".git/hooks/pre-commit").exists()
    assert main(words) == 0
    assert capsys.readouterr().out == f"{kept}pre-commit installed its git hooks.\n"
    assert (clone / ".git/hooks/pre-commit").exists()
    assert not git(clone, "status", "--porcelain")
    assert main(["-C", str(clone), "adopt"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.index("`curator adopt --hooks --ci` adds hooks and CI") < said.index("--force")


@pytest.mark.parametrize("ours", ["", "notes.txt", "x/camera/notes.txt"])
def test_a_long_git_add_is_made_short_only_if_it_adds_nothing_else(
    make_repository: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, ours: str
) -> None:
    files = {f"camera_{one}/defects/n1/{EPOCH}.ecsv": defects(camera=one) for one in "abcd"}
    folder = make_repository(files)
    if ours:
        (folder / ours).parent.mkdir(parents=True, exist_ok=True)
        (folder / ours).write_text("mine\n")
    monkeypatch.chdir(folder)
    assert main(["adopt", "--baseline", "--hooks", "--ci", "gitlab"]) == 0
    said = capsys.readouterr().out
    assert "On GitLab, set the variable CURATOR_ADDRESS" in " ".join(said.split())
    (line,) = (one.strip() for one in said.splitlines() if one.strip().startswith("git "))
    assert (" -A " in line, "'*/camera/*'" in line) == (ours == "", ours == "notes.txt")
    new = set(git(folder, "ls-files", "--others").split())
    subprocess.run(["sh", "-c", line], check=True)
    assert set(git(folder, "diff", "--cached", "--name-only").split()) == new - {ours}


def test_adopt_with_a_baseline_writes_all_files_or_none(
    make_repository: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects(detector=1, DET_NAME="N2")})
    (folder / "curator-baseline.txt").write_text("mine\n")
    words = ["-C", str(folder), "adopt", "--baseline", "--hooks", "--ci"]
    assert main(words) == 2
    assert "curator-baseline.txt" in capsys.readouterr().err
    assert not (folder / "curator.yaml").exists()
    assert not (folder / "cam" / "camera").exists()
    assert not (folder / ".pre-commit-config.yaml").exists()
    (folder / "curator-baseline.txt").unlink()
    assert main(words) == 0
    recorded = (folder / "curator-baseline.txt").read_bytes()
    assert (folder / "curator.yaml").read_text().endswith("baseline: curator-baseline.txt\n")
    assert main(["-C", str(folder), "baseline", "write"]) == 0
    assert (folder / "curator-baseline.txt").read_bytes() == recorded


def test_adopt_describes_a_submodule_and_leaves_the_repository_around_it(
    make_repository: Make, tmp_path: Path
) -> None:
    inner = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    outer = make_repository({"README": "outer\n"}, name="outer")
    git(
        outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "data/obs_inner_data"
    )
    inside = outer / "data" / "obs_inner_data"
    assert adopted(inside).repository == "obs_some_data"  # as origin is called
    assert (inside / "curator.yaml").exists()
    assert not (outer / "curator.yaml").exists()
