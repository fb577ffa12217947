"""What may happen while an export is applied: kills, full disks, lost connections, others at work."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import warm
from conftest import FUZZ

from curator.errors import CuratorError
from curator.registries.model.model import Storage
from curator.registries.publish.ingest import holdings
from curator.registries.registry import open_registry

from ..conftest import Calib, Registry, copies, ingest
from ..killing import KILLING

YEARS = [f"{year}-01-01T00:00:00" for year in range(2010, 2014)]
MANY = [
    Calib(number, detector, start=start, end=end)
    for number, (start, end) in enumerate(pairwise(YEARS))
    for detector in ("R22_S11", "R22_S12")
]
# For each of two databases and two ways of transfer.
KILLS = max(4, int(5 * FUZZ))

KILLER = (
    KILLING
    + """
from curator.registries.publish.consent import Consent
from curator.registries.publish.ingest import ingest
from curator.registries.registry import open_registry

anything = Consent(create=True, register_instrument=True)
export, transfer, *places = sys.argv[1:]

def seen(place):
    with open_registry(f"butler:{place}", "read") as registry:
        found, butler = registry.holdings(), registry._butler
        known = list(butler.registry.queryDatasetTypes())
        refs = butler.query_all_datasets("*", find_first=False) if known else []
        lost = [str(ref) for ref, there in butler.stored_many(refs).items() if not there] if refs else []
    return [len(found), all(one.preferred for one in found), len(refs), lost]

def apply(place):
    told = []
    ingest(export, f"butler:{place}", "a", True, transfer=transfer, notify=told.append, consent=anything)
    return told

def again(place):
    return [seen(place), apply(place), seen(place)]

print(json.dumps(killed(apply, again, places)))
"""
)


def kill(export: Path, transfer: str, places: list[Path]) -> list[Any]:
    """Apply an export to all places, killed in all but two; say what was there, then and at last."""
    done = subprocess.run(
        [warm.python(), "-W", "ignore", "-c", KILLER, str(export), transfer, *map(str, places)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return results


def judge(results: list[Any]) -> None:
    whole = [len(MANY), True, len(MANY), []]
    states = [[0, True, 0, []], [len(MANY), False, len(MANY), []], whole]
    assert results[2][0] == states[0]  # killed before it could do anything: moments are spread from there
    for result in results:
        assert isinstance(result, list), result
        before, told, after = result
        assert before in states  # all or nothing; the label is preferred last, and no file is missing
        assert after == whole
        assert not told or "interrupted" in told[0]


@pytest.mark.parametrize("transfer", ["direct", "copy"])
def test_a_killed_apply_on_sqlite_leaves_all_or_nothing_and_is_finished_by_the_next(
    registry, tmp_path, export, transfer
):
    root = export(*MANY)
    files = {path: path.read_bytes() for path in root.rglob("*.fits")}
    places = [tmp_path / f"place{number}" for number in range(KILLS + 2)]
    for place in places:
        shutil.copytree(registry.path, place)
    judge(kill(root, transfer, places))
    assert {path: path.read_bytes() for path in root.rglob("*.fits")} == files


@pytest.mark.parametrize("transfer", ["direct", "copy"])
def test_a_killed_apply_on_postgresql_leaves_all_or_nothing_and_is_finished_by_the_next(
    server, on_server, tmp_path, export, transfer
):
    first, address = on_server
    places = [tmp_path / f"place{number}" for number in range(KILLS + 2)]
    with copies(server, first.path, address, places):
        judge(kill(export(*MANY), transfer, places))


@pytest.mark.parametrize("labels", ["aaaa", "abab"])
def test_four_copies_at_once_put_everything_in_once(registry, export, labels):
    """Without the lock, the rollback of those who come second takes away the files of the first."""
    words = ("ingest", "--create", export(*MANY), registry.target, "--transfer", "copy")
    running = [
        subprocess.Popen(
            [warm.python(), "-m", "curator", *words, "--label", label],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for label in labels
    ]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    found = holdings(registry.target)
    assert len(found) == len(MANY) * len(set(labels))
    assert all(Path(one.file).exists() for one in found)
    assert len(list(registry.path.rglob("*.fits"))) == len(MANY)


@pytest.mark.parametrize("transfer", ["direct", "copy"])
def test_a_connection_that_is_dropped_leaves_nothing(server, tmp_path, export, monkeypatch, transfer):
    from curator.registries.butler.registry import ButlerRegistry

    address, place = server.database(), Registry(tmp_path / "butler")
    name = address.rpartition("/")[2]
    with open_registry(place.target, "write", storage=Storage(address)):
        pass
    certify = ButlerRegistry._certify

    def dropped(*args):
        server.execute(
            "postgres", f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        certify(*args)

    with monkeypatch.context() as patch:
        patch.setattr(ButlerRegistry, "_certify", dropped)
        with pytest.raises(CuratorError) as caught:
            place.ingest(export(*MANY), transfer=transfer)
    assert "\n" not in caught.value.message
    assert caught.value.exit_status == 2
    assert holdings(place.target) == []
    assert not list(place.path.rglob("*.fits"))
    place.ingest(export(*MANY), transfer=transfer)
    assert len(holdings(place.target)) == len(MANY)


def test_a_disk_too_small_for_the_copies_keeps_nothing_of_them(export, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    try:
        place = Registry(disk / "butler")
        place.ingest(export(Calib()), "u/ada/begin", transfer="copy")
        before = place.state()
        left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "ballast").write_bytes(b"x" * (left - 150_000))
        days = [f"2015-{month:02}-{day:02}T00:00:00" for month in range(1, 7) for day in range(1, 20)]
        many = export(*(Calib(3, start=one, end=end) for one, end in pairwise(days)), name="b")
        with pytest.raises(CuratorError) as caught:
            place.ingest(many, "a", transfer="copy")
        assert "\n" not in caught.value.message
        assert place.state() == before
        assert len(list(place.path.rglob("*.fits"))) == 1
        (disk / "ballast").unlink()
        assert all(Path(one.file).exists() for one in holdings(place.target))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_registry_of_another_schema_version_is_one_line_and_stays_as_it_is(registry, export):
    registry.ingest(export(Calib()))
    database = registry.path / "gen3.sqlite3"
    connection = sqlite3.connect(database)
    changed = connection.execute(
        "UPDATE butler_attributes SET value = '99.0.0' WHERE name LIKE 'version:%'"
    ).rowcount
    connection.commit()
    connection.close()
    assert changed
    before = database.read_bytes()
    for action in (
        lambda: ingest(export(Calib()), registry.target, "b"),
        lambda: holdings(registry.target),
    ):
        with pytest.raises(CuratorError, match=r"cannot be opened as a Butler: .*99\.0\.0") as caught:
            action()
        assert "\n" not in caught.value.message
        assert caught.value.exit_status == 2
    assert database.read_bytes() == before
