"""What ``curator.yaml`` says of a camera in a Gen2 registry is checked, and exported, and not believed."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.schema.schemas import violations
from curator.cli.main import main
from curator.errors import ExportError
from curator.export.manifest.manifest import InstrumentRecord, Manifest, read_manifest
from curator.repository.layout.gen2_layout import Gen2Layout, layout_from

GIVEN = {
    "columns": {"detector": "{detector}", "detectorName": "{detector_name}", "raft": "R22"},
    "valid_start": "begin",
    "increment_valid_end": False,
    "tables": {"bfk": "bfKernel"},
    "template": "calib/{type}/{calibDate}/{type}-{detector:03d}.fits",
    "templates": {"transmission_filter": "filters/{filter}-{calibDate}.fits"},
}
WRONG = [
    {"columns": {"id": "x"}},
    {"columns": {"a b": "x"}},
    {"columns": {'a"; DROP TABLE defects; --': "x"}},
    {"columns": {"ccd": "{detector.__class__}"}},
    {"columns": {"ccd": "{calibDate}"}},
    {"columns": {"ccd": "{"}},
    {"columns": {"ccd": "{detector_name:03d}"}},
    {"columns": {"calibdate": "x"}},
    {"columns": {"ccd": 1}},
    {"tables": {"bfk": "defects; --"}},
    {"tables": {"bfk": "curator_meta"}},
    {"tables": {"bfk": "sqlite_master"}},
    {"tables": {"bfk": "one", "crosstalk": "One"}},
    {"valid_end": "1st"},
    {"valid_end": "validStart"},
    {"increment_valid_end": "yes"},
    {"same_day": "first"},
    {"template": "../{type}.fits"},
    {"template": "/data/{type}.fits"},
    {"template": "a/../../{type}.fits"},
    {"template": "a/.{type}.fits"},
    {"template": "a//{type}.fits"},
    {"template": "{type}.txt"},
    {"template": "{nothing}.fits"},
    {"template": "a b/{type}.fits"},
    {"templates": {"bfk": "a\n.fits"}},
    {"nothing": 1},
]


def test_a_layout_comes_back_as_it_was():
    layout = layout_from(GIVEN)
    assert layout_from(layout.to_mapping()) == layout
    assert layout_from({}) == Gen2Layout()
    assert layout_from(Gen2Layout().to_mapping()) == Gen2Layout()
    assert (layout.table("bfk"), layout.table("defects")) == ("bfKernel", "defects")
    assert layout.path("transmission_filter").startswith("filters/")


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_could_do_harm_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w+"):
        layout_from(wrong)


TREES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
    lambda one: st.dictionaries(st.text(max_size=4), one),
)


@given(st.dictionaries(st.sampled_from([*Gen2Layout.__slots__, "x"]), TREES))
def test_nothing_else_than_a_refusal_comes_of_anything(given):
    try:
        layout = layout_from(given)
    except ValueError:
        return
    assert layout_from(layout.to_mapping()) == layout


def test_the_schema_refuses_what_the_reader_refuses():
    base = {"schema_version": 1, "repository": "x", "profile": "obs_base", "cameras": ["a"]}
    assert not violations("config", {**base, "gen2": {"a": GIVEN}})
    # What one name alone does not show is left to the reader.
    together = [one for one in WRONG if set(one) & {"columns", "tables", "valid_end"}]
    for wrong in WRONG:
        assert violations("config", {**base, "gen2": {"a": wrong}}) or wrong in together


@pytest.fixture
def repository(tmp_path):
    """A new repository with one commit."""
    root = tmp_path / "repository"
    assert main(["init", str(root), "--camera", "ExampleCam"]) == 0
    for words in (["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    return root


def write(repository, text: str) -> None:
    config = repository / "curator.yaml"
    config.write_text(f"{config.read_text()}\ngen2:\n{text}")


def test_a_mistake_is_told_with_its_line(repository, capsys):
    write(repository, "  ExampleCam: {columns: {id: x}}\n  Other: {}\n")
    assert main(["-C", str(repository), "check"]) != 0
    said = capsys.readouterr()
    lines = (repository / "curator.yaml").read_text().splitlines()
    assert f"curator.yaml:{len(lines) - 1}:" in said.out + said.err
    assert "called id" in said.out + said.err
    assert "no such camera" in said.out + said.err


def test_the_manifest_carries_it_and_is_not_believed(repository, tmp_path):
    write(repository, "  ExampleCam: {tables: {bfk: bfKernel}}\n")
    subprocess.run(["git", "commit", "-qam", "Say how Gen2 calls it"], cwd=repository, check=True)
    assert main(["-C", str(repository), "export", str(tmp_path / "out")]) == 0
    (record,) = read_manifest(tmp_path / "out").instruments
    assert record.gen2 == layout_from({"tables": {"bfk": "bfKernel"}})
    file = tmp_path / "out" / "manifest.ecsv"
    file.write_bytes(file.read_bytes().replace(b"bfKernel", b"x;y"))
    with pytest.raises(ExportError, match="not a valid name in a database"):
        read_manifest(tmp_path / "out")


def test_a_manifest_without_one_is_as_it_was():
    manifest = Manifest("x", "e" * 40, "", (), instruments=(InstrumentRecord("A"),))
    assert b"gen2" not in manifest.to_bytes()


def test_the_example_of_the_page_is_one(repository, capsys):
    page = Path(__file__).resolve().parents[3] / "docs" / "gen2.md"
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
    config = repository / "curator.yaml"
    config.write_text(config.read_text() + "\n" + example.replace("myCam", "ExampleCam"))
    assert main(["-C", str(repository), "check"]) == 0, capsys.readouterr().out
