"""The cameras that a Butler knows: names, numbers, filters, and sizes where a camera file says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from curator.calibrations.cameras.camera import Detector, Filter
from curator.calibrations.types.camera import TYPE
from curator.errors import RegistryError, UsageError
from curator.formats.edit.new_file import write_yaml
from curator.registries.butler.cameras import butler_cameras

from ..conftest import CAMERA, DETECTORS, Calib


@dataclass(frozen=True)
class SizedCamera(Calib):
    """A camera whose detectors have a width: that of all but the last one."""

    dataset_type: str = "camera"
    detector: str = ""
    width: int = 4096

    def content(self) -> Any:
        detectors = [{**one, "width": self.width, "height": 4004} for one in CAMERA["detectors"][:-1]]
        tree = {**CAMERA, "detectors": [*detectors, CAMERA["detectors"][-1]]}
        return TYPE.calibration.readText(write_yaml(tree), "camera.yaml")


def test_a_butler_tells_names_numbers_and_filters_of_each_instrument(registry, export):
    registry.ingest(export(Calib(), Calib(instrument="OtherCam")))
    other, test = butler_cameras(registry.target)
    assert (other.camera.instrument, test.camera.instrument) == ("OtherCam", "TestCam")
    assert test.camera.detectors == tuple(Detector(name, id_) for name, id_ in DETECTORS.items())
    assert set(test.camera.filters) == {Filter("g_6", "g"), Filter("r_57", "r"), Filter("open", "open")}


def test_the_class_of_an_instrument_is_told_where_its_software_registered_it(registry):
    butler = registry.open(writeable=True)
    butler.registry.insertDimensionData("instrument", {"name": "HSC", "class_name": "lsst.obs.subaru.Hsc"})
    butler.close()
    (found,) = butler_cameras(registry.target)
    assert (found.camera.instrument, found.class_name) == ("HSC", "lsst.obs.subaru.Hsc")


def test_sizes_are_those_of_the_newest_camera_file_that_the_chain_finds(registry, export):
    older = SizedCamera(width=2048, end="2024-01-01T00:00:00")
    registry.ingest(export(older, SizedCamera(start="2024-01-01T00:00:00")), prefer=True)
    (found,) = butler_cameras(registry.target)
    assert [one.width for one in found.camera.detectors] == [4096, 4096, 0]


def test_a_camera_file_that_nobody_prefers_says_no_sizes(registry, export):
    registry.ingest(export(SizedCamera()))
    (found,) = butler_cameras(registry.target)
    assert not any(one.width for one in found.camera.detectors)


def test_a_lost_camera_file_leaves_sizes_unknown(registry, export):
    tree = export(SizedCamera())
    registry.ingest(tree, prefer=True)
    for file in tree.rglob("*.fits"):
        file.unlink()
    (found,) = butler_cameras(registry.target)
    assert [one.width for one in found.camera.detectors] == [0, 0, 0]


def test_nothing_is_written(registry, export):
    registry.ingest(export(SizedCamera()), prefer=True)
    before = {path: path.read_bytes() for path in registry.path.rglob("*") if path.is_file()}
    butler_cameras(registry.target)
    assert {path: path.read_bytes() for path in registry.path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("target", ["butler:nowhere", "gen2:nowhere", "nowhere"])
def test_what_is_no_butler_is_refused(target, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((UsageError, RegistryError)):
        butler_cameras(target)
    assert not list(tmp_path.iterdir())
