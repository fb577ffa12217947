"""Kills, crowds and journals: a Gen2 registry never serves a file that is not of its row."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, pairwise
from multiprocessing import get_context
from typing import Any

import pytest
from conftest import FUZZ

from curator.calibrations.fits.stamp_reader import read_stamp
from curator.errors import CuratorError, RegistryError
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.saved_plan import apply_plan, plan_back

from ..conftest import OTHER_COMMIT, Calib, ingest, make_export, make_plan
from .made import EDITED, LATER, OTHER, TWO, Gen2, digest, with_layout
from .stack import ingest_calibs


def child(work: Callable[[], Any], stop: int = 0) -> int:
    """Do work in a process, killed at its ``stop``-th call of any function; return how many it made."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        calls = 0

        def profile(*_: object) -> None:
            nonlocal calls
            calls += 1
            if calls == stop:
                os.kill(os.getpid(), signal.SIGKILL)

        status = 1
        try:
            sys.setprofile(profile)
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


def served(gen2: Gen2) -> list[tuple[Any, ...]]:
    """Return the rows that look-ups read, each with the digest in its file: none is without one."""
    rows = gen2.sql("SELECT * FROM defects ORDER BY ccd, calibDate")
    paths = dict(gen2.sql("SELECT row_id, path FROM curator_row"))
    stamps = {number: read_stamp(str(gen2.path / paths[number])) for number, *_ in rows}
    assert None not in stamps.values()
    contents = {number: stamp.content for number, stamp in stamps.items() if stamp}
    items = "SELECT row_id, content FROM curator_row JOIN curator_item ON item = curator_item.id"
    assert contents == dict(gen2.sql(items)), "a row leads to the file of another"
    return [(contents[number], *row) for number, *row in rows]


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
        found = [one for one in holdings(gen2.target) if one.preferred]
        assert len(served(gen2)) == len(found)
        if not template:
            states.add(gen2.found(now))
            assert gen2.found(now) in {"", digest(TWO[1]), digest(EDITED[1])}
            assert gen2.found("2019-06-01") == digest(TWO[0])
        else:
            assert len(found) == 2, "where no file changes in its place, it is one state or the other"
        for one in found:
            assert read_stamp(one.file).content == one.content
        apply_plan(saved)
        assert {one.content for one in holdings(gen2.target) if one.preferred} == {
            digest(one) for one in EDITED
        }
        if not template:
            assert gen2.found(now) == digest(EDITED[1])
        assert not (gen2.path / "calibRegistry.sqlite3-journal").exists()
    assert template or {digest(TWO[1]), digest(EDITED[1])} & states


