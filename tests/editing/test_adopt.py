from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from editing.texts import NOW, curve, defects, git, linearizer

from curator.calibrations.camera import Camera
from curator.editing.adopt import Adoption, adopt
from curator.errors import EditingError
from curator.repository.config import camera_at, load_config
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
    assert "left out, because no file tells their id: n2" in found.cameras[0].notes


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
    assert camera_of(folder, "cam").detectors[0].amplifiers == ("A", "B")
    assert [one.message for one in found.disagreements] == ["amp_name has no B for n1"]


def test_a_detector_named_only_as_a_source_of_crosstalk_is_left_out_and_said(make_repository: Make) -> None:
    text = (
        "interChip:\n  n1: [0.0]\n  N30: [0.0]\nmetadata: {OBSTYPE: CROSSTALK, INSTRUME: cam, DETECTOR: 1}\n"
    )
    folder = make_repository({f"cam/crosstalk/n1/{EPOCH}.yaml": text})
    notes = adopted(folder).cameras[0].notes
    assert "left out, being named only as sources of crosstalk: N30" in notes
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


def test_the_declared_name_is_that_of_the_origin_if_there_is_one(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()}, name="clone of mine")
    assert adopted(folder).repository == "clone_of_mine"
    git(folder, "remote", "add", "origin", "git@example.org:group/obs_cam_data.git")
    assert adopted(folder, replace=True).repository == "obs_cam_data"


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
    with pytest.raises(EditingError, match="this repository has been adopted already") as caught:
        adopted(folder)
    assert "loses your edits" in caught.value.hint
    assert (folder / "curator.yaml").read_text() == "mine\n"
    assert not (folder / "cam/camera").exists()
    adopted(folder, replace=True)
    assert load_config(Repository.find(folder).worktree()).profile == "obs_base"


def test_a_repository_without_calibrations_is_refused(make_repository: Make) -> None:
    folder = make_repository({"README.md": "nothing\n"})
    with pytest.raises(EditingError, match="no file here stands where a calibration does"):
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
    from curator.checks.engine import check

    folder = make_repository(
        {
            f"curated/pfs/defects/b1/{EPOCH}.ecsv": defects(),
            f"curated/pfs/defects/r1/{EPOCH}.ecsv": defects(detector=2),
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
    assert [(one.files, one.reason, len(one.first)) for one in found.misfits] == [
        (5, "CALIBDATE is not the valid start", 3),
        (1, "CALIBDATE is not in upper case", 1),
        (1, "FILTER of a type without filters is not null or empty", 1),
        (1, "OBSTYPE is missing", 1),
        (1, "cannot be read", 1),
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
    assert any(note.endswith("is not found") for note in found.cameras[0].notes)


def test_an_earlier_description_that_stays_is_said(make_repository: Make) -> None:
    folder = make_repository({f"cam/defects/n1/{EPOCH}.ecsv": defects()})
    adopted(folder)
    (folder / f"cam/defects/n1/{EPOCH}.ecsv").rename(folder / "cam/defects/n1/19800101T000000.ecsv")
    found = adopted(folder, replace=True)
    assert any(
        note.startswith(f"cam/camera/{EPOCH}.yaml describes it too") for note in found.cameras[0].notes
    )


@pytest.mark.parametrize("name", ["obs_lsst_data", "obs_decam_data"])
def test_real_repositories_agree_with_themselves(real_repository: Callable[[str], Path], name: str) -> None:
    folder = real_repository(name)
    found = adopted(folder)
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


def test_the_summary_fits_a_terminal(make_repository: Make, capsys: pytest.CaptureFixture[str]) -> None:
    from curator.cli.main import main

    files = {f"cam/defects/n{i}/{EPOCH}.ecsv": defects(detector=i) for i in range(4)}
    files["cam/defects/n0/19800101T000000.ecsv"] = defects(camera="\x1b[31mOther", detector=3)
    files.update({f"cam/defects/loose{number}.ecsv": defects() for number in range(5)})
    folder = make_repository(files)
    assert main(["-C", str(folder), "adopt"]) == 0
    said = capsys.readouterr().out
    assert all(len(line) <= 80 for line in said.splitlines())
    assert "\x1b" not in said
    assert re.search(r"cam/defects/n0/19800101T000000\.ecsv:\d+:", said)
    assert "4 of 5 files fit" in said
    misfit = "1 file: cannot be read: cam/defects/n0/19800101T000000.ecsv"
    assert misfit in " ".join(said.split())
    assert "5 files: defects has one directory, the detector, below it, not none: " in " ".join(said.split())
    assert "cam/defects/loose2.ecsv and 2 more" in " ".join(said.split())
    for step in ("curator check ", "curator baseline write ", "git add curator.yaml */camera "):
        assert f"    {step}" in said
    (hook,) = yaml.safe_load(said[said.index("    repos:") :].replace("\n    ", "\n").strip())["repos"]
    assert re.search(hook["hooks"][0]["files"], "cam/defects/n0/19800101T000000.ecsv")
    change = hook["hooks"][1]
    assert (change["id"], change["always_run"], change["verbose"]) == ("curator-check-change", True, True)
    assert main(["-C", str(folder), "adopt"]) == 2
    assert main(["-C", str(folder), "adopt", "--force", "--profile", "dmtn"]) == 2
    assert "did you mean dmtn148?" in capsys.readouterr().err
