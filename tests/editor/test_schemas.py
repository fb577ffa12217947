"""The JSON Schemas that other programs check YAML files by."""

from __future__ import annotations

import json
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from curator.calibrations.editor_schemas import CUSTOM_TAGS, form_globs, form_names, form_schema
from curator.cli.main import main

from .conftest import CAMERA, LINEARIZER, Editor, Talk


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as an editor does: a tag says nothing but whether a list follows."""


def _untagged(loader: Loader, _tag: str, node: yaml.Node) -> Any:
    assert isinstance(node, yaml.SequenceNode)
    return loader.construct_sequence(node, deep=True)


Loader.add_multi_constructor("", _untagged)


def complaints(name: str, text: str) -> list[str]:
    value = yaml.load(text, Loader)
    return [error.message for error in Draft7Validator(form_schema(name)).iter_errors(value)]


OWN = ("config", "overrides")
# A repository has one of each.
FOUND = [name for name in form_names() if name != "overrides"]
OVERRIDES = """schema_version: 1
overrides:
- dataset_type: defects
  detector: "S01"
  begin: 2025-07-01
  calibration: myCam/defects/s01/20250430T120000.ecsv
  reason: the new list masks a good column
"""


@pytest.mark.parametrize("name", form_names())
def test_every_schema_is_one_and_complete_in_itself(name: str) -> None:
    schema = form_schema(name)
    Draft7Validator.check_schema(schema)
    text = json.dumps(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert ".schema.json" not in text
    assert '"$ref": "#/definitions/' in text or name in OWN


def test_a_file_of_overrides_fits() -> None:
    assert complaints("overrides", OVERRIDES) == []
    assert complaints("overrides", OVERRIDES.replace("reason:", "because:")) != []
    assert fnmatch("night-overrides.yaml", form_globs("overrides"))


@pytest.mark.parametrize("name", FOUND)
def test_files_as_they_are_written_fit(name: str, made: dict[str, Path]) -> None:
    files = [one for root in made.values() for one in root.glob(form_globs(name))]
    assert len(files) >= 2
    for file in files:
        assert complaints(name, file.read_text()) == [], file


@pytest.mark.parametrize("name", form_names())
def test_real_files_fit(name: str, real: Path) -> None:
    for file in sorted(real.glob(f"*/{form_globs(name)}"))[:6]:
        assert complaints(name, file.read_text()) == [], file


@pytest.mark.parametrize(
    ("name", "path", "was", "now", "said"),
    [
        ("config", "curator.yaml", "profile: dmtn148", "profile: dmtn", "is not one of"),
        ("camera", CAMERA, "id: 0", "ident: 0", "'id' is a required property"),
        ("linearizer", LINEARIZER, "linearityType: Polynomial", "linearityType: Poly", "is not one of"),
        ("linearizer", LINEARIZER, "  DETECTOR: 0", "  DETECTOR: zero", "'zero' is not of type"),
        (
            "linearizer",
            LINEARIZER,
            "      - 0\n      - 0",
            "      - 0\n      - zero",
            "is not valid under any",
        ),
    ],
)
def test_mistakes_do_not_fit(
    made: dict[str, Path], name: str, path: str, was: str, now: str, said: str
) -> None:
    text = (made["dmtn148"] / path).read_text()
    assert was in text
    assert any(said in one for one in complaints(name, text.replace(was, now, 1)))


def test_the_verb_prints_what_it_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "schemas"
    assert main(["schema", "--to", str(folder)]) == 0
    settings = json.loads(capsys.readouterr().out)
    assert settings["yaml.customTags"] == list(CUSTOM_TAGS)
    for file, glob in settings["yaml.schemas"].items():
        name = Path(file).name.removesuffix(".schema.json")
        assert glob == form_globs(name)
        assert main(["schema", name]) == 0
        assert capsys.readouterr().out == Path(file).read_text()
    assert main(["schema"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(form_names())


@pytest.mark.parametrize("words", [["schema", "nothing"], ["schema", "config", "--to", "x"]])
def test_wrong_usage_says_so(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "curator: " in capsys.readouterr().err


def test_a_type_written_as_ecsv_is_told_from_an_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "defects"]) == 2
    assert "defects is written as ECSV" in capsys.readouterr().err
    assert main(["schema", "nothing"]) == 2
    assert "there is no YAML file called 'nothing'" in capsys.readouterr().err


def test_both_servers_agree_about_correct_files(made: dict[str, Path], tmp_path: Path, talk: Talk) -> None:
    root = Path(shutil.copytree(made["dmtn148"], tmp_path / "repository"))

    async def body(editor: Editor) -> None:
        for name in FOUND:
            (file,) = root.glob(form_globs(name))
            editor.open(file)
            assert await editor.found(file) == []
            assert complaints(name, file.read_text()) == []

    talk(root, body)
