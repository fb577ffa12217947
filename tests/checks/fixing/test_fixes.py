"""What rules offer to set right: every fix mends its finding, and changes nothing that it need not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over

from curator.checks.fixing.apply_fixes import TextEdit, apply_fix, edits_of
from curator.checks.model.finding import Finding
from curator.checks.model.rule import Rule, all_rules
from curator.checks.model.rule_examples import Example, parse_text

# A keyword and the value that a hint says to give it.
HINT = re.compile(r"(?:write|quote it:|without quotes:) ([A-Z][A-Z_0-9]+): ('[^']*'|[^\s;,]+)")
EXAMPLES = [
    (one, example, number)
    for one in all_rules()
    for number, example in enumerate(parse_text(one.text).examples)
    if one.scope in ("file", "read")
    and example.kind == "Bad"
    and not any(line.startswith(("unmerged:", "link:", "size:", "bug:")) for line in example.lines)
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
def test_a_fix_or_a_hint_mends_its_finding_for_good_and_leads_to_no_other(
    rule: Rule, example: Example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / "tree")
    if rule.code != "CUR317":  # examples of curves are short
        with (tree / "curator.yaml").open("a") as config:
            config.write("limits: {ExampleCam: {curve_samples: 2}}\n")
    before = check_tree(tree).findings
    finding = next(one for one in before if one.code == rule.code)
    file = tree / finding.path
    raw = file.read_bytes()
    allowed = {one.code for one in before} - {rule.code}
    if HINT.search(finding.hint):
        text = with_hint(raw.decode(), finding)
        assert text is not None
        file.write_text(text)
        assert {one.code for one in check_tree(tree).findings} <= allowed
    if finding.fix is None:
        return
    data = apply_fix(finding.path, raw, finding.fix)
    assert data != raw
    assert laid(raw.decode(), edits_of(finding.path, raw, finding.fix)).encode() == data
    file.write_bytes(data)
    assert {one.code for one in check_tree(tree).findings} <= allowed
    if {one.kind for one in finding.fix.edits} <= {"set", "whole"}:
        assert apply_fix(finding.path, data, finding.fix) == data


def with_hint(text: str, finding: Finding) -> str | None:
    """Do what a hint says, where it gives a keyword and its value; `None` where it gives none."""
    said = HINT.search(finding.hint)
    if said is None:
        return None
    key, value = said.groups()
    table = text.startswith("# %ECSV")
    written = f"# - {{{key}: {value}}}" if table else f"  {key}: {value}"
    lines = text.split("\n")
    old = re.compile(rf"# - \{{?['\"]?{key}\b.*" if table else rf"  {key}:.*")
    at = next((number for number, line in enumerate(lines) if old.fullmatch(line)), None)
    if at is not None:
        lines[at] = written
    else:
        lines.insert(lines.index("# meta: !!omap" if table else "metadata:") + 1, written)
    return "\n".join(lines)


VALUES = (
    "010",
    "00",
    "0",
    "'0'",
    "10:0",
    "1_0",
    "0x0",
    "0.0",
    "off",
    "yes",
    "2020-01-01",
    "1e3",
    "~",
    ".inf",
)
KEYWORDS = (
    *("DETECTOR", "SOURCE", "VERSION", "DET_SER", "OBSERVER", "OVERRIDE", "DATE"),
    "CALIB_CREATION_DATE",
    "CALIB_CREATION_TIME",
)


# What is said of a value, and not of how it is written: it contradicts other keywords.
CONTRADICTED = {"CUR111", "CUR216"}


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_no_hint_about_the_kind_of_a_value_leads_to_another_about_it(
    keyword: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(
        Example("Bad", "", (f"# - {{{keyword}: VALUE}}",)), "defects", templates, tmp_path / "tree"
    )
    (path,) = (one for one in tree.rglob("*.ecsv"))
    template = path.read_text()
    for value in VALUES:
        text = template.replace("VALUE", value)
        path.write_text(text)
        before = check_tree(tree).findings
        for finding in before:
            new = with_hint(text, finding)
            if finding.code in ("CUR103", "CUR119") and new is not None:
                path.write_text(new)
                allowed = {one.code for one in before} - {finding.code} | CONTRADICTED
                assert {one.code for one in check_tree(tree).findings} <= allowed, finding


@pytest.mark.parametrize("severity", ["warning", "info", "'off'"])
def test_what_is_less_than_an_error_silences_no_error(
    severity: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    """Every mistake in a header is an error of the same rules, whatever the others are set to."""
    for number, line in enumerate(("DETECTOR: 010", "DETECTOR: 10:0", "FILTER: r_01", "INSTRUME: OtherCam")):
        tree = lay_over(
            Example("Bad", "", (f"# - {{{line}}}",)), "defects", templates, tmp_path / str(number)
        )
        errors = {one.code for one in check_tree(tree).findings if one.severity == "error"}
        assert errors
        config = (tree / "curator.yaml").read_text()
        for other in ("CUR008", "CUR103", "CUR118", "CUR119"):
            (tree / "curator.yaml").write_text(f"{config}\nseverities: {{{other}: {severity}}}\n")
            assert {one.code for one in check_tree(tree).findings if one.severity == "error"} == errors


def test_the_page_of_a_rule_says_that_curator_fix_mends_it(
    templates: dict[str, Path], tmp_path: Path
) -> None:
    for number, (rule, example, _) in enumerate(EXAMPLES):
        tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / str(number))
        if any(one.fix is not None for one in check_tree(tree).findings if one.code == rule.code):
            assert "`curator fix`" in parse_text(rule.text).explanation, rule.code


def test_the_fixes_that_exist_are_these(templates: dict[str, Path], tmp_path: Path) -> None:
    fixable: set[str] = set()
    for number, (rule, example, _) in enumerate(EXAMPLES):
        tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / str(number))
        fixable |= {one.code for one in check_tree(tree).findings if one.fix is not None}
    assert " ".join(sorted(fixable)) == (
        "CUR005 CUR006 CUR007 CUR009 CUR026 CUR101 CUR102 CUR103 CUR104 CUR106 CUR108 CUR109 CUR110 CUR113"
        " CUR117 CUR118 CUR121 CUR122 CUR123 CUR124 CUR132"
    )
