"""A verb that is killed anywhere leaves what the next verb completes or takes back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FUZZ
from editing.killing import VERBS

# All verbs write through one journal: one verb is killed at many calls, the others at two. CURATOR_FUZZ=4
# kills that one at every call.
MOST = {verb: int((25 if verb == "certify" else 2) * max(1.0, FUZZ)) for verb in VERBS}


@pytest.mark.parametrize("verbs", [list(VERBS)[:4], list(VERBS)[4:]], ids=" ".join)
def test_a_killed_verb_is_completed_by_the_same_one_and_whole_or_undone_after_another(
    verbs: list[str], tmp_path: Path
) -> None:
    program = Path(__file__).with_name("killing.py")
    words = [f"{verb}={MOST[verb]}" for verb in verbs]
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {verb: found["wrong"] for verb, found in said.items()} == {verb: [] for verb in verbs}
    assert all(found["kills"] == min(found["calls"], MOST[verb]) for verb, found in said.items())
