"""An export of 4,000 files into a new registry, and again, beside what puts them one by one; then 20,000."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import CURATOR, run, script
from benchmarks.repositories import generated

__all__ = ["measure"]

COUNT = 4000
PUTS = 200
SIZES = (2000, 20000)

# Checking the export is told apart: the digests of all files are read before anything else. So is what
# `PUT` does not count either: importing the Butler, and making an empty one.
INGEST = """
import sys, time
began = time.perf_counter()
import lsst.daf.butler
from curator.registry.formatter import CuratorFormatter
from curator.registries.registry import open_registry
from curator.registries.model.model import Storage
with open_registry(sys.argv[2], "write", storage=Storage(sys.argv[3])):
    making = time.perf_counter() - began
from curator.registries.publish.consent import Consent
from curator.registries.publish.ingest import ingest
from curator.registries.publish.export_reader import load_export
export, target = sys.argv[1:3]
load_export(export)  # so that files are in memory for all that is measured
began = time.perf_counter()
items = len(load_export(export).items)
reading = time.perf_counter() - began
took = []
for _ in range(2):
    began = time.perf_counter()
    ingest(export, target, "u/bench/one", consent=Consent(create=True))
    took.append(time.perf_counter() - began - reading)
from lsst.daf.butler import Butler
runs = len(Butler.from_config(target.partition(":")[2]).collections.query("*/calib/curated/*"))
print(items, runs, making, reading, *took)
"""
PUT = """
import sys, time
from astropy.time import Time
from lsst.daf.butler import Butler, CollectionType, Config, DatasetType, Timespan
from curator.calibrations.types.defects import Defects
from curator.registries.butler.location import own_storage_classes
root, database, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
config = Config({"storageClasses": own_storage_classes()})
if database:
    config["registry", "db"] = database
Butler.makeRepo(root, config=config)
butler = Butler.from_config(root, writeable=True)
butler.registry.insertDimensionData("instrument", {"name": "cam"})
butler.registry.insertDimensionData(
    "detector", *({"instrument": "cam", "id": one, "full_name": f"D{one}"} for one in range(count))
)
kind = DatasetType("defects", ("instrument", "detector"), "StructuredDataDict", universe=butler.dimensions,
                   isCalibration=True)
butler.registry.registerDatasetType(kind)
butler.collections.register("run")
butler.collections.register("calib", CollectionType.CALIBRATION)
span = Timespan(Time("2020-01-01", scale="utc"), None)
began = time.perf_counter()
for number in range(count):
    ref = butler.put({"x0": 1}, kind, instrument="cam", detector=number, run="run")
    butler.registry.certify("calib", [ref], span)
print((time.perf_counter() - began) / count)
"""
# What people do by hand for Gen2: link a file into place, insert its row, commit.
BY_HAND = """
import os, sqlite3, sys, time
from curator.registries.publish.export_reader import load_export
items = load_export(sys.argv[1]).items
os.makedirs(sys.argv[2])
connection = sqlite3.connect(os.path.join(sys.argv[2], "calibRegistry.sqlite3"))
connection.execute("CREATE TABLE defects (id integer primary key, ccd, calibDate, validStart, validEnd)")
began = time.perf_counter()
for number, item in enumerate(items):
    folder = os.path.join(sys.argv[2], item.data_id.dataset_type)
    os.makedirs(folder, exist_ok=True)
    os.link(item.file, os.path.join(folder, f"{number}.fits"))
    connection.execute("INSERT INTO defects VALUES (?, ?, ?, ?, ?)", (number, number, "", "", ""))
    connection.commit()
