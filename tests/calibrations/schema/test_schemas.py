"""The JSON Schemas, their compiled validators, and how a violation is said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from calibrations.roundtrip import keys, scalars
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import curator.calibrations.schema.compiled as compiled
from curator.calibrations.schema.compiler import compile_schema, compiled_names
from curator.calibrations.schema.schemas import (
    instance,
    load_schema,
    schema_names,
    schema_path,
    violations,
)
from curator.calibrations.types.types import all_types
from curator.formats.read import read_document

ROOT = Path(__file__).resolve().parents[3]
CONFIG: dict[str, Any] = {
    "schema_version": 1,
    "repository": "obs_test_data",
    "profile": "dmtn148",
    "cameras": ["testCam", {"name": "lsstCam", "directory": "LSST"}],
    "severities": {"CUR301": "warning"},
    "suppressions": [
        {"rule": "CUR301", "path": "lsstCam/**", "reason": "known", "expires": date(2030, 1, 1)}
    ],
    "release_branch": "release/2025",
    "limits": {"lsstCam": {"crosstalk": 0.02}},
}


@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_draft_07_and_has_a_title(name: str) -> None:
    schema = json.loads(Path(schema_path(name)).read_text())
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["title"]
    Draft7Validator.check_schema(load_schema(name))


@pytest.mark.parametrize("name", compiled_names())
def test_the_compiled_validator_is_current(name: str) -> None:
    file = Path(compiled.__file__).with_name(f"{name}.py")
    assert file.read_text() == compile_schema(name), "run `python -m curator.calibrations.schema.compiler`"


def test_every_validator_that_the_program_loads_is_compiled() -> None:
    loaded = {"config", "inputs", "overrides", *(one.schema for one in all_types())}
    assert set(compiled_names()) == loaded


def nodes(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from nodes(value)


def test_no_message_shows_a_regular_expression_to_a_scientist() -> None:
    for name in schema_names():
        bare = [
            node["pattern"]
            for node in nodes(load_schema(name))
            if isinstance(node.get("pattern"), str) and "description" not in node
        ]
        assert bare == [], name


def test_there_is_no_compiled_validator_without_its_schema() -> None:
    files = {path.stem for path in Path(compiled.__file__).parent.glob("[a-z]*.py")}
    assert files == set(compiled_names())
    assert files < set(schema_names())


def test_validators_load_nothing_heavy() -> None:
    code = (
        "import sys; from curator.calibrations.schema.schemas import violations; "
        "violations('defects', {'header': {}, 'columns': "
        "{name: {'datatype': 'int32', 'unit': 'pix'} for name in ('x0', 'y0', 'width', 'height')}}); "
        "heavy = {'numpy', 'astropy', 'jsonschema', 'fastjsonschema', 'yaml', 'decimal', 'json'}; "
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


COLUMNS = {name: {"datatype": "int32", "unit": "pix"} for name in ("x0", "y0", "width", "height")}


@given(
    st.dictionaries(keys, st.one_of(scalars, st.lists(scalars), st.dictionaries(keys, scalars, max_size=2)))
)
def test_the_compiled_header_agrees_with_jsonschema(header: dict[str, Any]) -> None:
    whole = {"header": header, "columns": COLUMNS}
    assert (not violations("defects", whole)) == Draft7Validator(load_schema("defects")).is_valid(whole)


values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


@given(st.data())
def test_the_compiled_config_agrees_with_jsonschema_on_mutilated_files(data: st.DataObject) -> None:
    config: Any = json.loads(json.dumps(CONFIG, default=str))
    place: Any = config
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    if data.draw(st.booleans()):
        place[key] = data.draw(values)
    else:
        del place[key]
    expected = Draft7Validator(load_schema("config")).is_valid(config)
    assert (not violations("config", config)) == expected


def test_a_whole_configuration_is_accepted() -> None:
    assert not violations("config", CONFIG)
    least = {key: CONFIG[key] for key in ("schema_version", "repository", "profile", "cameras")}
    assert not violations("config", least)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"profil": "dmtn148"}, "unknown key 'profil'; did you mean profile?"),
        ({"profile": "dmtn-148"}, "profile is 'dmtn-148', expected dmtn148 or obs_base"),
        ({"severities": {"CUR301": False}}, "expected error, warning, info or 'off'"),
        ({"severities": {"301": "error"}}, "severities: '301' is not a rule's code, CURnnn"),
        ({"cameras": []}, "cameras is [], expected a list of cameras"),
        ({"cameras": [{"name": "a", "directry": "b"}]}, "unknown key 'directry'; did you mean directory?"),
        ({"cameras": ["a/b"]}, "cameras.0 is 'a/b'"),
        ({"suppressions": [{"rule": "CUR301", "path": "**"}]}, "key reason is missing"),
        ({"suppressions": [{"rule": "CUR301", "path": "**", "reason": " "}]}, "suppressions.0.reason is ' '"),
        ({"repository": "two\nlines"}, "repository is"),
        ({"limits": {"lsstCam": {"crosstalk": "1"}}}, "limits.lsstCam.crosstalk is '1'"),
        ({"schema_version": "1"}, "schema_version is '1'"),
    ],
)
def test_a_mistake_in_the_configuration_is_one_violation(change: dict[str, Any], message: str) -> None:
    (found,) = violations("config", {**CONFIG, **change})
    assert message in found.message


@pytest.mark.parametrize(
    ("header", "path", "message"),
    [
        ({"DETECTOR": "5"}, ("DETECTOR",), "expected the detector's id, a whole number"),
        ({"DETECTOR": True}, ("DETECTOR",), "DETECTOR is True"),
        ({"DETECTOR": 1.5}, ("DETECTOR",), "DETECTOR is 1.5"),
        ({"CALIBDATE": datetime(1970, 1, 1)}, ("CALIBDATE",), "a quoted date"),
        ({"CALIBDATE": "1970-01-01T00:00:00Z"}, ("CALIBDATE",), "without a zone"),
        ({"CALIB_CREATION_TIME": 63795}, ("CALIB_CREATION_TIME",), "a quoted time of day"),
        ({"TIMESYS": "TAI"}, ("TIMESYS",), "never in another scale"),
        ({"HISTORY": "edited"}, ("HISTORY",), "a list of notes"),
        ({"HISTORY": ["edited", 5]}, ("HISTORY", 1), "HISTORY.1 is 5"),
        ({"NESTED": {"a": 1}}, ("NESTED",), "a flat list"),
        ({"NESTED": [[1]]}, ("NESTED", 0), "NESTED.0 is [1]"),
        ({"OBSTYPE": ""}, ("OBSTYPE",), "the dataset type"),
        ({"CALIB_ID": "nothing of note"}, ("CALIB_ID",), "key=value pairs"),
        ({"DEFECTS_VERSION": "2.0"}, ("DEFECTS_VERSION",), "a number"),
    ],
)
def test_a_wrong_keyword_is_one_violation_that_says_what_is_expected(
    header: dict[str, Any], path: tuple[str, ...], message: str
) -> None:
    (found,) = violations("defects", {"header": header, "columns": COLUMNS})
    assert found.path == ("header", *path)
    assert message in found.message


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"x0": {"datatype": "string"}}, "column x0.datatype is 'string', expected int8, int16, int32, "),
        ({"x0": {"datatype": "int32", "unit": "m"}}, "column x0.unit is 'm', expected nothing, pix or pixel"),
        ({"reason": {"datatype": "bool"}}, "column reason.datatype is 'bool', expected string"),
        ({"note": {"datatype": 5}}, "column note.datatype is 5, expected text"),
        ({"note": {"datatype": "string", "unit": 5}}, "column note.unit is 5, expected text or nothing"),
        ({"x0": None}, "column x0 is missing"),
        ({"width": None, "widht": COLUMNS["x0"]}, "column width is missing; 'widht' may be a misspelling"),
        ({"width": None, "reason": {"datatype": "string"}}, "column width is missing"),
    ],
)
def test_a_wrong_column_is_one_violation_in_words(columns: dict[str, Any], message: str) -> None:
    given = {name: column for name, column in {**COLUMNS, **columns}.items() if column is not None}
    (found,) = violations("defects", {"header": {}, "columns": given})
    assert found.message.startswith(message)
    assert message.endswith(", ") or found.message == message


def test_tuples_are_lists_to_both_validators() -> None:
    assert not violations("defects", {"header": {"SHAPE": (2, 2)}, "columns": COLUMNS})
    (found,) = violations("defects", {"header": {"SHAPE": (2, 2), "DETECTOR": "5"}, "columns": COLUMNS})
    assert found.path == ("header", "DETECTOR")


def test_a_box_is_four_corners_to_a_schema() -> None:
    raw = (
        b"metadata: {OBSTYPE: LINEARIZER}\namplifiers:\n  A:\n"
        b"    linearityType: Spline\n    linearityCoeffs: [1.0]\n"
        b"    linearityBBox: !!python/object/apply:lsst.geom.Box2I\n"
        b"    - !!python/object/apply:lsst.geom.Point2I [0, 0]\n"
        b"    - !!python/object/apply:lsst.geom.Point2I [1023, 4095]\n"
    )
    found = instance(read_document("x.yaml", raw))
    assert found["tree"]["amplifiers"]["A"]["linearityBBox"] == {"x0": 0, "y0": 0, "x1": 1023, "y1": 4095}
    assert not violations("linearizer", found)
