"""A wrong declaration of a dataset type is one sentence, with the module that has it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator.calibrations.types.declarations import check_declarations

from .copies import Copy

HERE = Path(__file__).parent / "gain_table"
MODULE = "curator/calibrations/types/gain_table.py"
SCHEMA = "schemas/gain_table.schema.json"
COMPILER = ("-m", "curator.calibrations.schema.compiler")
GENERATOR = ("-m", "curator.calibrations.generate")
SEE = '  hint: see "Add a dataset type" in CONTRIBUTING.md\n'
DECLARED = "TYPE = GainTable._type = DatasetType("


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy of the program with one dataset type more, and a repository beside it."""
    copy = Copy.make(tmp_path_factory.mktemp("declarations") / "source")
    shutil.copy(HERE / "gain_table.py", copy.root / MODULE)
    shutil.copy(HERE / "gain_table.schema.json", copy.root / SCHEMA)
    compile_it(copy)
    copy.curator("init", "obs_mycam_data", "--camera", "myCam", cwd=copy.root.parent)
    return copy


@pytest.fixture
def source(whole: Copy) -> Iterator[Copy]:
    """Return that copy, whose module and schema are put back after each test."""
    yield whole
    forget(whole)
    shutil.copy(HERE / "gain_table.py", whole.root / MODULE)
    shutil.copy(HERE / "gain_table.schema.json", whole.root / SCHEMA)


def forget(source: Copy) -> None:
    """Remove the bytecode of the type: Python reuses it for a file of the same size and second."""
    for folder in ("types", "schema/compiled"):
        for file in source.root.glob(f"curator/calibrations/{folder}/__pycache__/gain_table.*"):
            file.unlink()


def compile_it(source: Copy) -> None:
    """Compile the schema of the type alone, which takes less time than all of them."""
    forget(source)
    source.python(
        "-c",
        "from curator.calibrations.schema.compiler import compile_schema\n"
        "with open('curator/calibrations/schema/compiled/gain_table.py', 'w') as file:\n"
        "    file.write(compile_schema('gain_table'))",
    )


def declare(source: Copy, before: str, after: str) -> None:
    """Change the declaration of the type in one place."""
    text = (HERE / "gain_table.py").read_text()
    assert text.count(before) == 1
    forget(source)
    (source.root / MODULE).write_text(text.replace(before, after))


# What is changed, into what, and what is said of it.
SEEN_AT_EVERY_START = [
    ('name="gain_table"', 'name="gains"', "the dataset type 'gains' belongs in the module gains"),
    (DECLARED, "TYPE = DatasetType(", "GainTable._type is not this dataset type; write "),
    (
        'dimensions=("detector",)',
        'dimensions=("detector")',
        "dimensions is 'detector', but must be one of ()",
    ),
    (
        'dimensions=("detector",)',
        'dimensions=("amplifier",)',
        "dimensions is ('amplifier',), but must be one",
    ),
    (
        'dimensions=("detector",)',
        'dimensions=("physical_filter", "detector")',
        "dimensions is ('physical_filter', 'detector'), but must be one of",
    ),
    ('formats=("ecsv",)', 'formats=("csv",)', "formats is ('csv',), but must be one of ('ecsv',), "),
    ('formats=("ecsv",)', "formats=()", "formats is (), but must be one of"),
    (
        'formats=("ecsv",)',
        'formats=("ecsv", "yaml")',
        "formats has 'yaml', but GainTable is not a TreeCalibration",
    ),
    (
        "versions=(1.0,)",
        'versions=(1.0,), schema_keys=("GAIN_TABLE", "GAIN_VERSION")',
        "schema_keys is ('GAIN_TABLE', 'GAIN_VERSION'), but must be (..._SCHEMA, ..._VERSION)",
    ),
    ("versions=(1.0,)", "versions=(2.0,)", "schema_values has version 1.0, but versions is (2.0,)"),
    ('obstype="gain_table"', 'obstype=""', "obstype is empty"),
    ('storage_class="GainTable"', 'storage_class=""', "storage_class is empty"),
    ('summary="gain of each amplifier, with its error"', 'summary=""', "summary is empty"),
    (
        'schema_values=("Gain table", 1.0)',
        'schema_values=("", 1.0)',
        "schema_values has no name of the schema",
    ),
    ("    calibration=GainTable,\n", "", "DatasetType() needs a value for 'calibration'"),
    ("    versions=(1.0,),\n", "    version=1.0,\n", "DatasetType() got an unexpected or second value"),
    (DECLARED, "TYPES = GainTable._type = DatasetType(", "TYPES is not a tuple"),
    (DECLARED, "TYPE = GainTable._type = dict(", "{'name': 'gain_table', 'obstype': 'gain_table', "),
]
SEEN_BY_THE_GENERATOR = [
    (
        "versions=(1.0,)",
        'versions=(1.0,), pytype="curator.calibrations.gain_table.GainTable"',
        "pytype is 'curator.calibrations.gain_table.GainTable', which is not the class GainTable",
    ),
    (
        "versions=(1.0,)",
        'versions=(1.0,), pytype="curator.calibrations.types.defects.Defects"',
        "pytype is 'curator.calibrations.types.defects.Defects', which is not the class GainTable",
    ),
    ("versions=(1.0,)", 'versions=(1.0,), pytype="GainTable"', "pytype is 'GainTable', which is not the"),
    ('obstype="gain_table"', 'obstype="CROSSTALK"', "obstype is 'CROSSTALK', as for the dataset type crosst"),
    (
        'storage_class="GainTable"',
        'storage_class="Defects"',
        "storage_class is 'Defects' with the class curator.calibrations.types.gain_table.GainTable, but for ",
    ),
    (
        DECLARED,
        "GAINS = GainTable._type = DatasetType(",
        "GainTable has the dataset type 'gain_table', but this is neither TYPE nor one of TYPES",
    ),
    (DECLARED, "GAINS = DatasetType(", "GainTable has no dataset type"),
]


