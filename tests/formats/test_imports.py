"""Reading one file costs what it must: no heavy import on the way."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from formats.texts import BLOCK, COMMA

from curator.errors import FormatError
from curator.formats.read import read_document

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
        "from curator.formats.files.bounded_io import read_bounded\n"
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
        {
            "curator.formats.yaml.event_reader",
            "curator.formats.ecsv.astropy_fallback",
            "curator.formats.to_numpy",
        }
    )


def outcome(raw: bytes) -> str:
    """Return what reading a file gives, or the error."""
    try:
        doc = read_document("a.ecsv", raw)
    except FormatError as error:
        return f"{error.code} {error.line} {error.message}"
    return repr([(name, column.values) for name, column in doc.columns.items()])


def table(datatype: str, cell: str) -> bytes:
    return (
        f"# %ECSV 1.0\n# ---\n# datatype:\n# - {{name: a, datatype: {datatype}}}\n"
        f"# - {{name: b, datatype: {datatype}}}\n# schema: astropy-2.0\na b\n1 2\n{cell} 3\n"
    ).encode()


def test_c_helpers_of_packages_that_are_not_loaded_fail_as_where_they_are(tmp_path: Path) -> None:
    """A helper written in C takes its exceptions from the package it belongs to: each cell is read by a
    process in which that package is not loaded."""
    cells = [
        "0310",
        "310.",
        "+1",
        ".5",
        "1e",
        "1e5",
        "--1",
        "1.2.3",
        "00",
        "-0",
        "1-",
        "e",
        ".",
        "-",
        '"1',
        '"1"x',
    ]
    texts = [table(datatype, cell) for datatype in ("int32", "float64", "bool", "string") for cell in cells]
    script = (
        "import os, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from curator.errors import FormatError\n"
        "from curator.formats.read import read_document\n"
        f"{inspect.getsource(outcome)}\n"
        "assert not {'json', 'csv', 'hashlib'} & set(sys.modules)\n"
        "for text in eval(sys.stdin.read()):\n"
        "    sys.stdout.flush()\n"
        "    if os.fork() == 0:\n"
        "        print(ascii(outcome(text)), flush=True)\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", script, str(tmp_path)],
        input=repr(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == [ascii(outcome(text)) for text in texts]


def test_array_cells_need_json_and_nothing_else(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "a.ecsv", COMMA.replace(b"0.5,null]", b"0.5,1.0]"))
    assert "json" in loaded
    assert not loaded.intersection(HEAVY)
