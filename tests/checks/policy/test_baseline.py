"""Findings that were there before are known again, whatever happens around them."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from checks.overlay import check_tree, lay_over
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.checks.model.context import Context
from curator.checks.model.finding import Finding
from curator.checks.model.report import Report
from curator.checks.model.rule import all_rules
from curator.checks.model.rule_examples import parse_text
from curator.checks.policy.baseline import (
    HEADER,
    Baseline,
    Key,
    Recorded,
    as_word,
    former_key_of,
    from_word,
    key_of,
    load_baseline,
    read_baseline,
    without_numbers,
)
from curator.checks.policy.policy import Policy
from curator.checks.run.engine import check
from curator.errors import CuratorError, FormatError, RepositoryError
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository
from curator.repository.snapshots.worktree import WorkTree

LINE = "a/b.ecsv CUR301 0123456789ab"
# Rules about one file whose bad example stands in an ECSV table.
RULES = [one for one in all_rules() if one.scope == "file"]
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(parse_text(rule.text).examples)
    if example.kind == "Bad" and not any(line.startswith(("file:", "size:")) for line in example.lines)
]
ALL_EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, example in enumerate(parse_text(rule.text).examples)
    if rule.scope not in ("change", "policy")
    and example.kind == "Bad"
    and not any(line.startswith(("unmerged:", "bug:")) for line in example.lines)
]


def keys(report: Report) -> Counter[Key]:
    return Counter(key_of(one) for one in report.findings if one.severity != "info")


def reword(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every rule word its messages and topics otherwise, from now on."""
    say = Context.finding

    def reworded(self: Context, place: Any, message: str, **details: Any) -> Finding:
        if topic := details.get("topic"):
            details["topic"] = f"otherwise: {topic[::-1]}"
        return say(self, place, f"otherwise: {message[::-1]}", **details)

    monkeypatch.setattr(Context, "finding", reworded)


