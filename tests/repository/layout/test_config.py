from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from repository.made import Made, camera

from curator.errors import CuratorError, FormatError, RepositoryError
from curator.repository.layout.config import (
    CameraEntry,
    Config,
    ConfigError,
    Suppression,
    camera_at,
    load_config,
)

CONFIG = """\
schema_version: 1
repository: obs_test_data
profile: dmtn148
cameras:
- testCam
- {name: otherCam, directory: other}
"""
FULL = (
    CONFIG
    + """\
severities: {CUR301: warning, CUR102: "off"}
suppressions:
- {rule: CUR301, path: "testCam/defects/**", reason: "known since 2019", expires: 2030-01-01}
- {rule: CUR302, path: "*", reason: "harmless"}
release_branch: release/v1
limits: {testCam: {crosstalk: 0.02}}
"""
)


@pytest.fixture
def configured(made: Made) -> Made:
    made.write("curator.yaml", CONFIG)
    made.write("testCam/camera/20200101T000000.yaml", camera("testCam", "OLD"))
    made.write("testCam/camera/2022-01-01T00:00:00.yaml", camera("testCam", "NEW"))
    made.write("other/camera/20200101T000000.yaml", camera("otherCam", "D1"))
    made.commit("configured")
    return made


def test_every_snapshot_gives_its_own_configuration(configured):
    expected = Config(
        1, "obs_test_data", "dmtn148", (CameraEntry("testCam", "testCam"), CameraEntry("otherCam", "other"))
    )
    for snapshot in (configured.repo.worktree(), configured.repo.index(), configured.repo.commit()):
        assert load_config(snapshot) == expected
    configured.write("curator.yaml", CONFIG.replace("obs_test_data", "staged"))
    configured.git("add", "-A")
    configured.write("curator.yaml", CONFIG.replace("obs_test_data", "there"))
    repo = configured.repo
    names = [load_config(snapshot).repository for snapshot in (repo.worktree(), repo.index(), repo.commit())]
    assert names == ["there", "staged", "obs_test_data"]


def test_everything_a_configuration_may_say_is_taken_up(configured):
    configured.write("curator.yaml", FULL)
    config = load_config(configured.repo.worktree())
    assert config.severities == {"CUR301": "warning", "CUR102": "off"}
    assert config.suppressions == (
        Suppression("CUR301", "testCam/defects/**", "known since 2019", date(2030, 1, 1)),
        Suppression("CUR302", "*", "harmless", None),
    )
    assert config.release_branch == "release/v1"
    assert config.limits == {"testCam": {"crosstalk": 0.02}}
    assert config.directories == {"testCam", "other"}
    assert config.camera("other") == CameraEntry("otherCam", "other")
    assert config.camera("otherCam") is None


def test_all_that_is_wrong_is_said_with_its_line(configured):
    configured.write(
        "curator.yaml",
        "schema_version: 1\nrepository: 5\nprofile: unheard\n"
        "cameras:\n- testCam\nseverities:\n  CUR1: error\ncolour: red\n",
    )
    with pytest.raises(ConfigError) as caught:
        load_config(configured.repo.worktree())
    assert {problem.line for problem in caught.value.problems} >= {2, 3, 7, 8}
    assert all(problem.path == "curator.yaml" for problem in caught.value.problems)
    assert str(caught.value).startswith("curator.yaml:")


def test_a_configuration_of_a_later_curator_is_refused_whatever_else_it_says(configured):
    configured.write("curator.yaml", "schema_version: 2\nunheard: of\n")
    with pytest.raises(ConfigError, match="newer version of curator") as caught:
        load_config(configured.repo.worktree())
    assert (caught.value.line, len(caught.value.problems)) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "a: [",
        "text",
        "cameras: ../../etc\n",
        "x: !!python/object/apply:os.system [id]\n",
        "\xff\x00",
        "- " * 5000,
    ],
)
def test_what_is_no_configuration_is_an_error_of_it(text, configured):
    configured.write("curator.yaml", text.encode("latin-1"))
    with pytest.raises((ConfigError, FormatError)) as caught:
        load_config(configured.repo.worktree())
    assert caught.value.path == "curator.yaml"


def test_no_configuration_says_how_to_get_one(made):
    made.commit("one", "a")
    for snapshot in (made.repo.worktree(), made.repo.index(), made.repo.commit()):
        with pytest.raises(RepositoryError, match=r"no curator\.yaml") as caught:
            load_config(snapshot)
        assert "curator adopt" in caught.value.hint


