"""`curator rule`, as a user runs it."""

from __future__ import annotations

import pytest

from curator.checks.model.rule import all_rules
from curator.cli.main import main


def test_it_lists_every_rule_within_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [one.code for one in all_rules()]
    assert max(map(len, lines)) <= 80


def test_it_explains_one_with_a_bad_and_a_good_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "cur301"]) == 0
    text = capsys.readouterr().out
    assert "CUR301 defect extends outside the sensor (error)" in text
    assert "Applies to: defects, manual_defects" in text
    assert (
        text.index("Bad:")
        < text.index("    2040 20 12 4")
        < text.index("Good:")
        < text.index("    2040 20 8 4")
    )


def test_a_rule_about_all_files_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "CUR101"]) == 0
    assert "Applies to: all calibrations" in capsys.readouterr().out


def test_an_unknown_code_names_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "CUR398"]) == 2
    assert "CUR399" in capsys.readouterr().err
