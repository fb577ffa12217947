from __future__ import annotations

from datetime import datetime

import pytest
from repository.made import Made, camera

from curator.calibrations.data_id import DataId
from curator.calibrations.header.profiles import PROFILES
from curator.repository.catalogue.catalogue import Catalogue
from curator.repository.layout.config import load_config

CONFIG = "schema_version: 1\nrepository: r\nprofile: {profile}\ncameras: [testCam]\n"


def ecsv(**header: object) -> str:
    """Return a small table; validity and certification follow from header and name alone."""
    lines = [f"# - {{{key}: {value}}}\n" for key, value in header.items()]
    return (
        "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: x0, datatype: int32}\n# meta: !!omap\n# - {A: b}\n"
        + "".join(lines)
        + "# schema: astropy-2.0\nx0\n1\n"
    )


@pytest.fixture
def cam(made: Made) -> Made:
    made.write("curator.yaml", CONFIG.format(profile="obs_base"))
    made.write("testCam/camera/20200101T000000.yaml", camera("testCam", "D1", "D2"))
    return made


def catalogue(made: Made) -> Catalogue:
    worktree = made.repo.worktree()
    return Catalogue.of(worktree, load_config(worktree))


def ranges(made: Made, dataset_type: str = "defects") -> list[tuple[str, str, str, str]]:
    return [
        (
            entry.path.stem[:8],
            entry.end.strftime("%Y%m%d") if entry.end else "",
            entry.end_source,
            entry.status,
        )
        for entry in catalogue(made).find(dataset_type=dataset_type)
    ]


def test_a_range_ends_where_the_next_file_of_the_same_thing_begins(cam):
    for path in ("defects/d1/20200101", "defects/d1/20210101", "defects/d1/20220101", "defects/d2/20200601"):
        cam.write(f"testCam/{path}T000000.ecsv", ecsv())
    assert ranges(cam) == [
        ("20200101", "20210101", "derived", "certified"),
        ("20210101", "20220101", "derived", "certified"),
        ("20220101", "", "none", "certified"),
        ("20200601", "", "none", "certified"),
    ]


def test_an_end_that_is_written_holds(cam):
    cam.write("testCam/defects/d1/20200101T000000.ecsv", ecsv(VALIDEND="'2020-06-01T00:00:00'"))
    cam.write("testCam/defects/d1/20210101T000000.ecsv", ecsv(VALIDEND="2023-01-01"))
    assert ranges(cam) == [
        ("20200101", "20200601", "written", "certified"),
        ("20210101", "20230101", "written", "certified"),
    ]


def test_only_a_certified_file_ends_another(cam):
    cam.write("curator.yaml", CONFIG.format(profile="dmtn148"))
    certified = ecsv(VALIDSTART="'x'")
    cam.write("testCam/defects/d1/20200101T000000.ecsv", certified)
    cam.write("testCam/defects/d1/20210101T000000.ecsv", ecsv())
    cam.write("testCam/defects/d1/20220101T000000.ecsv", certified)
    assert ranges(cam) == [
        ("20200101", "20220101", "derived", "certified"),
        ("20210101", "20220101", "derived", "uncertified"),
        ("20220101", "", "none", "certified"),
    ]
    assert {entry.status for entry in Catalogue.of(
        cam.repo.worktree(), load_config(cam.repo.worktree()), PROFILES["obs_base"]
    ).entries} == {"certified"}  # fmt: skip


