"""A registry, read from Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import need_module

import curator
from curator.cli.main import main
from curator.errors import CuratorError, RegistryError, UsageError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def address(root: Path, git: Callable[..., None], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A registry with two labels; the second one has a smaller defect, and is preferred."""
    target = f"gen2:{tmp_path / 'registry'}"

    def publish(label: str) -> None:
        out = str(tmp_path / label)
        assert main(["-C", str(root), "export", out]) == 0
        assert main(["ingest", out, target, "--label", label, "--prefer", "--create"]) == 0

    publish("2025.1")
    file = root / DEFECTS
    file.write_text(file.read_text().replace("2896", "2000"))
    git("commit", "-qam", "Shorten")
    publish("2025.2")
    capsys.readouterr()
    return target


def test_labels_and_what_they_hold(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    registry = curator.registry(address)
    assert repr(registry) == "<CalibrationRegistry gen2:registry: preferred labels>"
    assert [(one.name, one.is_preferred) for one in registry.labels()] == [
        ("2025.1", False),
        ("2025.2", True),
    ]
    found = registry.holdings(type="defects")
    labels = ["ExampleCam/calib/2025.1", "ExampleCam/calib/2025.2"]
    assert [(one.label, one.source) for one in found] == [(one, DEFECTS) for one in labels]
    assert len(registry.at("2025.1").holdings(type="defects")) == 1
    assert repr(found).startswith("2 validity ranges\nlabel")
    assert DEFECTS in found._repr_html_()
    assert list(found.to_table()["label"]) == labels
    assert main(["holdings", address, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["holdings"] == registry.holdings().to_dicts()


def test_a_registry_answers_as_a_repository_does(address: str) -> None:
    registry = curator.registry(address)
    for asked, height in ((registry, 2000), (registry.at("2025.1"), 2896)):
        one = asked.select("defects", "2025-05-14", detector="S00").calibration
        assert one is not None
        assert one.path == DEFECTS
        assert one.table["height"][2] == height
        assert one.table["height"].unit == "pix"
        assert one.header["OBSTYPE"] == "defects"
        assert DEFECTS in one._repr_html_()
    assert "the only certified defects" in repr(registry.why("defects", "2025-05-14", detector="S00"))
    assert len(registry.calibrations(detector="S00", type="crosstalk")) == 1
    assert registry.coverage().gaps == []


def test_two_labels_are_compared(address: str) -> None:
    (file,) = curator.registry(address).diff("2025.1", "2025.2")
    assert "896 pixels no longer masked" in file.statements[0].text
    assert len(curator.registry(address).diff("2025.2")) == 0


def test_mistakes_are_errors_with_a_hint(address: str, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="2024"):
        curator.registry(address).at("2024")
    with pytest.raises(RegistryError, match="2024"):
        curator.registry(address, "2024")
    assert len(curator.registry(address).holdings(type=[])) == 0
    with pytest.raises(CuratorError):
        curator.registry(f"gen2:{tmp_path / 'absent'}")
    with pytest.raises(UsageError, match="names no registry") as raised:
        curator.registry("butter:/data")
    assert "butler:PATH" in raised.value.hint
    with pytest.raises(UsageError):
        curator.registry(address).holdings(detector="S99")


def test_without_a_preferred_label_the_hint_shows_the_call_that_names_one(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, out = f"gen2:{tmp_path / 'registry'}", str(tmp_path / "export")
    assert main(["-C", str(root), "export", out]) == 0
    assert main(["ingest", out, target, "--label", "2025.1", "--create"]) == 0
    with pytest.raises(RegistryError, match="no label is preferred there") as raised:
        curator.registry(target).calibrations()
    assert raised.value.hint == '.at("2025.1") or label="2025.1" names one: 2025.1'
    assert len(curator.registry(target).at("2025.1").calibrations()) > 0


def test_a_butler_is_read_as_well(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    need_module("lsst.daf.butler")
    target = f"butler:{tmp_path / 'butler'}"
    assert main(["-C", str(root), "export", str(tmp_path / "export")]) == 0
    words = ["ingest", str(tmp_path / "export"), target, "--label", "a", "--prefer", "--create"]
    assert main(words) == 0
    registry = curator.registry(target)
    assert [one.name for one in registry.labels()] == ["a"]
    one = registry.select("defects", "2025-05-14", detector="S00").calibration
    assert one is not None
    assert list(one.table["x0"]) == [0, 1022, 310, 1517]
