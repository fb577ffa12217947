"""A rule is added by one function and an output format by one module, and nothing else is written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curator.calibrations.types.types import all_types, find_type
from curator.checks.generate.rule_index import index_file
from curator.checks.model.rule import all_rules, file_rules
from curator.checks.renderers import FORMATS

ROOT = Path(__file__).resolve().parents[3]
RULES = "curator/checks/rules"
RULE = '''

@rule("CUR398", "first coefficient is not zero", types=("crosstalk",))
def first_coefficient(doc: Document, ctx: Context) -> Iterator[Finding]:
    """An amplifier has no crosstalk with itself.

    Bad (crosstalk.yaml)::

        coeffs: [0.5, 1.0e-4, 1.0e-4, 0.0]
    """
    yield ctx.finding(doc.value_at("coeffs", 0), "the first coefficient was looked at")
'''
IMPORTS = """from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.context import Context
from curator.checks.model.finding import Finding
from curator.checks.model.rule import rule
from curator.formats.document import Document
"""
FORMAT = '''"""Codes alone."""


def render_toy(report, **_):
    return " ".join(finding.code for finding in report.findings)
'''


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of this program, to be added to."""
    for name in ("curator", "schemas", "obs_data_template"):
        shutil.copytree(ROOT / name, tmp_path / "source" / name)
    return tmp_path / "source"


def run(source: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def found(source: Path, repository: Path, *words: str) -> dict[str, set[str]]:
    """Return the dataset types of the files that each rule complains about."""
    answer = run(source, "-m", "curator", "check", "--format", "json", "--no-cache", *words, cwd=repository)
    types: dict[str, set[str]] = {}
    for finding in json.loads(answer.stdout)["findings"]:
        types.setdefault(finding["code"], set()).add(finding["path"].split("/")[1])
    return types


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("content/first_coefficient.py", IMPORTS + RULE),
        ("content/crosstalk/shape.py", (ROOT / RULES / "content/crosstalk/shape.py").read_text() + RULE),
    ],
    ids=["in a module of its own", "beside others"],
)
def test_one_function_adds_a_rule(module: str, text: str, source: Path, templates: dict[str, Path]) -> None:
    (source / RULES / module).write_text(text)
    repository = templates["dmtn148"]
    file = next((repository / "ExampleCam/crosstalk").rglob("*.yaml"))
    assert found(source, repository) == {"CUR398": {"crosstalk"}}
    assert found(source, repository, str(file.relative_to(repository))) == {"CUR398": {"crosstalk"}}
    assert found(source, repository, "ExampleCam/defects") == {}
    page = run(source, "-m", "curator", "rule", "CUR398", cwd=repository).stdout
    assert "An amplifier has no crosstalk with itself." in page
    assert run(source, "-m", "curator.checks.generate.docs", cwd=repository).returncode == 0
    assert "Applies to `crosstalk`." in (source / "docs/rules/CUR398.md").read_text()


def test_a_code_that_is_taken_cannot_be_imported(source: Path) -> None:
    taken = RULE.replace("CUR398", "CUR320")
    (source / RULES / "content/first_coefficient.py").write_text(IMPORTS + taken)
    done = run(source, "-c", "from curator.checks.model.rule import all_rules; all_rules()", cwd=source)
    assert done.stderr.splitlines()[-1] == (
        "ValueError: two rules have the code CUR320: curator.checks.rules.content.crosstalk.shape.shape and"
        " curator.checks.rules.content.first_coefficient.first_coefficient"
    )


def test_one_module_adds_an_output_format(source: Path, templates: dict[str, Path], tmp_path: Path) -> None:
    (source / "curator/checks/renderers/toy.py").write_text(FORMAT)
    repository = Path(shutil.copytree(templates["dmtn148"], tmp_path / "r"))
    defects = next((repository / "ExampleCam/defects").rglob("*.ecsv"))
    defects.write_text(defects.read_text().replace("310 1200", "3100 1200"))
    done = run(source, "-m", "curator", "check", "--format", "toy", "--output", "toy=found", cwd=repository)
    assert (done.returncode, done.stdout) == (1, "CUR301\n"), done.stderr
    assert (repository / "found").read_text() == "CUR301\n"
    assert "toy" in run(source, "-m", "curator", "check", "--help", cwd=repository).stdout
    assert "toy" not in FORMATS


def test_the_index_of_the_modules_of_rules_is_current() -> None:
    assert (ROOT / "curator/checks/model/_rule_index.py").read_text() == index_file(), (
        "run `make docs` and commit what it wrote"
    )


def test_rules_name_dataset_types_and_families_that_exist() -> None:
    known = {name for one in all_types() for name in (one.name, one.family)}
    assert {name for one in all_rules() for name in one.types} <= known


@pytest.mark.parametrize("name", [one.name for one in all_types()])
def test_the_rules_of_a_type_are_those_that_name_it_or_its_family_or_none(name: str) -> None:
    dataset_type = find_type(name)
    assert dataset_type is not None
    expected = {one.code for one in all_rules() if one.scope == "file" and one.is_about(dataset_type)}
    assert {one.code for one in file_rules(dataset_type)} == expected
