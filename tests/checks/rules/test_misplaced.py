"""A file below no camera, or with a name that is not a date, is judged for all that does not need them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over

from curator.checks.model.rule import all_rules
from curator.checks.model.rule_examples import parse_text

PLACE = "ExampleCam/defects/s00/20200101T000000.ecsv"
# What the header is compared with: the camera and its detectors, or the start of validity.
NEEDED = {
    "exampleCam/defects/s00/20200101T000000.ecsv": (
        "CUR207",
        {"CUR110", "CUR201", "CUR203", "CUR216"},
    ),
    "ExampleCam/defects/s00/2020-01-01.ecsv": ("CUR212", {"CUR125", "CUR205"}),
    "ExampleCam/defects/s00/january.ecsv": ("CUR212", {"CUR125", "CUR205"}),
}
RULES = [
    one
    for one in all_rules()
    if one.scope == "file"
    and one.code < "CUR300"
    and one.code not in ("CUR124", "CUR125", "CUR127", "CUR128")
]


@pytest.mark.parametrize("place", NEEDED)
def test_other_mistakes_of_a_misplaced_file_are_found_in_the_same_run(
    place: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    code, needed = NEEDED[place]
    missed = set()
    for number, rule in enumerate(RULES):
        bad = next((one for one in parse_text(rule.text).examples if one.kind == "Bad"), None)
        if bad is None or bad.about not in ("", "defects, obs_base", "defects, dmtn148"):
            continue
        if any(line.startswith("path:") for line in bad.lines):
            continue
        tree = lay_over(bad, "defects", templates, tmp_path / str(number))
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        (tree / PLACE).rename(target)
        found = {one.code for one in check_tree(tree).findings if one.path == place}
        assert code in found, rule.code
        if rule.code not in found:
            missed.add(rule.code)
        assert found <= {code, rule.code}, rule.code
    assert missed <= needed


def test_a_hint_about_a_misplaced_file_does_not_repeat_the_wrong_directory(
    templates: dict[str, Path], tmp_path: Path
) -> None:
    rule = next(one for one in RULES if one.code == "CUR101")
    tree = lay_over(parse_text(rule.text).examples[0], "defects", templates, tmp_path / "tree")
    (tree / "exampleCam" / "defects" / "s00").mkdir(parents=True)
    (tree / PLACE).rename(tree / PLACE.replace("ExampleCam", "exampleCam"))
    findings = {one.code: one for one in check_tree(tree).findings}
    assert findings["CUR207"].hint == "did you mean ExampleCam/?"
    assert findings["CUR101"].fix is None
    assert "exampleCam" not in findings["CUR101"].hint


@pytest.mark.parametrize("above", ["", "data/", "data/Curated/", "a/b/C/d/"])
def test_places_below_a_camera_are_judged_alike_wherever_the_camera_stands(
    above: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(templates["obs_base"], tree, ignore=shutil.ignore_patterns(".git"))
    if above:
        (tree / above).mkdir(parents=True)
        (tree / "ExampleCam").rename(tree / above / "ExampleCam")
    config = tree / "curator.yaml"
    entry = f'- {{name: ExampleCam, directory: "{above}ExampleCam"}}'
    config.write_text(config.read_text().replace('- "ExampleCam"', entry))
    assert entry in config.read_text()
    camera = tree / above / "ExampleCam"
    assert not [one for one in check_tree(tree).findings if one.severity != "info"]
    (camera / "defects/s00").rename(camera / "defects/S00")
    (camera / "transmission_filter/g_01").rename(camera / "transmission_filter/G_01")
    (camera / "transmission_filter_detector/s00/g_01").rename(
        camera / "transmission_filter_detector/s00/G_01"
    )
    assert {
        one.path.removeprefix(f"{above}ExampleCam/")
        for one in check_tree(tree).findings
        if one.code == "CUR213"
    } == {
        "defects/S00/20200101T000000.ecsv",
        "transmission_filter/G_01/20200101T000000.ecsv",
        "transmission_filter_detector/s00/G_01/20200101T000000.ecsv",
    }
