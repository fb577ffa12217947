"""A rule is one function, wherever it is below the folder of rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .copies import Copy

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


@pytest.fixture
def source(tmp_path: Path) -> Copy:
    """Return a copy of the program."""
    return Copy.make(tmp_path / "source")


def found(source: Copy, repository: Path, *words: object, code: int) -> dict[str, set[str]]:
    """Return the dataset types of the files that each rule complains about."""
    answer = source.curator("check", "--format", "json", "--no-cache", *words, cwd=repository, code=code)
    types: dict[str, set[str]] = {}
    for finding in json.loads(answer)["findings"]:
        types.setdefault(finding["code"], set()).add(finding["path"].split("/")[1])
    return types


@pytest.mark.parametrize("module", ["content/first_coefficient.py", "content/crosstalk/shape.py"])
def test_one_function_adds_a_rule(module: str, source: Copy, tmp_path: Path) -> None:
    file = source.root / RULES / module
    file.write_text((file.read_text() if file.exists() else IMPORTS) + RULE)
    source.curator("init", "r", "--camera", "ExampleCam", cwd=tmp_path)
    repository = tmp_path / "r"
    crosstalk = next((repository / "ExampleCam/crosstalk").rglob("*.yaml"))
    assert found(source, repository, code=1) == {"CUR398": {"crosstalk"}}
    assert found(source, repository, crosstalk, code=1) == {"CUR398": {"crosstalk"}}
    assert found(source, repository, "ExampleCam/defects", code=0) == {}
    page = source.curator("rule", "CUR398", cwd=repository)
    assert "An amplifier has no crosstalk with itself." in page
    source.make_docs()
    assert "Applies to `crosstalk`." in (source.root / "docs/rules/CUR398.md").read_text()
    assert found(source, repository, code=1) == {"CUR398": {"crosstalk"}}


def test_a_code_that_is_taken_cannot_be_imported(source: Copy) -> None:
    taken = RULE.replace("CUR398", "CUR320")
    (source.root / RULES / "content/first_coefficient.py").write_text(IMPORTS + taken)
    words = ("-c", "from curator.checks.model.rule import all_rules; all_rules()")
    assert source.python(*words, code=1).splitlines()[-1] == (
        "ValueError: two rules have the code CUR320: curator.checks.rules.content.crosstalk.shape.shape and"
        " curator.checks.rules.content.first_coefficient.first_coefficient"
    )


def test_a_rule_about_no_dataset_type_gets_no_page(source: Copy) -> None:
    misspelled = RULE.replace('("crosstalk",)', '("crostalk",)')
    (source.root / RULES / "content/first_coefficient.py").write_text(IMPORTS + misspelled)
    reason = "no dataset type or family of them 'crostalk'; did you mean crosstalk?"
    assert reason in source.python("-m", "curator.checks.generate.docs", code=1)
    assert not (source.root / "docs/rules/CUR398.md").exists()
