"""What verbs print as JSON fits the schemas in ``schemas/output``."""

from __future__ import annotations

import json
import runpy
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


def test_the_edits_of_a_file_of_a_pixel_and_of_a_detector(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = repository / DEFECTS
    file.write_text(file.read_text() + "1600 100 2 8\n")
    found = answer(capsys, repository, "blame", DEFECTS)
    [table] = found["tables"]
    assert [row["commit"] is None for row in table["rows"]] == [False] * 4 + [True]
    assert {one["commit"] for one in found["edits"]} == {None, table["rows"][0]["commit"]}
    assert answer(capsys, repository, "blame", DEFECTS, "--rows")["keywords"] == []
    assert answer(capsys, repository, "blame", DEFECTS, "--keywords")["tables"] == []
    pixel = answer(capsys, repository, "blame", "--pixel", "1600,107", "--detector", "S00")
    [told] = pixel["files"]
    assert (pixel["is_applied"], told["path"], told["since"]["commit"]) == (True, DEFECTS, None)
    assert told["boxes"] == [{"row": 4, "x0": 1600, "y0": 100, "width": 2, "height": 8}]
    regions = answer(capsys, repository, "ledger", "--detector", "S00")["regions"]
    assert [one["x0"] for one in regions if one["added"]["commit"] is None] == [1600]


def test_a_log(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [begun] = answer(capsys, repository, "log", DEFECTS)["edits"]
    assert (begun["subject"], begun["note"], begun["date"][10]) == ("Begin", "Begin", "T")


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


def test_what_fix_and_baseline_change(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, repository, "fix")["files"] == []
    file = repository / DEFECTS
    text = file.read_text().replace("INSTRUME:", "instrume:") + "4090 17 12 3\n"
    file.write_text(text)
    planned = answer(capsys, repository, "fix", "--diff", status=1)
    assert (planned["written"], file.read_text()) == (False, text)
    done = answer(capsys, repository, "fix")
    assert done == {**planned, "written": True}
    [fixed] = done["files"]
    assert (fixed["path"], fixed["target"]) == (DEFECTS, DEFECTS)
    assert [one["code"] for one in fixed["fixed"]] == ["CUR104"]
    assert [one["code"] for one in done["left"]] == ["CUR301"]
    assert main(["-C", str(repository), "fix", "--migrate", "obs_base", "--format", "json"]) == 2
    recorded = answer(capsys, repository, "baseline", "write")
    assert (recorded["path"], recorded["recorded"], recorded["added"]) == ("curator-baseline.txt", 1, 1)
    with file.open("a") as stream:
        stream.write("4091 17 12 3\n")
    [new] = answer(capsys, repository, "baseline", "update")["left_out"]
    assert (new["path"], new["code"]) == (DEFECTS, "CUR301")


def test_a_calibration_and_an_export(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "export"
    exported = answer(capsys, repository, "export", str(out), DEFECTS)
    assert (exported["written"], exported["kept"]) == (1, 0)
    [file] = exported["files"]
    assert (file["source"], file["has_errors"]) == (DEFECTS, False)
    text = answer(capsys, repository, "show", DEFECTS, "--rows", "2")
    fits = answer(capsys, repository, "show", str(out / file["path"]), "--rows", "2")
    assert (text["form"], fits["form"]) == ("text", "fits")
    assert (text["dataset_type"], text["facts"]["detector"]) == ("defects", ["0"])
    [table] = text["tables"]
    assert {one["name"]: one["values"] for one in table["columns"]}["width"][:1] == [2048]
    assert [len(one["values"]) for one in table["columns"]] == [2] * 4
    assert table["rows"] > 2
    assert [one["values"] for one in fits["tables"][0]["columns"]] == [
        one["values"] for one in table["columns"]
    ]
    for path in sorted((repository / "ExampleCam").rglob("2*.*")):
        if path.suffix in (".yaml", ".ecsv") and "camera" not in path.parts:
            answer(capsys, repository, "show", str(path))
    assert main(["-C", str(repository), "show", DEFECTS, "--regions", "--format", "json"]) == 2


def test_the_list_of_schemas(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schemas = {one["name"]: one["files"] for one in answer(capsys, repository, "schema")["schemas"]}
    assert schemas["config"] == "curator.yaml"
    assert {"overrides", "camera", "crosstalk"} <= set(schemas)


def test_the_page_of_json_answers_is_up_to_date() -> None:
    page = runpy.run_path(str(SCHEMAS.parents[1] / "docs" / "json_page.py"))
    assert page["PAGE"].read_text() == page["render"](), "run `make docs`"
    assert "| `findings[].code` |" in page["render"]()


def test_a_plan(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["-C", str(repository), "export", str(tmp_path / "export"), DEFECTS]) == 0
    [manifest] = map(str, (tmp_path / "export" / "manifests").iterdir())
    registry, saved = f"gen2:{tmp_path / 'registry'}", str(tmp_path / "plan.json")
    words = ["plan", manifest, registry, "--label", "u/ada/trial", "--create", "--output", saved]
    planned = answer(capsys, repository, *words)
    assert (planned["file"], planned["is_empty"]) == (saved, False)
    assert planned["plan"]["target"] == registry
    assert [one[0].split()[0] for one in planned["plan"]["ingest"]] == ["defects"]
    stored = json.loads((tmp_path / "plan.json").read_text())
    assert {name: stored[name] for name in planned["plan"]} == planned["plan"]
    assert main(["apply", saved]) == 0
    again = answer(capsys, repository, *words)
    assert (again["file"], again["is_empty"]) == (None, True)
