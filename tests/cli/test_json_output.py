"""What verbs print as JSON fits the schemas in ``schemas/output``."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from schemata import explained

from curator.checks.model.rule import find_rule
from curator.cli.main import main
from curator.cli.terminal.helps import build_parser
from curator.cli.verbs import verb_names

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas" / "output"
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
ASKED = ["--type", "defects", "--detector", "S00", "--date"]


def answer(capsys: pytest.CaptureFixture[str], repository: Path, *words: str, status: int = 0) -> Any:
    """Return the answer of a verb, which fits its schema."""
    capsys.readouterr()
    assert main(["-C", str(repository), *words, "--format", "json"]) == status
    found = json.loads(capsys.readouterr().out)
    schema = json.loads((SCHEMAS / f"{words[0]}.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(found, schema, jsonschema.Draft7Validator)
    return found


def test_every_verb_that_prints_json_has_a_schema() -> None:
    printing = {name for name in verb_names() if _has_json(name)}
    assert printing == {path.name.removesuffix(".schema.json") for path in SCHEMAS.iterdir()}


def _has_json(name: str) -> bool:
    actions = build_parser(name)._actions
    return any(one.dest == "format" and "json" in (one.choices or ()) for one in actions)


def test_findings_have_the_title_of_their_rule(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, repository, "check")["findings"] == []
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2896", "310 1200 1 2897"))
    [finding] = answer(capsys, repository, "check", DEFECTS, status=1)["findings"]
    assert finding["title"] == find_rule(finding["code"]).name
    [count] = answer(capsys, repository, "check", "--statistics", DEFECTS, status=1)["statistics"]
    assert (count["title"], count["count"]) == (finding["title"], 1)


def test_a_choice_and_its_reasons(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for date, status in (("2021-01-01", 0), ("1990-01-01", 1)):
        chosen = answer(capsys, repository, "select", *ASKED, date, status=status)["answers"][0]
        found = answer(capsys, repository, "why", *ASKED, date, status=status)
        assert found["status"] == chosen["status"] == ("none" if status else "found")
        assert found["calibrations"] == chosen["calibrations"]
        assert found["request"]["detector"] == "S00"
    assert DEFECTS in [one["path"] for one in found["not_chosen"] if one["clause"] == "begins"]


def test_coverage_and_impact(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, repository, "coverage")["coverage"]
    (repository / "night.csv").write_text("exposure,date,detector\n1,2021-01-01,S00\n")
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2896", "310 1200 1 2895"))
    subprocess.run(["git", "commit", "-qam", "Mask less"], cwd=repository, check=True)
    words = ["HEAD~..HEAD", "--exposures", "night.csv", "--type", "defects"]
    [exposure] = answer(capsys, repository, "impact", *words, status=1)["exposures"]
    assert exposure["before"][0]["path"] == DEFECTS
    told = answer(capsys, repository, "fingerprint", "HEAD~..HEAD", status=1)
    assert [one["what"] for one in told["fingerprints"]] == ["HEAD~", "HEAD"]
    assert not told["equal"]
    assert answer(capsys, repository, "fingerprint")["equal"]


def test_a_difference(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, repository, "diff")["files"] == []
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("310 1200 1 2896", "310 1200 1 2895"))
    (repository / "ExampleCam/defects/s99").mkdir()
    (repository / "ExampleCam/defects/s99/20200101T000000.ecsv").write_text(file.read_text())
    [edited, added] = answer(capsys, repository, "diff", status=1)["files"]
    assert explained("difference", edited["difference"]) == []
    assert [one["kind"] for one in edited["statements"]] == ["pixels", "boxes"]
    assert (added["change"], added["difference"], added["against"]) == ("added", None, "")


def test_rules_and_owners(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = answer(capsys, repository, "rule")["rules"]
    assert [answer(capsys, repository, "rule", "cur301")["rules"][0]] == [
        one for one in rules if one["code"] == "CUR301"
    ]
    assert main(["-C", str(repository), "rule", "CUR999", "--format", "json"]) == 2
    config = repository / "curator.yaml"
    editors = 'cameras:\n- {name: ExampleCam, editors: {"*": ["@ada"]}}\n'
    config.write_text(config.read_text().split("cameras:")[0] + editors)
    assert not answer(capsys, repository, "owners", "--check", status=1)["is_current"]
    assert "/ExampleCam/ @ada" in answer(capsys, repository, "owners", "--write")["lines"]
    assert answer(capsys, repository, "owners", "--check")["is_current"]


def test_exported_files(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "export"
    assert main(["-C", str(repository), "export", str(out), DEFECTS]) == 0
    [made] = map(str, out.rglob("*.fits"))
    [file] = answer(capsys, repository, "verify", made)["files"]
    assert (file["verdict"], file["path"]) == ("same", DEFECTS)
    Path(made).write_bytes(Path(made).read_bytes().replace(b"S00 ", b"S01 ", 1))
    other = tmp_path / "other.fits"
    other.write_bytes(b"no FITS")
    files = answer(capsys, repository, "verify", made, str(other), status=2)["files"]
    assert [one["verdict"] for one in files] == ["different", "error"]
