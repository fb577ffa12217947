"""A dataset type is three files: its JSON Schema, its class and its test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import need_module

from .copies import Copy, commit

HERE = Path(__file__).parent
FILES = {
    "gain_table.schema.json": "schemas",
    "gain_table.py": "curator/calibrations/types",
    "test_gain_table.py": "tests/calibrations/types",
}
GET = """
from datetime import datetime

from lsst.daf.butler import Butler

from curator.registries.model.tai import to_timespan

night = to_timespan(datetime(2025, 5, 14, 3), datetime(2025, 5, 14, 4))
with Butler.from_config("../butler", collections="myCam/calib") as butler:
    gains = butler.get("gain_table", instrument="myCam", detector=1, timespan=night)
columns = {column.name: column for column in gains.tables()[0].columns}
print(type(gains).__name__, columns["gain"].unit, columns["gain"].array.tolist())
"""
# A Butler that curator did not make knows no storage class of curator's.
MAKE = "from lsst.daf.butler import Butler; Butler.makeRepo('../summit')"
GET_THERE = """
from lsst.daf.butler import Butler

with Butler.from_config("../summit") as butler:
    runs = butler.collections.query("*curated*")
    gains = butler.get("gain_table", instrument="myCam", detector=0, collections=runs)
print(type(gains).__name__, gains["GAIN_TABLE"]["gain"], gains["metadata"]["SOURCE"])
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy of the program with one dataset type more, and what `make docs` makes of it."""
    copy = Copy.make(tmp_path_factory.mktemp("promise") / "source")
    for name, folder in FILES.items():
        shutil.copy(HERE / "gain_table" / name, copy.root / folder)
    copy.make_docs()
    return copy.complete()


@pytest.fixture(scope="module")
def repository(source: Copy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new repository of that program."""
    folder = tmp_path_factory.mktemp("line")
    source.curator("init", "obs_mycam_data", "--camera", "myCam", cwd=folder)
    return folder / "obs_mycam_data"


def test_the_generators_write_the_example_and_the_tables(source: Copy) -> None:
    files = source.files()
    example = files["obs_data_template/template/{{ camera }}/gain_table/s00/20200101T000000.ecsv.jinja"]
    assert b"unit: electron/adu" in example
    row = b"| `gain_table` | detector | ECSV | gain of each amplifier, with its error |\n"
    assert row in files["docs/files.md"]
    assert row in files["obs_data_template/template/README.md.jinja"]
    source.make_docs()
    assert source.files() == files


def test_its_own_test_and_those_of_all_types_pass(source: Copy, tmp_path: Path) -> None:
    names = ("types/test_gain_table", "types/test_types", "header/test_glossary")
    tests = [f"tests/calibrations/{name}.py" for name in names]
    # In the common folder it would remove what earlier runs of all tests have left there.
    words = ("-q", "-k", "gain_table", f"--basetemp={tmp_path / 'pytest'}")
    assert " passed" in source.python("-m", "pytest", *words, *tests)


def test_it_goes_the_whole_line(source: Copy, repository: Path) -> None:
    need_module("lsst.daf.butler")
    assert "nothing found" in source.curator("check", cwd=repository)
    commit(repository, "Start from the template")
    path = source.curator(
        *("new", "gain_table", "--detector", "S01", "--start", "2025-04-30T12:00:00"), cwd=repository
    ).strip()
    assert path == "myCam/gain_table/s01/20250430T120000.ecsv"
    file = repository / path
    assert file.read_text().endswith("amp_name gain gain_error\nA 1.0 0.0\nB 1.0 0.0\n")
    file.write_text(file.read_text().replace("unit: electron/adu", "unit: electron/aduu"))
    assert "CUR107" in source.curator("check", path, cwd=repository, code=1)
    file.write_text(file.read_text().replace("electron/aduu", "electron / adu").replace("A 1.0", "A 1.38"))
    assert "nothing found" in source.curator("check", cwd=repository)
    assert "gain_table" in source.curator("show", path, cwd=repository)
    commit(repository, "Measure the gains of S01")
    source.curator("export", "../export", cwd=repository)
    (fits,) = (repository.parent / "export").glob("myCam/gain_table/s01/*.fits")
    assert "1.38" in source.curator("show", fits, cwd=repository)
    assert f"same as {path}" in source.curator("verify", fits, cwd=repository)
    source.curator(
        *("ingest", "../export", "butler:../butler", "--label", "2025-05", "--prefer", "--create"),
        cwd=repository,
    )
    assert source.python("-c", GET, cwd=repository) == "GainTable electron/adu [1.38, 1.0]\n"
    asked = ("--type", "gain_table", "--detector", "S01", "--date", "2025-05-14T03:30:00")
    assert source.curator("select", *asked, cwd=repository) == f"{path}\n"
    assert path in source.curator("select", *asked, "--registry", "butler:../butler", cwd=repository)

    source.curator("init", "../obs_other_data", "--camera", "myCam", cwd=repository)
    other = repository.parent / "obs_other_data"
    shutil.rmtree(other / "myCam" / "gain_table")
    pulled = source.curator(
        "pull", "butler:../butler", "--collection", "myCam/calib", "--type", "gain_table", cwd=other
    )
    assert path in pulled
    assert "A 1.38 0.0" in (other / path).read_text()
    assert "nothing found" in source.curator("check", cwd=other)


def test_a_site_without_a_connection_and_a_gen2_registry_take_it(source: Copy, tmp_path: Path) -> None:
    need_module("lsst.daf.butler")
    source.curator("init", "obs_mycam_data", "--camera", "myCam", cwd=tmp_path)
    repository = tmp_path / "obs_mycam_data"
    commit(repository, "Start from the template")
    source.curator("export", "../export", cwd=repository)
    source.curator("handover", "../export", "../handed", "--label", "2025-05", "--prefer", cwd=repository)
    source.python("-c", MAKE, cwd=repository)
    received = source.python("../handed/receive.py", "../summit", "--register-instrument", cwd=repository)
    assert "gain_table" in received
    there = source.python("-c", GET_THERE, cwd=repository)
    assert there == "dict [1.42, 1.45] photon transfer curves of 2019\n"
    source.curator(
        "ingest", "../export", "gen2:../gen2", "--label", "2025-05", "--prefer", "--create", cwd=repository
    )
    held = source.curator("holdings", "gen2:../gen2", "--type", "gain_table", "--all", cwd=repository)
    assert "myCam/gain_table/s00/20200101T000000.ecsv" in held
