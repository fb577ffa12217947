"""Calibrations handed over to a site whose Butler cannot be reached."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import need_module

from curator.cli.main import main
from curator.errors import RegistryError, UsageError
from curator.registries.handover.write import FORMATTER, RECEIVE, YAML, hand_over
from curator.registries.publish.ingest import holdings

from ..conftest import OTHER_COMMIT, Calib, dates

LATER = "2020-01-01T00:00:00"
TWO = [
    Calib(1, end=LATER),
    Calib(2, start=LATER, sha="2" * 40),
    Calib(4, dataset_type="transmission_filter", filter="g_6"),
]


@pytest.fixture
def taken(receive):
    """Return a function that takes in a hand-over, and returns what is said."""

    def run(folder, registry, *words):
        status, said = receive(folder, registry.path, *words)
        assert status == 0, said
        return said

    return run


def listed(registry, label: str = ""):
    return [
        (one.data_id.dataset_type, one.source, *dates(one), one.label, one.preferred, one.commit)
        for one in holdings(registry.target, label)
    ]


def test_what_is_received_is_what_would_be_ingested(registry, export, tmp_path, taken, capsys):
    root, folder = export(*TWO), tmp_path / "out"
    assert main(["handover", str(root), str(folder), "--label", "2025.1", "--prefer"]) == 0
    assert "3 datasets and 3 validity ranges" in capsys.readouterr().out
    assert "3 datasets ingested, 3 validity ranges certified" in taken(folder, registry)
    received, state = listed(registry), registry.state()
    assert len(received) == 3
    assert all(Path(one.file).is_relative_to(registry.path) for one in holdings(registry.target))
    assert "nothing to do" in taken(folder, registry)
    assert registry.ingest(root, prefer=True).plan.is_empty
    assert registry.state() == state
    butler = registry.open()
    ref = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False)[0]
    assert butler.get(ref).getMetadata()["INSTRUME"] == "TestCam"
    butler.close()


def test_a_site_with_curator_ingests_the_folder(registry, export, tmp_path, taken):
    folder = tmp_path / "out"
    hand_over(str(export(*TWO)), str(folder), "2025.1")
    registry.ingest(folder)
    assert len(listed(registry)) == 3
    assert "nothing to do" in taken(folder, registry)


def test_a_second_label_brings_only_what_changed(registry, export, tmp_path, taken, receive):
    changed = [Calib(9, end=LATER, sha="3" * 40), *TWO[1:]]
    hand_over(str(export(*TWO)), str(tmp_path / "one"), "2025.1", prefer=True)
    hand_over(str(export(*changed, commit=OTHER_COMMIT)), str(tmp_path / "two"), "2025.2", prefer=True)
    taken(tmp_path / "one", registry)
    assert "1 dataset ingested, 3 validity ranges" in taken(tmp_path / "two", registry)
    assert [one[5] for one in listed(registry)] == [False] * 3 + [True] * 3
    assert all(Path(one.file).exists() for one in holdings(registry.target))
    hand_over(str(export(*TWO, commit=OTHER_COMMIT)), str(tmp_path / "other"), "2025.1")
    before = registry.state()
    status, err = receive(tmp_path / "other", registry.path)
    assert (status, err.count("\n")) == (1, 1)
    assert "a label is never edited" in err
    assert registry.state() == before


def test_what_was_half_received_is_finished(registry, export, tmp_path, taken):
    from lsst.daf.butler import Timespan

    folder = tmp_path / "out"
    hand_over(str(export(*TWO)), str(folder), "2025.1")
    taken(folder, registry)
    before = registry.state()
    butler = registry.open(writeable=True)
    butler.registry.decertify("TestCam/calib/2025.1", "defects", Timespan(None, None))
    butler.close()
    assert "0 datasets ingested, 2 validity ranges certified" in taken(folder, registry)
    assert registry.state() == before


def test_a_program_that_nothing_reads_calibrations_for_says_so(registry, export, tmp_path):
    folder = tmp_path / "out"
    hand_over(str(export(Calib())), str(folder), "2025.1")
    without = (
        "import runpy, sys; sys.modules['curator'] = None; sys.argv = sys.argv[1:]; "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    words = [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        without,
        str(folder / RECEIVE),
        str(registry.path),
        "--register-instrument",
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "set up lsst.obs.base, or curator" in done.stderr
    assert listed(registry) == []


def imported(registry, folder: Path) -> None:
    butler = registry.open(writeable=True)
    try:
        butler.import_(directory=str(folder), filename=str(folder / YAML), transfer="copy")
    finally:
        butler.close()


def test_the_trap_it_is_made_for(registry, export, tmp_path):
    """A Butler that imports one YAML file twice deletes the files of the first time."""
    from sqlalchemy.exc import IntegrityError

    folder = tmp_path / "out"
    hand_over(str(export(*TWO)), str(folder), "2025.1")
    with pytest.raises(ValueError, match="not supported by Formatter"):  # so not by hand, not even once
        imported(registry, folder)
    assert list(registry.path.rglob("*.fits")) == []
    readable = (folder / YAML).read_text().replace(FORMATTER, "curator.registry.formatter.CuratorFormatter")
    (folder / YAML).write_text(readable)
    imported(registry, folder)
    assert len(list(registry.path.rglob("*.fits"))) == 3
    with pytest.raises(IntegrityError):
        imported(registry, folder)
    assert list(registry.path.rglob("*.fits")) == []


def test_a_folder_that_is_there_and_a_label_that_may_not_be_are_refused(export, tmp_path):
    need_module("lsst.daf.butler")
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="already exists"):
        hand_over(str(export(*TWO)), str(tmp_path / "there"), "2025.1")
    with pytest.raises(RegistryError, match="neither on the release branch nor tagged"):
        hand_over(str(export(*TWO, released=())), str(tmp_path / "out"), "2025.1")
    with pytest.raises(UsageError, match="cannot be preferred"):
        hand_over(str(export(*TWO)), str(tmp_path / "out"), "u/ada/x", prefer=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["export", "there"]