def test_a_configuration_behind_a_symbolic_link_is_refused(configured, tmp_path):
    (tmp_path / "outside.yaml").write_text(CONFIG)
    (configured.root / "curator.yaml").unlink()
    (configured.root / "curator.yaml").symlink_to(tmp_path / "outside.yaml")
    configured.git("add", "-A")
    for snapshot in (configured.repo.worktree(), configured.repo.index()):
        with pytest.raises(FormatError) as caught:
            load_config(snapshot)
        assert caught.value.code == "CUR013"


@pytest.mark.parametrize(
    "directory",
    [
        *(
            "..",
            ".",
            ".git",
            "/etc",
            "a/",
            "a//b",
            "a/../b",
            "a/.b",
            "../up",
            "a\\b",
            "",
            "new\nline",
            "nul\0",
        ),
        *(" ", "-", "a/b"),
    ],
)
def test_a_camera_directory_is_a_plain_path_from_the_root(directory, configured):
    import json

    configured.write(
        "curator.yaml", CONFIG.replace("directory: other", f"directory: {json.dumps(directory)}")
    )
    if directory in ("-", " ", "a/b"):
        assert load_config(configured.repo.worktree()).camera(directory)
        return
    with pytest.raises((ConfigError, FormatError)) as caught:
        load_config(configured.repo.worktree())
    assert caught.value.line == 6


def test_a_camera_directory_that_is_a_symbolic_link_is_refused(configured, tmp_path):
    (configured.root / "other").rename(tmp_path / "other")
    (configured.root / "other").symlink_to(tmp_path / "other")
    configured.git("add", "-A")
    for snapshot in (configured.repo.worktree(), configured.repo.index()):
        with pytest.raises(ConfigError, match="symbolic link") as caught:
            load_config(snapshot)
        assert caught.value.line == 6


def test_a_link_on_the_way_to_a_camera_is_refused(configured, tmp_path):
    (tmp_path / "above" / "other").mkdir(parents=True)
    (configured.root / "above").symlink_to(tmp_path / "above")
    configured.write("curator.yaml", CONFIG.replace("directory: other", "directory: above/other"))
    with pytest.raises(ConfigError, match="'above' is a symbolic link"):
        load_config(configured.repo.worktree())


def test_no_camera_stands_inside_another(configured):
    for second in ("{name: x, directory: testCam/x}", "{name: x, directory: TESTCAM/x/y}"):
        configured.write("curator.yaml", CONFIG.replace("{name: otherCam, directory: other}", second))
        with pytest.raises(ConfigError, match="inside or around"):
            load_config(configured.repo.worktree())


@pytest.mark.parametrize("directory", ["cal/defects/cam", "a/camera"])
def test_no_part_of_a_camera_directory_is_called_as_a_type(configured, directory):
    configured.write("curator.yaml", CONFIG.replace("directory: other", f"directory: {directory}"))
    with pytest.raises(ConfigError, match="is the name of a dataset type"):
        load_config(configured.repo.worktree())


@pytest.mark.parametrize(
    "second", ["testCam", "TESTCAM", "{name: x, directory: TestCam}", "{name: testcam, directory: x}"]
)
def test_a_camera_is_declared_once(second, configured):
    configured.write("curator.yaml", CONFIG.replace("{name: otherCam, directory: other}", second))
    with pytest.raises(ConfigError, match="declared twice") as caught:
        load_config(configured.repo.worktree())
    assert caught.value.line == 6


@pytest.mark.parametrize(
    ("when", "detector"),
    [
        (datetime(1970, 1, 1), "OLD"),
        (datetime(2020, 1, 1), "OLD"),
        (datetime(2021, 12, 31, 23, 59, 59), "OLD"),
        (datetime(2022, 1, 1), "NEW"),
        (datetime(2100, 1, 1), "NEW"),
    ],
)
def test_a_camera_is_as_it_was_at_a_date(when, detector, configured):
    config = load_config(configured.repo.commit())
    assert [one.name for one in camera_at(config, "testCam", when).detectors] == [detector]


def test_a_camera_goes_by_its_name_or_its_directory(configured):
    config = load_config(configured.repo.worktree())
    when = datetime(2021, 1, 1)
    assert camera_at(config, "otherCam", when) is camera_at(config, "other", when)
    with pytest.raises(RepositoryError, match="declares no camera 'third'"):
        camera_at(config, "third", when)


def test_a_camera_without_a_file_says_what_to_do(configured):
    (configured.root / "other/camera/20200101T000000.yaml").unlink()
    config = load_config(configured.repo.worktree())
    assert config.camera_files.paths("other") == []
    with pytest.raises(RepositoryError, match="there is no camera file") as caught:
        camera_at(config, "other", datetime(2021, 1, 1))
    assert "curator adopt" in caught.value.hint


