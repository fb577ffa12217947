"""What a registry has certified becomes text again, whoever certified it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from editing.foreign_files import CONFIG, defects, inputs, provenance, write
from registries.conftest import DETECTORS, SECRET, Calib, Registry

from curator.calibrations.data_id import DataId
from curator.calibrations.time.validity_range import EVER, ValidityRange
from curator.calibrations.types.base import read_text
from curator.cli.main import main
from curator.editing.fits_import.import_fits import ImportRefusedError
from curator.errors import RegistryError
from curator.export.manifest.manifest import read_manifest
from curator.formats.yaml.reader import read_yaml
from curator.registries.model.served_files import CertifiedFile, visible
from curator.registries.query.pull import Pulled, pull
from curator.registries.registry import recorded
from curator.repository.repository import Repository

NOW = datetime(2025, 6, 1)
# Nothing is read by them: they only must take files of such names.
FORMATTERS = {
    ".fits": "curator.registry.formatter.CuratorFormatter",
    ".json": "lsst.daf.butler.formatters.json.JsonFormatter",
    ".yaml": "lsst.daf.butler.formatters.packages.PackagesFormatter",
    ".log": "lsst.daf.butler.formatters.logs.ButlerLogRecordsFormatter",
    ".py": "registries.formatters.PythonFormatter",
}
CAMERA = """\
metadata: {OBSTYPE: CAMERA, INSTRUME: TestCam, CALIBDATE: '1970-01-01T00:00:00'}
name: "testCam"
start: "2019-01-01T00:00:00"
detectors:
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a camera, and nothing else."""
    folder = tmp_path / "obs_other_data"
    (folder / "testCam/camera").mkdir(parents=True)
    (folder / "curator.yaml").write_text(
        "schema_version: 1\nrepository: obs_other_data\nprofile: dmtn148\ncameras: [testCam]\n"
    )
    lines = [f'- {{name: "{name}", id: {id_}}}\n' for name, id_ in DETECTORS.items()]
    (folder / "testCam/camera/19700101T000000.yaml").write_text(
        CAMERA + "".join(lines) + 'filters:\n- {name: "r_57"}\n- {name: "g_6"}\n'
    )
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


def take(folder: Path, registry: Registry, collection: str, **options: Any) -> Pulled:
    return pull(Repository.find(folder), registry.target, collection, now=NOW, **options)


def record_of(folder: Path, path: str) -> dict[str, Any]:
    record = path.rpartition(".")[0] + ".inputs.yml"
    found: dict[str, Any] = read_yaml(record, (folder / record).read_bytes()).tree
    return found


def header_of(folder: Path, path: str) -> dict[str, Any]:
    found: dict[str, Any] = read_text(path, (folder / path).read_bytes()).getMetadata()
    return found


class Foreign:
    """A Butler that others fill: by its own calls, without anything of curator's."""

    def __init__(self, registry: Registry, folder: Path) -> None:
        from lsst.daf.butler import CollectionType, DatasetType

        self.folder = folder
        self.butler = registry.open(writeable=True)
        sync = self.butler.registry.syncDimensionData
        most = {"detector_max": 200, "visit_max": 1, "exposure_max": 1}
        sync("instrument", {"name": "TestCam", "class_name": "x", **most})
        for name, id_ in DETECTORS.items():
            sync("detector", {"instrument": "TestCam", "id": id_, "full_name": name})
        universe = self.butler.dimensions
        self.types = {
            name: DatasetType(name, dimensions, storage, universe=universe, isCalibration=calibration)
            for name, dimensions, storage, calibration in (
                ("defects", ["instrument", "detector"], "Defects", True),
                ("bias", ["instrument", "detector"], "ExposureF", True),
                ("cpDefects_config", [], "Config", False),
                ("packages", [], "Packages", False),
                ("cpDefects_log", [], "ButlerLogRecords", False),
            )
        }
        for one in self.types.values():
            self.butler.registry.registerDatasetType(one)
        self.butler.collections.register("u/ada/defects")
        self.calibration = CollectionType.CALIBRATION
        self.chained = CollectionType.CHAINED

    def ingest(self, name: str, path: Path, run: str = "u/ada/defects", **data_id: Any) -> Any:
        from lsst.daf.butler import DatasetRef, FileDataset

        self.butler.collections.register(run)
        data_id = {"instrument": "TestCam", **data_id} if data_id else {}
        ref = DatasetRef(
            self.types[name],
            self.butler.registry.expandDataId(data_id, dimensions=self.types[name].dimensions),
            run=run,
        )
        formatter = FORMATTERS[path.suffix]
        self.butler.ingest(FileDataset(path=str(path), refs=[ref], formatter=formatter), transfer="copy")
        return ref

    def defects(
        self, x0: int = 10, detector: str = "R22_S11", run: str = "u/ada/defects", **meta: Any
    ) -> Any:
        tables = defects(
            x0, **{"INSTRUME": "TestCam", "DETECTOR": DETECTORS[detector], "DET_NAME": detector, **meta}
        )
        path = write(self.folder / f"{uuid4()}.fits", tables)
        return self.ingest("defects", path, run, detector=DETECTORS[detector])

    def certify(self, collection: str, begin: str | None, end: str | None, *refs: Any) -> None:
        """Certify for dates in TAI, as `butler certify-calibrations` takes them."""
        from astropy.time import Time
        from lsst.daf.butler import Timespan

        self.butler.collections.register(collection, self.calibration)
        times = (None if one is None else Time(one, scale="tai") for one in (begin, end))
        self.butler.registry.certify(collection, refs, Timespan(*times))

    def chain(self, name: str, *members: str) -> None:
        self.butler.collections.register(name, self.chained)
        self.butler.collections.redefine_chain(name, members)


