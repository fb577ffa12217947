"""Kills, crowds and journals: a Gen2 registry never serves a file that is not of its row."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

import pytest

from curator.errors import RegistryError
from curator.registry.ingest import holdings, ingest
from curator.registry.saved import apply_plan, make_plan
from curator.registry.stamps import read_stamp

from .gen2_made import EDITED, OTHER, TWO, digest, with_layout

FUZZ = float(os.environ.get("CURATOR_FUZZ", "1"))


def child(work: Callable[[], Any], stop: int = 0) -> int:
    """Do work in a process, killed at its ``stop``-th call of any function; return how many it made."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1
            if calls == stop:
                os.kill(os.getpid(), signal.SIGKILL)

        status = 1
        try:
            sys.setprofile(count)
            work()
            sys.setprofile(None)
            os.write(writer, str(calls).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with open(reader, "rb") as file:
        said = file.read()
    os.waitpid(pid, 0)
    return int(said or 0)


@pytest.mark.parametrize("template", ["", "{type}/{calibDate}/{digest}.fits"])
def test_a_killed_apply_serves_nothing_wrong_and_the_next_one_finishes(template, gen2, export, tmp_path):
    layout = with_layout(template=template)
    gen2.ingest(export(*TWO, **layout), prefer=True)
    shutil.copytree(gen2.path, tmp_path / "kept")
    saved = make_plan(str(export(*EDITED, **OTHER, **layout)), gen2.target, "b", prefer=True)
    calls = child(lambda: apply_plan(saved))
    assert calls > 1000
    now = "2021-06-01T12:00:00"
    states: set[str] = set()
    chance = random.Random(5)
    # Most of the calls read and compare; those that write are the last.
    for _ in range(max(1, int(12 * FUZZ))):
        shutil.rmtree(gen2.path)
        shutil.copytree(tmp_path / "kept", gen2.path)
        child(lambda: apply_plan(saved), chance.randrange(calls // 3, calls))
        served = {one.start: one for one in holdings(gen2.target) if one.preferred}
        if not template:
            states.add(gen2.found(now))
            assert gen2.found(now) in {"", digest(TWO[1]), digest(EDITED[1])}
            assert gen2.found("2019-06-01") == digest(TWO[0])
        else:
            assert len(served) == 2, "where no file changes in its place, it is one state or the other"
        for one in served.values():
            assert read_stamp(one.file).content == one.content
        apply_plan(saved)
        assert {one.content for one in holdings(gen2.target) if one.preferred} == {
            digest(one) for one in EDITED
        }
        if not template:
            assert gen2.found(now) == digest(EDITED[1])
        assert not (gen2.path / "calibRegistry.sqlite3-journal").exists()
    assert template or {digest(TWO[1]), digest(EDITED[1])} & states


def test_a_journal_of_a_killed_writer_is_no_obstacle_to_reading(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)

    def die() -> None:
        connection = sqlite3.connect(gen2.file, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM defects")
        connection.execute("CREATE TABLE filler (x)")
        connection.executemany("INSERT INTO filler VALUES (?)", ((b"x" * 3000,) for _ in range(200)))
        os.kill(os.getpid(), signal.SIGKILL)

    child(die)
    journal = gen2.path / "calibRegistry.sqlite3-journal"
    assert journal.exists()
    before = gen2.file.read_bytes(), journal.read_bytes()
    assert len(holdings(gen2.target)) == 2
    assert (gen2.file.read_bytes(), journal.read_bytes()) == before
    assert gen2.ingest(export(*TWO), prefer=True).plan.is_empty
    assert not journal.exists()


def _ingest(arguments: tuple[str, str, str]) -> bool:
    export, target, label = arguments
    return ingest(export, target, label, prefer=True).plan.is_empty


def test_two_ingests_at_once_take_turns(gen2, export):
    first, second = export(*TWO), export(*EDITED, **OTHER)
    work = [(str(first), gen2.target, "a"), (str(first), gen2.target, "a"), (str(second), gen2.target, "b")]
    with get_context("fork").Pool(3) as pool:
        done = pool.map(_ingest, work)
    assert done[2] is False
    assert {one.label for one in holdings(gen2.target)} == {"TestCam/calib/a", "TestCam/calib/b"}
    assert len({one.label for one in holdings(gen2.target) if one.preferred}) == 1
    assert gen2.found() in {digest(TWO[1]), digest(EDITED[1])}


def test_a_killed_first_ingest_is_finished_by_the_next(gen2, export):
    tree = export(*TWO)
    calls = child(lambda: gen2.ingest(tree, prefer=True))
    chance = random.Random(11)
    for _ in range(max(1, int(8 * FUZZ))):
        shutil.rmtree(gen2.path)
        child(lambda: gen2.ingest(tree, prefer=True), chance.randrange(calls // 2, calls))
        if gen2.file.exists():
            assert gen2.found("2019-06-01") in ("", digest(TWO[0]))
            assert (gen2.found("2019-06-01") == "") == (gen2.found() == "")
        gen2.ingest(tree, prefer=True)
        assert gen2.found() == digest(TWO[1])
        assert gen2.ingest(tree, prefer=True).plan.is_empty


@pytest.mark.parametrize("path", ["../../precious.fits", "/etc/precious.fits", "curator/../../precious.fits"])
def test_a_registry_that_somebody_forged_reaches_nothing_outside(path, gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.ingest(export(*EDITED, **OTHER), "b", prefer=True)
    precious = tmp_path / "precious.fits"
    precious.write_bytes(b"x")
    gen2.sql("INSERT INTO curator_trash VALUES (?)", path)
    with pytest.raises(RegistryError, match="leads out"):
        gen2.ingest(export(*TWO), "c")
    gen2.sql("DELETE FROM curator_trash")
    gen2.sql("UPDATE curator_item SET store = ?", path)
    with pytest.raises(RegistryError, match="leads out"):
        holdings(gen2.target)
    assert precious.read_bytes() == b"x"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE curator_item SET start = 'x'",
        "UPDATE curator_range SET valid_start = 7",
        "UPDATE curator_label SET layout = '{'",
        'UPDATE curator_label SET layout = \'{"template": "../x.fits"}\'',
        "UPDATE curator_row SET identity = ''",
        "DELETE FROM curator_item",
        "UPDATE curator_meta SET value = '2' WHERE name = 'version'",
    ],
)
def test_tables_that_somebody_changed_are_said_in_one_line(damage, gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.sql(damage)
    with pytest.raises(RegistryError, match=r"damaged|another curator"):
        gen2.ingest(export(*TWO), prefer=True)
