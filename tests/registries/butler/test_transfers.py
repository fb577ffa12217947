"""Files that a Butler gets of its own: in a folder, and in an object store (moto's, on loopback)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from curator.cli.main import main
from curator.errors import CuratorError, RegistryError, UsageError
from curator.registries.butler.transfers import NOTE
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.plan_file import load_plan, sealed
from curator.registries.publish.saved_plan import apply_plan

from ..conftest import OTHER_COMMIT, SECRET, Calib, Registry

LATER = "2020-01-01T00:00:00"
TWO = (Calib(1, end=LATER), Calib(2, start=LATER, sha="2" * 40))


def own_files(registry):
    return sorted(one for one in registry.path.rglob("*.fits") if not one.is_symlink())


@pytest.mark.parametrize("transfer", ["copy", "hardlink"])
def test_a_butler_with_its_own_files_needs_no_export(registry, export, transfer):
    root = export(*TWO)
    registry.ingest(root, transfer=transfer)
    files = own_files(registry)
    assert {one.stat().st_nlink for one in files} == {2 if transfer == "hardlink" else 1}
    for file in root.rglob("*.fits"):
        file.unlink()
    assert sorted(one.file for one in holdings(registry.target)) == [str(one) for one in files]
    assert {one.source for one in holdings(registry.target)} == {one.source for one in TWO}
    butler = registry.open()
    ref = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False)[0]
    assert butler.get(ref).getMetadata()["INSTRUME"] == "TestCam"
    butler.close()
    assert not (registry.path / NOTE).exists()


def test_what_was_copied_is_compared_by_the_stamp_in_the_copy(registry, export):
    root = export(*TWO)
    registry.ingest(root, transfer="copy")
    before = registry.state()
    for transfer in ("copy", "direct"):
        assert registry.ingest(root, transfer=transfer).plan.is_empty
    with pytest.raises(Refused, match="other content"):
        registry.ingest(export(Calib(7, end=LATER), name="b"), "2025.2", transfer="copy")
    own_files(registry)[0].write_bytes(b"")
    with pytest.raises(Refused, match="without a digest to compare"):
        registry.ingest(root, "2025.2", transfer="copy")
    assert registry.state()[:2] == before[:2]


def test_files_that_a_killed_run_left_are_written_again_and_that_is_said(registry, export):
    root = export(*TWO)
    whole = Registry(registry.path.with_name("whole"))
    whole.ingest(root, transfer="copy")
    (first, second) = own_files(whole)
    left = registry.path / first.relative_to(whole.path)
    left.parent.mkdir(parents=True)
    left.write_bytes(first.read_bytes()[:100])
    (registry.path / NOTE).write_text("")
    told: list[str] = []
    registry.ingest(root, transfer="copy", notify=told.append)
    assert "was interrupted" in told[0]
    assert [one.read_bytes() for one in own_files(registry)] == [first.read_bytes(), second.read_bytes()]
    assert registry.ingest(root, transfer="copy", notify=told.append).plan.is_empty
    assert len(told) == 1


@pytest.mark.skipif(
    not os.path.isdir("/dev/shm") or os.stat("/dev/shm").st_dev == os.stat("/tmp").st_dev,
    reason="this machine has one file system only",
)
def test_hard_links_across_file_systems_are_refused_before_anything_is_made(nowhere, export):
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir="/dev/shm") as folder:
        registry = Registry(Path(folder) / "butler")
        for dry_run in (True, False):
            with pytest.raises(UsageError, match="different file systems"):
                registry.ingest(export(*TWO), transfer="hardlink", dry_run=dry_run)
        assert not own_files(registry)
        registry.ingest(export(*TWO), transfer="copy")
        assert len(own_files(registry)) == 2


def test_a_copy_that_fails_leaves_nothing_and_takes_nothing(registry, export, monkeypatch):
    from curator.registries.butler.registry import ButlerRegistry

    registry.ingest(export(*TWO), transfer="copy")
    before, files = registry.state(), own_files(registry)

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ButlerRegistry, "_certify", fail)
        with pytest.raises(RegistryError, match="No space left on device"):
            registry.ingest(
                export(Calib(9, sha="3" * 40), name="b", commit=OTHER_COMMIT), "b", transfer="copy"
            )
    assert (registry.state(), own_files(registry)) == (before, files)
    assert not (registry.path / NOTE).exists()


def test_a_plan_keeps_how_files_are_transferred(nowhere, export, tmp_path, capsys):
    plan = str(tmp_path / "plan.json")
    words = [
        "plan",
        "--create",
        str(export(*TWO)),
        nowhere.target,
        "--label",
        "a",
        "--transfer",
        "copy",
        "-o",
        plan,
    ]
    assert main(words) == 0
    assert load_plan(plan).transfer == "copy"
    apply_plan(load_plan(plan))
    assert len(own_files(nowhere)) == 2
    assert apply_plan(load_plan(plan)).is_empty
    tree = {**json.loads(Path(plan).read_text()), "transfer": "move"}
    Path(plan).write_text(json.dumps(sealed(tree)))
    with pytest.raises(RegistryError, match="not a plan of curator"):
        load_plan(plan)


def objects(address: str) -> dict[str, int]:
    import boto3

    found = boto3.client("s3", endpoint_url=address).list_objects_v2(Bucket="calibs")
    return {one["Key"]: one["Size"] for one in found.get("Contents", ()) if one["Size"]}


def test_files_go_into_an_object_store_and_come_back(store, nowhere, export, capsys):
    root, prefix = export(*TWO), "one"
    words = ["ingest", "--create", str(root), nowhere.target, "--label", "a", "--prefer"]
    more = ["--datastore", f"s3://calibs/{prefix}", "--transfer", "copy"]
    assert main([*words, *more]) == 0
    assert [key for key in objects(store) if key.startswith(prefix)] != []
    for file in root.rglob("*.fits"):
        file.rename(file.with_suffix(".kept"))
    butler = nowhere.open()
    ref = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False)[0]
    assert butler.get(ref).getMetadata()["INSTRUME"] == "TestCam"
    butler.close()
    found = holdings(nowhere.target)
    assert {one.source for one in found} == {one.source for one in TWO}
    assert all(urlsplit(one.file).scheme == "s3" for one in found)
    for file in root.rglob("*.kept"):
        file.rename(file.with_suffix(".fits"))
    capsys.readouterr()
    assert main([*words, "--transfer", "copy"]) == 0
    said = capsys.readouterr()
    assert "nothing to do" in said.out
    assert SECRET not in said.out + said.err + (nowhere.path / "butler.yaml").read_text()


def test_only_copies_go_into_an_object_store(store, nowhere, export, capsys):
    words = [
        "ingest",
        "--create",
        str(export(*TWO)),
        nowhere.target,
        "--label",
        "a",
        "--datastore",
        "s3://calibs/two",
    ]
    for transfer in ("direct", "hardlink"):
        assert main([*words, "--transfer", transfer]) == 2
        assert "--transfer copy" in capsys.readouterr().err
    assert main([*words, "--transfer", "direct", "--dry-run"]) == 2
    assert not [key for key in objects(store) if key.startswith("two")]
    assert main([*words, "--transfer", "copy"]) == 0
    assert main([*words[:-2], "--transfer", "direct"]) == 2


def test_a_bucket_that_is_not_there_is_one_line(store, nowhere, export, capsys):
    words = ["ingest", "--create", str(export(*TWO)), nowhere.target, "--label", "a", "--transfer", "copy"]
    assert main([*words, "--datastore", "s3://nobodys/x"]) != 0
    said = capsys.readouterr().err
    assert len(said.splitlines()) <= 2
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "address", [f"s3://key:{SECRET}@calibs/x", "file:///data", "/data", "gs://x/y", "s3:///x", "s3://[x"]
)
def test_what_is_no_object_store_or_has_a_key_in_it_is_refused(nowhere, export, capsys, address):
    words = ["ingest", "--create", str(export(*TWO)), nowhere.target, "--label", "a", "--transfer", "copy"]
    assert main([*words, "--datastore", address]) == 2
    said = capsys.readouterr()
    assert "--datastore" in said.err
    assert SECRET not in said.out + said.err
    assert not nowhere.path.exists()


def test_a_datastore_cannot_be_named_for_a_butler_that_has_one(registry, export):
    with pytest.raises(CuratorError, match="already has another datastore"):
        registry.ingest(export(*TWO), datastore="s3://calibs/x", transfer="copy")
