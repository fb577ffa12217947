"""Exports made without git, and a Butler to put them into."""

from __future__ import annotations

import hashlib
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import warm
from conftest import need_module, without

from curator.calibrations.types.defects import Defects
from curator.calibrations.types.transmission import FilterTransmission
from curator.calibrations.types.types import DatasetType, find_type
from curator.export.manifest.manifest import (
    DetectorRecord,
    FilterRecord,
    InstrumentRecord,
    Manifest,
    ManifestRow,
    TypeRecord,
)
from curator.registries.model.model import Holding
from curator.registries.model.plan import IngestReport
from curator.registries.publish import ingest as publishing
from curator.registries.publish import saved_plan as saved
from curator.registries.publish.consent import Consent

from .server import Server, binaries, running

# The key of the object store.
SECRET = "vErYsEcReT"
COMMIT = "c" * 40
OTHER_COMMIT = "d" * 40
DETECTORS = {"R22_S11": 94, "R22_S12": 95, "R22_S20": 96}
FILTERS = {"g_6": "g", "r_57": "r", "open": ""}


CAMERA = {
    "metadata": {"OBSTYPE": "CAMERA"},
    "name": "testCam",
    "aliases": [],
    "start": "1970-01-01T00:00:00",
    "detectors": [
        {"name": name, "id": id_, "width": 0, "height": 0, "serial": "", "amplifiers": [], "type": ""}
        for name, id_ in DETECTORS.items()
    ],
    "filters": [],
}


@dataclass(frozen=True)
class Calib:
    """One calibration of an export; ``x0`` is its content."""

    x0: int = 1
    detector: str = "R22_S11"
    start: str = "1970-01-01T00:00:00"
    end: str = ""
    sha: str = "1" * 40
    status: str = "certified"
    dataset_type: str = "defects"
    instrument: str = "TestCam"
    filter: str = ""
    gitpath: str = ""
    served: str = ""
    repository: str = "obs_test_data"
    more: dict[str, Any] = field(default_factory=dict)
    stamped: dict[str, str] = field(default_factory=dict)
    check: str = "ok"

    @property
    def kind(self) -> DatasetType:
        found = find_type(self.dataset_type)
        assert found is not None
        return found

    @property
    def source(self) -> str:
        parts = [self.instrument, self.dataset_type]
        parts += [self.detector.lower()] if self.kind.has_detector else []
        parts += [self.filter] if self.kind.has_filter else []
        name = self.start.replace("-", "").replace(":", "")
        return self.gitpath or "/".join([*parts, f"{name}.ecsv"])

    @property
    def ranges(self) -> str:
        return self.served or (f"{self.start}/{self.end or '..'}" if self.status == "certified" else "")

    def content(self) -> Any:
        """Return the calibration itself."""
        import numpy as np

        if self.dataset_type == "camera":
            from curator.formats.edit.new_file import write_yaml

            return self.kind.calibration.readText(write_yaml(CAMERA), "camera.yaml")
        metadata = {"OBSTYPE": self.kind.obstype, "INSTRUME": self.instrument, **self.more}
        if self.kind is FilterTransmission._type:
            curve = {"wavelength": np.array([400.0, 500.0]), "throughput": np.array([self.x0 / 100, 0.5])}
            return self.kind.calibration.from_arrays(metadata, curve, {"wavelength": "nm"})
        boxes = {
            name: np.array([value], np.int32)
            for name, value in {"x0": self.x0, "y0": 2, "width": 3, "height": 4}.items()
        }
        return Defects.from_arrays(metadata, boxes, dict.fromkeys(boxes, "pix"))

    def write(self, root: Path) -> ManifestRow:
        """Write the FITS file and return its row."""
        from curator.calibrations.types.base import fits_parts
        from curator.formats.fits.fits import image_hdu0

        content = self.content()
        digest = content.content_digest()
        stamp = {
            "GITREPO": self.repository,
            "GITPATH": self.source,
            "GITBLOB": "b" * 40,
            "GITSHA": self.sha,
            "CONTENT": digest,
            **({"VALIDEND": self.end} if self.end else {}),
            **self.stamped,
        }
        data = image_hdu0([(key, value, "") for key, value in stamp.items()]) + fits_parts(content)
        sha256 = hashlib.sha256(data).hexdigest()
        path = f"{self.source.removesuffix('.ecsv')}-{sha256[:12]}.fits"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
        return ManifestRow(
            path=path,
            sha256=sha256,
            content=digest,
            bytes=len(data),
            dataset_type=self.dataset_type,
            instrument=self.instrument,
            detector=self.detector if self.kind.has_detector else "",
            detector_id=DETECTORS.get(self.detector) if self.kind.has_detector else None,
            filter=self.filter,
            valid_start=self.start,
            valid_end=self.end,
            end_source="written" if self.end else "none",
            gitpath=self.source,
            gitblob="b" * 40,
            gitsha=self.sha,
            status=self.status,
            ranges=self.ranges,
            check=self.check,
        )