@pytest.fixture
def foreign(registry: Registry, tmp_path: Path) -> Foreign:
    (tmp_path / "made").mkdir()
    return Foreign(registry, tmp_path / "made")


def published() -> list[Calib]:
    """Return calibrations that an export of curator's may hold, with all that their headers say."""
    more = {
        "DEFECTS_SCHEMA": "Defects",
        "DEFECTS_VERSION": 2.0,
        "FILTER": "NONE",
        "CALIB_ID": "instrument=TestCam",
        "CALIB_CREATION_DATE": "2025-04-30",
        "CALIB_CREATION_TIME": "12:00:00",
        "CALIBDATE": "2025-04-30T12:00:00",
    }
    return [
        Calib(
            x0=number,
            detector=detector,
            start=start,
            end=end,
            gitpath=f"testCam/defects/{detector.lower()}/{start.replace('-', '').replace(':', '')}.ecsv",
            more={**more, "DETECTOR": DETECTORS[detector], "VALIDSTART": start},
        )
        for number, (detector, start, end) in enumerate(
            [
                ("R22_S11", "2020-01-01T00:00:00", "2021-01-01T00:00:00"),
                ("R22_S11", "2021-01-01T00:00:00", ""),
                ("R22_S12", "1970-01-01T00:00:00", ""),
            ]
        )
    ]


def test_a_label_comes_back_with_the_same_content(
    registry: Registry, export: Callable[..., Path], repository: Path, capsys
) -> None:
    calibs = published()
    root = export(*calibs)
    registry.ingest(root, prefer=True)
    command = ["-C", str(repository), "pull", registry.target, "--collection", "TestCam/calib"]
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines() == sorted(one.gitpath for one in calibs)
    for row in read_manifest(root).rows:
        text = read_text(row.gitpath, (repository / row.gitpath).read_bytes())
        assert text.content_digest() == row.content
        record = record_of(repository, row.gitpath)
        assert record["source"]["collection"] == "TestCam/calib/2025.1"
        assert record["source"]["commit"] == row.gitsha
        assert record["validity"] == {"start": row.valid_start, "end": row.valid_end or None}
        assert "header" not in record
    before = {one: one.read_bytes() for one in repository.rglob("*.yaml")}
    assert main(command) == 0
    assert "3 already in the repository" in capsys.readouterr().err
    assert {one: one.read_bytes() for one in repository.rglob("*.yaml")} == before


