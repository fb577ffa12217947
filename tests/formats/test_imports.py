"""Reading one file costs what it must: no heavy import on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from formats.texts import BLOCK, COMMA

HEAVY = [
    "numpy",
    "astropy",
    "yaml",
    "logging",
    "pathlib",
    "dataclasses",
    "inspect",
    "tempfile",
    "datetime",
    "jsonschema",
]


def loaded_by(tmp_path: Path, name: str, raw: bytes) -> set[str]:
    file = tmp_path / name
    file.write_bytes(raw)
    script = (
        "import sys\n"
        "from curator.formats.files import read_bounded\n"
        "from curator.formats.read import read_document\n"
        "doc = read_document(sys.argv[1], read_bounded(sys.argv[1])); print(' '.join(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", script, str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    return set(run.stdout.split())


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.ecsv", BLOCK),
        ("a.yaml", b"metadata:\n  OBSTYPE: defects\n  VERSION: 1.5\nlist:\n- 1.5\n- !!python/tuple [1, 2]\n"),
    ],
)
def test_reading_one_file_imports_nothing_heavy(tmp_path: Path, name: str, raw: bytes) -> None:
    loaded = loaded_by(tmp_path, name, raw)
    assert not loaded.intersection([*HEAVY, "json"])
    assert not loaded.intersection(
        {"curator.formats.events", "curator.formats.by_astropy", "curator.formats.arrays"}
    )


def test_array_cells_need_json_and_nothing_else(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "a.ecsv", COMMA.replace(b"0.5,null]", b"0.5,1.0]"))
    assert "json" in loaded
    assert not loaded.intersection(HEAVY)
