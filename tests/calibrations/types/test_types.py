"""Dataset types: one declaration each, and nothing else to touch."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import curator.calibrations
from curator.calibrations.schema.schemas import schema_names, schema_path
from curator.calibrations.types.base import Calibration
from curator.calibrations.types.types import DatasetType, all_types, find_type

NAMES = [one.name for one in all_types()]


def test_the_types_of_a_telescope_are_there() -> None:
    assert {"defects", "manual_defects", "crosstalk", "linearizer", "bfk", "qe_curve", "camera"} < set(NAMES)
    assert len([name for name in NAMES if name.startswith("transmission_")]) == 6


@pytest.mark.parametrize("name", NAMES)
def test_a_type_is_three_files(name: str) -> None:
    module = find_type(name).calibration.__module__.rpartition(".")[2]
    package = Path(curator.calibrations.__file__).parent / "types"
    assert module in (name, name.partition("_")[0])
    assert (package / f"{module}.py").is_file()
    assert Path(schema_path(name)).is_file()
    assert Path(__file__).with_name(f"test_{module}.py").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_no_other_module_of_the_room_names_a_type(name: str) -> None:
    package = Path(curator.calibrations.__file__).parent / "types"
    declares = re.compile(rf'(\bname=|_declared\()"{name}"')
    naming = [path.stem for path in sorted(package.glob("*.py")) if declares.search(path.read_text())]
    assert naming in ([name], [name.partition("_")[0]])


@pytest.mark.parametrize("name", NAMES)
def test_a_declaration_is_whole(name: str) -> None:
    one = find_type(name)
    assert isinstance(one, DatasetType)
    assert one.name == name
    assert issubclass(one.calibration, Calibration)
    assert one.calibration._type is one
    assert set(one.dimensions) <= {"detector", "physical_filter"}
    assert set(one.formats) <= {"ecsv", "yaml"}
    assert one.formats
    assert one.schema in schema_names()
    assert one.storage_class
    assert one.summary
    assert all(key.endswith(end) for key, end in zip(one.schema_keys, ("_SCHEMA", "_VERSION"), strict=True))
    assert not one.versions or one.schema_values[1] in one.versions


def test_what_is_no_type_is_not_found() -> None:
    for name in (
        "base",
        "read",
        "box_list",
        "transmission",
        "transmission_nothing",
        "nothing",
        "../types",
        "",
        "__init__",
    ):
        assert find_type(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *sorted({one.calibration.__module__.removeprefix("curator.calibrations.") for one in all_types()}),
        "header.keywords",
        "header.profiles",
        "time.dates",
    ],
)
def test_declarations_load_nothing_heavy(name: str) -> None:
    code = (
        f"import sys, curator.calibrations.types.types, curator.calibrations.{name}; "
        "heavy = {'numpy', 'astropy', 'jsonschema', 'yaml', 'json', 'hashlib', 'logging', 'tempfile'}; "
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