def test_files_in_an_object_store_come_back(
    store: str, nowhere: Registry, export: Callable[..., Path], repository: Path, capsys
) -> None:
    import boto3

    root = export(*published())
    nowhere.ingest(root, prefer=True, datastore="s3://calibs/pulled", transfer="copy")
    rows = read_manifest(root).rows
    shutil.rmtree(root)
    command = ["-C", str(repository), "pull", nowhere.target, "--collection", "TestCam/calib"]
    assert main(command) == 0
    capsys.readouterr()
    for row in rows:
        text = read_text(row.gitpath, (repository / row.gitpath).read_bytes())
        assert text.content_digest() == row.content
        (repository / row.gitpath).unlink()
        record = repository / row.gitpath.replace(".ecsv", ".inputs.yml")
        assert "registry: butler:" in record.read_text()
        assert SECRET not in record.read_text()
    client = boto3.client("s3", endpoint_url=store)
    there = client.list_objects_v2(Bucket="calibs", Prefix="pulled")["Contents"]
    lost = next(one["Key"] for one in there if one["Key"].endswith(".fits"))
    client.delete_object(Bucket="calibs", Key=lost)
    assert main(command) != 0
    said = capsys.readouterr().err
    assert f"s3://calibs/{lost}" in said
    assert SECRET not in said
    assert not list(repository.rglob("*.ecsv"))


def test_what_others_certified_is_written_with_its_range_inputs_and_configuration(
    foreign: Foreign, registry: Registry, repository: Path, tmp_path, capsys
) -> None:
    config = tmp_path / "c.py"
    config.write_text(CONFIG)
    packages = tmp_path / "p.yaml"
    packages.write_text("numpy: 2.1.0\npython: 3.12.4\n")
    log = tmp_path / "l.log"
    log.write_text("[]")
    known = foreign.defects(detector="R22_S20")
    foreign.ingest("cpDefects_config", config)
    foreign.ingest("packages", packages)
    foreign.ingest("cpDefects_log", log)
    cards = {**inputs(), **provenance(str(uuid4()), str(known.id), str(unknown := uuid4()), "no id")}
    ref = foreign.defects(**cards)
    bias = foreign.ingest("bias", config, detector=94)
    foreign.certify("TestCam/calib/DM-1", "2025-05-01T00:00:37", "2025-06-01T00:00:37", ref, bias)
    assert main(["-C", str(repository), "pull", registry.target, "--collection", "TestCam/calib/DM-1"]) == 0
    path = "testCam/defects/r22_s11/20250501T000000.ecsv"
    printed = capsys.readouterr()
    assert printed.out == f"{path}\n"
    assert printed.err == "left where they are, since text is not for them: bias (1)\n"
    header = header_of(repository, path)
    assert (header["VALIDSTART"], header["VALIDEND"]) == ("2025-05-01T00:00:00", "2025-06-01T00:00:00")
    record = record_of(repository, path)
    assert record["source"] | {"file": "", "sha256": "", "content": ""} == {
        "file": "",
        "sha256": "",
        "content": "",
        "registry": f"butler:{registry.path.name}",
        "collection": "TestCam/calib/DM-1",
        "run": "u/ada/defects",
        "dataset": str(ref.id),
        "dataset_type": "defects",
        "quantum": "d93a735b-08f0-477d-bc95-2cc32d6d898b",
    }
    assert [one["dataset"] for one in record["inputs"][3:]] == [str(unknown), "no id"]
    assert record["inputs"][2] | {"run": ""} == {
        "dataset_type": "cpFlat",
        "instrument": "TestCam",
        "detector": 96,
        "run": "",
        "dataset": str(known.id),
    }
    assert [one["exposure"] for one in record["inputs"][:2]] == [2025043000011, 2025043000012]
    assert record["software"] == {"numpy": "2.1.0", "python": "3.12.4"}
    texts = {one["dataset_type"]: one.get("text") for one in record["pipeline"]}
    assert texts == {"cpDefects_config": CONFIG, "cpDefects_log": None, "packages": None}
    raw = (repository / path.replace(".ecsv", ".inputs.yml")).read_text()
    assert "  text: |\n    import lsst.cp.pipe.defects\n" in raw
    assert main(["-C", str(repository), "check"]) in (0, 1)
    assert " CUR" not in "".join(line for line in capsys.readouterr().out if "(error)" in line)


