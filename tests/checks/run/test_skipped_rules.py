"""What rules could not judge is said in the summary, and a rule that needs it says so itself."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over
from examples import EXAMPLE_FILES
from repository.made import Made

from curator.checks.model.report import Report
from curator.checks.model.rule import all_rules
from curator.checks.model.rule_examples import parse_text
from curator.checks.renderers import FORMATS, renderer
from curator.checks.run.check_change import check_change
from curator.cli.main import main

CAMERA = "ExampleCam/camera/20200101T000000.yaml"
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SIZES = re.compile(r", width: \d+, height: \d+")
AMPLIFIERS = re.compile(r", amplifiers: \[[^\]]*\]")
WITHOUT = {"size": SIZES, "amplifiers": AMPLIFIERS}
TEXTS = {"size": "size", "amplifiers": "names of amplifiers"}


@pytest.fixture
def made(templates: dict[str, Path], tmp_path: Path) -> Made:
    shutil.copytree(templates["dmtn148"], tmp_path / "r", ignore=shutil.ignore_patterns(".git"))
    made = Made.at(tmp_path / "r")
    made.commit("Begin the repository with its template")
    return made


def forget(root: Path, *what: str) -> None:
    file = next((root / "ExampleCam/camera").iterdir())
    text = file.read_text()
    for one in what:
        assert WITHOUT[one].search(text)
        text = WITHOUT[one].sub("", text)
    file.write_text(text)


EXAMPLES = [
    (one, example)
    for one in all_rules()
    if one.scope == "file"
    and {"defects", "linearizer", "qe_curve", "crosstalk", "bfk"} & {*one.dataset_types}
    for example in parse_text(one.text).examples
    if example.kind == "Bad"
]


def test_a_rule_that_stays_silent_without_a_size_or_amplifiers_says_that_it_needs_them(
    templates: dict[str, Path], tmp_path: Path
) -> None:
    """Each bad example of a content rule, below a camera that does not say the one or the other."""
    silent: dict[str, set[str]] = {need: set() for need in WITHOUT}
    for number, (rule, example) in enumerate(EXAMPLES):
        tree = lay_over(example, rule.dataset_types[0], templates, tmp_path / str(number))
        camera = next((tree / "ExampleCam/camera").iterdir())
        text = camera.read_text()
        for need in WITHOUT:
            camera.write_text(text)
            forget(tree, need)
            report = check_tree(tree)
            if rule.code not in [one.code for one in report.findings]:
                silent[need].add(rule.code)
                # What is not judged is said with its code.
                assert any(TEXTS[need] in one and rule.code in one for one in report.asides), rule.code
    for need, codes in silent.items():
        assert codes <= {one.code for one in all_rules() if one.requires == need}
        assert codes


def test_every_check_says_what_it_did_not_judge(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    forget(made.root, "size")
    made.commit("Forget how large the sensors are")
    sizes = (
        "1 detector without size (S00): CUR301, CUR307, CUR331 not applied (add `size` to the camera file)"
    )
    for words in (
        [],
        [],
        ["--no-cache"],
        ["--staged"],
        ["--rev", "HEAD"],
    ):  # the second is kept from the first
        assert main(["-C", str(made.root), "check", *words]) == 0
        assert capsys.readouterr().out == f"{EXAMPLE_FILES} files checked: nothing found; {sizes}\n"
    defects = "1 detector without size (S00): CUR301, CUR307 not applied (add `size` to the camera file)"
    for words, said in (
        ([DEFECTS], f"; {defects}"),
        (["ExampleCam/qe_curve"], ""),
        ([CAMERA], ""),
        (["--ignore", "CUR30", DEFECTS], ""),
        (
            ["--select", "CUR301"],
            "; 1 detector without size (S00): CUR301 not applied (add `size` to the camera file)",
        ),
    ):
        assert main(["-C", str(made.root), "check", *words]) == 0
        assert capsys.readouterr().out.strip().partition("nothing found")[2] == said
    with (made.root / DEFECTS).open("a") as file:
        file.write("1 1 1 1\n")
    made.commit("Mask one pixel of a corner more")
    changed = (
        "1 detector without size (S00): CUR301, CUR307, CUR503 not applied (add `size` to the camera file)"
    )
    assert check_change(made.repo, "HEAD~1").asides == (changed,)


def test_all_that_is_missing_is_said_and_what_is_off_is_not(made: Made) -> None:
    forget(made.root, "size", "amplifiers")
    with (made.root / "curator.yaml").open("a") as config:
        config.write('severities: {CUR307: "off", CUR331: "off"}\n')
    made.commit("Forget more of the sensors")
    shown = check_tree_of(made)
    assert shown.asides == (
        "1 detector without size (S00): CUR301 not applied (add `size` to the camera file)",
        (
            "1 detector without names of amplifiers (S00): CUR319, CUR330 not applied "
            "(add `amplifiers` to the camera file)"
        ),
    )
    assert json.loads(renderer("json")(shown))["asides"] == list(shown.asides)
    for name in FORMATS:
        if name != "gitlab":  # a list of findings, and nothing beside it
            assert all(one in renderer(name)(shown) for one in shown.asides), name
    evil = replace_asides(shown, "\x1b[2J| `x` </b>")
    assert not any("\x1b" in renderer(name)(evil) for name in FORMATS if name != "gitlab")


def check_tree_of(made: Made) -> Report:
    from curator.checks.run.engine import check
    from curator.repository.layout.config import load_config

    snapshot = made.repo.worktree()
    return check(snapshot, load_config(snapshot))


def replace_asides(report: Report, *texts: str) -> Report:
    return Report(**{name: getattr(report, name) for name in Report.__match_args__[:-1]}, asides=texts)
