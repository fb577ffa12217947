"""Every example of every rule does what its page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.overlay import change_as, check_tree, lay_over

from curator.checks.model.rule import Rule, all_rules
from curator.checks.model.rule_examples import Example, parse_text
from curator.checks.run.check_change import check_change
from curator.checks.run.engine import check
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

RULES = all_rules()
EXAMPLES = [
    (one, example, number)
    for one in RULES
    for number, example in enumerate(parse_text(one.text).examples)
    if one.scope != "change" and not any(line.startswith(("unmerged:", "bug:")) for line in example.lines)
]
CHANGES = [
    (one, example, number)
    for one in RULES
    if one.scope == "change"
    for number, example in enumerate(parse_text(one.text).examples)
]


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.code}-{example.kind}-{number}")
        for rule, example, number in EXAMPLES
    ],
)
def test_a_bad_example_is_found_by_its_rule_alone_and_a_good_one_by_none(
    rule: Rule, example: Example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / "tree")
    if rule.code != "CUR317":  # examples of curves are short
        with (tree / "curator.yaml").open("a") as config:
            config.write("limits: {ExampleCam: {curve_samples: 2}}\n")
    report = check_tree(tree, whole=rule.scope == "policy")
    found = [finding.code for finding in report.findings]
    assert found == ([rule.code] if example.kind == "Bad" else []), report.findings


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.code}-{example.kind}-{number}")
        for rule, example, number in CHANGES
    ],
)
def test_a_bad_change_is_found_by_its_rule_and_a_good_one_by_none(
    rule: Rule, example: Example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = change_as(example, templates, tmp_path / "tree")
    report = check_change(Repository.find(tree), "HEAD~1")
    # An example edits a file, and few of them say when: a note of that is no matter here.
    found = [one.code for one in report.findings if one.code == rule.code or one.severity != "info"]
    of_others = {"CUR317", "CUR318"}  # examples of curves are short
    assert [code for code in found if code not in of_others] == [rule.code] * (example.kind == "Bad"), (
        report.findings
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.code)
def test_every_rule_explains_itself_with_a_bad_example(rule: Rule) -> None:
    text = parse_text(rule.text)
    assert text.explanation
    assert any(example.kind == "Bad" for example in text.examples)
    assert rule.name == rule.name.rstrip(".")
    assert len(rule.name) <= 48


def test_codes_are_in_the_family_of_their_scope() -> None:
    hundreds = {
        "read": {"0"},
        "path": {"2"},
        "tree": {"0", "2"},
        "file": {"0", "1", "2", "3"},
        "set": {"4"},
        "policy": {"0"},
        "change": {"5"},
    }
    wrong = [
        f"{one.code} has scope {one.scope!r}"
        for one in RULES
        if one.code[3] not in hundreds.get(one.scope, set())
    ]
    assert not wrong


def test_rules_are_in_the_folder_of_their_family() -> None:
    folders = ("file", "header", "layout", "content", "cross_file", "change")
    family = dict(zip("012345", folders, strict=True))
    assert {(family.get(one.code[3], "no folder"), one.code) for one in RULES} == {
        (one.function.__module__.split(".")[3], one.code) for one in RULES
    }


@pytest.mark.parametrize("profile", ["dmtn148", "obs_base"])
def test_nothing_is_found_in_a_new_repository(profile: str, templates: dict[str, Path]) -> None:
    snapshot = Repository.find(templates[profile]).worktree()
    report = check(snapshot, load_config(snapshot))
    assert report.findings == ()
    assert report.checked == 14