def test_a_dataset_certified_twice_becomes_a_text_for_each_range(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:
    ref, other = foreign.defects(1), foreign.defects(2, run="u/ada/more")
    foreign.certify("c/1", "2020-01-01T00:00:37", "2021-01-01T00:00:37", ref)
    foreign.certify("c/1", "2021-01-01T00:00:37", "2022-01-01T00:00:37", ref)  # adjoins
    foreign.certify("c/1", "2022-01-01T00:00:37", "2023-01-01T00:00:37", other)
    foreign.certify("c/1", "2024-01-01T00:00:37", None, ref)
    found = take(repository, registry, "c/1").brought.written
    assert [path.rpartition("/")[2] for path in found] == [
        "20200101T000000.ecsv",
        "20220101T000000.ecsv",
        "20240101T000000.ecsv",
    ]
    ends = [header_of(repository, path).get("VALIDEND") for path in found]
    # The first ends when the second starts; nothing holds behind the second.
    assert ends == [None, "2023-01-01T00:00:00", None]


def test_in_a_chain_what_a_look_up_finds_is_written(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:

    new, old = foreign.defects(1), foreign.defects(2, run="u/ada/old")
    hidden = foreign.defects(3, "R22_S12", run="u/ada/old")
    shown = foreign.defects(4, "R22_S12")
    foreign.certify("c/new", "2021-01-01T00:00:37", "2022-01-01T00:00:37", new)
    foreign.certify("c/new", "2019-01-01T00:00:37", None, shown)
    foreign.certify("c/old", "2020-01-01T00:00:37", None, old)
    foreign.certify("c/old", "2021-06-01T00:00:37", "2021-07-01T00:00:37", hidden)
    foreign.chain("c", "c/new", "u/ada/old", "c/old")
    found = take(repository, registry, "c").brought.written
    assert found == (
        "testCam/defects/r22_s11/20200101T000000.ecsv",
        "testCam/defects/r22_s11/20210101T000000.ecsv",
        "testCam/defects/r22_s11/20220101T000000.ecsv",
        "testCam/defects/r22_s12/20190101T000000.ecsv",
    )
    boxes = [read_text(one, (repository / one).read_bytes()).tables()[0].columns[0].array[0] for one in found]
    assert boxes == [2, 1, 2, 4]
    assert [record_of(repository, one)["source"]["collection"] for one in found] == [
        *("c/old", "c/new", "c/old", "c/new")
    ]
    assert all("VALIDEND" not in header_of(repository, one) for one in found)


def test_a_range_without_a_begin_starts_with_operations_or_as_one_says(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:
    foreign.certify("c/1", None, None, foreign.defects())
    assert take(repository, registry, "c/1", dry_run=True).brought.written == (
        "testCam/defects/r22_s11/20190101T000000.ecsv",
    )
    (path,) = take(repository, registry, "c/1", start=datetime(2018, 1, 1)).brought.written
    assert path == "testCam/defects/r22_s11/20180101T000000.ecsv"
    assert record_of(repository, path)["validity"] == {"start": "2018-01-01T00:00:00", "end": None}


def test_a_start_within_a_second_is_refused_unless_rounded(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:
    foreign.certify("c/1", "1970-01-02T00:00:00", None, foreign.defects())
    with pytest.raises(ImportRefusedError, match=r"it starts at 1970-01-01T23:59:51\.997326 UTC"):
        take(repository, registry, "c/1")
    (path,) = take(repository, registry, "c/1", rounded=True).brought.written
    assert path.endswith("/19700101T235952.ecsv")


def test_a_header_that_does_not_say_when_it_was_made_has_the_date_of_its_ingest(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:
    nothing = dict.fromkeys(("CALIBDATE", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "CALIB_ID"), "")
    foreign.certify("c/1", "2020-01-01T00:00:37", None, foreign.defects(**nothing))
    (path,) = take(repository, registry, "c/1").brought.written
    made = datetime.fromisoformat(header_of(repository, path)["CALIBDATE"])
    assert abs((datetime.utcnow() - made).total_seconds()) < 600


def test_some_of_a_collection_may_be_asked_for(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:
    refs = [foreign.defects(number, detector) for number, detector in enumerate(DETECTORS)]
    foreign.certify("c/1", "2020-01-01T00:00:37", None, *refs)
    for detector in ("r22_s12", "95"):
        found = take(repository, registry, "c/1", detector=detector, dry_run=True)
        assert found.brought.written == ("testCam/defects/r22_s12/20200101T000000.ecsv",)
    assert len(take(repository, registry, "c/1", types=["defects"], dry_run=True).brought.written) == 3
    for options in ({"types": ["crosstalk"]}, {"detector": "R22"}, {"physical_filter": "r_57"}):
        with pytest.raises(RegistryError, match="nothing of that kind"):
            take(repository, registry, "c/1", **options)


def test_what_cannot_be_pulled_is_said_in_one_line(
    foreign: Foreign, registry: Registry, repository: Path, capsys
) -> None:
    wrong = foreign.defects(DETECTOR=95, DET_NAME="R22_S12")
    gone = foreign.defects(detector="R22_S12")
    foreign.certify("c/wrong", "2020-01-01T00:00:37", None, wrong)
    foreign.certify("c/gone", "2020-01-01T00:00:37", None, gone)
    lost = Path(foreign.butler.getURI(gone).ospath)
    lost.unlink()
    for collection, message in {
        "c/wrong": "DETECTOR is 95, but data ID says R22_S11",
        "c/gone": f"{lost}: this file of the registry is missing",
        "c/wrnog": "no collection 'c/wrnog' is in this Butler",
        "u/ada/defects": "u/ada/defects is a RUN collection, which has no validity ranges",
    }.items():
        assert main(["-C", str(repository), "pull", registry.target, "--collection", collection]) in (1, 2)
        said = capsys.readouterr().err.splitlines()
        assert message in said[0]
        assert all(line.startswith("  hint: ") for line in said[1:])
    command = ["-C", str(repository), "pull", registry.target, "--collection", "c/gone", "--type", "bias"]
    assert main(command) == 2
    assert "bias is an image: it stays FITS" in capsys.readouterr().err
    assert not list(repository.rglob("*.ecsv"))


def test_files_that_have_no_path_of_their_own_are_fetched(
    foreign: Foreign, registry: Registry, repository: Path, tmp_path
) -> None:
    from lsst.resources import ResourcePath

    from curator.registries.butler.certified_files import _Files

    ref = foreign.defects()
    files = _Files(foreign.butler, str(tmp_path))
    files._uris[ref.id] = ResourcePath("mem://bucket/x.fits")
    with pytest.raises(RegistryError, match=r"mem://bucket/x\.fits: it cannot be fetched"):
        files.local(ref)
    zipped = foreign.butler.retrieve_artifacts_zip([ref], str(tmp_path))
    foreign.butler.pruneDatasets([ref], purge=True, unstore=True, disassociate=True)
    foreign.butler.ingest_zip(zipped, transfer="copy")
    foreign.certify("c/1", "2020-01-01T00:00:37", None, ref)
    assert "#zip-path=" in str(foreign.butler.getURI(ref))
    (path,) = take(repository, registry, "c/1").brought.written
    assert path == "testCam/defects/r22_s11/20200101T000000.ecsv"
    assert record_of(repository, path)["source"]["file"].endswith(".fits")


def one(start: int | None, end: int | None, rank: int = 0, dataset: str = "a") -> CertifiedFile:
    begin = EVER if start is None else datetime(start, 1, 1)
    return CertifiedFile(
        DataId("defects", "TestCam", 94),
        ValidityRange(begin, None if end is None else datetime(end, 1, 1)),
        "f",
        "f",
        f"c/{rank}",
        rank,
        dataset=dataset,
    )


def test_ranges_of_a_chain_are_cut_and_joined() -> None:
    found = visible([one(2020, 2022), one(None, None, 1, "b"), one(2021, 2030, 2, "c")])
    assert found == [one(None, 2020, 1, "b"), one(2020, 2022), one(2022, None, 1, "b")]
    assert visible([one(2020, 2021), one(2021, None)]) == [one(2020, None)]
    with pytest.raises(RegistryError, match="look-ups fail"):
        visible([one(2020, 2022), one(2021, 2023, 0, "b")])


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("butler:/home/ada/repo/", "butler:repo"),
        ("butler:../repo", "butler:repo"),
        ("gen2:/data/CALIB/calibRegistry.sqlite3", "gen2:calibRegistry.sqlite3"),
        ("butler:https://ada:secret@host/x?token=secret#secret", "butler:x"),
        ("butler:s3://key:secret@bucket", "butler"),
        ("butler:https://[ada:secret@host/x", "butler"),
    ],
)
def test_neither_folders_of_a_machine_nor_credentials_are_written_down(target: str, kept: str) -> None:
    assert recorded(target) == kept


def test_a_pull_needs_no_right_to_write_to_the_registry(
    foreign: Foreign, registry: Registry, repository: Path
) -> None:
    foreign.certify("c/1", "2020-01-01T00:00:37", None, foreign.defects())
    foreign.butler.close()
    before = {path: path.stat().st_mtime_ns for path in registry.path.rglob("*") if path.is_file()}
    take(repository, registry, "c/1")
    assert {path: path.stat().st_mtime_ns for path in registry.path.rglob("*") if path.is_file()} == before
    shutil.rmtree(registry.path)
