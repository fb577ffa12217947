"""A purge that is killed: all or nothing of a label is visible, and what is left of it is finished."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import warm
from conftest import FUZZ

from curator.registries.publish.plan_file import save_plan
from curator.registries.publish.purge import plan_purge

from ..conftest import Calib, Registry, copies
from ..killing import KILLING
from .test_faults import MANY

KILLS = max(4, int(4 * FUZZ))
SHARED = Calib(99, "R22_S20")

KILLER = (
    KILLING
    + """
from dataclasses import replace
from curator.registries.publish.ingest import ingest
from curator.registries.publish.plan_file import load_plan
from curator.registries.registry import open_registry
from curator.registries.publish.purge import apply_purge

export, *places = sys.argv[1:]

def seen(place):
    with open_registry(f"butler:{place}", "read") as registry:
        found, butler = registry.holdings(), registry._butler
        refs = butler.query_all_datasets("*", find_first=False)
        lost = [str(ref) for ref, there in butler.stored_many(refs).items() if not there]
        notes = butler.collections.query("curator/purging/*")
    return [sum(one.label.endswith("/a") for one in found), sum(one.label.endswith("/b") for one in found),
            len(refs), lost, [one.file for one in found if not os.path.exists(one.file)], len(notes)]

def purge(place):
    apply_purge(load_plan(f"{place}.json"))

def again(place):
    before = seen(place)
    if int(place[-1]) % 2:
        purge(place)
    else:
        ingest(export, f"butler:{place}", "a", transfer="copy")
    return [before, seen(place)]

print(json.dumps(killed(purge, again, places)))
"""
)


def kill(export: Path, places: list[Path]) -> list[Any]:
    """Purge a label in all places, killed in all but two; say what was there, then and at last."""
    for place in places:
        save_plan(plan_purge(f"butler:{place}", "a"), f"{place}.json")
    words = (warm.python(), "-W", "ignore", "-c", KILLER, str(export), *map(str, places))
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return results


def judge(results: list[Any]) -> None:
    """The label is there whole or not at all; no dataset of any lacks its file; nothing is left at last."""
    whole = len(MANY) + 1
    assert results[2][0][0] == whole  # killed before it could do anything: moments are spread from there
    for number, result in enumerate(results):
        assert isinstance(result, list), result
        (labelled, others, _, lost, missing, _), after = result
        assert (labelled, others, lost, missing) in ((whole, 1, [], []), (0, 1, [], []))
        finished = [0, 1, 1, [], [], 0] if number % 2 else [whole, 1, whole, [], [], 0]
        assert after == finished


def filled(place: Path, export: Any) -> Path:
    registry = Registry(place)
    registry.ingest(root := export(*MANY, SHARED), "a", transfer="copy")
    registry.ingest(export(SHARED, name="second", commit="e" * 40), "b", prefer=True, transfer="copy")
    return Path(root)


def test_a_killed_purge_on_sqlite_takes_all_or_nothing_and_is_finished(registry, tmp_path, export):
    root = filled(registry.path, export)
    places = [tmp_path / f"place{number}" for number in range(KILLS + 2)]
    for place in places:
        shutil.copytree(registry.path, place)
    judge(kill(root, places))


def test_a_killed_purge_on_postgresql_takes_all_or_nothing_and_is_finished(
    server, on_server, tmp_path, export
):
    first, address = on_server
    root = filled(first.path, export)
    places = [tmp_path / f"place{number}" for number in range(KILLS + 2)]
    with copies(server, first.path, address, places):
        judge(kill(root, places))
