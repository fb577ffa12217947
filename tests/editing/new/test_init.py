from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import warm
import yaml
from editing.texts import NOW, git

from curator.calibrations.header.keywords import compose_header
from curator.calibrations.header.profiles import PROFILES, is_certified
from curator.calibrations.types.types import all_types, find_type
from curator.checks.run.engine import check
from curator.cli.main import main
from curator.editing.new.init import init
from curator.editing.new.template import template_folder
from curator.errors import EditingError, UsageError
from curator.formats.read import read_document
from curator.repository.layout.config import camera_at, load_config
from curator.repository.layout.paths import CalibPath
from curator.repository.repository import Repository

START = datetime(2020, 1, 1)


def calibrations(folder: Path) -> list[str]:
    paths = [
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".git/" not in path.as_posix()
    ]
    return sorted(path for path in paths if CalibPath.try_parse(path))


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("camera", ["myCam", "no", "y", "NULL", "e-1_2", "C" * 32])
def test_nothing_is_found_in_a_new_repository(tmp_path: Path, profile: str, camera: str) -> None:
    tree = init(tmp_path / "new", camera, profile).worktree()
    report = check(tree, load_config(tree))
    assert [(one.code, one.path, one.message) for one in report.findings] == []
    assert report.checked >= len(all_types())


def test_there_is_an_example_of_every_type(tmp_path: Path) -> None:
    init(tmp_path / "new", "myCam")
    found = {CalibPath.parse(path).dataset_type for path in calibrations(tmp_path / "new")}
    assert found == {one.name for one in all_types()}


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_headers_are_those_that_new_files_get(tmp_path: Path, profile: str) -> None:
    repo = init(tmp_path / "new", "myCam", profile, now=NOW)
    tree = repo.worktree()
    camera = camera_at(load_config(tree), "myCam", START)
    for path in calibrations(tmp_path / "new"):
        place = CalibPath.parse(path)
        dataset_type = find_type(place.dataset_type)
        assert dataset_type is not None
        wanted = compose_header(
            dataset_type,
            camera,
            camera.detector_at(place.detector) if place.detector else None,
            camera.filter_at(place.physical_filter) if place.physical_filter else None,
            place.start,
            NOW,
            PROFILES[profile],
            certified=True,
        )
        header = read_document(path, tree.read(path)).header
        assert list(header.items())[: len(wanted)] == list(wanted.items()), path
        assert is_certified(header, PROFILES[profile])


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_example_can_be_read_as_its_calibration(tmp_path: Path, profile: str) -> None:
    from curator.calibrations.types.base import read_text

    tree = init(tmp_path / "new", "myCam", profile).worktree()
    for path in calibrations(tmp_path / "new"):
        calib = read_text(path, tree.read(path))
        assert calib._type.name == CalibPath.parse(path).dataset_type
        again = calib.readText(calib.to_text(path.rpartition(".")[2]), path)
        assert calib == again, path


def test_it_is_a_git_repository_on_main_without_a_commit(tmp_path: Path) -> None:
    repo = init(tmp_path / "deep" / "new", "myCam")
    assert repo.root == str(tmp_path / "deep" / "new")
    assert git(tmp_path / "deep" / "new", "symbolic-ref", "HEAD") == "refs/heads/main\n"
    assert git(tmp_path / "deep" / "new", "rev-list", "--all") == ""
    assert sorted(os.listdir(tmp_path / "deep")) == ["new"]


