"""Files that a registry has lost: put back where they are its own, asked for where they are an export's."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import need_module

from curator.cli.main import main
from curator.errors import CuratorError
from curator.registries.publish.consent import Consent
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings, ingest
from curator.registries.publish.plan_file import load_plan, save_plan
from curator.registries.publish.saved_plan import apply_plan

from ..conftest import OTHER_COMMIT, Calib, make_plan

LATER = "2020-01-01T00:00:00"
TWO = (Calib(1, end=LATER), Calib(2, start=LATER, sha="2" * 40))
YEARS = [f"{year}-01-01T00:00:00" for year in range(2000, 2013)]
MANY = [Calib(number, start=start, end=end) for number, (start, end) in enumerate(pairwise(YEARS))]


def lose(registry) -> list[Path]:
    files = sorted(Path(one.file) for one in holdings(registry.target))
    for file in files:
        file.unlink()
    return files


def readable(registry) -> bool:
    butler = registry.open()
    refs = butler.query_all_datasets("*", find_first=False)
    found = all(butler.get(ref).getMetadata()["INSTRUME"] == "TestCam" for ref in refs)
    butler.close()
    return found


@pytest.mark.parametrize("transfer", ["copy", "hardlink"])
def test_files_of_its_own_are_put_back_from_an_export(registry, export, capsys, transfer):
    root = export(*TWO)
    registry.ingest(root, transfer=transfer)
    before = registry.state()
    lost = lose(registry)
    words = ("ingest", "--create", str(root), registry.target, "--label", "2025.1", "--transfer", transfer)
    assert main([*words, "--dry-run"]) == 0
    assert "would restore 2 files that had been lost" in capsys.readouterr().out
    assert not lost[0].exists()
    assert main(words) == 0
    assert "restored 2 files that had been lost\n" in capsys.readouterr().out
    assert sorted(Path(one.file) for one in holdings(registry.target)) == lost
    assert all(one.exists() for one in lost)
    assert (registry.state(), readable(registry)) == (before, True)
    assert registry.ingest(root, transfer=transfer).plan.is_empty


def test_only_what_the_export_really_has_is_put_back(registry, export):
    root = export(*TWO)
    registry.ingest(root, transfer="copy")
    (lost, _) = lose(registry)
    file = next(root.rglob("*.fits"))
    file.write_bytes(file.read_bytes()[:-1] + b"\1")
    with pytest.raises(Refused, match="in this export cannot be ingested"):
        registry.ingest(root, transfer="copy")
    assert not lost.exists()


def test_a_plan_puts_back_what_it_says_also_after_a_kill(registry, export, tmp_path, capsys):
    root = export(*TWO)
    registry.ingest(root, transfer="copy")
    lose(registry)
    from curator.registries.model.model import Storage

    saved = make_plan(str(root), registry.target, "2025.1", storage=Storage(transfer="copy"))
    assert (len(saved.restore), saved.ingest, saved.is_empty) == (2, (), False)
    save_plan(saved, str(tmp_path / "plan.json"))
    assert load_plan(str(tmp_path / "plan.json")) == saved
    butler = registry.open(writeable=True)  # killed when the Butler had forgotten them
    refs = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False)
    butler.pruneDatasets(refs[:1], disassociate=False, unstore=True, purge=False)
    butler.close()
    done = apply_plan(saved)
    assert (done.ingested, done.restored) == (1, 1)
    assert readable(registry)
    assert apply_plan(saved).is_empty


def test_an_export_that_is_lost_is_asked_for_in_few_lines(registry, export, tmp_path, capsys):
    root = export(*MANY)
    registry.ingest(root)
    moved = tmp_path / "elsewhere"
    root.rename(moved)
    assert main(["ingest", "--create", str(moved), registry.target, "--label", "2025.1"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 11
    assert out.splitlines()[-1] == "… and 2 more"
    assert f"refused: 12 files below {root} are lost" in err
    assert "export commit cccccccccccc there again" in err
    assert "new label" not in err
    shutil.copytree(moved, root)
    assert registry.ingest(root).plan.is_empty
    assert readable(registry)


def test_what_an_export_lost_the_registry_can_have_as_its_own(registry, export, tmp_path):
    root = export(*TWO)
    registry.ingest(root)
    moved = tmp_path / "elsewhere"
    root.rename(moved)
    assert len(registry.ingest(moved, transfer="copy").plan.restore) == 2
    shutil.rmtree(moved)
    assert readable(registry)
    for file in (Path(one.file) for one in holdings(registry.target)):
        file.unlink()
    with pytest.raises(Refused, match=r"2 files below .*curated.* are lost") as caught:
        registry.ingest(export(*TWO))
    assert caught.value.hint == "--transfer copy puts them back"


def test_every_list_of_reasons_ends_after_ten(registry, export, capsys):
    root = export(*MANY)
    files = sorted(root.rglob("*.fits"))
    for file in files:
        file.write_bytes(b"")
    assert main(["ingest", "--create", str(root), registry.target, "--label", "a"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 11
    assert "12 things in this export cannot be ingested" in err


def test_other_content_is_no_reason_for_another_label(registry, export):
    registry.ingest(export(Calib(1)))
    with pytest.raises(CuratorError) as caught:
        registry.ingest(export(Calib(2), name="b", commit=OTHER_COMMIT), "b")
    assert caught.value.hint == ""


def test_files_are_put_back_in_every_datastore_of_a_chain(export, tmp_path):
    butler = need_module("lsst.daf.butler")
    kinds = "lsst.daf.butler.datastores"
    stores = [
        {
            "cls": f"{kinds}.fileDatastore.FileDatastore",
            "root": f"<butlerRoot>/{name}",
            "records": {"table": f"records_{name}"},
        }
        for name in ("one", "two")
    ]
    memory = {"cls": f"{kinds}.inMemoryDatastore.InMemoryDatastore"}
    chain = {
        "cls": f"{kinds}.chainedDatastore.ChainedDatastore",
        "datastores": [{"datastore": one} for one in (*stores, memory)],
    }
    place = tmp_path / "chained"
    butler.Butler.makeRepo(str(place), config=butler.Config({"datastore": chain}))
    root = export(*TWO)

    def again() -> int:
        consent = Consent(register_instrument=True)
        report = ingest(root, f"butler:{place}", "u/a/b", transfer="copy", consent=consent)
        return len(report.plan.restore)

    assert again() == 0
    files = sorted(place.rglob("*.fits"))
    for file in files:
        file.unlink()
    assert again() == len(TWO)
    assert sorted(place.rglob("*.fits")) == files
    assert len(files) == 2 * len(TWO)
    assert again() == 0
