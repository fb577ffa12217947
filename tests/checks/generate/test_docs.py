"""The pages of rules are what the rules say."""

from __future__ import annotations

from pathlib import Path

from curator.checks.generate.docs import pages, write

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "rules"


def test_the_pages_are_current() -> None:
    assert {page.name: page.read_text() for page in FOLDER.iterdir()} == pages(), (
        "run `python -m curator.checks.generate.docs` and commit what it wrote"
    )


def test_pages_of_rules_that_are_gone_go_too(tmp_path: Path) -> None:
    (tmp_path / "CUR999.md").write_text("gone")
    (tmp_path / "notes.md").write_text("kept")
    write(str(tmp_path))
    assert {page.name for page in tmp_path.iterdir()} == {*pages(), "notes.md"}