def test_a_broken_camera_file_is_the_same_error_every_time(configured):
    configured.write("testCam/camera/20200101T000000.yaml", "name: [\n")
    config = load_config(configured.repo.worktree())
    errors = []
    for _ in range(2):
        with pytest.raises(CuratorError) as caught:
            camera_at(config, "testCam", datetime(2020, 1, 1))
        errors.append(caught.value)
    assert errors[0] is errors[1]
    assert errors[0].path == "testCam/camera/20200101T000000.yaml"
    assert camera_at(config, "testCam", datetime(2022, 1, 1)).detectors[0].name == "NEW"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A configuration outside the repository, with a camera file of its own for one of the cameras."""
    folder = tmp_path / "elsewhere"
    (folder / "testCam/camera").mkdir(parents=True)
    (folder / "testCam/camera/20200101T000000.yaml").write_text(camera("testCam", "OUTSIDE"))
    (folder / "mine.yaml").write_text(CONFIG.replace("obs_test_data", "outside"))
    return folder


def test_a_configuration_from_elsewhere_brings_its_cameras_and_else_takes_the_snapshots(
    configured, elsewhere
):
    for snapshot in (configured.repo.worktree(), configured.repo.commit()):
        config = load_config(snapshot, elsewhere / "mine.yaml")
        assert config.repository == "outside"
        assert config.path == str(elsewhere / "mine.yaml")
        assert camera_at(config, "testCam", datetime(2023, 1, 1)).detectors[0].name == "OUTSIDE"
        assert camera_at(config, "otherCam", datetime(2023, 1, 1)).detectors[0].name == "D1"


def test_a_configuration_from_elsewhere_serves_commits_that_had_none(made, elsewhere):
    made.commit("one", "testCam/defects/d/20200101T000000.ecsv")
    config = load_config(made.repo.commit(), str(elsewhere / "mine.yaml"))
    assert camera_at(config, "testCam", datetime(2023, 1, 1)).detectors[0].name == "OUTSIDE"
    with pytest.raises(RepositoryError, match="there is no camera file"):
        camera_at(config, "otherCam", datetime(2023, 1, 1))


def test_errors_of_a_configuration_from_elsewhere_name_it(made, tmp_path):
    made.commit("one", "a")
    with pytest.raises(CuratorError) as caught:
        load_config(made.repo.commit(), tmp_path / "nowhere.yaml")
    assert "nowhere.yaml" in str(caught.value)
    (tmp_path / "bad.conf").write_text("schema_version: 1\nprofile: x\n")
    with pytest.raises(ConfigError) as broken:
        load_config(made.repo.commit(), tmp_path / "bad.conf")
    assert broken.value.path == str(tmp_path / "bad.conf")


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("baseline: a\nbaseline: b\n", 8, "baseline"),
        ("severities:\n  CUR301: loud\n", 8, "error, warning, info or 'off'"),
        ("severities:\n  CUR301: off\n", 8, "in quotes"),
        ("suppressions:\n- {rule: CUR301, path: a}\n", 8, "reason is missing"),
        ("suppressions:\n- {rule: CUR301, path: a, reason: ' '}\n", 8, "why these findings stay"),
        ("suppressions:\n- {rule: CUR301, path: a, reason: b, expires: soon}\n", 8, "YYYY-MM-DD"),
        ("suppressions:\n- &one {rule: CUR301, path: a, reason: b}\n- *one\n", 9, "alias"),
        ("supressions: []\n", 7, "did you mean suppressions?"),
        ("baseline: [a]\n", 7, "the path of a file in the repository"),
    ],
)
def test_what_does_not_fit_is_said_with_line_and_reason(lines, line, said, configured):
    configured.write("curator.yaml", CONFIG + lines)
    with pytest.raises((ConfigError, FormatError)) as caught:
        load_config(configured.repo.worktree())
    assert said in str(caught.value)
    assert (caught.value.path, caught.value.line) == ("curator.yaml", line)


def test_a_configuration_is_no_library(configured):
    configured.write("curator.yaml", CONFIG + "# " + "x" * 1024 * 1024)
    with pytest.raises(FormatError, match="larger than") as caught:
        load_config(configured.repo.worktree())
    assert caught.value.code == "CUR002"


def test_editors_are_a_list_or_one_for_each_type(configured):
    configured.write(
        "curator.yaml",
        CONFIG.replace("- testCam", "- {name: testCam, editors: ['@a/b', c@example.org]}").replace(
            "directory: other", "directory: other, editors: {defects: ['@a'], '*': []}"
        )
        + "baseline: known/findings.txt\n",
    )
    config = load_config(configured.repo.worktree())
    assert config.baseline == "known/findings.txt"
    assert [one.editors for one in config.cameras] == [
        (("*", ("@a/b", "c@example.org")),),
        (("defects", ("@a",)), ("*", ())),
    ]