def type_record(name: str) -> TypeRecord:
    kind = find_type(name)
    assert kind is not None
    return TypeRecord(kind.name, kind.dimensions, kind.storage_class, kind.registry_name)


def write_manifest(
    root: Path, rows: Sequence[ManifestRow], *, name: str = "manifest.ecsv", **fields: Any
) -> Path:
    """Write a manifest with these rows and return its path."""
    values: dict[str, Any] = {
        "repository": "obs_test_data",
        "commit": COMMIT,
        "commit_date": "2025-04-30T12:00:00",
        "released": ("main",),
        "instruments": tuple(
            InstrumentRecord(
                instrument,
                tuple(DetectorRecord(id_, name) for name, id_ in DETECTORS.items()),
                tuple(FilterRecord(name, band) for name, band in FILTERS.items()),
            )
            for instrument in sorted({row.instrument for row in rows} | {"TestCam"})
        ),
        "dataset_types": tuple(type_record(one) for one in sorted({row.dataset_type for row in rows})),
        "curator": "0",
    }
    manifest = Manifest(rows=tuple(rows), **{**values, **fields})
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(manifest.to_bytes())
    return root / name


def make_export(root: Path, *calibs: Calib, **fields: Any) -> Path:
    """Write an export tree and return its folder."""
    root.mkdir(parents=True, exist_ok=True)
    write_manifest(root, [calib.write(root) for calib in calibs], **fields)
    return root


ANYTHING = Consent(create=True, register_instrument=True)


def ingest(*words: Any, consent: Consent = ANYTHING, **options: Any) -> IngestReport:
    """Ingest where registries and instruments may be new."""
    return publishing.ingest(*words, consent=consent, **options)


def make_plan(*words: Any, consent: Consent = ANYTHING, **options: Any) -> saved.SavedPlan:
    """Plan where registries and instruments may be new."""
    return saved.make_plan(*words, consent=consent, **options)


@dataclass(frozen=True)
class Registry:
    """A Butler in a folder of its own."""

    path: Path

    @property
    def target(self) -> str:
        return f"butler:{self.path}"

    def ingest(self, export: Path, label: str = "2025.1", **options: Any) -> IngestReport:
        return ingest(export, self.target, label, **options)

    def open(self, writeable: bool = False) -> Any:
        from lsst.daf.butler import Butler

        return Butler.from_config(str(self.path), writeable=writeable)

    def state(self) -> tuple[Any, ...]:
        """Return all that is in it, to compare with what is in it later."""
        from curator.registries.butler.location import locate
        from curator.registries.butler.registry import ButlerRegistry

        butler = self.open()
        infos = butler.collections.query_info("*", include_doc=True)
        collections = sorted((one.name, one.type.name, one.doc, tuple(one.children)) for one in infos)
        known = set(butler.registry.queryDatasetTypes())  # asking a Butler without any is an error
        found = butler.query_all_datasets("*", find_first=False) if known else []
        refs = sorted(str(ref.id) for ref in found)
        held = ButlerRegistry(butler, locate(str(self.path))).holdings()
        butler.close()
        return tuple(collections), tuple(refs), tuple(held)


@pytest.fixture(scope="session", autouse=True)
def _butlers_here_are_made_quickly() -> None:
    warm.parse_defaults_once()
    warm.copy_empty_butlers()


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Butler made once: making one takes longer than most tests."""
    need_module("lsst.daf.butler")
    from curator.registries.registry import open_registry

    path = tmp_path_factory.mktemp("empty") / "butler"
    with open_registry(f"butler:{path}", "write"):
        return path


@pytest.fixture
def nowhere(tmp_path: Path) -> Registry:
    """Where there is no Butler yet."""
    need_module("lsst.daf.butler")
    return Registry(tmp_path / "butler")


@pytest.fixture
def registry(nowhere: Registry, _empty: Path) -> Registry:
    """A Butler without anything in it."""
    shutil.copytree(_empty, nowhere.path)
    return nowhere


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes an export, by default always to the same tree."""

    def make(*calibs: Calib, name: str = "export", **fields: Any) -> Path:
        return make_export(tmp_path / name, *calibs, **fields)

    return make