def test_what_each_file_is_for_is_told_in_the_cameras_names(cam):
    cam.write("testCam/transmission_filter/g_6/20200101T000000.ecsv", ecsv())
    cam.write("testCam/transmission_system/d2/g_6/20200101T000000.ecsv", ecsv())
    cam.write("testCam/transmission_system/d9/Y_b_1/20200101T000000.ecsv", ecsv(FILTER="'Y B 1'"))
    cam.write("testCam/transmission_filter/odd/20200101T000000.ecsv", ecsv(FILTER="'Y B 1'"))
    cam.write("testCam/transmission_optics/20200101T000000.ecsv", ecsv())
    found = {str(entry.path).removeprefix("testCam/"): entry.data_id for entry in catalogue(cam).entries}
    name = "20200101T000000"
    instrument = "Testcam"
    assert {path: data_id.names for path, data_id in found.items()} == {
        f"camera/{name}.yaml": ("camera", instrument, "", ""),
        f"transmission_filter/g_6/{name}.ecsv": ("transmission_filter", instrument, "", "g 6"),
        f"transmission_system/d2/g_6/{name}.ecsv": ("transmission_system", instrument, "D2", "g 6"),
        f"transmission_system/d9/Y_b_1/{name}.ecsv": ("transmission_system", instrument, "d9", "Y B 1"),
        f"transmission_filter/odd/{name}.ecsv": ("transmission_filter", instrument, "", "odd"),
        f"transmission_optics/{name}.ecsv": ("transmission_optics", instrument, "", ""),
    }
    numbers = {path: data_id.detector for path, data_id in found.items() if data_id.detector is not None}
    assert numbers == {f"transmission_system/d2/g_6/{name}.ecsv": 1}


def test_what_cannot_be_placed_or_read_is_a_problem_and_the_rest_stands(cam):
    good = "testCam/defects/d1/20200101T000000.ecsv"
    cam.write(good, ecsv())
    bad = {
        "testCam/defects/d1/20210101T000000.ecsv": b"\xff\x00 not ecsv",
        "testCam/defects/d1/20220101T000000.ecsv": ecsv(VALIDEND="tomorrow").encode(),
        "testCam/defects/d1/20230101T000000.ecsv": ecsv(VALIDEND="'2022-01-01'").encode(),
        "testCam/defects/d1/latest.ecsv": ecsv().encode(),
        "testCam/unheard/d1/20200101T000000.ecsv": ecsv().encode(),
    }
    for path, raw in bad.items():
        cam.write(path, raw)
    (cam.root / "testCam/defects/d1/20240101T000000.ecsv").symlink_to("20200101T000000.ecsv")
    found = catalogue(cam)
    assert [str(entry.path) for entry in found.find(dataset_type="defects")] == [good]
    assert [problem.path for problem in found.problems] == sorted(
        [*bad, "testCam/defects/d1/20240101T000000.ecsv"]
    )
    assert found.conflicts == ()


def test_a_broken_camera_is_a_problem_of_every_file_and_no_crash(cam):
    cam.write("testCam/camera/20200101T000000.yaml", "name: [")
    cam.write("testCam/defects/d1/20200101T000000.ecsv", ecsv())
    found = catalogue(cam)
    assert found.entries == ()
    assert len(found.problems) == 2


def test_two_files_for_the_same_thing_at_the_same_time_are_a_conflict(cam):
    cam.write("testCam/defects/d1/20200101T000000.ecsv", ecsv())
    cam.write("testCam/defects/D1/2020-01-01T00:00:00.ecsv", ecsv())
    cam.write("testCam/defects/d1/20200101T0000.ecsv", ecsv())
    found = catalogue(cam)
    assert len(found.find(dataset_type="defects")) == 3
    assert {entry.end for entry in found.entries} == {None}
    assert len(found.conflicts) == 2
    assert all("the same type, data ID and start" in conflict.message for conflict in found.conflicts)


def test_ranges_that_overlap_are_a_conflict_however_far_apart_the_files_are(cam):
    cam.write("testCam/defects/d1/20200101T000000.ecsv", ecsv(VALIDEND="'2022-06-01'"))
    cam.write("testCam/defects/d1/20210101T000000.ecsv", ecsv(VALIDEND="'2021-02-01'"))
    cam.write("testCam/defects/d1/20220101T000000.ecsv", ecsv())
    cam.write("testCam/defects/d1/20220601T000000.ecsv", ecsv())
    conflicts = catalogue(cam).conflicts
    assert [conflict.path[-20:-12] for conflict in conflicts] == ["20210101", "20220101"]
    assert all("20200101T000000.ecsv" in conflict.message for conflict in conflicts)


