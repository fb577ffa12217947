"""The page about real repositories says what is found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from curator.checks.model.rule import all_rules
from curator.checks.run.engine import check
from curator.repository.layout.config import load_config
from curator.repository.snapshots.worktree import WorkTree

PAGE = Path(__file__).parents[3] / "docs" / "real-repositories.md"
SAMPLES = {"obs_lsst": "obs_lsst_data", "obs_decam": "obs_decam_data"}


def ledger() -> dict[str, Counter[tuple[str, str, str]]]:
    """Return what the tables count, by profile: rule, severity and sample."""
    tables: dict[str, Counter[tuple[str, str, str]]] = {"obs_base": Counter(), "dmtn148": Counter()}
    profile = ""
    for line in PAGE.read_text().split("\n"):
        if line.startswith("## "):
            profile = next((name for name in tables if name in line), "")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if profile and len(cells) == 6 and cells[0].startswith("CUR"):
            tables[profile][cells[0], cells[1], cells[2]] = int(cells[3])
    return tables


def test_the_tables_name_rules_that_there_are_and_say_why() -> None:
    known = {one.code for one in all_rules()}
    for table in ledger().values():
        assert table
        assert {code for code, _, _ in table} <= known
        assert {sample for _, _, sample in table} <= set(SAMPLES)


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_the_ledger_counts_what_is_found(sample: str, adopted_repository: Callable[[str], Path]) -> None:
    root = adopted_repository(SAMPLES[sample])
    config = root / "curator.yaml"
    tables = ledger()
    for profile in tables:
        config.write_text(config.read_text().replace("profile: obs_base", f"profile: {profile}"))
        snapshot = WorkTree(str(root))
        findings = check(snapshot, load_config(snapshot)).findings
        found = Counter((one.code, one.severity, sample) for one in findings)
        listed = tables["obs_base"] if profile == "obs_base" else tables["obs_base"] | tables["dmtn148"]
        assert found == Counter({key: count for key, count in listed.items() if key[2] == sample})