@pytest.fixture
def receive(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Return a function that runs a hand-over's program in this process, and gives its status and output."""

    from curator.registries.handover.receiving import program

    def run(
        folder: Path, target: object, *words: str, agreed: Sequence[str] = ("--register-instrument",)
    ) -> tuple[int, str]:
        monkeypatch.setattr(program, "FOLDER", str(folder))
        capsys.readouterr()
        status = program.main([str(target), *agreed, *words])
        said = capsys.readouterr()
        return status, said.out if status == 0 else said.err

    return run


@pytest.fixture(scope="session")
def _handed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """Hand-overs made once, by what they are of."""
    need_module("lsst.daf.butler")
    return tmp_path_factory.mktemp("handed"), {}


@pytest.fixture
def handed(tmp_path: Path, _handed: tuple[Path, dict[str, Path]]) -> Callable[..., Path]:
    """Return a function that makes a hand-over of some calibrations."""
    from curator.registries.handover.write import hand_over

    root, known = _handed

    def make(
        *calibs: Calib, name: str = "out", label: str = "2025.1", prefer: bool = False, **fields: Any
    ) -> Path:
        key = repr((calibs, label, prefer, fields))
        if key not in known:
            export = make_export(root / f"{len(known)}-export", *calibs, **fields)
            known[key] = root / str(len(known))
            hand_over(str(export), str(known[key]), label, prefer=prefer)
        shutil.copytree(known[key], tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def gen2(tmp_path: Path) -> Any:
    """Where there is no Gen2 registry yet."""
    from .gen2.made import Gen2

    return Gen2(tmp_path / "calib")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        without("no PostgreSQL server is installed")
    need_module("psycopg")
    need_module("lsst.daf.butler")
    # Not in pytest's own folder, which only its user may enter.
    with (
        tempfile.TemporaryDirectory(prefix="curator-postgresql-") as folder,
        running(Path(folder), programs) as one,
    ):
        yield one


@pytest.fixture(scope="session")
def _empty_on_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A Butler on PostgreSQL made once, and the address of its database."""
    from curator.registries.model.model import Storage
    from curator.registries.registry import open_registry

    path, address = tmp_path_factory.mktemp("empty") / "butler", server.database()
    with open_registry(f"butler:{path}", "write", storage=Storage(address)):
        return path, address


@pytest.fixture
def on_server(
    server: Server, _empty_on_server: tuple[Path, str], tmp_path: Path
) -> Iterator[tuple[Registry, str]]:
    """A Butler on PostgreSQL without anything in it, and the address of its database."""
    registry = Registry(tmp_path / "butler")
    with copies(server, *_empty_on_server, [registry.path]) as (address,):
        yield registry, address


@contextmanager
def copies(server: Server, source: Path, address: str, places: Sequence[Path]) -> Iterator[list[str]]:
    """Copy a Butler on PostgreSQL to some places, each with a database of its own; give their addresses."""
    copied = []
    for place in places:
        copied.append(server.copy(address))
        shutil.copytree(source, place)
        text = (source / "butler.yaml").read_text()
        (place / "butler.yaml").write_text(text.replace(address, copied[-1]))
    yield copied
    for each in copied:
        server.drop(each)


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """An object store with one bucket; its address."""
    need_module("lsst.daf.butler")
    boto3 = need_module("boto3")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("S3_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3", endpoint_url=f"http://{host}:{port}").create_bucket(Bucket="calibs")
        yield f"http://{host}:{port}"
    server.stop()


def named_plan(said: str) -> Path:
    """Return the file of the command that the last line of a plan's output is."""
    command = said.splitlines()[-1].partition(": ")[2]
    words = shlex.split(command)
    assert words[:2] in (["curator", "apply"], ["curator", "rollback"])
    return Path(words[2])


def dates(holding: Holding) -> tuple[str, str]:
    """Return from when to when something is certified, as ISO 8601, empty where unbounded."""
    start, end = holding.range.bounded_start, holding.range.end
    return start.isoformat() if start else "", end.isoformat() if end else ""
