"""A commit is exported, planned and applied by one command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import warm
from conftest import need_module

from curator.cli.main import main
from curator.formats.files.locks import file_lock
from curator.registries.publish.ingest import holdings
from curator.registries.registry import is_there

from ..conftest import named_plan

CHAIN = "myCam/calib"
# Runs a command, and is killed as soon as a function has returned.
KILLED = """
import importlib, os, signal, sys
from curator.cli.main import main
import lsst.daf.butler

module, _, name = sys.argv[1].partition(":")
owner = importlib.import_module(module)
*within, name = name.split(".")
for one in within:
    owner = getattr(owner, one)
real = getattr(owner, name)

def dying(*words, **options):
    real(*words, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name, dying)
main(sys.argv[2:])
"""


def git(*words: str) -> str:
    return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made") / "obs_mycam_data"


@pytest.fixture
def repository(_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of the template with two commits, the second with one more calibration; we are in it."""
    if not _made.exists():
        assert main(["init", str(_made), "--camera", "myCam"]) == 0
        monkeypatch.chdir(_made)
        git("init", "-q", "-b", "main")
        git("add", "-A")
        git("commit", "-q", "-m", "Start")
        assert main(["new", "defects", "--detector", "S01", "--start", "2025-04-30T12:00:00"]) == 0
        git("add", "-A")
        git("commit", "-q", "-m", "Begin the defects of S01")
    shutil.copytree(_made, folder := tmp_path / _made.name)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def publish(repository: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that publishes and gives what was printed."""
    capsys.readouterr()

    def run(*words: str, status: int = 0) -> str:
        done = main(["publish", *words])
        out, err = capsys.readouterr()
        assert done == status, out + err
        return out if status == 0 else out + err

    return run


@pytest.fixture(params=["sqlite", "postgresql", "gen2"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, list[str]]:
    """A registry that is not made yet, and the options that make it."""
    if request.param == "gen2":
        return f"gen2:{tmp_path / 'CALIB'}", ["--create"]
    need_module("lsst.daf.butler")
    if request.param == "sqlite":
        return f"butler:{tmp_path / 'butler'}", ["--create"]
    address = request.getfixturevalue("server").database()
    return f"butler:{tmp_path / 'butler'}", ["--create", "--database", address]


@pytest.fixture
def butler(tmp_path: Path) -> str:
    need_module("lsst.daf.butler")
    return f"butler:{tmp_path / 'butler'}"


def served(target: str) -> dict[str, int]:
    """Return how many ranges look-ups find, by label."""
    found = [one.label for one in holdings(target) if one.preferred]
    return {label: found.count(label) for label in found}


def test_two_commits_are_published_and_the_way_back_is_named(publish, target, capsys, repository):
    place, create = target
    said = publish("HEAD~1", place, "--label", "a", "--prefer", *create)
    assert said.startswith("exported: ")
    assert "14 validity ranges certified" in said
    assert served(place) == {f"{CHAIN}/a": 14}
    said = publish("HEAD", place, "--label", "b", "--prefer")
    assert f"compared with {CHAIN}/a, which look-ups find now: 14 calibrations unchanged\n" in said
    assert "    added: defects myCam S01 2025-04-30T12:00:00\n" in said
    assert said.index("added: ") < said.index("certify 15 ranges") < said.index("1 dataset ingested")
    assert served(place) == {f"{CHAIN}/b": 15}
    again = publish("main", place, "--label", "b", "--prefer")
    assert again.endswith("15 calibrations unchanged\n  nothing to do\n")
    assert main(["rollback", str(named_plan(said))]) == 0
    assert main(["apply", str(named_plan(capsys.readouterr().out))]) == 0
    assert served(place) == {f"{CHAIN}/a": 14}
    assert git("status", "--porcelain") == ""


def test_the_registry_has_its_own_files_unless_the_export_is_kept(publish, target, tmp_path):
    place, create = target
    publish("HEAD~1", place, "--label", "a", "--prefer", *create)
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "curator" / "exports"
    assert list(cache.rglob("*.fits"))
    shutil.rmtree(cache)
    assert all(Path(one.file).is_file() for one in holdings(place))
    publish("HEAD", place, "--label", "b", "--export", str(tmp_path / "kept"))
    assert not cache.exists()
    new = [one.file for one in holdings(place) if one.source.endswith("s01/20250430T120000.ecsv")]
    assert len(new) == 1
    assert new[0].startswith(str(tmp_path / "kept")) == place.startswith("butler:")


def test_a_dry_run_writes_nothing_and_saves_no_plan(publish, target):
    place, create = target
    said = publish("HEAD", place, "--label", "a", "--prefer", *create, "--dry-run")
    assert "make a new registry" in said
    assert "certify 15 ranges" in said
    assert not is_there(place)
    assert not (Path(os.environ["XDG_STATE_HOME"]) / "curator" / "plans").exists()


def test_what_is_refused_leaves_the_registry_as_it_was(publish, butler, repository, tmp_path):
    assert "add --create" in publish("HEAD", butler, "--label", "a", status=1)
    assert not is_there(butler)
    publish("HEAD", butler, "--label", "a", "--prefer", "--create")
    before = holdings(butler)
    git("checkout", "-q", "-b", "topic")
    assert main(["new", "defects", "--detector", "S01", "--start", "2026-01-01"]) == 0
    git("add", "-A")
    git("commit", "-q", "-m", "Try")
    assert "neither on the release branch nor tagged" in publish("HEAD", butler, "--label", "b", status=1)
    assert "a published label is never edited" in publish("HEAD~2", butler, "--label", "a", status=1)
    assert "personal label" in publish("HEAD", butler, "--label", "u/ada/x", "--prefer", status=2)
    assert "--export DIR" in publish("HEAD", butler, "--label", "b", "--transfer", "direct", status=2)
    assert "names no registry" in publish("HEAD", str(tmp_path), "--label", "b", status=2)
    publish("no-such-commit", butler, "--label", "b", status=2)
    inside = publish("HEAD", butler, "--label", "b", "--export", ".git/x", status=1)
    assert ".git" in inside
    assert holdings(butler) == before
    publish("HEAD", butler, "--label", "u/ada/x")
    assert len(holdings(butler)) == len(before) + 16


def test_another_instrument_is_asked_for(publish, butler, repository):
    publish("HEAD", butler, "--label", "a", "--create")
    for path in (repository / "myCam" / "camera").iterdir():
        path.write_text(path.read_text().replace("INSTRUME: 'myCam'", "INSTRUME: 'mycam'"))
    git("commit", "-q", "-a", "-m", "Spell it otherwise")
    said = publish("HEAD", butler, "--label", "b", status=1)
    assert "new instrument: mycam (beside myCam)" in said
    assert "--register-instrument" in said
    publish("HEAD", butler, "--label", "b", "--register-instrument")


def test_uncommitted_files_are_not_published(publish, butler, repository):
    assert main(["new", "defects", "--detector", "S01", "--start", "2026-01-01"]) == 0
    publish("HEAD", butler, "--label", "a", "--create")
    assert len(holdings(butler)) == 15


def test_two_publishes_of_a_repository_wait_for_each_other(publish, butler, repository):
    publish("HEAD", butler, "--label", "a", "--create")
    (folder,) = (
        path
        for path in (Path(os.environ["XDG_CACHE_HOME"]) / "curator" / "exports").iterdir()
        if path.is_dir()
    )
    with file_lock(f"{folder}.lock"):
        said = publish("HEAD", butler, "--label", "b", "--wait", "0", status=1)
    assert "another publish of this repository" in said
    publish("HEAD", butler, "--label", "b", "--wait", "0")


def test_a_plan_that_cannot_be_saved_stops_it_before_anything_is_written(
    publish, butler, tmp_path, monkeypatch
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    said = publish("HEAD", butler, "--label", "a", "--create", status=1)
    assert "-o FILE" in said
    assert not is_there(butler)
    publish("HEAD", butler, "--label", "a", "--create", "-o", str(tmp_path / "plan.json"))
    assert json.loads((tmp_path / "plan.json").read_text())["label"] == "a"


@pytest.mark.parametrize("kind", ["butler", "gen2"])
@pytest.mark.parametrize(
    ("step", "labels"),
    [
        ("curator.export.export:run_export", 0),
        ("curator.registries.publish.saved_plan:make_plan", 0),
        ("curator.registries.publish.plan_file:save_plan", 0),
        ("curator.registries.{}.registry:{}.move", 1),
    ],
)
def test_a_publish_killed_between_steps_is_finished_by_the_next(publish, tmp_path, kind, step, labels):
    need_module("lsst.daf.butler")
    place = f"{kind}:{tmp_path / 'registry'}"
    publish("HEAD~1", place, "--label", "a", "--prefer", "--create")
    words = ["HEAD", place, "--label", "b", "--prefer"]
    step = step.format(kind, "ButlerRegistry" if kind == "butler" else "Gen2Registry")
    done = subprocess.run([warm.python(), "-c", KILLED, step, "publish", *words], check=False)
    assert done.returncode == -9
    assert len({one.label for one in holdings(place)}) == 1 + labels
    assert served(place) == ({f"{CHAIN}/b": 15} if labels else {f"{CHAIN}/a": 14})
    said = publish(*words)
    assert ("nothing to do" in said) == bool(labels)
    assert served(place) == {f"{CHAIN}/b": 15}
    assert all(Path(one.file).is_file() for one in holdings(place))


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_a_label_is_whole_before_it_is_preferred(publish, tmp_path, kind):
    need_module("lsst.daf.butler")
    place = f"{kind}:{tmp_path / 'registry'}"
    publish("HEAD~1", place, "--label", "a", "--prefer", "--create")
    publish("HEAD", place, "--label", "b")  # as a run leaves it that is killed before it prefers the label
    assert served(place) == {f"{CHAIN}/a": 14}
    said = publish("HEAD", place, "--label", "b", "--prefer")
    assert f"  {CHAIN}: {CHAIN}/a -> {CHAIN}/b\n" in said
    assert served(place) == {f"{CHAIN}/b": 15}
