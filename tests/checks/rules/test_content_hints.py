"""Where one mistake explains all that is wrong, it is said once, and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.overlay import check_tree, lay_over

from curator.checks.model.rule_examples import Example
from curator.checks.rules.shared.columns import rounded

BOXES = "x0 y0 width height"
MATRIX = (
    "metadata:",
    "  CROSSTALK_SHAPE: [3, 3]",
    "nAmp: 3",
    "crosstalkShape: !!python/tuple",
    "- 3",
    "- 3",
    "interChip: {}",
)
ROWS = ("0.0, 1.0e-4, 2.0e-4", "3.0e-4, 0.0, 4.0e-4", "5.0e-4, 6.0e-4, 0.0")
SAMPLES = [(400.0 + 10 * step, 50.0 + step) for step in range(12)]


def matrix(*rows: str) -> tuple[str, ...]:
    return ("amplifiers: A, B, C", *MATRIX, f"coeffs: [{', '.join(rows)}]")


def curve(samples: list[tuple[float, float]]) -> tuple[str, ...]:
    return ("wavelength efficiency", *(f"{wave} {value}" for wave, value in samples))


@pytest.mark.parametrize(
    ("about", "lines", "code", "words"),
    [
        (
            "defects",
            (BOXES, "100 200 120 210", "1500 300 1510 310", "1900 400 1910 420", "2000 900 2010 910"),
            "CUR301",
            "coordinates of the opposite corner",
        ),
        (
            "defects",
            (BOXES, "3000 20 4 1", "3100 30 5 2", "3200 40 5 2", "100 200 3 4"),
            "CUR301",
            "are x and y exchanged",
        ),
        (
            "defects",
            (BOXES, "1000 0 4096 1", "1001 0 4096 2", "1500 20 3000 1"),
            "CUR301",
            "are width and height exchanged",
        ),
        (
            "defects",
            (BOXES, "2048 1 1 40", "1 4096 30 1", "2040 9 9 9", "7 7 1 1"),
            "CUR301",
            "counted from 1",
        ),
        (
            "defects",
            (BOXES, "9000 9 9 9", "9000 900 9 9", "9100 9 9 9", "7 7 1 1"),
            "CUR301",
            "another detector",
        ),
        (
            "crosstalk.yaml",
            matrix(ROWS[0], "4.0e-4, 3.0e-4, 0.0", ROWS[2]),
            "CUR321",
            "shifted by 1 to the right",
        ),
        ("crosstalk.yaml", matrix(ROWS[0], ROWS[2], ROWS[1]), "CUR321", "amplifiers 1 and 2 exchanged"),
        ("crosstalk.yaml", matrix(ROWS[0], "3.0e-4, 1.0e-4, 4.0e-4", ROWS[2]), "CUR321", "write 0.0"),
        (
            "transmission_filter",
            curve([(value, wave) for wave, value in SAMPLES]),
            "CUR310",
            "columns are exchanged",
        ),
        ("transmission_filter", curve(SAMPLES[::-1]), "CUR311", "turn the rows round"),
        (
            "transmission_filter",
            curve([*SAMPLES, *SAMPLES, *SAMPLES, *SAMPLES, *SAMPLES]),
            "CUR311",
            "amp_name",
        ),
        (
            "transmission_filter",
            curve([(wave, value * 100) for wave, value in SAMPLES]),
            "CUR312",
            "decimal point",
        ),
        (
            "transmission_filter",
            curve([(wave / 10, value / 40) for wave, value in SAMPLES]),
            "CUR318",
            "check the unit and",
        ),
    ],
)
def test_one_cause_is_one_finding_that_names_it(
    about: str, lines: tuple[str, ...], code: str, words: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    tree = lay_over(Example("Bad", about, lines), "defects", templates, tmp_path / "tree")
    found = [one for one in check_tree(tree).findings if one.severity == "error"]
    assert [one.code for one in found] == [code]
    assert words.lower() in found[0].hint.lower()


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        ("100.11991262435913", "%", "efficiency 100.12% at 450 is a sample outside -0.1% to 100%"),
        ("100.0000001", "%", "efficiency 100.0000001% at 450 is a sample outside -0.1% to 100%"),
        ("1.0011991262435913", "", "efficiency 1.0012 at 450 is a sample outside -0.001 to 1"),
        ("480.00000000000001", "%", "efficiency 480% at 450: possible is -1% to 110%"),
    ],
)
def test_a_value_and_its_limits_are_told_in_the_unit_of_the_file_and_rounded(
    value: str, unit: str, message: str, templates: dict[str, Path], tmp_path: Path
) -> None:
    scale = 1 if unit else 100
    samples = [f"{wave} {half / scale}" for wave, half in SAMPLES]
    declared = f"# - {{name: efficiency, unit: '{unit}', datatype: float64}}"
    lines = (declared, "wavelength efficiency", *samples[:5], f"450.0 {value}", *samples[6:])
    tree = lay_over(Example("Bad", "transmission_filter", lines), "defects", templates, tmp_path / "tree")
    found = [one.message for one in check_tree(tree).findings if one.code in ("CUR312", "CUR313")]
    assert found == [message]


@pytest.mark.parametrize("value", [100.11991262435913, -0.001000001, 1e300, 5e-324, 0.1 + 0.2])
def test_a_rounded_number_stays_on_its_side_of_a_limit(value: float) -> None:
    for limit in (value, value * (1 + 1e-15), value * (1 - 1e-15), 0.0, 100.0):
        said = float(rounded(value, limit))
        assert (said < limit, said > limit) == (value < limit, value > limit)


@pytest.mark.parametrize(
    ("lines", "code", "setting"),
    [
        (curve([*SAMPLES, (520.0, 100.43)]), "CUR313", {"curve_overshoot": 1.01}),
        (curve([*SAMPLES, (520.0, -0.43)]), "CUR313", {"curve_dip": -0.01}),
        (curve(SAMPLES[:5]), "CUR317", {"curve_samples": 5}),
    ],
)
def test_a_hint_about_a_limit_can_be_copied_and_works(
    lines: tuple[str, ...],
    code: str,
    setting: dict[str, float],
    templates: dict[str, Path],
    tmp_path: Path,
) -> None:
    tree = lay_over(Example("Bad", "", lines), "transmission_filter", templates, tmp_path / "tree")
    found = [one.hint for one in check_tree(tree).findings if one.code == code]
    ((name, value),) = setting.items()
    line = f"limits: {{ExampleCam: {{{name}: {value}}}}}"
    assert [f"set `{line}` in curator.yaml" in hint for hint in found] == [True]
    with (tree / "curator.yaml").open("a") as config:
        config.write(f"{line}\n")
    assert code not in [one.code for one in check_tree(tree).findings]


def test_no_list_of_boxes_is_told_to_declare_a_float(templates: dict[str, Path], tmp_path: Path) -> None:
    tree = lay_over(Example("Bad", "", (BOXES, "1 2 3 4")), "defects", templates, tmp_path / "tree")
    for path in (tree / "ExampleCam/defects").rglob("*.ecsv"):
        path.write_text(path.read_text() + "2500.5 1 1 1\n")
    hints = [one.hint for one in check_tree(tree).findings if one.code == "CUR011"]
    assert set(hints) == {"write a whole number"}