def test_line_endings_are_left_alone_by_git(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    init(folder, "myCam")
    git(folder, "config", "core.autocrlf", "true")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")
    (folder / "myCam/defects/s00/20200101T000000.ecsv").unlink()
    git(folder, "checkout", "-q", ".")
    assert b"\r" not in (folder / "myCam/defects/s00/20200101T000000.ecsv").read_bytes()


def test_an_empty_folder_and_a_fresh_git_repository_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    init(tmp_path / "empty", "myCam")
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    git(fresh, "init", "-q", "-b", "devel")
    init(fresh, "myCam")
    assert git(fresh, "symbolic-ref", "HEAD") == "refs/heads/devel\n"
    assert (fresh / "curator.yaml").is_file()
    assert sorted(os.listdir(tmp_path)) == ["empty", "fresh"]


def _with_a_commit(folder: Path) -> None:
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Begin")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: (folder.mkdir(), (folder / "x").write_text("")), "the folder is not empty"),
        (lambda folder: folder.write_text(""), "a file with that name exists"),
        (_with_a_commit, "the folder is not empty"),
    ],
    ids=["something in it", "a file", "a repository with commits"],
)
def test_what_is_there_is_never_written_over(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    folder = tmp_path / "there"
    make(folder)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(EditingError, match=message):
        init(folder, "myCam")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "..",
        "",
        " ",
        "a b",
        "a/b",
        "-rf",
        "1cam",
        "caméra",
        "a:b",
        "{{ 1 }}",
        "'x'",
        "#x",
        "a\nb",
        "C" * 33,
        "x\0",
    ],
)
def test_a_name_that_could_do_harm_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a camera"):
        init(tmp_path / "new", name)
    assert not list(tmp_path.iterdir())


def test_an_unknown_profile_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        init(tmp_path / "new", "myCam", "dmtn-148")
    assert caught.value.hint.startswith("did you mean dmtn148?")


def test_pre_commit_takes_the_installed_curator_or_its_published_hooks(tmp_path: Path) -> None:
    import yaml

    from curator import __version__

    init(tmp_path / "local", "myCam")
    (local,) = yaml.safe_load((tmp_path / "local/.pre-commit-config.yaml").read_text())["repos"]
    entries = [one["entry"] for one in local["hooks"]]
    assert (local["repo"], entries[:2]) == ("local", ["curator fix", "curator check --quiet"])
    init(tmp_path / "remote", "myCam", hooks="https://example.org/curator.git", revision=f"v{__version__}")
    (remote,) = yaml.safe_load((tmp_path / "remote/.pre-commit-config.yaml").read_text())["repos"]
    assert (remote["repo"], remote["rev"]) == ("https://example.org/curator.git", f"v{__version__}")
    with pytest.raises(UsageError, match="is not a git address"):
        init(tmp_path / "bad", "myCam", hooks="x\n- repo: y")


def test_what_a_killed_run_left_beside_is_removed_unless_somebody_is_at_work_in_it(tmp_path: Path) -> None:
    from curator.formats.files.locks import folder_lock

    names = {".x.0123abcd.new": False, ".x.89abcdef.new": True, ".x.note.new": True, ".y.0123abcd.new": True}
    for name in names:
        (tmp_path / name / "deep").mkdir(parents=True)
    with folder_lock(str(tmp_path / ".x.89abcdef.new")):
        init(tmp_path / "x", "myCam")
    assert {name: (tmp_path / name).exists() for name in names} == names


@pytest.mark.parametrize(
    "address",
    [
        "https://ada:{}@example.org/curator.git",
        "https://{}@example.org/curator.git",
        "https://example.org/curator.git?private_token={}",
        "https://example.org/curator.git#token={}",
        "https://ada:a/{}@example.org/curator.git",
        "https:/ada:{}@example.org/curator.git",
        "HTTPS://ada:{}@example.org:8443/x",
        "ssh://git:{}@example.org/curator.git",
        "git:{}@example.org:curator.git",
        "https://ada:{} @example.org/x\n",
    ],
)
def test_an_address_with_a_secret_is_refused_and_not_printed(tmp_path: Path, capsys, address: str) -> None:
    words = ["init", str(tmp_path / "x"), "--camera", "myCam", "--hooks", address.format("s3cr3t")]
    assert main(words) == 2
    said = capsys.readouterr()
    assert "the address of --hooks holds" in said.err
    assert "s3cr3t" not in said.out + said.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org:8443/@group/curator.git",
        "git@example.org:group/curator.git",
        "ssh://git@example.org:2222/curator.git",
        "file:///srv/curator.git",
    ],
)
def test_an_address_without_one_is_taken(tmp_path: Path, address: str) -> None:
    root = Path(init(tmp_path / "x", "myCam", hooks=address, revision="v1").root)
    assert address in (root / ".pre-commit-config.yaml").read_text()


