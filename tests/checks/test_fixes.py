"""What rules offer to set right: every fix mends its finding, and changes nothing that it need not."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over

from curator.checks.examples import Example, parse_text
from curator.checks.mend import TextEdit, apply_fix, edits_of
from curator.checks.rule import Rule, all_rules

EXAMPLES = [
    (one, example, number)
    for one in all_rules()
    for number, example in enumerate(parse_text(one.text).examples)
    if one.scope in ("file", "read")
    and example.kind == "Bad"
    and not any(line.startswith(("unmerged:", "link:", "size:")) for line in example.lines)
]


def laid(text: str, apply: list[TextEdit]) -> str:
    """Apply edits as an editor does."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for one in reversed(apply):
        begin = starts[one.line - 1] + one.column - 1
        end = starts[one.end_line - 1] + one.end_column - 1
        assert begin <= end <= len(text)
        text = text[:begin] + one.text + text[end:]
    return text


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, example, id=f"{rule.code}-{number}") for rule, example, number in EXAMPLES],
)
def test_a_fix_mends_its_finding_for_good_and_editors_do_the_same(
    rule: Rule, example: Example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(example, (*rule.types, "defects")[0], templates, tmp_path / "tree")
    if rule.code != "CUR317":  # examples of curves are short
        with (tree / "curator.yaml").open("a") as config:
            config.write("limits: {ExampleCam: {curve_samples: 2}}\n")
    finding = next(one for one in check_tree(tree).findings if one.code == rule.code)
    if finding.fix is None:
        return
    file = tree / finding.path
    raw = file.read_bytes()
    data = apply_fix(finding.path, raw, finding.fix)
    assert data != raw
    assert laid(raw.decode(), edits_of(finding.path, raw, finding.fix)).encode() == data
    file.write_bytes(data)
    assert [one for one in check_tree(tree).findings if one.code == rule.code] == []
    if {one.kind for one in finding.fix.edits} <= {"set", "whole"}:
        assert apply_fix(finding.path, data, finding.fix) == data


def test_the_page_of_a_rule_says_that_curator_fix_mends_it(
    templates: dict[str, Path], tmp_path: Path
) -> None:
    for number, (rule, example, _) in enumerate(EXAMPLES):
        tree = lay_over(example, (*rule.types, "defects")[0], templates, tmp_path / str(number))
        if any(one.fix is not None for one in check_tree(tree).findings if one.code == rule.code):
            assert "`curator fix`" in parse_text(rule.text).explanation, rule.code


def test_the_fixes_that_exist_are_these(templates: dict[str, Path], tmp_path: Path) -> None:
    fixable: set[str] = set()
    for number, (rule, example, _) in enumerate(EXAMPLES):
        tree = lay_over(example, (*rule.types, "defects")[0], templates, tmp_path / str(number))
        fixable |= {one.code for one in check_tree(tree).findings if one.fix is not None}
    assert " ".join(sorted(fixable)) == (
        "CUR005 CUR006 CUR007 CUR009 CUR101 CUR102 CUR103 CUR104 CUR106 CUR108 CUR109 CUR110 CUR113 CUR117"
        " CUR118"
        " CUR121 CUR122 CUR123 CUR124"
    )