print(1e3 * (time.perf_counter() - began) / len(items))
"""


def measure(work: Path) -> None:
    export = _export(work, COUNT)
    _one("SQLite", export, work, "", "", 1.0)
    with _server() as server:
        if server is None:
            print("PostgreSQL: no server is installed")
        else:
            _one("PostgreSQL", export, work, server.database(), server.database(), 1.5)
    _gen2(work)
    _growth(work)


def _export(work: Path, count: int) -> Path:
    export = work / f"registry-export-{count}"
    if not export.exists():
        repository = generated(work, count)
        run(CURATOR, "export", str(export), "--jobs", "2", cwd=repository, cache=work / "cache")
    return export


def _growth(work: Path) -> None:
    """Ingest 2,000 and 20,000; plan the latter for a Butler without them, and for one with them."""
    cpu = {}
    for count in SIZES:
        export, folder = _export(work, count), Path(tempfile.mkdtemp(dir=work))
        butler, plan = f"butler:{folder / 'butler'}", str(folder / "plan.json")
        words = (str(export), butler, "--label")
        agreed = ("--create", "--register-instrument")
        new = run(CURATOR, "plan", *words, "u/bench/one", "--create", "-o", plan)
        done = run(CURATOR, "ingest", *words, "u/bench/one", *agreed)
        held = run(CURATOR, "plan", *words, "u/bench/two", "-o", plan)
        shutil.rmtree(folder)
        cpu[count] = done.cpu / count
        print(
            f"{f'ingest of {count}, SQLite, whole command':<44} {done.seconds:9.2f} s  "
            f"{1e3 * cpu[count]:.2f} ms a dataset  {done.mebibytes:.0f} MiB"
        )
        print(
            f"{f'plan of {count} datasets, new and held':<44} {new.seconds:9.2f} s and {held.seconds:.2f} s  "
            f"{new.mebibytes:.0f} and {held.mebibytes:.0f} MiB (goal < 300)"
        )
    small, large = SIZES
    growth = cpu[large] / cpu[small]
    print(
        f"{f'ingest: cost a dataset, {large} against {small}':<44} {growth:9.2f} x  (linear: <= 1.2)",
        flush=True,
    )


def _one(name: str, export: Path, work: Path, database: str, other: str, goal: float) -> None:
    folder = Path(tempfile.mkdtemp(dir=work))
    done = script(INGEST, str(export), f"butler:{folder / 'butler'}", database)
    count, runs, making, reading, first, again = map(float, done.output.split())
    put = float(script(PUT, str(folder / "put"), other, str(PUTS)).output)
    shutil.rmtree(folder)
    first, again, reading, put = 1e3 * first / count, 1e3 * again / count, 1e3 * reading / count, 1e3 * put
    print(
        f"{f'ingest of {count:.0f} in {runs:.0f} runs, {name}':<44} {first:9.2f} ms a dataset "
        f"(goal <= {goal})  Butler.put and certify one by one {put:.2f} ms: {put / first:.1f} x (goal >= 8)  "
        f"{done.mebibytes:.0f} MiB; besides, {making:.2f} s to start and to make the Butler"
    )
    print(
        f"{f'the same again, {name}':<44} {again:9.2f} ms a dataset (goal <= 0.4), "
        f"beside {reading:.2f} ms to read and compare the files",
        flush=True,
    )


def _gen2(work: Path) -> None:
    """Ingest into a new Gen2 registry that serves all of it, and again."""
    for count in (COUNT, SIZES[-1]):
        export, folder = _export(work, count), Path(tempfile.mkdtemp(dir=work))
        words = (CURATOR, "ingest", str(export), f"gen2:{folder / 'calib'}", "--label", "one", "--prefer")
        words += ("--create", "--register-instrument")
        first, again = run(*words), run(*words)
        hand = float(script(BY_HAND, str(export), str(folder / "hand")).output)
        shutil.rmtree(folder)
        print(
            f"{f'ingest of {count}, Gen2, whole command':<44} "
            f"{1e3 * first.seconds / count:9.2f} ms a dataset, "
            f"{1e3 * again.seconds / count:.2f} ms again  link, INSERT and commit {hand:.2f} ms  "
            f"{first.mebibytes:.0f} MiB",
            flush=True,
        )


@contextmanager
def _server() -> Iterator[object]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from registries.server import binaries, running

    programs = binaries()
    if programs is None:
        yield None
        return
    with (
        tempfile.TemporaryDirectory(prefix="curator-bench-") as folder,
        running(Path(folder), programs) as one,
    ):
        yield one
