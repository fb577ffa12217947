"""The index says what the decorators of the rules say, and is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.calibrations.types.types import all_types, find_type
from curator.checks.generate.rule_index import index_file
from curator.checks.model.rule import all_rules, file_rules

ROOT = Path(__file__).resolve().parents[3]


def test_the_index_of_the_modules_of_rules_is_current() -> None:
    assert (ROOT / "curator/checks/model/_rule_index.py").read_text() == index_file(), (
        "run `make docs` and commit what it wrote"
    )


def test_rules_name_dataset_types_and_families_that_exist() -> None:
    known = {name for one in all_types() for name in (one.name, one.family)}
    assert {name for one in all_rules() for name in one.types} <= known


@pytest.mark.parametrize("name", [one.name for one in all_types()])
def test_the_rules_of_a_type_are_those_that_name_it_or_its_family_or_none(name: str) -> None:
    dataset_type = find_type(name)
    assert dataset_type is not None
    expected = {one.code for one in all_rules() if one.scope == "file" and one.is_about(dataset_type)}
    assert {one.code for one in file_rules(dataset_type)} == expected
