"""Registries that an earlier curator made are read and added to, whatever has moved in the code since.

``data/older.tar.xz`` was made with commit e02b9ad: ``curator demo --keep``, the camera and the defects of its
repository exported, and ingested with ``--transfer copy`` into a Butler, and into a Gen2 registry, which are
kept as SQL.
"""

from __future__ import annotations

import sqlite3
import tarfile
from pathlib import Path

import pytest

from curator.calibrations.camera import CameraCalibration
from curator.cli.main import main

HERE = Path(__file__).parent
LABEL = "u/ada/before"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    with tarfile.open(HERE / "data" / "older.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    root = tmp_path / "older"
    for text in root.glob("*/*.sql"):
        connection = sqlite3.connect(text.with_suffix(".sqlite3"))
        connection.executescript(text.read_text())
        connection.close()
        text.unlink()
    return root


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_an_older_registry_lists_what_it_holds(older, capsys, kind):
    assert main(["holdings", f"{kind}:{older / kind}"]) == 0
    said = capsys.readouterr().out
    assert "3 validity ranges" in said


def test_an_older_butler_serves_what_the_older_export_says(older):
    assert main(["fingerprint", str(older / "export"), f"butler:{older / 'butler'}", "--label", LABEL]) == 0


@pytest.mark.parametrize("kind", ["butler", "gen2"])
def test_an_older_export_is_in_an_older_registry_already(older, capsys, kind):
    words = ["--label", LABEL, "--transfer", "copy"]
    assert main(["ingest", str(older / "export"), f"{kind}:{older / kind}", *words]) == 0
    assert "holds all 3 datasets of this export" in capsys.readouterr().out


def test_a_butler_gives_what_it_recorded_with_the_classes_of_then(older):
    from lsst.daf.butler import Butler

    with Butler.from_config(str(older / "butler"), collections=f"demoCam/calib/{LABEL}") as butler:
        (run,) = butler.collections.query("demoCam/calib/curated/20200101T000000/1")
        camera = butler.get("curated_camera", instrument="demoCam", collections=run)
        assert isinstance(camera, CameraCalibration)
        assert camera.getMetadata()["INSTRUME"] == "demoCam"
        boxes = butler.get("defects", instrument="demoCam", detector=0, collections=run)
        assert boxes.getMetadata()["DETECTOR"] == 0
