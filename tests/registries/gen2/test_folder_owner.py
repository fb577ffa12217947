"""Others in the folder of a Gen2 registry: further databases, and files that somebody put there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from curator.cli.main import main
from curator.errors import CuratorError
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.purge import apply_purge, plan_purge
from curator.registries.publish.saved_plan import apply_plan, plan_back

from ..conftest import Calib, ingest, make_plan
from .made import EDITED, LATER, OTHER, TWO, digest, with_layout
from .stack import ingest_calibs

SERVED = "defects/2020-01-01/defects-2020-01-01-094.fits"


def test_a_second_registry_in_a_folder_is_refused(gen2, export):
    tree = export(*TWO)
    gen2.ingest(tree, prefer=True)
    before = gen2.state()
    other = f"gen2:{gen2.path}/other.sqlite3"
    for attempt in (lambda: ingest(tree, other, "a"), lambda: make_plan(str(tree), other, "a")):
        with pytest.raises(CuratorError, match=r"calibRegistry\.sqlite3 in this folder"):
            attempt()
    assert not (gen2.path / "other.sqlite3").exists()
    assert gen2.state() == before
    ingest_calibs(gen2.path / "theirs", "bias", ("NONE", 94, "2020-01-01"))
    (gen2.path / "theirs/calibRegistry.sqlite3").rename(gen2.path / "theirs.sqlite3")
    (gen2.path / "notes.sqlite3").write_text("no database")
    (gen2.path / "latest.sqlite3").symlink_to("calibRegistry.sqlite3")
    assert gen2.ingest(tree, prefer=True).plan.is_empty, "what curator never wrote to is no obstacle"


@pytest.mark.parametrize("name", [".git", "curator.yaml", "manifest.ecsv", "butler.yaml"])
def test_none_is_begun_in_a_folder_that_is_something_else(gen2, export, name):
    tree = export(*TWO)
    gen2.path.mkdir(exist_ok=True)
    (gen2.path / name).touch()
    for attempt in (lambda: gen2.ingest(tree, prefer=True), lambda: make_plan(str(tree), gen2.target, "a")):
        with pytest.raises(CuratorError, match=f"holds '{name}'"):
            attempt()
    assert os.listdir(gen2.path) == [name]


def test_a_copy_in_the_same_folder_is_read_and_neither_is_written(gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.ingest(export(*EDITED, **OTHER), "b", prefer=True)
    copy = f"gen2:{gen2.path}/backup.sqlite3"
    saved = plan_purge(gen2.target, "a")
    shutil.copy(gen2.file, gen2.path / "backup.sqlite3")
    before = gen2.state()
    for attempt in (lambda: apply_purge(saved), lambda: apply_purge(plan_purge(copy, "a"))):
        with pytest.raises(CuratorError, match="in this folder"):
            attempt()
    assert gen2.state() == before
    assert len(holdings(copy)) == len(holdings(gen2.target)) == 4
    # The way out: a folder for each.
    shutil.copytree(gen2.path, tmp_path / "own")
    (tmp_path / "own/calibRegistry.sqlite3").unlink()
    (gen2.path / "backup.sqlite3").unlink()
    apply_purge(saved)
    moved = f"gen2:{tmp_path}/own/backup.sqlite3"
    assert all(os.path.isfile(one.file) for one in holdings(moved))
    apply_purge(plan_purge(moved, "a"))


def test_a_registry_that_was_renamed_goes_on(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    gen2.file.rename(gen2.path / "renamed.sqlite3")
    renamed = f"gen2:{gen2.path}/renamed.sqlite3"
    assert ingest(export(*TWO), renamed, "a", prefer=True).plan.is_empty
    assert not ingest(export(*EDITED, **OTHER), renamed, "b", prefer=True).plan.is_empty


def test_a_served_file_that_somebody_replaced_is_theirs(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    saved = make_plan(str(export(*EDITED, **OTHER)), gen2.target, "b", prefer=True)
    served = gen2.path / SERVED
    ours = served.read_bytes()
    for theirs in (b"precious", ours.replace(b"GITREPO", b"GITREPX"), ours + b" " * 2880):
        served.unlink()
        served.write_bytes(theirs)
        before = gen2.state()
        told: list[str] = []
        with pytest.raises(Refused, match="did not write"):
            make_plan(str(export(*EDITED, **OTHER)), gen2.target, "b", prefer=True)
        with pytest.raises(Refused, match="did not write"):
            apply_plan(saved, notify=told.append)
        with pytest.raises(Refused):
            gen2.ingest(export(*TWO), prefer=True)
        assert len(told) == 1
        assert SERVED in told[0]
        assert gen2.state() == before
    served.unlink()
    apply_plan(saved)
    assert gen2.found() == digest(EDITED[1])


def test_a_served_file_that_somebody_replaced_stays_where_nothing_is_served(gen2, export):
    saved = make_plan(str(export(*TWO)), gen2.target, "a", prefer=True)
    apply_plan(saved)
    served = gen2.path / SERVED
    served.unlink()
    served.write_bytes(b"precious")
    apply_plan(plan_back(saved))
    assert served.read_bytes() == b"precious"


def test_a_served_file_that_is_a_copy_of_ours_is_replaced(gen2, export):
    gen2.ingest(export(*TWO), prefer=True)
    served = gen2.path / SERVED
    data = served.read_bytes()
    served.unlink()
    served.write_bytes(data)
    gen2.ingest(export(*EDITED, **OTHER), "b", prefer=True)
    assert gen2.found() == digest(EDITED[1])


def test_an_export_with_other_names_of_files_is_the_same(gen2, export, tmp_path):
    gen2.ingest(export(*TWO), prefer=True)
    other = _renamed(export, tmp_path)
    assert gen2.ingest(other, prefer=True).plan.is_empty
    before = gen2.state()
    (store,) = (gen2.path / "curator").rglob("20200101T000000*.fits")
    store.unlink()
    saved = make_plan(str(other), gen2.target, "a", prefer=True)
    assert len(saved.ingest) == 1
    apply_plan(saved)
    assert gen2.state() == before
    assert apply_plan(saved).is_empty


def _renamed(export, tmp_path):
    """Return an export of the same, whose files have other names."""
    tree = export(*TWO, name="other")
    manifest = tree / "manifest.ecsv"
    text = manifest.read_text()
    for file in tree.rglob("*.fits"):
        new = file.with_name(f"x{file.name}")
        text = text.replace(str(file.relative_to(tree)), str(new.relative_to(tree)))
        file.rename(new)
    manifest.write_text(text)
    return tree


def test_a_label_whose_file_is_lost_is_not_moved_to_and_is_mended_by_its_export(gen2, export):
    tree = export(*TWO)
    gen2.ingest(tree, prefer=True)
    second = make_plan(str(export(*EDITED, **OTHER)), gen2.target, "b", prefer=True)
    apply_plan(second)
    found = (gen2.path / "curator").rglob("20200101T000000*.fits")
    (store,) = (one for one in found if not one.samefile(gen2.path / SERVED))
    store.unlink()
    before = gen2.state()
    with pytest.raises(Refused) as caught:
        apply_plan(plan_back(second))
    assert "is missing" in str(caught.value.differences[0])
    assert gen2.state() == before
    gen2.ingest(tree)
    apply_plan(plan_back(second))
    assert gen2.found() == digest(TWO[1])


@pytest.mark.parametrize("there", [False, True])
def test_what_is_refused_leaves_nothing_in_a_new_place(there, gen2, export, tmp_path):
    gen2 = type(gen2)(tmp_path / "deep/calib")
    if there:
        gen2.path.mkdir(parents=True)
    calibs = (Calib(start=LATER), Calib(2, detector="R22_S12", start=LATER))
    words = [str(export(*calibs, **with_layout(template="{type}/{calibDate}.fits"))), gen2.target]
    assert main(["ingest", "--create", *words, "--label", "a", "--prefer"]) == 1
    assert gen2.path.exists() == there
    assert (tmp_path / "deep").exists() == there
    assert not there or not list(gen2.path.iterdir())


def test_a_folder_of_others_stays_when_a_registry_is_refused_there(gen2, export):
    gen2.path.mkdir()
    (gen2.path / "precious").write_text("x")
    (gen2.path / "curator").symlink_to(gen2.path / "precious")
    with pytest.raises(CuratorError):
        gen2.ingest(export(*TWO))
    assert {one.name for one in gen2.path.iterdir()} == {"precious", "curator"}


def test_an_open_reader_of_the_other_database_is_no_obstacle(gen2, export):
    ingest_calibs(gen2.path, "bias", ("NONE", 94, "2020-01-01"))
    gen2.file.rename(gen2.path / "theirs.sqlite3")
    with closing(sqlite3.connect(gen2.path / "theirs.sqlite3")) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM bias").fetchall()
        gen2.ingest(export(*TWO), prefer=True)
    assert gen2.found() == digest(TWO[1])
