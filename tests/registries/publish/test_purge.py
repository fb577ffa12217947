"""A label is taken away with what nobody else has, and with nothing more."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import warm

from curator.cli.main import main
from curator.errors import RegistryError
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.plan_file import load_plan, save_plan, sealed
from curator.registries.publish.purge import apply_purge, plan_purge
from curator.registries.publish.saved_plan import plan_back

from ..conftest import OTHER_COMMIT, Calib, Registry, make_export, named_plan

OLD = Calib(1)
SHARED = Calib(2, detector="R22_S12")
NEW = Calib(3, sha="3" * 40)


@pytest.fixture(scope="module")
def _two(_empty, tmp_path_factory) -> Path:
    """A folder with the Butler of `two` and its exports, made once."""
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(_empty, folder / "butler")
    registry = Registry(folder / "butler")
    registry.ingest(make_export(folder / "export", OLD, SHARED), "a", prefer=True)
    second = make_export(folder / "second", NEW, SHARED, commit=OTHER_COMMIT)
    registry.ingest(second, "b", prefer=True)
    return folder


@pytest.fixture
def two(_two, tmp_path):
    """A Butler with two labels that share a dataset; the second is preferred."""
    shutil.copytree(_two, tmp_path, dirs_exist_ok=True)
    registry = Registry(tmp_path / "butler")
    with closing(sqlite3.connect(registry.path / "gen3.sqlite3")) as connection, connection:
        moved = "UPDATE file_datastore_records SET path = replace(path, ?, ?)"
        assert connection.execute(moved, (str(_two), str(tmp_path))).rowcount == 3
    assert all(Path(one.file).is_relative_to(tmp_path) for one in holdings(registry.target))
    return registry


def ids(registry) -> set[str]:
    return set(registry.state()[1])


def test_what_nobody_else_has_goes_and_the_rest_stays(two, export, tmp_path):
    before = ids(two)
    served = [one for one in holdings(two.target) if one.label.endswith("/b")]
    saved = plan_purge(two.target, "a")
    assert ids(two) == before
    assert saved.purge.collections == ("TestCam/calib/a",)
    assert [one.data_id.detector for one in saved.purge.datasets] == [94]
    assert [one.message for one in saved.purge.kept] == ["is in TestCam/calib/b"]
    save_plan(saved, str(tmp_path / "purge.json"))
    assert load_plan(str(tmp_path / "purge.json")) == saved
    done = apply_purge(saved)
    assert (done.collections, done.datasets, done.files) == (1, 1, 0)
    assert ids(two) == before - {saved.purge.datasets[0].id}
    assert holdings(two.target) == served
    assert all(os.path.exists(one.file) for one in served)
    state = two.state()
    assert apply_purge(saved).datasets == 0
    assert two.state() == state


def test_the_files_of_an_export_stay(two, tmp_path):
    files = sorted(tmp_path.rglob("*.fits"))
    apply_purge(plan_purge(two.target, "a"))
    assert sorted(tmp_path.rglob("*.fits")) == files


def test_files_that_the_registry_copied_go(registry, export):
    """As somebody else's tools ingest them; their label is one of curator's."""
    registry.ingest(export(OLD, SHARED), "a")
    with_copies = registry.open(writeable=True)
    (ref,) = [
        one for one in with_copies.query_all_datasets("*", find_first=False) if one.dataId["detector"] == 94
    ]
    from lsst.daf.butler import FileDataset

    from curator.registry.formatter import CuratorFormatter

    file = with_copies.getURI(ref).ospath
    with_copies.pruneDatasets([ref], unstore=True, disassociate=False)
    with_copies.ingest(FileDataset(path=file, refs=[ref], formatter=CuratorFormatter), transfer="copy")
    copy = with_copies.getURI(ref).ospath
    with_copies.close()
    assert copy.startswith(str(registry.path))
    saved = plan_purge(registry.target, "a")
    assert [one.file for one in saved.purge.datasets if one.file] == [copy]
    assert apply_purge(saved).files == 1
    assert not os.path.exists(copy)
    assert os.path.exists(file)


def test_a_preferred_label_is_refused(two):
    before = two.state()
    with pytest.raises(Refused, match="TestCam/calib") as caught:
        plan_purge(two.target, "b")
    assert "rollback" in caught.value.hint
    assert two.state() == before


def test_a_plan_that_somebody_overtook_is_refused(two, export):
    saved = plan_purge(two.target, "a")
    two.ingest(export(OLD, name="third", commit="e" * 40), "c")
    before = two.state()
    with pytest.raises(Refused) as caught:
        apply_purge(saved)
    assert "stays now" in str(caught.value.differences[0])
    assert two.state() == before


def test_tags_and_chains_of_others_keep_a_dataset(two):
    from lsst.daf.butler import CollectionType

    butler = two.open(writeable=True)
    (ref,) = butler.query_datasets(
        "defects",
        "TestCam/calib/curated/19700101T000000/1",
        find_first=False,
        data_id={"instrument": "TestCam", "detector": 94},
    )
    butler.collections.register("u/ada/mine", CollectionType.TAGGED)
    butler.registry.associate("u/ada/mine", [ref])
    butler.close()
    saved = plan_purge(two.target, "a")
    assert saved.purge.datasets == ()
    assert "u/ada/mine" in "".join(one.message for one in saved.purge.kept)
    butler = two.open(writeable=True)
    butler.registry.disassociate("u/ada/mine", [ref])
    butler.collections.register("u/ada/chain", CollectionType.CHAINED)
    butler.collections.redefine_chain("u/ada/chain", [ref.run])
    butler.close()
    assert "u/ada/chain" in "".join(one.message for one in plan_purge(two.target, "a").purge.kept)


def test_labels_that_are_not_there_or_not_ours_are_refused(two):
    from lsst.daf.butler import CollectionType

    butler = two.open(writeable=True)
    butler.collections.register("TestCam/calib/theirs", CollectionType.CALIBRATION)
    butler.close()
    for label in ("nothing", "theirs", "*"):
        with pytest.raises(RegistryError, match="no label"):
            plan_purge(two.target, label)


def test_a_purge_cannot_be_rolled_back_and_makes_no_registry(two, nowhere, tmp_path):
    saved = plan_purge(two.target, "a")
    with pytest.raises(RegistryError, match="cannot be rolled back"):
        plan_back(saved)
    import shutil

    shutil.rmtree(two.path)
    with pytest.raises(RegistryError, match="no Butler"):
        apply_purge(saved)
    assert not two.path.exists()


def test_it_can_be_published_again(two, export):
    apply_purge(plan_purge(two.target, "a"))
    report = two.ingest(export(OLD, SHARED), "a")
    assert (len(report.plan.ingest), len(report.plan.certify)) == (1, 2)


@pytest.mark.parametrize("kind", ["butler", "gen2"])
@pytest.mark.parametrize("status", ["uncertified", "deprecated"])
def test_what_nobody_certified_goes_with_the_last_label(registry, gen2, export, kind, status):
    place = registry if kind == "butler" else gen2
    spare = Calib(5, detector="R22_S20", status=status)
    place.ingest(export(OLD, spare), "a", transfer="copy")
    place.ingest(export(NEW, spare, name="second", commit=OTHER_COMMIT), "b", transfer="copy")
    saved = plan_purge(place.target, "a")
    assert [one.data_id.detector for one in saved.purge.datasets] == [94]
    assert [(one.about, one.message) for one in saved.purge.kept] == [
        ("defects TestCam R22_S20 1970-01-01", "is not certified, and may belong to TestCam/calib/b")
    ]
    apply_purge(saved)
    saved = plan_purge(place.target, "b")
    assert {one.data_id.detector for one in saved.purge.datasets} == {94, 96}
    assert not saved.purge.kept
    files = [one.file for one in saved.purge.datasets]
    assert all(map(os.path.exists, files))
    assert apply_purge(saved).files == 2
    assert not any(map(os.path.exists, files))
    if kind == "butler":
        assert ids(place) == set()
        assert not [name for name, kind, *_ in place.state()[0] if kind == "RUN"]


def test_what_others_tagged_is_not_taken_for_spare(registry, export):
    from lsst.daf.butler import CollectionType

    registry.ingest(export(OLD, Calib(5, detector="R22_S20", status="uncertified")), "a")
    butler = registry.open(writeable=True)
    data_id = {"instrument": "TestCam", "detector": 96}
    refs = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False, data_id=data_id)
    butler.collections.register("u/ada/mine", CollectionType.TAGGED)
    butler.registry.associate("u/ada/mine", refs)
    butler.close()
    saved = plan_purge(registry.target, "a")
    assert [one.data_id.detector for one in saved.purge.datasets] == [94]


KILLED = """
import os, sys
import lsst.daf.butler.datastores.fileDatastore as module
from curator.registries.butler.purging.purge import remove
from curator.registries.publish.purge import apply_purge
from curator.registries.publish.plan_file import load_plan
from lsst.daf.butler import Butler
place, path = sys.argv[1:]
if place == "trash":
    module.FileDatastore.emptyTrash = lambda *_, **__: os._exit(9)
