"""A label of a Gen2 registry is taken away with what nobody else has, and with nothing more."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from curator.cli.main import main
from curator.errors import RegistryError
from curator.registries.gen2.lookups.serve import LookupTables
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.publish.purge import apply_purge, plan_purge

from ..conftest import OTHER_COMMIT, Calib, named_plan
from .made import Gen2, digest, with_layout
from .test_faults import child, served

OLD = Calib(1)
SHARED = Calib(2, detector="R22_S12")
NEW = Calib(3, sha="3" * 40)


@pytest.fixture
def two(tmp_path, export) -> Gen2:
    """A registry with two labels that share a calibration; the second is preferred."""
    gen2 = Gen2(tmp_path / "calib")
    gen2.ingest(export(OLD, SHARED), "a", prefer=True)
    gen2.ingest(export(NEW, SHARED, name="second", commit=OTHER_COMMIT), "b", prefer=True)
    return gen2


def test_what_nobody_else_has_goes_and_the_rest_stays(two, export):
    before = two.state()
    saved = plan_purge(two.target, "a")
    assert two.state() == before
    assert saved.purge.collections == ("TestCam/calib/a",)
    (gone,) = saved.purge.datasets
    assert Path(gone.file).is_file()
    assert [one.message for one in saved.purge.kept] == ["is in TestCam/calib/b"]
    done = apply_purge(saved)
    assert (done.collections, done.datasets, done.files) == (1, 1, 1)
    assert not Path(gone.file).exists()
    assert {one.label for one in holdings(two.target)} == {"TestCam/calib/b"}
    assert (two.found(), two.found(ccd=95)) == (digest(NEW), digest(SHARED))
    state = two.state()
    assert apply_purge(saved).datasets == 0
    assert two.state() == state
    two.ingest(export(OLD, SHARED), "a", prefer=True)
    assert two.found() == digest(OLD)


def test_a_preferred_label_is_refused(two):
    with pytest.raises(Refused, match="is used by TestCam/calib"):
        plan_purge(two.target, "b")
    with pytest.raises(RegistryError, match="no label"):
        plan_purge(two.target, "c")


def test_a_plan_that_somebody_overtook_is_refused(two, export):
    saved = plan_purge(two.target, "a")
    two.ingest(export(OLD, name="third", commit="e" * 40), "c")
    before = two.state()
    with pytest.raises(Refused):
        apply_purge(saved)
    assert two.state() == before


def test_a_killed_purge_loses_nothing_and_is_finished(two, tmp_path):
    saved = plan_purge(two.target, "a")
    shutil.copytree(two.path, tmp_path / "kept")
    calls = child(lambda: apply_purge(saved))
    after = two.state()
    for stop in range(calls // 2, calls, max(1, calls // 16)):
        shutil.rmtree(two.path)
        shutil.copytree(tmp_path / "kept", two.path)
        child(lambda: apply_purge(saved), stop)
        assert all(Path(one.file).is_file() for one in holdings(two.target))
        assert len(served(two)) == 2
        assert (two.found(), two.found(ccd=95)) == (digest(NEW), digest(SHARED))
        apply_purge(saved)
        assert two.state() == after


def test_the_verbs_say_what_goes(two, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["plan", two.target, "--purge", "a"]) == 0
    out = capsys.readouterr().out
    plan = str(named_plan(out))
    assert "remove 1 label\n    TestCam/calib/a\n  remove 1 dataset\n" in out
    assert main(["apply", plan]) == 0
    assert capsys.readouterr().out == "1 label, 1 dataset, 1 file removed\n"
    assert main(["apply", plan]) == 0
    assert "no longer exists" in capsys.readouterr().out


def test_a_label_whose_files_are_still_laid_out_is_refused_until_they_are_not(tmp_path, export, monkeypatch):
    """The move away from it was killed before its last step, and then somebody removed a file."""
    gen2 = Gen2(tmp_path / "calib")
    layout = with_layout(template="{type}/{calibDate}/{digest}.fits")
    gen2.ingest(export(OLD, **layout), "a", prefer=True)
    second = export(NEW, name="second", commit=OTHER_COMMIT, **layout)

    def killed(*_: object) -> None:
        os._exit(9)

    monkeypatch.setattr(LookupTables, "_forget", killed)
    child(lambda: gen2.ingest(second, "b", prefer=True))
    monkeypatch.undo()
    ((laid, store),) = gen2.sql(
        "SELECT path, store FROM curator_item JOIN curator_path ON item = id WHERE content = ?", digest(NEW)
    )
    (gen2.path / store).unlink()
    with pytest.raises(Refused, match="its file is still at defects/1970-01-01"):
        plan_purge(gen2.target, "a")
    gen2.ingest(second, "b", prefer=True)
    apply_purge(plan_purge(gen2.target, "a"))
    assert [one.content for one in holdings(gen2.target)] == [digest(NEW)]
    assert gen2.sql("SELECT path FROM curator_path") == [(laid,)]