def test_a_commit_with_a_mistake_is_stopped_by_pre_commit(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    init(folder, "myCam")
    bin_folder = os.path.dirname(sys.executable)
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}

    def commit(message: str) -> subprocess.CompletedProcess[str]:
        git(folder, "add", "-A")
        command = ["git", "commit", "-m", message]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    subprocess.run(
        [f"{bin_folder}/pre-commit", "install"], cwd=folder, env=environment, check=True, capture_output=True
    )
    assert commit("Begin").returncode == 0
    path = folder / "myCam/defects/s00/20200101T000000.ecsv"
    path.write_text(path.read_text() + "2040 17 12 3900\n")
    stopped = commit("Add a box")
    assert stopped.returncode == 1
    assert "CUR301" in stopped.stderr + stopped.stdout
    path.write_text(path.read_text().replace("2040 17 12", "2040 17 8"))
    assert commit("Add a box").returncode == 0


def test_the_template_is_complete_for_copier_alone(tmp_path: Path) -> None:
    from copier import run_copy

    run_copy(template_folder(), tmp_path / "new", data={"camera": "myCam"}, defaults=True, quiet=True)
    git(tmp_path, "init", "-q", "new")
    tree = Repository.find(tmp_path / "new").worktree()
    assert not check(tree, load_config(tree)).findings


def test_broken_settings_of_copier_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.yml").write_text("trust: 5\n")
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(tmp_path / "settings.yml"))
    with pytest.raises(EditingError) as caught:
        init(tmp_path / "new", "myCam")
    assert "\n" not in caught.value.message
    assert sorted(os.listdir(tmp_path)) == ["settings.yml"]


def test_a_read_only_place_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from curator.cli.main import main

    (tmp_path / "file").write_text("")
    assert main(["init", str(tmp_path / "file" / "new"), "--camera", "myCam"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_on_a_terminal_the_profile_is_asked_for(tmp_path: Path) -> None:
    main_end, child_end = pty.openpty()
    command = [warm.python(), "-m", "curator", "init", str(tmp_path / "new"), "--camera", "myCam"]
    ends = {"stdin": child_end, "stdout": child_end, "stderr": child_end}
    with subprocess.Popen(command, env={**os.environ, "COLUMNS": "80"}, **ends) as process:
        os.close(child_end)
        os.write(main_end, b"nonsense\n2\n")
        said = b""
        while True:
            try:
                piece = os.read(main_end, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            said += piece
        assert process.wait(60) == 0
    os.close(main_end)
    shown = said.decode()
    for profile in PROFILES.values():
        assert profile.summary in " ".join(shown.split())
    asked = shown.partition("header profile")[2].partition("profile [")[0]
    assert max(map(len, asked.splitlines())) <= 80
    assert "profile: obs_base" in (tmp_path / "new" / "curator.yaml").read_text()


def test_without_a_terminal_nothing_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from curator.cli.main import main

    assert main(["init", str(tmp_path / "new"), "--camera", "myCam"]) == 0
    assert "profile dmtn148" in " ".join(capsys.readouterr().out.split())
    assert "profile: dmtn148" in (tmp_path / "new" / "curator.yaml").read_text()


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("", "$CURATOR_ADDRESS"),
        ("https://example.org/curator.git", "https://example.org/curator.git"),
        ("git@example.org:group/curator.git", "ssh://git@example.org/group/curator.git"),
    ],
)
def test_continuous_integration_installs_curator_from_a_git_address(
    tmp_path: Path, address: str, source: str
) -> None:
    root = Path(init(tmp_path / "x", "myCam", hooks=address, revision="v1").root)
    github = yaml.safe_load((root / ".github/workflows/check.yaml").read_text())
    gitlab = yaml.safe_load((root / ".gitlab-ci.yml").read_text())
    wanted = f'pip install "git+{source}@v1"'
    assert any(wanted in step.get("run", "") for step in github["jobs"]["check"]["steps"])
    assert any(wanted in line for line in gitlab["check"]["script"])
