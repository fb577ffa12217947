"""What is covered when, as a value."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import pytest
from conftest import need_module

import curator
from curator.cli.main import main
from curator.errors import UsageError

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def repo(root: Path) -> curator.CalibrationRepository:
    """A repository with a gap in its defects."""
    file = root / DEFECTS
    text = file.read_text().replace("VALIDSTART: '2020-01-01T00:00:00'", "VALIDSTART: '2020-01-01T00:00:00'")
    assert "- {VALIDSTART: " in text
    head, _, rest = text.partition("- {VALIDSTART: ")
    first, _, rest = rest.partition("\n# ")
    ended = f"{head}- {{VALIDSTART: {first}\n# - {{VALIDEND: '2022-01-01T00:00:00'}}\n# {rest}"
    file.write_text(ended)
    later = text.replace("2020-01-01T00:00:00", "2023-01-01T00:00:00")
    (file.parent / "20230101T000000.ecsv").write_text(later)
    return curator.open(root)


def test_gaps_are_rows(repo: curator.CalibrationRepository) -> None:
    found = repo.coverage(type="defects")
    assert found.gaps == [
        {
            "camera": "ExampleCam",
            "dataset_type": "defects",
            "detector": "S00",
            "physical_filter": None,
            "start": datetime(2022, 1, 1),
            "end": datetime(2023, 1, 1),
        }
    ]
    assert found.overlaps == []
    assert len(repo.coverage()) == 14
    assert len(repo.coverage(type=[])) == 0
    assert list(repo.coverage().with_gaps_or_overlaps) == list(found)
    assert "nothing is valid from 2022-01-01" in found._repr_html_()


def test_values_are_what_the_verb_prints(
    repo: curator.CalibrationRepository, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(root), "coverage", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["coverage"] == repo.coverage().to_dicts()


def test_bars_read_well_in_a_terminal(repo: curator.CalibrationRepository) -> None:
    lines = repr(repo.coverage(type=["defects", "camera"])).splitlines()
    assert lines[0].startswith("= covered")
    assert lines[2] == "ExampleCam"
    assert lines[-1] == "2 data IDs (dataset type, detector, filter): 1 with gaps"
    assert "....|" in lines[4]
    assert repr(repo.coverage(type="defects", detector="S01")) == "nothing certified"
    assert "nothing certified" in repo.coverage(type="defects", detector="S01")._repr_html_()


def test_the_picture_stands_in_the_notebook(repo: curator.CalibrationRepository) -> None:
    need_module("matplotlib")
    found = repo.coverage()
    assert found.to_svg().startswith("<?xml")
    assert 'src="data:image/svg+xml;base64,' in found._repr_html_()


def test_without_matplotlib_there_are_bars_of_text(
    repo: curator.CalibrationRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    found = repo.coverage()
    assert "= covered" in found._repr_html_()
    with pytest.raises(UsageError, match="matplotlib"):
        found.to_svg()
