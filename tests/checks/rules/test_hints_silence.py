"""Whoever does what a hint says hears no more of the finding."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over

from curator.checks.fixing.apply_fixes import mend
from curator.checks.model.finding import Finding
from curator.checks.model.rule import Rule, all_rules
from curator.checks.model.rule_examples import Example, parse_text
from curator.checks.policy.baseline import key_of

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, example in enumerate(parse_text(rule.text).examples)
    if rule.scope != "change"
    and example.kind == "Bad"
    and not any(line.startswith(("unmerged:", "bug:")) for line in example.lines)
]


def fix(root: Path, finding: Finding, _found: re.Match[str]) -> None:
    """Do what `curator fix` does."""
    assert finding.fix is not None, f"{finding.code} speaks of `curator fix` and has none"
    file = root / finding.path
    if finding.fix.moves_to:
        file.rename(root / finding.fix.moves_to)
    else:
        mended = mend(finding.path, file.read_bytes(), [finding])
        assert not mended.refused
        file.write_bytes(mended.raw)


def write_keyword(root: Path, finding: Finding, found: re.Match[str]) -> None:
    """Give a header keyword its value, in its line or in a new one at the end of the header."""
    file = root / finding.path
    assert file.suffix == ".ecsv"
    entry = f"# - {{{found[1]}: {found[2]}}}"
    lines = file.read_text().split("\n")
    at = [number for number, line in enumerate(lines) if re.match(rf"# - \{{'?{found[1]}'?:", line, re.I)]
    if at:
        lines[at[0]] = entry
    else:
        lines.insert(next(n for n, line in enumerate(lines) if line.startswith("# schema:")), entry)
    file.write_text("\n".join(lines))


def quote_entry(root: Path, finding: Finding, found: re.Match[str]) -> None:
    """Put the quoted text in place of what is marked."""
    lines = (root / finding.path).read_text().split("\n")
    lines[finding.line - 1] = re.sub(r"\[.*\]", f"[{found[1]}]", lines[finding.line - 1])
    (root / finding.path).write_text("\n".join(lines))


def suppress(root: Path, finding: Finding, _found: re.Match[str]) -> None:
    with (root / "curator.yaml").open("a") as config:
        config.write(
            f"suppressions:\n- {{rule: {finding.code}, path: '{finding.path}', reason: it is right}}\n"
        )


def set_limit(root: Path, _finding: Finding, found: re.Match[str]) -> None:
    config = root / "curator.yaml"
    limits = ", ".join(f"{name}: 1000" for name in re.findall(r"\w+_\w+", found[1]))
    config.write_text(
        re.sub(r"(?m)^limits:.*\n", "", config.read_text()) + f"limits: {{ExampleCam: {{{limits}}}}}\n"
    )


def remove_line(root: Path, finding: Finding, _found: re.Match[str]) -> None:
    lines = (root / finding.path).read_text().split("\n")
    del lines[finding.line - 1]
    (root / finding.path).write_text("\n".join(lines))


def rename(root: Path, finding: Finding, found: re.Match[str]) -> None:
    file = root / finding.path
    if finding.code == "CUR213":
        folder = next(one for one in file.parents if one.name.lower() == found[1] and one.name != found[1])
        for each in folder.iterdir():
            shutil.move(each, folder.with_name(found[1]) / each.name)
        folder.rmdir()
    else:
        file.rename(file.with_name(found[2] + file.suffix))


def remove_file(root: Path, finding: Finding, _found: re.Match[str]) -> None:
    (root / finding.path).unlink()


def add_file(root: Path, finding: Finding, found: re.Match[str]) -> None:
    file = root / finding.path
    example = next((root / "ExampleCam").rglob("*.inputs.yml"))
    shutil.copy(example, file.with_name(found[1]))


def set_limits(root: Path, _finding: Finding, found: re.Match[str]) -> None:
    with (root / "curator.yaml").open("a") as file:
        file.write(f"limits: {found[1]}\n")


Remedy = Callable[[Path, Finding, "re.Match[str]"], None]
REMEDIES: list[tuple[str, Remedy]] = [
    (r"`curator fix`", fix),
    (r"suppress this in curator\.yaml", suppress),
    (r"\bset ((?:\w+_\w+)(?: or \w+_\w+)*) for this camera", set_limit),
    (r"\bset `limits: (\{.*\})` in curator\.yaml", set_limits),
    (
        r"^(?:write|without quotes:|(?:if text is meant, )?quote it:) ([A-Z_]+): ([^,]+)(?:,.*)?$",
        write_keyword,
    ),
    (r"^quote it: ('.*')$", quote_entry),
    (r"^(?:remove it|remove the line\b.*|remove one of the two rows|leave the keyword out.*)$", remove_line),
    (r"or remove the keyword if it is optional", remove_line),
    (r"rename it with `git mv` to (\w+)$|: name it (\w+)$", rename),
    (r"^add (\S+\.inputs\.yml)$", add_file),
    (r"^give it the name of its calibration, or remove it", remove_file),
    (r"^keep one of them; `git log", remove_file),
]
# Rules with an example whose hint is not tried, and why.
NOT_TRIED = {
    "the hint gives a value, and the place of it only to who reads the message": (
        "CUR118 CUR125 CUR127 CUR130 CUR132 CUR201 CUR202 CUR203 CUR204 CUR205 CUR206 CUR212 CUR301 "
        "CUR302 CUR321 CUR322 CUR326 CUR328 CUR336 CUR338 CUR345 CUR370 CUR390 CUR391 CUR401 CUR403 "
    ),
    "another command, an editor or a newer curator does it": (
        "CUR003 CUR004 CUR019 CUR024 CUR025 CUR114 CUR115 CUR129 CUR416 CUR417 CUR418 "
    ),
    "a person has to find out what is right": (
        "CUR010 CUR011 CUR012 CUR014 CUR018 CUR020 CUR022 CUR105 CUR107 CUR111 CUR112 CUR116 CUR126 "
        "CUR128 CUR207 CUR208 CUR209 CUR210 CUR211 CUR214 CUR216 CUR217 CUR300 CUR304 CUR306 CUR310 "
        "CUR311 CUR312 CUR314 CUR315 CUR316 CUR318 CUR319 CUR324 CUR325 CUR327 CUR330 CUR331 CUR332 "
        "CUR334 CUR335 CUR337 CUR339 CUR340 CUR343 CUR344 CUR346 CUR347 CUR350 CUR354 CUR356 CUR360 "
        "CUR361 CUR362 CUR363 CUR364 CUR365 CUR371 CUR380 CUR381 CUR382 CUR402 CUR404 CUR405 CUR406 "
        "CUR407 CUR409 CUR411 CUR413 CUR414 CUR415 "
    ),
}
LEFT_OUT = {code for codes in NOT_TRIED.values() for code in codes.split()}


def remedy_for(finding: Finding) -> tuple[Remedy, re.Match[str]] | None:
    for pattern, remedy in REMEDIES:
        if found := re.search(pattern, finding.hint):
            return remedy, found
    always = re.search("", finding.hint)
    return (fix, always) if finding.fix is not None and always else None


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_who_does_what_a_hint_says_hears_no_more_of_it(
    rule: Rule, example: Example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / "tree")
    whole = rule.scope == "policy"
    before = [one for one in check_tree(tree, whole=whole).findings if one.code == rule.code]
    found = remedy_for(before[0])
    if found is None:
        assert not before[0].hint or rule.code in LEFT_OUT, before[0].hint
        return
    remedy, match = found
    remedy(tree, before[0], match)
    after = Counter(key_of(one) for one in check_tree(tree, whole=whole).findings)
    known = Counter(map(key_of, before))
    assert after[key_of(before[0])] < known[key_of(before[0])], before[0].hint


def test_rules_that_are_left_out_are_there_and_left_out_for_one_reason() -> None:
    assert {rule.code for rule in all_rules()} >= LEFT_OUT
    assert len(LEFT_OUT) == sum(len(codes.split()) for codes in NOT_TRIED.values())