def surround(text: str, suffix: str) -> str | None:
    """Put comments and a keyword around what a file says; `None` where it has no place for them."""
    lines = text.split("\n")
    if suffix == ".yaml":
        return "\n".join(["# a comment", "# and another", *lines])
    meta = next((number for number, line in enumerate(lines) if line.startswith("# meta:")), 0)
    if not lines[0].startswith("# %ECSV") or not meta or not lines[meta].endswith("!!omap"):
        return None
    body = next(number for number, line in enumerate(lines) if number > meta and not line.startswith("#"))
    return "\n".join(
        [
            *lines[: meta + 1],
            "# - {SOMETHING: unrelated}",
            *lines[meta + 1 : body + 1],
            "# a comment among the rows",
            *lines[body + 1 :],
        ]
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_finding_of_every_rule_is_known_when_its_line_moved(
    rule, example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / "tree")
    before = check_tree(tree)
    moved = 0
    for path in {one.path for one in before.findings}:
        file = tree / path
        if file.is_file() and not file.is_symlink():
            try:
                changed = surround(file.read_bytes().decode(), file.suffix)
            except UnicodeDecodeError:
                continue
            if changed is not None:
                file.write_bytes(changed.encode())
                moved += 1
    after = check_tree(tree)
    assert keys(before) - keys(after) == Counter(), [one.message for one in after.findings]


@pytest.mark.parametrize(("rule", "example"), ALL_EXAMPLES)
def test_a_finding_of_every_rule_is_known_when_its_message_is_reworded(
    rule, example, templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / "tree")
    before = check_tree(tree)
    reword(monkeypatch)
    after = check_tree(tree)
    assert keys(after) == keys(before)
    shared = [(one.message, other.message) for one in before.findings for other in after.findings]
    assert all(one != other for one, other in shared)


@pytest.mark.parametrize(("rule", "example"), ALL_EXAMPLES)
def test_findings_that_differed_by_their_words_differ_without_them(
    rule, example, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(example, (*rule.dataset_types, "defects")[0], templates, tmp_path / "tree")
    findings = check_tree(tree).findings
    assert len(set(map(key_of, findings))) >= len(set(map(former_key_of, findings)))


@settings(max_examples=25)
@given(wrong=st.lists(st.tuples(st.sampled_from("xywh"), st.integers(1, 3)), min_size=1, max_size=8))
def test_different_findings_of_a_file_keep_their_counts(
    wrong: list[tuple[str, int]], templates: dict[str, Path]
) -> None:
    tree = templates["dmtn148"].parent / "counts"
    shutil.rmtree(tree, ignore_errors=True)
    path = "ExampleCam/defects/s00/20200101T000000.ecsv"
    for name in ("curator.yaml", path, "ExampleCam/camera/20200101T000000.yaml"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(templates["dmtn148"] / name, tree / name)
    rows = {
        "x": "5000 {} 1 1",
        "y": "{} 6000 1 1",
        "w": "{} 17 -1 1",
        "h": "40 {} 1 0",
    }
    with (tree / path).open("a") as stream:
        stream.writelines(rows[column].format(number) + "\n" for column, number in wrong)
    report = check_tree(tree)
    found = keys(report)
    expected = Counter(rows[column].format(number) for column, number in wrong)
    for code in ("CUR301", "CUR302"):
        sources = Counter(one.source for one in report.findings if one.code == code)
        assert sorted(count for key, count in found.items() if key.rule == code) == sorted(sources.values())
    # Of many boxes beyond one edge the first stands for all.
    alone = {row for row in expected if not row.startswith("5000 ") and " 6000 " not in row}
    assert {one.source for one in report.findings} >= alone
    baseline = Baseline("known", {key: Recorded(count, 1, "") for key, count in found.items()})
    policy = Policy(load_config(WorkTree(str(tree))), baseline=baseline)
    assert policy.apply(one for one in report.findings if one.severity != "info")[0] == []
    assert policy.gone() == {}


@settings(max_examples=25)
@given(
    good=st.lists(st.integers(0, 4000), min_size=0, max_size=6, unique=True),
    places=st.lists(st.integers(0, 30), min_size=6, max_size=6),
    copies=st.integers(1, 3),
)
def test_rows_that_come_and_go_leave_the_others_known(
    good: list[int], places: list[int], copies: int, templates: dict[str, Path]
) -> None:
    tree = templates["dmtn148"].parent / "rows"
    shutil.rmtree(tree, ignore_errors=True)
    path = "ExampleCam/defects/s00/20200101T000000.ecsv"
    for name in ("curator.yaml", path, "ExampleCam/camera/20200101T000000.yaml"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(templates["dmtn148"] / name, tree / name)
    file = tree / path
    lines = file.read_text().split("\n")
    head = [line for line in lines if line.startswith("#")]
    others = [f"{number * 9} 2000 1 1" for number in range(20)]
    bad = ["4090 17 12 3", *["4091 30 70 3"] * copies, "5000 1 1 1"]
    file.write_text("\n".join([*head, "x0 y0 width height", *others, *bad, ""]))
    before = check_tree(tree)
    rows = [*others, *bad]
    for row, place in zip(good, places, strict=False):
        rows.insert(min(place, len(rows)), f"{row} 3000 1 1")
    file.write_text("\n".join([*head, "x0 y0 width height", *rows, ""]))
    assert keys(before)
    assert keys(check_tree(tree)) >= keys(before)


def test_names_count_and_numbers_do_not() -> None:
    assert without_numbers("x0 + width = 4102, but R22_S11 is 4096 pixels wide") == (
        "x0 + width = #, but R22_S11 is # pixels wide"
    )
    assert without_numbers("the box stands in line 12 already") == without_numbers(
        "the box stands in line 1,234 already"
    )
    assert without_numbers("no detector '1_04', no filter g_01") == "no detector '1_04', no filter g_01"
    assert without_numbers("1.5e-3 nm") == "# nm"


def finding(path: str = "a/b.ecsv", **changes: object) -> Finding:
    facts = {"code": "CUR301", "severity": "error", "path": path, "line": 41, "column": 9}
    said = {"message": "x0 = 5 is wrong", "topic": "x0 is wrong", "source": "5 17 12 3", "end": 10}
    return Finding(**{**facts, **said, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "CUR302"},
        {"path": "a/c.ecsv"},
        {"source": "6 17 12 3"},
        {"subject": "y0"},
    ],
)
def test_another_rule_file_line_or_mistake_is_another_finding(changes: dict[str, object]) -> None:
    assert key_of(finding(**changes)) != key_of(finding())
    assert key_of(finding(line=7, column=1, source="5  17 12 3 ", hint="x")) == key_of(finding())
    assert key_of(finding(topic="y0 is wrong", message="y0 = 6 is wrong")) == key_of(finding())
    assert former_key_of(finding(topic="y0 is wrong")) != former_key_of(finding())


def test_of_more_findings_than_are_recorded_the_last_are_new(templates: dict[str, Path]) -> None:
    config = load_config(WorkTree(str(templates["dmtn148"])))
    policy = Policy(config, baseline=Baseline("known", {key_of(finding()): Recorded(2, 2, "")}))
    found = [finding(line=line) for line in (9, 3, 5)]
    kept, _ = policy.apply([*found, finding(severity="info", line=1)])
    assert [(one.severity, one.line) for one in kept] == [("info", 1), ("error", 9)]
    assert policy.baselined == 2
    assert policy.gone() == {}


def test_a_renamed_file_keeps_what_is_recorded_of_it() -> None:
    baseline = read_baseline("known", f"{HEADER}\n{LINE} x2\n".encode())
    moved = baseline.following({"a/new.ecsv": "a/b.ecsv"})
    assert moved.entries[Key("a/new.ecsv", "CUR301", "0123456789ab")].times == 2
    assert not any(key.path == "a/b.ecsv" for key in moved.entries), "another file may be there now"


def test_files_that_take_each_others_place_keep_what_is_recorded_of_them() -> None:
    other = Key("a/c.ecsv", "CUR302", "0123456789ab")
    baseline = read_baseline("known", f"{HEADER}\n{LINE}\na/c.ecsv CUR302 0123456789ab\n".encode())
    swapped = baseline.following({"a/b.ecsv": "a/c.ecsv", "a/c.ecsv": "a/b.ecsv"})
    assert set(swapped.entries) == {
        Key("a/c.ecsv", "CUR301", "0123456789ab"),
        other._replace(path="a/b.ecsv"),
    }


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_every_path_is_one_word(path: str) -> None:
    word = as_word(path)
    assert from_word(word) == path
    assert word.isprintable()
    assert not set(word) & {" ", "#"}


def test_a_path_that_is_no_text_survives() -> None:
    assert from_word(as_word("a/\udcff b#%20.ecsv")) == "a/\udcff b#%20.ecsv"


def test_of_equal_lines_that_a_merge_left_the_larger_count_holds() -> None:
    found = read_baseline("known", f"{HEADER}\n\n{LINE}\n# x\n{LINE} x3  # text\n{LINE} x2\r\n".encode())
    assert len(found) == 3


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "not a baseline"),
        ("a: b\n", 1, "not a baseline"),
        ("# curator baseline 3\n", 1, "newer version of curator"),
        (f"{HEADER}\n<<<<<<< HEAD\n{LINE}\n", 2, "in conflict"),
        (f"{HEADER}\n{LINE}\n=======\n{LINE}\n>>>>>>> x\n", 3, "in conflict"),
        (f"<<<<<<< HEAD\n{HEADER}\n", 1, "in conflict"),
        (f"{HEADER}\n{LINE}\nnonsense\n", 3, "not a record"),
        (f"{HEADER}\na CUR30x 0123456789ab\n", 2, "not a record"),
        (f"{HEADER}\na CUR301 0123456789a\n", 2, "not a record"),
        (f"{HEADER}\n{LINE} x0\n", 2, "not a record"),
        (f"{HEADER}\n{LINE} x99999999999\n", 2, "not a record"),
        (f"{HEADER}\n{LINE} 3\n", 2, "not a record"),
        (f"{HEADER}\n{LINE} x²\n", 2, "not a record"),
        (f"{HEADER}\n\xff", 2, "not UTF-8"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    raw = text.encode() if "²" in text else text.encode("latin-1")
    with pytest.raises(RepositoryError, match=said) as caught:
        read_baseline("known.txt", raw)
    assert (caught.value.path, caught.value.line) == ("known.txt", line)


@given(st.binary(max_size=200))
def test_no_bytes_are_believed(raw: bytes) -> None:
    garbage = b"\x00" + raw.replace(b"\n", b" ")
    with pytest.raises(RepositoryError) as caught:
        read_baseline("known.txt", HEADER.encode() + b"\n" + garbage)
    assert caught.value.line == 2


def declare(root: Path, line: str) -> WorkTree:
    with (root / "curator.yaml").open("a") as config:
        config.write(line + "\n")
    return Repository.find(root).worktree()


@pytest.fixture
def tree(templates: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(templates["dmtn148"], tmp_path / "tree"))


def test_a_baseline_that_is_not_there_is_an_error_of_the_configuration(tree: Path) -> None:
    snapshot = declare(tree, "baseline: known.txt")
    with pytest.raises(RepositoryError, match=r"no baseline known\.txt in the working tree") as caught:
        load_baseline(snapshot, load_config(snapshot))
    assert caught.value.line == len((tree / "curator.yaml").read_text().splitlines())
    assert "curator baseline write" in caught.value.hint


@pytest.mark.parametrize(
    "path",
    ["../known", "/etc/passwd", ".git/config", "a/../../b", "./a", "a//b", "a\\b", "a/.GIT/b", "a/"],
)
def test_a_baseline_stays_in_the_repository(path: str, tree: Path) -> None:
    with pytest.raises(CuratorError) as caught:
        load_config(declare(tree, f"baseline: {path!r}"))
    assert caught.value.line > 1


@pytest.mark.parametrize("path", ["curator.yaml", "ExampleCam/defects/s00/20200101T000000.ecsv"])
def test_a_baseline_is_no_other_file(path: str, tree: Path) -> None:
    with pytest.raises(RepositoryError, match="another kind"):
        load_config(declare(tree, f"baseline: {path}"))


def test_a_baseline_behind_a_link_is_not_read(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(f"{HEADER}\n")
    (tree / "known.txt").symlink_to(tmp_path / "elsewhere")
    snapshot = declare(tree, "baseline: known.txt")
    with pytest.raises(FormatError) as caught:
        load_baseline(snapshot, load_config(snapshot))
    assert caught.value.code == "CUR013"


def test_what_real_repositories_hold_is_known_when_lines_move(
    adopted_repository: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    from curator.cli.main import main

    root = adopted_repository("obs_lsst_data")
    assert main(["-C", str(root), "baseline", "write"]) == 0
    for file in root.rglob("*.ecsv"):
        changed = surround(file.read_text(), ".ecsv")
        if changed is not None:
            file.write_text(changed)
    capsys.readouterr()
    assert main(["-C", str(root), "check", "--strict"]) == 0, capsys.readouterr().out
    assert "in the baseline" in capsys.readouterr().out


@pytest.mark.parametrize("profile", ["obs_base", "dmtn148"])
def test_what_a_real_repository_holds_is_known_when_messages_are_reworded(
    profile: str, adopted_repository: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = Repository.find(adopted_repository("obs_lsst_data")).worktree()
    config = replace(load_config(snapshot), profile=profile)
    before = keys(check(snapshot, config))
    reword(monkeypatch)
    assert before.total() > 9
    assert keys(check(snapshot, config)) == before