def test_the_declarations_of_all_types_are_right() -> None:
    check_declarations()


@pytest.mark.parametrize(("before", "after", "said"), SEEN_AT_EVERY_START + SEEN_BY_THE_GENERATOR)
def test_the_generator_says_what_is_wrong(source: Copy, before: str, after: str, said: str) -> None:
    declare(source, before, after)
    printed = source.python(*GENERATOR, code=2)
    assert printed.startswith(f"curator: {MODULE}: {said}")
    assert printed.endswith(SEE)
    assert printed.count("\n") == 2


@pytest.mark.parametrize("place", [0, 2, 9, 14])
def test_a_verb_says_it_in_one_line_and_writes_no_crash_log(
    source: Copy, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after, said = SEEN_AT_EVERY_START[place]
    declare(source, before, after)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    printed = source.curator(
        *("new", "gain_table", "--detector", "S01"), cwd=source.root.parent / "obs_mycam_data", code=2
    )
    assert printed.startswith(f"curator: {MODULE}: {said}")
    assert printed.endswith(SEE)
    assert not list(tmp_path.rglob("crash-*"))


def test_a_type_without_a_schema_is_told(source: Copy) -> None:
    (source.root / SCHEMA).unlink()
    files = source.files()
    printed = source.python(*GENERATOR, code=2)
    assert printed == f"curator: {MODULE}: {SCHEMA} is missing\n{SEE}"
    assert source.files() == files


def test_an_example_that_is_not_valid_is_told(source: Copy) -> None:
    schema = json.loads((source.root / SCHEMA).read_text())
    schema["examples"][0]["columns"]["gain"]["unit"] = "adu"
    (source.root / SCHEMA).write_text(json.dumps(schema))
    compile_it(source)
    printed = source.python(*GENERATOR, code=2)
    assert printed.startswith(
        f"curator: {MODULE}: example 1 of {SCHEMA} is not valid: column gain.unit is 'adu'"
    )
    assert printed.endswith(SEE)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ({"datatype": "float64", "unit": "electron/adu"}, "'values' is missing"),
        ({"datatype": "float64", "unit": "electron/adu", "values": ["a", "b"]}, "could not convert string"),
    ],
)
def test_an_example_that_makes_no_file_is_told(source: Copy, column: dict[str, object], said: str) -> None:
    schema = json.loads((source.root / SCHEMA).read_text())
    schema["examples"][0]["columns"]["gain"] = column
    (source.root / SCHEMA).write_text(json.dumps(schema))
    compile_it(source)
    printed = source.python(*GENERATOR, code=2)
    assert printed.startswith(f"curator: {SCHEMA}: no file can be made of the first example: {said}")
    assert printed.count("\n") == 2


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"object",\n  "required"', '"object"\n  "required"', f"{SCHEMA}:5:3: the schema is not JSON: "),
        (
            "header.schema.json#/definitions/schema",
            "head.schema.json",
            "schemas/head.schema.json: the schema",
        ),
        ('"object",\n  "required"', '"objekt",\n  "required"', f"{SCHEMA}: Unknown type"),
    ],
)
def test_the_compiler_says_what_is_wrong_with_a_schema(
    source: Copy, before: str, after: str, said: str
) -> None:
    text = (source.root / SCHEMA).read_text()
    assert before in text
    (source.root / SCHEMA).write_text(text.replace(before, after, 1))
    printed = source.python(*COMPILER, code=2)
    assert printed.startswith(f"curator: {said}")
    assert printed.count("\n") == 1