def test_what_has_no_end_overlaps_with_what_begins_to_be_used_later(cam):
    deprecated = {"VALIDEND": "'2023-01-01'", "DEPRECATED": "['../2022-01-01 fall-back: light leak']"}
    cam.write("testCam/defects/d1/20200101T000000.ecsv", ecsv(**deprecated))
    cam.write("testCam/defects/d1/20210101T000000.ecsv", ecsv())
    (conflict,) = catalogue(cam).conflicts
    assert conflict.path.endswith("20200101T000000.ecsv")
    assert conflict.message.endswith("20210101T000000.ecsv has the same type and data ID, and has no end")


def test_what_holds_at_a_date_is_found(cam):
    for day in ("20200101", "20210101"):
        cam.write(f"testCam/defects/d1/{day}T000000.ecsv", ecsv())
    found = catalogue(cam)

    def at(when: datetime) -> list[str]:
        return [entry.path.stem for entry in found.find(detector="D1", dataset_type="defects", at=when)]

    assert at(datetime(2019, 12, 31)) == []
    assert at(datetime(2020, 1, 1)) == ["20200101T000000"]
    assert at(datetime(2020, 12, 31, 23, 59, 59)) == ["20200101T000000"]
    assert at(datetime(2021, 1, 1)) == ["20210101T000000"]
    assert len(found.find(camera="Testcam")) == len(found.find(camera="testCam")) == len(found.entries)
    assert found.find(physical_filter="g 6") == []


def test_a_commit_gives_ids_and_a_work_tree_none(cam):
    cam.write("testCam/defects/d1/20200101T000000.ecsv", ecsv())
    cam.commit("one")
    commit = cam.repo.commit()
    entries = Catalogue.of(commit, load_config(commit)).entries
    assert [entry.blob for entry in entries] == [commit.blob(str(entry.path)) for entry in entries]
    assert {entry.blob for entry in catalogue(cam).entries} == {None}


def test_the_work_grows_with_the_number_of_files_and_not_with_its_square(cam, monkeypatch):
    """Comparisons are counted, not seconds."""
    import curator.repository.catalogue.catalogue as module

    class Counted(datetime):
        compared = 0

        def __lt__(self, other: datetime) -> bool:
            Counted.compared += 1
            return super().__lt__(other)

        def __gt__(self, other: datetime) -> bool:
            Counted.compared += 1
            return super().__gt__(other)

    def entries(count: int) -> list[module.Entry]:
        made = []
        for number in range(count):
            path = module.CalibPath.parse(
                f"c/defects/d/{2000 + number // 300:04}0101T{number % 300 // 60:02}{number % 60:02}00.ecsv"
            )
            when = path.start
            start = Counted(when.year, when.month, when.day, when.hour, when.minute, when.second)
            made.append(module.Entry(path, None, "c", DataId("defects", "C", detector_name="d"), start))
        return made

    counts = []
    for size in (500, 4000):
        Counted.compared = 0
        module._arrange(entries(size))
        counts.append(Counted.compared)
    assert counts[1] < 8 * 2 * counts[0]


def test_real_repositories_are_listed_without_a_problem(real_repository):
    made = Made(real_repository("obs_decam_data"))
    made.write("curator.yaml", CONFIG.format(profile="obs_base").replace("testCam", "decam"))
    made.write("decam/camera/19700101T000000.yaml", camera("decam", "N4", "N31", "S1", "S9", "S29"))
    found = catalogue(made)
    assert found.problems == ()
    assert found.conflicts == ()
    assert len(found.entries) > 60
    assert {entry.data_id.detector_name for entry in found.find(dataset_type="transmission_system")} == {
        "N4",
        "N31",
        "S1",
        "S9",
        "S29",
    }
    assert "g DECam SDSS c0001 4720.0 1520.0" in {entry.data_id.physical_filter for entry in found.entries}