elif place == "label":
    import lsst.daf.butler.direct_butler._direct_butler as direct
    direct.DirectButler.pruneDatasets = lambda *_, **__: os._exit(9)
apply_purge(load_plan(path))
"""


@pytest.mark.parametrize("transfer", ["direct", "copy"])
@pytest.mark.parametrize("place", ["label", "trash"])
def test_after_a_kill_another_ingest_finds_a_sound_registry(registry, export, tmp_path, place, transfer):
    registry.ingest(export(OLD, SHARED), "a", transfer=transfer)
    saved = plan_purge(registry.target, "a")
    save_plan(saved, str(tmp_path / "purge.json"))
    done = subprocess.run([warm.python(), "-c", KILLED, place, str(tmp_path / "purge.json")], check=False)
    assert done.returncode == 9
    report = registry.ingest(export(OLD, SHARED), "a", transfer=transfer)
    assert len(report.plan.certify) == 2
    assert all(os.path.exists(one.file) for one in holdings(registry.target))
    with pytest.raises(Refused):
        apply_purge(replace(saved, purge=replace(saved.purge, datasets=())))
    assert apply_purge(plan_purge(registry.target, "a")).datasets == 2
    registry.ingest(export(OLD, SHARED), "a", transfer=transfer)
    assert all(os.path.exists(one.file) for one in holdings(registry.target))


@pytest.mark.parametrize("place", ["label", "trash"])
def test_after_a_kill_the_same_plan_finishes_it(two, export, tmp_path, place):
    saved = plan_purge(two.target, "a")
    save_plan(saved, str(tmp_path / "purge.json"))
    done = subprocess.run([warm.python(), "-c", KILLED, place, str(tmp_path / "purge.json")], check=False)
    assert done.returncode == 9
    assert {one.label for one in holdings(two.target)} == {"TestCam/calib/b"}
    apply_purge(saved)
    assert saved.purge.datasets[0].id not in ids(two)
    report = two.ingest(export(OLD, SHARED), "a")
    assert (len(report.plan.ingest), len(report.plan.certify)) == (1, 2)


def test_the_verbs_say_what_goes_and_what_stays(two, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["plan", two.target, "--purge", "a"]) == 0
    out = capsys.readouterr().out
    plan = str(named_plan(out))
    assert "remove 1 label\n    TestCam/calib/a\n  remove 1 dataset\n" in out
    assert "remove 1 dataset\n    defects TestCam R22_S11 1970-01-01\n" in out
    assert "keep 1 dataset\n    defects TestCam R22_S12 1970-01-01, is in TestCam/calib/b\n" in out
    assert "leave 1 file where the registry only refers to them" in out
    assert main(["apply", plan]) == 0
    assert capsys.readouterr().out == "1 label, 1 dataset removed\n"
    assert main(["apply", plan]) == 0
    assert "nothing to do: label a no longer exists" in capsys.readouterr().out
    assert main(["rollback", plan]) == 1
    assert main(["plan", "x", two.target, "--purge", "a"]) == 2
    assert main(["plan", two.target, "--label", "a"]) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.pop("runs"),
        lambda tree: tree.update(more=1),
        lambda tree: tree.update(target=1),
        lambda tree: tree.update(collections=7),
        lambda tree: tree.update(collections=[["a"]]),
        lambda tree: tree.update(datasets=[["a", "b", "c"]]),
        lambda tree: tree["datasets"][0][0].append("x"),
        lambda tree: tree["datasets"][0][0].__setitem__(2, "94"),
        lambda tree: tree["datasets"][0].__setitem__(1, None),
        lambda tree: tree.update(kept=[["a", {}, "c"]]),
        lambda tree: tree.update(kept=None),
    ],
)
def test_a_plan_that_somebody_wrote_by_hand_is_no_plan(two, tmp_path, change):
    path = tmp_path / "purge.json"
    save_plan(plan_purge(two.target, "a"), str(path))
    tree = json.loads(path.read_text())
    change(tree)
    path.write_text(json.dumps(sealed(tree)))
    with pytest.raises(RegistryError, match="not a plan of curator"):
        load_plan(str(path))


def test_a_dataset_that_cannot_be_is_one_line_of_error(two, tmp_path):
    path = tmp_path / "purge.json"
    save_plan(plan_purge(two.target, "a"), str(path))
    tree = json.loads(path.read_text())
    tree["datasets"][0][2] = "../../etc/passwd"
    path.write_text(json.dumps(sealed(tree)))
    before = two.state()
    with pytest.raises(RegistryError):
        apply_purge(load_plan(str(path)))
    assert two.state() == before


def test_a_plan_cannot_name_files_or_datasets_of_others(two, tmp_path):
    """What is removed is never what stands in the file, but what the registry says goes with the label."""
    (tmp_path / "precious").write_text("x")
    path = tmp_path / "purge.json"
    saved = plan_purge(two.target, "a")
    save_plan(saved, str(path))
    tree = json.loads(path.read_text())
    tree["datasets"][0][3] = str(tmp_path / "precious")
    path.write_text(json.dumps(sealed(tree)))
    before = two.state()
    with pytest.raises(Refused):
        apply_purge(load_plan(str(path)))
    apply_purge(saved)
    (kept,) = [one for one in before[1] if one not in {each.id for each in saved.purge.datasets}][:1]
    tree["datasets"][0][2] = kept
    path.write_text(json.dumps(sealed(tree)))
    state = two.state()
    apply_purge(load_plan(str(path)))
    assert two.state() == state
    assert (tmp_path / "precious").exists()


def notes(registry) -> list[str]:
    return [name for name, *_ in registry.state()[0] if name.startswith("curator/")]


def test_a_plan_for_a_label_that_never_was_removes_nothing(registry, export, tmp_path):
    """What nobody certified is in the runs of curator's too, and a forged plan may name it."""
    registry.ingest(export(OLD, Calib(2, detector="R22_S12", status="uncertified")), "a")
    real = plan_purge(registry.target, "a")
    from curator.registries.butler.datasets import data_id_of
    from curator.registries.model.plan import Dataset

    butler = registry.open()
    held = butler.query_all_datasets("*", find_first=False)
    datasets = tuple(Dataset(data_id_of(ref), ref.run, str(ref.id)) for ref in held)
    butler.close()
    before = registry.state()
    for label in ("nothing", "b"):
        forged = replace(real, purge=replace(real.purge, label=label, datasets=datasets))
        assert apply_purge(forged).datasets == 0
        assert registry.state() == before


