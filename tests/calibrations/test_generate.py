"""What the template and the pages say of dataset types is what the types say."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.calibrations.generate import examples, with_table
from curator.calibrations.schema.schemas import load_schema, schema_names, violations
from curator.errors import CuratorError

ROOT = Path(__file__).resolve().parents[2]
HINT = "run `make docs` and commit what it wrote"


@pytest.mark.parametrize("page", ["docs/files.md", "obs_data_template/template/README.md.jinja"])
def test_the_table_of_dataset_types_is_current(page: str) -> None:
    text = (ROOT / page).read_text()
    assert with_table(text) == text, HINT


def test_the_examples_that_nobody_wrote_by_hand_are_current() -> None:
    for path, text in examples(str(ROOT)).items():
        assert (ROOT / path).read_text() == text, HINT


def test_a_page_without_the_table_is_refused() -> None:
    with pytest.raises(CuratorError, match="no table that begins with"):
        with_table("# Files\n\n| directory |\n|---|\n")


@pytest.mark.parametrize("name", schema_names())
def test_the_examples_of_a_schema_are_instances_of_it(name: str) -> None:
    for example in load_schema(name).get("examples", ()):
        assert violations(name, example) == []