def test_a_killed_rollback_serves_what_was_or_nothing_and_the_next_one_finishes(gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    before = served(gen2)
    saved = make_plan(
        str(export(replace(TWO[0], x0=4, sha="4" * 40), TWO[1], **OTHER)), gen2.target, "b", prefer=True
    )
    apply_plan(saved)
    after = served(gen2)
    shutil.copytree(gen2.path, tmp_path / "kept")
    back = plan_back(saved)
    calls = child(lambda: apply_plan(back))
    states = set()
    chance = random.Random(3)
    for _ in range(max(1, int(10 * FUZZ))):
        shutil.rmtree(gen2.path)
        shutil.copytree(tmp_path / "kept", gen2.path)
        child(lambda: apply_plan(back), chance.randrange(calls // 2, calls))
        found = [(row[0], *row[2:]) for row in served(gen2)]
        known = [[(row[0], *row[2:]) for row in rows] for rows in (after, after[1:], before)]
        assert found in known, "only what has one file in its place is not found meanwhile"
        states.add(known.index(found))
        apply_plan(back)
        assert [row[0] for row in served(gen2)] == [row[0] for row in before]
        assert len(list((gen2.path / "defects").rglob("*"))) == 4
    assert len(states) > 1


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
        if gen2.sql("SELECT 1 FROM sqlite_master WHERE name = 'defects'") if gen2.file.exists() else False:
            assert len(served(gen2)) == 2, "all or nothing"
        if gen2.file.exists():
            assert gen2.found("2019-06-01") in ("", digest(TWO[0]))
            assert (gen2.found("2019-06-01") == "") == (gen2.found() == "")
        gen2.ingest(tree, prefer=True)
        assert gen2.found() == digest(TWO[1])
        assert gen2.ingest(tree, prefer=True).plan.is_empty


def test_an_interrupted_first_ingest_leaves_a_registry_or_nothing(gen2, export):
    tree = export(*TWO)
    gen2 = type(gen2)(gen2.path / "deep")
    seen = []
    for stop in count(1):
        try:
            with interrupted(stop):
                gen2.ingest(tree, prefer=True, transfer="copy")
            break
        except KeyboardInterrupt:
            seen.append(gen2.file.exists())
        if gen2.file.exists():
            assert len(holdings(gen2.target)) == 2
            gen2.ingest(tree, prefer=True)
            assert len(served(gen2)) == 2
        else:
            assert not gen2.path.parent.exists(), "neither folders, nor the lock, nor copies"
        shutil.rmtree(gen2.path, ignore_errors=True)
    assert len(set(seen)) == 2


@contextmanager
def interrupted(stop: int) -> Iterator[None]:
    """Interrupt what is done inside at its ``stop``-th wait for a disk, which is where one would."""
    calls = 0

    def profile(_: object, event: str, what: object) -> None:
        nonlocal calls
        calls += event == "c_call" and what in (os.fsync, os.link, os.rename, os.replace)
        if calls == stop:
            sys.setprofile(None)
            raise KeyboardInterrupt

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("path", ["../../precious.fits", "/etc/precious.fits", "curator/../../precious.fits"])
def test_a_registry_that_somebody_forged_reaches_nothing_outside(path, gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.ingest(export(*EDITED, **OTHER), "b", prefer=True)
    precious = tmp_path / "precious.fits"
    precious.write_bytes(b"x")
    gen2.sql("INSERT INTO curator_trash VALUES (?)", path)
    with pytest.raises(RegistryError, match=r"leads out|damaged"):
        gen2.ingest(export(*TWO), "c")
    gen2.sql("DELETE FROM curator_trash")
    gen2.sql("UPDATE curator_item SET store = ?", path)
    with pytest.raises(RegistryError, match=r"leads out|damaged"):
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
    with pytest.raises(RegistryError, match=r"damaged|another version of curator"):
        gen2.ingest(export(*TWO), prefer=True)


@pytest.mark.parametrize("linked", [False, True])
def test_a_full_disk_is_said_and_leaves_all_as_it_was(linked, gen2, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    try:
        small = type(gen2)(disk / "calib")
        exports = disk if linked else tmp_path  # where all are links, only the database needs space
        small.ingest(make_export(exports / "first", *TWO), prefer=True)
        days = [f"2021-{month:02}-{day:02}T00:00:00" for month in range(1, 5) for day in range(1, 12)]
        many = [
            Calib(3, start=one, end=end, sha=f"{number:040x}")
            for number, (one, end) in enumerate(pairwise(days), 16)
        ]
        last = Calib(3, start=LATER, end=days[0], sha="3" * 40)
        second = make_export(exports / "second", TWO[0], last, *many, commit=OTHER_COMMIT)
        saved = make_plan(str(second), small.target, "b", prefer=True)
        before = served(small)
        failed = 0
        for room in range(0, 800_000, 12_000):
            left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            (disk / "ballast").write_bytes(b"x" * max(0, left - room))
            try:
                apply_plan(saved)
                break
            except CuratorError as error:
                said = str(error)
            failed += 1
            assert "o space left" in said
            (disk / "ballast").unlink()
            assert served(small) == before
        assert failed > 5
        assert apply_plan(saved).is_empty
        assert small.found("2021-01-01T12:00:00") == digest(many[0])
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE curator_item SET store = x'00'",
        "UPDATE curator_item SET content = x'ff'",
        "UPDATE curator_item SET detector = 94.5",
        "UPDATE curator_item SET start = '2020-01-01T00:00:00+00:00'",
        "UPDATE curator_item SET store = 'defects/2020-01-01/defects-2020-01-01-094.fits'",
        "UPDATE curator_range SET valid_start = '2020-01-01T00:00:00+00:00'",
        "UPDATE curator_range SET item = 77",
        "UPDATE curator_row SET identity = '[1]'",
        "UPDATE curator_row SET identity = '{}'",
        "UPDATE curator_row SET identity = '{\"ccd\": 99999999999999999999}'",
        'UPDATE curator_row SET identity = \'{"ccd": "\\ud800"}\'',
        "INSERT INTO curator_path SELECT x'2f', id FROM curator_item LIMIT 1",
        "UPDATE curator_label SET name = 'elsewhere'",
        "UPDATE curator_label SET documentation = x'00'",
        "UPDATE curator_meta SET value = 'TestCam/calib/z' WHERE name = 'preferred'",
        "UPDATE curator_meta SET value = '' WHERE name = 'instrument'",
        "INSERT INTO curator_trash VALUES ('defects/2020-01-01/defects-2020-01-01-094.fits')",
        "CREATE TRIGGER t AFTER INSERT ON curator_label BEGIN DELETE FROM defects; END",
        "CREATE VIEW curator_more AS SELECT 1",
        "UPDATE curator_label SET documentation = zeroblob(20000000)",
    ],
)
def test_values_of_other_kinds_in_them_are_said_in_one_line(damage, gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.sql(damage)
    files = {one: one.read_bytes() for one in gen2.path.rglob("*.fits")}
    with pytest.raises(RegistryError, match=r"damaged|too large") as caught:
        gen2.ingest(export(*TWO), prefer=True)
    assert "\n" not in str(caught.value)
    assert {one: one.read_bytes() for one in gen2.path.rglob("*.fits")} == files


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TRIGGER t BEFORE INSERT ON defects BEGIN DELETE FROM curator_label; END",
        "CREATE VIEW defects AS SELECT 1 AS id",
        "CREATE VIEW defects_visit AS SELECT 1 AS id",
        "CREATE INDEX defects ON bias (ccd)",
    ],
)
def test_what_would_change_rows_or_has_their_name_is_in_the_way(made, gen2, export):
    ingest_calibs(gen2.path, "bias", ("NONE", 94, "2020-01-01"))
    if "TRIGGER" in made:
        gen2.ingest(export(TWO[0]), "first", prefer=True)
    gen2.sql(made)
    before = gen2.state()
    with pytest.raises(Refused, match="other tables have the name"):
        gen2.ingest(export(*EDITED, **OTHER), prefer=True)
    assert gen2.state() == before


def test_a_table_that_takes_no_such_row_keeps_what_is_served(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.sql("CREATE UNIQUE INDEX two ON defects (ccd, validEnd)")
    before = served(gen2)
    third = Calib(5, start="2021-01-01T00:00:00", served="2021-01-01T00:00:00/2022-01-01T00:00:00")
    again = Calib(4, start=LATER, sha="4" * 40, served=f"{LATER}/2020-06-01T00:00:00 2022-01-01T00:00:00/..")
    gen2.sql("CREATE UNIQUE INDEX one ON defects (ccd, substr(validStart, 1, 2), validEnd > '2020-02')")
    with pytest.raises(CuratorError, match="UNIQUE"):
        gen2.ingest(export(TWO[0], again, third, **OTHER), "b", prefer=True)
    assert served(gen2) == before


@pytest.mark.parametrize("what", ["curator", "curator/TestCam", "file"])
def test_a_store_that_is_a_link_elsewhere_is_refused(what, gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    (tmp_path / "elsewhere").mkdir()
    (store,) = (gen2.path / "curator").rglob("20200101T000000*.fits")
    place = store if what == "file" else gen2.path / what
    moved = tmp_path / "elsewhere" / place.name
    place.rename(moved)
    place.symlink_to(moved)
    for one in (gen2.path / "defects").rglob("*.fits"):
        one.unlink()
    kept = sorted((tmp_path / "elsewhere").rglob("*"))
    with pytest.raises(CuratorError, match="symbolic link"):
        gen2.ingest(export(*EDITED, **OTHER), "b", prefer=True)
    assert sorted((tmp_path / "elsewhere").rglob("*")) == kept
    assert not [one for one in (gen2.path / "defects").rglob("*") if one.is_symlink()]


def test_a_named_pipe_beside_a_registry_holds_nobody_up(gen2):
    ingest_calibs(gen2.path, "defects", ("NONE", 94, "2020-01-01"))
    os.mkfifo(gen2.path / "_mapper")
    assert [one.data_id.instrument for one in holdings(gen2.target)] == ["unknown"]


@pytest.mark.parametrize("column", ["SELECT store FROM curator_item", "SELECT path FROM curator_path"])
def test_a_named_pipe_in_the_place_of_a_file_holds_nobody_up(column, gen2, export):
    root = export(Calib())
    gen2.ingest(root, "a", prefer=True)
    ((path,),) = gen2.sql(column)
    (gen2.path / path).unlink()
    os.mkfifo(gen2.path / path)
    before = gen2.sql("SELECT * FROM defects")

    def work() -> None:
        assert len(holdings(gen2.target)) == 1
        with pytest.raises(Refused):
            ingest(str(export(Calib(2, sha="2" * 40), **OTHER)), gen2.target, "b", prefer=True)
        with pytest.raises(Refused):
            ingest(str(root), gen2.target, "c", prefer=True)

    process = get_context("fork").Process(target=work)
    process.start()
    process.join(30)
    process.kill()
    assert process.exitcode == 0
    assert gen2.sql("SELECT * FROM defects") == before
