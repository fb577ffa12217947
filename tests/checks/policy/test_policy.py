"""What ``curator.yaml`` says of findings, and what is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from curator.checks.model.finding import Finding
from curator.checks.model.report import Report
from curator.checks.run.engine import check
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"


@pytest.fixture
def tree(templates: dict[str, Path], tmp_path: Path) -> Path:
    root = Path(shutil.copytree(templates["dmtn148"], tmp_path / "tree"))
    with (root / DEFECTS).open("a") as file:
        file.write("4090 17 12 3\n")
    return root


def examine(
    root: Path, *lines: str, paths: Sequence[str] | None = None, select: Sequence[str] = ()
) -> Report:
    with (root / "curator.yaml").open("a") as config:
        config.writelines(f"{line}\n" for line in lines)
    snapshot = Repository.find(root).worktree()
    return check(snapshot, load_config(snapshot), paths=paths, select=select)


def about_config(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.path == "curator.yaml"]


@pytest.mark.parametrize(
    ("glob", "silenced"),
    [
        ("ExampleCam/defects/**", True),
        ("ExampleCam/**/20200101T000000.ecsv", True),
        ("ExampleCam/defects/s0?/*.ecsv", True),
        ("ExampleCam/defects", True),
        ("*", True),
        ("20200101T000000.ecsv", True),
        ("ExampleCam/*.ecsv", False),
        ("ExampleCam/*/20200101T000000.ecsv", False),
        ("ExampleCam/crosstalk/**", False),
        ("defects/**", False),
    ],
)
def test_globs_of_suppressions_are_those_of_gitignore(glob: str, silenced: bool, tree: Path) -> None:
    report = examine(tree, "suppressions:", f"- {{rule: CUR301, path: '{glob}', reason: known}}")
    assert ("CUR301" not in [one.code for one in report.findings]) == silenced
    assert report.suppressed == int(silenced)
    assert [one.code for one in about_config(report)] == ([] if silenced else ["CUR017"])


def test_an_idle_suppression_is_named_with_its_line(tree: Path) -> None:
    before = len((tree / "curator.yaml").read_text().splitlines())
    report = examine(
        tree,
        "suppressions:",
        "- {rule: CUR301, path: 'ExampleCam/**', reason: known}",
        "- {rule: CUR302, path: 'ExampleCam/**', reason: idle}",
        "- rule: CUR301",
        "  path: examplecam/defects/",
        "  reason: misspelled",
    )
    found = about_config(report)
    assert [(one.code, one.severity, one.line - before) for one in found] == [
        ("CUR017", "warning", 3),
        ("CUR017", "warning", 4),
    ]
    assert found[0].message == "CUR302 has no finding in 'ExampleCam/**'"
    assert found[1].message == "no file has the path 'examplecam/defects/'"
    assert found[1].source == "- rule: CUR301"


def test_a_suppression_holds_through_its_last_day(tree: Path) -> None:
    today = datetime.now(UTC).date()
    lines = (tree / "curator.yaml").read_text()
    for day, codes in ((today, []), (today - timedelta(1), ["CUR018"])):
        (tree / "curator.yaml").write_text(lines)
        entry = f"- {{rule: CUR301, path: '**', reason: known, expires: {day}}}"
        assert [one.code for one in about_config(examine(tree, "suppressions:", entry))] == codes


def test_a_rule_that_there_is_not_is_named_with_the_nearest(tree: Path) -> None:
    report = examine(
        tree,
        "severities: {CUR999: error, CUR017: 'off'}",
        "suppressions:",
        "- {rule: CUR900, path: '**', reason: x}",
    )
    found = about_config(report)
    assert [one.code for one in found] == ["CUR020", "CUR020"]
    assert "there is no rule CUR999" in found[0].message
    assert "`curator rule` lists them" in found[0].hint


def test_some_files_or_rules_say_nothing_of_the_exceptions_for_others(tree: Path) -> None:
    lines = ("suppressions:", "- {rule: CUR302, path: '**', reason: idle}")
    assert about_config(examine(tree, *lines, paths=["ExampleCam"])) == []
    assert about_config(examine(tree, select=["CUR301"])) == []
    assert [one.code for one in about_config(examine(tree))] == ["CUR017"]


def test_a_suppression_of_a_rule_about_changes_is_not_idle(tree: Path) -> None:
    from curator.checks.model.rule import all_rules

    changes = [one.code for one in all_rules() if one.scope == "change"]
    entries = [f"- {{rule: {code}, path: '**', reason: meant}}" for code in changes]
    assert about_config(examine(tree, "suppressions:", *entries)) == []


def test_rules_about_the_configuration_have_severities_too(tree: Path) -> None:
    lines = ("suppressions:", "- {rule: CUR302, path: '**', reason: idle}", "severities: {CUR017: error}")
    assert [one.severity for one in about_config(examine(tree, *lines))] == ["error"]