@pytest.mark.parametrize("place", ["label", "trash"])
def test_only_the_plan_that_was_begun_goes_on(two, tmp_path, place):
    saved = plan_purge(two.target, "a")
    save_plan(saved, str(tmp_path / "purge.json"))
    done = subprocess.run([warm.python(), "-c", KILLED, place, str(tmp_path / "purge.json")], check=False)
    assert done.returncode == 9
    assert len(notes(two)) == 1
    before = two.state()
    others = [one for one in before[1] if one != saved.purge.datasets[0].id]
    more = saved.purge.datasets[0]._replace(id=others[0])
    for datasets in ((more,), (*saved.purge.datasets, more), ()):
        apply_purge(replace(saved, purge=replace(saved.purge, datasets=datasets)))
        assert two.state() == before
    apply_purge(replace(saved, purge=replace(saved.purge, label="c")))
    assert two.state() == before
    apply_purge(saved)
    assert notes(two) == []
    assert two.state()[1] == tuple(others)


def test_publishing_the_label_again_forgets_a_purge_that_was_begun(two, export, tmp_path):
    save_plan(plan_purge(two.target, "a"), str(tmp_path / "purge.json"))
    subprocess.run([warm.python(), "-c", KILLED, "label", str(tmp_path / "purge.json")], check=False)
    assert len(notes(two)) == 1
    two.ingest(export(OLD, SHARED), "a")
    assert notes(two) == []


def test_after_the_label_has_gone_a_plan_reaches_no_run_of_others(two, tmp_path):
    from lsst.daf.butler import DataCoordinate, DatasetRef, FileDataset

    from curator.registry.formatter import CuratorFormatter

    saved = plan_purge(two.target, "a")
    apply_purge(saved)
    butler = two.open(writeable=True)
    butler.collections.register("u/ada/run")
    (dataset,) = saved.purge.datasets
    mine = DatasetRef(
        butler.get_dataset_type("defects"),
        DataCoordinate.standardize(instrument="TestCam", detector=94, universe=butler.dimensions),
        run="u/ada/run",
    )
    file = next(one.file for one in holdings(two.target))
    butler.ingest(FileDataset(path=file, refs=[mine], formatter=CuratorFormatter), transfer="direct")
    butler.close()
    before = two.state()
    forged = dataset._replace(id=str(mine.id)), dataset._replace(id=str(mine.id), run="u/ada/run")
    for one in forged:
        apply_purge(replace(saved, purge=replace(saved.purge, datasets=(one,))))
        assert two.state() == before
