"""What may happen while a hand-over is taken in: others at work, kills, full disks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import warm
from conftest import FUZZ

from curator.errors import CuratorError
from curator.registries.butler.databases import database_of
from curator.registries.folder_lock import LOCK, locked
from curator.registries.handover.write import RECEIVE, hand_over
from curator.registries.publish.ingest import holdings

from ..conftest import DETECTORS, Calib, Registry, copies
from ..killing import KILLING

YEARS = [f"{year}-01-01T00:00:00" for year in range(2010, 2014)]
MANY = [
    Calib(number, detector, start=start, end=end)
    for number, (start, end) in enumerate(pairwise(YEARS))
    for detector in ("R22_S11", "R22_S12")
]


def alias(registry, monkeypatch):
    monkeypatch.setenv("DAF_BUTLER_REPOSITORIES", json.dumps({"summit": str(registry.path)}))
    return "summit"


NAMES = {
    "a folder": lambda registry, _: registry.path,
    "a configuration": lambda registry, _: registry.path / "butler.yaml",
    "a URI": lambda registry, _: registry.path.as_uri(),
    "the URI of a configuration": lambda registry, _: (registry.path / "butler.yaml").as_uri(),
    "an alias": alias,
}


def test_the_lock_that_curator_holds_is_waited_for_however_a_butler_is_named(
    registry, handed, receive, monkeypatch
):
    folder, before = handed(*MANY), registry.state()
    targets = {name: target(registry, monkeypatch) for name, target in NAMES.items()}
    with locked(str(registry.path), 0, pytest.fail):
        for name, target in targets.items():
            status, err = receive(folder, target, "--wait", "0.3")
            assert (status, len(err.splitlines())) == (1, 2), (name, err)
            assert f"writing to {registry.path}" in err
            assert "did not finish within 0.3 s" in err
    assert registry.state() == before
    assert receive(folder, targets["an alias"])[0] == 0
    assert len(holdings(registry.target)) == len(MANY)


def test_the_lock_of_the_database_that_curator_holds_is_waited_for(on_server, handed, receive, tmp_path):
    """By another copy of butler.yaml, as on another machine: only the database can keep them apart."""
    registry, address = on_server
    (tmp_path / "two").mkdir()
    shutil.copy(registry.path / "butler.yaml", tmp_path / "two")
    folder = handed(*MANY)
    with database_of(address, str(registry.path)).locked(0, pytest.fail):
        status, err = receive(folder, tmp_path / "two", "--wait", "0.3")
    assert (status, len(err.splitlines())) == (1, 2), err
    assert "(curator from 127.0.0.1), and did not finish within 0.3 s" in err
    assert holdings(registry.target) == []


def test_a_writer_without_our_lock_is_not_waited_for_without_end(registry, handed, receive):
    import sqlite3

    folder = handed(*MANY)
    connection = sqlite3.connect(registry.path / "gen3.sqlite3", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    status, err = receive(folder, registry.path, "--wait", "0.3")
    connection.close()
    assert (status, err.count("\n")) == (1, 1), err
    assert "its database is locked" in err


def test_a_lock_that_is_a_link_is_neither_followed_nor_emptied(registry, handed, receive, tmp_path):
    (tmp_path / "elsewhere").write_text("precious")
    (registry.path / LOCK).unlink(missing_ok=True)
    (registry.path / LOCK).symlink_to(tmp_path / "elsewhere")
    status, err = receive(handed(*MANY), registry.path)
    assert (status, err.count("\n")) == (1, 1)
    assert "it is a symbolic link" in err
    assert (tmp_path / "elsewhere").read_text() == "precious"


class Disk:
    """A small file system of the test's own."""

    def __init__(self, path: Path, size: str) -> None:
        self.path = path
        path.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
        if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("only root can make a small disk")

    def fill(self, left: int) -> None:
        found = os.statvfs(self.path)
        (self.path / "ballast").write_bytes(b"x" * (found.f_bavail * found.f_frsize - left))

    def set(self, option: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{option}", str(self.path)], check=True)


@pytest.fixture
def disk(tmp_path):
    found = Disk(tmp_path / "disk", "2500k")
    yield found
    subprocess.run(["umount", str(found.path)], check=True)


def test_a_butler_that_cannot_be_written_is_one_line(registry, disk, handed, receive):
    shutil.copytree(registry.path, disk.path / "butler")
    (disk.path / "butler" / LOCK).unlink(missing_ok=True)
    disk.set("ro")
    status, err = receive(handed(*MANY), disk.path / "butler")
    assert (status, err.count("\n")) == (1, 1)
    assert f"the lock {disk.path}/butler/{LOCK} cannot be acquired: Read-only file system" in err


def test_a_disk_too_small_for_the_copies_keeps_nothing_of_them(registry, disk, handed, receive):
    place = Registry(disk.path / "butler")
    shutil.copytree(registry.path, place.path)
    large = {"NOTES": "x" * 60_000}
    folder = handed(*(Calib(number, detector, more=large) for number, detector in enumerate(DETECTORS)))
    before = place.state()
    disk.fill(200_000)
    status, err = receive(folder, place.path)
    assert (status, err.count("\n")) == (1, 1), err
    assert str(place.path) in err
    assert str(folder) not in err
    assert place.state() == before
    assert not list(place.path.rglob("*.fits"))
    (disk.path / "ballast").unlink()
    assert receive(folder, place.path)[0] == 0


def test_a_hand_over_onto_a_full_disk_names_what_is_full(disk, export):
    root = export(*MANY)
    disk.fill(20_000)
    before = sorted(disk.path.iterdir())
    with pytest.raises(CuratorError, match="cannot be written: No space left on device") as caught:
        hand_over(str(root), str(disk.path / "out"), "2025.1")
    assert caught.value.path == str(disk.path / "out")
    assert sorted(disk.path.iterdir()) == before


def together(*commands: list[str]) -> list[str]:
    """Run programs at once, and return what they say."""
    running = [
        subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for one in commands
    ]
    said = []
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
        said.append(out)
    return said


def judge_together(registry: Registry) -> None:
    found = holdings(registry.target)
    assert len(found) == len(MANY)
    assert all(one.preferred and Path(one.file).exists() for one in found)
    assert len(list(registry.path.rglob("*.fits"))) == len(MANY)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_receive_at_once(request, handed, database):
    registry = request.getfixturevalue("registry" if database == "sqlite" else "on_server")
    registry = registry if database == "sqlite" else registry[0]
    program = [warm.python(), str(handed(*MANY, prefer=True) / RECEIVE), "--register-instrument"]
    said = together([*program, str(registry.path)], [*program, registry.path.as_uri()])
    assert sorted("nothing to do" in one for one in said) == [False, True]
    judge_together(registry)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_one_receives_while_curator_applies_a_plan_of_the_same(request, handed, tmp_path, database):
    from curator.cli.main import main

    registry = request.getfixturevalue("registry" if database == "sqlite" else "on_server")
    registry = registry if database == "sqlite" else registry[0]
    folder, plan = handed(*MANY, prefer=True), tmp_path / "plan.json"
    words = [str(folder), registry.target, "--label", "2025.1", "--prefer", "--transfer", "copy"]
    assert main(["plan", "--create", *words, "-o", str(plan)]) == 0
    said = together(
        [warm.python(), str(folder / RECEIVE), str(registry.path), "--register-instrument"],
        [warm.python(), "-m", "curator", "apply", str(plan)],
    )
    assert sum("nothing to do" in one for one in said) == 1, said
    judge_together(registry)


# Takes in once, which loads all there is to load; then has a child take in at each place, which tells when it
# has looked at everything, and kills it at another moment of the writing that follows. Another child says
# what is visible, takes in again, and says it again.
KILLER = (
    KILLING
    + """
import warnings
warnings.simplefilter("ignore")
folder, *places = sys.argv[1:]
sys.path.insert(0, folder)
from receiving import program
from curator.registries.registry import open_registry

def seen(place):
    with open_registry(f"butler:{place}", "read") as registry:
        found, butler = registry.holdings(), registry._butler
        known = list(butler.registry.queryDatasetTypes())
        refs = butler.query_all_datasets("*", find_first=False) if known else []
        lost = [str(ref) for ref, there in butler.stored_many(refs).items() if not there] if refs else []
    return [len(found), sum(one.preferred for one in found), len(refs), lost]

def again(place):
    return [seen(place), program.main([place, "--register-instrument"]), seen(place)]

def taken(place):
    def told(*work):
        os.write(begun, b".")
        register(*work)
    program.register, register = told, program.register
    program.main([place, "--register-instrument"])
    os.write(begun, b".")

def started(place):
    # A pipe for each, whose end nobody else holds: the read below returns at once if the child ends early.
    global begun
    ready, begun = os.pipe()
    process, pipe = child(taken, place)
    os.close(begun)
    os.close(pipe)
    os.read(ready, 1)
    return process, ready

moments = random.Random(7)
first, second, *places = places
program.main([first, "--register-instrument"])
results = [again(first)]
process, ready = started(second)
began = time.monotonic()
assert os.read(ready, 1), "nothing was taken in"
took = time.monotonic() - began
os.waitpid(process, 0)
results.append(again(second))
for number, place in enumerate(places):
    process, ready = started(place)
    time.sleep(took * (number + moments.random()) / len(places))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(ready)
    process, pipe = child(again, place)
    with os.fdopen(pipe, "rb") as file:
        results.append(json.loads(file.read()))
    os.waitpid(process, 0)
print(json.dumps(results))
"""
)


def judge(folder: Path, places: list[Path]) -> None:
    done = subprocess.run(
        [warm.python(), "-c", KILLER, str(folder), *map(str, places)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout.splitlines()[-1])
    nothing, whole = [0, 0, 0, []], [len(MANY), len(MANY), len(MANY), []]
    assert len(results) == len(places)
    assert results[0][0] == whole
    for before, status, after in results:
        assert before in (nothing, whole)  # the label, its datasets, and that it is preferred: all or nothing
        assert status == 0
        assert after == whole


def test_a_killed_receive_on_sqlite_leaves_all_or_nothing_and_is_finished_by_the_next(
    registry, handed, tmp_path
):
    places = [tmp_path / f"place{number}" for number in range(2 + max(2, int(6 * FUZZ)))]
    for place in places:
        shutil.copytree(registry.path, place)
    judge(handed(*MANY, prefer=True), places)
    for place in places:
        assert len(list(place.rglob("*.fits"))) == len(MANY)


def test_a_killed_receive_on_postgresql_leaves_all_or_nothing_and_is_finished_by_the_next(
    server, on_server, handed, tmp_path
):
    first, address = on_server
    places = [tmp_path / f"place{number}" for number in range(2 + max(2, int(3 * FUZZ)))]
    with copies(server, first.path, address, places):
        judge(handed(*MANY, prefer=True), places)
